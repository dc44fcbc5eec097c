"""中途解約: termination at will, with how much notice and by whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyotei.dates.length import Length
from kyotei.drafting.evidence import Found, found
from kyotei.drafting.notices import objection
from kyotei.drafting.wordings import BEFORE, BLANK_LENGTH, EITHER, LENGTH, MAY, ONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.drafting.sentences import Sentence

_ENDS = "(?:解約|解除|終了|廃止|破棄|脱退|失効)"
_WILL = re.compile(f"{_ENDS}[^。、]{{0,6}}(?:{MAY}|ことができ|し得)|{_ENDS}(?:しよう|を希望|を申し)|効力を失")
_CAUSE = re.compile("違反|不履行|履行し|反社|暴力|信用|破産|虚偽|著しく|催告|不可抗力|天災|支払")
_AFTER = re.compile(
    f"([{LENGTH}{BLANK_LENGTH}])(?:が|を)?(?:の(?:予告)?期間を(?:置|お)|経過|をもって)|(?:後|から)([{LENGTH}])"
)


def termination_fields(source: str, said: Sequence[Sentence]) -> list[Found]:
    """Return termination at will; where its length is left blank nothing, or it would end at once."""
    fields: list[Found] = []
    for one in said:
        match = _WILL.search(one.text)
        if match and not objection(one) and not _CAUSE.search(one.text):
            fields += _of_will(source, one)
    return fields


def _of_will(source: str, one: Sentence) -> Iterator[Found]:
    back = BEFORE.search(one.text) or _AFTER.search(one.text)
    reason = None if back else "no-notice-stated"
    if back:
        group = 1 if back[1] else 2
        token = one.code.tokens[back.start(group)]
        if not isinstance(token.value, Length):
            return
        words = one.code.words(*back.span())
        yield found(source, ("termination", "notice"), str(token.value), words, reason=token.reason)
    if match := EITHER.search(one.text):
        yield found(source, ("termination", "by"), "either", one.code.words(*match.span()), reason=reason)
    elif match := ONE.search(one.text):
        yield found(source, ("termination", "by"), (match[1],), one.code.words(*match.span()), reason=reason)
