"""有効期間: where the first period begins, and its end or length."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from kyotei.dates.counting import last_day
from kyotei.dates.length import Length, Unit
from kyotei.drafting.evidence import Found, Words, found
from kyotei.drafting.tokens import BLANK, BLANK_LENGTH, DAY, LENGTH, MONTH, MONTH_DAY, SIGNING, YEAR
from kyotei.drafting.wordings import RENEW, SILENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.dates.month_day import MonthDay
    from kyotei.drafting.sentences import Sentence

_TOPIC = re.compile(
    "(?:有効|協定|契約|実施|存続|連携|適用|当初)の?期[間限]|期[間限]|効力|施行|発効|適用|有効|実施する|(?:に|限り|もって)(?:終了|満了)"
)
_BARE = re.compile(f"\\W?(?:自:?)?[{DAY}{MONTH}{YEAR}{SIGNING}{LENGTH}].{{0,30}}")
"""A cell of a list: nothing but the days."""
_BEGIN = f"[{DAY}{MONTH}{YEAR}{SIGNING}{BLANK}]"
_START = re.compile(
    f"({_BEGIN})(の翌日)?(?:付け?(?:で|をもって)?)?(?:\\([^()]*\\))?"
    "(から起算し|を起算日とし|から|より|以[降後]|を始期|に始ま|~|-|に効力|に発効|に施行|から実施"
    "|をもって(?:発効|施行|効力)|、?(?:発効|施行))"
    f"|(?:自|(?:施行|発効|効力発生|適用開始|開始)(?:の?年月)?日?(?:は|を)?):?、?({DAY}|{MONTH}|{BLANK})"
)
_SIGNED_YEAR = f"(?:{SIGNING}|{DAY}|同日|その日|始期|当該日)"
_WHICH = "(?P<fiscal_which>当該|同|その|翌々?|次の|本|当|各|)"
_LAST = f"(?:{MONTH_DAY}|末日?|最終日|終了の?日|の終わり)"
_FISCAL = f"(?:(?:{_SIGNED_YEAR})?(?:の|が|を)?(?:属する|含む))?{_WHICH}の?(?:会計|事業)?年度の?{_LAST}"
_RELATIVE = f"(?P<relative_which>同|その|当該|翌々?|次の)年の?{MONTH_DAY}"
_STOP = "(?:まで|迄|を終期|限り|をもって(?:終了|満了)|を(?:満了日|期限)|に(?:終了|満了)|に終わ|で終了)"
_ANY = f"[{DAY}{MONTH}{YEAR}]"
_END = re.compile(
    f"(?:(?P<day>{_ANY})|(?P<relative>{_RELATIVE})|(?P<fiscal>{_FISCAL})|(?P<month_day>{MONTH_DAY}))の?{_STOP}"
    "|(?:至:?|(?:期限|満了の?日|終期|終了の?日|末日)(?:は|を|:)?、?|(?:から|より|~|-))"
    f"(?P<to>{_ANY})(?!から|より|の?まで|の?迄)"
)
_FISCAL_START = 4
"""April (地方自治法208条)."""
_LATER = "(?:が|を)?経過(?:した|する)(?:後|日?(?:以[後降]|の属|を含|が属|後))"
_NO_LENGTH = f"{_LATER}|以?上?前|以内|以下|未満|又は|若しくは|または|の?範囲|を?(?:超え|限度|上限)"
_PLAIN_LENGTH = re.compile(
    f"期[間限](?:は|を|が|:)?、?(?:原則として、?|満|向こう)?({LENGTH})(?!{_NO_LENGTH})"
    f"|期[間限](?:は|を|が|:)?、?[^。{DAY}{LENGTH}]{{0,24}}?(?:から|より|後)"
    f"(?:起算して)?、?(?:満)?({LENGTH})(?!{_NO_LENGTH})"
    f"|({LENGTH})、?(?:その)?(?:効力を(?:有|持)|有効)|^({LENGTH})(?:とする|間|[。(、]|$)"
)
_PASSED = re.compile(f"([{LENGTH}{BLANK_LENGTH}])(?:が|を)?経過(する|した)日")
_RENEWED = re.compile(f"[^、。({LENGTH}]{{0,15}}{RENEW}")
_ENDLESS = re.compile(
    "期[間限](?:の|は|を|について|、)*(?:特に|これを)?(?:定め(?:は|が)?(?:な[いし]|ず|ません|のない)|設けない|なし|無し)"
    "|無期限"
    "|(?:解除|解約|廃止|終了|破棄|失効|申出)[^。、]{0,15}(?:まで|迄)(?:の間)?(?:は|、)*[^。]{0,15}(?:効力|有効|継続|存続)"
)
_LASTING = re.compile("効力を(?:有|持|存続)|有効(?:と|で|に存続)|存続")


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a term begins: its day and the first that is counted, if known, and where its words end."""

    day: date | None
    counted: date | None
    end: int


