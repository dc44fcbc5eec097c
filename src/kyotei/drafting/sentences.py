"""Sentences of a text as tokens, each with the clause in which it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.drafting.normal import normal
from kyotei.drafting.tokens import Coded, coded

if TYPE_CHECKING:
    from collections.abc import Iterator, Iterable

    from kyotei.drafting.articles import Article
    from kyotei.drafting.normal import Normal


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its clause (第4条第2項), the heading over it, and its tokens."""

    clause: str
    heading: str
    code: Coded

    @property
    def text(self) -> str:
        """The sentence, each day and length one sign."""
        return self.code.text


def sentences(source: str, parts: Iterable[Article]) -> tuple[Sentence, ...]:
    """Return every sentence of some articles."""
    return tuple(
        Sentence(paragraph.clause, part.heading, coded(piece))
        for part in parts
        for paragraph in part.paragraphs
        for piece in _pieces(normal(source, paragraph.start, paragraph.end))
    )


def _pieces(text: Normal) -> Iterator[Normal]:
    """Yield the sentences of a text; a full stop inside brackets (以下「甲」という。) ends none."""
    first = depth = 0
    for index, sign in enumerate(text.text):
        depth = max(0, depth + (sign in "(「『") - (sign in ")」』"))
        if sign == "。" and depth == 0:
            yield text.piece(first, index + 1)
            first = index + 1
    if first < len(text.text):
        yield text.piece(first, len(text.text))
