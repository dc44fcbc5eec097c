"""Text before it means anything: which characters it may hold, how it is shown, where in it something stands.

On the lowest floor, so that a run that only says one sentence needs no reader and no screen.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, decomposition, east_asian_width, normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_BYTES = 256 * 1024
"""Bytes of a file that are read at most."""

# What nobody sees, or what a terminal obeys instead of showing it: C0, DEL and C1, marks that reorder text,
# soft hyphens and spaces of no width, LS and PS, surrogates, BOMs, annotations, non-characters, tags.
# Joiners (U+200C, U+200D) and variation selectors stay: names are written with them.
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
)
FORBIDDEN = re.compile(f"[{_UNSEEN}]")
"""What no file of ours may hold."""
_UNSHOWABLE = re.compile(f"[\t\n\r{_UNSEEN}]")

# A line may end before a Japanese character, but not before one that closes and not behind one that opens.
_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffe6\U0001f300-\U0003fffd"
_OPENS = "（「『【〔〈《［｛"
_CLOSES = (
    "、。，．・：；？！ー…）」』】〕〉》］｝々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
    "\u3099\u309a\ufe0e\ufe0f\U000e0100-\U000e01ef"
)
_DAY = "(?:明治|大正|昭和|平成|令和)?(?:元|[0-9０-９]+)年[0-9０-９]+月[0-9０-９]+日"
# As text, for `re` to compile when it is first needed: a pipe wraps nothing.
_PIECE = f"[ \u3000]+|[{_OPENS}]*(?:{_DAY}|[{_WIDE}])[{_CLOSES}]*|[^ {_WIDE}]+[{_CLOSES}]*"

KANJI_NUMERAL = "[〇一二三四五六七八九十百千]"

_KANJI = "〇一二三四五六七八九"
# 二〇二〇; never 〇 first: 〇年〇月 is a blank to fill in.
_BY_DIGIT = f"[{_KANJI[1:]}][{_KANJI}]*"
_BY_PLACE = "(?:({0}?)千)?(?:({0}?)百)?(?:({0}?)十)?({0})?".format(f"[{_KANJI[1:]}]")  # 二千二十

_LONGEST_READ = 100
_LONGEST_SHOWN = 40
# NFKC would turn a footnote mark into a digit, 1¹日 into 11日: such signs are refused before it runs.
_NO_DIGITS = ("<super>", "<sub>", "<circle>", "<fraction>")


class Spot(NamedTuple):
    """A point in a text; line and column count from 0, columns in characters."""

    line: int = 0
    column: int = 0


def spot_of(text: str, offset: int) -> Spot:
    """Return the line and column of a character offset."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return Spot(before.count("\n"), len(before) - before.rfind("\n") - 1)


def lines(text: str) -> list[str]:
    """Return the lines of a text as YAML counts them: LF, CRLF and CR end one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def line_at(written: Sequence[str], number: int) -> str:
    """Return a line of a text, counted from 0; beyond the last one it is empty."""
    return written[number] if number < len(written) else ""


def shown(text: str) -> str:
    """Return data as one line that no terminal obeys: what it cannot show stands there by its number."""
    return _UNSHOWABLE.sub(_escape, text)


def one_line(text: str) -> str:
    """Return data for a table's cell: line breaks of a long text become spaces."""
    return shown(" ".join(text.split("\n")).strip())


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    if 0xDC80 <= number <= 0xDCFF:  # noqa: PLR2004 (a byte of a file name that is no UTF-8)
        return f"\\x{number - 0xDC00:02x}"
    return f"\\x{number:02x}" if number < 0x100 else f"U+{number:04X}"  # noqa: PLR2004 (one byte)


def in_json(text: str) -> str:
    r"""Return JSON in which nothing drives a terminal; a byte that is no text stands in it as `\xff`."""
    return FORBIDDEN.sub(_escape_in_json, text)


def _escape_in_json(found: re.Match[str]) -> str:
    number = ord(found[0])
    if 0xDC80 <= number <= 0xDCFF:  # noqa: PLR2004 (as above)
        return f"\\\\x{number - 0xDC00:02x}"
    return "".join(f"\\u{unit:04x}" for unit in _utf16(number))


def _utf16(number: int) -> tuple[int, ...]:
    """Return a character's number as JSON has it: beyond 16 bits as two."""
    if number < 0x10000:  # noqa: PLR2004 (16 bits)
        return (number,)
    return 0xD7C0 + (number >> 10), 0xDC00 + (number & 0x3FF)


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for a Japanese character."""
    return len(text) if text.isascii() else sum(map(_cells, text))


@cache
def _cells(sign: str) -> int:
    if category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(sign) in {"W", "F"} else 1


def wrapped(text: str, width: int, *, whole: bool = False) -> list[str]:
    """Return a text in lines of `width` columns: between words, and between Japanese characters.

    What fits into no line (a long word) is broken, or with `whole` stands over the edge: an id or a day is
    never parted.
    """
    if cells(text) <= width:
        return [text.rstrip()]
    found, used = [""], 0
    for piece in _pieces(text, width, whole=whole):
        wide = cells(piece)
        if used and used + wide > width:
            found.append("")
            used = 0
        if used or piece.strip() or len(found) == 1:  # no line but the first begins with a space
            found[-1] += piece
            used += wide
    return [line.rstrip() for line in found]


def _pieces(text: str, width: int, *, whole: bool) -> Iterator[str]:
    """Yield what no line end may part; a piece that is too wide by characters."""
    for piece in re.findall(_PIECE, text):
        if whole or cells(piece) <= width:
            yield piece
        else:
            yield from piece


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was perhaps meant, empty if none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 (only a mistake needs it)

    return next(iter(get_close_matches(word, list(known), n=1)), "")


def shortened(text: str) -> str:
    """Return `text` as a fault carries it: only its beginning, if it is long."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def folded(text: str) -> str:
    """Return a copy of `text` for reading: its forms folded (NFKC), each run of space one space.

    Empty where the text cannot be read at all: too long, or with a footnote mark or fraction in it.
    """
    if len(text) > _LONGEST_READ or any(decomposition(sign).startswith(_NO_DIGITS) for sign in text):
        return ""
    return " ".join(normalize("NFKC", text).split())


def number(digits: str) -> int | None:
    """Return the number in digits or kanji (二十一 or 二一); None where they write none (十〇, 元)."""
    if re.fullmatch("[0-9]+", digits):
        return int(digits)
    if re.fullmatch(_BY_DIGIT, digits):
        return int("".join(str(_KANJI.index(digit)) for digit in digits))
    if match := re.fullmatch(_BY_PLACE, digits):
        places = zip((1000, 100, 10, 1), match.groups(), strict=True)
        return sum(place * _KANJI.index(digit or "一") for place, digit in places if digit is not None)
    return None
