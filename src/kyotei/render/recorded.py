"""What `kyotei record` answers: the event, how a notice fares, and what it moves, before → after."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING

from rich.text import Text

from kyotei.dates.counting import Reading
from kyotei.history import arrival
from kyotei.model import NoticeEvent
from kyotei.moved import moves
from kyotei.render.grid import Line, grid, records
from kyotei.render.moves import move_cells, move_columns
from kyotei.render.screen import BOLD
from kyotei.term import Deadline, Verdict, deadline, standing
from kyotei.text import lines, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from kyotei.messages import Words
    from kyotei.model import Event
    from kyotei.render.screen import Screen
    from kyotei.tables import StatusRow


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event that was recorded (or would be): the file's text and the standing, before and after it."""

    event: Event
    old_text: str
    new_text: str
    before: StatusRow
    after: StatusRow
    dry_run: bool


def recorded_page(screen: Screen, told: Recorded) -> str:
    """Return the answer; a dry run shows the difference in the file first."""
    words = screen.words
    parts: list[RenderableType] = list(_difference(told)) if told.dry_run else []
    name = "would-record" if told.dry_run else "recorded"
    file = shown(told.after.entry.file)
    event = words.say("event", told.event.type)
    parts.append(Text(words.say("record", name, event=event, day=words.day(told.event.on), file=file), BOLD))
    if isinstance(told.event, NoticeEvent):
        parts += _fares(words, told, told.event)
    return screen.draw(*parts, *_moved(screen, told))


def _difference(told: Recorded) -> Iterator[Text]:
    file = told.after.entry.file
    old, new = list(lines(told.old_text)), list(lines(told.new_text))
    for line in unified_diff(old, new, f"a/{file}", f"b/{file}", lineterm=""):
        yield Text(shown(line), no_wrap=True)


def _fares(words: Words, told: Recorded, event: NoticeEvent) -> Iterator[Text]:
    """Say whether the notice is safe, contested or late, by which readings, and what a late one does."""
    stands = standing(told.before.agreement, arrival(event, told.before.agreement.notice))
    found = None if stands.period is None else deadline(stands.period)
    if found is None:
        yield Text(words.say("record", "no-deadline"))
        return
    day = stands.as_of
    verdict = found.verdict(day)
    yield Text(words.say("record", verdict, days=_readings(words, found, day, verdict)))
    if verdict is not Verdict.SAFE and day > found.date and not event.accepted:
        yield Text(words.say("record", "too-late", period=words.number(found.period)))


def _readings(words: Words, found: Deadline, day: date, verdict: Verdict) -> str:
    """Return the readings that decide the verdict, each with its day."""
    late = verdict is not Verdict.SAFE
    named = [reading for reading in Reading if (found.readings[reading] < day) is late]
    return ", ".join(f"{words.say('reading', one)} {found.readings[one].isoformat()}" for one in named)


def _moved(screen: Screen, told: Recorded) -> list[RenderableType]:
    """Return the facts that moved as a small table; that nothing moved is said aloud."""
    words = screen.words
    found = moves(told.before, told.after)
    as_of = words.head(told.after.standing.as_of)
    if not found:
        return [Text(words.say("record", "nothing-moved", day=as_of))]
    columns = move_columns(words)
    rows = [move_cells(words, move) for move in found]
    table = grid(columns, rows, screen.width)
    return [Text(words.say("record", "moved", day=as_of)), Text(""), *([table] if table else records(columns, rows, screen.width))]
