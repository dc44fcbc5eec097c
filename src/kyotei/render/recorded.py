"""What `kyotei record` answers: the event and what it does, how a notice fares, and what moves."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from kyotei.dates.counting import Reading
from kyotei.model import NoticeEvent
from kyotei.moved import fare, moves
from kyotei.render.explain import labelled, line, paragraph, sentence
from kyotei.render.grid import table_or_records
from kyotei.render.moves import move_cells, move_columns
from kyotei.render.screen import ALARM, BOLD, GOOD, WARN
from kyotei.text import cells, lines, shown
from kyotei.walk import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from rich.console import RenderableType

    from kyotei.explain.said import Told
    from kyotei.messages import Words
    from kyotei.model import Event
    from kyotei.moved import Fare
    from kyotei.render.screen import Screen
    from kyotei.tables import StatusRow

STYLES = {Verdict.SAFE: GOOD, Verdict.CONTESTED: WARN, Verdict.LATE: ALARM}


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event that was recorded (or would be), what it does, and the file's text and standing around it.

    `today` is the day asked for; the rows stand on the day on which the event is known and has arrived.
    """

    event: Event
    told: Told
    old_text: str
    new_text: str
    before: StatusRow
    after: StatusRow
    today: date
    dry_run: bool


def recorded_page(screen: Screen, told: Recorded) -> str:
    """Return the answer; a dry run shows the difference in the file first."""
    words, width = screen.words, screen.width
    head = words.say(
        "record", "would-record" if told.dry_run else "recorded", file=shown(told.after.entry.file)
    )
    parts: list[RenderableType] = [*_difference(told), Text("")] if told.dry_run else []
    parts += [*paragraph(head, width, style=BOLD), Text(""), *_event_lines(words, told, width)]
    if told.event.on > told.today:
        later = words.say("record", "later", today=told.today.isoformat(), day=words.day(told.event.on))
        parts += [Text(""), *paragraph(later, width)]
    return screen.draw(*parts, Text(""), *_moved(screen, told))


def _difference(told: Recorded) -> Iterator[Text]:
    file = told.after.entry.file
    old, new = (_file_lines(text) for text in (told.old_text, told.new_text))
    for found in unified_diff(old, new, f"a/{file}", f"b/{file}", lineterm=""):
        added = found.startswith("+") and not found.startswith("+++")
        yield line(shown(found), GOOD if added else "")


def _file_lines(text: str) -> list[str]:
    found = lines(text)
    return found if found[-1] else found[:-1]


def _event_lines(words: Words, told: Recorded, width: int) -> list[Text]:
    """Return the event with its day, and what it does; for a notice beside the verdict."""
    day, (what, *effects) = words.day(told.told.on), [sentence(words, said) for said in told.told.said]
    found = fare(told.before.agreement, told.event) if isinstance(told.event, NoticeEvent) else None
    if found is None:
        return labelled(day, [what, *effects], cells(day), width)
    verdict = words.say("record", found.verdict)
    left = max(cells(day), cells(verdict))
    judged = labelled(verdict, [*_due_lines(words, found), *effects, *_hint(words, told, found)], left, width)
    judged[0].stylize(STYLES[found.verdict], 0, len(verdict))
    return [*labelled(day, [what], left, width), Text(""), *judged]


def _due_lines(words: Words, found: Fare) -> Iterator[str]:
    """Say for each day that some readings name as the last how far the notice is from it."""
    readings = sorted(Reading, key=lambda reading: found.due.readings[reading], reverse=True)
    groups = [(day, list(group)) for day, group in groupby(readings, found.due.readings.__getitem__)]
    for day, group in groups:
        names = words.say("deadlines", "and").join(words.say("reading", reading) for reading in group)
        values = {"day": words.day(day), "distance": _distance(words, (day - found.day).days)}
        if len(groups) == 1:
            yield words.say("record", "due-all", **values)
        else:
            yield words.say("record", "due", readings=names, **values)


def _distance(words: Words, days: int) -> str:
    """Return how many days before its last day a notice came, or how late."""
    if days == 0:
        return words.say("record", "on-the-day")
    return words.counted("record", "spare" if days > 0 else "days-late", abs(days))


def _hint(words: Words, told: Recorded, found: Fare) -> Iterator[str]:
    """Say what the other party's consent would make of a notice that stops nothing yet."""
    end = found.due.period.end
    if end is not None and found.day > found.due.date and not getattr(told.event, "accepted", False):
        yield words.say("record", "accept", period=words.number(found.due.period), end=end.isoformat())


def _moved(screen: Screen, told: Recorded) -> list[RenderableType]:
    """Return the facts that moved as a small table; that nothing moved is said aloud."""
    words, width = screen.words, screen.width
    found = moves(told.before, told.after)
    name = "moved" if found else "nothing-moved"
    head = paragraph(words.say("record", name, day=words.head(told.after.standing.as_of)), width)
    if not found:
        return [*head]
    rows = [move_cells(words, move) for move in found]
    return [*head, Text(""), *table_or_records(move_columns(words), rows, width)]
