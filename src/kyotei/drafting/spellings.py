"""How a day, a length or a blank is spelled, and what each spelling means: the tokens of the grammar."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kyotei.dates.length import parse_length
from kyotei.dates.month_day import parse_month_day
from kyotei.dates.wareki import parse_date, past_era, wareki
from kyotei.diagnostics import Fault
from kyotei.drafting import numerals
from kyotei.drafting.signs import BLANK, BLANK_LENGTH, DAY, LENGTH, MONTH, MONTH_DAY, SIGNING, YEAR, Token
from kyotei.text import number

if TYPE_CHECKING:
    from collections.abc import Callable

_OURS = "(?:(?:本|この|当該|上記)?(?:包括)?(?:連携)?(?:協定書?|契約書?|覚書|協約|規約)(?:の|を|が)?)?"
_SIGNED = (
    "(?:締結|調印|署名|(?:記名|署名)?(?:押印|捺印))"
    "(?:の|した|する|された|を行った|を行う|がされた|年月)?(?:当?日|時)"
)
_SIGNING = f"{_OURS}(?:{_SIGNED}|成立(?:の|した)?日|締結(?:時|後|と同時))|(?:協定|契約)日"
"""締結の日, 本協定を締結した日, 契約成立日."""
_LEAP_YEAR = 2000
_MONTHS = range(1, 13)
_HALF = "[かヶヵケカ箇個]"


def _day(text: str, _last: date | None = None) -> Token:
    said = re.sub(r"\(([^()]*?)年?\)年", r"年(\1年)", text.replace("西暦", ""))
    said = re.sub(r"年\(([^()]*[^年()])\)", r"年(\1年)", said)
    try:
        return Token(DAY, parse_date(said), "past-era" if past_era(said) else None)
    except Fault as fault:
        if fault.message == "date-invalid.not-iso":  # 2021/3/31: a file writes it otherwise, but it is a day
            return Token(DAY, date.fromisoformat(fault.values["day"]))
        return Token(BLANK)


def _month_end(text: str, _last: date | None) -> Token:
    first = _day(re.sub("(?:の)?末日?$", "1日", text))
    if not isinstance(first.value, date):
        return first
    return replace(first, value=_last_of_month(first.value))


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _same_era_day(text: str, last: date | None) -> Token:
    """Return a day of the era of the day before it: 令和3年4月1日から4年3月31日まで."""
    if last is None:
        return Token(BLANK)
    return replace(_day(f"{wareki(last)[:2]}{text.removeprefix('同')}"), reason="era-left-out")


def _fiscal_year_end(text: str, _last: date | None) -> Token:
    """Return the 31 March that ends a fiscal year (地方自治法208条: from 1 April)."""
    first = _day(text.partition("年度")[0] + "年4月1日")
    if not isinstance(first.value, date):
        return first
    return Token(DAY, date(first.value.year + 1, 3, 31), "fiscal-year-end")


def _month(text: str, _last: date | None) -> Token:
    return _signed(_day(f"{text}1日"), MONTH, "month-only")


def _fiscal_year(text: str, _last: date | None) -> Token:
    return _signed(_day(text.partition("年度")[0] + "年4月1日"), YEAR, "fiscal-year-end")


def _signed(token: Token, sign: str, reason: str) -> Token:
    return token if token.value is None else replace(token, sign=sign, reason=reason)


def _month_day(text: str, _last: date | None) -> Token:
    digits, _, rest = text.partition("月")
    month = number(digits) or 0
    day = number(rest.removesuffix("日")) if "末" not in rest else None
    if day is None and month in _MONTHS:
        day = monthrange(_LEAP_YEAR, month)[1]
    try:
        return Token(MONTH_DAY, parse_month_day(f"{month:02}-{day or 0:02}"))
    except Fault:
        return Token(BLANK)


def _length(text: str, _last: date | None) -> Token:
    said = text.removesuffix("間")
    two = re.fullmatch(f"({numerals.NUMBER}){_HALF}?年(?:と|及び)?({numerals.NUMBER}){_HALF}?月", said)
    half = re.fullmatch(f"({numerals.NUMBER})年半", said)
    try:
        if two:
            return _months((number(two[1]) or 0) * 12 + (number(two[2]) or 0))
        if half:
            return _months((number(half[1]) or 0) * 12 + 6)
        if said == "半年":
            return _months(6)
        return Token(LENGTH, parse_length(re.sub(f"{_HALF}年", "年", said)))
    except Fault:
        return Token(BLANK_LENGTH)


def _months(count: int) -> Token:
    """Return a length in months for one in two units; a year is twelve months (民法143条)."""
    return Token(LENGTH, parse_length(f"{count} months"), "years-as-months")


def _fixed(sign: str, reason: str | None = None) -> Callable[[str, date | None], Token]:
    return lambda _text, _last: Token(sign, None, reason)


def _signing(text: str, _last: date | None) -> Token:
    return Token(SIGNING, None, "signing-or-conclusion" if "成立" in text else None)


SPELLINGS: tuple[tuple[str, str, Callable[[str, date | None], Token]], ...] = (
    ("signing", _SIGNING, _signing),
    ("day", numerals.DAY, _day),
    ("month_end", numerals.MONTH_END, _month_end),
    ("month", numerals.YEAR_MONTH, _month),
    ("fiscal_end", numerals.FISCAL_YEAR_END, _fiscal_year_end),
    ("fiscal", numerals.FISCAL_YEAR, _fiscal_year),
    ("year", numerals.BARE_YEAR, _fixed(BLANK)),
    ("same_era", numerals.SAME_ERA_DAY, _same_era_day),
    ("month_day", numerals.MONTH_DAY, _month_day),
    ("about", numerals.ABOUT, _fixed(BLANK_LENGTH)),
    ("length", numerals.LENGTH, _length),
    ("blank_day", numerals.BLANK_DAY, _fixed(BLANK)),
    ("blank_length", numerals.BLANK_LENGTH, _fixed(BLANK_LENGTH)),
)
"""A name, a pattern, and who reads what it matches; the first that fits."""
