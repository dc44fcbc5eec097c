"""The table of `kyotei chain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from kyotei.render.grid import Cell, Column, Line, grid, table_or_records
from kyotei.render.screen import BOLD, DIM, GOOD
from kyotei.text import one_line
from kyotei.walk import Basis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from kyotei.messages import Words
    from kyotei.render.screen import Screen
    from kyotei.tables import ChainRow, Due, StatusRow

STYLES = {"past": DIM, "current": GOOD, "future": ""}
COLUMNS = ("period", "start", "end", "basis", "deadline", "safe", "act-by")
NARROW = ("period", "days", "deadline", "safe", "act-by")


def chain_page(screen: Screen, status: StatusRow, rows: Sequence[ChainRow]) -> str:
    """Return every period with its basis and its deadlines; the current one is marked in words."""
    words = screen.words
    values = {"id": status.agreement.id, "day": words.head(status.standing.as_of)}
    head = Text(words.say("chain", "head", **values), BOLD)
    title = Text(one_line(status.agreement.title))
    notes = [Text(words.say("chain", name), DIM) for name in _notes(rows)]
    return screen.draw(head, title, Text(""), *_body(screen, rows), *([Text(""), *notes] if notes else []))


def _body(screen: Screen, rows: Sequence[ChainRow]) -> list[RenderableType]:
    """Return the periods in one line each, in two on a narrower screen, else as records."""
    words = screen.words
    if not rows:
        return [Text(words.say("chain", "empty"))]
    cells = [_row(words, row) for row in rows]
    columns, narrow = ([Column(words.say("chain", name)) for name in names] for names in (COLUMNS, NARROW))
    table = grid(columns, [[_joined(cell) for cell in row] for row in cells], screen.width)
    if table is not None:
        return [table]
    return table_or_records(narrow, [_narrow(words, row) for row in cells], screen.width)


def _notes(rows: Sequence[ChainRow]) -> list[str]:
    """Return the words of the table that need an explanation."""
    automatic = [row for row in rows if row.period.basis is Basis.AUTOMATIC]
    found = {
        "presumed": any(row.standing != "future" for row in automatic),
        "expected": any(row.standing == "future" for row in automatic),
        "last": any(row.period.closing is not None for row in rows[-1:]),
    }
    return [name for name, holds in found.items() if holds]


def _row(words: Words, row: ChainRow) -> list[Cell]:
    style, period = STYLES[row.standing], row.period
    expected = row.standing == "future" and period.basis is Basis.AUTOMATIC
    mark = words.say("chain", "now") if row.standing == "current" else ""
    end = words.say("status", "no-end") if period.end is None else period.end.isoformat()
    found = (
        words.number(period) + mark,
        period.start.isoformat(),
        end,
        words.say("term", "future-automatic" if expected else period.basis),
    )
    return [*((Line(text, style),) for text in found), *_due_cells(words, row.due, style)]


def _due_cells(words: Words, due: Due | None, style: str) -> list[Cell]:
    """Return the deadline, the safe day and the act-by day; a forecast is called one."""
    if due is None:
        return [(Line(words.say("status", "none"), style),), (), ()]
    known = due.act_by.day
    act_by = [words.say("chain", "unknown") if known is None else words.day(known)]
    if known is not None and due.act_by.forecast:
        act_by.append(words.say("chain", "forecast"))
    found = ([words.day(due.date)], [words.day(due.safe)], act_by)
    return [tuple(Line(text, style) for text in texts) for texts in found]


def _joined(cell: Cell) -> Cell:
    return (Line(" ".join(line.text for line in cell), cell[0].style),) if cell else ()


def _narrow(words: Words, row: Sequence[Cell]) -> list[Cell]:
    """Return a row of two lines: the basis below the number, the end below the start."""
    number, (start,), (end,), basis, *due = row
    until = Line(words.say("status", "until", end=end.text), end.style)
    return [(*number, *basis), (start, until), *due]
