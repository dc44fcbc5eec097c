"""`kyotei status`: how every agreement stands."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kyotei.commands.filters import kept
from kyotei.commands.session import Session, status_of
from kyotei.output import STDOUT, write
from kyotei.shapes import agreement_json, status_json
from kyotei.tables import soon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.commands.filters import Filters
    from kyotei.tables import StatusRow


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


def _page(session: Session, rows: Sequence[StatusRow]) -> str:
    from kyotei.render.status import status_page  # noqa: PLC0415 (JSON needs no table)

    as_of, settings = session.as_of, session.settings
    due = soon(rows, as_of, settings.calendar)
    return status_page(session.screen(STDOUT), rows, as_of, due, settings.own_name)
