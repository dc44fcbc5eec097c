"""The rows behind every answer: one function per question. JSON, tables and exports all show these rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from kyotei.dates.counting import ONE_DAY, Reading, backwards, last_day, round_down
from kyotei.dates.length import Length, Unit
from kyotei.history import last_looked, parties
from kyotei.term import Silence, State, periods, standing
from kyotei.walk import deadline

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kyotei.dates.closed_days import ActBy, OfficeCalendar
    from kyotei.entry import Entry
    from kyotei.model import Agreement, Party
    from kyotei.term import Standing
    from kyotei.walk import Deadline, Period

MISSED_AHEAD = 12
"""Periods ahead whose deadline may have passed already: a notice may be due long before its period."""

COMING = 2
"""Deadlines of an agreement that a calendar shows: whoever lets the next one pass sees the one after."""

SOON = Length(90, Unit.DAYS)
"""The time within which the head of `status` counts what is due, and a day counts as urgent."""


@dataclass(frozen=True, slots=True)
class Due:
    """A day on which something must have been done, and the last open office day to do it (実務期限)."""

    kind: Literal["objection", "expiry"]
    period: Period
    date: dt.date
    safe: dt.date
    latest: dt.date
    reading: Reading | None
    act_by: ActBy
    as_of: dt.date

    @property
    def days_left(self) -> int:
        """Days from the day asked for to the deadline."""
        return (self.date - self.as_of).days

    @property
    def days_to_act(self) -> int | None:
        """Days to the act-by day; negative once it has passed, None beyond the calendar's data."""
        return None if self.act_by.day is None else (self.act_by.day - self.as_of).days

    @property
    def urgent_from(self) -> dt.date:
        """The day by which to sort and to filter: the act-by day, or the safe day where that is unknown."""
        return self.act_by.day or self.safe


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One agreement on the day asked for."""

    entry: Entry
    parties: tuple[Party, ...]
    standing: Standing
    due: Due | None
    coming: Period | None = None
    """The first period of an agreement that is not in force yet."""
    looked: date | None = None
    """The last day on which somebody looked at it, where that was asked for."""

    @property
    def agreement(self) -> Agreement:
        """The agreement itself."""
        return self.entry.agreement


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One day that somebody must mind, and what happens if nobody does."""

    status: StatusRow
    due: Due
    silence: Silence


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One period of a chain, seen from the day asked for."""

    period: Period
    standing: Literal["past", "current", "future"]
    due: Due | None


def status_row(entry: Entry, as_of: date, calendar: OfficeCalendar) -> StatusRow:
    """Return how one agreement stands."""
    stands = standing(entry.agreement, as_of)
    due = None if stands.deadline is None else objection(stands.deadline, as_of, calendar)
    coming = periods(entry.agreement, as_of, future=1) if stands.state is State.PENDING else []
    return StatusRow(entry, parties(entry.agreement, as_of), stands, due, next(iter(coming), None))


def status_rows(entries: Iterable[Entry], as_of: date, calendar: OfficeCalendar) -> list[StatusRow]:
    """Return how every agreement stands, in the register's order (by id)."""
    return [status_row(entry, as_of, calendar) for entry in entries]


def deadline_rows(
    rows: Iterable[StatusRow], as_of: date, within: Length, calendar: OfficeCalendar
) -> list[DeadlineRow]:
    """Return what is due: each agreement's next objection and its expiry, by act-by day."""
    last = horizon(as_of, within)
    found = [due for row in rows for due in _dues(row, as_of, calendar)]
    return sorted(
        (due for due in found if as_of <= due.due.date and due.due.urgent_from <= last), key=soonest
    )


def soonest(row: DeadlineRow) -> tuple[date, date, str]:
    """Return by what to sort what is due: its act-by day first."""
    return row.due.urgent_from, row.due.date, row.status.agreement.id


def coming_rows(
    row: StatusRow, as_of: date, calendar: OfficeCalendar, count: int = COMING
) -> list[DeadlineRow]:
    """Return the next `count` deadlines to object, in order, and the end if it comes before the last of them.

    All but the first stand under the condition that nobody objects before; so does an unsettled end.
    """
    found: list[DeadlineRow] = []
    chain = periods(row.agreement, as_of, future=MISSED_AHEAD)
    ahead = [period for period in chain if period.end is None or period.end >= as_of]
    for period, following in zip(ahead, [*ahead[1:], None], strict=False):  # of none, none
        due = deadline(period)
        if period.closing is not None and period.end is not None:
            silence = Silence("ends", period.end)
            found.append(DeadlineRow(row, _expiry(period, period.end, as_of, calendar), silence))
        elif following is not None and due is not None and due.date >= as_of:
            silence = Silence("renews", following.end, following)
            found.append(DeadlineRow(row, objection(due, as_of, calendar), silence))
        if len(found) == count:
            break
    return found


