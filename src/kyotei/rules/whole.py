"""Rules over the whole register: what no single file can show."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kyotei.diagnostics import Severity
from kyotei.model import SupersededEvent
from kyotei.rules.names import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.model import Agreement
    from kyotei.register import Register

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def id_duplicate(register: Register) -> Iterator[Diagnostic]:
    """Find an id in two files: no command can tell which of them is meant."""
    homes: dict[str, list[Entry]] = defaultdict(list)
    for entry in register.entries:
        homes[entry.agreement.id].append(entry)
    for entries in homes.values():
        for entry in entries[1:]:
            first = entries[0].file
            yield entry.finding(ERROR, "id-duplicate", ("id",), id=entry.agreement.id, file=first)


def agreement_duplicate(register: Register) -> Iterator[Diagnostic]:
    """Find an agreement under two ids: the same title, parties and signing day."""
    seen: dict[object, Entry] = {}
    for entry in register.entries:
        first = seen.setdefault(_identity(entry.agreement), entry)
        if first.agreement.id != entry.agreement.id:
            values = {"id": first.agreement.id, "file": first.file}
            yield entry.finding(WARNING, "agreement-duplicate", ("title",), **values)


def superseded_circle(register: Register) -> Iterator[Diagnostic]:
    """Find agreements that supersede each other in a circle: each ended because of the next."""
    told = {entry: event for entry in register.entries if (event := _superseded(entry.agreement))}
    circles = _circles({entry.agreement.id: event[1] for entry, event in told.items()})
    for entry, (number, _) in told.items():
        if circle := circles.get(entry.agreement.id):
            values = {"circle": " → ".join([*circle, circle[0]])}
            yield entry.finding(ERROR, "superseded-circle", ("events", number, "by"), **values)


def _identity(agreement: Agreement) -> object:
    names = frozenset(same_name(party.name) for party in agreement.parties)
    return same_name(agreement.title), names, agreement.signed


def _superseded(agreement: Agreement) -> tuple[int, str] | None:
    """Return the number of the latest event that names a successor, and the successor's id."""
    told = enumerate(agreement.events)
    found = [(event.on, number, event.by) for number, event in told if isinstance(event, SupersededEvent)]
    return max(found)[1:] if found else None


def _circles(successors: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the circle in which each id stands; one that names itself is another rule's."""
    found: dict[str, list[str]] = {}
    done: set[str] = set()
    for start in successors:
        trail: list[str] = []
        here = start
        while here in successors and here not in done:
            done.add(here)
            trail.append(here)
            here = successors[here]
        if here in trail[:-1]:
            circle = trail[trail.index(here) :]
            found |= dict.fromkeys(circle, circle)
    return found
