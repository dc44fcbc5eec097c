"""`kyotei status`: how every agreement stands."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kyotei.commands.filters import kept
from kyotei.commands.session import Session, status_of
from kyotei.output import STDOUT, write, write_pieces
from kyotei.shapes import agreement_status, item_json, status_json
from kyotei.tables import soon

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyotei.commands.filters import Filters
    from kyotei.entry import Entry
    from kyotei.tables import StatusRow


def status(session: Session, paths: Sequence[str], filters: Filters, *, as_json: bool) -> int:
    """Show the agreements that the filters keep. What is shown of each is made where it was read."""
    keep = kept(session, filters)
    if not as_json:
        return _table(session, paths, keep)
    found = session.asked(paths, lambda entry: [item_json(agreement_status(row)) for row in keep(entry)])
    write_pieces(status_json(chain.from_iterable(found.answers), session.as_of))
    return status_of(found)


def _table(session: Session, paths: Sequence[str], keep: Callable[[Entry], list[StatusRow]]) -> int:
    from kyotei.render.status import status_cells, status_page  # noqa: PLC0415 (JSON needs no table)

    as_of, words, settings = session.as_of, session.words, session.settings
    found = session.asked(
        paths,
        lambda entry: [
            (status_cells(words, row, settings.own_name), soon([row], as_of, settings.calendar))
            for row in keep(entry)
        ],
    )
    rows = list(chain.from_iterable(found.answers))
    due = sum(is_due for _, is_due in rows)
    write(status_page(session.screen(STDOUT), [cells for cells, _ in rows], as_of, due))
    return status_of(found)
