"""The page of `kyotei timeline`: an agreement in a line, or one agreement period by period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.render.explain import labelled, line, paragraph
from kyotei.render.screen import BOLD, DIM
from kyotei.render.strip import Scale, axis, legend, strip
from kyotei.render.urgency import urgency
from kyotei.text import cells, one_line
from kyotei.timeline import Sign, window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rich.text import Text

    from kyotei.messages import Words
    from kyotei.render.screen import Screen
    from kyotei.tables import Due, StatusRow
    from kyotei.timeline import Lane, Span, Stroke

GAP = 2
LEAST = (48, 36)
"""Columns of picture below which there is no room beside it for both days, and for the day to act alone."""
DAYS = ("act-by", "deadline")

Days = tuple[tuple[str, str], tuple[str, str]]
"""The words for the day to act and the deadline, each with its style."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the picture: its name, a brief one for narrow screens, what is drawn, and its days."""

    name: str
    brief: str
    strokes: Sequence[Stroke]
    days: Days


@dataclass(frozen=True, slots=True)
class _Sides:
    """What stands to the left and to the right of a picture so many columns wide."""

    names: Sequence[str]
    headings: Sequence[str]
    right: Sequence[int]
    picture: int


def timeline_page(screen: Screen, lanes: Sequence[Lane], span: Span, as_of: date) -> str:
    """Return the picture of the agreements within the days drawn, with a legend of the signs it uses."""
    words, width = screen.words, screen.width
    drawn = [lane for lane in lanes if lane.strokes] if len(lanes) > 1 else lanes
    days = words.say("timeline", "span", span=words.span(span.first, span.last))
    lines = paragraph(words.counted("timeline", "head", len(lanes), day=words.head(as_of)), width, style=BOLD)
    if len(drawn) == 1:
        lines += _about(words, drawn[0].status, width)
    lines += paragraph(days, width)
    rows = _rows(words, drawn, as_of)
    if rows:
        lines += [line(""), *_picture(screen, rows, span, as_of)]
    notes = [words.counted("timeline", "outside", len(lanes) - len(drawn))] if len(drawn) < len(lanes) else []
    if not rows:
        notes = [words.say("timeline", "nothing" if lanes else "empty")]
    for note in notes:
        lines += [line(""), *paragraph(note, width)]
    return screen.draw(*lines)


def _about(words: Words, status: StatusRow, width: int) -> Iterator[Text]:
    """Yield the id and the title of the one agreement shown, and how it stands."""
    yield line(f"{status.agreement.id}  {words.say('term', status.standing.state)}")
    yield from paragraph(one_line(status.agreement.title), width)


def _rows(words: Words, drawn: Sequence[Lane], as_of: date) -> list[_Row]:
    """Return a line for each agreement; of one agreement alone, a line for each period."""
    if len(drawn) == 1:
        return [_period(words, stroke, as_of) for stroke in drawn[0].strokes]
    return [_agreement(words, lane) for lane in drawn]


def _agreement(words: Words, lane: Lane) -> _Row:
    """Return the line of an agreement: its id, and its next days, or when it ends or ended."""
    stands, due, name = lane.status.standing, lane.status.due, lane.status.agreement.id
    days = _said(words.say("status", "none"))
    if due is not None:
        days = _days(words, due)
    elif stands.ended is not None:
        days = _said(words.say("timeline", "ended", day=stands.ended.on.isoformat()))
    elif stands.ends is not None:
        days = _said(words.say("timeline", "ends", day=stands.ends.isoformat()))
    return _Row(name, name, lane.strokes, days)


