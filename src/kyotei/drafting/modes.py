"""更新の方法: automatic, by consent, or none, as a sentence states it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from kyotei.drafting.limits import TIMES, TOTAL, UNTIL
from kyotei.drafting.objections import result_start, stopped
from kyotei.drafting.signs import DAY, LENGTH
from kyotei.drafting.wordings import CONSENT, LAPSES, MAY, NEVER, RENEW, REPEAT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.drafting.sentences import Sentence

_AUTOMATIC = re.compile("自動(?:的に)?(?:[^、。]{0,12})(?:更新|延長|継続)|自動更新")
_RENEWING = re.compile(
    f"{RENEW}|{LENGTH}[^。]{{0,8}}(?:効力|有効|存続)|翌年度(?:も|についても|においても)、?(?:同様|効力|有効)"
)
_AFTERWARDS = re.compile("(?:その後|満了後|終了後|以[後降])(?:の)?[^。]{0,20}(?:協議|合意)")
_CHANGED = re.compile("期間[^。]*(?:変更|短縮|延長)|^(?:ただし|但し)[^。]*変更")
_POSSIBLE = re.compile(f"{RENEW}(?:を)?{MAY}")
_PLAINLY = re.compile(
    f"{RENEW}(?:を)?(?:される|する|します|した)?(?:もの(?:と|と(?:する|し))|こととする|と?みなす|。|$)"
)
_ON_REQUEST = re.compile("(?:更新|延長|継続)[^、。]{0,25}(?:場合|とき)に限り")
"""Only who asks for it gets a renewal: silence ends the agreement."""
_MOVED = re.compile(f"{DAY}まで、?$")
"""「3月31日まで延長する」 of one stated day is no chain of renewals."""


_Mode: TypeAlias = "tuple[re.Match[str], str, str | None]"


def modes(one: Sentence, said: Sequence[Sentence]) -> Iterator[_Mode]:
    """Yield the words that state a mode, the mode, and why it is to be looked at."""
    text, waits_until = one.text, result_start(one)
    if lapses := LAPSES.search(text):
        yield lapses, "by-consent", "renewal-on-request"
    elif waits_until is None and (objected := stopped(one)):
        others = [other for other in said if other is not one]
        if re.search(RENEW, objected[0]) and not any(re.search(RENEW, other.text) for other in others):
            yield objected, "automatic", "renewal-implied"
    elif (match := NEVER.search(text, waits_until or 0)) and not TIMES.search(text):
        yield match, "none", None
    elif waits_until is not None:
        yield from _when_silent(text, waits_until, said)
    else:
        yield from _outright(text, said)


def _when_silent(text: str, start: int, said: Sequence[Sentence]) -> Iterator[_Mode]:
    """Yield what follows when nobody objects: a renewal, or talks about one."""
    if match := _RENEWING.search(text, start):
        if consent := CONSENT.search(text, start):
            yield consent, "by-consent", None
        else:
            yield match, "automatic", _once(said)


def _outright(text: str, said: Sequence[Sentence]) -> Iterator[_Mode]:
    """Yield a mode that waits for nobody's silence."""
    renewing = re.search(RENEW, text)
    if match := _AUTOMATIC.search(text):
        yield match, "automatic", _once(said)
    elif (renewing or _CHANGED.search(text)) and (match := CONSENT.search(text)):
        yield match, "by-consent", None if renewing else "change-by-consent"
    elif match := _AFTERWARDS.search(text):
        yield match, "by-consent", "afterwards-by-consent"
    elif match := _POSSIBLE.search(text):
        yield match, "by-consent", "renewal-possible"
    elif renewing and (match := _ON_REQUEST.search(text)):
        yield match, "by-consent", "renewal-on-request"
    elif (match := _PLAINLY.search(text)) and not _MOVED.search(text, 0, match.start()):
        reason = None if any(map(stopped, said)) else "renewal-unconditional"
        yield match, "automatic", reason


def _once(said: Sequence[Sentence]) -> str | None:
    """Return a reason to look, where no word tells whether a renewal is followed by another."""
    return None if any(map(_repeats, said)) else "repeat-unstated"


@lru_cache(maxsize=1_000)
def _repeats(one: Sentence) -> bool:
    """Tell whether a sentence says that a renewal is followed by others, or limits them."""
    return any(pattern.search(one.text) for pattern in (REPEAT, TIMES, TOTAL, UNTIL))
