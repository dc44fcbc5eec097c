"""更新の限度: how often, in all how long, or until which day an agreement may be renewed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyotei.drafting.evidence import Found, found
from kyotei.drafting.signs import DAY, LENGTH
from kyotei.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyotei.drafting.sentences import Sentence

TIMES = re.compile(
    "([0-9一二三四五六七八九十]{1,3})[回度](?:(?:の更新)?(?:まで|を(?:限度|上限|限り|超え)|に限|限り|のみ|以内)|目まで)"
)
TOTAL = re.compile(
    f"(?:通算|合計|合算|延べ|最長|最大|全体|期間を?通じ)[^。]{{0,25}}?({LENGTH})(?!前)|当初[^。]{{0,20}}(?:含め|通じ)[^。]{{0,15}}?({LENGTH})(?!前)"
)
UNTIL = re.compile(
    f"({DAY})(?:まで)?(?:を(?:限度|上限|超え|越え|限り)|に限|が限度)|(?:最長|最大)[^。]{{0,10}}({DAY})"
)


def limits(source: str, one: Sentence) -> Iterator[Found]:
    """Yield the limits; a file writes one, and of two the first is to be looked at."""
    if (match := TIMES.search(one.text)) and (count := number(match[1])):
        yield found(source, ("renewal", "limit", "times"), str(count), one.words(*match.span()))
    if match := TOTAL.search(one.text):
        yield from of_token(source, one, match, ("renewal", "limit", "total"))
    elif match := UNTIL.search(one.text):
        yield from of_token(source, one, match, ("renewal", "limit", "until"))


def of_token(
    source: str, one: Sentence, match: re.Match[str], path: tuple[str, ...], reason: str | None = None
) -> Iterator[Found]:
    """Yield the value of the token that a match holds."""
    group = next(group for group in range(1, match.re.groups + 1) if match[group])
    token = one.code.tokens[match.start(group)]
    yield found(source, path, str(token.value), one.words(*match.span()), reason=token.reason or reason)
