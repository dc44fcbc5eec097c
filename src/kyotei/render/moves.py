"""Facts that moved, before → after: for `record`, and for whoever compares two registers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kyotei.render.grid import Cell, Column, Line
from kyotei.render.screen import BOLD

if TYPE_CHECKING:
    from kyotei.messages import Words
    from kyotei.moved import Move


def move_columns(words: Words) -> list[Column]:
    """Return the columns: the fact, before, after."""
    return [Column(words.say("moved", name)) for name in ("fact", "before", "after")]


def move_cells(words: Words, move: Move) -> list[Cell]:
    """Return one fact's row."""
    before, after = said(words, move.fact, move.before), said(words, move.fact, move.after)
    return [(Line(words.say("moved", move.fact)),), (Line(before),), (Line(f"→ {after}", BOLD),)]


def said(words: Words, fact: str, value: str | None) -> str:
    """Return a fact's value in words: a state by its name, a day with its weekday."""
    if value is None:
        return words.say("moved", "open" if fact == "ends" else "none")
    return words.say("term", value) if fact == "state" else words.day(date.fromisoformat(value))
