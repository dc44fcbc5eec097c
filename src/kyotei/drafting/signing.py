"""締結日: the day of signing, above the signatures or where the text calls it so."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from kyotei.drafting.evidence import Found, Words, found
from kyotei.drafting.normal import normal
from kyotei.drafting.signs import BLANK, DAY, SIGNING
from kyotei.drafting.tokens import coded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kyotei.drafting.normal import Normal
    from kyotei.drafting.outline import Outline

_SIGNING_WORD = re.compile("締結|調印|署名|押印|捺印|成立|(?:協定|契約)日")
_SIGNED_ON = re.compile(f"{SIGNING}(?:は|:|、)*({DAY})")
_MOST_SIGNINGS = 500


def signed_days(outline: Outline) -> list[tuple[date, Words, str | None]]:
    """Return the day above the signatures, else a day that the text calls that of signing."""
    start, end = outline.closing
    code = coded(normal(outline.source, start, end))
    found_days = [
        (code.tokens[at], code.span(at, at + 1))
        for at in sorted(code.tokens)
        if code.tokens[at].sign in {DAY, BLANK}
    ]
    days = [(token.value, Words("", *span), token.reason) for token, span in found_days if token.sign == DAY]
    if found_days:
        return days  # type: ignore[return-value] # a token of a day holds a date
    return list(islice(_called_that_of_signing(normal(outline.source)), 1))


def _called_that_of_signing(said: Normal) -> Iterator[tuple[date, Words, str | None]]:
    """Yield the days behind the words for the day of signing: 「締結日：令和3年4月1日」."""
    for word in islice(_SIGNING_WORD.finditer(said.text), _MOST_SIGNINGS):
        near = coded(said.piece(max(0, word.start() - 20), min(word.end() + 60, len(said.text))))
        if match := _SIGNED_ON.search(near.text):
            token = near.tokens[match.start(1)]
            yield token.value, Words("", *near.span(*match.span())), token.reason  # type: ignore[misc] # as above


def signed_field(outline: Outline) -> Iterator[Found]:
    """Yield the day of signing; two days in its place compete."""
    days = signed_days(outline)
    if days:
        day, words, reason = days[0]
        several = len({one for one, *_ in days}) > 1
        yield found(
            outline.source,
            ("signed",),
            day.isoformat(),
            words,
            reason="readings-compete" if several else reason,
        )
