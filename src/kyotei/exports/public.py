"""What a public page may say of an agreement: no contacts, no notes, no internal events.

They are taken out of the data before anything is made of it, so that no part of a page can let one through.
None of them moves a day: a review changes nothing, and a notice taken back in time holds no more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kyotei.history import history, known_events
from kyotei.model import ReviewEvent, WithdrawalEvent
from kyotei.tables import status_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyotei.dates.closed_days import OfficeCalendar
    from kyotei.model import Event
    from kyotei.tables import StatusRow

_BARE = {"note": None, "source": None}


def public_row(row: StatusRow, calendar: OfficeCalendar) -> StatusRow:
    """Return how an agreement stands, without what is internal: its days are the same."""
    agreement = row.agreement
    bare = agreement.model_copy(
        update={
            "contacts": (),
            "notes": None,
            "sources": tuple(source.model_copy(update={"note": None}) for source in agreement.sources),
            "events": tuple(event.model_copy(update=_BARE) for event in _told(row)),
            "ignore": None,
        }
    )
    return status_row(replace(row.entry, agreement=bare), row.standing.as_of, calendar)


def _told(row: StatusRow) -> Iterator[Event]:
    """Yield the events known on the day asked for that everybody may know of."""
    known, ended = history(row.agreement, row.standing.as_of), row.standing.ended
    in_time = (taken for taken in known.taken_back if ended is None or taken.on <= ended.on)
    gone = {id(taken.notice.event) for taken in in_time}
    for event in known_events(row.agreement, row.standing.as_of):
        if not isinstance(event, (ReviewEvent, WithdrawalEvent)) and id(event) not in gone:
            yield event
