"""The steps in order, from the signing to confidentiality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.dates.counting import ONE_DAY
from kyotei.dates.length import Length
from kyotei.explain.case import case_of
from kyotei.explain.clauses import changed_said, confidentiality_said, renewal_said, termination_said
from kyotei.explain.doubts import doubts, outcome
from kyotei.explain.events import events_told
from kyotei.explain.notices import deadline_step, delivery_step, office_step
from kyotei.explain.said import Article, Explanation, Minded, Step, Walk, once, place_of, say
from kyotei.explain.ways import Way, counted, limit_way, renewal_clause, way_of
from kyotei.history import EndReason, parties, termination_clause
from kyotei.term import earliest_termination
from kyotei.walk import Basis

if TYPE_CHECKING:
    from datetime import date

    from kyotei.dates.closed_days import OfficeCalendar
    from kyotei.explain.case import Case
    from kyotei.explain.said import Said, Told
    from kyotei.model import Agreement, Renewal
    from kyotei.walk import Period


def explanation(agreement: Agreement, as_of: date, calendar: OfficeCalendar) -> Explanation:
    """Return every step that leads to the dates of `agreement` on `as_of`."""
    case, told = case_of(agreement, as_of, calendar), events_told(agreement, as_of)
    steps = (
        _in_force(case),
        _first_period(case),
        _renewal(case),
        _events(told),
        _end(case),
        deadline_step(case),
        office_step(case),
        delivery_step(case),
        _termination(case),
        _confidentiality(case),
    )
    return Explanation(tuple(step for step in steps if step), tuple(doubts(case, told)), tuple(outcome(case)))


def _in_force(case: Case) -> Step:
    signed, start = case.agreement.signed, case.agreement.term.start
    if start in {"signing", signed}:
        said = say("in-force-signing", signed=signed)
    else:
        earlier = start != "signing" and start < signed
        said = say("in-force-earlier" if earlier else "in-force-date", signed=signed, start=start)
    return Step("start", (said,), place_of(case.agreement.term.clause))


def _first_period(case: Case) -> Step:
    if not case.chain:
        return Step("first", (say("never-began", end=cut.day if (cut := case.known.cut) else None),))
    way = way_of(case, case.chain[0])
    return Step("first", way.said, way.clauses, way.articles)


def _renewal(case: Case) -> Step | None:
    """Say how the agreement renews, how often it has, and how the current period came to its end."""
    period = case.period
    if period is None or (period.end is None and period.number == 1):
        return None
    terms = _renewal_terms(case, period)
    if period.number == 1:
        return Step("renewal", terms.said, terms.clauses, terms.articles)
    way = way_of(case, period)
    said = (*terms.said, _renewed_so_far(case, period), *way.said)
    return Step("renewal", said, once((*terms.clauses, *way.clauses)), once((*terms.articles, *way.articles)))


def _renewal_terms(case: Case, period: Period) -> Way:
    """Say by which clause what follows `period` follows, and where its limit lies."""
    if period.end is None:
        return Way(None, ())
    following = case.stands.silence.following
    clause, since = renewal_clause(
        case.known, period.number, period.end, following.end if following else period.end
    )
    said = [*renewal_said(clause), *changed_said(since)]
    if clause is None:
        return Way(None, tuple(said))
    limit = limit_way(case.agreement, clause)
    said += [*(limit.said if limit else ()), *_limit_reached(case, clause)]
    return Way(None, tuple(said), place_of(clause.clause), limit.articles if limit else ())


def _limit_reached(case: Case, clause: Renewal) -> list[Said]:
    """Say with which later period a limit ends the agreement, if nothing else does before."""
    last = case.chain[-1]
    if clause.limit is None or last.closing is not EndReason.EXPIRED or last is case.period:
        return []
    return [say("limit-last", period=last, end=last.end)]


def _renewed_so_far(case: Case, period: Period) -> Said:
    renewed = [each for each in case.chain if 1 < each.number <= period.number]
    presumed = sum(each.basis is Basis.AUTOMATIC for each in renewed)
    recorded = len(renewed) - presumed
    name = "renewed-presumed" if not recorded else ("renewed-recorded" if not presumed else "renewed-both")
    return say(name, period=period, count=len(renewed), presumed=presumed, recorded=recorded)


def _events(told: tuple[Told, ...]) -> Step | None:
    arrived = any(said.name == "event-notice-arrived" for each in told for said in each.said)
    return Step("events", (), articles=(Article.ARRIVAL,) if arrived else (), events=told) if told else None


def _end(case: Case) -> Step | None:
    """Say why and when the agreement ends or ended, and the last open day before that."""
    last, period = case.last, case.period
    if last is None or period is None:
        return None
    said = [say(f"{'ended' if case.ended else 'ends'}-{period.closing}", end=Minded(last), period=period)]
    clauses: tuple[str, ...] = ()
    if period.closing is EndReason.EXPIRED:
        clause, _ = renewal_clause(case.known, period.number, last, last)
        said.append(say(_why_last(clause)))
        clauses = place_of(clause.clause if clause else None)
    walk = None if case.ended else Walk(last, case.calendar.act_by(last), objection=False)
    return Step("end", tuple(said), clauses, walk=walk)


def _why_last(clause: Renewal | None) -> str:
    if clause is None or clause.mode == "none":
        return "last-none"
    return "last-consent" if clause.mode == "by-consent" else "last-limit"


def _termination(case: Case) -> Step | None:
    """Say when the agreement would end if a notice of termination at will arrived on the day asked for."""
    clause = termination_clause(case.agreement, case.as_of)
    end = earliest_termination(case.agreement, case.as_of)
    if clause is None or end is None or case.ended:
        return None
    said, articles = termination_said(clause, parties(case.agreement, case.as_of)), [Article.ARRIVAL]
    if clause.notice is None:
        said.append(say("at-will-today-now", today=case.as_of))
    else:
        way = counted(case.as_of + ONE_DAY, clause.notice)
        said += [say("at-will-today", today=case.as_of, first=case.as_of + ONE_DAY), *way.said]
        articles += [Article.FIRST_DAY_OUT, *way.articles]
    said.append(say("at-will-end", end=Minded(end)))
    if case.last is not None and case.last <= end:
        said.append(say("at-will-idle", end=case.last))
    return Step("termination", tuple(said), place_of(clause.clause), tuple(articles))


def _confidentiality(case: Case) -> Step | None:
    """Say until when confidentiality lasts: a length is counted from the day after the agreement's end."""
    clause = case.agreement.confidentiality
    if clause is None:
        return None
    said, articles = [confidentiality_said(clause)], list[Article]()
    period = case.period if case.last else case.may_end_with
    end = case.last or (period and period.end)
    if isinstance(clause.survives, Length) and end:
        way = counted(end + ONE_DAY, clause.survives)
        name = "survives-from-end" if case.last else "survives-from-period"
        said += [say(name, end=end, first=end + ONE_DAY, period=period), *way.said]
        said.append(say("survives-to" if case.last else "survives-to-then", last=way.end))
        articles += [Article.FIRST_DAY_OUT, *way.articles]
    return Step("confidentiality", tuple(said), place_of(clause.clause), tuple(articles))
