"""How pressing a day is, in words and marks first, in colour second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.render.grid import Line
from kyotei.render.screen import ALARM, WARN

if TYPE_CHECKING:
    from kyotei.messages import Words
    from kyotei.tables import Due

PRESSING, NEAR = 30, 90
"""Days to the act-by day from which it is marked with two and with one exclamation mark."""


def act_by_lines(words: Words, due: Due) -> tuple[Line, ...]:
    """Return the act-by day and how far off it is."""
    day, days = due.act_by.day, due.days_to_act
    if day is None or days is None:
        return (Line(words.say("closed", "unknown", year=due.safe.year), WARN, folds=True),)
    mark, style = urgency(days)
    lines = [Line(words.day(day), style), Line(f"{words.days_until(days)}{mark}", style)]
    if due.act_by.forecast:
        lines.append(Line(words.say("closed", "forecast", year=day.year), folds=True))
    return tuple(lines)


def urgency(days: int) -> tuple[str, str]:
    """Return the mark and the style for a day so many days ahead (negative: passed)."""
    if days <= PRESSING:
        return " !!", ALARM
    return (" !", WARN) if days <= NEAR else ("", "")
