"""The chain of periods, walked from the first day on: each period's end, and what follows it.

Whatever the events change, they change on this one walk. Articles are those of the Civil Code (民法);
docs/counting.md explains.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from operator import attrgetter
from sys import maxsize
from typing import TYPE_CHECKING, NamedTuple, cast

from kyotei.dates.counting import (
    ONE_DAY,
    Reading,
    last_day,
    latest_notice,
    round_down,
)
from kyotei.dates.month_day import EVERY_MONTH
from kyotei.history import EndReason, arrival

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kyotei.dates.month_day import MonthDay
    from kyotei.history import History, OpenNotice
    from kyotei.model import (
        Agreement,
        AmendmentEvent,
        Notice,
        NoticeEvent,
        Renewal,
        RenewalEvent,
        Term,
        TermChange,
    )


class Basis(StrEnum):
    """Why a period runs. An automatic one is presumed (推定): nobody recorded the renewal."""

    INITIAL = "initial"
    AUTOMATIC = "automatic"
    RECORDED = "recorded"


# A member is found in an enumeration more slowly than a period is made.
_INITIAL, _AUTOMATIC, _RECORDED = Basis
_CORRESPONDING_DAY = Reading.CORRESPONDING_DAY


class Verdict(StrEnum):
    """How a notice that arrives on a day fares."""

    SAFE = "safe"
    CONTESTED = "contested"
    LATE = "late"


class Period(NamedTuple):
    """第N期: days `start` to `end`, both included; `end` is None for a period without an end.

    `notice` is the clause under which the silent renewal at its end can be stopped, None where there is no
    such renewal or no such clause. `closing` says why no period follows; None while one does, or there is no
    end.
    """

    number: int
    start: date
    end: date | None
    basis: Basis
    silent: bool
    notice: Notice | None
    closing: EndReason | None


# By its own name a named tuple is made in twice the time, and periods are most of what the walk makes.
_made: Callable[[tuple[int, date, date, Basis, bool, Notice | None, None]], Period]
_made = partial(tuple.__new__, Period)


class Deadline(NamedTuple):
    """申出期限 of one period: the last day on which a notice can arrive in time, under every reading.

    `date` is the one printed: by the reading that the file names, else by the corresponding day (応当日).
    """

    period: Period
    printed: Reading
    date: dt.date

    @property
    def readings(self) -> Mapping[Reading, dt.date]:
        """The last day under every reading; a fixed day is the same under all."""
        clause, end = cast("Notice", self.period.notice), cast("date", self.period.end)
        return {reading: _latest(reading, clause, end) for reading in Reading}

    @property
    def safe(self) -> dt.date:
        """安全日: in time under every reading."""
        return min(self.readings.values())

    @property
    def latest(self) -> dt.date:
        """The latest day of all readings."""
        return max(self.readings.values())

    def verdict(self, day: dt.date) -> Verdict:
        """Judge a notice that arrives on `day`."""
        if day <= self.safe:
            return Verdict.SAFE
        return Verdict.CONTESTED if day <= self.latest else Verdict.LATE


def deadline(period: Period) -> Deadline | None:
    """Return the deadline to stop the renewal after `period`; None where silence renews nothing.

    It may lie before the period, or before the signing day: it is reported all the same.
    """
    clause, end = period.notice, period.end
    if clause is None or end is None:
        return None
    printed = clause.reading or _CORRESPONDING_DAY
    return Deadline(period, printed, _latest(printed, clause, end))


def _latest(reading: Reading, clause: Notice, end: date) -> date:
    """Return the last day on which a notice can arrive in time, as `reading` counts."""
    length = clause.before_end
    if length is not None:
        return latest_notice(reading, end, length)
    return cast("MonthDay", clause.by_date).on_or_before(end)


def first_counted_day(agreement: Agreement) -> date:
    """Return the day from which the first term is counted: a signing day itself is not (Art. 140)."""
    start = agreement.term.start
    return agreement.signed + ONE_DAY if start == "signing" else start


def walk(known: History, needed: date | None = None) -> Iterator[Period]:
    """Yield the periods in order, as far as events and silence carry the agreement; perhaps for ever.

    Those that are over before the day `needed` may be passed over, where others follow.
    """
    agreement = known.agreement
    term, clause = agreement.term, agreement.renewal
    stated = term.start
    if stated == "signing":  # a term from the signing day does not count it, yet is in force on it
        start, counted = agreement.signed, first_counted_day(agreement)
    else:
        start = counted = stated
    end = _stated_end(term, counted)
    if end is not None and clause is not None and clause.mode == "automatic" and not known.moves_a_day:
        return _unmoved(agreement, clause, start, end, needed)
    return _moved(known, _Step(1, start, end, _INITIAL))


def _unmoved(
    agreement: Agreement, clause: Renewal, start: date, end: date, needed: date | None
) -> Iterator[Period]:
    """Yield the periods of a chain that silence alone carries on; the first runs from `start` to `end`.

    One clause holds for all: none of the questions of `_moved` comes up.
    """
    notice = agreement.notice
    times, until = _bounds(agreement, clause)
    number, basis = 1, _INITIAL
    if needed is not None and end < needed and end < until:
        passed, first = _leapt(clause, end + ONE_DAY, min(needed, until))
        if passed < times:
            number, start, basis = 2 + passed, first, _AUTOMATIC
            end = _clause_end(clause, first)
    while number <= times and end < until:
        yield _made((number, start, end, basis, True, notice, None))
        number, start, basis = number + 1, end + ONE_DAY, _AUTOMATIC
        end = _clause_end(clause, start)
    end = min(end, until) if number > 1 else end  # the first term is never cut
    yield Period(number, start, end, basis, silent=False, notice=None, closing=EndReason.EXPIRED)


def _moved(known: History, step: _Step) -> Iterator[Period]:
    """Yield the periods from the first `step` on, each as everything known makes it."""
    stops = _stops(known) if known.notices or known.taken_back else []
    agreed = list(known.renewals)
    moves = [event for event in known.amendments if event.changes.term is not None]
    while True:
        end = _moved_end(known, step, moves) if moves else step.end
        if known.cut is not None and (end is None or known.cut.day <= end):
            if step.start <= known.cut.day:
                yield _last(step, known.cut.day, known.cut.reason)
            return
        if end is None:
            yield _last(step, None, None)
            return
        stopped = bool(stops) and _is_stopped(stops, step.number, end)
        following = _following(known, step.number, end, agreed, stopped=stopped)
        stopped = stopped and following is not None
        yield _period(known, step, end, following, stopped=stopped)
        if following is None or stopped:
            return
        step = following


class _Step(NamedTuple):
    """A period before its end is settled; `silent`: it follows the one before it if nobody speaks."""

    number: int
    start: date
    end: date | None
    basis: Basis
    silent: bool = False


def _last(step: _Step, end: date | None, closing: EndReason | None) -> Period:
    """Return a period that nothing can follow: one cut short, or one without an end."""
    return Period(step.number, step.start, end, step.basis, silent=False, notice=None, closing=closing)


def _period(known: History, step: _Step, end: date, following: _Step | None, *, stopped: bool) -> Period:
    """Return a period with an end of its own, `stopped` by a notice or not."""
    silent = following is not None and following.silent
    closing = EndReason.EXPIRED if following is None else None
    return Period(
        number=step.number,
        start=step.start,
        end=end,
        basis=step.basis,
        silent=silent and not stopped,
        notice=_notice_clause(known, end) if silent else None,
        closing=EndReason.NOTICE if stopped else closing,
    )


def _stated_end(term: Term | TermChange, first: date) -> date | None:
    """Return the end that a term states: a day is itself, a length runs from the first counted day."""
    length, end = term.length, term.end
    if length is not None:
        return last_day(first, length)
    return None if end == "indefinite" else end


def _moved_end(known: History, step: _Step, moves: list[AmendmentEvent]) -> date | None:
    """Return the period's end after the amendments of the term whose effective day falls in it.

    An amendment made after the period was over, as it then was, changes nothing of it. `moves` holds those
    not used yet: one that takes hold before the first day moves the first period, and each moves only one.
    """
    first = first_counted_day(known.agreement) if step.number == 1 else step.start
    made: list[AmendmentEvent] = []
    for event in sorted(moves, key=attrgetter("on")):
        over = _over(known, _end_after(made, step, first)[0])
        if over is None or event.on <= over:
            made.append(event)
            made.sort(key=attrgetter("effective"))
    end, used = _end_after(made, step, first)
    done = set(map(id, used))
    moves[:] = [
        event for event in moves if end is not None and event.effective > end and id(event) not in done
    ]
    return end


def _end_after(
    moves: Iterable[AmendmentEvent], step: _Step, first: date
) -> tuple[date | None, list[AmendmentEvent]]:
    """Return the period's end once `moves`, by effective day, have moved it, and those that could."""
    end, used = step.end, []
    for event in moves:
        if end is None or event.effective <= end:
            used.append(event)
            moved = _stated_end(cast("TermChange", event.changes.term), first)
            end = moved if moved is None or moved >= step.start else end
    return end, used


