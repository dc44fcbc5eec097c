"""`kyotei explain`: each step from clause to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.commands.session import Session, status_of
from kyotei.explain.steps import explanation
from kyotei.output import STDOUT, write
from kyotei.render.explain import explain_page
from kyotei.tables import status_row

if TYPE_CHECKING:
    from collections.abc import Sequence


def explain(session: Session, identifier: str, paths: Sequence[str]) -> int:
    """Show why the dates of one agreement are those dates."""
    as_of, calendar = session.as_of, session.settings.calendar
    register = session.register(paths)
    entry = session.entry(register, identifier)
    told = explanation(entry.agreement, as_of, calendar)
    write(explain_page(session.screen(STDOUT), status_row(entry, as_of, calendar), told))
    return status_of(register)
