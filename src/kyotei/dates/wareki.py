"""Japanese dates as people write them: 令和2年11月18日, R2.11.18, 令和二年十一月十八日, and ISO.

An era begins and ends on a day, not with a year, so whole days are compared. A day is never guessed:
what can be read in two ways is a fault.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from kyotei.diagnostics import Fault
from kyotei.text import KANJI_NUMERAL, folded, number, shortened


class Era(NamedTuple):
    """An era, its first day, and the Gregorian year before its year one (元年)."""

    name: str
    letter: str
    first: date
    year_zero: int


# 大正 and 昭和 begin by edict, 平成 and 令和 by cabinet orders under the Era Name Act (Act 43 of 1979).
# 明治 begins here with the Gregorian calendar (明治5年太政官布告第337号): before it another one counted.
ERAS = (
    Era("明治", "M", date(1873, 1, 1), 1867),
    Era("大正", "T", date(1912, 7, 30), 1911),
    Era("昭和", "S", date(1926, 12, 25), 1925),
    Era("平成", "H", date(1989, 1, 8), 1988),
    Era("令和", "R", date(2019, 5, 1), 2018),
)
FIRST_DAY = ERAS[0].first
LAST_DAY = date(2999, 12, 31)

_MONTHS = range(1, 13)
_FOUR_DIGITS = range(1000, 10_000)
_WEEKDAYS = "月火水木金土日"

# Every repetition below is bounded or lazy before a fixed tail, so no text takes more than linear time.
_ERA = f"(?:{'|'.join(era.name for era in ERAS)}|[{''.join(era.letter for era in ERAS)}])"
_YEAR = f"({_ERA})? ?(元|[0-9]{{1,4}}|{KANJI_NUMERAL}{{1,9}}) ?年"
_NUMBER = f"([0-9]{{1,2}}|{KANJI_NUMERAL}{{1,4}})"
# As text, for `re` to compile when they are first needed: most registers write ISO dates.
_LONG = rf"{_YEAR} ?(?:\( ?{_YEAR} ?\) ?)?{_NUMBER} ?月 ?{_NUMBER} ?日"
_SHORT = rf"({_ERA}) ?(元|[0-9]{{1,4}}) ?([./-]) ?([0-9]{{1,2}}) ?\3 ?([0-9]{{1,2}})"
_WESTERN = r"([0-9]{4}) ?([./-]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})"
_COMPACT = "([0-9]{4})()([0-9]{2})([0-9]{2})"  # groups as _WESTERN's, its separator empty
_WEEKDAY = rf"(.+?) ?(?:\(([{_WEEKDAYS}])(?:曜日?)?\)|([{_WEEKDAYS}])曜日)"
_TIMED = (
    r"(.*?[0-9日)]) ?"
    r"(?:Z|UTC|JST|(?:T[0-9]|[0-9]{1,2}[:時]|午前|午後|正午|\+[0-9]|-[0-9]{2}:).*)"
)
_ISO = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")


class _Reading(NamedTuple):
    day: date
    era: Era | None  # as written, None for a Gregorian year


def parse_date(text: str) -> date:
    """Return the day that `text` writes; past its era's end (平成34年) the Gregorian day that it means."""
    return _reading(text).day


def past_era(text: str) -> str | None:
    """Return the era named, if the day lies after that era's last day: 平成 for 平成34年3月31日."""
    try:
        day, era = _reading(text)
    except Fault:
        return None
    return era.name if era and era is not _era_of(day) else None


def wareki(day: date) -> str:
    """Return the day in Japanese, 令和8年11月22日; Gregorian before 1873, where no era is known."""
    era = _era_of(day)
    if era is None:
        return f"{day.year}年{day.month}月{day.day}日"
    count = day.year - era.year_zero
    return f"{era.name}{'元' if count == 1 else count}年{day.month}月{day.day}日"


