"""The clauses of an agreement with their places: as signed, and as amendments replace them.

Every rule runs over every file, so none of them counts days where a glance at the lengths is enough: LEAST
and MOST bound a length without a calendar.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from kyotei.dates.length import Length, Unit
from kyotei.model import Notice, Renewal, RenewalEvent, Term, TermChange, Termination

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kyotei.entry import Entry
    from kyotei.model import Agreement, Changes, Part
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


@lru_cache(maxsize=1)
def clauses(entry: Entry) -> Sequence[tuple[Path, Part]]:
    """Return every clause that shapes the periods, the oldest first.

    One rule after another asks for those of a file: the latest answer is kept.
    """
    found = _of(entry.agreement, ())
    for number, event in enumerate(entry.agreement.events):
        if event.type == "amendment":
            found += _of(event.changes, ("events", number, "changes"))
    return found


def _of(part: Agreement | Changes, path: Path) -> list[tuple[Path, Part]]:
    told: tuple[Part | None, ...] = (part.term, part.renewal, part.notice, part.termination)
    return [((*path, name), clause) for name, clause in zip(NAMES, told, strict=True) if clause is not None]


def stated_length(part: Part) -> tuple[str, Length] | None:
    """Return the length that a clause states, with its key."""
    key = _LENGTHS[type(part)]
    length = getattr(part, key)
    return (key, length) if isinstance(length, Length) else None
