"""What a change to the register computes to: agreements added, removed or moved, and the facts that moved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from kyotei.diagnostics import Severity
from kyotei.moved import moves
from kyotei.tables import status_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kyotei.dates.closed_days import OfficeCalendar
    from kyotei.moved import Move
    from kyotei.register import Register
    from kyotei.tables import StatusRow

Kind = Literal["added", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two registers as of a day: how each agreement stands, and the files that could not be taken."""

    rows: Mapping[str, StatusRow]
    broken: frozenset[str]

    def lost(self, row: StatusRow) -> bool:
        """Tell whether an agreement that is not here may stand in a file that could not be taken."""
        stems = {PurePath(file).stem for file in self.broken}
        return row.entry.file in self.broken or row.agreement.id in stems


@dataclass(frozen=True, slots=True)
class Change:
    """One agreement that differs: as it is now (one that is gone, as it was), and the facts that moved."""

    kind: Kind
    row: StatusRow
    moves: list[Move]


def side(register: Register, as_of: date, calendar: OfficeCalendar) -> Side:
    """Return a judged register as of a day. Of two agreements with one id the first is taken."""
    rows = {row.agreement.id: row for row in reversed(status_rows(register.entries, as_of, calendar))}
    errors = {found.place.file for found in register.diagnostics if found.severity is Severity.ERROR}
    return Side(rows, frozenset(errors - {row.entry.file for row in rows.values()}))


def changes(before: Side, after: Side) -> list[Change]:
    """Return the agreements that differ, by id. What one side could not read is neither added nor removed."""
    found = _compared(before, after)
    return sorted((one for one in found if one.moves), key=lambda change: change.row.agreement.id)


def _compared(before: Side, after: Side) -> Iterator[Change]:
    for identifier, row in after.rows.items():
        old = before.rows.get(identifier)
        if old is not None:
            yield Change("moved", row, moves(old, row))
        elif not before.lost(row):
            yield Change("added", row, moves(None, row))
    for identifier, row in before.rows.items():
        if identifier not in after.rows and not after.lost(row):
            yield Change("removed", row, moves(row, None))
