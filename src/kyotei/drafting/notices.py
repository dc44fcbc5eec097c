"""終了の申出: until when, by whom and how a coming renewal is stopped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyotei.dates.length import Length
from kyotei.drafting.evidence import Found, found
from kyotei.drafting.objections import ENDING, objection, states_a_notice
from kyotei.drafting.signs import BLANK, BLANK_LENGTH, YEAR
from kyotei.drafting.wordings import (
    ANY_FORM,
    ARRIVAL,
    AT_WILL,
    BEFORE,
    BY_DATE,
    BY_END,
    DISPATCH,
    EITHER,
    ONE,
    WRITTEN,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.drafting.sentences import Sentence

_ELECTRONIC = re.compile("電磁|電子|メール|FAX|ファクシミリ|ファックス|電話")
_MONTHLY = re.compile("前月|属する月|当月")
"""A notice counted by months of the calendar: no field of the file says that."""
_YEAR_END = re.compile(f"(?:年度|{YEAR})の?(?:終了|満了|末日)[^、。]{{0,4}}$")
_DAY_AFTER = re.compile("翌日(?:から|より)(?:起算して|遡って|さかのぼって)、?$")
_RENEWAL_DAY = re.compile("更新(?:日|の日|期日|時)|(?:次期|次の期間)")


def notice_fields(source: str, said: Sequence[Sentence]) -> list[Found]:
    """Return the notice: its day, who gives it, and its form."""
    spoken = [(one, span) for one in said if (span := objection(one))]
    elsewhere = [(one, (0, len(one.text))) for one in said if not objection(one) and states_a_notice(one)]
    dated = [(one, span) for one, span in [*spoken, *elsewhere] if _has_day(one, span)]
    fields: list[Found] = []
    for one, span in [*dated[:1], *spoken[:1]]:  # who and how: of the words that state the day, not of others
        fields += [*_by(source, one, span), *_form(source, one, span), *_effect(source, one, span)]
    for one, span in dated:
        fields += _day(source, one, span)
    if spoken and not any(field.path[-1] in {"before_end", "by_date"} for field in fields):
        fields += _until_the_end(source, *spoken[0])
    return fields


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
    if _RENEWAL_DAY.search(ahead) or _DAY_AFTER.search(ahead):
        reason = "before-renewal-day"
    elif _YEAR_END.search(ahead):
        reason = "fiscal-year-end"
    elif not ENDING.search(ahead):
        reason = "anchor-unstated"
    elif len(back) > 1:
        reason = "readings-compete"
    words = one.words(match.start(), match.end())
    yield found(source, ("notice", "before_end"), str(token.value), words, reason=reason)


def _near_end(source: str, one: Sentence, match: re.Match[str]) -> Iterator[Found]:
    """Yield a notice up to the last day (満了の日まで) or the day before it (満了日の前日まで)."""
    days = {"前々日": "2 days", "前日": "1 day"}.get(match[1], "0 days")
    reason = "before-the-end" if match[1] in {"前に", "前", "に"} else None
    words = one.words(*match.span())
    yield found(source, ("notice", "before_end"), days, words, reason=reason)


def _until_the_end(source: str, one: Sentence, span: tuple[int, int]) -> Iterator[Found]:
    """Yield that without a stated day an objection is in time to the last one; a blank is no such case."""
    unreadable = re.compile(f"{_MONTHLY.pattern}|営業日|開庁日|平日|{BEFORE.pattern}|[{BLANK}{BLANK_LENGTH}]")
    if not unreadable.search(one.text, *span):
        words = one.words(*span)
        yield found(source, ("notice", "before_end"), "0 days", words, reason="no-day-stated")


def _by(source: str, one: Sentence, span: tuple[int, int]) -> Iterator[Found]:
    if match := EITHER.search(one.text, *span):
        yield found(source, ("notice", "by"), "either", one.words(*match.span()))
    elif spoken := list(ONE.finditer(one.text, *span)):
        match = next((one for one in spoken if not one[0].endswith("は")), spoken[0])
        reason = "readings-compete" if len({one[1] for one in spoken}) > 1 else None
        yield found(source, ("notice", "by"), (match[1],), one.words(*match.span()), reason=reason)


def _form(source: str, one: Sentence, span: tuple[int, int]) -> Iterator[Found]:
    for pattern, value in ((ANY_FORM, "any"), (WRITTEN, "written")):
        if match := pattern.search(one.text, *span):
            reason = "other-form" if _ELECTRONIC.search(one.text, *span) and value == "written" else None
            yield found(source, ("notice", "form"), value, one.words(*match.span()), reason=reason)
            return


def _effect(source: str, one: Sentence, span: tuple[int, int]) -> Iterator[Found]:
    """Yield whether a notice counts from its arrival or its dispatch, where the text says so."""
    for pattern, value in ((DISPATCH, "dispatch"), (ARRIVAL, "arrival")):
        if match := pattern.search(one.text, *span):
            yield found(source, ("notice", "effective"), value, one.words(*match.span()))
            return