def _over(known: History, end: date | None) -> date | None:
    """Return the day on which a period is over that would run to `end`: it may be cut short before."""
    cut = known.cut
    return cut.day if cut is not None and (end is None or cut.day < end) else end


def _following(
    known: History, number: int, end: date, agreed: list[RenewalEvent], *, stopped: bool
) -> _Step | None:
    """Return what follows period `number`, which ends on `end`: agreed, or silent, or nothing.

    The renewal clause is the one that holds when the period ends; an amendment made after the following
    period was over, or the agreement if a notice has `stopped` it, changes nothing of it. `agreed` holds the
    recorded renewals not used yet, oldest first.
    """
    clause, latest = known.agreement.renewal, -1
    step = _renewed(known, clause, number, end, agreed)
    holding = [each for each in enumerate(known.amendments) if each[1].effective <= end]
    for position, event in sorted(holding, key=lambda each: each[1].on):
        over = end if step is None or stopped else _over(known, step.end)
        in_time = position > latest and (over is None or event.on <= over)
        if in_time and event.changes.renewal is not None:
            latest, clause = position, event.changes.renewal
            step = _renewed(known, clause, number, end, agreed)
    if agreed:
        _use(agreed, clause, end)
    return step


def _use(agreed: list[RenewalEvent], clause: Renewal | None, end: date) -> None:
    """Drop the recorded renewals that the period ending on `end` has used up."""
    if clause is not None and clause.mode == "automatic":
        agreed[:] = [event for event in agreed if event.on > end]
    else:
        del agreed[:1]


