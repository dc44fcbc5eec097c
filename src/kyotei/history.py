"""What the file knew on a day: the events up to it, folded into the facts that shape the periods.

No disk, no clock, no prose. Events dated later than the day asked for are not known yet.
"""

from __future__ import annotations

from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kyotei.model import (
        Agreement,
        AmendmentEvent,
        Event,
        Notice,
        NoticeEvent,
        Party,
        RenewalEvent,
        Termination,
    )


class EndReason(StrEnum):
    """Why an agreement ended, or will."""

    EXPIRED = "expired"
    NOTICE = "notice"
    TERMINATION = "termination"
    SUPERSEDED = "superseded"


class Cut(NamedTuple):
    """A day on which the agreement ends whatever its periods say, and why."""

    day: date
    reason: EndReason


class OpenNotice(NamedTuple):
    """A notice not taken back, with what was known when it was given: its effect is judged by that."""

    event: NoticeEvent
    known: History


class TakenBack(NamedTuple):
    """A notice taken back on a day. That comes too late where the notice had ended the agreement before."""

    notice: OpenNotice
    on: date


class History(NamedTuple):
    """The facts known on a day. `amendments` are sorted by effective day, `renewals` by the day agreed."""

    agreement: Agreement
    as_of: date
    amendments: tuple[AmendmentEvent, ...] = ()
    renewals: tuple[RenewalEvent, ...] = ()
    notices: tuple[OpenNotice, ...] = ()
    taken_back: tuple[TakenBack, ...] = ()
    cut: Cut | None = None

    @property
    def moves_a_day(self) -> bool:
        """Tell whether anything is known beside the text: reviews and successions leave all days alone."""
        return any(self[2:])  # what stands behind the agreement and the day


def history(agreement: Agreement, as_of: date) -> History:
    """Return what was known of `agreement` at the end of `as_of`."""
    known = History(agreement, as_of)
    if agreement.events:
        for event in known_events(agreement, as_of):
            known = _told(known, event)
    return known


def known_events(agreement: Agreement, as_of: date) -> Iterable[Event]:
    """Return the events dated on or before `as_of`, oldest first; those of one day in the file's order."""
    return sorted([event for event in agreement.events if event.on <= as_of], key=attrgetter("on"))


def _told(known: History, event: Event) -> History:
    """Add one event to what is known; a succession or a review moves no day."""
    if event.type == "notice":
        given = OpenNotice(event, known._replace(notices=(), taken_back=(), cut=None))
        known = known._replace(notices=(*known.notices, given))
    elif event.type == "withdrawal":
        back = tuple(TakenBack(notice, event.on) for notice in known.notices[-1:])
        known = known._replace(notices=known.notices[:-1], taken_back=(*known.taken_back, *back))
    elif event.type == "renewal":
        known = known._replace(renewals=(*known.renewals, event))
    elif event.type == "amendment":
        amendments = sorted((*known.amendments, event), key=attrgetter("effective"))
        known = known._replace(amendments=tuple(amendments))
    elif event.type == "termination":
        known = _ended_by(known, event, Cut(event.effective, EndReason.TERMINATION))
    elif event.type == "superseded":
        known = _ended_by(known, event, Cut(event.on, EndReason.SUPERSEDED))
    return known


def _ended_by(known: History, event: Event, cut: Cut) -> History:
    """End the agreement on the day of `cut`: what is recorded later wins, unless it had ended by then."""
    return known if known.cut is not None and known.cut.day < event.on else known._replace(cut=cut)


def arrival(event: NoticeEvent, clause: Notice | None) -> date:
    """Return the day that counts for a notice: its arrival (民法97条), or dispatch if the clause says so."""
    if clause is not None and clause.effective == "dispatch":
        return event.on
    return event.arrived or event.on


def parties(agreement: Agreement, as_of: date) -> tuple[Party, ...]:
    """Return the parties as named on `as_of`: a succession changes the name, the role stays."""
    named = {party.role: party for party in agreement.parties}
    for event in known_events(agreement, as_of):
        if event.type == "succession" and event.party in named:
            update = {"name": event.name, "representative": event.representative}
            named[event.party] = named[event.party].model_copy(update=update)
    return tuple(named.values())


def termination_clause(agreement: Agreement, as_of: date) -> Termination | None:
    """Return the clause on termination at will that holds on `as_of`."""
    clause = agreement.termination
    for event in history(agreement, as_of).amendments:
        if event.effective <= as_of and event.changes.termination is not None:
            clause = event.changes.termination
    return clause


def last_looked(agreement: Agreement, as_of: date) -> date:
    """Return the last day on which somebody looked at it: signed, reviewed, renewed or amended it."""
    looks = {"review", "renewal", "amendment"}
    days = [event.on for event in agreement.events if event.type in looks and event.on <= as_of]
    return max(days, default=agreement.signed)
