"""A table whose ids and dates are never cut: columns where they fit, else one record below the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from kyotei.render.screen import BOLD
from kyotei.text import cells, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

GAP, INDENT = 2, 2
"""Spaces between two columns, and before a record's lines."""
FOLDED = 12
"""Columns below which folded text reads badly beside its heading."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a cell. One that `folds` may be folded, and a long word in it broken; others never are."""

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
    spaced = any(len(cell) > 1 for row in rows for cell in row)
    # The gap is part of the column: rich would make an object for the padding of every cell.
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=0, leading=spaced)
    for number, (column, given) in enumerate(zip(columns, widths, strict=True), 1):
        heading = _block((Line(column.heading, BOLD, folds=True),), given)
        table.add_column(heading, width=given + (GAP - 1) * (number < len(columns)), overflow="fold")
    for row in rows:
        table.add_row(*(_block(cell, given) for cell, given in zip(row, widths, strict=True)))
    return table


def table_or_records(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int
) -> list[RenderableType]:
    """Return the rows as a table where it fits, else as records."""
    table = grid(columns, rows, width)
    return records(columns, rows, width) if table is None else [table]


def records(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> list[RenderableType]:
    """Return each row as a block: its first cell, then the others behind (or below) their headings."""
    found: list[RenderableType] = []
    for row in rows:
        pairs = [(column.heading, cell) for column, cell in zip(columns, row, strict=True) if cell]
        found += [*_texts(pairs[0][1], width), *_record(pairs[1:], width), Text("")]
    return found[:-1]


def _record(pairs: Sequence[tuple[str, Cell]], width: int) -> list[RenderableType]:
    """Return headings and cells side by side where that fits, else each heading above its cell."""
    left = max((cells(heading) for heading, _ in pairs), default=0)
    right = max((_fixed(cell) for _, cell in pairs), default=0)
    if INDENT + left + GAP + max(right, FOLDED) <= width:
        table = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
        table.add_column(width=left)
        rest = width - INDENT - left - GAP
        table.add_column(width=rest, overflow="fold")
        for heading, cell in pairs:
            table.add_row(Text(heading, BOLD), _block(cell, rest))
        return [Padding(table, (0, 0, 0, INDENT))]
    return [line for heading, cell in pairs for line in _below(heading, cell, width)]


def _below(heading: str, cell: Cell, width: int) -> Iterator[Text]:
    yield Text(f"{' ' * INDENT}{heading}", BOLD, no_wrap=True)
    yield from _texts(cell, width, " " * 2 * INDENT)


@dataclass(frozen=True, slots=True)
class _Block:
    """A cell whose lines are folded already: as Text rich would fold each once more, in twice the time."""

    lines: Sequence[Line]

    def __rich_console__(self, console: Console, _: ConsoleOptions) -> RenderResult:
        """Yield the lines as they stand."""
        for line in self.lines:
            yield Segment(line.text, console.get_style(line.style))
            yield Segment.line()


def _block(cell: Cell, width: int) -> RenderableType:
    """Return a cell in its column; where rich counts more columns than we do, as text that it folds."""
    lines = list(_lines(cell, width))
    if all(cell_len(line.text) <= width for line in lines):
        return _Block(lines)
    return Text("\n").join(Text(line.text, line.style, no_wrap=True) for line in lines)


def _fixed(cell: Cell) -> int:
    """Return the width of the widest line that may not be broken."""
    return max((cells(line.text) for line in cell if not line.folds), default=0)


def _texts(cell: Cell, width: int, indent: str = "") -> Iterator[Text]:
    """Yield a cell's lines as texts that stand alone."""
    for line in _lines(cell, width - len(indent)):
        yield Text(indent + line.text, line.style, no_wrap=True)


def _lines(cell: Cell, width: int) -> Iterator[Line]:
    """Yield a cell's lines, folded to `width` where they may be."""
    for line in cell:
        for text in wrapped(line.text, width) if line.folds else [line.text]:
            yield Line(text, line.style)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> list[int] | None:
    """Share the width: to every column what it cannot do without, the rest to those that would fold."""
    found = [_needs(column, [row[number] for row in rows]) for number, column in enumerate(columns)]
    widths = [least for least, _ in found]
    spare = width - sum(widths) - GAP * (len(columns) - 1)
    if spare < 0:
        return None
    wanting = sorted((wished - least, number) for number, (least, wished) in enumerate(found))
    for position, (want, number) in enumerate(wanting):
        extra = min(want, spare // (len(wanting) - position))
        widths[number] += extra
        spare -= extra
    return widths


def _needs(column: Column, found: Sequence[Cell]) -> tuple[int, int]:
    """Return a column's least width, and that at which nothing folds. A heading folds between words."""
    folding = [cells(line.text) for cell in found for line in cell if line.folds]
    heading = max(cells(word) for word in column.heading.split(" "))
    fold = min(column.least, max(folding, default=0))
    least = max([heading, fold, *(_fixed(cell) for cell in found)])
    return least, max([least, cells(column.heading), *folding])
