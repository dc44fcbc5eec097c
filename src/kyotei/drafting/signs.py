"""The signs of the clause grammar: a day, a length or a blank each stand as one sign.

The signs are of Unicode's private use, which the normal form never holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from kyotei.dates.length import Length
from kyotei.dates.month_day import MonthDay

DAY, MONTH, YEAR, MONTH_DAY, SIGNING, BLANK, LENGTH, BLANK_LENGTH = map(chr, range(0xE000, 0xE008))
"""A day; a month and a fiscal year (their first day); a day of any year; 締結日; a day left open; lengths."""

Value: TypeAlias = date | MonthDay | Length | None


@dataclass(frozen=True, slots=True)
class Token:
    """A day, a length or the like: its sign, its value, and why it is to be looked at."""

    sign: str
    value: Value = None
    reason: str | None = None
