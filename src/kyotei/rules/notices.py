"""Rules about stopping a renewal: whether anybody can, and could."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from kyotei.diagnostics import Severity
from kyotei.model import Notice, Renewal, Termination
from kyotei.rules.clauses import LEAST, MOST, clauses
from kyotei.term import periods
from kyotei.walk import deadline, first_counted_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.model import Agreement
    from kyotei.source import Path
    from kyotei.walk import Period

WARNING = Severity.WARNING
AHEAD = 2
"""Periods after the last event that are looked at: from then on they are alike."""


def notice_missing(entry: Entry) -> Iterator[Diagnostic]:
    """Find an automatic renewal that no notice can stop, in an agreement that cannot be terminated either."""
    automatic = _automatic(entry)
    told = (part for _, part in clauses(entry))
    if automatic and not any(isinstance(part, Notice | Termination) for part in told):
        yield entry.finding(WARNING, "notice-missing", (*automatic[0], "mode"))


def notice_without_renewal(entry: Entry) -> Iterator[Diagnostic]:
    """Find a clause on objecting to a renewal that never comes by itself."""
    clause = entry.agreement.notice
    if clause is not None and not _automatic(entry):
        yield entry.finding(WARNING, "notice-without-renewal", ("notice", _key(clause)))


def notice_not_shorter(entry: Entry) -> Iterator[Diagnostic]:
    """Find a deadline before the first day of its own period: one must object to what has not begun."""
    signed = entry.agreement.signed
    for period, due in _deadlines(entry):
        if due < period.start and (period.number > 1 or due >= signed):
            values = {"number": str(period.number), "start": str(period.start), "deadline": str(due)}
            yield entry.finding(WARNING, "notice-not-shorter", _place(entry, period), **values)
            return


def deadline_before_signing(entry: Entry) -> Iterator[Diagnostic]:
    """Find a first deadline before the signing day: nobody could object to the first renewal."""
    signed = entry.agreement.signed
    period, due = next(iter(_deadlines(entry)), (None, signed))
    if period is not None and due < signed:
        values = {"deadline": str(due), "signed": str(signed), "end": str(period.end)}
        yield entry.finding(WARNING, "deadline-before-signing", _place(entry, period), **values)


@lru_cache(maxsize=1)
def _deadlines(entry: Entry) -> Sequence[tuple[Period, date]]:
    """Return the periods that can be stopped with their deadlines, as far as they are not alike."""
    agreement = entry.agreement
    if _is_short(agreement):
        return ()
    day = max([agreement.signed, *(event.on for event in agreement.events)])
    found = ((period, deadline(period)) for period in periods(agreement, day, future=AHEAD))
    return [(period, due.date) for period, due in found if due is not None]


def _is_short(agreement: Agreement) -> bool:
    """Tell at a glance that every deadline lies in its own period, and none before the signing."""
    notice, renewal, term = agreement.notice, agreement.renewal, agreement.term
    if any(event.type in {"amendment", "renewal"} for event in agreement.events):
        return False
    if notice is None or renewal is None:
        return True
    if notice.before_end is None or renewal.length is None or not isinstance(term.end, date):
        return False
    start = max(agreement.signed, first_counted_day(agreement))
    back = notice.before_end.count * MOST[notice.before_end.unit] + 1  # the clear reading is a day stricter
    return back < min(renewal.length.count * LEAST[renewal.length.unit], (term.end - start).days)


def _automatic(entry: Entry) -> list[Path]:
    """Return the places of the clauses under which a renewal comes by itself."""
    told = clauses(entry)
    return [path for path, part in told if isinstance(part, Renewal) and part.mode == "automatic"]


def _place(entry: Entry, period: Period) -> Path:
    """Return the place of the length or day that a period's deadline is counted from."""
    found = ((path, part) for path, part in clauses(entry) if part is period.notice)
    path, clause = next(found, (("notice",), period.notice))
    return (*path, _key(clause)) if isinstance(clause, Notice) else path


def _key(clause: Notice) -> str:
    return "by_date" if clause.before_end is None else "before_end"
