"""終了の申出: until when, by whom and how a coming renewal is stopped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyotei.dates.length import Length
from kyotei.drafting.evidence import Found, found
from kyotei.drafting.tokens import BLANK, BLANK_LENGTH
from kyotei.drafting.wordings import (
    ANY_FORM,
    ARRIVAL,
    AT_WILL,
    BEFORE,
    BY_DATE,
    BY_END,
    DISPATCH,
    EITHER,
    END,
    OBJECTION,
    ONE,
    RENEW,
    RENEWS,
    SILENCE,
    STOPPED,
    WRITTEN,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.drafting.sentences import Sentence

_ENDING = re.compile(f"{END}|期間")
_ASKED = re.compile(f"{OBJECTION}|書面|文書")
_NO_WISH = re.compile(
    "(?:更新|延長|継続)(?:を)?(?:し|希望し|望ま)ない|終了|満了|解約|異議|申し?出|意思|申し?入れ"
)
_TAIL = 2
"""Signs that may follow a condition at the end: a bracket and a full stop."""
_MONTHLY = re.compile("前月|属する月|当月")
"""A notice counted by months of the calendar: no field of the file says that."""
_APPLIED = re.compile("更新申請|更新(?:の|を)(?:申請|申込)")
_FRAGMENT = re.compile(
    f"[^、。]{{0,20}}(?:{BEFORE.pattern})(?:に|の)?(?:書面|文書|通知|申し?出|{OBJECTION})?(?:で|により)?(?:通知)?[。/]?"
)
_RENEWAL_DAY = re.compile("更新(?:日|の日|期日|時)|(?:次期|次の期間)")


def objection(one: Sentence) -> tuple[int, int] | None:
    """Return where a sentence speaks of the objection that stops a renewal: 「…申出がないときは」."""
    if silent := _silence(one):
        return 0, silent.end()
    stopped = STOPPED.search(one.text)
    return (0, stopped.end()) if stopped else None


def result_start(one: Sentence) -> int | None:
    """Return where a sentence says what follows when nobody objects; None where it does not wait for that."""
    silent = _silence(one)
    if silent is None:
        return None
    return silent.end() if RENEWS.search(one.text, silent.end()) else 0


def _silence(one: Sentence) -> re.Match[str] | None:
    """Return the words for nobody's objection, in front of what follows from it or (in a note) behind it."""
    for match in SILENCE.finditer(one.text):
        spoken = re.search(OBJECTION, one.text[: match.end()])
        note = len(one.text) - match.end() <= _TAIL and re.search(RENEW, one.text[: match.start()])
        if spoken and (note or RENEWS.search(one.text, match.end())):
            return match
    return None


def notice_fields(source: str, said: Sequence[Sentence]) -> list[Found]:
    """Return the notice: its day, who gives it, and its form."""
    spoken = [(one, span) for one in said if (span := objection(one))]
    elsewhere = [(one, (0, len(one.text))) for one in said if not objection(one) and _is_notice(one)]
    dated = [(one, span) for one, span in [*spoken, *elsewhere] if _has_day(one, span)]
    fields: list[Found] = []
    for one, span in [*dated[:1], *spoken[:1]]:  # who and how: of the words that state the day, not of others
        fields += [*_by(source, one, span), *_form(source, one, span), *_effect(source, one, span)]
    for one, span in dated:
        fields += _day(source, one, span)
    if spoken and not any(field.path[-1] in {"before_end", "by_date"} for field in fields):
        fields += _until_the_end(source, *spoken[0])
    return fields


def _is_notice(one: Sentence) -> bool:
    """Tell whether a sentence without a renewal states until when somebody may speak."""
    text = one.text
    back = any(_ENDING.search(text[max(0, m.start() - 20) : m.start()]) for m in BEFORE.finditer(text))
    if _FRAGMENT.fullmatch(text):
        return True
    if _APPLIED.search(text) or (back and AT_WILL.search(text)):
        return False
    return bool((back or BY_DATE.search(text)) and _NO_WISH.search(text) and _ASKED.search(text))


