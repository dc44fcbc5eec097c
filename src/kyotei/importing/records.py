"""The rows below the headings -> one record for each agreement, and the rows that are none.

Cells that are merged downwards hold for each of their rows, but where the agreement's name is merged, its
rows are one agreement. Nothing is passed over in silence: what is no agreement is kept with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from kyotei.importing.columns import UNREAD
from kyotei.importing.vocabulary import REMARK, TOTALS, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kyotei.importing.columns import Headed
    from kyotei.importing.sheet import Cell

Why: TypeAlias = Literal["heading", "total", "remark", "nothing"]

_FEW = 3
"""Columns from the left in which a row of totals says so."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the sheet says of one agreement: its rows, and the cells of each column."""

    rows: tuple[int, ...]
    cells: Mapping[int, tuple[Cell, ...]]

    @property
    def row(self) -> int:
        """The first row, by which people find it."""
        return self.rows[0]


@dataclass(frozen=True, slots=True)
class Passed:
    """A row that is no agreement, and why it is none."""

    row: int
    why: Why


def records(headed: Headed) -> Iterator[Record | Passed]:
    """Yield an agreement's record, or a row that is none, from above to below."""
    done: set[int] = set()
    for row, cells in headed.sheet.rows():
        if row <= headed.last or row in done:
            continue
        if why := _no_agreement(headed, cells):
            yield Passed(row, why)
        else:
            rows = _rows_of(headed, row)
            done |= set(rows)
            yield Record(rows, _cells(headed, rows))


def is_loose(headed: Headed, record: Record) -> bool:
    """Tell whether a record names no agreement of its own, so that it may belong to the row above."""
    named = [column for field in ("id", "title", "signed") for column in headed.of(field)]
    return not any(column.number in record.cells for column in named)


def _no_agreement(headed: Headed, cells: Mapping[int, Cell]) -> Why | None:
    """Return why a row is no agreement, None if it is one."""
    if all(plain(cell.text) in _heading(headed, cell.column) for cell in cells.values()):
        return "heading"
    read = {column.number for column in headed.columns if column.field not in UNREAD}
    if _is_total(headed, cells):
        return "total"
    if len(cells) == 1 and _is_remark(headed, next(iter(cells.values()))):
        return "remark"
    return None if read & set(cells) else "nothing"


def _heading(headed: Headed, number: int) -> set[str]:
    """Return what a repeated row of headings would say in a column."""
    rows = (headed.sheet.cells[row] for row in {headed.first, headed.last})
    return {plain(row[number].text) for row in rows if number in row}


def _is_total(headed: Headed, cells: Mapping[int, Cell]) -> bool:
    dated = any(column.number in cells for column in headed.of("signed"))
    first = [cells[number] for number in sorted(cells)[:_FEW]]
    return not dated and any(TOTALS.fullmatch(plain(cell.text)) for cell in first)


def _is_remark(headed: Headed, cell: Cell) -> bool:
    """Tell whether a row's only cell is a remark or a heading in between, which is merged over columns."""
    span = headed.sheet.spans.get((cell.row, cell.column))
    return bool(REMARK.match(cell.text)) or (span is not None and span.right > span.left)


def _rows_of(headed: Headed, row: int) -> tuple[int, ...]:
    """Return the rows of the agreement that begins in a row: those over which its name is merged."""
    spans = (headed.sheet.spans.get((row, column.number)) for column in headed.of("title"))
    last = max((span.bottom for span in spans if span), default=row)
    return tuple(number for number in range(row, last + 1) if number == row or number in headed.sheet.cells)


def _cells(headed: Headed, rows: tuple[int, ...]) -> dict[int, tuple[Cell, ...]]:
    found = {column.number: tuple(_filled(headed, rows, column.number)) for column in headed.columns}
    return {number: cells for number, cells in found.items() if cells}


def _filled(headed: Headed, rows: tuple[int, ...], column: int) -> Iterator[Cell]:
    """Yield a column's cells in some rows; one that is merged from above or over them is yielded once."""
    seen: set[tuple[int, int]] = set()
    for row in rows:
        span = headed.sheet.spans.get((row, column))
        top = span.top if span and span.left == column else row
        cell = headed.sheet.cells.get(top, {}).get(column)
        if cell and (top, column) not in seen:
            seen.add((top, column))
            yield cell
