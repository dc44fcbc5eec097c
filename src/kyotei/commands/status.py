"""`kyotei status`: how every agreement stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.commands.session import Session, Stop, status_of, write_json
from kyotei.output import STDOUT, write
from kyotei.render.status import status_page
from kyotei.shapes import status_shape
from kyotei.tables import filtered, soon, status_rows
from kyotei.term import State

if TYPE_CHECKING:
    from collections.abc import Sequence


def status(  # noqa: PLR0913 (one argument per option)
    session: Session, paths: Sequence[str], *, as_json: bool, states: Sequence[str], party: str, tag: str
) -> int:
    """Show the agreements that the filters keep."""
    wanted = [_state(name) for name in states]
    as_of, settings = session.as_of, session.settings
    register = session.register(paths)
    rows = filtered(status_rows(register.entries, as_of, settings.calendar), wanted, party, tag)
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
