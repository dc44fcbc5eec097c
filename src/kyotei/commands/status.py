"""`kyotei status`: how every agreement stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.commands.session import Session, Stop, status_of, write_json
from kyotei.output import STDOUT, write
from kyotei.render.status import status_page
from kyotei.shapes import status_shape
from kyotei.tables import filtered, soon, stale_rows, status_rows
from kyotei.term import State

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Filters:
    """Which agreements to show; what is empty keeps all."""

    states: Sequence[str] = ()
    party: str = ""
    tag: str = ""
    stale: str | None = None


def status(session: Session, paths: Sequence[str], filters: Filters, *, as_json: bool) -> int:
    """Show the agreements that the filters keep."""
    wanted = [_state(name) for name in filters.states]
    age = session.length("--stale", filters.stale) if filters.stale is not None else None
    as_of, settings = session.as_of, session.settings
    register = session.register(paths)
    rows = filtered(
        status_rows(register.entries, as_of, settings.calendar), wanted, filters.party, filters.tag
    )
    if age is not None:
        rows = stale_rows(rows, as_of, age)
    if as_json:
        write_json(status_shape(rows, as_of))
    else:
        due = soon(rows, as_of, settings.calendar)
        write(status_page(session.screen(STDOUT), rows, as_of, due, settings.own_name))
    return status_of(register)


def _state(name: str) -> State:
    if name not in set(State):
        raise Stop("state-unknown", state=name, states=", ".join(State))
    return State(name)
