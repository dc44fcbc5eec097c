"""The table of `kyotei status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from kyotei.render.grid import Cell, Column, Line, grid, records
from kyotei.render.screen import BOLD, DIM, GOOD, WARN
from kyotei.render.urgency import act_by_lines
from kyotei.tables import secrecy
from kyotei.term import State
from kyotei.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kyotei.messages import Words
    from kyotei.render.screen import Screen
    from kyotei.tables import Due, StatusRow
    from kyotei.term import Standing

STYLES = {State.IN_FORCE: GOOD, State.ENDING: WARN, State.ENDED: DIM, State.RENEWING: "", State.PENDING: ""}


def status_page(screen: Screen, rows: Sequence[Sequence[Cell]], as_of: date, soon: int) -> str:
    """Return a line that sums up, and the rows' table: wide, narrow, or as records on a narrow terminal."""
    words = screen.words
    head = Text(status_head(words, len(rows), as_of, soon), BOLD)
    if not rows:
        return screen.draw(head, Text(""), Text(words.say("status", "empty")))
    wide = _columns(words, "agreement", "parties", "state", "period", "silence", "deadline", "act-by")
    table = grid(wide, rows, screen.width)
    if table is None:
        narrow = _columns(words, "agreement", "state", "period", "silence", "due-column")
        table = grid(narrow, [_narrow_row(words, row) for row in rows], screen.width)
    return screen.draw(head, Text(""), *(records(wide, rows, screen.width) if table is None else [table]))


def status_head(words: Words, count: int, as_of: date, soon: int) -> str:
    """Return the line above the table: the day, how many agreements, how many with something due."""
    due = words.counted("status", "due", soon) if soon else words.say("status", "nothing-due")
    agreements = words.counted("status", "agreements", count)
    title = words.say("status", "title")
    return words.say("status", "head", title=title, day=words.head(as_of), agreements=agreements, due=due)


def _columns(words: Words, *names: str) -> list[Column]:
    least = {"agreement": 20, "parties": 12}
    return [Column(words.say("status", name), least.get(name, 0)) for name in names]


def status_cells(words: Words, row: StatusRow, own_name: str | None) -> list[Cell]:
    """Return an agreement's row, for `status_page`."""
    stands = row.standing
    return [
        agreement_cell(row),
        tuple(Line(name, folds=True) for name in counterparts(row, own_name)),
        (Line(words.say("term", stands.state), STYLES[stands.state]),),
        period_cell(words, row),
        silence_cell(words, stands),
        deadline_cell(words, row.due),
        () if row.due is None else act_by_lines(words, row.due),
    ]


def _narrow_row(words: Words, row: Sequence[Cell]) -> list[Cell]:
    agreement, parties, state, period, silence, deadline, act_by = row
    both = (*act_by, Line(words.say("status", "by-deadline")), *deadline) if act_by else deadline
    return [(*agreement, *parties), state, period, silence, both]


def agreement_cell(row: StatusRow) -> Cell:
    """Return the id that the next command needs, and the title."""
    return Line(row.agreement.id, BOLD), Line(one_line(row.agreement.title), folds=True)


def counterparts(row: StatusRow, own_name: str | None) -> list[str]:
    """Return the other parties' names; all of them where our own is not among them."""
    return [one_line(party.name) for party in row.parties if party.name != own_name]


def period_cell(words: Words, row: StatusRow) -> Cell:
    """Return the number and the days of the current period, or when the agreement starts or ended."""
    ended = row.standing.ended
    if ended is not None:
        day = ended.on.isoformat()
        over = Line(words.say("term", ended.reason)), Line(words.say("status", "ended", day=day))
        return (*over, *_secrecy(words, row))
    period = row.standing.period or row.coming
    if period is None:
        return (Line(words.say("status", "none")),)
    end = words.say("status", "no-end") if period.end is None else period.end.isoformat()
    return (
        Line(words.number(period)),
        Line(period.start.isoformat()),
        Line(words.say("status", "until", end=end)),
        *_looked(words, row),
    )


def _secrecy(words: Words, row: StatusRow) -> Cell:
    """Say until when confidentiality binds after the end, or did."""
    until = secrecy(row)
    if until is None:
        return ()
    if until == "indefinitely":
        return Line(words.say("status", "secrecy"), folds=True), Line(words.say("status", "always"))
    name = "secrecy" if row.standing.as_of <= until else "secrecy-over"
    head = Line(words.say("status", name), folds=True)
    return head, Line(words.say("status", "until", end=until.isoformat()))


def _looked(words: Words, row: StatusRow) -> Cell:
    """Say when somebody last looked at the agreement."""
    if row.looked is None:
        return ()
    return Line(words.say("status", "looked"), folds=True), Line(row.looked.isoformat())


def silence_cell(words: Words, stands: Standing) -> Cell:
    """Return what happens at the end of the period if nobody acts."""
    silence = stands.silence
    if silence.outcome is None:
        return (Line(words.say("status", "none")),)
    end = words.say("status", "no-end") if silence.end is None else silence.end.isoformat()
    return Line(words.say("status", silence.outcome)), Line(words.say("status", "until", end=end))


def deadline_cell(words: Words, due: Due | None) -> Cell:
    """Return the next deadline with its weekday."""
    if due is None:
        return (Line(words.say("status", "none")),)
    return (Line(words.day(due.date)),)
