"""更新: whether a renewal is automatic, for how long, and how often."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from kyotei.drafting.evidence import Found, found
from kyotei.drafting.notices import result_start
from kyotei.drafting.tokens import DAY, LENGTH, MONTH_DAY
from kyotei.drafting.wordings import CONSENT, MAY, NEVER, RENEW, REPEAT, STOPPED
from kyotei.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.drafting.sentences import Sentence

_AUTOMATIC = re.compile("自動(?:的に)?(?:[^、。]{0,12})(?:更新|延長|継続)|自動更新")
_EACH = re.compile(f"({LENGTH})(?:間)?(?:ごと|毎)|{RENEW}[:(]({LENGTH})")
_RENEWING = re.compile(f"{RENEW}|{LENGTH}[^。]{{0,8}}(?:効力|有効|存続)")
_AFTERWARDS = re.compile("(?:その後|満了後|終了後|以[後降])(?:の)?[^。]{0,20}(?:協議|合意)")
_CHANGED = re.compile("期間[^。]*(?:変更|短縮|延長)|^(?:ただし|但し)[^。]*変更")
_POSSIBLE = re.compile(f"{RENEW}(?:を)?{MAY}")
_PLAINLY = re.compile(
    f"{RENEW}(?:を)?(?:される|する|します|した)?(?:もの(?:と|と(?:する|し))|こととする|と?みなす|。|$)"
)
_LENGTH = re.compile(f"({LENGTH})(?!以?上?前|以内|以下|を?超え|を?限度|の?範囲|を経過)")
_SAME = re.compile("(?:同一|同じ|同様|従前と同(?:一|じ)|前回と同じ)の?(?:有効)?期間|同期間")
_TO = re.compile(f"(?:翌年|次の年|毎年|各年|翌)の?({MONTH_DAY})まで(?!に)|({MONTH_DAY})まで(?!に)")
_TO_FISCAL = re.compile(
    "(?:翌|次の|当該|各|毎)?(?:会計)?年度(?:の)?(?:末日?|最終日|終わり)まで|年度(?:ごと|毎)|毎年度"
)
_NEXT_YEAR = re.compile("翌年度(?:も|についても|においても)")
_YEARLY = re.compile("毎年、?(?:自動(?:的に)?)?(?:更新|延長)|年々更新")
_TIMES = re.compile(
    "([0-9一二三四五六七八九十]{1,3})[回度](?:(?:の更新)?(?:まで|を(?:限度|上限|限り|超え)|に限|限り|のみ|以内)|目まで)"
)
_TOTAL = re.compile(
    f"(?:通算|合計|合算|延べ|最長|最大|全体)[^。]{{0,25}}?({LENGTH})(?!前)|当初[^。]{{0,20}}(?:含め|通じ)[^。]{{0,15}}?({LENGTH})(?!前)"
)
_UNTIL = re.compile(
    f"({DAY})(?:まで)?(?:を(?:限度|上限|超え|越え|限り)|に限|が限度)|(?:最長|最大)[^。]{{0,10}}({DAY})"
)
_ABOUT = re.compile(f"{RENEW}|効力|存続|限度|上限|通算")


def renewal_fields(source: str, said: Sequence[Sentence], term: Sequence[Found]) -> list[Found]:
    """Return the renewal, every candidate in the order of the text."""
    modes = [mode for one in said for mode in _modes(source, one, said)]
    fields = [field for _, field in modes]
    for one in said:
        if not _ABOUT.search(one.text):
            continue
        fields += _limit(source, one)
        if (after := result_start(one)) is not None:
            fields += _length(source, one, after, term)
        elif any(one is by for by, _ in modes):
            fields += _length(source, one, 0, term)
        elif match := re.compile(
            f"{RENEW}(?:後)?(?:の|する)(?:有効)?期間は?[^。]{{0,12}}?({LENGTH})(?!前|以内|を超え)"
        ).search(one.text):
            fields += _of(source, one, match, ("renewal", "length"))
    return fields


def _modes(source: str, one: Sentence, said: Sequence[Sentence]) -> Iterator[tuple[Sentence, Found]]:
    """Yield the mode that a sentence states."""
    for match, mode, reason in _mode(one, said):
        yield one, found(source, ("renewal", "mode"), mode, one.words(*match.span()), reason=reason)


_Mode: TypeAlias = "tuple[re.Match[str], str, str | None]"


def _mode(one: Sentence, said: Sequence[Sentence]) -> Iterator[_Mode]:
    """Yield the words that state a mode, the mode, and why it is to be looked at."""
    text, waits_until = one.text, result_start(one)
    if waits_until is None and (stopped := STOPPED.search(text)):
        others = [other for other in said if other is not one]
        if re.search(RENEW, stopped[0]) and not any(re.search(RENEW, other.text) for other in others):
            yield stopped, "automatic", "renewal-implied"
    elif match := NEVER.search(text, waits_until or 0):
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
    elif match := _PLAINLY.search(text):
        stopped = any(STOPPED.search(other.text) for other in said)
        yield match, "automatic", None if stopped else "renewal-unconditional"


def _once(said: Sequence[Sentence]) -> str | None:
    """Return a reason to look, where no word tells whether a renewal is followed by another."""
    repeated = any(REPEAT.search(one.text) for one in said) or _limited(said)
    return None if repeated else "repeat-unstated"


def _limited(said: Sequence[Sentence]) -> bool:
    return any(pattern.search(one.text) for one in said for pattern in (_TIMES, _TOTAL, _UNTIL))


def _length(source: str, one: Sentence, first: int, term: Sequence[Found]) -> Iterator[Found]:
    """Yield for how long, or until which day of each year, a renewal lasts."""
    if match := _TO.search(one.text, first):
        yield from _of(source, one, match, ("renewal", "to"))
    elif match := _TO_FISCAL.search(one.text, first):
        words = one.words(*match.span())
        yield found(source, ("renewal", "to"), "03-31", words, reason="fiscal-year-end")
    elif match := _EACH.search(one.text, first) or _renewed_length(one, first):
        yield from _of(source, one, match, ("renewal", "length"))
    elif match := _NEXT_YEAR.search(one.text, first):
        words = one.words(*match.span())
        yield found(source, ("renewal", "to"), "03-31", words, reason="fiscal-year-end")
    elif match := _SAME.search(one.text, first):
        if same := next((field for field in term if field.path == ("term", "length")), None):
            words = one.words(*match.span())
            yield found(source, ("renewal", "length"), same.value, words, reason=same.reason)
    elif match := _YEARLY.search(one.text, first):
        yield found(source, ("renewal", "length"), "1 year", one.words(*match.span()), reason="yearly")


def _renewed_length(one: Sentence, first: int) -> re.Match[str] | None:
    """Return the length that stands before the verb of the renewal, and does not belong to the term."""
    for match in _LENGTH.finditer(one.text, first):
        rest = one.text[match.end() :]
        if re.match(f"[^。]{{0,30}}{RENEW}|[^。]{{0,10}}(?:とする|とし|効力|有効|存続)", rest) and (
            first or re.match(f"[^、。(]{{0,20}}{RENEW}", rest)
        ):
            return match
    return None


def _of(source: str, one: Sentence, match: re.Match[str], path: tuple[str, ...]) -> Iterator[Found]:
    """Yield the value of the token that a match holds."""
    group = next(group for group in range(1, match.re.groups + 1) if match[group])
    token = one.code.tokens[match.start(group)]
    yield found(source, path, str(token.value), one.words(*match.span()), reason=token.reason)


def _limit(source: str, one: Sentence) -> Iterator[Found]:
    if (match := _TIMES.search(one.text)) and (count := number(match[1])):
        yield found(source, ("renewal", "limit", "times"), str(count), one.words(*match.span()))
    elif match := _TOTAL.search(one.text):
        yield from _of(source, one, match, ("renewal", "limit", "total"))
    elif match := _UNTIL.search(one.text):
        yield from _of(source, one, match, ("renewal", "limit", "until"))
