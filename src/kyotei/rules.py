"""What must hold beyond the form of one value: one generator per rule, over a file or over the register.

A rule's docstring says what it finds and why it matters.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from kyotei.dates.wareki import past_era
from kyotei.diagnostics import Severity
from kyotei.event_rules import EVENT_RULES, superseded_unknown
from kyotei.model import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.model import Notice, Termination
    from kyotei.register import Register
    from kyotei.source import Path

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def judged(register: Register) -> Register:
    """Return the register with what the rules find; an agreement with an error of its own is left out.

    Two agreements under one id are both kept: to hide one of them would be worse.
    """
    found = {entry: [finding for rule in FILE_RULES for finding in rule(entry)] for entry in register.entries}
    sound = tuple(entry for entry, findings in found.items() if all(f.severity is WARNING for f in findings))
    across = [finding for rule in REGISTER_RULES for finding in rule(register)]
    findings = (*register.diagnostics, *(f for findings in found.values() for f in findings), *across)
    return replace(register, entries=sound, diagnostics=tuple(sorted(findings, key=lambda f: f.sort_key)))


def id_not_file_name(entry: Entry) -> Iterator[Diagnostic]:
    """Find an id that is not the file's name: people look for the agreement in the wrong file."""
    stem = PurePath(entry.file).stem
    if stem != entry.agreement.id:
        yield entry.finding(WARNING, "id-not-file-name", ("id",), id=entry.agreement.id, stem=stem)


def role_duplicate(entry: Entry) -> Iterator[Diagnostic]:
    """Find a role of two parties: nobody can tell which of them a clause means."""
    seen: set[str] = set()
    for number, party in enumerate(entry.agreement.parties):
        if party.role in seen:
            yield entry.finding(ERROR, "role-duplicate", ("parties", number, "role"), role=party.role)
        seen.add(party.role)


def role_unknown(entry: Entry) -> Iterator[Diagnostic]:
    """Find a role that no party has, in a clause, a contact or an event."""
    roles = list(dict.fromkeys(party.role for party in entry.agreement.parties))
    for path, role in _named_roles(entry):
        if role not in roles:
            yield entry.finding(ERROR, "role-unknown", path, role=role, roles=", ".join(roles))


def end_before_start(entry: Entry) -> Iterator[Diagnostic]:
    """Find a term that ends before it starts: one of the two days is a typing error."""
    agreement = entry.agreement
    start = agreement.signed if agreement.term.start == "signing" else agreement.term.start
    end = agreement.term.end
    if end is not None and end != "indefinite" and end < start:
        yield entry.finding(ERROR, "end-before-start", ("term", "end"), start=str(start), end=str(end))


def date_past_era(entry: Entry) -> Iterator[Diagnostic]:
    """Find a date past its era's end (平成34年): written before the era changed, it still means one day."""
    for path, day in _days(entry.agreement, ()):
        text = entry.document.value(path)
        if isinstance(text, str) and (era := past_era(text)):
            yield entry.finding(WARNING, "date-past-era", path, text=text, era=era, day=str(day))


def id_duplicate(register: Register) -> Iterator[Diagnostic]:
    """Find an id in two files: no command can tell which of them is meant."""
    homes: dict[str, list[Entry]] = defaultdict(list)
    for entry in register.entries:
        homes[entry.agreement.id].append(entry)
    for entries in homes.values():
        for entry in entries[1:]:
            first = entries[0].file
            yield entry.finding(ERROR, "id-duplicate", ("id",), id=entry.agreement.id, file=first)


def _named_roles(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Yield every role that is named outside `parties`, with its place."""
    agreement = entry.agreement
    for key in ("notice", "termination"):
        yield from _objectors(getattr(agreement, key), (key,))
    for number, contact in enumerate(agreement.contacts):
        yield ("contacts", number, "party"), contact.party
    for number, event in enumerate(agreement.events):
        if event.type in {"notice", "withdrawal", "termination"} and event.by is not None:
            yield ("events", number, "by"), event.by
        if event.type == "succession":
            yield ("events", number, "party"), event.party
        if event.type == "amendment":
            for key in ("notice", "termination"):
                path: Path = ("events", number, "changes", key)
                yield from _objectors(getattr(event.changes, key), path)


def _objectors(clause: Notice | Termination | None, path: Path) -> Iterator[tuple[Path, str]]:
    if clause is not None and clause.by != "either":
        for number, role in enumerate(clause.by):
            yield (*path, "by", number), role


def _days(value: object, path: Path) -> Iterator[tuple[Path, date]]:
    """Yield every day inside a part of an agreement, with its place."""
    if isinstance(value, date):
        yield path, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _days(item, (*path, number))
    elif isinstance(value, Part):
        for name, field in type(value).model_fields.items():
            yield from _days(getattr(value, name), (*path, field.alias or name))


FILE_RULES: tuple[Callable[[Entry], Iterator[Diagnostic]], ...] = (
    id_not_file_name,
    role_duplicate,
    role_unknown,
    end_before_start,
    date_past_era,
    *EVENT_RULES,
)
REGISTER_RULES: tuple[Callable[[Register], Iterator[Diagnostic]], ...] = (id_duplicate, superseded_unknown)
