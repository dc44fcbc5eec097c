"""A notice of termination before it is sent: whether it would stop a renewal, and which.

The engine judges it as it would judge the notice recorded: it is put among the events and the chain is
walked. No disk, no clock, no prose.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from kyotei.explain.said import Minded, Said, say
from kyotei.history import EndReason, history, parties
from kyotei.model import NoticeEvent, WithdrawalEvent
from kyotei.moved import AHEAD, fares
from kyotei.term import State, periods, standing
from kyotei.walk import Verdict

if TYPE_CHECKING:
    from datetime import date

    from kyotei.explain.said import Value
    from kyotei.history import Cut
    from kyotei.model import Agreement, Notice
    from kyotei.moved import Fare
    from kyotei.term import Standing
    from kyotei.walk import Deadline, Period


class NothingStopped(Exception):  # noqa: N818 (the notice is refused, with its reasons)
    """The notice would stop nothing, or not what was asked for: messages of the section [letter]."""

    def __init__(self, *said: Said) -> None:
        super().__init__(*said)
        self.said = said


@dataclass(frozen=True, slots=True)
class Effect:
    """What a notice would do: end the agreement with `last`, so that `unborn` never comes.

    `day` is the day that counts for it, `due` the deadline that it meets, `missed` an earlier one that it
    does not.
    """

    day: date
    due: Deadline
    last: Period
    unborn: Period
    missed: Fare | None

    @property
    def clause(self) -> Notice:
        """The clause by which the notice is given; without one there is no deadline."""
        return cast("Notice", self.due.period.notice)

    @property
    def ends(self) -> date:
        """The last day of the agreement; a period that another would follow has an end."""
        return cast("date", self.last.end)

    @property
    def contested(self) -> bool:
        """Whether some readings hold it to be late."""
        return self.due.verdict(self.day) is Verdict.CONTESTED


def effect(agreement: Agreement, event: NoticeEvent, as_of: date, ends: date | None = None) -> Effect:
    """Return what a notice would do, by what is known on `as_of` or, if later, on its arrival.

    It must end the agreement with the period in which it arrives; another end must be asked for by its day,
    `ends`. Raises NothingStopped.
    """
    if event.on < agreement.signed:
        raise NothingStopped(say("before-signing", on=event.on, signed=agreement.signed))
    known_on = max(as_of, event.on, event.arrived or event.on)
    stands = standing(agreement, known_on)
    _refuse_if_settled(agreement, stands)
    found = _effect(agreement, event, stands)
    if found.ends < as_of:
        raise NothingStopped(say("past", day=Minded(found.day), end=found.ends, today=as_of))
    _refuse_another_end(found, ends)
    return found


def _refuse_if_settled(agreement: Agreement, stands: Standing) -> None:
    """Refuse a notice where the agreement is over, or its end is settled without one."""
    chain = periods(agreement, stands.as_of, future=AHEAD)
    if stands.ended is not None:
        raise NothingStopped(say("ended", end=stands.ended.on))
    if not chain:  # terminated before its first day
        cut = cast("Cut", history(agreement, stands.as_of).cut)
        raise NothingStopped(say("ends", end=cut.day))
    if given := _given_already(agreement, stands.as_of):
        raise NothingStopped(given)
    if stands.state is State.ENDING:
        expires = chain[-1].closing is EndReason.EXPIRED
        raise NothingStopped(say("ends-expired" if expires else "ends", end=stands.ends))


def _given_already(agreement: Agreement, as_of: date) -> Said | None:
    """Name the open notice that ends the agreement first, though it may still be under way."""
    found = []
    for given in history(agreement, as_of).notices:
        event = given.event
        last = _ended_by(agreement, event, max(as_of, event.arrived or event.on))
        if last is not None and last.end is not None:
            found.append((last.end, event))
    if not found:
        return None
    end, event = min(found, key=itemgetter(0))
    by = next(party for party in parties(agreement, as_of) if party.role == event.by)
    return say("ends-notice", on=event.on, by=by, end=end)


def _ended_by(agreement: Agreement, event: NoticeEvent, as_of: date) -> Period | None:
    """Return the period that a notice makes the last, as the engine judges it; others are left aside."""
    others = (each for each in agreement.events if not isinstance(each, NoticeEvent | WithdrawalEvent))
    alone = agreement.model_copy(update={"events": (*others, event)})
    chain = periods(alone, as_of, future=AHEAD)
    return chain[-1] if chain and chain[-1].closing is EndReason.NOTICE else None


def _effect(agreement: Agreement, event: NoticeEvent, stands: Standing) -> Effect:
    """Return what the notice does. Raises NothingStopped where that is nothing."""
    found = list(fares(agreement, event))
    met = next((fare for fare in found if fare.day <= fare.due.date), None)
    if met is None:
        raise NothingStopped(*_too_late(found[0])) if found else NothingStopped(_unstoppable(stands))
    clause = cast("Notice", met.due.period.notice)  # no deadline without
    if clause.by != "either" and event.by not in clause.by:
        raise NothingStopped(_not_entitled(agreement, event, clause))
    chain = periods(agreement, stands.as_of, future=AHEAD)
    last = _ended_by(agreement, event, stands.as_of)
    if last is None:  # what became known since it was given ends the agreement before
        raise NothingStopped(say("ends", end=chain[-1].end))
    unborn = next(period for period in chain if period.number == last.number + 1)
    return Effect(met.day, met.due, last, unborn, missed=None if met is found[0] else found[0])


def _unstoppable(stands: Standing) -> Said:
    """Say why no notice can stop anything."""
    chain = periods(stands.agreement, stands.as_of, future=AHEAD)
    if chain[-1].end is None:
        return say("no-end")
    return say("no-clause" if any(period.silent for period in chain) else "no-renewal")


def _not_entitled(agreement: Agreement, event: NoticeEvent, clause: Notice) -> Said:
    named = parties(agreement, event.on)
    entitled = tuple(party for party in named if party.role in clause.by)
    by = next(party for party in named if party.role == event.by)
    return say("not-entitled", by=by, parties=entitled)


def _too_late(first: Fare) -> list[Said]:
    """Say that nothing is left to stop: the renewal that has become certain is the last one."""
    return [_missed("late-last", first), *_still_argued(first)]


def _missed(name: str, fare: Fare, **more: Value) -> Said:
    period = fare.due.period
    values: dict[str, Value] = {"day": Minded(fare.day), "date": Minded(fare.due.date)}
    return Said(name, {**values, "period": period, "end": period.end, **more})


def _still_argued(fare: Fare) -> list[Said]:
    """Say that by some readings a notice would not be late yet."""
    return [] if fare.verdict is Verdict.LATE else [say("late-latest", latest=Minded(fare.due.latest))]


def _refuse_another_end(found: Effect, ends: date | None) -> None:
    """Refuse a notice that ends the agreement on another day than the one asked for, or than expected."""
    last = found.last
    if ends is not None:
        if ends != last.end:
            raise NothingStopped(say("ends-differ", day=Minded(found.day), asked=ends, end=last.end))
    elif found.missed is not None:
        late = _missed("late", found.missed, last=last, ends=last.end)
        raise NothingStopped(late, *_still_argued(found.missed))
    elif found.day < last.start:
        raise NothingStopped(say("early", day=Minded(found.day), last=last, start=last.start, ends=last.end))
