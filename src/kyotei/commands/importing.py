"""`kyotei import`: the office's list, made into agreements' files."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kyotei.commands.home import modeline, new_home
from kyotei.commands.session import FINDINGS, FINE, WRONG_USE, Session, Stop, write_json
from kyotei.importing.columns import asked_mapping, headed
from kyotei.importing.facts import Problem, Said
from kyotei.importing.imported import Imported, import_shape
from kyotei.importing.mended import mended_csv
from kyotei.importing.opened import opened_sheet, opened_text
from kyotei.importing.outcomes import Failed, Made, Office, outcomes
from kyotei.importing.rows import Wishes
from kyotei.importing.sheet import SheetRefused
from kyotei.importing.vocabulary import DEFAULTED
from kyotei.output import STDERR, STDOUT, write
from kyotei.register import Register, load
from kyotei.render.findings import findings_text
from kyotei.render.imported import made_page, mapping_page, summary, told_page
from kyotei.text import shown
from kyotei.writing import NotWritten, create

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyotei.importing.columns import Headed
    from kyotei.importing.outcomes import Outcome
    from kyotei.importing.records import Record


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: the list, how to read it, and where to put what comes of it."""

    file: str
    sheet: str | None = None
    maps: Sequence[str] = ()
    map_file: str | None = None
    unknown: str = "ignore"
    defaults: Sequence[str] = ()
    own: str | None = None
    ids: str | None = None
    errors: str | None = None
    strict: bool = False
    dry_run: bool = False
    as_json: bool = False


def import_list(session: Session, request: Request, paths: Sequence[str]) -> int:
    """Make a file of each row that can be one; say of every other why it cannot, or that it exists."""
    try:
        return _imported(session, request, paths)
    except SheetRefused as refused:
        raise Stop(refused.name, WRONG_USE, **{"file": request.file, **refused.values}) from None


def _imported(session: Session, request: Request, paths: Sequence[str]) -> int:
    folder = new_home(session, paths)
    _hold_to_new(request.errors)
    wishes = _wishes(session, request)
    asked = asked_mapping([*_map_lines(request.map_file), *request.maps])
    found = headed(opened_sheet(Path(request.file), request.sheet), asked)
    _hold_to_columns(found, wishes, request)
    became = list(outcomes(found, wishes, _office(session, request, folder, found)))
    if not request.dry_run:
        became = [_written(folder, one) for one in became]
    told = Imported(request.file, found, became, request.dry_run, wishes.keeps_unknown)
    _tell(session, request, told)
    return FINDINGS if told.failed else FINE


def _hold_to_new(errors: str | None) -> None:
    """Refuse a file for the errors that stands already, or cannot be written, before anything is made."""
    if errors is None:
        return
    path = Path(errors)
    if os.path.lexists(path):
        raise Stop("file-exists", path=path.as_posix())
    if not path.parent.is_dir():
        raise Stop("path-missing", path=path.parent.as_posix())


def _wishes(session: Session, request: Request) -> Wishes:
    own = request.own or session.settings.own_name
    defaults = dict(_default(text) for text in request.defaults)
    return Wishes(own, defaults, request.unknown == "notes", request.strict)


def _default(text: str) -> tuple[str, str]:
    """Read FIELD=VALUE, what fills a field that the list leaves open."""
    field, sign, value = (part.strip() for part in text.partition("="))
    if not (sign and value):
        raise Stop("default-invalid", text=text)
    if field not in DEFAULTED:
        raise Stop("default-unknown", field=field, fields=", ".join(DEFAULTED))
    return field, value


def _map_lines(file: str | None) -> list[str]:
    """Return the lines of a mapping file, 列=field as on the command line; # begins a remark."""
    if file is None:
        return []
    try:
        lines = opened_text(Path(file)).splitlines()
    except SheetRefused as refused:
        raise Stop(refused.name, WRONG_USE, **{"file": file, **refused.values}) from None
    return [line for line in map(str.strip, lines) if line and not line.startswith("#")]


