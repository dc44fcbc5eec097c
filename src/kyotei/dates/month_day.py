"""A day of every year, `MM-DD`: the 31 March until which an agreement renews, the 31 January of a notice."""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date

from kyotei.diagnostics import Fault
from kyotei.text import folded, shortened

EVERY_MONTH = 28
"""The last day of the month that no month lacks."""

_MONTHS = range(1, 13)
_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # of each month, by its number
_FEBRUARY = 2
_LEAP_YEAR = 2000  # 02-29 is a day, if not of every year
_WRITTEN = re.compile("([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True, order=True)
class MonthDay:
    """A month and a day of it; 29 February stands for the last day of February."""

    month: int
    day: int

    def __str__(self) -> str:
        """Return the form in which files write it: `03-31`."""
        return f"{self.month:02}-{self.day:02}"

    def in_year(self, year: int) -> date:
        """Return this day in `year`; a missing 02-29 is the last of the month (Civil Code Art. 143)."""
        return clamped(year, self.month, self.day)

    def on_or_after(self, day: date) -> date:
        """Return the first such day from `day` on, `day` included."""
        this_year = self.in_year(day.year)
        return this_year if this_year >= day else self.in_year(day.year + 1)

    def on_or_before(self, day: date) -> date:
        """Return the last such day up to `day`, `day` included."""
        this_year = self.in_year(day.year)
        return this_year if this_year <= day else self.in_year(day.year - 1)


def clamped(year: int, month: int, day: int) -> date:
    """Return the day of that number, the month's last where it has none (Civil Code Art. 143)."""
    if day > EVERY_MONTH:
        day = min(day, _DAYS[month] + (month == _FEBRUARY and isleap(year)))
    return date(year, month, day)


def parse_month_day(text: str) -> MonthDay:
    """Return the day that `text` writes as `MM-DD`."""
    match = _WRITTEN.fullmatch(folded(text))
    if not match or int(match[1]) not in _MONTHS:
        raise Fault("month-day-invalid", text=shortened(text))
    month, day = int(match[1]), int(match[2])
    days = clamped(_LEAP_YEAR, month, 31).day
    if day not in range(1, days + 1):
        raise Fault("month-day-invalid.no-such-day", text=shortened(text), month=str(month), days=str(days))
    return MonthDay(month, day)
