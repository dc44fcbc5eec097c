"""What one event moved: the facts that somebody plans by, before and after, and how a notice fares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.history import arrival
from kyotei.model import AmendmentEvent, RenewalEvent
from kyotei.term import periods
from kyotei.walk import deadline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kyotei.model import Agreement, NoticeEvent
    from kyotei.tables import StatusRow
    from kyotei.term import Standing
    from kyotei.walk import Deadline, Verdict

FACTS = ("state", "period-end", "deadline", "act-by", "renewal", "ends")
"""The facts compared, in the order in which they are shown; all but the state are days."""
AHEAD = 12
"""Periods ahead in which a deadline, or the end of an agreement, is looked for."""


@dataclass(frozen=True, slots=True)
class Move:
    """One fact before and after; None where there is none."""

    fact: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Fare:
    """The day that counts for a notice, and the deadline by which it is judged first."""

    day: date
    due: Deadline

    @property
    def verdict(self) -> Verdict:
        """Whether it is safe, contested or late by that deadline."""
        return self.due.verdict(self.day)


def facts(row: StatusRow | None) -> dict[str, str | None]:
    """Return the facts of an agreement; all None for one that is not in the register."""
    if row is None:
        return dict.fromkeys(FACTS)
    stands, following = row.standing, row.standing.silence.following
    days = {
        "period-end": None if stands.period is None else stands.period.end,
        "deadline": None if row.due is None else row.due.date,
        "act-by": None if row.due is None else row.due.act_by.day,
        "renewal": None if following is None else following.end,
        "ends": _end(stands),
    }
    return {"state": stands.state.value, **{name: _written(day) for name, day in days.items()}}


def moves(before: StatusRow | None, after: StatusRow | None) -> list[Move]:
    """Return the facts that differ."""
    old, new = facts(before), facts(after)
    return [Move(fact, old[fact], new[fact]) for fact in FACTS if old[fact] != new[fact]]


def fare(agreement: Agreement, event: NoticeEvent) -> Fare | None:
    """Return how a notice fares by the first deadline from the period on in which it takes effect.

    None where no notice could stop anything.
    """
    return next(fares(agreement, event), None)


def fares(agreement: Agreement, event: NoticeEvent) -> Iterator[Fare]:
    """Yield how a notice fares by each deadline from the period on in which it takes effect.

    As the engine does, by the renewals and amendments known when it was given: other notices say nothing of
    it.
    """
    known = [
        each
        for each in agreement.events
        if isinstance(each, RenewalEvent | AmendmentEvent) and each.on <= event.on
    ]
    bare = agreement.model_copy(update={"events": tuple(known)})
    for period in periods(bare, max(event.on, event.arrived or event.on), future=AHEAD):
        due, day = deadline(period), arrival(event, period.notice)
        if due is not None and period.end is not None and day <= period.end:
            yield Fare(day, due)


def _written(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _end(stands: Standing) -> date | None:
    """Return the day on which the agreement ended, or will as far as known; None while it renews."""
    if stands.ended is not None:
        return stands.ended.on
    found = periods(stands.agreement, stands.as_of, future=AHEAD)
    return found[-1].end if found and found[-1].closing is not None else None
