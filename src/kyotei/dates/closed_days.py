"""The days on which the offices are closed, and the last open day before a deadline.

By the Local Autonomy Act, Art. 4-2 (地方自治法4条の2, 地方公共団体の休日), ordinances close the offices on
Saturdays and Sundays, on national holidays (国民の祝日に関する法律2条・3条) and at the turn of the year. Its
fourth paragraph moves only what is due to the authority by law: no deadline that is counted back ever moves
*later*. So a closed day only brings forward the day to act by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kyotei.dates.month_day import MonthDay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SATURDAY, _SUNDAY = 5, 6  # as date.weekday() counts
_LONGEST_WALK = 366  # days; whoever is closed for a year has no day to act by
_HEAD = 4  # lines of comment before the first holiday, written by scripts/make_holidays.py


class UnknownDay(LookupError):  # noqa: N818 (a day without an answer, not an error of the program)
    """Nothing is known about the holidays of that day's year; `args` holds the day."""


class Closure(StrEnum):
    """Why an office is closed."""

    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"
    YEAR_END = "year-end"
    EXTRA = "extra"


class ClosedDay(NamedTuple):
    """A day, why it is closed, and a holiday's name in Japanese and English."""

    day: date
    closure: Closure
    name: tuple[str, str] | None = None
    forecast: bool = False  # a holiday of a year whose list the government has not announced


class ActBy(NamedTuple):
    """The last open day on or before a day (実務期限); `None` where it is not known."""

    day: date | None
    skipped: tuple[ClosedDay, ...] = ()  # the closed days walked over, the latest first
    forecast: bool = False  # the walk touched a year whose holidays are not announced


class Coverage(NamedTuple):
    """The first and last year of the data; after `announced` its holidays are forecasts."""

    first: int
    announced: int
    last: int


@cache
def _lines() -> list[str]:
    # Not importlib.resources: its import takes ten times as long as reading the file.
    return Path(__file__).with_name("holidays.csv").read_text(encoding="utf-8").splitlines()


@cache
def _holidays() -> Mapping[str, str]:
    """Return the line of each holiday by its ISO date; lines are split only when asked for."""
    return {line[:10]: line for line in _lines()[_HEAD:]}


@cache
def coverage() -> Coverage:
    """Return the years for which the data has an answer."""
    first, announced, last = (int(line.rpartition(" ")[2]) for line in _lines()[1:_HEAD])
    return Coverage(first, announced, last)


def _backwards(day: date) -> Iterator[date]:
    """Return `day` and the days before it: at most a year of them, none before the calendar begins."""
    last = day.toordinal()
    return (date.fromordinal(last - back) for back in range(min(last, _LONGEST_WALK)))


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """The days on which the register's offices are closed: today's law, applied to every year."""

    weekends: bool = True
    holidays: bool = True
    year_end: tuple[MonthDay, MonthDay] | None = (MonthDay(12, 29), MonthDay(1, 3))  # both included
    extra: frozenset[date] = frozenset()

    def closed(self, day: date) -> ClosedDay | None:
        """Return why `day` is closed, or `None` for an open day; raise `UnknownDay` rather than guess."""
        closure = self._closure(day)
        if closure is Closure.HOLIDAY:
            _, japanese, english = _holidays()[day.isoformat()].split(",")
            return ClosedDay(day, closure, (japanese, english), day.year > coverage().announced)
        if closure is not None:
            return ClosedDay(day, closure)
        if self.holidays and not coverage().first <= day.year <= coverage().last:
            raise UnknownDay(day)
        return None

    def act_by(self, day: date) -> ActBy:
        """Return the last open day on or before `day`, and the closed days between."""
        forecast = self.holidays and day.year > coverage().announced
        skipped: list[ClosedDay] = []
        for candidate in _backwards(day):
            try:
                closed = self.closed(candidate)
            except UnknownDay:
                break
            if closed is None:
                return ActBy(candidate, tuple(skipped), forecast)
            skipped.append(closed)
        return ActBy(None, tuple(skipped), forecast)

    def _closure(self, day: date) -> Closure | None:
        """Return the first reason that holds; 1 January is the year's end before it is a holiday."""
        if self._at_year_end(day):
            return Closure.YEAR_END
        if self.holidays and day.isoformat() in _holidays():
            return Closure.HOLIDAY
        if day in self.extra:
            return Closure.EXTRA
        if self.weekends and day.weekday() >= _SATURDAY:
            return Closure.SUNDAY if day.weekday() == _SUNDAY else Closure.SATURDAY
        return None

    def _at_year_end(self, day: date) -> bool:
        """Return whether `day` is in the yearly closure, which may reach over the year's end."""
        if self.year_end is None:
            return False
        begin, end = self.year_end
        first, last = begin.in_year(day.year), end.in_year(day.year)
        return first <= day <= last if begin <= end else day >= first or day <= last
