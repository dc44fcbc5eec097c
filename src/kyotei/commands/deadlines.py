"""`kyotei deadlines`: what somebody must mind, by act-by day."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kyotei.commands.session import FINDINGS, Session, status_of, write_json
from kyotei.dates.counting import backwards
from kyotei.output import STDOUT, write
from kyotei.shapes import deadlines_shape
from kyotei.tables import (
    deadline_rows,
    horizon,
    latest_first,
    missed_rows,
    soonest_first,
    status_row,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyotei.rules import Surveyed
    from kyotei.tables import DeadlineRow, StatusRow


def missed(session: Session, paths: Sequence[str], within: str, *, as_json: bool, exit_code: bool) -> int:
    """Show the objection deadlines that passed in silence within a length before the day asked for."""
    as_of, settings = session.as_of, session.settings
    length = session.length("--missed", within)
    found = _asked(session, paths, lambda row: missed_rows([row], as_of, length, settings.calendar))
    rows = latest_first(chain(*found.answers))
    if as_json:
        write_json(deadlines_shape(rows, as_of, within, "missed"))
    else:
        from kyotei.render.deadlines import missed_page  # noqa: PLC0415 (JSON needs no table)

        since = backwards(as_of, length)
        write(missed_page(session.screen(STDOUT), rows, as_of, since, settings.own_name))
    return FINDINGS if exit_code and rows else status_of(found)


def deadlines(session: Session, paths: Sequence[str], within: str, *, as_json: bool, exit_code: bool) -> int:
    """Show the deadlines within a length of the day asked for; `exit_code` makes something due a finding."""
    as_of, settings = session.as_of, session.settings
    length = session.length("--within", within)
    found = _asked(session, paths, lambda row: deadline_rows([row], as_of, length, settings.calendar))
    rows = soonest_first(chain(*found.answers))
    if as_json:
        write_json(deadlines_shape(rows, as_of, within))
    else:
        from kyotei.render.deadlines import deadlines_page  # noqa: PLC0415 (as above)

        last = horizon(as_of, length)
        write(deadlines_page(session.screen(STDOUT), rows, as_of, last, settings.own_name))
    return FINDINGS if exit_code and rows else status_of(found)


def _asked(
    session: Session, paths: Sequence[str], due: Callable[[StatusRow], list[DeadlineRow]]
) -> Surveyed[list[DeadlineRow]]:
    """Ask every agreement what is due, by the same rows that `status` shows."""
    as_of, calendar = session.as_of, session.settings.calendar
    return session.asked(paths, lambda entry: due(status_row(entry.without_places(), as_of, calendar)))
