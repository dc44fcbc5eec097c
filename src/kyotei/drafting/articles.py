"""The parts of an agreement's text: articles with their headings, paragraphs (項) and items (号).

A part is a stretch of the source, named by where it begins and ends; nothing is copied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from kyotei.drafting.evidence import Unread, place_of
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
    rf"(?:^|(?<=[。．])){_SPACE}"
    r"(?:([0-9０-９]{1,2})(?:[．.、]|(?=[ \t\u3000]|[^\x00-\x7f０-９年月日か]))|([②-⑳]))",
    re.MULTILINE,
)
"""The number of a 項, which stands in front of words; 「３ 前項」, 「３．」, ③."""
_ITEM = re.compile(
    rf"^{_SPACE}(?:[（(](?P<digit>{_DIGITS})[）)]|[（(]?(?P<kana>[ｱ-ﾝア-ン])[）) \u3000]|(?P<circled>[①-⑳])"
    r"|(?P<kanji>[一二三四五六七八九十]{1,3})(?=[ \u3000、])"
    r"|(?P<point>[・●◦‐-])(?=[ \u3000]?[^ \u3000\n-]))",
    re.MULTILINE,
)
_ADDENDUM = re.compile(rf"^{_SPACE}附{_SPACE}則{_SPACE}$", re.MULTILINE)
_OUT = str.maketrans(dict.fromkeys("|\x0c", " "))
_MARKS = re.compile(r"^[ \t]{0,3}(?:#{1,6}(?=[ \t])|>+)|\*\*|`", re.MULTILINE)


MOST_ARTICLES = 300
"""Articles that are read; an agreement has ten or twenty."""


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


@lru_cache(maxsize=2)
def unmarked(source: str) -> str:
    """Return a text of the same length without the marks of Markdown: headings, bold type, tables, quotes."""
    return _MARKS.sub(lambda mark: " " * len(mark[0]), source.translate(_OUT))


def articles(source: str, start: int = 0, end: int | None = None) -> tuple[Article, ...]:
    """Return the articles of a text, no more than `MOST_ARTICLES`; words before the first have no name."""
    stop = len(source) if end is None else end
    text = unmarked(source)
    heads = list(islice(_ARTICLE.finditer(text, start, stop), MOST_ARTICLES + 1))
    if len(heads) > MOST_ARTICLES:
        stop = heads.pop().start()
    last = next(
        (match.start() for match in _ADDENDUM.finditer(text, heads[-1].end() if heads else start, stop)), stop
    )
    ends = [*(head.start() for head in heads), last][1:]
    found = [_article(text, head, at) for head, at in zip(heads, ends, strict=True)]
    first = heads[0].start() if heads else last
    return (*_unnamed(text, start, first), *found, *_addendum(text, last, stop))


def articles_unread(source: str, start: int, end: int) -> Unread | None:
    """Return where the articles begin that are not read."""
    more = next(islice(_ARTICLE.finditer(unmarked(source), start, end), MOST_ARTICLES, None), None)
    return more and Unread("articles-many", place_of(source, more.start())[0], MOST_ARTICLES)


def _addendum(source: str, start: int, end: int) -> Iterator[Article]:
    """Yield the 附則, which may say from when the text is in force."""
    if match := _ADDENDUM.match(source, start, end):
        name = normal(match[0]).text
        yield Article(name, name, match.end(), end, tuple(_paragraphs(source, name, match.end(), end)))


def _unnamed(source: str, start: int, end: int) -> Iterator[Article]:
    if source[start:end].strip():
        yield Article("", "", start, end, tuple(_paragraphs(source, "", start, end)))


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
        count = int(normal(match[1]).text) if match[1] else ord(match[2]) - ord("①") + 1
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
    """Return where the items (号) between two offsets stand: without numbers, nor items below items."""
    heads = list(_ITEM.finditer(unmarked(source), start, end))
    heads = [head for head in heads if head.lastgroup == heads[0].lastgroup]
    stops = [*(head.start() for head in heads), end][1:]
    return [(head.end(), stop) for head, stop in zip(heads, stops, strict=True)]
