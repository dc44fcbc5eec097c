"""Where the law or the text is open, and what silence brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.dates.counting import ONE_DAY, last_day
from kyotei.explain.said import Minded, say
from kyotei.history import termination_clause
from kyotei.term import State
from kyotei.walk import Basis, deadline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.explain.case import Case
    from kyotei.explain.said import Said, Told

_CONTESTED = {"notice-contested", "missed-contested"}


def doubts(case: Case, told: Sequence[Told]) -> Iterator[Said]:
    """Yield the points that neither the Code nor the file settles."""
    term, signed, due = case.agreement.term, case.agreement.signed, case.stands.deadline
    if term.length is not None and term.start == signed:
        yield say("doubt-first-day", start=signed, other=last_day(signed + ONE_DAY, term.length))
    presumed = [each for each in case.chain if each.basis is Basis.AUTOMATIC and each.start <= case.as_of]
    if presumed:
        yield say("doubt-presumed", count=len(presumed))
    clause = None if due is None else due.period.notice
    if due is not None and clause is not None and due.safe != due.latest:
        name = "doubt-readings" if clause.reading is None else "doubt-readings-agreed"
        yield say(name, safe=Minded(due.safe), latest=Minded(due.latest), reading=due.printed)
    if clause is not None and clause.form is None:
        yield say("doubt-form")
    yield from _contested(case, told)
    yield from _doubts_beside(case)


def _contested(case: Case, told: Sequence[Told]) -> Iterator[Said]:
    """Yield the notices, still open, of which the readings judge differently."""
    given = {notice.event.on for notice in case.known.notices}
    for event in told:
        if event.on in given and any(said.name in _CONTESTED for said in event.said):
            yield say("doubt-contested", on=event.on)


def _doubts_beside(case: Case) -> Iterator[Said]:
    """Yield the doubts about termination at will, confidentiality, and a chain that no notice can stop."""
    clause = termination_clause(case.agreement, case.as_of)
    if clause is not None and clause.notice is None and not case.ended:
        yield say("doubt-at-will")
    if case.unstoppable:
        yield say("doubt-unstoppable")
    if case.agreement.confidentiality is not None and case.agreement.confidentiality.survives is None:
        yield say("doubt-survival")


def outcome(case: Case) -> Iterator[Said]:
    """Say what happens if nobody acts, and which deadline comes after that."""
    stands, silence = case.stands, case.stands.silence
    if case.ended:
        return
    if silence.following is None:
        name = "outcome-ends" if silence.outcome == "ends" else "outcome-stays"
        yield say(name, end=silence.end) if case.chain else say("outcome-cancelled")
        return
    name = "outcome-renews-open" if silence.end is None else "outcome-renews"
    yield say(name, start=silence.following.start, end=silence.end, period=silence.following)
    later = stands.deadline if stands.state is State.RENEWING else deadline(silence.following)
    if later is not None and later.date >= case.as_of:
        yield say("outcome-next", period=later.period, date=Minded(later.date))
    elif silence.following.closing is not None:
        yield say("outcome-last", end=silence.end)
