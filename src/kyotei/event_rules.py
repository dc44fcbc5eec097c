"""What must hold among events: each is judged by how the agreement stood, as known, just before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyotei.dates.counting import ONE_DAY
from kyotei.diagnostics import Severity
from kyotei.history import arrival, history
from kyotei.model import (
    AmendmentEvent,
    NoticeEvent,
    RenewalEvent,
    SupersededEvent,
    TerminationEvent,
    WithdrawalEvent,
)
from kyotei.term import State, periods, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.model import Agreement, Event
    from kyotei.register import Register

ERROR, WARNING = Severity.ERROR, Severity.WARNING
ACTING = NoticeEvent | WithdrawalEvent | TerminationEvent | AmendmentEvent | RenewalEvent
AHEAD = 12
"""How many periods ahead an event is looked for an effect."""


def event_out_of_order(entry: Entry) -> Iterator[Diagnostic]:
    """An event stands after one of a later day; people who read the file from the top are misled."""
    latest: date | None = None
    for number, event in enumerate(entry.agreement.events):
        if latest is not None and event.on < latest:
            values = {"day": str(event.on), "latest": str(latest)}
            yield entry.finding(WARNING, "event-out-of-order", ("events", number, "on"), **values)
        latest = event.on if latest is None else max(latest, event.on)


def event_before_signing(entry: Entry) -> Iterator[Diagnostic]:
    """An event lies before the signing day, when there was nothing that it could act on."""
    signed = entry.agreement.signed
    for number, event in enumerate(entry.agreement.events):
        if event.on < signed:
            values = {"day": str(event.on), "signed": str(signed)}
            yield entry.finding(ERROR, "event-before-signing", ("events", number, "on"), **values)


def event_after_end(entry: Entry) -> Iterator[Diagnostic]:
    """An event would act on an agreement that had ended before: one of the two is wrong, or a renewal is missing."""
    for number, event, before in _told(entry.agreement, ACTING):
        ended = standing(before, event.on).ended
        if ended is not None and not _may_follow_the_end(event, before):
            values = {"type": event.type, "day": str(event.on), "end": str(ended.on)}
            yield entry.finding(ERROR, "event-after-end", ("events", number, "on"), **values)


def renewal_late(entry: Entry) -> Iterator[Diagnostic]:
    """A renewal was agreed after the end: between the two days nothing on record was in force."""
    for number, event, before in _told(entry.agreement, RenewalEvent):
        ended = standing(before, event.on).ended
        if ended is not None and _may_follow_the_end(event, before):
            values = {"day": str(event.on), "end": str(ended.on)}
            yield entry.finding(WARNING, "renewal-late", ("events", number, "on"), **values)


def renewal_impossible(entry: Entry) -> Iterator[Diagnostic]:
    """A renewal makes no period: it would end before it starts, or neither it nor the clause says for how long."""
    for number, event, before in _told(entry.agreement, RenewalEvent):
        start = _renewal_start(before, event.on)
        if start is not None and event.until is not None and event.until < start:
            values = {"until": str(event.until), "start": str(start)}
            yield entry.finding(ERROR, "renewal-impossible.until", ("events", number, "until"), **values)
        if event.until is None and event.length is None and not _has_length(before, event.on):
            yield entry.finding(ERROR, "renewal-impossible.length", ("events", number), day=str(event.on))


def withdrawal_without_notice(entry: Entry) -> Iterator[Diagnostic]:
    """A withdrawal takes back nothing: no notice was open."""
    for number, event, before in _told(entry.agreement, WithdrawalEvent):
        if not history(before, event.on).notices:
            yield entry.finding(ERROR, "withdrawal-without-notice", ("events", number), day=str(event.on))


def effective_before_event(entry: Entry) -> Iterator[Diagnostic]:
    """A notice arrived before it was given, or a termination took effect before it was agreed."""
    for number, event in enumerate(entry.agreement.events):
        key = {"notice": "arrived", "termination": "effective"}.get(event.type)
        day = None if key is None else getattr(event, key)
        if key is not None and day is not None and day < event.on:
            values = {"key": key, "day": str(day), "on": str(event.on)}
            yield entry.finding(ERROR, "effective-before-event", ("events", number, key), **values)


def amendment_retroactive(entry: Entry) -> Iterator[Diagnostic]:
    """An amendment takes effect in a period that was over when it was made: such a period never changes."""
    for number, event, before in _told(entry.agreement, AmendmentEvent):
        current = standing(before, event.on).period
        if current is not None and event.effective < current.start:
            values = {"effective": str(event.effective), "start": str(current.start)}
            yield entry.finding(WARNING, "amendment-retroactive", ("events", number, "effective"), **values)


def notice_not_entitled(entry: Entry) -> Iterator[Diagnostic]:
    """A notice came from a party whom the clause does not let object; it stops nothing unless it was accepted."""
    for number, event, before in _told(entry.agreement, NoticeEvent):
        if not _entitled(event, before):
            values = {"by": event.by, "roles": ", ".join(before.notice.by)}
            yield entry.finding(WARNING, "notice-not-entitled", ("events", number, "by"), **values)


def event_without_effect(entry: Entry) -> Iterator[Diagnostic]:
    """A notice, a termination or an amendment of the term changes no period: perhaps a wrong day was written."""
    for number, event, before in _told(entry.agreement, NoticeEvent | TerminationEvent | AmendmentEvent):
        if standing(before, event.on).ended is None and _acts(event, before):
            after = before.model_copy(update={"events": (*before.events, event)})
            day = _effect_day(event, before)
            if periods(before, day, future=AHEAD) == periods(after, day, future=AHEAD):
                values = {"type": event.type, "day": str(event.on)}
                yield entry.finding(WARNING, "event-without-effect", ("events", number), **values)


def superseded_unknown(register: Register) -> Iterator[Diagnostic]:
    """An agreement is superseded by itself, or by an id that the register does not hold."""
    known = {entry.agreement.id for entry in register.entries}
    for entry in register.entries:
        for number, event in enumerate(entry.agreement.events):
            if isinstance(event, SupersededEvent) and event.by not in known - {entry.agreement.id}:
                own = ".itself" if event.by == entry.agreement.id else ""
                yield entry.finding(ERROR, f"superseded-unknown{own}", ("events", number, "by"), id=event.by)


def _told(agreement: Agreement, kind: Any) -> Iterator[tuple[int, Any, Agreement]]:  # noqa: ANN401 (a type or a union)
    """Yield each event of a kind in the order in which it was known, with the agreement as it was before."""
    told: list[Event] = []
    for number, event in sorted(enumerate(agreement.events), key=lambda item: item[1].on):
        if isinstance(event, kind):
            yield number, event, agreement.model_copy(update={"events": tuple(told)})
        told.append(event)


def _may_follow_the_end(event: Event, before: Agreement) -> bool:
    """Tell whether an event makes sense once an agreement is over: a renewal does where it must be agreed."""
    clause = before.renewal
    return isinstance(event, RenewalEvent) and (clause is None or clause.mode != "automatic")


def _renewal_start(before: Agreement, on: date) -> date | None:
    """Return the first day of the period that a renewal agreed on a day makes or confirms."""
    found = periods(before, on, future=1)
    if not found:
        return None
    if found[-1].start > on:
        return found[-1].start
    return None if found[-1].end is None else found[-1].end + ONE_DAY


def _has_length(before: Agreement, on: date) -> bool:
    clause = before.renewal
    for event in history(before, on).amendments:
        clause = event.changes.renewal or clause
    return clause is not None and (clause.length is not None or clause.to is not None)


def _acts(event: Event, before: Agreement) -> bool:
    """Tell whether an event means to change the periods: a clause on termination does not, nor who may not object."""
    if isinstance(event, AmendmentEvent):
        return event.changes.model_fields_set != {"termination"}
    return not isinstance(event, NoticeEvent) or _entitled(event, before)


def _entitled(event: NoticeEvent, before: Agreement) -> bool:
    """Tell whether the clause lets this party object, or the other party accepted that it did."""
    clause = before.notice
    return event.accepted or clause is None or clause.by == "either" or event.by in clause.by


def _effect_day(event: Event, before: Agreement) -> date:
    """Return a day on which an event shows its effect, if it has one."""
    if isinstance(event, NoticeEvent):
        return max(event.on, arrival(event, before.notice))
    return event.on


EVENT_RULES: tuple[Callable[[Entry], Iterator[Diagnostic]], ...] = (
    event_out_of_order,
    event_before_signing,
    event_after_end,
    renewal_late,
    renewal_impossible,
    withdrawal_without_notice,
    effective_before_event,
    amendment_retroactive,
    notice_not_entitled,
    event_without_effect,
)
