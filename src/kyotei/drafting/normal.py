"""The normal form of an agreement's text: forms folded, spaces and line ends gone, each sign's place kept.

Text from paper breaks lines inside dates and words and sets digits in both widths. So the grammar reads a
normal form, and whatever it finds is traced back to the line and column of the source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import decomposition, normalize

from kyotei.text import cells

# NFKC would turn a footnote mark into a digit, 1¹日 into 11日, and ① into the 1 of a date.
_NO_DIGITS = ("<super>", "<sub>", "<circle>", "<fraction>")
_PRIVATE = range(0xE000, 0xF900)
_ONE = {"\u301c": "~", "\u2212": "-", "\u2010": "-", "\u2013": "-", "\u2015": "-", "\u2500": "-"}
"""Signs that typists take for each other and NFKC keeps apart."""

_PLAIN = str.maketrans("壱弐参拾", "一二三十")
_FORMAL = re.compile("[壱弐参拾]{1,5}(?=[かヶヵケカ箇個]?[年月]|週|日間|通|回)")
"""Numerals as deeds write them (壱年間, 弐通), only where they count something: 参加 is none."""


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal form; `at` has for each of its signs the offset in the source, and `end` where it ends."""

    text: str
    at: tuple[int, ...]
    end: int

    def offset(self, index: int) -> int:
        """Return the offset in the source of a sign, or of the end."""
        return self.at[index] if index < len(self.at) else self.end

    def piece(self, first: int, last: int) -> Normal:
        """Return a part of the normal form."""
        end = self.at[last - 1] + 1 if last > first else self.offset(first)
        return Normal(self.text[first:last], self.at[first:last], end)

    def parted(self, first: int, last: int) -> bool:
        """Tell whether a space or a line end parted two digits that stand side by side here."""
        return any(
            self.at[index + 1] > self.at[index] + 1 and self.text[index : index + 2].isdigit()
            for index in range(first, min(last, len(self.at)) - 1)
        )


@lru_cache(maxsize=8)
def normal(source: str, start: int = 0, end: int | None = None) -> Normal:
    """Return the normal form of a stretch of the source."""
    stop = len(source) if end is None else end
    folded = list(map(_folded, source[start:stop]))
    text = _FORMAL.sub(lambda match: match[0].translate(_PLAIN), "".join(folded))
    return Normal(text, tuple(at for at, signs in enumerate(folded, start) for _ in signs), stop)


@cache
def _folded(sign: str) -> str:
    """Return what stands for a sign in the normal form: nothing for a space."""
    if sign.isspace():
        return ""
    if ord(sign) in _PRIVATE:
        return "\ufffd"
    if decomposition(sign).startswith(_NO_DIGITS):
        return sign
    return "".join(normalize("NFKC", _ONE.get(sign, sign)).split())


def tidy(text: str) -> str:
    """Return words of the source as one line: its widths kept, spaces only between words of narrow signs."""
    kept: list[str] = []
    for word in text.split():
        if kept and not _wide(kept[-1][-1]) and not _wide(word[0]):
            kept.append(" ")
        kept.append(word)
    return "".join(kept)


def _wide(sign: str) -> bool:
    return cells(sign) != 1