def soon(rows: Iterable[StatusRow], as_of: date, calendar: OfficeCalendar) -> int:
    """Return how many agreements have something due within 90 days."""
    due = deadline_rows(rows, as_of, SOON, calendar)
    return len({id(row.status) for row in due})


def horizon(as_of: date, within: Length) -> date:
    """Return the last day within a length of the day asked for; a day that a month lacks is its last."""
    if within.months is None:
        return last_day(as_of + ONE_DAY, within)
    return round_down(as_of, within.months)


def chain_rows(entry: Entry, as_of: date, calendar: OfficeCalendar, *, future: int) -> list[ChainRow]:
    """Return every period up to the current one and `future` more."""
    found = periods(entry.agreement, as_of, future=future)
    return [ChainRow(period, _when(period, as_of), _chain_due(period, as_of, calendar)) for period in found]


def objection(found: Deadline, as_of: date, calendar: OfficeCalendar) -> Due:
    """Return a deadline with its act-by day: the last open day on or before the safe day."""
    return Due(
        kind="objection",
        period=found.period,
        date=found.date,
        safe=found.safe,
        latest=found.latest,
        reading=found.printed,
        act_by=calendar.act_by(found.safe),
        as_of=as_of,
    )


def _dues(row: StatusRow, as_of: date, calendar: OfficeCalendar) -> list[DeadlineRow]:
    """Return the next objection of an agreement, and its expiry once it is ending."""
    stands, found = row.standing, []
    if row.due is not None and stands.locked is not None:
        found.append(DeadlineRow(row, row.due, stands.locked))
    if stands.ends is not None and stands.period is not None:
        found.append(DeadlineRow(row, _expiry(stands.period, stands.ends, as_of, calendar), stands.silence))
    return found


def _expiry(period: Period, end: date, as_of: date, calendar: OfficeCalendar) -> Due:
    return Due("expiry", period, end, end, end, None, calendar.act_by(end), as_of)


def _when(period: Period, as_of: date) -> Literal["past", "current", "future"]:
    if period.start > as_of:
        return "future"
    return "past" if period.end is not None and period.end < as_of else "current"


def _chain_due(period: Period, as_of: date, calendar: OfficeCalendar) -> Due | None:
    found = deadline(period)
    return None if found is None else objection(found, as_of, calendar)


def filtered(rows: Iterable[StatusRow], states: Iterable[State], party: str, tag: str) -> list[StatusRow]:
    """Keep the rows in one of `states`, with `party` in a party's name, and with the tag; empty keeps all."""
    wanted = set(states)
    return [
        row
        for row in rows
        if (not wanted or row.standing.state in wanted)
        and any(party in signer.name for signer in row.parties)
        and (not tag or tag in row.agreement.tags)
    ]


def stale_rows(rows: Iterable[StatusRow], as_of: date, age: Length) -> list[StatusRow]:
    """Keep the agreements in force that nobody has reviewed or confirmed for so long, and say since when."""
    since = backwards(as_of, age)
    standing_ones = (row for row in rows if row.standing.state not in {State.PENDING, State.ENDED})
    looked = ((row, last_looked(row.agreement, as_of)) for row in standing_ones)
    return [replace(row, looked=day) for row, day in looked if day <= since]


def missed_rows(
    rows: Iterable[StatusRow], as_of: date, within: Length, calendar: OfficeCalendar
) -> list[DeadlineRow]:
    """Return the objection deadlines that passed in silence within a length before the day, latest first."""
    first = backwards(as_of, within)
    found = [missed for row in rows for missed in _missed(row, as_of, calendar)]
    return sorted((missed for missed in found if first <= missed.due.date), key=latest)


def latest(row: DeadlineRow) -> tuple[int, str]:
    """Return by what to sort what was missed: the latest deadline first."""
    return -row.due.date.toordinal(), row.status.agreement.id


def _missed(row: StatusRow, as_of: date, calendar: OfficeCalendar) -> Iterator[DeadlineRow]:
    for period, following in pairwise(periods(row.agreement, as_of, future=MISSED_AHEAD)):
        passed = deadline(period)
        if period.silent and passed is not None and passed.date < as_of:
            silence = Silence("renews", following.end, following)
            yield DeadlineRow(row, objection(passed, as_of, calendar), silence)


def secrecy(row: StatusRow) -> date | Literal["indefinitely"] | None:
    """Return until when confidentiality binds, counted from the day after the end; None: no longer."""
    ended, clause = row.standing.ended, row.agreement.confidentiality
    if ended is None or clause is None or clause.survives is None:
        return None
    if clause.survives == "indefinitely":
        return "indefinitely"
    return last_day(ended.on + ONE_DAY, clause.survives)