def _renewed(
    known: History, clause: Renewal | None, number: int, end: date, agreed: list[RenewalEvent]
) -> _Step | None:
    """Return the period after `number` under `clause`, None where nothing follows.

    In an automatic chain a recorded renewal confirms the period that follows the one in which it was agreed;
    otherwise the oldest one not used yet makes the next period.
    """
    start = end + ONE_DAY
    if clause is None or clause.mode != "automatic":
        return _agreed(clause, number, start, agreed[0], silent=False) if agreed else None
    silent = _silent(known, clause, number, start)
    if not agreed:
        return silent
    confirmed = [event for event in agreed if event.on <= end and _reaches(event, start)]
    if not confirmed:
        return silent
    event = confirmed[-1]
    if silent is not None and event.until is None and event.length is None:
        return silent._replace(basis=_RECORDED)
    return _agreed(clause, number, start, event, silent=silent is not None)


def _reaches(event: RenewalEvent, start: date) -> bool:
    """Tell whether a recorded renewal can make the period from `start` on: none ends before it begins."""
    return event.until is None or event.until >= start


def _agreed(
    clause: Renewal | None, number: int, start: date, event: RenewalEvent, *, silent: bool
) -> _Step | None:
    """Return the period that a recorded renewal makes: to its day, of its length, else of the clause's."""
    if event.until is not None:
        end = event.until if _reaches(event, start) else None
    elif event.length is not None:
        end = last_day(start, event.length)
    else:
        end = None if clause is None or not _states_end(clause) else _clause_end(clause, start)
    return None if end is None else _Step(number + 1, start, end, _RECORDED, silent)


