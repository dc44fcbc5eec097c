"""What a picture of time shows: periods as bars, deadlines as marks. The terminal and the page draw the same.

Every day comes from the rows of `tables`; here it is only decided what of it falls within the days drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from kyotei.dates.counting import ONE_DAY, backwards
from kyotei.dates.length import Length, Unit
from kyotei.tables import chain_rows, horizon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyotei.dates.closed_days import OfficeCalendar
    from kyotei.tables import ChainRow, StatusRow

BACK, AHEAD = Length(1, Unit.YEARS), Length(2, Unit.YEARS)
"""What is drawn unless other days are asked for: a year back, two years ahead."""
_FEW = 8
"""Periods that are asked for at first; seldom are there more within the days drawn."""


class Look(StrEnum):
    """How certain a stretch of a period is, and whether its renewal can still be stopped."""

    HELD = "held"
    """In force, or certain to be."""
    CLOSED = "closed"
    """Certain too, and the deadline has passed: the renewal at its end is certain as well."""
    EXPECTED = "expected"
    """In force only if nobody objects before."""


class Sign(StrEnum):
    """What is marked on a day; what is more pressing is named later."""

    START = "start"
    LAST = "last"
    PASSED = "passed"
    ACT_BY = "act-by"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Span:
    """The days drawn, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days are drawn."""
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Tell whether a day is drawn."""
        return self.first <= day <= self.last

    def share(self, day: date) -> float:
        """Return how far along a day begins: 0 is the start of the first day, 1 the end of the last."""
        return (day - self.first).days / self.days


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days of one look, both included, within the days drawn."""

    look: Look
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that is marked."""

    sign: Sign
    day: date


@dataclass(frozen=True, slots=True)
class Stroke:
    """What is drawn of one period."""

    row: ChainRow
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """What is drawn of one agreement; no strokes where it lies wholly outside of the days drawn."""

    status: StatusRow
    strokes: tuple[Stroke, ...]


def usual_span(as_of: date) -> Span:
    """Return the days drawn if no others are asked for: from a year before the day asked for to two after."""
    return Span(backwards(as_of, BACK), horizon(as_of, AHEAD))


def lanes(rows: Iterable[StatusRow], span: Span, as_of: date, calendar: OfficeCalendar) -> list[Lane]:
    """Return what is drawn of every agreement, in the rows' order."""
    return [lane(row, span, as_of, calendar) for row in rows]


def lane(row: StatusRow, span: Span, as_of: date, calendar: OfficeCalendar) -> Lane:
    """Return what is drawn of one agreement."""
    strokes = (_stroke(row, found, span, as_of) for found in _chain(row, span, as_of, calendar))
    return Lane(row, tuple(stroke for stroke in strokes if stroke.bars or stroke.marks))


def window(row: ChainRow, as_of: date) -> Sign | None:
    """Tell whether a renewal can still be stopped (OPEN) or not (PASSED); None where no deadline counts.

    A period that is the last anyway renews into nothing: its deadline is none any more.
    """
    if row.due is None or row.period.closing is not None:
        return None
    return Sign.OPEN if row.due.date >= as_of else Sign.PASSED


def years(span: Span) -> list[date]:
    """Return the days on which a year begins; the first day drawn stands for a year begun before."""
    return [max(date(year, 1, 1), span.first) for year in range(span.first.year, span.last.year + 1)]


def months(span: Span, every: int) -> list[date]:
    """Return the first days of every so many months, counted from January, within the days drawn."""
    first, last = (day.year * 12 + day.month - 1 for day in (span.first, span.last))
    found = (
        date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1) if not number % every
    )
    return [day for day in found if span.holds(day)]


def _chain(row: StatusRow, span: Span, as_of: date, calendar: OfficeCalendar) -> list[ChainRow]:
    """Return the periods up to the last day drawn and a few beyond."""
    asked, known = _FEW, -1
    while True:
        found = chain_rows(row.entry, as_of, calendar, future=asked)
        if len(found) == known or not found or _beyond(found[-1], span):
            return found
        asked, known = asked * 4, len(found)


def _beyond(row: ChainRow, span: Span) -> bool:
    """Tell whether nothing of a period is drawn any more, and so of none after it."""
    return row.period.start > span.last and (row.due is None or row.due.date > span.last)


def _stroke(status: StatusRow, row: ChainRow, span: Span, as_of: date) -> Stroke:
    marks = (mark for mark in _marks(row, as_of) if span.holds(mark.day))
    return Stroke(row, tuple(_bars(status, row, span, as_of)), tuple(marks))


def _bars(status: StatusRow, row: ChainRow, span: Span, as_of: date) -> Iterator[Bar]:
    """Yield a period's stretches: up to its deadline, and once that has passed what lies behind it."""
    start, end = row.period.start, row.period.end or span.last
    look = Look.EXPECTED if _awaited(status, row) else Look.HELD
    if row.due is not None and window(row, as_of) is Sign.PASSED:
        closed = max(start, row.due.date + ONE_DAY)
        found = [Bar(look, start, closed - ONE_DAY), Bar(Look.CLOSED, closed, end)]
    else:
        found = [Bar(look, start, end)]
    for bar in found:
        first, last = max(bar.first, span.first), min(bar.last, span.last)
        if first <= last:
            yield Bar(bar.look, first, last)


def _awaited(status: StatusRow, row: ChainRow) -> bool:
    """Tell whether a period comes only if nobody objects: it lies behind the next deadline."""
    due = status.due
    return due is not None and row.period.number > due.period.number


def _marks(row: ChainRow, as_of: date) -> Iterator[Mark]:
    period, found = row.period, window(row, as_of)
    yield Mark(Sign.START, period.start)
    if period.closing is not None and period.end is not None:
        yield Mark(Sign.LAST, period.end)
    if row.due is None or found is None:
        return
    yield Mark(found, row.due.date)
    if found is Sign.OPEN and row.due.act_by.day is not None:
        yield Mark(Sign.ACT_BY, row.due.act_by.day)
