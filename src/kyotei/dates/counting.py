"""Counting days: forward by the Civil Code, back by four named readings.

Forward counting is law (民法138条-143条). For counting back the Code has no rule, so each reading has a name,
an authority (docs/counting.md) and a formula, and the caller decides which one to print.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from kyotei.dates.month_day import clamped

if TYPE_CHECKING:
    from kyotei.dates.length import Length

ONE_DAY = timedelta(days=1)


class Reading(StrEnum):
    """How 「Nか月前まで」 is counted back from the last day of a period."""

    CORRESPONDING_DAY = "corresponding-day"
    CLEAR = "clear"
    END_OF_TERM = "end-of-term"
    MIRRORED = "mirrored"


# A member is found in an enumeration more slowly than a day is counted.
_CORRESPONDING_DAY, _CLEAR, _END_OF_TERM = Reading.CORRESPONDING_DAY, Reading.CLEAR, Reading.END_OF_TERM


def round_down(day: date, months: int) -> date:
    """Return the same-numbered day `months` later (earlier if negative), clamped to the month's end.

    dateutil's relativedelta says the same in six to fourteen times the time, which showed in ten thousand
    agreements; the tests hold this to it.
    """
    counted = 12 * day.year + day.month - 1 + months
    return clamped(counted // 12, counted % 12 + 1, day.day)


def last_day(first: date, length: Length) -> date:
    """Return the last day of a period whose first counted day is `first` (民法141条, 143条).

    Months end on the day before the corresponding day (応当日); where the month has none, on its last day
    (143条2項).
    """
    months = length.months
    if months is None:
        return first + timedelta(days=length.days - 1)
    corresponding = round_down(first, months)
    return corresponding - ONE_DAY if corresponding.day == first.day else corresponding


def latest_notice(reading: Reading, end: date, length: Length) -> date:
    """Return the last day on which a notice due `length` before `end` can arrive, as `reading` counts.

    `end` is the last day of the period. Days and weeks have no month ends, so only `clear` differs there.
    """
    months = length.months
    if months is None:
        return end - timedelta(days=length.days + (reading is _CLEAR))
    if reading is _CORRESPONDING_DAY:
        return round_down(end, -months)
    if reading is _CLEAR:
        return round_down(end, -months) - ONE_DAY
    if reading is _END_OF_TERM:
        return round_down(end + ONE_DAY, -months) - ONE_DAY
    return _mirrored(end, months)


def backwards(day: date, length: Length) -> date:
    """Return the same-numbered day a length before, clamped to its month's end."""
    return latest_notice(Reading.CORRESPONDING_DAY, day, length)


def _mirrored(end: date, months: int) -> date:
    """Turn Arts. 140-143 round: `end` is not counted, and the day after the corresponding day is the last."""
    first = end - ONE_DAY
    if (first + ONE_DAY).day == 1:
        return round_down(first, 1 - months).replace(day=1)
    corresponding = round_down(first, -months)
    return corresponding + ONE_DAY if corresponding.day == first.day else corresponding
