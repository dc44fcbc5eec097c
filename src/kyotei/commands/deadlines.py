"""`kyotei deadlines`: what somebody must mind, by act-by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.commands.session import FINDINGS, Session, status_of, write_json
from kyotei.output import STDOUT, write
from kyotei.render.deadlines import deadlines_page, missed_page
from kyotei.shapes import deadlines_shape
from kyotei.tables import backwards, deadline_rows, horizon, missed_rows, status_rows

if TYPE_CHECKING:
    from collections.abc import Sequence


def missed(session: Session, paths: Sequence[str], within: str, *, as_json: bool, exit_code: bool) -> int:
    """Show the objection deadlines that passed in silence within a length before the day asked for."""
    as_of, settings = session.as_of, session.settings
    length = session.length("--missed", within)
    register = session.register(paths)
    rows = missed_rows(
        status_rows(register.entries, as_of, settings.calendar), as_of, length, settings.calendar
    )
    if as_json:
        write_json(deadlines_shape(rows, as_of, within, "missed"))
    else:
        since = backwards(as_of, length)
        write(missed_page(session.screen(STDOUT), rows, as_of, since, settings.own_name))
    return FINDINGS if exit_code and rows else status_of(register)


def deadlines(session: Session, paths: Sequence[str], within: str, *, as_json: bool, exit_code: bool) -> int:
    """Show the deadlines within a length of the day asked for; `exit_code` makes something due a finding."""
    as_of, calendar = session.as_of, session.settings.calendar
    length = session.length("--within", within)
    register = session.register(paths)
    rows = deadline_rows(status_rows(register.entries, as_of, calendar), as_of, length, calendar)
    if as_json:
        write_json(deadlines_shape(rows, as_of, within))
    else:
        last = horizon(as_of, length)
        write(deadlines_page(session.screen(STDOUT), rows, as_of, last, session.settings.own_name))
    return FINDINGS if exit_code and rows else status_of(register)
