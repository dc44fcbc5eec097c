"""A length of time as an agreement states it: a whole number of one unit.

12 months stay 12 months where they are shown. The Civil Code counts months and years by the calendar (Art.
143), days and weeks by themselves (Art. 140, 141): neither is ever made of the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from kyotei.diagnostics import Fault
from kyotei.text import KANJI_NUMERAL, folded, number, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Unit(StrEnum):
    """The units in which the Civil Code fixes a period (Art. 139, 143)."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


_MONTHS_IN = {Unit.MONTHS: 1, Unit.YEARS: 12}
_DAYS_IN = {Unit.DAYS: 1, Unit.WEEKS: 7}


@dataclass(frozen=True, slots=True)
class Length:
    """`count` units; printed as the file writes it: `1 year`, `3 months`.

    `months` is how many the calendar counts, None for days and weeks; `days` how many these are, else 0.
    """

    count: int
    unit: Unit
    months: int | None = field(init=False, repr=False, compare=False)
    days: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Settle how it is counted once: whatever counts asks for it."""
        months = _MONTHS_IN.get(self.unit)
        object.__setattr__(self, "months", months and self.count * months)
        object.__setattr__(self, "days", self.count * _DAYS_IN.get(self.unit, 0))

    def __str__(self) -> str:
        """Return the normalised form, singular for one."""
        return f"{self.count} {self.unit[:-1] if self.count == 1 else self.unit}"


# A hundred years: more is a slip of the pen, and would run off the calendar.
MOST = MappingProxyType({Unit.DAYS: 36_525, Unit.WEEKS: 5_218, Unit.MONTHS: 1_200, Unit.YEARS: 100})

_COUNT = "0|[1-9][0-9]*"
# As text, for `re` to compile when they are first needed. No word belongs to two of them.
_LATIN = f"({_COUNT}) ?([a-z]+)"
_ISO = f"p({_COUNT})([dwmy])"
_JAPANESE = f"({_COUNT}|{KANJI_NUMERAL}+) ?(.+)"

_LETTERS = {unit[0]: unit for unit in Unit}
_ENGLISH = {word: unit for unit in Unit for word in (unit.value, unit.value[:-1])}
_COUNTERS = {
    Unit.DAYS: ("日",),
    Unit.WEEKS: ("週",),
    Unit.MONTHS: ("月", "か月", "ヶ月", "ヵ月", "ケ月", "カ月", "箇月", "個月"),  # 「1月」 is one month
    Unit.YEARS: ("年",),
}
_JAPANESE_WORDS = {f"{word}{tail}": unit for unit in Unit for word in _COUNTERS[unit] for tail in ("", "間")}
_SPELLINGS = ((_LATIN, _ENGLISH), (_ISO, _LETTERS), (_JAPANESE, _JAPANESE_WORDS))


@lru_cache
def parse_length(text: str, *, zero: bool = False) -> Length:
    """Return the length written in English, ISO 8601 or Japanese; `zero` also allows `0 days`."""
    return _length(text, _SPELLINGS, zero=zero)


def parse_within(text: str) -> Length:
    """Return the length of a look ahead: as `parse_length`, or short as in `90d`, `12w`, `3m`, `1y`."""
    return _length(text, (*_SPELLINGS, (_LATIN, _LETTERS)), zero=False)


def _length(text: str, spellings: Iterable[tuple[str, Mapping[str, Unit]]], *, zero: bool) -> Length:
    said = folded(text).lower()
    length = next(filter(None, (_reading(said, *spelling) for spelling in spellings)), None)
    if length is None:
        raise Fault("length-invalid", text=shortened(text))
    if length.count == 0 and not (zero and length.unit is Unit.DAYS):
        raise Fault("length-invalid.zero", text=shortened(text))
    if length.count > MOST[length.unit]:
        most = Length(MOST[length.unit], length.unit)
        raise Fault("length-invalid.too-long", text=shortened(text), most=str(most))
    return length


def _reading(said: str, spelling: str, words: Mapping[str, Unit]) -> Length | None:
    match = re.fullmatch(spelling, said)
    if not match or match[2] not in words:
        return None
    count = number(match[1])
    return None if count is None else Length(count, words[match[2]])