def term_fields(source: str, said: Sequence[Sentence], signed: date | None) -> list[Found]:
    """Return start and end (or length) of the term, every candidate in the order of the text."""
    ours = [one for one in said if _TOPIC.search(one.text) or _BARE.fullmatch(one.text)]
    fields: list[Found] = []
    start = _Start(signed, signed, 0)
    for one in ours:
        fields += _starting(source, one, signed)
        start = _start(one, signed) or start
        fields += _ending(source, one, start) or _lasting(source, one)
    endless = [field for one in ours for field in _endless(source, one)]
    if not any(field.path[-1] in {"end", "length"} for field in fields):
        return fields + endless
    if any(field.reason == "until-ended" and field.path for field in endless):
        return [_going_on(field) for field in fields]
    return fields


def _going_on(field: Found) -> Found:
    """Return an end after which the text lets the agreement go on until somebody ends it."""
    ends = field.path[-1] in {"end", "length"} and field.reason is None
    return replace(field, confidence="check", reason="goes-on") if ends else field


def _match_start(one: Sentence) -> re.Match[str] | None:
    """Return the words for the start: before any objection or renewal."""
    match = _START.search(one.text)
    return None if match is None or _renewal_before(one, match.start()) else match


def _renewal_before(one: Sentence, index: int) -> bool:
    return bool(re.search(f"{RENEW}|前まで", one.text[:index]))


def _start(one: Sentence, signed: date | None) -> _Start | None:
    match = _match_start(one)
    if match is None:
        return None
    token = one.code.tokens[match.start(1) if match[1] else match.end(4) - 1]
    day = signed if token.sign == SIGNING else (token.value if isinstance(token.value, date) else None)
    after = day and day + timedelta(days=1)
    counted = after if match[2] or (token.sign == SIGNING and not match[3].startswith("から起算")) else day
    return _Start(after if match[2] else day, counted, match.end())


def _starting(source: str, one: Sentence, signed: date | None) -> Iterator[Found]:
    """Yield the start: the stated day, or `signing`, which does not count the signing day."""
    match = _match_start(one)
    if match is None:
        return
    at = match.start(1) if match[1] else match.end(4) - 1
    token, words = one.code.tokens[at], one.words(at, match.end())
    if token.sign != SIGNING:
        if isinstance(token.value, date):
            day, reason = token.value, token.reason
            if match[2]:
                day, reason = day + timedelta(days=1), "day-after"
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


def _ending(source: str, one: Sentence, start: _Start) -> list[Found]:
    """Return the end of the term: the first stated day behind its start that ends something."""
    for match in _END.finditer(one.text, _behind(_match_start(one))):
        if _renewal_before(one, match.start()) or one.text[match.end() :].startswith(("に申", "に、")):
            continue
        end, reason = _end_day(one, match, _passed(one, start, match.start()))
        if end is None:
            continue
        words = one.words(match.start(), match.end())
        reason = reason or _at_odds(one, start, end, match.end())
        return [found(source, ("term", "end"), end.isoformat(), words, reason=reason)]
    return []


