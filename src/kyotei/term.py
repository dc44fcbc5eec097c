"""Periods, deadlines and standing: how an agreement lives, day by day. No disk, no clock, no prose."""

from __future__ import annotations

from enum import StrEnum
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from kyotei.dates.counting import ONE_DAY, last_day
from kyotei.history import EndReason, history, termination_clause
from kyotei.walk import deadline, settled, walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kyotei.history import Cut, History
    from kyotei.model import Agreement
    from kyotei.walk import Deadline, Period


class State(StrEnum):
    """How an agreement stands on a day."""

    PENDING = "pending"
    IN_FORCE = "in-force"
    RENEWING = "renewing"
    ENDING = "ending"
    ENDED = "ended"


_PENDING, _IN_FORCE, _RENEWING, _ENDING, _ENDED = State  # found more quickly than in the enumeration


class Silence(NamedTuple):
    """What happens at a period's end if nobody acts: it renews (`following`), or ends on `end`."""

    outcome: Literal["renews", "ends"] | None
    end: date | None = None
    following: Period | None = None


class Ended(NamedTuple):
    """The last day of an agreement that is over, and why."""

    on: date
    reason: EndReason


class Standing(NamedTuple):
    """How `agreement` stands on `as_of`.

    `period` is the current one: None before the first, and after the last.
    `deadline` is the next on which a renewal can still be stopped, `locked` the renewal that it stops.
    """

    agreement: Agreement
    as_of: date
    state: State
    period: Period | None
    silence: Silence
    deadline: Deadline | None = None
    locked: Silence | None = None
    ended: Ended | None = None

    @property
    def ends(self) -> date | None:
        """The last day, once the state is `ending`."""
        return self.period.end if self.period is not None and self.state is _ENDING else None


def standing(agreement: Agreement, as_of: date) -> Standing:
    """Return how `agreement` stands on `as_of`, knowing only the events dated on or before it."""
    known = history(agreement, as_of)
    following = walk(known, as_of)
    last = None
    for period in following:
        if period.end is None or as_of <= period.end:
            return _standing_in(known, period, following)
        last = period
    return _standing_without(known, last)


def periods(agreement: Agreement, as_of: date, *, future: int) -> list[Period]:
    """Return the periods from the first to the current one and `future` more, as far as silence carries."""
    found = walk(history(agreement, as_of))
    begun: list[Period] = []
    for period in found:
        if period.start > as_of:
            return [*begun, *islice(chain([period], found), future)]
        begun.append(period)
    return begun


def earliest_termination(agreement: Agreement, as_of: date) -> date | None:
    """Return the last day of the agreement if a notice of termination at will arrived on `as_of`.

    The length of notice runs forward from the day after arrival (Art. 140); without one the agreement ends on
    arrival. None where the text has no such clause.
    """
    clause = termination_clause(agreement, as_of)
    if clause is None:
        return None
    return as_of if clause.notice is None else last_day(as_of + ONE_DAY, clause.notice)


def _standing_in(known: History, period: Period, coming: Iterator[Period]) -> Standing:
    """Stand in (or, while pending, before) `period`; `coming` yields what follows it."""
    agreement, as_of = known.agreement, known.as_of
    silence, own = _silence(period, next(coming, None)), deadline(period)
    due, locked = _next_deadline(known, period, own, silence, coming)
    if as_of < period.start:
        return Standing(agreement, as_of, _PENDING, None, silence, due, locked)
    return Standing(agreement, as_of, _state(period, own, as_of), period, silence, due, locked)


def _standing_without(known: History, last: Period | None) -> Standing:
    """Stand after the last period, or beside an agreement terminated before its first day."""
    if last is None and known.cut is not None and known.as_of <= known.cut.day:
        return Standing(known.agreement, known.as_of, _PENDING, None, Silence(None))
    ended = _ended(known, last)
    return Standing(known.agreement, known.as_of, _ENDED, None, Silence(None), ended=ended)


def _ended(known: History, last: Period | None) -> Ended:
    if last is None:
        cut = cast("Cut", known.cut)  # nothing else leaves no period at all
        return Ended(cut.day, cut.reason)
    return Ended(cast("date", last.end), cast("EndReason", last.closing))  # it is over, and nothing followed


def _state(period: Period, due: Deadline | None, as_of: date) -> State:
    """Name the state within `period`: whether it is the last, and whether that can change until `due`."""
    if period.closing is not None:
        return _ENDING
    if not period.silent:
        return _IN_FORCE if period.end is None else _RENEWING
    return _RENEWING if due is not None and due.date < as_of else _IN_FORCE


def _silence(period: Period, following: Period | None) -> Silence:
    if following is not None:
        return Silence("renews", following.end, following)
    return Silence(None) if period.end is None else Silence("ends", period.end)


def _next_deadline(
    known: History, period: Period, due: Deadline | None, silence: Silence, coming: Iterator[Period]
) -> tuple[Deadline | None, Silence | None]:
    """Return the earliest deadline on or after `as_of`, and the renewal that it stops.

    `due` is the deadline of `period`, `silence` what comes after that, and `coming` yields what follows then.
    """
    while silence.following is not None and period.end is not None:
        if due is not None and due.date >= known.as_of:
            return due, silence
        if due is None and period.end >= settled(known):
            break
        period = silence.following
        due, silence = deadline(period), _silence(period, next(coming, None))
    return None, None
