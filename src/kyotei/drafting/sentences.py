"""Sentences of a text as tokens, each with the clause in which it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.drafting.evidence import Unread, Words, place_of
from kyotei.drafting.normal import normal
from kyotei.drafting.tokens import Coded, coded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyotei.drafting.articles import Article, Paragraph
    from kyotei.drafting.normal import Normal


_GOES_ON = re.compile("[からはのよりをがにでとや、・~:自至(「]$|[0-9元〇一二三四五六七八九十]$")
"""A line that ends like this goes on in the next."""
_BROKEN = re.compile("[年月日][0-9間]|か月|.[年月日度]|.[まてにをはがで、。)]")


MOST_SIGNS = 2_000
"""Signs of a sentence: what is longer is no clause, and is not read."""
MOST_SENTENCES = 500
"""Sentences that are read; an agreement has some fifty."""


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: one may stand twice in a text
class Sentence:
    """A sentence: its clause (第4条第2項), the heading over it, and its tokens."""

    clause: str
    heading: str
    code: Coded

    @property
    def text(self) -> str:
        """The sentence, each day and length one sign."""
        return self.code.text

    def words(self, first: int, last: int) -> Words:
        """Return what stands from one sign to before another, with its place in the source."""
        return Words(self.clause, *self.code.span(first, last))


def sentences(
    source: str, parts: Iterable[Article], unread: list[Unread] | None = None
) -> tuple[Sentence, ...]:
    """Return the sentences of some articles; `unread` takes what is too long or too much to be read."""
    left_out: list[Unread] = [] if unread is None else unread
    found: list[Sentence] = []
    for part, paragraph, piece in _all(source, parts):
        line = place_of(source, piece.offset(0))[0]
        if len(piece.text) > MOST_SIGNS:
            left_out.append(Unread("sentence-long", line, MOST_SIGNS))
        elif len(found) == MOST_SENTENCES:
            left_out.append(Unread("sentences-many", line, MOST_SENTENCES))
            break
        else:
            found.append(Sentence(paragraph.clause, part.heading, coded(piece)))
    return tuple(found)


def _all(source: str, parts: Iterable[Article]) -> Iterator[tuple[Article, Paragraph, Normal]]:
    for part in parts:
        for paragraph in part.paragraphs:
            for piece in _pieces(source, normal(source, paragraph.start, paragraph.end)):
                yield part, paragraph, piece


def _pieces(source: str, text: Normal) -> Iterator[Normal]:
    """Yield the sentences of a text; a full stop inside brackets (以下「甲」という。) ends none."""
    stops = "。" in text.text
    balanced = sum(map(text.text.count, "(「『")) == sum(map(text.text.count, ")」』"))
    first = depth = 0
    for index, sign in enumerate(text.text):
        depth = depth + (sign in "(「『") - (sign in ")」』") if balanced else 0
        if depth <= 0 and (sign == "。" or (not stops and _is_cut(source, text, index))):
            yield text.piece(first, index + 1)
            first = index + 1
    if first < len(text.text):
        yield text.piece(first, len(text.text))


def _is_cut(source: str, text: Normal, index: int) -> bool:
    """Tell whether a note, which has no full stops, ends here: at a line's end or a stroke with spaces."""
    if index + 1 >= len(text.text):
        return False
    between = source[text.at[index] + 1 : text.at[index + 1]]
    if text.text[index] == "/":
        return between.isspace()
    return (
        "\n" in between
        and not _GOES_ON.search(text.text[index : index + 1])
        and not _BROKEN.match(text.text, index)
    )