def _period(words: Words, stroke: Stroke, as_of: date) -> _Row:
    """Return the line of a period: its number and days, its deadline, and in a word that it has passed."""
    period, due, found = stroke.row.period, stroke.row.due, window(stroke.row, as_of)
    number, end = words.number(period), words.say("status", "no-end")
    if period.end is not None:
        end = period.end.isoformat()
    name = f"{number}  {words.span(period.start, period.end)}"
    brief = f"{number}  {words.say('status', 'until', end=end)}"
    if due is None or found is None:
        days = _said(words.say("status", "none"))
    elif found is Sign.OPEN:
        days = _days(words, due)
    else:
        days = ((words.say("timeline", "passed"), DIM), (words.day(due.date), DIM))
    return _Row(name, brief, [stroke], days)


def _days(words: Words, due: Due) -> Days:
    """Return the day to act and the deadline."""
    day, days = due.act_by.day, due.days_to_act
    deadline = words.day(due.date), ""
    if day is None or days is None:
        return (words.say("chain", "unknown"), ""), deadline
    return (words.day(day), urgency(days)[1]), deadline


def _said(text: str) -> Days:
    return (text, ""), ("", "")


def _picture(screen: Screen, rows: Sequence[_Row], span: Span, as_of: date) -> Iterator[Text]:
    """Yield the axis, the lines, and what the signs in them mean."""
    words = screen.words
    headings = [words.say("timeline", name) for name in DAYS]
    sides = _sides(screen.width, rows, headings)
    scale = Scale(span, screen.width if sides is None else sides.picture)
    strips, above = [strip(scale, row.strokes, as_of) for row in rows], axis(words, scale, as_of)
    if sides is None:
        yield from _below(rows, strips, above, headings, screen.width)
    else:
        yield from _beside(rows, strips, above, sides)
    yield from legend(words, "".join(drawn.plain for drawn in strips), screen.width)


def _sides(width: int, rows: Sequence[_Row], headings: Sequence[str]) -> _Sides | None:
    """Return what stands beside the picture: both days, or the day to act, or (None) nothing."""
    right = [
        max(cells(text) for text in (heading, *(row.days[number][0] for row in rows)))
        for number, heading in enumerate(headings)
    ]
    both, one = [row.name for row in rows], [row.brief for row in rows]
    for names, shown, least in zip((both, one), (2, 1), LEAST, strict=True):
        picture = width - max(map(cells, names)) - sum(GAP + wide for wide in right[:shown]) - GAP
        if picture >= least:
            return _Sides(names, headings[:shown], right[:shown], picture)
    return None


def _beside(
    rows: Sequence[_Row], strips: Sequence[Text], above: Sequence[str], sides: _Sides
) -> Iterator[Text]:
    """Yield names to the left, days to the right, the picture between them."""
    left = max(map(cells, sides.names)) + GAP
    for text in above[:-1]:
        yield line(" " * left + text, DIM)
    head = line(" " * left).append(above[-1] + " " * (sides.picture - cells(above[-1])), DIM)
    yield _filled(head, [(heading, BOLD) for heading in sides.headings], sides.right)
    for name, drawn, row in zip(sides.names, strips, rows, strict=True):
        named = line(name + " " * (left - cells(name))).append_text(drawn)
        yield _filled(named, row.days, sides.right)


def _filled(drawn: Text, days: Sequence[tuple[str, str]], right: Sequence[int]) -> Text:
    """Add the columns to the right of the picture to a line."""
    for (text, style), wide in zip(days, right, strict=False):
        drawn.append(" " * GAP).append(text, style).append(" " * (wide - cells(text)))
    return drawn


def _below(
    rows: Sequence[_Row], strips: Sequence[Text], above: Sequence[str], headings: Sequence[str], width: int
) -> Iterator[Text]:
    """Yield each name with its picture and its days below it."""
    yield from (line(text, DIM) for text in above)
    left = max(map(cells, headings))
    for row, drawn in zip(rows, strips, strict=True):
        yield from (line(""), line(row.name, BOLD), drawn)
        for heading, (text, style) in zip(headings, row.days, strict=True):
            if row.days[-1][0]:
                yield from labelled(heading, [text], left, width, style)
            elif text:
                yield from paragraph(text, width, style=style)
