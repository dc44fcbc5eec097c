"""有効期間の終わり: the stated day on which the first period ends."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from kyotei.dates.counting import last_day
from kyotei.dates.length import Length, Unit
from kyotei.drafting.evidence import Found, found
from kyotei.drafting.signs import BLANK_LENGTH, DAY, LENGTH, MONTH, MONTH_DAY, SIGNING, YEAR
from kyotei.drafting.starts import in_foreign_brackets, match_start, renewal_before
from kyotei.drafting.wordings import RENEW

if TYPE_CHECKING:
    from kyotei.dates.month_day import MonthDay
    from kyotei.drafting.sentences import Sentence
    from kyotei.drafting.starts import Start

_SIGNED_YEAR = f"(?:{SIGNING}|{DAY}|同日|その日|始期|当該日)"
_WHICH = "(?P<fiscal_which>当該|同|その|翌々?|次の|本|当|各|)"
_LAST = f"(?:{MONTH_DAY}|末日?|最終日|終了の?日|の終わり)"
_FISCAL = f"(?:(?:{_SIGNED_YEAR})?(?:の|が|を)?(?:属する|含む))?{_WHICH}の?(?:会計|事業)?年度の?{_LAST}"
_RELATIVE = f"(?P<relative_which>同|その|本|当該|翌々?|次の)年の?{MONTH_DAY}"
_STOP = (
    "(?:まで|迄|を終期|限り|をもって(?:終了|満了)|を(?:満了日|期限)|に(?:終了|満了|効力を失)|に終わ|で終了)"
)
_ANY = f"[{DAY}{MONTH}{YEAR}]"
_END = re.compile(
    f"(?:(?P<day>{_ANY})|(?P<relative>{_RELATIVE})|(?P<fiscal>{_FISCAL})|(?P<month_day>{MONTH_DAY}))の?{_STOP}"
    "|(?:至:?|(?:期限|満了の?日|終期|終了の?日|末日)(?:は|を|:)?、?|(?:から|より|~|-))"
    f"(?P<to>{_ANY})(?!から|より|の?まで|の?迄)"
)
_FISCAL_START = 4
"""April (地方自治法208条)."""
_PASSED = re.compile(f"([{LENGTH}{BLANK_LENGTH}])(?:が|を)?経過(する|した)日")
_DEADLINE = re.compile("に(?!終了|満了|終わ)")
"""「3月31日までに見直す」: a day for doing something, and no end."""
_MOVED = re.compile(f"[{DAY}{MONTH}]まで、?{RENEW}")
_LENGTH_BEHIND = re.compile(f"の?\\(?(?:満)?({LENGTH})")
_LENGTH_AHEAD = re.compile(f"期[間限](?:は|:)?、?({LENGTH})間?(?:\\(|と)")


def ending(source: str, one: Sentence, start: Start) -> list[Found]:
    """Return the end of the term: the first stated day behind its start that ends something."""
    for match in _END.finditer(one.text, _behind(match_start(one))):
        if (
            renewal_before(one, match.start())
            or _DEADLINE.match(one.text, match.end())
            or in_foreign_brackets(one, match.start())
        ):
            continue
        end, reason = _end_day(one, match, _passed(one, start, match.start()))
        if end is None:
            continue
        words = one.words(match.start(), match.end())
        reason = reason or _at_odds(one, start, end, match)
        return [found(source, ("term", "end"), end.isoformat(), words, reason=reason)]
    return []


def _passed(one: Sentence, start: Start, before: int) -> date | None:
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


def _at_odds(one: Sentence, start: Start, end: date, match: re.Match[str]) -> str | None:
    """Return a reason to look: the end lies before the start, or other words name another one."""
    if start.day and end < start.day:
        return "end-before-start"
    if _MOVED.search(one.text, match.end()):
        return "readings-compete"
    length = _LENGTH_BEHIND.match(one.text, match.end()) or _LENGTH_AHEAD.search(one.text, 0, match.start())
    if not length or not start.day:
        return None
    value = one.code.tokens[length.start(1)].value
    return (
        "length-and-end-differ" if isinstance(value, Length) and last_day(start.day, value) != end else None
    )
