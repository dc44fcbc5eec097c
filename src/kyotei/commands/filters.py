"""Which agreements an answer is about: what `status` and `export` share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.commands.session import Session, Stop
from kyotei.tables import filtered, stale_rows, status_row
from kyotei.term import State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyotei.entry import Entry
    from kyotei.tables import StatusRow


@dataclass(frozen=True, slots=True)
class Filters:
    """Which agreements to show; what is empty keeps all."""

    states: Sequence[str] = ()
    party: str = ""
    tag: str = ""
    stale: str | None = None


def kept(session: Session, filters: Filters) -> Callable[[Entry], list[StatusRow]]:
    """Return what makes of an agreement its row, or none where the filters drop it."""
    wanted = [_state(name) for name in filters.states]
    age = session.length("--stale", filters.stale) if filters.stale is not None else None
    as_of, calendar = session.as_of, session.settings.calendar

    def keep(entry: Entry) -> list[StatusRow]:
        rows = filtered(
            [status_row(entry.without_places(), as_of, calendar)], wanted, filters.party, filters.tag
        )
        return rows if age is None else stale_rows(rows, as_of, age)

    return keep


def _state(name: str) -> State:
    if name not in set(State):
        raise Stop("state-unknown", state=name, states=", ".join(State))
    return State(name)
