"""更新: whether a renewal is automatic, for how long, and how often."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyotei.drafting.evidence import Found, found
from kyotei.drafting.limits import limits, of_token
from kyotei.drafting.modes import modes
from kyotei.drafting.objections import result_start
from kyotei.drafting.signs import LENGTH, MONTH_DAY
from kyotei.drafting.wordings import RENEW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.drafting.sentences import Sentence

_EACH = re.compile(f"({LENGTH})(?:間)?(?:ごと|毎)|{RENEW}[:(]({LENGTH})")
_FIRST_ONLY = re.compile(f"(?:最初|初回|1回目|第1回)の{RENEW}")
_RENEWED_FOR = re.compile(
    f"{RENEW}(?:後)?(?:の|する)?(?:有効)?期間は?[^。]{{0,12}}?({LENGTH})(?!前|以内|を超え)"
)
_LENGTH = re.compile(f"({LENGTH})(?!以?上?前|以内|以下|を?超え|を?限度|の?範囲|を経過)")
_SAME = re.compile("(?:同一|同じ|同様|従前と同(?:一|じ)|前回と同じ)の?(?:有効)?期間|同期間")
_TO = re.compile(f"(?:翌年|次の年|毎年|各年|翌)の?({MONTH_DAY})まで(?!に)|({MONTH_DAY})まで(?!に)")
_TO_FISCAL = re.compile(
    "(?:翌|次の|当該|各|毎)?(?:会計)?年度(?:の)?(?:末日?|最終日|終わり)まで|年度(?:ごと|毎)|毎年度"
)
_NEXT_YEAR = re.compile("翌年度(?:も|についても|においても)")
_YEARLY = re.compile("毎年、?(?:自動(?:的に)?)?(?:更新|延長)|年々更新")
_ABOUT = re.compile(f"{RENEW}|効力|有効(?:と|に)|存続|限度|上限|通算|翌年度")


def renewal_fields(source: str, said: Sequence[Sentence], term: Sequence[Found]) -> list[Found]:
    """Return the renewal, every candidate in the order of the text."""
    stated = [mode for one in said for mode in _modes(source, one, said)]
    fields = [field for _, field in stated]
    for one in said:
        if not _ABOUT.search(one.text):
            continue
        fields += limits(source, one)
        if (after := result_start(one)) is not None:
            fields += _length(source, one, after, term)
        elif any(one is by for by, _ in stated):
            fields += _length(source, one, 0, term)
        elif match := _RENEWED_FOR.search(one.text):
            fields += of_token(source, one, match, ("renewal", "length"))
    return fields


def _modes(source: str, one: Sentence, said: Sequence[Sentence]) -> Iterator[tuple[Sentence, Found]]:
    """Yield the mode that a sentence states."""
    for match, mode, reason in modes(one, said):
        yield one, found(source, ("renewal", "mode"), mode, one.words(*match.span()), reason=reason)


def _length(source: str, one: Sentence, first: int, term: Sequence[Found]) -> Iterator[Found]:
    """Yield for how long, or until which day of each year, a renewal lasts."""
    if match := _TO.search(one.text, first):
        yield from of_token(source, one, match, ("renewal", "to"))
    elif match := _TO_FISCAL.search(one.text, first):
        words = one.words(*match.span())
        yield found(source, ("renewal", "to"), "03-31", words, reason="fiscal-year-end")
    elif match := _EACH.search(one.text, first) or _renewed_length(one, first):
        first_only = "readings-compete" if _FIRST_ONLY.search(one.text) else None
        yield from of_token(source, one, match, ("renewal", "length"), first_only)
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