def _hold_to_columns(found: Headed, wishes: Wishes, request: Request) -> None:
    """Refuse a list that lacks a column without which no row can be a file."""
    fields = {column.field for column in found.columns if not column.beside} | set(wishes.defaults)
    missing = [name for name in ("title", "signed") if name not in fields]
    missing += [] if fields & {"parties", "others"} else ["others"]
    missing += [] if fields & {"term", "term.end", "term.length"} else ["term"]
    if missing:
        raise Stop("columns-missing", file=request.file, fields=", ".join(missing))
    if wishes.own is None and "parties" not in fields:
        raise Stop("own-missing")
    unknown = [column.heading or column.letters for column in found.columns if not column.field]
    if unknown and request.unknown == "refuse":
        raise Stop("columns-unknown", columns=", ".join(unknown))


def _office(session: Session, request: Request, folder: Path, found: Headed) -> Office:
    """Return what is in the register, and how ids and heads of files are made."""
    register = load([folder]) if folder.is_dir() and any(folder.iterdir()) else Register((), (), 0)
    if register.diagnostics:  # an agreement in a file that cannot be read would be made again
        write(findings_text(session.screen(STDERR), register.diagnostics), STDERR)
    names = [path.stem for path in folder.iterdir()] if folder.is_dir() else []
    taken = {name.lower() for name in (*names, *(entry.agreement.id for entry in register.entries))}

    def head(record: Record) -> str:
        values = {"file": Path(request.file).name, "sheet": found.sheet.name, "row": record.row}
        name = "head" if found.sheet.name else "head-csv"
        return f"{modeline(folder)}# {shown(session.words.say('import', name, **values))}\n"

    converter = _romanised(session, request.ids)
    return Office(folder.as_posix(), register, taken, converter, session.words, head, session.settings.levels)


def _romanised(session: Session, ids: str | None) -> Callable[[str], str] | None:
    """Return how names are romanised, None where ids are to be numbers; asked for without its extra, stop."""
    if ids == "number":
        return None
    try:
        from kyotei.importing.romaji import romanised  # noqa: PLC0415 (an extra of 250 MB)
    except ImportError:
        if ids is not None:
            raise Stop("extra-missing", extra="romaji") from None
        write(session.words.say("import", "ids-numbered") + "\n", STDERR)
        return None
    return romanised


def _written(folder: Path, one: Outcome) -> Outcome:
    """Write a file that is to be made; what cannot be written is a failure of its row."""
    if not isinstance(one, Made):
        return one
    try:
        folder.mkdir(parents=True, exist_ok=True)
        create(Path(one.entry.file), one.text.encode("utf-8"))
    except FileExistsError:
        problem = Said("import", "id-taken", {"file": one.entry.file})
    except NotWritten as failed:
        problem = Said("import", "not-written", {"file": one.entry.file, "reason": failed.reason})
    except OSError as error:
        reason = error.strerror or str(error)
        problem = Said("import", "not-written", {"file": one.entry.file, "reason": reason})
    else:
        return one
    return Failed(one.draft.record, (Problem(problem),))


def _tell(session: Session, request: Request, told: Imported) -> None:
    """Write the answer: how the columns were read and what is wrong to stderr, what was made to stdout."""
    words, screen = session.words, session.screen(STDERR)
    write(mapping_page(screen, told), STDERR)
    if request.as_json:
        write_json(import_shape(told, words))
    else:
        write(made_page(session.screen(STDOUT), told))
    write(told_page(screen, told) + summary(words, told) + "\n", STDERR)
    if request.errors is not None and told.failed:
        path = Path(request.errors)
        try:
            create(path, mended_csv(told.headed, told.failed, words))
        except (NotWritten, FileExistsError) as failed:
            reason = getattr(failed, "reason", "") or str(failed)
            raise Stop("create-failed", path=path.as_posix(), reason=reason) from None
        write(words.say("import", "errors-written", path=shown(path.as_posix())) + "\n", STDERR)