def _era_of(day: date) -> Era | None:
    return next((era for era in reversed(ERAS) if era.first <= day), None)


def _reading(text: str) -> _Reading:
    if iso := _ISO.fullmatch(text):
        return _Reading(_day(text, None, int(iso[1]), int(iso[2]), int(iso[3])), None)
    said = folded(text).upper()
    if timed := re.fullmatch(_TIMED, said):
        day = _dated(text, timed[1]).day
        raise Fault("date-invalid.has-time", text=shortened(text), day=day.isoformat())
    return _dated(text, said)


def _dated(text: str, said: str) -> _Reading:
    match = re.fullmatch(_WEEKDAY, said)
    if not match:
        return _plain(text, said)
    reading = _plain(text, match[1])
    written, weekday = _WEEKDAYS.index(match[2] or match[3]), reading.day.weekday()
    if written != weekday:
        raise Fault(
            "date-invalid.weekday-wrong", text=shortened(text), weekday=str(weekday), written=str(written)
        )
    return reading


def _plain(text: str, said: str) -> _Reading:
    if match := re.fullmatch(_LONG, said):
        year, era = _years(text, *match.groups()[:4])
        return _Reading(_day(text, era, year, _number(text, match[5]), _number(text, match[6])), era)
    if match := re.fullmatch(_SHORT, said):
        year, era = _year(text, match[1], match[2])
        return _Reading(_day(text, era, year, int(match[4]), int(match[5])), era)
    if match := re.fullmatch(_WESTERN, said) or re.fullmatch(_COMPACT, said):
        day = _day(text, None, int(match[1]), int(match[3]), int(match[4]))
        if said != day.isoformat():
            raise Fault("date-invalid.not-iso", text=shortened(text), day=day.isoformat())
        return _Reading(day, None)
    raise _invalid(text)


def _years(text: str, name: str, digits: str, other_name: str, other_digits: str) -> tuple[int, Era | None]:
    """Return the year of a date with one year, or with an era year and a Gregorian year that agree."""
    year, era = _year(text, name, digits)
    if not other_digits:
        return year, era
    other_year, other_era = _year(text, other_name, other_digits)
    if (era is None) == (other_era is None):
        raise _invalid(text)
    if year != other_year:
        raise Fault("date-invalid.years-differ", text=shortened(text), year=str(year), other=str(other_year))
    return year, era or other_era


def _year(text: str, name: str | None, digits: str) -> tuple[int, Era | None]:
    era = next((era for era in ERAS if name in (era.name, era.letter)), None)
    count = 1 if era and digits == "元" else _number(text, digits)
    if count == 0 or (era is None and count not in _FOUR_DIGITS):
        raise _invalid(text)
    return (era.year_zero if era else 0) + count, era


def _number(text: str, digits: str) -> int:
    value = number(digits)
    if value is None:
        raise _invalid(text)
    return value


def _day(text: str, era: Era | None, year: int, month: int, day: int) -> date:
    """Return the day, if the calendar, its era and the register know it."""
    if month not in _MONTHS:
        raise Fault("date-invalid.no-such-month", text=shortened(text), month=str(month))
    days = monthrange(year, month)[1]
    if day not in range(1, days + 1):
        raise Fault(
            "date-invalid.no-such-day", text=shortened(text), year=str(year), month=str(month), days=str(days)
        )
    if (not era and year < FIRST_DAY.year) or year > LAST_DAY.year:
        first, last = FIRST_DAY.isoformat(), LAST_DAY.isoformat()
        raise Fault("date-invalid.out-of-range", text=shortened(text), first=first, last=last)
    meant = date(year, month, day)
    if era and meant < era.first:
        values = {"era": era.name, "first": era.first.isoformat(), "day": meant.isoformat()}
        raise Fault("date-invalid.before-era", text=shortened(text), **values)
    return meant


def _invalid(text: str) -> Fault:
    return Fault("date-invalid", text=shortened(text))
