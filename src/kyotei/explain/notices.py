"""The steps about the deadline: which it is, how each reading counts it, by when to act, how to object."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kyotei.dates.counting import ONE_DAY, Reading
from kyotei.explain.clauses import changed_said, objectors_said
from kyotei.explain.said import Article, Minded, ReadingRow, Said, Step, Walk, place_of, say
from kyotei.history import parties
from kyotei.term import State
from kyotei.walk import Verdict, deadline

if TYPE_CHECKING:
    from datetime import date

    from kyotei.dates.length import Length
    from kyotei.explain.case import Case
    from kyotei.explain.said import Value
    from kyotei.model import Notice
    from kyotei.walk import Deadline


def deadline_step(case: Case) -> Step | None:
    """Say which deadlines have passed, which is next, and how each reading counts it."""
    if case.ended or not case.chain:
        return None
    said, due = _passed(case), case.stands.deadline
    if due is None:
        return Step("deadline", (*said, say(_why_no_deadline(case))))
    clause = cast("Notice", due.period.notice)  # only a period with such a clause has a deadline
    said += [*changed_said(_changed_since(case, clause)), _due_said(due, clause), *_timing_said(case, due)]
    articles = () if clause.reading is None else (Article.OWN_WORDING,)
    if clause.before_end is not None:
        said += _counting_said(clause, clause.before_end)
    readings = () if clause.before_end is None else _reading_rows(due)
    return Step(
        "deadline",
        tuple(said),
        place_of(clause.clause),
        articles,
        readings=readings,
        length=clause.before_end,
    )


def _passed(case: Case) -> list[Said]:
    """Say which deadlines have passed, from the current period on: those renewals are certain."""
    said: list[Said] = []
    for period in case.ahead:
        due = deadline(period)
        if due is None or due.date >= case.as_of or period.closing is not None:
            continue
        said += _passed_said(case, due)
    following = case.stands.silence.following
    if not said and case.stands.state is State.RENEWING and following is not None:
        said.append(say("renewal-agreed", start=following.start))
    return said


def _passed_said(case: Case, due: Deadline) -> list[Said]:
    values: dict[str, Value] = {"period": due.period, "date": Minded(due.date)}
    if due.latest < case.agreement.signed:
        return [Said("deadline-before-signing", {**values, "signed": case.agreement.signed})]
    start = due.period.end and due.period.end + ONE_DAY
    said = [Said("deadline-passed", {**values, "start": start})]
    if due.verdict(case.as_of) is not Verdict.LATE:
        said.append(say("deadline-passed-contested", latest=Minded(due.latest)))
    return said


def _why_no_deadline(case: Case) -> str:
    """Name the reason for which nothing can be stopped by a notice."""
    current = case.ahead[0]
    if current.end is None:
        return "no-deadline-indefinite"
    if case.unstoppable:
        return "no-deadline-clause"
    return "no-deadline-nothing" if current.closing is not None else "no-deadline-more"


def _changed_since(case: Case, clause: Notice) -> date | None:
    """Return since when the clause on notices holds, None if no amendment brought it."""
    since = (event.effective for event in case.known.amendments if event.changes.notice is clause)
    return next(since, None)


def _due_said(due: Deadline, clause: Notice) -> Said:
    period, end = due.period, due.period.end
    values: dict[str, Value] = {"period": period, "end": end, "start": end and end + ONE_DAY}
    if clause.by_date is not None:
        return Said("due-by-date", {**values, "day": clause.by_date, "date": Minded(due.date)})
    if clause.before_end is not None and clause.before_end.count == 0:
        return Said("due-until-end", values)
    return Said("due-before-end", {**values, "length": clause.before_end})


def _counting_said(clause: Notice, length: Length) -> list[Said]:
    """Say that the Code has no rule, what the parties agreed, and where readings cannot differ."""
    said = [] if clause.reading is None else [say("counting-agreed", reading=clause.reading)]
    if length.months is None:
        said.append(say("counting-days"))
    return [*said, say("counting-back")]


def _timing_said(case: Case, due: Deadline) -> list[Said]:
    """Say what is odd about where the deadline lies, or about the day asked for."""
    said = []
    if due.date < case.agreement.signed:
        said.append(say("due-before-signing", signed=case.agreement.signed))
    elif due.date < due.period.start:
        said.append(say("due-before-period", period=due.period, start=due.period.start))
    if due.verdict(case.as_of) is not Verdict.SAFE:
        said.append(say("today-contested", today=Minded(case.as_of), safe=Minded(due.safe)))
    return said


_ORDER = (Reading.CORRESPONDING_DAY, Reading.END_OF_TERM, Reading.MIRRORED, Reading.CLEAR)


def _reading_rows(due: Deadline) -> tuple[ReadingRow, ...]:
    return tuple(
        ReadingRow(reading, due.readings[reading], reading is due.printed, due.readings[reading] == due.safe)
        for reading in _ORDER
    )


def office_step(case: Case) -> Step | None:
    """Walk back from the safe day to the last day on which the offices are open."""
    due = case.stands.deadline
    if due is None:
        return None
    act_by = case.calendar.act_by(due.safe)
    said = [say("office")]
    if act_by.day is not None and act_by.day < case.as_of:
        said.append(say("act-by-passed"))
    articles = [Article.CLOSED_OFFICES]
    if any(closed.name for closed in act_by.skipped):
        articles.append(Article.HOLIDAYS)
    return Step("office", tuple(said), articles=tuple(articles), walk=Walk(due.safe, act_by, objection=True))


def delivery_step(case: Case) -> Step | None:
    """Say who may object, in which form, and when a notice takes effect."""
    due = case.stands.deadline
    clause = None if due is None else due.period.notice
    if clause is None:
        return None
    said = [
        *objectors_said(clause, parties(case.agreement, case.as_of)),
        say(f"delivery-{clause.effective}"),
    ]
    return Step("delivery", tuple(said), place_of(clause.clause), (Article.ARRIVAL,))
