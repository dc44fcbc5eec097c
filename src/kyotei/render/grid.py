"""A table whose ids and dates are never cut: columns where they fit, else one record below the other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from kyotei.render.screen import BOLD
from kyotei.text import cells, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType

GAP, INDENT = 2, 2
"""Spaces between two columns, and before a record's lines."""
FOLDED = 12
"""Columns below which folded text reads badly beside its heading."""


class Line(NamedTuple):
    """One line of a cell. One that `folds` may be folded, and a long word in it broken; others never are."""

    text: str
    style: str = ""
    folds: bool = False


Cell = tuple[Line, ...]
_EMPTY = Line("")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and the width below which its folding lines read badly."""

    heading: str
    least: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose widths are settled, drawn line by line: no cell is to be cut, or asked for its width.

    No rules stand between the cells: a screen reader would read them aloud.
    """

    columns: Sequence[Column]
    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]

    def __rich_console__(self, console: Console, _: ConsoleOptions) -> Iterator[Segment]:
        """Yield the headings, a rule, and the rows, apart from each other where one has several lines."""
        heads = [
            self._folded((Line(column.heading, BOLD, folds=True),), number)
            for number, column in enumerate(self.columns)
        ]
        most = max(map(len, heads))
        yield from self._row(console, [[Line("")] * (most - len(head)) + head for head in heads])
        yield Segment("─" * (sum(self.widths) + GAP * (len(self.widths) - 1)))
        yield Segment.line()
        spaced = any(len(cell) > 1 for row in self.rows for cell in row)
        for number, row in enumerate(self.rows):
            if spaced and number:
                yield Segment.line()
            yield from self._row(console, [self._folded(cell, column) for column, cell in enumerate(row)])

    def _folded(self, cell: Cell, column: int) -> list[Line]:
        return list(_lines(cell, self.widths[column]))

    def _row(self, console: Console, cells_of_row: Sequence[Sequence[Line]]) -> Iterator[Segment]:
        """Yield a row's lines, each padded to its column but the last."""
        for lines in zip_longest(*cells_of_row, fillvalue=_EMPTY):
            gap = 0
            for line, width in zip(lines, self.widths, strict=True):
                if line.text:
                    yield Segment(" " * gap)
                    yield Segment(line.text, console.get_style(line.style) if line.style else None)
                    gap = 0
                gap += width + GAP - cells(line.text)
            yield Segment.line()


def grid(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> Grid | None:
    """Return a table at most `width` columns wide, None if it would have to cut something."""
    widths = _widths(columns, rows, width)
    return None if widths is None else Grid(columns, widths, rows)


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
            folded = (Text(line.text, line.style, no_wrap=True) for line in _lines(cell, rest))
            table.add_row(Text(heading, BOLD), Text("\n").join(folded))
        return [Padding(table, (0, 0, 0, INDENT))]
    return [line for heading, cell in pairs for line in _below(heading, cell, width)]


def _below(heading: str, cell: Cell, width: int) -> Iterator[Text]:
    yield Text(f"{' ' * INDENT}{heading}", BOLD, no_wrap=True)
    yield from _texts(cell, width, " " * 2 * INDENT)


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
