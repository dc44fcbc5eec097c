"""`kyotei chain`: every period of one agreement, with its deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.commands.session import Session, status_of, write_json
from kyotei.output import STDOUT, write
from kyotei.render.chain import chain_page
from kyotei.shapes import chain_shape
from kyotei.tables import chain_rows, status_row

if TYPE_CHECKING:
    from collections.abc import Sequence


def chain(session: Session, identifier: str, paths: Sequence[str], *, future: int, as_json: bool) -> int:
    """Show the periods up to the current one, and `future` more."""
    as_of, calendar = session.as_of, session.settings.calendar
    register = session.register(paths)
    entry = session.entry(register, identifier)
    rows = chain_rows(entry, as_of, calendar, future=future)
    if as_json:
        write_json(chain_shape(rows, as_of, identifier))
    else:
        write(chain_page(session.screen(STDOUT), status_row(entry, as_of, calendar), rows))
    return status_of(register)
