"""The table of `kyotei chain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from kyotei.render.grid import Cell, Column, Line, grid, records
from kyotei.render.screen import BOLD, DIM, GOOD, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.messages import Words
    from kyotei.render.screen import Screen
    from kyotei.tables import ChainRow, StatusRow

STYLES = {"past": DIM, "current": GOOD, "future": ""}
COLUMNS = ("period", "start", "end", "basis", "deadline", "safe", "act-by")


def chain_page(screen: Screen, status: StatusRow, rows: Sequence[ChainRow]) -> str:
    """Return every period with its basis and its deadlines; the current one is marked in words."""
    words = screen.words
    values = {"id": status.agreement.id, "day": words.head(status.standing.as_of)}
    head = Text(words.say("chain", "head", **values), BOLD)
    title = Text(one_line(status.agreement.title))
    columns = [Column(words.say("chain", name)) for name in COLUMNS]
    cells = [_row(words, row) for row in rows]
    table = grid(columns, cells, screen.width)
    body = [table] if table is not None else records(columns, cells, screen.width)
    return screen.draw(head, title, Text(""), *body, Text(""), Text(words.say("chain", "foot"), DIM))


def _row(words: Words, row: ChainRow) -> list[Cell]:
    style, period, due = STYLES[row.standing], row.period, row.due
    mark = words.say("chain", "now") if row.standing == "current" else ""
    basis = "future-automatic" if row.standing == "future" and period.basis == "automatic" else period.basis
    end = words.say("status", "no-end") if period.end is None else period.end.isoformat()
    days: list[Cell] = [(Line(words.say("status", "none"), style),), (), ()]
    if due is not None:
        act_by = words.say("chain", "unknown") if due.act_by.day is None else words.day(due.act_by.day)
        forecast = words.say("chain", "forecast") if due.act_by.forecast and due.act_by.day else ""
        days = [(Line(text, style),) for text in (words.day(due.date), words.day(due.safe), act_by + forecast)]
    return [
        (Line(words.number(period) + mark, style),),
        (Line(period.start.isoformat(), style),),
        (Line(end, style),),
        (Line(words.say("term", basis), style),),
        *days,
    ]
