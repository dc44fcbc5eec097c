"""`kyotei deadlines`: what somebody must mind, by act-by day."""

from __future__ import annotations

from functools import partial
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from kyotei.commands.session import FINDINGS, Session, status_of
from kyotei.dates.counting import backwards
from kyotei.output import STDOUT, write, write_pieces
from kyotei.shapes import deadline_shape, deadlines_json, item_json
from kyotei.tables import deadline_rows, horizon, latest, missed_rows, soonest, status_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyotei.tables import DeadlineRow, StatusRow

T = TypeVar("T")


def missed(session: Session, paths: Sequence[str], within: str, *, as_json: bool, exit_code: bool) -> int:
    """Show the objection deadlines that passed in silence within a length before the day asked for."""
    as_of, words, settings = session.as_of, session.words, session.settings
    own = settings.own_name
    length = session.length("--missed", within)
    due = partial(missed_rows, as_of=as_of, within=length, calendar=settings.calendar)
    if as_json:
        items, status = _asked(session, paths, due, latest, _item)
        write_pieces(deadlines_json(items, as_of, within, "missed"))
        return FINDINGS if exit_code and items else status

    from kyotei.render.deadlines import missed_cells, missed_page  # noqa: PLC0415 (JSON needs no table)

    rows, status = _asked(session, paths, due, latest, lambda row: missed_cells(words, row, own))
    write(missed_page(session.screen(STDOUT), rows, as_of, backwards(as_of, length)))
    return FINDINGS if exit_code and rows else status


def deadlines(session: Session, paths: Sequence[str], within: str, *, as_json: bool, exit_code: bool) -> int:
    """Show the deadlines within a length of the day asked for; `exit_code` makes something due a finding."""
    as_of, words, settings = session.as_of, session.words, session.settings
    own = settings.own_name
    length = session.length("--within", within)
    due = partial(deadline_rows, as_of=as_of, within=length, calendar=settings.calendar)
    if as_json:
        items, status = _asked(session, paths, due, soonest, _item)
        write_pieces(deadlines_json(items, as_of, within))
        return FINDINGS if exit_code and items else status

    from kyotei.render.deadlines import deadline_cells, deadlines_page  # noqa: PLC0415 (as above)

    rows, status = _asked(session, paths, due, soonest, lambda row: deadline_cells(words, row, own))
    write(deadlines_page(session.screen(STDOUT), rows, as_of, horizon(as_of, length)))
    return FINDINGS if exit_code and rows else status


def _asked(
    session: Session,
    paths: Sequence[str],
    due: Callable[[list[StatusRow]], list[DeadlineRow]],
    key: Callable[[DeadlineRow], tuple[Any, ...]],
    show: Callable[[DeadlineRow], T],
) -> tuple[list[T], int]:
    """Ask every agreement what is due, and return how it is shown, sorted; and the exit status."""
    as_of, calendar = session.as_of, session.settings.calendar
    found = session.asked(
        paths,
        lambda entry: [
            (key(row), show(row)) for row in due([status_row(entry.without_places(), as_of, calendar)])
        ],
    )
    rows = sorted(chain.from_iterable(found.answers), key=itemgetter(0))
    return [shown for _, shown in rows], status_of(found)


def _item(row: DeadlineRow) -> bytes:
    return item_json(deadline_shape(row))
