"""有効期間: where the first period begins, and its end or length."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kyotei.drafting.ends import ending
from kyotei.drafting.evidence import Found, found
from kyotei.drafting.signs import DAY, LENGTH, MONTH, SIGNING, YEAR
from kyotei.drafting.starts import Start, match_start, renewal_before, start_of, starting
from kyotei.drafting.topics import Whose, whose
from kyotei.drafting.wordings import ENDS, RENEW, SILENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kyotei.drafting.sentences import Sentence

_TOPIC = re.compile(
    "(?:有効|協定|契約|実施|存続|連携|適用|当初)の?期[間限]|期[間限]|効力|施行|発効|適用|有効|始期|終期|実施する|(?:に|限り|もって)(?:終了|満了)"
)
_BARE = re.compile(f"\\W?(?:自:?)?[{DAY}{MONTH}{YEAR}{SIGNING}{LENGTH}].{{0,30}}")
"""A cell of a list: nothing but the days."""
_LATER = "(?:が|を)?経過(?:した|する)(?:後|日?(?:以[後降]|の属|を含|が属|後))"
_NO_LENGTH = f"{_LATER}|以?上?前|以内|以下|未満|又は|若しくは|または|の?範囲|を?(?:超え|限度|上限)"
_PLAIN_LENGTH = re.compile(
    f"期[間限](?:は|を|が|:)?、?(?:原則として、?|満|向こう)?({LENGTH})(?!{_NO_LENGTH})"
    f"|期[間限](?:は|を|が|:)?、?[^。{DAY}{LENGTH}]{{0,24}}?(?:から|より|後)"
    f"(?:起算して)?、?(?:満)?({LENGTH})(?!{_NO_LENGTH})"
    f"|({LENGTH})、?(?:その)?(?:効力を(?:有|持)|有効)|^({LENGTH})(?:とする|間|[。(、]|$)"
)
_BEHIND_START = re.compile(f"[^。{DAY}{LENGTH}]{{0,15}}?({LENGTH})(?!{_NO_LENGTH})")
_PASSED_DAY = re.compile("(?:が|を)?経過(?:した日|する日の翌日)")
_EARLIER_OR_LATER = re.compile("(?:早|遅)い(?:日|方|時)|早く到来|遅く到来")
_PLANNED = re.compile(f"{DAY}\\([^()]{{0,10}}予定[^()]{{0,10}}\\)")
_SHORTENED = re.compile("^(?:ただし|但し|なお).*その日(?:まで|をもって|限り)")
_RENEWED = re.compile(f"[^、。({LENGTH}]{{0,15}}{RENEW}")
_ENDLESS = re.compile(
    "期[間限](?:の|は|を|について|、|:)*(?:特に|これを)?(?:定め(?:は|が|を)?(?:な[いし]|ず|ません|のない|設けない)|設けない|なし|無し)"
    "|無期限|期限な[いし]"
    f"|{ENDS}[^。、]{{0,15}}(?:まで|迄)(?:の間)?(?:は|、)*[^。]{{0,15}}(?:効力|有効|継続|存続)"
    f"|(?:申出|申し?入れ)[^。、]{{0,15}}(?:まで|迄)(?:の間)?(?:は|、)*[^。]{{0,15}}(?:効力|有効|継続|存続)"
    f"|(?:本|この)(?:協定書?|契約|覚書)(?:を|が|の)?{ENDS}[^。、]{{0,8}}(?:まで|迄)(?:の間)?と(?:する|し)"
)
_SAID_ENDLESS = re.compile("定め|無期限|期限な|設けない|なし|無し")
_LASTING = re.compile(
    "効力を(?:有|持|存続|継続)|効力[はが](?:なお)?(?:継続|持続|存続)|有効(?:と|で|に存続)|存続"
)
_NOT_LASTING = re.compile(f"更新|延長|再契約|(?<!効力[はがを])継続|{LENGTH}")


def term_fields(source: str, said: Sequence[Sentence], signed: date | None) -> list[Found]:
    """Return start and end (or length) of the term, every candidate in the order of the text."""
    ours = [
        one
        for one in said
        if (_TOPIC.search(one.text) or _BARE.fullmatch(one.text)) and _whose(one) is not Whose.NOT_OURS
    ]
    fields: list[Found] = []
    others: list[Found] = []
    start = Start(signed, signed)
    for one in ours:
        start = start_of(one, signed) or start
        stated = [*starting(source, one, signed), *(ending(source, one, start) or _lasting(source, one))]
        (fields if _whose(one) is Whose.OURS else others).extend(_doubted(one, stated))
    if any(_SHORTENED.search(one.text) for one in said):
        fields = [
            _looked_at(field, "readings-compete") if field.path[-1] != "start" else field for field in fields
        ]
    if not fields:
        fields = [_looked_at(field, "other-period") for field in others]
    endless = [field for one in ours for field in _endless(source, one)]
    if not any(field.path[-1] in {"end", "length"} for field in fields):
        return fields + endless
    if any(field.reason == "until-ended" for field in endless):
        return [_end_looked_at(field, "goes-on") for field in fields]  # until somebody ends it
    return fields


def _whose(one: Sentence) -> Whose:
    """Return of what the last day or length of a sentence is said."""
    return whose(one, max(one.code.tokens, default=0))


def _doubted(one: Sentence, stated: list[Found]) -> list[Found]:
    """Return what a sentence states, to be looked at where its days are planned, or one of two."""
    for doubt, reason in ((_EARLIER_OR_LATER, "readings-compete"), (_PLANNED, "planned")):
        if doubt.search(one.text):
            return [_looked_at(field, reason) for field in stated]
    return stated


def _looked_at(field: Found, reason: str) -> Found:
    return field if field.reason else replace(field, confidence="check", reason=reason)


def _end_looked_at(field: Found, reason: str) -> Found:
    return _looked_at(field, reason) if field.path[-1] in {"end", "length"} else field


def _lasting(source: str, one: Sentence) -> list[Found]:
    """Return the length of the term."""
    start = match_start(one)
    match = (start and _BEHIND_START.match(one.text, start.end())) or _PLAIN_LENGTH.search(one.text)
    if not match:
        return []
    at = next(match.start(group) for group in range(1, match.re.groups + 1) if match[group])
    before = one.text[max(0, at - 12) : at]
    if (
        _RENEWED.match(one.text, at + 1, at + 17)
        or re.search("終了|満了|更新", before)
        or renewal_before(one, at)
    ):
        return []
    token = one.code.tokens[at]
    reason = token.reason or ("passed-day" if _PASSED_DAY.match(one.text, at + 1) else None)
    return [found(source, ("term", "length"), str(token.value), one.words(at, at + 1), reason=reason)]


def _endless(source: str, one: Sentence) -> Iterator[Found]:
    """Yield that the term has no end: said in so many words, or until somebody ends it."""
    if match := _ENDLESS.search(one.text):
        reason = None if _SAID_ENDLESS.search(match[0]) else "until-ended"
        yield found(source, ("term", "end"), "indefinite", one.words(*match.span()), reason=reason)
    elif (
        (silent := SILENCE.search(one.text))
        and (match := _LASTING.search(one.text, silent.end()))
        and not _NOT_LASTING.search(one.text, silent.end())
    ):
        yield found(source, ("term", "end"), "indefinite", one.words(*match.span()), reason="until-ended")
