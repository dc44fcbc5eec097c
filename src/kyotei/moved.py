"""What moved between two standings of one agreement: the facts that somebody plans by, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.term import Standing, periods

if TYPE_CHECKING:
    from datetime import date

    from kyotei.tables import StatusRow

FACTS = ("state", "period-end", "deadline", "act-by", "renewal", "ends")
"""The facts compared, in the order in which they are shown; all but the state are days."""
AHEAD = 12
"""Periods ahead in which the end of an agreement is looked for."""


@dataclass(frozen=True, slots=True)
class Move:
    """One fact before and after; None where there is none."""

    fact: str
    before: str | None
    after: str | None


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
    return {"state": stands.state.value, **{name: day and day.isoformat() for name, day in days.items()}}


def moves(before: StatusRow | None, after: StatusRow | None) -> list[Move]:
    """Return the facts that differ."""
    old, new = facts(before), facts(after)
    return [Move(fact, old[fact], new[fact]) for fact in FACTS if old[fact] != new[fact]]


def _end(stands: Standing) -> date | None:
    """Return the day on which the agreement ended, or will as far as is known; None while it goes on renewing."""
    if stands.ended is not None:
        return stands.ended.on
    found = periods(stands.agreement, stands.as_of, future=AHEAD)
    return found[-1].end if found and found[-1].closing is not None else None
