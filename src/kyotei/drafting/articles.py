"""The parts of an agreement's text: articles with their headings, paragraphs (項) and items (号).

A part is a stretch of the source, named by where it begins and ends; nothing is copied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.drafting.normal import normal
from kyotei.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACE = "[ \t\u3000]*"
_DIGITS = "[0-9０-９〇一二三四五六七八九十百]{1,5}"
_PARENS = "[（(〔【［\\[]([^（）()\n]{1,40}(?:\n[^（）()\n]{1,40})?)[）)〕】］\\]]"
_ARTICLE = re.compile(
    rf"(?:^{_SPACE}{_PARENS}{_SPACE}\n\s*)?"
    rf"^{_SPACE}(第{_SPACE}{_DIGITS}{_SPACE}条(?:の{_DIGITS})?)(?![第のにかをと及並又、項及び])"
    rf"{_SPACE}(?:\n?{_SPACE}{_PARENS})?",
    re.MULTILINE,
)
_PARAGRAPH = re.compile(
    rf"(?:^|(?<=[。．])){_SPACE}([0-9０-９]{{1,2}}|[①-⑳])(?=[ \t\u3000．.、]|(?<=[①-⑳]))", re.MULTILINE
)
_ITEM = re.compile(
    rf"^{_SPACE}(?:[（(]({_DIGITS}|[ｱ-ﾝア-ンｧ-ｮ])[）)]|([①-⑳])|([一二三四五六七八九十]{{1,3}})(?=[ \u3000、])|([・●○◦‐-])(?=[^ \n]))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A 項 of an article, or text outside of articles: its name (第4条第2項), and where it stands."""

    clause: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """A 条: its number as written in a file (第4条), its heading, and its paragraphs."""

    name: str
    heading: str
    start: int
    end: int
    paragraphs: tuple[Paragraph, ...]


def articles(source: str) -> tuple[Article, ...]:
    """Return the articles of a text; what stands before the first is one without a name, if it says anything."""
    heads = list(_ARTICLE.finditer(source))
    ends = [*(head.start() for head in heads), len(source)][1:]
    found = [_article(source, head, end) for head, end in zip(heads, ends, strict=True)]
    first = heads[0].start() if heads else len(source)
    return (*_unnamed(source, first), *found)


def _unnamed(source: str, end: int) -> Iterator[Article]:
    if source[:end].strip():
        yield Article("", "", 0, end, tuple(_paragraphs(source, "", 0, end)))


def _article(source: str, head: re.Match[str], end: int) -> Article:
    digits = re.sub("第|条.*", "", normal(head[2]).text)
    branch = normal(head[2]).text.partition("条")[2]
    name = f"第{number(digits) or digits}条{branch}"
    heading = normal(head[1] or head[3] or "").text
    return Article(name, heading, head.end(), end, tuple(_paragraphs(source, name, head.end(), end)))


def _paragraphs(source: str, name: str, start: int, end: int) -> Iterator[Paragraph]:
    """Yield the paragraphs between two offsets; numbers that do not follow one another are none."""
    cuts, expected = [(start, start)], 2
    for match in _PARAGRAPH.finditer(source, start, end):
        count = number(normal(match[1]).text) or ord(match[1]) - ord("①") + 1
        if count == 1 and not source[start : match.start()].strip():
            cuts = [(match.start(), match.end())]
        elif count == expected:
            cuts.append((match.start(), match.end()))
            expected += 1
    stops = [cut for cut, _ in cuts[1:]] + [end]
    for count, ((_, first), stop) in enumerate(zip(cuts, stops, strict=True), 1):
        several = name and len(cuts) > 1
        yield Paragraph(f"{name}第{count}項" if several else name, first, stop)


def items(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the items (号) between two offsets stand, without their numbers."""
    heads = list(_ITEM.finditer(source, start, end))
    stops = [head.start() for head in heads[1:]] + [end]
    return [(head.end(), stop) for head, stop in zip(heads, stops, strict=True)]