def _silent(known: History, clause: Renewal, number: int, start: date) -> _Step | None:
    """Return the period that silence brings, within the clause's limit; the last one is cut to it."""
    times, until = _bounds(known.agreement, clause)
    if number > times or start > until:
        return None
    return _Step(number + 1, start, min(_clause_end(clause, start), until), _AUTOMATIC, silent=True)


def _bounds(agreement: Agreement, clause: Renewal) -> tuple[int, date]:
    """Return how often silence renews under `clause`, and up to which day; without a limit, for ever."""
    limit = clause.limit
    if limit is None:
        return maxsize, date.max
    until = limit.until if limit.total is None else last_day(first_counted_day(agreement), limit.total)
    return limit.times or maxsize, until or date.max


def _states_end(clause: Renewal) -> bool:
    """Tell whether the clause says how far a renewal runs; one by consent may leave it open."""
    return clause.length is not None or clause.to is not None


def _clause_end(clause: Renewal, start: date) -> date:
    """Return the end of a renewed period that begins on `start`, counted afresh from that day.

    An automatic renewal always states one.
    """
    length = clause.length
    if length is not None:
        return last_day(start, length)
    return cast("MonthDay", clause.to).on_or_after(start)


def _notice_clause(known: History, end: date) -> Notice | None:
    """Return the clause on objecting that holds for the period ending on `end`."""
    clause = known.agreement.notice
    for event in known.amendments:
        if max(event.effective, event.on) <= end and event.changes.notice is not None:
            clause = event.changes.notice
    return clause


def _leapt(clause: Renewal, start: date, needed: date) -> tuple[int, date]:
    """Return how many periods from `start` on may be passed over, and the first day of the one after them.

    Each of them is over before `needed`. All are alike, so they need no walk: months may be added at once to
    a day that no month lacks, for only from the 29th on can a start move (民法143条2項).
    """
    length = clause.length
    if length is None:
        to = cast("MonthDay", clause.to)
        year = to.on_or_after(needed).year
        passed = year - to.on_or_after(start).year
        return passed, to.in_year(year - 1) + ONE_DAY if passed else start
    months = length.months
    if months is None:
        passed, days = divmod((needed - start).days, length.days)
        return passed, needed - timedelta(days)
    if start.day > EVERY_MONTH:
        return 0, start
    apart = 12 * (needed.year - start.year) + needed.month - start.month - (needed.day < start.day)
    return apart // months, round_down(start, apart - apart % months)


def _stops(known: History) -> list[tuple[int, date | None]]:
    """Return the numbers of the periods that notices make the last, with the day a notice was taken back."""
    given = [(notice, None) for notice in known.notices]
    back = [(taken.notice, taken.on) for taken in known.taken_back]
    judged = [(_stopped_by(notice, known.as_of), on) for notice, on in (*given, *back)]
    return [(number, on) for number, on in judged if number is not None]


def _is_stopped(stops: list[tuple[int, date | None]], number: int, end: date) -> bool:
    """Tell whether a notice ends the agreement with this period; taken back after `end` it still does."""
    return any(stop == number and (back is None or back > end) for stop, back in stops)


def _stopped_by(notice: OpenNotice, as_of: date) -> int | None:
    """Return the number of the period that `notice` makes the last, by what was known when it was given.

    That is the earliest period, from the current one on, whose printed deadline it met; if the other party
    accepted it, the current one. None: it has not arrived yet, or silence renews nothing that it could stop.
    """
    event = notice.event
    for period in walk(notice.known, min(event.on, event.arrived or event.on)):
        day = arrival(event, period.notice)
        if period.end is None or day > as_of:
            return None
        if day > period.end:
            continue
        if event.accepted:
            return period.number
        due = deadline(period)
        if due is not None and day <= due.date:
            return period.number if _entitled(event, period.notice) else None
        if due is None and period.end >= settled(notice.known):
            return None
    return None


def _entitled(event: NoticeEvent, clause: Notice | None) -> bool:
    """Tell whether the clause lets this party object."""
    return clause is not None and (clause.by == "either" or event.by in clause.by)


def settled(known: History) -> date:
    """Return a day from which on no recorded amendment changes the clauses any more."""
    return max((event.effective for event in known.amendments), default=known.as_of)
