"""有効期間の始め: the day on which the first period begins, and the first that is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kyotei.drafting.evidence import Found, Words, found
from kyotei.drafting.signs import BLANK, DAY, LENGTH, MONTH, SIGNING, YEAR
from kyotei.drafting.wordings import RENEW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyotei.drafting.sentences import Sentence

_BEGIN = f"[{DAY}{MONTH}{YEAR}{SIGNING}{BLANK}]"
_START = re.compile(
    f"({_BEGIN})(の翌日)?(?:付け?(?:で|をもって)?)?(?:\\([^()]{{0,80}}\\)|\\))?"
    "(から起算し|を起算日とし|から|より|以[降後](?!で|の|に)|を始期|に始ま|~|-|に効力|に発効|に施行|から実施"
    "|をもって(?:発効|施行|効力)|、?(?:発効|施行))"
    f"|(?:自|(?:施行|発効|効力発生|適用開始|開始)(?:の?年月)?日?(?:は|を)?):?、?({DAY}|{MONTH}|{BLANK})"
)
_RENEWED = re.compile(f"{RENEW}|前まで")
_APPLIED = re.compile(f"施行[^。]{{0,40}}?{DAY}(?:から|より|以[降後])、?適用")
_OWN_BRACKET = re.compile(
    f"(?:期[間限]|協定書?|契約書?|覚書|間|日|時|[{LENGTH}{DAY}{SIGNING}{BLANK}]|^)(?:は|:|、)?$"
)
"""What a bracket with the term's own days stands behind."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a term begins: its day and the first that is counted, if known."""

    day: date | None
    counted: date | None


def match_start(one: Sentence) -> re.Match[str] | None:
    """Return the words for the start: before any objection or renewal, and not of something in brackets."""
    match = _START.search(one.text)
    if match is None or renewal_before(one, match.start()) or in_foreign_brackets(one, match.start()):
        return None
    return match


def renewal_before(one: Sentence, index: int) -> bool:
    """Tell whether words of a renewal or an objection stand before a sign."""
    return bool(_RENEWED.search(one.text, 0, index))


def in_foreign_brackets(one: Sentence, index: int) -> bool:
    """Tell whether a sign stands in brackets behind another thing: 第2期計画（令和2年4月1日から…まで）."""
    opened = one.text.rfind("(", 0, index)
    if opened < 0 or one.text.find(")", opened, index) >= 0:
        return False
    return not _OWN_BRACKET.search(one.text, max(0, opened - 8), opened)


def start_of(one: Sentence, signed: date | None) -> Start | None:
    """Return the start that a sentence names; `signed` is what 「締結の日」 means."""
    match = match_start(one)
    if match is None:
        return None
    token = one.code.tokens[match.start(1) if match[1] else match.end(4) - 1]
    day = signed if token.sign == SIGNING else (token.value if isinstance(token.value, date) else None)
    after = day and day + timedelta(days=1)
    counted = after if match[2] or (token.sign == SIGNING and not match[3].startswith("から起算")) else day
    return Start(after if match[2] else day, counted)


def starting(source: str, one: Sentence, signed: date | None) -> Iterator[Found]:
    """Yield the start: the stated day, or `signing`, which does not count the signing day."""
    match = match_start(one)
    if match is None:
        return
    at = match.start(1) if match[1] else match.end(4) - 1
    token, words = one.code.tokens[at], one.words(at, match.end())
    if token.sign != SIGNING:
        if isinstance(token.value, date):
            day, reason = token.value, token.reason
            if match[2]:
                day, reason = day + timedelta(days=1), "day-after"
            elif _APPLIED.search(one.text, match.end(1) if match[1] else at):
                reason = reason or "readings-compete"
            yield found(source, ("term", "start"), day.isoformat(), words, reason=reason)
    elif match[2] or match[3].startswith("から起算"):
        yield _counted_from_signing(source, words, signed, after=bool(match[2]))
    else:
        yield found(source, ("term", "start"), "signing", words, reason=token.reason)


def _counted_from_signing(source: str, words: Words, signed: date | None, *, after: bool) -> Found:
    """Return a start that counts the signing day itself (起算), or begins on the day after it."""
    reason = "day-after" if after else "signing-day-counted"
    if signed is None:
        return found(source, ("term", "start"), "signing", words, reason=reason)
    day = signed + timedelta(days=1) if after else signed
    return found(source, ("term", "start"), day.isoformat(), words, reason=reason)
