"""`kyotei status`: how every agreement stands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kyotei.commands.session import Session, Stop, status_of
from kyotei.output import STDOUT, write
from kyotei.render.status import status_page
from kyotei.shapes import agreement_json, status_json
from kyotei.tables import filtered, soon, stale_rows, status_row
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


def status(session: Session, paths: Sequence[str], filters: Filters, *, as_json: bool) -> int:
    """Show the agreements that the filters keep."""
    keep = kept(session, filters)
    if as_json:
        texts = session.asked(paths, lambda entry: [agreement_json(row) for row in keep(entry)])
        write(status_json(list(chain(*texts.answers)), session.as_of) + "\n", utf8=True)
        return status_of(texts)
    rows = session.asked(paths, keep)
    write(_page(session, list(chain(*rows.answers))))
    return status_of(rows)


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


def _page(session: Session, rows: Sequence[StatusRow]) -> str:
    as_of, settings = session.as_of, session.settings
    due = soon(rows, as_of, settings.calendar)
    return status_page(session.screen(STDOUT), rows, as_of, due, settings.own_name)


def _state(name: str) -> State:
    if name not in set(State):
        raise Stop("state-unknown", state=name, states=", ".join(State))
    return State(name)
