"""The table of `kyotei deadlines`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from kyotei.render.grid import Cell, Column, Line, table_or_records
from kyotei.render.screen import BOLD, DIM
from kyotei.render.status import agreement_cell, counterparts
from kyotei.render.urgency import act_by_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kyotei.messages import Words
    from kyotei.render.screen import Screen
    from kyotei.tables import DeadlineRow, Due

COLUMNS = (("act-by", 14), ("deadline", 10), ("agreement", 16), ("to-stop", 10), ("silence", 10))
MISSED_COLUMNS = (("deadline", 10), ("agreement", 16), ("renewed", 10), ("locked", 10))
"""Each column's name, and the width below which its folding lines read badly."""


def deadlines_page(screen: Screen, rows: Sequence[Sequence[Cell]], as_of: date, last: date) -> str:
    """Return the deadlines up to `last`; that there are none is said aloud."""
    return _page(screen, "deadlines", COLUMNS, rows, last=last.isoformat(), day=screen.words.head(as_of))


def missed_page(screen: Screen, rows: Sequence[Sequence[Cell]], as_of: date, since: date) -> str:
    """Return the deadlines that passed in silence since a day, and what each of them locked in."""
    day = screen.words.head(as_of)
    return _page(screen, "missed", MISSED_COLUMNS, rows, since=since.isoformat(), day=day)


def _page(
    screen: Screen,
    section: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Cell]],
    **values: str,
) -> str:
    """Return a head that counts the rows, and their table; without rows, that there are none."""
    words = screen.words
    if not rows:
        return screen.draw(Text(words.say(section, "nothing", **values), BOLD))
    head = Text(words.counted(section, "head", len(rows), **values), BOLD)
    named = [Column(words.say(section, name), least) for name, least in columns]
    return screen.draw(head, Text(""), *table_or_records(named, rows, screen.width))


def missed_cells(words: Words, row: DeadlineRow, own_name: str | None) -> list[Cell]:
    """Return a missed deadline's row, for `missed_page`."""
    _, deadline, agreement, _, silence = deadline_cells(words, row, own_name)
    start = "" if row.silence.following is None else row.silence.following.start.isoformat()
    passed = Line(words.days_until(row.due.days_left), folds=True)
    return [(deadline[0], passed), agreement, (Line(start),), silence]


def deadline_cells(words: Words, row: DeadlineRow, own_name: str | None) -> list[Cell]:
    """Return a deadline's row, for `deadlines_page`."""
    names = words.say("deadlines", "and").join(counterparts(row.status, own_name))
    return [
        (*act_by_lines(words, row.due), *_closed_lines(words, row.due)),
        _deadline_cell(words, row.due),
        (*agreement_cell(row.status), Line(names, folds=True)),
        to_stop(words, row),
        locked_cell(words, row),
    ]


def _closed_lines(words: Words, due: Due) -> Cell:
    """Say in a word why the act-by day is earlier than the safe day: which closed days lie between."""
    reasons = closures(words, due)
    return (Line(words.say("deadlines", "because", reasons=reasons), DIM, folds=True),) if reasons else ()


def closures(words: Words, due: Due) -> str:
    """Return the reasons of the closed days that were walked over, each once, earliest first."""
    found = dict.fromkeys(words.closure(closed) for closed in reversed(due.act_by.skipped))
    return words.say("deadlines", "and").join(found)


def _deadline_cell(words: Words, due: Due) -> Cell:
    day = Line(words.day(due.date))
    if due.safe == due.date:
        return (day,)
    return day, Line(words.say("deadlines", "safe"), DIM, folds=True), Line(words.day(due.safe), DIM)


def to_stop(words: Words, row: DeadlineRow) -> Cell:
    """Return what a notice by this day would stop."""
    following = row.silence.following
    if following is None:
        return _said(words, "expiry", "")
    return _said(words, "renewal", following.start.isoformat())


def locked_cell(words: Words, row: DeadlineRow) -> Cell:
    """Return what silence on this day locks in."""
    silence = row.silence
    if silence.following is None or silence.end is None:
        name = "ends" if silence.following is None else "bound-open"
        return _said(words, name, "" if silence.end is None else silence.end.isoformat())
    return _said(words, "bound", silence.end.isoformat())


def _said(words: Words, name: str, day: str) -> Cell:
    """Return a sentence in its lines; the one with the day is never folded."""
    found = words.say("deadlines", name, day=day).split("\n")
    return tuple(Line(line, folds=not day or day not in line) for line in found)