def _passed(one: Sentence, start: _Start, before: int) -> date | None:
    """Return the day to which 「同年」 or 「当該年度」 goes back: the start, or a day so much later."""
    match = _PASSED.search(one.text, 0, before)
    if match is None:
        return start.day
    length = one.code.tokens[match.start(1)].value
    if start.counted is None or not isinstance(length, Length):
        return None
    return last_day(start.counted, length) + timedelta(days=match[2] == "した")


def _behind(start: re.Match[str] | None) -> int:
    """Return where the words for the end begin: at the 「から」 of the start."""
    return 0 if start is None else start.start(3) if start[3] else start.end()


def _end_day(one: Sentence, match: re.Match[str], base: date | None) -> tuple[date | None, str | None]:
    """Return the day that words for an end name, and why it is to be looked at."""
    tokens = one.code.tokens
    if match["day"] or match["to"]:
        token = tokens[match.start("day" if match["day"] else "to")]
        return _last_day_of(token.sign, cast("date", token.value)), token.reason
    if base is None:
        return None, None
    if match["fiscal"]:
        years = {"翌": 1, "次の": 1, "翌々": 2}.get(match["fiscal_which"] or "", 0)
        return date(base.year + (base.month >= _FISCAL_START) + years, 3, 31), "fiscal-year-end"
    token = tokens[match.end("relative") - 1 if match["relative"] else match.start("month_day")]
    every = cast("MonthDay", token.value)
    if match["relative"]:
        years = {"翌": 1, "次の": 1, "翌々": 2}.get(match["relative_which"] or "", 0)
        return every.in_year(base.year + years), "year-relative"
    return every.on_or_after(base), "year-left-out"


def _last_day_of(sign: str, value: date) -> date:
    """Return the last day of a day, a month or a fiscal year."""
    if sign == YEAR:
        return date(value.year + 1, 3, 31)
    return last_day(value, Length(1, Unit.MONTHS)) if sign == MONTH else value


def _at_odds(one: Sentence, start: _Start, end: date, after: int) -> str | None:
    """Return a reason to look: the end lies before the start, or a length beside it says another day."""
    if start.day and end < start.day:
        return "end-before-start"
    length = re.match(f"の?(?:満)?({LENGTH})", one.text[after:])
    if not length or not start.day:
        return None
    value = one.code.tokens[after + length.start(1)].value
    return (
        "length-and-end-differ" if isinstance(value, Length) and last_day(start.day, value) != end else None
    )


def _lasting(source: str, one: Sentence) -> list[Found]:
    """Return the length of the term."""
    start = _match_start(one)
    match = start and re.compile(f"[^。{DAY}{LENGTH}]{{0,15}}?({LENGTH})(?!{_NO_LENGTH})").match(
        one.text, start.end()
    )
    match = match or _PLAIN_LENGTH.search(one.text)
    if not match:
        return []
    at = next(match.start(group) for group in range(1, match.re.groups + 1) if match[group])
    behind, before = one.text[at + 1 : at + 17], one.text[max(0, at - 12) : at]
    if _RENEWED.match(behind) or re.search("終了|満了|更新", before) or _renewal_before(one, at):
        return []
    token = one.code.tokens[at]
    return [found(source, ("term", "length"), str(token.value), one.words(at, at + 1), reason=token.reason)]


def _endless(source: str, one: Sentence) -> Iterator[Found]:
    """Yield that the term has no end: said in so many words, or until somebody ends it."""
    if match := _ENDLESS.search(one.text):
        reason = None if "定め" in match[0] or "無期限" in match[0] else "until-ended"
        yield found(source, ("term", "end"), "indefinite", one.words(*match.span()), reason=reason)
    elif (silent := SILENCE.search(one.text)) and (match := _LASTING.search(one.text, silent.end())):
        if re.search(f"{RENEW}|{LENGTH}", one.text[silent.end() :]):
            return
        yield found(source, ("term", "end"), "indefinite", one.words(*match.span()), reason="until-ended")
