"""The rule that holds a length to the words beside it: 90 days are not 3 months (民法140条, 143条).

The words are those of the file itself: the clause's name, the comments beside the length, and the notes.
Where they say nothing, nothing is found: 30 days' notice is a clause like any other.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from unicodedata import normalize

from kyotei.dates.counting import ONE_DAY, Reading, last_day, latest_notice
from kyotei.dates.length import Length, Unit, parse_length
from kyotei.diagnostics import Fault, Severity
from kyotei.model import Notice, Renewal, Term, Termination
from kyotei.rules.clauses import LEAST, MOST, clauses, stated_length
from kyotei.term import periods
from kyotei.text import KANJI_NUMERAL, lines
from kyotei.walk import Basis, first_counted_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.model import Agreement, Part
    from kyotei.source import Path
    from kyotei.walk import Period

WARNING = Severity.WARNING
AHEAD = 40
"""Periods that are looked at: in forty years February has 29 days often enough."""
DAYS_AHEAD = 8 * 366
"""Days of arrival that are looked at: eight years may pass between two leap days."""

_COUNT = f"(?:[0-9]{{1,4}}|{KANJI_NUMERAL}{{1,4}})"
_FREE = f"(?<![0-9年月第]|{KANJI_NUMERAL})"
"""Not the tail of a date (3月31日), of a longer number, or of a length in two units (2年3か月)."""
_UNITS = ("日", "週", "月", "年", "day", "week", "month", "year")
_LATIN = "(?<![0-9])[1-9][0-9]{0,3}[ -](?:day|week|month|year)s?(?![a-z])"
# Both as text, for `re` to compile when they are first needed: few files have such words.
_BACK = f"{_FREE}({_COUNT} ?(?:[かヶヵケカ箇個]?月|日|週間?|年))間?前(?![項条文号])|({_LATIN})"
"""A length before something: 「3か月前」."""
_LONG = f"{_FREE}({_COUNT} ?(?:[かヶヵケカ箇個]月間?|[月日年週]間))(?!前)|({_LATIN})"
"""A length that lasts: 「1年間」; 「1年」 alone may be a year of the calendar."""
_COMMENT = re.compile(r"(?:^|\s)#(.*)$")
_NUMBERED = re.compile(f"#[^\n\r]*(?:[0-9０-９]|{KANJI_NUMERAL})")


_Counting: TypeAlias = "tuple[str, Iterable[date], Callable[[date, Length], date]]"


class _Difference(NamedTuple):
    """Where a length and the words beside it first come to two days."""

    message: str
    at: str
    counted: date
    stated: date


def months_as_days(entry: Entry) -> Iterator[Diagnostic]:
    """Find a length in days beside words that say months, or the other way round."""
    for path, part in clauses(entry):
        if found := stated_length(part):
            key, length = found
            yield from _beside(entry, (*path, key), part, length)


def _beside(entry: Entry, path: Path, part: Part, length: Length) -> Iterator[Diagnostic]:
    said = _said(entry, path, part)
    if length in said.values():
        return
    for words, stated in said.items():
        confused = _confused(length, stated) and stated not in _lengths(entry)
        if confused and (found := _difference(entry.agreement, part, length, stated)):
            values = {"said": words, "data": str(entry.document.value(path)), "at": found.at}
            days = {"counted": str(found.counted), "stated": str(found.stated)}
            yield entry.finding(WARNING, found.message, path, **values, **days)
            return


def _lengths(entry: Entry) -> set[Length]:
    """Return the lengths of all clauses: what the words say of another clause is not about this one."""
    found = (stated_length(part) for _, part in clauses(entry))
    return {length for _, length in filter(None, found)}


def _said(entry: Entry, path: Path, part: Part) -> dict[str, Length]:
    """Return the lengths in the words about a length, as they stand there."""
    form = _BACK if path[-1] in {"before_end", "notice"} else _LONG
    clause: str | None = getattr(part, "clause", None)
    texts = [clause or "", *_comments(entry, path), entry.agreement.notes or ""]
    return {words: length for text in texts if text for words, length in _told(form, text)}


@lru_cache
def _told(form: str, text: str) -> Sequence[tuple[str, Length]]:
    """Return the lengths in a text, as they stand there; clauses have the same few names everywhere."""
    folded = normalize("NFKC", text)
    matches = re.finditer(form, folded) if any(unit in folded for unit in _UNITS) else ()
    found = (match[1] or match[2] for match in matches)
    return [(words, length) for words in found if (length := _length(words))]


def _length(words: str) -> Length | None:
    try:
        return parse_length(words.replace("-", " "))
    except Fault:
        return None


def _comments(entry: Entry, path: Path) -> Iterator[str]:
    """Yield the comments from above a clause to the line of its length."""
    if not _is_commented(entry):
        return
    document, found = entry.document, lines(entry.document.text)
    first, last = document.key_spot(path[:-1]).line, document.spot(path).line
    while first > 0 and found[first - 1].lstrip().startswith("#"):
        first -= 1
    for line in found[first : last + 1]:
        if comment := _COMMENT.search(line):
            yield comment[1]


@lru_cache(maxsize=1)
def _is_commented(entry: Entry) -> bool:
    """Tell whether any comment may speak of a length; most files have none, and need no search by lines."""
    return _NUMBERED.search(entry.document.text) is not None


def _confused(length: Length, stated: Length) -> bool:
    """Tell whether one counts days where the other counts months, and both mean about the same time."""
    for days, months in ((length, stated), (stated, length)):
        if days.months is None and months.months is not None:
            return months.months * LEAST[Unit.MONTHS] <= days.days <= months.months * MOST[Unit.MONTHS]
    return False


def _difference(agreement: Agreement, part: Part, length: Length, stated: Length) -> _Difference | None:
    """Return the first period, or day of notice, for which the two lengths come to different days."""
    message, days, count = _counting(agreement, part, length)
    compared = (_Difference(message, str(day), count(day, length), count(day, stated)) for day in days)
    return next((found for found in compared if found.counted != found.stated), None)


def _counting(agreement: Agreement, part: Part, length: Length) -> _Counting:
    """Return the sentence for a clause's length, the days from which it is counted, and how."""
    match part:
        case Notice():
            reading = part.reading or Reading.CORRESPONDING_DAY
            return "months-as-days", _ends(agreement, part), partial(latest_notice, reading)
        case Term():
            return "months-as-days.period", [first_counted_day(agreement)], last_day
        case Renewal():
            return "months-as-days.period", _renewed(agreement, length), last_day
        case Termination():
            return "months-as-days.termination", _arrivals(agreement), _after_arrival
    return "", (), last_day  # of an amended term nobody wrote from which day it runs


def _arrivals(agreement: Agreement) -> Iterable[date]:
    return (agreement.signed + timedelta(days=number) for number in range(DAYS_AHEAD))


def _after_arrival(day: date, length: Length) -> date:
    return last_day(day + ONE_DAY, length)


def _chain(agreement: Agreement) -> list[Period]:
    day = max([agreement.signed, *(event.on for event in agreement.events)])
    return periods(agreement, day, future=AHEAD)


def _ends(agreement: Agreement, clause: Notice) -> Iterator[date]:
    """Yield the ends from which a notice under this clause is counted back."""
    yield from (
        period.end for period in _chain(agreement) if period.notice is clause and period.end is not None
    )


def _renewed(agreement: Agreement, length: Length) -> Iterator[date]:
    """Yield the first days of the periods that silence makes of this length."""
    for period in _chain(agreement):
        if period.basis is Basis.AUTOMATIC and period.end == last_day(period.start, length):
            yield period.start