def _has_day(one: Sentence, span: tuple[int, int]) -> bool:
    return any(pattern.search(one.text, *span) for pattern in (BEFORE, BY_DATE, BY_END))


def _day(source: str, one: Sentence, span: tuple[int, int]) -> Iterator[Found]:
    back = list(BEFORE.finditer(one.text, *span))
    if _MONTHLY.search(one.text, *span):
        return
    if back:
        yield from _before(source, one, back)
    elif match := BY_DATE.search(one.text, *span):
        token = one.code.tokens[match.start(1)]
        yield found(
            source,
            ("notice", "by_date"),
            str(token.value),
            one.words(*match.span()),
            reason=token.reason or _of_will(one),
        )
    else:
        yield from _near_end(source, one, next(BY_END.finditer(one.text, *span)))


def _of_will(one: Sentence) -> str | None:
    """Return a reason to look, if a day for a notice belongs to a termination at will."""
    return "notice-or-termination" if AT_WILL.search(one.text) else None


def _before(source: str, one: Sentence, back: list[re.Match[str]]) -> Iterator[Found]:
    """Yield a length before the end; a window (90日前から30日前まで) closes with its later day."""
    window = len(back) > 1 and one.text[back[0].end() : back[1].start()] in {"から", "から、", "より"}
    match = back[1] if window else back[0]
    token = one.code.tokens[match.start(1 if match[1] else 2)]
    if not isinstance(token.value, Length):
        return
    ahead = one.text[: match.start()]
    reason = token.reason
    if _RENEWAL_DAY.search(ahead):
        reason = "before-renewal-day"
    elif not _ENDING.search(ahead):
        reason = "anchor-unstated"
    elif len(back) > 1:
        reason = "readings-compete"
    words = one.words(match.start(), match.end())
    yield found(source, ("notice", "before_end"), str(token.value), words, reason=reason)


def _near_end(source: str, one: Sentence, match: re.Match[str]) -> Iterator[Found]:
    """Yield a notice up to the last day (満了の日まで) or the day before it (満了日の前日まで)."""
    days = {"前々日": "2 days", "前日": "1 day"}.get(match[1], "0 days")
    reason = "before-the-end" if match[1] in {"前に", "前"} else None
    words = one.words(*match.span())
    yield found(source, ("notice", "before_end"), days, words, reason=reason)


def _until_the_end(source: str, one: Sentence, span: tuple[int, int]) -> Iterator[Found]:
    """Yield that without a stated day an objection is in time to the last one; a blank is no such case."""
    unreadable = re.compile(f"{_MONTHLY.pattern}|{BEFORE.pattern}|[{BLANK}{BLANK_LENGTH}]")
    if not unreadable.search(one.text, *span):
        words = one.words(*span)
        yield found(source, ("notice", "before_end"), "0 days", words, reason="no-day-stated")


def _by(source: str, one: Sentence, span: tuple[int, int]) -> Iterator[Found]:
    if match := EITHER.search(one.text, *span):
        yield found(source, ("notice", "by"), "either", one.words(*match.span()))
    elif match := ONE.search(one.text, *span):
        yield found(source, ("notice", "by"), (match[1],), one.words(*match.span()))


def _form(source: str, one: Sentence, span: tuple[int, int]) -> Iterator[Found]:
    for pattern, value in ((ANY_FORM, "any"), (WRITTEN, "written")):
        if match := pattern.search(one.text, *span):
            yield found(source, ("notice", "form"), value, one.words(*match.span()))
            return


def _effect(source: str, one: Sentence, span: tuple[int, int]) -> Iterator[Found]:
    """Yield whether a notice counts from its arrival or its dispatch, where the text says so."""
    for pattern, value in ((DISPATCH, "dispatch"), (ARRIVAL, "arrival")):
        if match := pattern.search(one.text, *span):
            yield found(source, ("notice", "effective"), value, one.words(*match.span()))
            return
