"""The lists of the page: what is due month by month, and the register as a table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kyotei.render.deadlines import closures, locked_cell, to_stop
from kyotei.render.screen import ALARM, WARN
from kyotei.render.status import counterparts, deadline_cell, period_cell, silence_cell
from kyotei.render.urgency import act_by_lines
from kyotei.term import State
from kyotei.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kyotei.messages import Words
    from kyotei.render.grid import Cell
    from kyotei.tables import DeadlineRow, StatusRow

URGENT = {ALARM: "alarm", WARN: "warn"}
"""The classes of the page for the styles of the terminal; the words beside them say the same."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of a table: lines with their class, and the text by which to sort."""

    lines: tuple[tuple[str, str], ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """One day that somebody must mind."""

    id: str
    title: str
    parties: str
    day: str
    iso: str
    lines: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month with the days in it on which somebody must act."""

    name: str
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One agreement in the register's table."""

    id: str
    title: str
    state: str
    state_name: str
    cells: tuple[Shown, ...]


def months_due(words: Words, rows: Sequence[DeadlineRow], own_name: str | None) -> list[Month]:
    """Return what is due by the month of the day to act."""
    found = groupby(rows, lambda row: (row.due.urgent_from.year, row.due.urgent_from.month))
    return [
        Month(month_name(words, *month), tuple(_due(words, row, own_name) for row in dues))
        for month, dues in found
    ]


def month_name(words: Words, year: int, month: int) -> str:
    """Return a month of a year by name."""
    name = words.say("explain", "months").split()[month - 1]
    return words.say("page", "month", year=year, month=name)


def _due(words: Words, row: DeadlineRow, own_name: str | None) -> Due:
    status, due = row.status, row.due
    lines = lines_of(act_by_lines(words, due))
    if reasons := closures(words, due):
        lines = (*lines, (words.say("deadlines", "because", reasons=reasons), ""))
    return Due(
        id=status.agreement.id,
        title=one_line(status.agreement.title),
        parties=words.say("deadlines", "and").join(counterparts(status, own_name)),
        day=lines[0][0],
        iso=due.urgent_from.isoformat(),
        lines=lines[1:],
        facts=tuple(_facts(words, row)),
    )


def _facts(words: Words, row: DeadlineRow) -> Iterator[tuple[str, str]]:
    """Yield what else there is to know of a deadline: heading and text."""
    due = row.due
    yield words.say("page", f"due-{due.kind}"), words.day(due.date)
    if due.safe != due.date:
        yield words.say("page", "safe"), words.day(due.safe)
    if due.kind == "objection":
        yield words.say("deadlines", "to-stop"), _joined(words, to_stop(words, row))
    yield words.say("deadlines", "silence"), _joined(words, locked_cell(words, row))


def _joined(words: Words, cell: Cell) -> str:
    return words.say("show", "between").join(line.text for line in cell)


def register_row(words: Words, row: StatusRow, own_name: str | None) -> Row:
    """Return one agreement's row of the table: days as `status` shows them."""
    stands, due = row.standing, row.due
    period = stands.period or row.coming
    names = counterparts(row, own_name)
    ends = stands.ended.on if stands.ended else stands.silence.end
    cells = (
        Shown(tuple((name, "") for name in names), words.say("deadlines", "and").join(names)),
        Shown(
            ((words.say("term", stands.state), f"state whole {stands.state}"),),
            str(list(State).index(stands.state)),
        ),
        Shown(lines_of(period_cell(words, row)), _key(period.start if period else ends)),
        Shown(lines_of(silence_cell(words, stands)), _key(ends)),
        Shown(lines_of(deadline_cell(words, due)), _key(due.date if due else None)),
        Shown(lines_of(act_by_lines(words, due)) if due else (), _key(due.urgent_from if due else None)),
    )
    agreement = row.agreement
    return Row(agreement.id, one_line(agreement.title), stands.state, words.say("term", stands.state), cells)


def lines_of(cell: Cell) -> tuple[tuple[str, str], ...]:
    """Return a cell's lines, each with its classes; one that may not be folded is `whole`."""
    kinds = ((line, URGENT.get(line.style, ""), "" if line.folds else "whole") for line in cell)
    return tuple((line.text, f"{urgent} {whole}".strip()) for line, urgent, whole in kinds)


def _key(day: date | None) -> str:
    return "" if day is None else day.isoformat()
