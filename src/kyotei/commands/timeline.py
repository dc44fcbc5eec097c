"""`kyotei timeline`: periods and deadlines as a picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kyotei.commands.filters import Filters, kept
from kyotei.commands.session import Session, Stop, status_of, write_json
from kyotei.output import STDOUT, write
from kyotei.render.timeline import timeline_page
from kyotei.shapes import timeline_shape
from kyotei.timeline import Span, lanes, usual_span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Asked:
    """Which agreements to draw, and the first and last day; what is empty keeps all, or the usual days."""

    identifiers: Sequence[str] = ()
    filters: Filters = field(default_factory=Filters)
    first: str | None = None
    last: str | None = None


def timeline(session: Session, paths: Sequence[str], asked: Asked, *, as_json: bool) -> int:
    """Draw the agreements that are named and that the filters keep."""
    as_of, calendar = session.as_of, session.settings.calendar
    span = _span(session, as_of, asked.first, asked.last)
    register = session.register(paths)
    named = {session.entry(register, identifier).file for identifier in asked.identifiers}
    keep = kept(session, asked.filters)
    rows = [row for one in register.entries if not named or one.file in named for row in keep(one)]
    drawn = lanes(rows, span, as_of, calendar)
    if as_json:
        write_json(timeline_shape(drawn, span, as_of))
    else:
        write(timeline_page(session.screen(STDOUT), drawn, span, as_of))
    return status_of(register)


def _span(session: Session, as_of: date, first: str | None, last: str | None) -> Span:
    """Return the days to draw: those asked for; for a side not asked for the usual one."""
    usual = usual_span(as_of)
    found = Span(
        usual.first if first is None else session.day("--from", first),
        usual.last if last is None else session.day("--to", last),
    )
    if found.last < found.first:
        raise Stop("span-backwards", first=found.first.isoformat(), last=found.last.isoformat())
    return found
