"""What is asked, and what the engine answers: one agreement on one day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.history import history
from kyotei.term import State, periods, standing
from kyotei.walk import deadline

if TYPE_CHECKING:
    from datetime import date

    from kyotei.dates.closed_days import OfficeCalendar
    from kyotei.history import History
    from kyotei.model import Agreement
    from kyotei.term import Standing
    from kyotei.walk import Period

AHEAD = 50
"""Periods to look ahead: what events and limits do shows within them, and the calendar does not run out."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One agreement, and the day asked for."""

    agreement: Agreement
    as_of: date


@dataclass(frozen=True, slots=True)
class Case(Asked):
    """What the steps are made of. `chain` holds the periods to the current one and the next fifty."""

    calendar: OfficeCalendar
    known: History
    stands: Standing
    chain: tuple[Period, ...]

    @property
    def period(self) -> Period | None:
        """The period to explain: the current one; before the first one that, after the last one that."""
        begun = [period for period in self.chain if period.start <= self.as_of]
        return begun[-1] if begun else next(iter(self.chain), None)

    @property
    def ahead(self) -> tuple[Period, ...]:
        """The periods from the one to explain on."""
        return tuple(period for period in self.chain if self.period and period.number >= self.period.number)

    @property
    def ended(self) -> bool:
        """Whether the agreement is over."""
        return self.stands.state is State.ENDED

    @property
    def last(self) -> date | None:
        """The day on which the agreement ends or ended, where that is settled."""
        return self.stands.ended.on if self.stands.ended else self.stands.ends

    @property
    def unstoppable(self) -> bool:
        """Whether a renewal to come follows by silence, and no clause lets a notice stop it."""
        return any(period.silent and period.notice is None for period in self.ahead) and not self.ended

    @property
    def may_end_with(self) -> Period | None:
        """The earliest period that can still be the last: it is, or its deadline has not passed."""
        for period in self.ahead:
            due = deadline(period)
            if period.closing is not None or (due is not None and due.date >= self.as_of):
                return period
        return None


def case_of(agreement: Agreement, as_of: date, calendar: OfficeCalendar) -> Case:
    """Ask the engine all that the steps need."""
    chain = tuple(periods(agreement, as_of, future=AHEAD))
    known, stands = history(agreement, as_of), standing(agreement, as_of)
    return Case(agreement, as_of, calendar, known, stands, chain)
