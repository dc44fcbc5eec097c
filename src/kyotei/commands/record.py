"""`kyotei record`: one event into one file, and what it moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from kyotei.commands.session import FINDINGS, FINE, Session, Stop, asker
from kyotei.diagnostics import Fault, Severity
from kyotei.edit import CannotSplice, with_event
from kyotei.entry import Entry, read_entry
from kyotei.model import EVENTS
from kyotei.output import STDERR, STDOUT, write
from kyotei.recording import changed_clauses, event_fields, wanted
from kyotei.render.findings import findings_text
from kyotei.render.recorded import Recorded, recorded_page
from kyotei.rules import judged
from kyotei.tables import status_row
from kyotei.writing import NotWritten, only_writer
from kyotei.writing import replace as put

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kyotei.register import Register


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: the agreement, the type of event, its fields as given, and the changes it makes."""

    identifier: str
    kind: str
    given: Mapping[str, str]
    changes: Sequence[str]
    dry_run: bool


def record(session: Session, request: Request, paths: Sequence[str]) -> int:
    """Add the event and say what it moves. On a terminal what is missing is asked for; elsewhere it is an error."""
    if request.kind not in EVENTS:
        raise Stop("event-unknown", type=request.kind, types=", ".join(EVENTS))
    request = _complete(session, request, asker())
    register = session.register(paths)
    path = Path(session.entry(register, request.identifier).file)
    try:
        with only_writer(path.parent):
            return _recorded(session, register, path, request)
    except NotWritten as failed:
        raise Stop(failed.name, path=str(path), reason=failed.reason) from None


def _complete(session: Session, request: Request, ask: Callable[[str], str] | None) -> Request:
    """Fill in what the type needs: today for `on`; the rest is asked for, or missing."""
    given = {"on": session.as_of.isoformat(), **request.given}
    missing = [name for name in wanted(request.kind)[0] if name not in given]
    changes = list(request.changes)
    if request.kind == "amendment" and not changes:
        missing.append("change")
    if missing and ask is None:
        raise Stop("option-missing", type=request.kind, options=", ".join(f"--{name}" for name in missing))
    for name in missing if ask is not None else ():
        answer = ask(session.words.say("prompt", name))
        if name == "change":
            changes.append(answer)
        else:
            given[name] = answer
    return replace(request, given=given, changes=changes)


def _recorded(session: Session, register: Register, path: Path, request: Request) -> int:
    """Do the work while no other writer can: read anew, splice, judge, replace, report."""
    raw, before = _read_anew(path, request.identifier)
    new = _spliced(session, raw, before, request)
    after, found = read_entry(new, before.file)
    if after is not None:
        others = tuple(entry for entry in register.entries if entry.file != before.file)
        told = judged(replace(register, entries=(*others, after), diagnostics=()))
        found = [finding for finding in told.diagnostics if finding.place.file == before.file]
    write(findings_text(session.screen(STDERR), found), STDERR)
    if after is None or any(finding.severity is Severity.ERROR for finding in found):
        write(session.words.say("record", "refused") + "\n", STDERR)
        return FINDINGS
    if not request.dry_run:
        put(path, new)
    _report(session, request, before, after)
    return FINE


def _read_anew(path: Path, identifier: str) -> tuple[bytes, Entry]:
    """Read the file again now that the lock is held: somebody may have written since."""
    if path.is_symlink():
        raise NotWritten("write-link")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise NotWritten("write-failed", error.strerror or str(error)) from None
    entry, _ = read_entry(raw, path.as_posix())
    if entry is None or entry.agreement.id != identifier:
        raise Stop("id-unknown", FINDINGS, id=identifier)
    return raw, entry


def _spliced(session: Session, raw: bytes, entry: Entry, request: Request) -> bytes:
    try:
        on = session.day("--on", request.given["on"])
        changes = changed_clauses(entry.agreement, on, request.changes)
        return with_event(raw, event_fields(request.kind, request.given, changes), on)
    except Fault as fault:
        raise session.misuse(f"--{fault.values.get('key', 'change')}", fault) from None
    except CannotSplice:
        raise Stop("cannot-splice", path=entry.file) from None


def _report(session: Session, request: Request, before: Entry, after: Entry) -> None:
    """Show the event, how a notice fares, and what moved, on the day when the event is known."""
    old = before.agreement.events
    new = next(event for event, was in zip_longest(after.agreement.events, old) if event != was)
    day = max(session.as_of, new.on, getattr(new, "arrived", None) or new.on)
    calendar = session.settings.calendar
    rows = [status_row(entry, day, calendar) for entry in (before, after)]
    told = Recorded(new, before.document.text, after.document.text, rows[0], rows[1], dry_run=request.dry_run)
    write(recorded_page(session.screen(STDOUT), told))
