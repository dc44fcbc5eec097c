"""`kyotei record`: one event into one file, and what it moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from kyotei.commands.session import FINDINGS, FINE, Session, Stop, asker
from kyotei.dates.wareki import parse_date
from kyotei.diagnostics import Fault, Severity
from kyotei.edit import CannotSplice, with_event
from kyotei.entry import Entry, read_entry
from kyotei.explain.events import events_told
from kyotei.history import known_events
from kyotei.model import EVENTS
from kyotei.output import STDERR, STDOUT, write
from kyotei.recording import changed_clauses, event_fields, wanted
from kyotei.render.findings import findings_text
from kyotei.render.recorded import Recorded, recorded_page
from kyotei.tables import status_row
from kyotei.text import shown
from kyotei.writing import NotWritten, only_writer
from kyotei.writing import replace as put

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from kyotei.diagnostics import Diagnostic
    from kyotei.edit import Fields
    from kyotei.explain.said import Told
    from kyotei.model import Agreement, Event
    from kyotei.register import Register

    Ask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: the agreement, the type of event, its fields as given, and the changes it makes."""

    identifier: str
    kind: str
    given: Mapping[str, str]
    changes: Sequence[str]
    dry_run: bool


def record(session: Session, request: Request, paths: Sequence[str]) -> int:
    """Add the event and say what it moves. What is missing is asked for on a terminal, an error elsewhere."""
    if request.kind not in EVENTS:
        raise Stop("event-unknown", type=request.kind, types=", ".join(EVENTS))
    request = _given(session, request)
    register = session.register(paths)
    entry = session.entry(register, request.identifier)
    request = _complete(session, request, entry.agreement, asker())
    whole = not any(Path(path).is_file() for path in paths)
    try:
        with only_writer(Path(entry.file).parent):
            return _recorded(session, _Home(register, Path(entry.file), whole=whole), request)
    except NotWritten as failed:
        raise Stop(failed.name, path=entry.file, reason=failed.reason) from None


@dataclass(frozen=True, slots=True)
class _Home:
    """The file to write to, and the register in which it stands; only a `whole` one knows every id."""

    register: Register
    path: Path
    whole: bool


def _given(session: Session, request: Request) -> Request:
    """Read what was given (`on` is today if not), and refuse where something is missing and nobody to ask."""
    given = {"on": session.as_of.isoformat(), **request.given}
    try:
        event_fields(request.kind, given, {"given": ""} if request.changes else None)
    except Fault as fault:
        raise _misuse(session, fault) from None
    request = replace(request, given=given)
    missing = _missing(request)
    if missing and asker() is None:
        raise Stop("option-missing", type=request.kind, options=", ".join(f"--{name}" for name in missing))
    return request


def _misuse(session: Session, fault: Fault) -> Stop:
    return session.misuse(f"--{fault.values.get('key', 'change')}", fault)


def _missing(request: Request) -> list[str]:
    """Return the options that the type needs and that were not given."""
    missing = [name for name in wanted(request.kind)[0] if name not in request.given]
    return missing + (["change"] if request.kind == "amendment" and not request.changes else [])


def _complete(session: Session, request: Request, agreement: Agreement, ask: Ask | None) -> Request:
    """Ask for what the type needs and was not given."""
    if ask is None:
        return request
    given, changes = dict(request.given), list(request.changes)
    for name in _missing(request):
        if name == "change":
            changes = [_answer(session, ask, "change", partial(_changed, agreement, given))]
        else:
            prompt = "by-id" if (request.kind, name) == ("superseded", "by") else name
            given[name] = _answer(session, ask, prompt, partial(_field, request.kind, given, name))
    return replace(request, given=given, changes=changes)


def _answer(session: Session, ask: Ask, prompt: str, read: Callable[[str], object]) -> str:
    """Ask until the answer can be read; Ctrl-C and Ctrl-D end it."""
    while True:
        answer = ask(session.words.say("prompt", prompt))
        try:
            if answer:
                read(answer)
                return answer
        except Fault as fault:
            write(shown(session.words.say("finding", fault.message, **fault.values)) + "\n", STDERR)


def _field(kind: str, given: Mapping[str, str], name: str, answer: str) -> object:
    return event_fields(kind, {**given, name: answer}, None)


def _changed(agreement: Agreement, given: Mapping[str, str], answer: str) -> object:
    return _clauses(agreement, given, [answer])


def _clauses(agreement: Agreement, given: Mapping[str, str], changes: Sequence[str]) -> Fields:
    """Return the clauses that the changes replace, from the effective day on."""
    on, effective = parse_date(given["on"]), parse_date(given.get("effective", given["on"]))
    return changed_clauses(agreement, on, effective, changes)


def _recorded(session: Session, home: _Home, request: Request) -> int:
    """Do the work while no other writer can: read anew, splice, judge, replace, report."""
    raw, before = _read_anew(home.path, request.identifier)
    new = _spliced(session, raw, before, request)
    after, found = read_entry(new, before.file)
    if after is not None:
        found = _judged(session, home, after)
    if told := _new_ones(found, home.register.diagnostics):
        write(findings_text(session.screen(STDERR), told), STDERR)
    if after is None or any(finding.severity is Severity.ERROR for finding in found):
        write(session.words.say("record", "refused") + "\n", STDERR)
        return FINDINGS
    if not request.dry_run:
        put(home.path, new)
    _report(session, request, before, after)
    return FINE


def _judged(session: Session, home: _Home, after: Entry) -> list[Diagnostic]:
    """Return what is wrong with the file as it would be, among the other files of the register."""
    others = tuple(entry for entry in home.register.entries if entry.file != after.file)
    register = home.register._replace(entries=(*others, after), diagnostics=())
    told = session.judge(register, whole=home.whole)
    return [finding for finding in told.diagnostics if finding.place.file == after.file]


def _new_ones(found: Sequence[Diagnostic], known: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return the findings that the event brings: the others were shown when the register was read."""
    shown_before = [(each.place.file, each.message, each.values) for each in known]
    return [each for each in found if (each.place.file, each.message, each.values) not in shown_before]


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
        raise Stop("file-changed", FINDINGS, path=path.as_posix())
    return raw, entry


def _spliced(session: Session, raw: bytes, entry: Entry, request: Request) -> bytes:
    """Return the file's new bytes."""
    try:
        changes = _clauses(entry.agreement, request.given, request.changes)
        event = event_fields(request.kind, request.given, changes)
        return with_event(raw, event, parse_date(request.given["on"]))
    except Fault as fault:
        raise _misuse(session, fault) from None
    except CannotSplice:
        raise Stop("cannot-splice", path=entry.file) from None


def _report(session: Session, request: Request, before: Entry, after: Entry) -> None:
    """Show the event, what it does, and what moved, on the day when it is known and has arrived."""
    old = before.agreement.events
    new = next(event for event, was in zip_longest(after.agreement.events, old) if event != was)
    day = max(session.as_of, new.on, getattr(new, "arrived", None) or new.on)
    calendar = session.settings.calendar
    rows = [status_row(entry, day, calendar) for entry in (before, after)]
    told = Recorded(
        event=new,
        told=_told(after.agreement, day, new),
        old_text=before.document.text,
        new_text=after.document.text,
        before=rows[0],
        after=rows[1],
        today=session.as_of,
        dry_run=request.dry_run,
    )
    write(recorded_page(session.screen(STDOUT), told))


def _told(agreement: Agreement, day: date, new: Event) -> Told:
    """Return what the new event does, as `explain` tells it."""
    known = list(known_events(agreement, day))
    place = next(number for number, event in enumerate(known) if event is new)
    return events_told(agreement, day)[place]
