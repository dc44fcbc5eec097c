"""中途解約: termination at will, with how much notice and by whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyotei.dates.length import Length
from kyotei.drafting.evidence import Found, found
from kyotei.drafting.objections import objection
from kyotei.drafting.signs import BLANK_LENGTH, LENGTH
from kyotei.drafting.wordings import AT_WILL, BEFORE, CONSENT, EITHER, END, ONE, SPEECH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.drafting.sentences import Sentence

_CAUSE = re.compile("違反|不履行|履行し|反社|暴力|信用|破産|虚偽|著しく|催告|不可抗力|天災|支払")
_OTHER_PARTY = re.compile("相手方")
_UNTIL_SPOKEN = re.compile(f"{SPEECH}[^。、]{{0,12}}(?:まで|迄)")
"""「申出があるまで効力を有する」."""
_ITS_END = re.compile("(?:解約|解除|終了|廃止)(?:し|を|の)?(?:よう|希望|予定)")
_AFTER = re.compile(
    f"([{LENGTH}{BLANK_LENGTH}])(?:以上)?(?:の(?:予告|猶予)(?:期間)?|の期間を(?:置|お)|(?:が|を)?経過|をもって)|(?:後|から)([{LENGTH}])"
)


def termination_fields(source: str, said: Sequence[Sentence], *, endless: bool) -> list[Found]:
    """Return termination at will; where its length is left blank nothing, or it would end at once.

    In an `endless` agreement the objection that a clause waits for is a termination: there is no renewal.
    """
    fields: list[Found] = []
    for one in said:
        spoken = objection(one)
        mutual = CONSENT.search(one.text) and not _length(one)
        if mutual or _CAUSE.search(one.text):
            continue
        until = endless and _UNTIL_SPOKEN.search(one.text)
        if (AT_WILL.search(one.text) and not spoken) or (endless and spoken) or until:
            fields += _of_will(source, one)
    return fields


def _of_will(source: str, one: Sentence) -> Iterator[Found]:
    """Yield the notice and who may give it; to end on arrival, without any, is to be looked at."""
    match = _length(one)
    token = match and one.code.tokens[match.start(1 if match[1] else 2)]
    if match and token:
        if not isinstance(token.value, Length):
            return
        words = one.words(*match.span())
        yield found(
            source,
            ("termination", "notice"),
            str(token.value),
            words,
            reason=_doubt(one, match) or token.reason,
        )
    reason = None if match else "no-notice-stated"
    if both := EITHER.search(one.text):
        yield found(source, ("termination", "by"), "either", one.words(*both.span()), reason=reason)
    elif alone := ONE.search(one.text):
        yield found(source, ("termination", "by"), (alone[1],), one.words(*alone.span()), reason=reason)
    elif match is None and (other := _OTHER_PARTY.search(one.text)):
        yield found(source, ("termination", "by"), "either", one.words(*other.span()), reason=reason)


def _length(one: Sentence) -> re.Match[str] | None:
    """Return the notice: a length before the wished end, but not one before the term's own end."""
    for match in BEFORE.finditer(one.text):
        if not re.search(f"{END}[^、。]{{0,4}}$", one.text[: match.start()]) or _ITS_END.search(
            one.text[: match.start()]
        ):
            return match
    return _AFTER.search(one.text)


def _doubt(one: Sentence, match: re.Match[str]) -> str | None:
    if one.text[: match.start()].endswith("月の"):
        return "before-a-month"
    return "notice-day-counted" if "起算" in one.text[: match.start()] else None
