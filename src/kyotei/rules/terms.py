"""Rules about days and lengths: what was written, and what it comes to."""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from kyotei.dates.counting import ONE_DAY, last_day
from kyotei.dates.length import Length, Unit
from kyotei.dates.month_day import MonthDay
from kyotei.dates.wareki import past_era
from kyotei.diagnostics import Severity
from kyotei.model import Notice, Part, Renewal, RenewalEvent, Term, TermChange, Termination
from kyotei.rules.clauses import LEAST, MOST, clauses, stated_length
from kyotei.term import periods
from kyotei.walk import first_counted_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.source import Path

ERROR, WARNING = Severity.ERROR, Severity.WARNING
LONGEST = Length(30, Unit.YEARS)
"""A term beyond this is more often a typing error than an agreement of municipalities."""
LEAP_DAY = MonthDay(2, 29)
_YEARLY: Mapping[type[Part], str] = MappingProxyType({Renewal: "to", Notice: "by_date"})
_ENDS: Mapping[type[Part], str] = MappingProxyType({Term: "end", TermChange: "end", RenewalEvent: "until"})
# No date of another era can lie past its end; a file with escapes is not looked through for signs.
_ERAS = (*"㍾㍽㍼㍻\\", "明治", "大正", "昭和", "平成")
_LETTER = re.compile(r"[MTSHmtshＭＴＳＨｍｔｓｈ]\s*[0-9０-９元]")


def date_past_era(entry: Entry) -> Iterator[Diagnostic]:
    """Find a date past its era's end (平成34年): written before the era changed, it still means one day."""
    for path, day in _days(entry.agreement, ()) if _may_name_an_era(entry.document.text) else ():
        text = entry.document.value(path)
        if isinstance(text, str) and text != day.isoformat() and (era := past_era(text)):
            yield entry.finding(WARNING, "date-past-era", path, text=text, era=era, day=str(day))


def _may_name_an_era(text: str) -> bool:
    """Tell whether a text can hold a date by an era that is over; most hold none, and need no search."""
    return any(era in text for era in _ERAS) or _LETTER.search(text) is not None


def end_before_start(entry: Entry) -> Iterator[Diagnostic]:
    """Find a term that ends before it starts: one of the two days is a typing error."""
    agreement = entry.agreement
    start = agreement.signed if agreement.term.start == "signing" else agreement.term.start
    end = agreement.term.end
    if end is not None and end != "indefinite" and end < start:
        yield entry.finding(ERROR, "end-before-start", ("term", "end"), start=str(start), end=str(end))


def start_is_signing_day(entry: Entry) -> Iterator[Diagnostic]:
    """Find a length from the signing day as a date: 締結の日から would not count that day (民法140条)."""
    agreement = entry.agreement
    limit = None if agreement.renewal is None else agreement.renewal.limit
    length = agreement.term.length or (None if limit is None else limit.total)
    if agreement.term.start == agreement.signed and length is not None:
        end, other = (last_day(first, length) for first in (agreement.signed, agreement.signed + ONE_DAY))
        if end != other:
            values = {"day": str(agreement.signed), "end": str(end), "other": str(other)}
            yield entry.finding(WARNING, "start-is-signing-day", ("term", "start"), **values)


def term_too_long(entry: Entry) -> Iterator[Diagnostic]:
    """Find a period of more than thirty years."""
    for path, first, stated in _stated_ends(entry):
        if _may_be_long(first, stated):
            end = last_day(first, stated) if isinstance(stated, Length) else stated
            if end > last_day(first, LONGEST):
                values = {"start": str(first), "end": str(end), "most": str(LONGEST.count)}
                yield entry.finding(WARNING, "term-too-long", path, **values)


def _may_be_long(first: date, stated: date | Length) -> bool:
    if isinstance(stated, Length):
        return stated.count * MOST[stated.unit] > LONGEST.count * LEAST[LONGEST.unit]
    return stated.year - first.year >= LONGEST.count


def day_not_every_year(entry: Entry) -> Iterator[Diagnostic]:
    """Find a yearly day 02-29: most years do not have it."""
    for path, part in clauses(entry):
        key = _YEARLY.get(type(part))
        if key and getattr(part, key) == LEAP_DAY:
            yield entry.finding(WARNING, "day-not-every-year", (*path, key), day=str(LEAP_DAY))


def limit_used_up(entry: Entry) -> Iterator[Diagnostic]:
    """Find a limit on automatic renewal that the first period has used up: nothing ever renews."""
    agreement = entry.agreement
    limit = None if agreement.renewal is None else agreement.renewal.limit
    if limit is None or not _is_automatic(agreement.renewal):
        return
    until = limit.until if limit.total is None else last_day(first_counted_day(agreement), limit.total)
    first = next(iter(periods(agreement, agreement.signed, future=1)), None)
    if first is not None and first.end is not None and until is not None and until <= first.end:
        key = "until" if limit.total is None else "total"
        values = {"until": str(until), "end": str(first.end)}
        yield entry.finding(WARNING, "limit-used-up", ("renewal", "limit", key), **values)


def limit_without_effect(entry: Entry) -> Iterator[Diagnostic]:
    """Find a limit on a renewal that never comes by itself: what the parties agree is not counted by it."""
    for path, part in clauses(entry):
        if isinstance(part, Renewal) and part.limit is not None and not _is_automatic(part):
            yield entry.finding(WARNING, "limit-without-effect", (*path, "limit"), mode=part.mode)


def _is_automatic(clause: Renewal | None) -> bool:
    return clause is not None and clause.mode == "automatic"


def _stated_ends(entry: Entry) -> Iterator[tuple[Path, date, date | Length]]:
    """Yield every end or length of a period that the file states, with the day from which it runs."""
    start = first_counted_day(entry.agreement)
    for path, part in clauses(entry):
        yield from _ends_of(part, path, start)
    for number, event in enumerate(entry.agreement.events):
        if event.type == "renewal":
            yield from _ends_of(event, ("events", number), event.on)


def _ends_of(part: Part, path: Path, first: date) -> Iterator[tuple[Path, date, date | Length]]:
    key = _ENDS.get(type(part))
    if key and isinstance(end := getattr(part, key), date):
        yield (*path, key), first, end
    if (found := stated_length(part)) and not isinstance(part, Notice | Termination):
        yield (*path, found[0]), first, found[1]


def _days(value: object, path: Path) -> Iterator[tuple[Path, date]]:
    """Yield every day inside a part of an agreement, with its place."""
    if isinstance(value, date):
        yield path, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _days(item, (*path, number))
    elif isinstance(value, Part):
        for name, field in type(value).model_fields.items():
            yield from _days(getattr(value, name), (*path, field.alias or name))
