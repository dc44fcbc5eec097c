"""What must hold among events: each is judged by how the agreement stood, as known, just before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyotei.dates.counting import ONE_DAY
from kyotei.diagnostics import Severity
from kyotei.history import history
from kyotei.term import periods, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.model import (
        Agreement,
        AmendmentEvent,
        Event,
        Notice,
        NoticeEvent,
        Renewal,
        TerminationEvent,
    )

ERROR, WARNING = Severity.ERROR, Severity.WARNING
ACTING = ("notice", "withdrawal", "termination", "amendment", "renewal")
IDLE = ("review", "succession")
"""Events that move no day: what stood before the others is the same without them."""
AHEAD = 12
"""How many periods ahead an event is looked for an effect."""


def event_out_of_order(entry: Entry) -> Iterator[Diagnostic]:
    """Find an event that stands after one of a later day: who reads the file from the top is misled."""
    latest: date | None = None
    for number, event in enumerate(entry.agreement.events):
        if latest is not None and event.on < latest:
            values = {"day": str(event.on), "latest": str(latest)}
            yield entry.finding(WARNING, "event-out-of-order", ("events", number, "on"), **values)
        latest = event.on if latest is None else max(latest, event.on)


def event_before_signing(entry: Entry) -> Iterator[Diagnostic]:
    """Find an event before the signing day, when there was nothing that it could act on."""
    signed = entry.agreement.signed
    for number, event in enumerate(entry.agreement.events):
        if event.on < signed:
            values = {"day": str(event.on), "signed": str(signed)}
            yield entry.finding(ERROR, "event-before-signing", ("events", number, "on"), **values)


def event_after_end(entry: Entry) -> Iterator[Diagnostic]:
    """Find an event that would act on an agreement that was over: a wrong day, or a renewal is missing."""
    for number, event, before in known_before(entry.agreement, *ACTING):
        ended = standing(before, event.on).ended
        if ended is not None and not _may_follow_the_end(event, before):
            values = {"type": event.type, "day": str(event.on), "end": str(ended.on)}
            yield entry.finding(ERROR, "event-after-end", ("events", number, "on"), **values)


def renewal_late(entry: Entry) -> Iterator[Diagnostic]:
    """Find a renewal agreed after the end: between the two days nothing on record was in force."""
    for number, event, before in known_before(entry.agreement, "renewal"):
        ended = standing(before, event.on).ended
        if ended is not None and _may_follow_the_end(event, before):
            values = {"day": str(event.on), "end": str(ended.on)}
            yield entry.finding(WARNING, "renewal-late", ("events", number, "on"), **values)


def renewal_impossible(entry: Entry) -> Iterator[Diagnostic]:
    """Find a renewal that makes no period: it would end before it starts, or nothing says for how long."""
    for number, event, before in known_before(entry.agreement, "renewal"):
        start = _renewal_start(before, event.on)
        if start is not None and event.until is not None and event.until < start:
            values = {"until": str(event.until), "start": str(start)}
            yield entry.finding(ERROR, "renewal-impossible.until", ("events", number, "until"), **values)
        if event.until is None and event.length is None and not _has_length(before, event.on):
            yield entry.finding(ERROR, "renewal-impossible.length", ("events", number), day=str(event.on))


def withdrawal_without_notice(entry: Entry) -> Iterator[Diagnostic]:
    """Find a withdrawal that takes back nothing: no notice was open."""
    for number, event, before in known_before(entry.agreement, "withdrawal"):
        if not history(before, event.on).notices:
            yield entry.finding(ERROR, "withdrawal-without-notice", ("events", number), day=str(event.on))


def effective_before_event(entry: Entry) -> Iterator[Diagnostic]:
    """Find a notice that arrived before it was given, or a termination effective before it was agreed."""
    for number, event in enumerate(entry.agreement.events):
        key = {"notice": "arrived", "termination": "effective"}.get(event.type)
        day = None if key is None else getattr(event, key)
        if key is not None and day is not None and day < event.on:
            values = {"key": key, "day": str(day), "on": str(event.on)}
            yield entry.finding(ERROR, "effective-before-event", ("events", number, key), **values)


def amendment_retroactive(entry: Entry) -> Iterator[Diagnostic]:
    """Find an amendment effective in a period that was over when it was made: such a period never changes."""
    for number, event, before in known_before(entry.agreement, "amendment"):
        current = standing(before, event.on).period
        if current is not None and event.effective < current.start:
            values = {"effective": str(event.effective), "start": str(current.start)}
            yield entry.finding(WARNING, "amendment-retroactive", ("events", number, "effective"), **values)


def notice_not_entitled(entry: Entry) -> Iterator[Diagnostic]:
    """Find a notice by a party whom the clause does not let object: unless accepted, it stops nothing."""
    for number, event, before in known_before(entry.agreement, "notice"):
        clause = _clause(event, before)
        if clause is not None and not _entitled(event, clause):
            values = {"by": event.by, "roles": ", ".join(clause.by)}
            yield entry.finding(WARNING, "notice-not-entitled", ("events", number, "by"), **values)


def event_without_effect(entry: Entry) -> Iterator[Diagnostic]:
    """Find a notice, a termination or an amendment that changes no period: perhaps its day is wrong."""
    for number, event, before in known_before(entry.agreement, "notice", "termination", "amendment"):
        if standing(before, event.on).ended is None and _acts(event, before):
            after = before.model_copy(update={"events": (*before.events, event)})
            day = _effect_day(event)
            if periods(before, day, future=AHEAD) == periods(after, day, future=AHEAD):
                values = {"type": event.type, "day": str(event.on)}
                yield entry.finding(WARNING, "event-without-effect", ("events", number), **values)


def known_before(agreement: Agreement, *kinds: str) -> Iterator[tuple[int, Any, Agreement]]:
    """Yield each event of some kinds in the order in which it was known, with the agreement before it."""
    told: list[Event] = []
    for number, event in sorted(enumerate(agreement.events), key=lambda item: item[1].on):
        if event.type in kinds:
            yield number, event, agreement.model_copy(update={"events": tuple(told)})
        if event.type not in IDLE:
            told.append(event)


def _may_follow_the_end(event: Event, before: Agreement) -> bool:
    """Tell whether an event makes sense once an agreement is over: a renewal does where it must be agreed."""
    clause = before.renewal
    return event.type == "renewal" and (clause is None or clause.mode != "automatic")


def _renewal_start(before: Agreement, on: date) -> date | None:
    """Return the first day of the period that a renewal agreed on a day makes, or in a chain confirms."""
    found, clause = periods(before, on, future=AHEAD), _renewal_clause(before, on)
    if clause is not None and clause.mode == "automatic":
        found = [period for period in found if period.end is None or period.end >= on][:1] or found
    return found[-1].end + ONE_DAY if found and found[-1].end is not None else None


def _has_length(before: Agreement, on: date) -> bool:
    clause = _renewal_clause(before, on)
    return clause is not None and (clause.length is not None or clause.to is not None)


def _renewal_clause(before: Agreement, on: date) -> Renewal | None:
    clause = before.renewal
    for event in history(before, on).amendments:
        clause = event.changes.renewal or clause
    return clause


def _acts(event: Event, before: Agreement) -> bool:
    """Tell whether an event means to change periods: clauses on termination or on consent do not."""
    if event.type == "amendment":
        clause, changed = _renewal_clause(before, event.on), event.changes.renewal
        consent = changed is not None and "automatic" not in {changed.mode, clause.mode if clause else "none"}
        return bool(event.changes.model_fields_set - {"termination", "renewal" if consent else ""})
    if event.type != "notice":
        return True
    on_notices = _clause(event, before)
    return on_notices is None or _entitled(event, on_notices)


def _entitled(event: NoticeEvent, clause: Notice) -> bool:
    """Tell whether the clause lets this party object, or the other party accepted that it did."""
    return event.accepted or clause.by == "either" or event.by in clause.by


def _clause(event: NoticeEvent, before: Agreement) -> Notice | None:
    """Return the clause by which a notice is judged: of the first period from its day on that has one."""
    day = _effect_day(event)
    ahead = [one for one in periods(before, day, future=AHEAD) if one.end is None or one.end >= day]
    return next((period.notice for period in ahead if period.notice is not None), before.notice)


def _effect_day(event: NoticeEvent | TerminationEvent | AmendmentEvent) -> date:
    """Return a day on which an event shows its effect, if it has one."""
    if event.type == "notice":
        return max(event.on, event.arrived or event.on)
    return max(event.on, event.effective)


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
