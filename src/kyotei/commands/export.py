"""`kyotei export`: the register where people look. The table of formats stands here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from kyotei.commands.filters import kept
from kyotei.commands.session import WRONG_USE, Session, Stop, status_of
from kyotei.diagnostics import Severity
from kyotei.exports import Exported, NotExportable, Options, accounts
from kyotei.output import STDOUT, is_terminal, write_bytes
from kyotei.register import is_named
from kyotei.text import nearest
from kyotei.writing import NotWritten, deliver

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyotei.commands.filters import Filters
    from kyotei.dates.length import Length
    from kyotei.register import Register

    Written = Callable[[Exported], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its function in a module of `kyotei.exports`, and the extra with its library, if any."""

    module: str
    function: str
    extra: str = ""
    binary: bool = False
    reminds: bool = False
    public: bool = False


FORMATS = MappingProxyType(
    {
        "ics": Format("ics", "calendar", extra="ics", reminds=True),
        "xlsx": Format("xlsx", "workbook", extra="xlsx", binary=True),
        "csv": Format("delimited", "separated"),
        "html": Format("html", "page", extra="report", public=True),
        "markdown": Format("markdown", "list_page"),
        "json": Format("objects", "document"),
        "jsonl": Format("objects", "json_lines"),
    }
)
"""The formats, as the help names them. Another one is one more entry."""


_REFUSALS = {"write-failed": "create-failed", "write-link": "output-link", "write-special": "output-special"}
"""What `writing` says of an agreement's file -> what is said of an answer's."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to write: the format by name, the form of JSON, the file (empty: stdout), and reminders."""

    form: str
    json_form: str | None = None
    output: str = ""
    remind: str = ""
    public: bool = False


def export(session: Session, request: Request, paths: Sequence[str], filters: Filters) -> int:
    """Write the agreements that the filters keep in a format."""
    name = _name(request)
    chosen = FORMATS[name]
    if chosen.binary and not _is_file(request) and is_terminal(STDOUT):
        raise Stop("output-binary", form=name)
    if request.remind and not chosen.reminds:
        raise Stop("form-not-ics", form=name)
    if request.public and not chosen.public:
        raise Stop("form-not-public", form=name)
    options = Options(remind=_lengths(session, request.remind), public=request.public)
    written = _function(name, chosen)
    keep = kept(session, filters)
    register = session.register(paths)
    rows = [row for entry in register.entries for row in keep(entry)]
    as_of, settings = session.as_of, session.settings
    found = accounts(rows, settings.calendar)
    unread = _unread(register)
    exported = Exported(session.words, as_of, settings.calendar, found, settings.own_name, unread, options)
    try:
        content = written(exported)
    except NotExportable as refused:
        raise Stop(refused.name, WRONG_USE, **refused.values) from None
    _deliver(request, content)
    return status_of(register)


def _name(request: Request) -> str:
    """Return the format asked for; JSON has two forms."""
    if request.form not in FORMATS:
        near = nearest(request.form, FORMATS)
        name = "form-unknown.near" if near else "form-unknown"
        raise Stop(name, form=request.form, near=near, forms=", ".join(FORMATS))
    if request.json_form is None or request.json_form == request.form:
        return request.form
    if request.form != "json":
        raise Stop("form-not-json", form=request.form)
    return request.json_form


def _lengths(session: Session, text: str) -> tuple[Length, ...]:
    """Read lengths parted by commas: `90d,30d`."""
    parts = text.replace("、", ",").split(",") if text else []
    return tuple(dict.fromkeys(session.length("--remind", part) for part in parts))


def _function(name: str, chosen: Format) -> Written:
    """Return a format's function; its library may be missing, nothing of ours may."""
    try:
        module = import_module(f"kyotei.exports.{chosen.module}")
    except ModuleNotFoundError as missing:
        if not chosen.extra or str(missing.name).startswith("kyotei"):
            raise
        raise Stop("format-extra-missing", form=name, extra=chosen.extra) from None
    return cast("Written", getattr(module, chosen.function))


def _unread(register: Register) -> tuple[str, ...]:
    """Return the files in which no agreement could be read."""
    read = {entry.file for entry in register.entries}
    errors = (found for found in register.diagnostics if found.severity is Severity.ERROR)
    return tuple(dict.fromkeys(found.place.file for found in errors if found.place.file not in read))


def _is_file(request: Request) -> bool:
    """Tell whether the answer goes to a file; `-` is stdout, as everywhere."""
    return request.output not in {"", "-"}


def _deliver(request: Request, content: bytes) -> None:
    """Write the answer to stdout or to its file; an agreement's file is never taken for that."""
    if not _is_file(request):
        write_bytes(content)
        return
    if is_named(request.output):
        raise Stop("output-agreement", path=request.output)
    try:
        deliver(Path(request.output), content)
    except NotWritten as failed:
        name = _REFUSALS[failed.name]
        raise Stop(name, path=request.output, reason=failed.reason) from None
