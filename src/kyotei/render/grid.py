"""A table whose ids and dates are never cut: columns where they fit, else one record below the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from kyotei.render.screen import BOLD, cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GAP = 2
"""Spaces between two columns."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell. One that `folds` may be broken anywhere, as Japanese is; the others are never cut."""

    text: str
    style: str = ""
    folds: bool = False


Cell = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and the width below which its folding lines read badly."""

    heading: str
    least: int = 0


def grid(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> Table | None:
    """Return a table `width` columns wide, None if it would have to cut something.

    No rules stand between the cells: a screen reader would read them aloud.
    """
    widths = _widths(columns, rows, width)
    if widths is None:
        return None
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP, 0, 0), leading=1)
    for column, given in zip(columns, widths, strict=True):
        table.add_column(Text(column.heading, BOLD), width=given, overflow="fold")
    for row in rows:
        table.add_row(*(Text("\n").join(_texts(cell)) for cell in row))
    return table


def records(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[Text]:
    """Return each row as a block of lines: its first cell, then the others, each below its heading."""
    found: list[Text] = []
    for row in rows:
        found.extend(_texts(row[0]))
        for column, cell in zip(columns[1:], row[1:], strict=True):
            if any(line.text for line in cell):
                found.append(Text(f"  {column.heading}", BOLD, no_wrap=True))
                found.extend(_texts(cell, indent="    "))
        found.append(Text(""))
    return found[:-1]


def _texts(cell: Cell, indent: str = "") -> Iterable[Text]:
    return (Text(indent + line.text, line.style, no_wrap=not line.folds) for line in cell)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> list[int] | None:
    """Share the width: to every column what it cannot do without, the rest to those that would fold."""
    found = [_needs(column, [row[number] for row in rows]) for number, column in enumerate(columns)]
    widths = [least for least, _ in found]
    spare = width - sum(widths) - GAP * len(columns)
    if spare < 0:
        return None
    wanting = sorted((wished - least, number) for number, (least, wished) in enumerate(found))
    for position, (want, number) in enumerate(wanting):
        extra = min(want, spare // (len(wanting) - position))
        widths[number] += extra
        spare -= extra
    return widths


def _needs(column: Column, found: Sequence[Cell]) -> tuple[int, int]:
    """Return the least width of a column, and the one at which nothing folds."""
    fixed = [cells(line.text) for cell in found for line in cell if not line.folds]
    folding = [cells(line.text) for cell in found for line in cell if line.folds]
    least = max([cells(column.heading), column.least if folding else 0, *fixed])
    return least, max([least, *folding])
