"""Rules about events that are sound by themselves, and perhaps not what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kyotei.diagnostics import Severity
from kyotei.history import EndReason
from kyotei.rules.events import AHEAD, known_before
from kyotei.term import periods
from kyotei.walk import Basis, deadline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.model import Agreement, Event
    from kyotei.walk import Period

WARNING = Severity.WARNING
EARLY = 60
"""Days after a period's first one within which a clerk confirms the period that has just begun."""
EARLY_PART = 4
"""And no more than one part in so many of the period: a short one is soon near its end."""


def renewal_confirms_next(entry: Entry) -> Iterator[Diagnostic]:
    """Find a renewal recorded just after a period began: in an automatic chain it confirms the one after."""
    for number, event, before in known_before(entry.agreement, "renewal"):
        chain = periods(before, event.on, future=1)
        if event.until is None and len(chain) > 1 and _just_begun(chain[-2], event.on):
            current, following = chain[-2:]
            values = {"day": str(event.on), **_days("", current), **_days("next_", following)}
            yield entry.finding(WARNING, "renewal-confirms-next", ("events", number, "on"), **values)


def _just_begun(period: Period, on: date) -> bool:
    """Tell whether a period has begun that silence brought and renews; its deadline is still to come."""
    if period.basis is not Basis.AUTOMATIC or not period.silent or not _falls_in(period, on):
        return False
    due, begun, days = deadline(period), on - period.start, cast("date", period.end) - period.start
    return begun.days <= EARLY and begun * EARLY_PART <= days and (due is None or on < due.date)


def _falls_in(period: Period, day: date) -> bool:
    return period.end is not None and period.start <= day <= period.end


def _days(prefix: str, period: Period) -> dict[str, str]:
    days = {"number": period.number, "start": period.start, "end": period.end}
    return {f"{prefix}{name}": str(value) for name, value in days.items()}


def notice_still_open(entry: Entry) -> Iterator[Diagnostic]:
    """Find a renewal recorded after a notice that nobody took back: the agreement ends all the same."""
    agreement = entry.agreement
    for number, event, before in known_before(agreement, "renewal"):
        last = _last_by_notice(before) if _has_notice(before) else None
        if last is not None and _falls_in(last, event.on) and last == _last_by_notice(agreement):
            values = {"day": str(event.on), "end": str(last.end)}
            yield entry.finding(WARNING, "notice-still-open", ("events", number), **values)


def _has_notice(agreement: Agreement) -> bool:
    return any(event.type == "notice" for event in agreement.events)


def _last_by_notice(agreement: Agreement) -> Period | None:
    """Return the period with which a notice ends the agreement, by all that is recorded."""
    known_on = max(max(event.on, getattr(event, "arrived", None) or event.on) for event in agreement.events)
    chain = periods(agreement, known_on, future=AHEAD)
    return chain[-1] if chain and chain[-1].closing is EndReason.NOTICE else None


def event_duplicate(entry: Entry) -> Iterator[Diagnostic]:
    """Find an event that was recorded before, alike in everything."""
    seen: set[Event] = set()
    for number, event in enumerate(entry.agreement.events):
        if event in seen:
            values = {"type": event.type, "day": str(event.on)}
            yield entry.finding(WARNING, "event-duplicate", ("events", number), **values)
        seen.add(event)
