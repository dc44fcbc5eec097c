"""The ways in which a period comes to its end: counted, stated, cut or moved. Articles: the Civil Code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from kyotei.dates.counting import ONE_DAY, last_day
from kyotei.dates.length import Unit
from kyotei.explain.said import Article, once, place_of, say
from kyotei.history import EndReason
from kyotei.walk import Basis, first_counted_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kyotei.dates.length import Length
    from kyotei.dates.month_day import MonthDay
    from kyotei.explain.case import Case
    from kyotei.explain.said import Said
    from kyotei.history import History
    from kyotei.model import Agreement, Renewal, RenewalEvent, TermChange
    from kyotei.walk import Period


@dataclass(frozen=True, slots=True)
class Way:
    """One way to an end: the day, the sentences that lead to it, and on what they rest."""

    end: date | None
    said: tuple[Said, ...]
    clauses: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()


def counted(first: date, length: Length) -> Way:
    """Count a length forward from its first counted day (Arts. 141, 143)."""
    last = last_day(first, length)
    after = last + ONE_DAY
    name, article = "forward", Article.CORRESPONDING
    if length.unit is Unit.DAYS:
        name, article = "forward-days", Article.LAST_DAY
    elif length.unit is Unit.WEEKS:
        name = "forward-weeks"
    elif _begins_a_unit(first, length.unit):
        name, article = "forward-calendar", Article.BY_CALENDAR
    elif after.day != first.day:  # rounded up to the 1st: the month has no such day
        name, article = "forward-missing", Article.NO_CORRESPONDING
    said = say(name, first=first, length=length, last=last, after=after, number=first.day)
    return Way(last, (said,), articles=(article,))


def _begins_a_unit(first: date, unit: Unit) -> bool:
    """Tell whether the count starts with the month, or year, itself: Art. 143(2) speaks of the others."""
    return first.day == 1 and (unit is Unit.MONTHS or first.month == 1)


def term_way(agreement: Agreement) -> Way:
    """Return how the first period ends by the term clause alone."""
    term, first = agreement.term, first_counted_day(agreement)
    clause = place_of(term.clause)
    if term.end == "indefinite":
        return Way(None, (say("no-end"),), clause)
    if term.length is None:
        idle = (say("signing-idle"),) if term.start == "signing" else ()
        return Way(term.end, (say("stated-end", end=term.end), *idle, say("end-stays")), clause)
    way, signing = counted(first, term.length), term.start == "signing"
    begin = say("first-signing" if signing else "first-date", signed=agreement.signed, first=first)
    article = Article.FIRST_DAY_OUT if signing else Article.FIRST_DAY_IN
    return Way(way.end, (begin, *way.said, say("end-stays")), clause, (article, *way.articles))


def renewal_clause(
    known: History, number: int, before: date, over: date | None
) -> tuple[Renewal | None, date | None]:
    """Return the renewal clause that holds when period `number` ends on `before`; since when, if changed.

    `over` is the end of the period that follows: a change agreed later than that, and later than the one that
    the clause until then would have made, came too late for it.
    """
    clause, since = known.agreement.renewal, None
    for event in known.amendments:
        in_time = over is None or event.on <= max(over, _reach(known.agreement, clause, number, before))
        if event.effective <= before and in_time and event.changes.renewal is not None:
            clause, since = event.changes.renewal, event.effective
    return clause, since


def _reach(agreement: Agreement, clause: Renewal | None, number: int, before: date) -> date:
    """Return the end of the period that `clause` makes follow by itself; `before` if it makes none."""
    if clause is None or clause.mode != "automatic":
        return before
    if clause.limit is not None and clause.limit.times is not None and number > clause.limit.times:
        return before
    if clause.length is not None:
        end = last_day(before + ONE_DAY, clause.length)
    else:
        end = cast("MonthDay", clause.to).on_or_after(
            before + ONE_DAY
        )  # automatic renewal states one of them
    limit = limit_way(agreement, clause)
    return end if limit is None or limit.end is None else max(before, min(end, limit.end))


def _clause_ways(case: Case, clause: Renewal, start: date) -> Iterator[Way]:
    """Yield how a renewed period ends by the clause: as counted, and cut to the limit."""
    if clause.length is not None:
        way = replace(counted(start, clause.length), clauses=place_of(clause.clause))
    elif clause.to is not None:
        last = clause.to.on_or_after(start)
        said = say("forward-to", first=start, day=clause.to, last=last)
        way = Way(last, (said,), place_of(clause.clause))
    else:
        return
    yield way
    limit = limit_way(case.agreement, clause)
    if limit is not None:
        yield replace(way, end=limit.end, said=(*way.said, say("cut-limit", end=limit.end)))


def limit_way(agreement: Agreement, clause: Renewal) -> Way | None:
    """Return the day after which no renewed period starts, None without such a limit."""
    limit = clause.limit
    if limit is None or limit.times is not None:
        return None
    if limit.total is None:
        return Way(limit.until, ())
    return counted(first_counted_day(agreement), limit.total)


def _renewed_ways(case: Case, period: Period, before: date) -> Iterator[Way]:
    """Yield the ways in which a renewed period can have come to its end, the likeliest first."""
    clauses = _clauses(case.known, before, period)
    by_clause = [way for clause in clauses for way in _clause_ways(case, clause, period.start)]
    if period.basis is Basis.AUTOMATIC:
        begin = say("period-follows", period=period, before=before, start=period.start)
        yield from (replace(way, said=(begin, *way.said)) for way in by_clause)
        return
    for event in _confirming(case.known.renewals, period, before):
        begin = say("period-recorded", period=period, on=event.on, start=period.start)
        for way in _recorded_ways(event, period.start, by_clause):
            yield replace(way, said=(begin, *way.said))


def _recorded_ways(event: RenewalEvent, start: date, by_clause: Sequence[Way]) -> Sequence[Way]:
    """Return the end that a recorded renewal states; one that states none follows the clause."""
    if event.until is not None:
        return [Way(event.until, (say("stated-end", end=event.until),))]
    return by_clause if event.length is None else [counted(start, event.length)]


def _clauses(known: History, before: date, period: Period) -> Iterator[Renewal]:
    """Yield the renewal clauses that can have made `period`: the one in force, then the others."""
    clause, _ = renewal_clause(known, period.number - 1, before, period.end)
    changed = (event.changes.renewal for event in reversed(known.amendments) if event.effective <= before)
    for each in (clause, *changed, known.agreement.renewal):
        if each is not None and (period.basis is Basis.RECORDED or each.mode == "automatic"):
            yield each


def _confirming(events: Sequence[RenewalEvent], period: Period, before: date) -> list[RenewalEvent]:
    """Return the recorded renewals in the order in which they may have made `period`.

    By consent the k-th made period k+1; in an automatic chain it was the last one agreed before its start.
    """
    in_turn = list(events[period.number - 2 : period.number - 1])
    return [*in_turn, *(event for event in reversed(events) if event.on <= before), *events]


def way_of(case: Case, period: Period) -> Way:
    """Return how `period` came to its end: as the clause says, or as events changed it."""
    if period.number == 1:
        natural = term_way(case.agreement)
        if natural.end == period.end:
            return natural
        changed = _changed_way(case, period)
        return replace(
            changed, said=(*natural.said, *changed.said), clauses=once((*natural.clauses, *changed.clauses))
        )
    ways = _renewed_ways(case, period, period.start - ONE_DAY)
    return next((way for way in ways if way.end == period.end), None) or _changed_way(case, period)


def _changed_way(case: Case, period: Period) -> Way:
    """Return how events brought `period` to its end: a termination, or an amendment of the term."""
    start, before = period.start, period.start - ONE_DAY
    begin = (say("period-follows", period=period, before=before, start=start),) if period.number > 1 else ()
    if period.closing in {EndReason.TERMINATION, EndReason.SUPERSEDED}:
        return Way(period.end, (*begin, say(f"cut-{period.closing}", period=period, end=period.end)))
    first = first_counted_day(case.agreement) if period.number == 1 else period.start
    for event in reversed(case.known.amendments):
        way = None if event.changes.term is None else _change_way(event.changes.term, first)
        if way is not None and way.end == period.end:
            said = say("moved", period=period, on=event.on, effective=event.effective)
            return replace(way, said=(*begin, said, *way.said))
    return Way(period.end, (say("period-plain", period=period, start=period.start, end=period.end),))


def _change_way(change: TermChange, first: date) -> Way:
    """Return the end that an amendment of the term states."""
    clause = place_of(change.clause)
    if change.length is not None:
        return replace(counted(first, change.length), clauses=clause)
    if change.end == "indefinite":
        return Way(None, (say("no-end"),), clause)
    return Way(change.end, (say("stated-end", end=change.end),), clause)
