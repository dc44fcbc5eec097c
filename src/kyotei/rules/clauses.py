"""The clauses of an agreement with their places: as signed, and as amendments replace them.

Every rule runs over every file, so none of them counts days where a glance at the lengths is enough: LEAST
and MOST bound a length without a calendar.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from kyotei.dates.length import Length, Unit
from kyotei.model import Notice, Renewal, RenewalEvent, Term, TermChange, Termination

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kyotei.model import Agreement, Part
    from kyotei.source import Path

NAMES = ("term", "renewal", "notice", "termination")
LEAST: Mapping[Unit, int] = MappingProxyType({Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 28, Unit.YEARS: 365})
MOST: Mapping[Unit, int] = MappingProxyType({Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 31, Unit.YEARS: 366})
"""Days of one unit, whatever the month or the year."""
_LENGTHS: Mapping[type[Part], str] = MappingProxyType(
    {
        Term: "length",
        TermChange: "length",
        Renewal: "length",
        RenewalEvent: "length",
        Notice: "before_end",
        Termination: "notice",
    }
)


def clauses(agreement: Agreement) -> Iterator[tuple[Path, Part]]:
    """Yield every clause that shapes the periods, the oldest first."""
    yield from _of(agreement, ())
    for number, event in enumerate(agreement.events):
        if event.type == "amendment":
            yield from _of(event.changes, ("events", number, "changes"))


def _of(part: Part, path: Path) -> Iterator[tuple[Path, Part]]:
    for name in NAMES:
        clause: Part | None = getattr(part, name)
        if clause is not None:
            yield (*path, name), clause


def stated_length(part: Part) -> tuple[str, Length] | None:
    """Return the length that a clause states, with its key."""
    key = _LENGTHS[type(part)]
    length = getattr(part, key)
    return (key, length) if isinstance(length, Length) else None
