"""One agreement's part of the page: how it stands, its periods, and every step that leads to its dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.exports.lists import URGENT
from kyotei.render.explain import answers, bases, idea, marks_of, sentence, walked
from kyotei.render.show import sections
from kyotei.text import one_line
from kyotei.timeline import Sign, window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from kyotei.explain.said import Said, Step
    from kyotei.exports import Account
    from kyotei.exports.lanes import Picture
    from kyotei.messages import Words
    from kyotei.tables import StatusRow
    from kyotei.timeline import Lane, Stroke

ELSEWHERE = {"title", "events"}
"""What the heading and the steps say already."""
NOT_PUBLIC = {"file"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to count back."""

    name: str
    day: str
    marks: tuple[str, ...]
    basis: str
    printed: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """One numbered step: heading, sentences, readings, days walked over, events, and its bases."""

    heading: str
    said: tuple[str, ...]
    readings: tuple[Reading, ...]
    walk: tuple[tuple[str, str, str], ...]
    events: tuple[tuple[str, tuple[str, ...]], ...]
    bases: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period in the table below the picture."""

    cells: tuple[str, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class Section:
    """All that the page says of one agreement."""

    id: str
    title: str
    state: str
    facts: tuple[tuple[str, str, str], ...]
    picture: Picture
    periods: tuple[PeriodRow, ...]
    steps: tuple[Stage, ...]
    doubts: tuple[str, ...]
    outcome: tuple[str, ...]
    particulars: tuple[tuple[str, tuple[str, ...]], ...]


def section(words: Words, account: Account, lane: Lane, drawn: Picture, *, public: bool) -> Section:
    """Return an agreement's part of the page."""
    row, told = account.row, account.explanation
    as_of = row.standing.as_of
    return Section(
        id=row.agreement.id,
        title=one_line(row.agreement.title),
        state=row.standing.state,
        facts=tuple((label, text, URGENT.get(style, "")) for label, text, style in answers(words, row)),
        picture=drawn,
        periods=tuple(_period(words, stroke, as_of) for stroke in lane.strokes),
        steps=tuple(_stage(words, step) for step in told.steps),
        doubts=_sentences(words, told.doubts),
        outcome=_sentences(words, told.outcome),
        particulars=tuple(_particulars(words, row, public=public)),
    )


def _sentences(words: Words, said: Sequence[Said]) -> tuple[str, ...]:
    return tuple(sentence(words, each) for each in said)


def _stage(words: Words, step: Step) -> Stage:
    return Stage(
        heading=words.say("explain", f"step-{step.name}"),
        said=_sentences(words, step.said),
        readings=tuple(
            Reading(
                name=words.say("reading", row.reading),
                day=words.day(row.day),
                marks=tuple(marks_of(words, row)),
                basis=idea(words, row, step.length),
                printed=row.printed,
            )
            for row in step.readings
        ),
        walk=()
        if step.walk is None
        else tuple((day, text, URGENT.get(style, "")) for day, text, style in walked(words, step.walk)),
        events=tuple((words.day(told.on), _sentences(words, told.said)) for told in step.events),
        bases=words.say("authority", "join").join(bases(words, step)),
    )


def _period(words: Words, stroke: Stroke, as_of: date) -> PeriodRow:
    """Return number, days, basis, deadline, day to act, and whether the window is open."""
    row = stroke.row
    period, due, found = row.period, row.due, window(stroke.row, as_of)
    end = words.say("status", "no-end") if period.end is None else period.end.isoformat()
    expected = row.standing == "future" and period.basis == "automatic"
    basis = words.say("term", "future-automatic" if expected else period.basis)
    head = (words.number(period), period.start.isoformat(), end, basis)
    if due is None or found is None:
        return PeriodRow((*head, words.say("status", "none"), "", ""), row.standing == "current")
    act_by = words.say("chain", "unknown") if due.act_by.day is None else words.day(due.act_by.day)
    state = words.say("page", "window-open" if found is Sign.OPEN else "window-passed")
    return PeriodRow((*head, words.day(due.date), act_by, state), row.standing == "current")


def _particulars(words: Words, row: StatusRow, *, public: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what the agreement says, as `show` orders it."""
    hidden = ELSEWHERE | (NOT_PUBLIC if public else set())
    for name, parts in sections(words, row, ()):
        if parts and name not in hidden:
            yield words.say("show", name), tuple(parts)
