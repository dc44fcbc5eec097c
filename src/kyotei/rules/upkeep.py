"""Rules about what somebody should have done by the day asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.dates.counting import backwards
from kyotei.dates.length import Length, Unit
from kyotei.diagnostics import Severity
from kyotei.history import EndReason, known_events, last_looked
from kyotei.model import Renewal
from kyotei.rules.clauses import clauses
from kyotei.term import State, standing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry

WARNING = Severity.WARNING
LONG_AGO = Length(5, Unit.YEARS)


def renewal_unrecorded(entry: Entry, as_of: date) -> Iterator[Diagnostic]:
    """Find an agreement that renews by consent and ran out, with nothing recorded since."""
    told = clauses(entry)
    consent = [path for path, part in told if isinstance(part, Renewal) and part.mode == "by-consent"]
    ended = standing(entry.agreement, as_of).ended if consent else None
    if ended is not None and ended.reason is EndReason.EXPIRED:
        events = known_events(entry.agreement, as_of)
        if all(event.on < ended.on for event in events):
            yield entry.finding(WARNING, "renewal-unrecorded", (*consent[-1], "mode"), end=str(ended.on))


def unreviewed(entry: Entry, as_of: date) -> Iterator[Diagnostic]:
    """Find an agreement in force that nobody has reviewed, renewed or amended for five years."""
    looked = last_looked(entry.agreement, as_of)
    if looked <= backwards(as_of, LONG_AGO):
        state = standing(entry.agreement, as_of).state
        if state not in {State.PENDING, State.ENDED}:
            values = {"looked": str(looked), "as_of": str(as_of)}
            yield entry.finding(WARNING, "unreviewed", ("signed",), **values)
