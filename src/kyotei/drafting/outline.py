"""The parts of a whole text: title, preamble, articles, and what stands below with the signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from kyotei.drafting.articles import articles, unmarked
from kyotei.drafting.normal import normal

if TYPE_CHECKING:
    from kyotei.drafting.articles import Article

Stretch: TypeAlias = tuple[int, int]

CALLED = re.compile("\\(以下、?(?:総称して|単に)?「([^」]{1,12})」と(?:いう|する|言う|称する)。?\\)")
"""（以下「甲」という。）"""
_KIND = "(?:協定書?|覚書|協約書?|規約|合意書|契約書|申合せ書?|確認書|取決め?書?|要綱|議定書)"
_TITLE = re.compile(f"{_KIND}(?:\\([^()]*\\))?$")
_NO_TITLE = re.compile("https?:|^[0-9]|[。、]$|^[・※■]|について$|年[0-9]+月[0-9]+日|記者発表|^案$")
_CLOSING = re.compile(
    "(?:本|この|上記|以上|右)[^。]{0,40}(?:締結|成立|合意|協定)[^。]{0,25}(?:証|証する|証明)"
)
_HEAD_LINES = 60
_TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the parts of an agreement's text stand."""

    source: str
    title: Stretch | None
    preamble: Stretch
    articles: tuple[Article, ...]
    closing: Stretch


def outline(source: str) -> Outline:
    """Return the parts of a text, some perhaps empty; what stands before the title is none of them."""
    text = unmarked(source)
    begin = _preamble_start(text)
    title = _title(text, begin) if begin is not None else _first_title(text)
    start = begin if begin is not None else title[1] if title else 0
    parts = articles(source, start)
    named = [part for part in parts if part.name]
    last = named[-1].start if named else start
    closing = _closing_start(text, last)
    within = tuple(part for part in articles(source, start, closing) if part.name or not named)
    first = _first_article(parts, closing) if named else closing
    return Outline(source, title, (start, first), within, (closing, len(text)))


def _first_article(parts: tuple[Article, ...], closing: int) -> int:
    """Return where the preamble ends: before the first article."""
    return parts[0].end if not parts[0].name else min(parts[0].start, closing)


def _preamble_start(text: str) -> int | None:
    """Return where the paragraph begins that names the parties: （以下「甲」という。）."""
    said = normal(text)
    match = CALLED.search(said.text)
    if match is None:
        return None
    at = said.offset(match.start())
    blank = [found.end() for found in re.finditer(r"\n[ \t\u3000]*(?=\n)", text[:at])]
    start = blank[-1] + 1 if blank else 0
    for line in _lines(text, start, at)[:-1]:
        if _is_title(text[slice(*line)]):
            start = line[1] + 1
    return start


def _lines(text: str, start: int, end: int) -> list[Stretch]:
    """Return the lines that begin between two offsets, with the one in which the second stands."""
    stop = text.find("\n", end)
    piece = text[start : len(text) if stop < 0 else stop]
    ends = [
        start + found.end()
        for found in re.finditer(r"[^\n]*", piece)
        if found.end() == len(piece) or piece[found.end()] == "\n"
    ]
    found: list[Stretch] = []
    at = start
    for last in dict.fromkeys(ends):
        found.append((at, last))
        at = last + 1
    return found


def _is_title(line: str) -> bool:
    said = normal(line).text
    return bool(_TITLE.search(said)) and not _NO_TITLE.search(said)


def _title(text: str, before: int) -> Stretch | None:
    """Return the title above the preamble: up to four lines, the last of which names the kind of text."""
    lines = [line for line in _lines(text, 0, before) if line[1] < before]
    while lines and not text[slice(*lines[-1])].strip():
        lines.pop()
    if not lines or not _is_title(text[slice(*lines[-1])]):
        return None
    first = last = lines[-1]
    for line in reversed(lines[-_TITLE_LINES:-1]):
        said = normal(text[slice(*line)]).text
        if not said or _NO_TITLE.search(said) or _is_title(text[slice(*line)]):
            break
        first = line
    return first[0], last[1]


def _first_title(text: str) -> Stretch | None:
    """Return the first line that looks like a title, in a text that does not say who 甲 is."""
    lines = _lines(text, 0, 0) + list(_lines(text, 0, len(text))[1:_HEAD_LINES])
    return next((line for line in lines if _is_title(text[slice(*line)])), None)


def _closing_start(text: str, start: int) -> int:
    """Return where the words stand that close an agreement, 「本協定の締結を証するため」, else its end."""
    said = normal(text, start)
    match = next(iter(_CLOSING.finditer(said.text)), None)
    if match is None:
        return _first_signature(text, start)
    return said.offset(match.start())


def _first_signature(text: str, start: int) -> int:
    """Return where the day of signing stands on a line of its own, else the text's end."""
    match = re.compile(
        r"^[ \t\u3000]*(?:令和|平成|昭和|西暦|20)[^\n。、]{3,24}日[ \t\u3000]*$", re.MULTILINE
    ).search(text, start)
    return match.start() if match else len(text)
