"""`kyotei show`: one agreement on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.commands.session import Session, status_of, write_json
from kyotei.explain.events import events_told
from kyotei.output import STDOUT, write
from kyotei.render.show import show_page
from kyotei.shapes import show_shape
from kyotei.tables import status_row

if TYPE_CHECKING:
    from collections.abc import Sequence


def show(session: Session, identifier: str, paths: Sequence[str], *, as_json: bool) -> int:
    """Show what one agreement says, and how it stands."""
    as_of, calendar = session.as_of, session.settings.calendar
    register = session.register(paths)
    row = status_row(session.entry(register, identifier), as_of, calendar)
    if as_json:
        write_json(show_shape(row, as_of))
    else:
        write(show_page(session.screen(STDOUT), row, events_told(row.agreement, as_of)))
    return status_of(register)
