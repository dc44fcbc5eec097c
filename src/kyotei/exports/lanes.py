"""The timeline of the page as shapes of SVG: in per cent of the width, so that it fits every screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.dates.counting import ONE_DAY
from kyotei.timeline import Sign, months, window, years

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kyotei.messages import Words
    from kyotei.timeline import Lane, Span, Stroke

QUARTER = 3
"""Months between two lines of the axis."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A bar or a mark: its kind, where it stands in per cent (and how wide, if a bar), and its words."""

    kind: str
    x: str
    width: str
    text: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis, with a label where a year begins."""

    x: str
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One agreement's lane, and the same in words."""

    shapes: tuple[Shape, ...]
    text: tuple[str, ...]


def picture(words: Words, lane: Lane, span: Span, as_of: date) -> Picture:
    """Return the shapes of a lane, marks over bars, and a sentence for each period."""
    shapes = [shape for stroke in lane.strokes for shape in _bars(words, stroke, span)]
    shapes += [shape for stroke in lane.strokes for shape in _marks(words, stroke, span)]
    return Picture(tuple(shapes), tuple(said(words, stroke, as_of) for stroke in lane.strokes))


def ticks(words: Words, span: Span) -> list[Tick]:
    """Return a line for each quarter, with the year at its beginning."""
    named = {day: words.say("timeline", "year", year=day.year) for day in years(span) if day != span.first}
    return [Tick(_percent(span.share(day)), named.get(day, "")) for day in months(span, QUARTER)]


def middle(span: Span, day: date) -> str:
    """Return where the middle of a day stands; empty outside of the days drawn."""
    return _percent((span.share(day) + span.share(day + ONE_DAY)) / 2) if span.holds(day) else ""


def said(words: Words, stroke: Stroke, as_of: date) -> str:
    """Say a period in words: its number, its days, its deadline and whether that has passed."""
    row = stroke.row
    values = {"period": words.number(row.period), "span": words.span(row.period.start, row.period.end)}
    found = window(row, as_of)
    if row.due is None or found is None:
        return words.say("page", "lane-period", **values)
    return words.say("page", f"lane-{found}", day=words.day(row.due.date), **values)


def _bars(words: Words, stroke: Stroke, span: Span) -> Iterator[Shape]:
    for bar in stroke.bars:
        start, end = span.share(bar.first), span.share(bar.last + ONE_DAY)
        meaning = words.say("timeline", f"sign-{bar.look}")
        text = words.say("page", "shape", what=words.number(stroke.row.period), meaning=meaning)
        yield Shape(bar.look, _percent(start), _percent(end - start), text)


def _marks(words: Words, stroke: Stroke, span: Span) -> Iterator[Shape]:
    for mark in stroke.marks:
        share = span.share(mark.day) if mark.sign is Sign.START else span.share(mark.day + ONE_DAY)
        text = words.say(
            "page", "shape", what=words.day(mark.day), meaning=words.say("timeline", f"sign-{mark.sign}")
        )
        edge = mark.sign in {Sign.START, Sign.LAST}
        yield Shape(mark.sign, _percent(share) if edge else middle(span, mark.day), "", text)


def _percent(share: float) -> str:
    return f"{100 * share:.3f}".rstrip("0").rstrip(".") + "%"
