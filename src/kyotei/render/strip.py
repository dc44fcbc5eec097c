"""Time drawn in columns of a terminal: an axis, and a strip of signs for each lane.

Only ASCII is drawn: whether a block or an arrow takes one column or two differs from terminal to terminal,
and here a column stands for days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from kyotei.render.explain import labelled, line
from kyotei.render.screen import BOLD, DIM, GOOD, WARN
from kyotei.text import cells
from kyotei.timeline import Look, Sign, months, years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from kyotei.messages import Words
    from kyotei.timeline import Span, Stroke

BARS = {Look.HELD: "=", Look.CLOSED: "#", Look.EXPECTED: "-"}
MARKS = {Sign.START: "[", Sign.LAST: "]", Sign.PASSED: "x", Sign.ACT_BY: "!", Sign.OPEN: "o"}
BOTH, TODAY = "*", "|"
"""An act-by day and its deadline in one column; the day asked for."""
STYLES = {
    **dict.fromkeys("=[]", GOOD),
    **dict.fromkeys("#-x", DIM),
    **dict.fromkeys("!*", WARN),
    **dict.fromkeys("o|", BOLD),
}
_YEARS, _MONTHS = (1, 2, 5, 10, 20, 50, 100), (1, 3, 6)
"""Years and months between two labels of the axis: as few as there is room for."""
_DAYS = {"year": 365, "month": 30}


@dataclass(frozen=True, slots=True)
class Scale:
    """Days on columns: every column holds as many days as the next, give or take one."""

    span: Span
    width: int

    def column(self, day: date) -> int:
        """Return the column in which a day lies."""
        return (day - self.span.first).days * self.width // self.span.days


def strip(scale: Scale, strokes: Sequence[Stroke], as_of: date) -> Text:
    """Return the signs of a lane: bars, over them the day asked for, over that the marks."""
    signs = [" "] * scale.width
    for stroke in strokes:
        for bar in stroke.bars:
            first, last = scale.column(bar.first), scale.column(bar.last)
            signs[first : last + 1] = BARS[bar.look] * (last + 1 - first)
    if scale.span.holds(as_of):
        signs[scale.column(as_of)] = TODAY
    marked = [(mark.sign, scale.column(mark.day)) for stroke in strokes for mark in stroke.marks]
    for sign in Sign:  # the one seen where several fall into a column is named last
        for each, column in marked:
            if each is sign:
                both = sign is Sign.OPEN and signs[column] == MARKS[Sign.ACT_BY]
                signs[column] = BOTH if both else MARKS[sign]
    return _styled(signs)


def _styled(signs: Iterable[str]) -> Text:
    text = Text(no_wrap=True)
    for sign in signs:
        text.append(sign, STYLES.get(sign, ""))
    return text


def axis(words: Words, scale: Scale, as_of: date) -> list[str]:
    """Return the years, the months where there is room, and the day asked for, each above its column."""
    labels = [(day, words.say("timeline", "year", year=day.year)) for day in years(scale.span)]
    every = next((step for step in _YEARS if _fits(scale, "year", step, cells(labels[0][1]))), _YEARS[-1])
    found = [_row(scale, [label for label in labels if label[0].year % every == 0])]
    if step := next((step for step in _MONTHS if _fits(scale, "month", step, len("12"))), 0):
        found.append(_row(scale, [(day, str(day.month)) for day in months(scale.span, step)]))
    if scale.span.holds(as_of):
        found.append(_today(words, scale, as_of))
    return found


def _fits(scale: Scale, unit: str, step: int, wide: int) -> bool:
    """Tell whether a label so many columns wide, and a space, fit into every so many years or months."""
    return scale.width * _DAYS[unit] * step >= scale.span.days * (wide + 1)


def _row(scale: Scale, labels: Sequence[tuple[date, str]]) -> str:
    """Return labels, each beginning in its day's column; one that would touch the next is left out."""
    row, free = "", scale.width + 1
    for day, label in reversed(labels):
        column = scale.column(day)
        if column + cells(label) < free:
            row = label + (" " * (free - column - cells(label)) + row if row else "")
            free = column
    return " " * min(free, scale.width) + row


def _today(words: Words, scale: Scale, as_of: date) -> str:
    """Return a pointer to the day asked for, its name to the right or to the left of it; else bare."""
    column, name = scale.column(as_of), words.say("timeline", "today", day=as_of.isoformat())
    if column + 2 + cells(name) <= scale.width:
        return f"{' ' * column}v {name}"
    left = column - 1 - cells(name)
    return f"{' ' * left}{name} v" if left >= 0 else f"{' ' * column}v"


def legend(words: Words, drawn: str, width: int) -> Iterator[Text]:
    """Yield what the signs mean: those that are drawn, as many in a line as fit."""
    names = [*BARS.items(), *MARKS.items(), ("both", BOTH), ("today", TODAY)]
    signs = [(sign, words.say("timeline", f"sign-{name}")) for name, sign in names if sign in drawn]
    rows: list[list[tuple[str, str]]] = []
    for each in signs:
        if rows and _wide([*rows[-1], each]) <= width:
            rows[-1].append(each)
        else:
            rows.append([each])
    yield line("")
    for row in rows:
        if _wide(row) <= width:
            yield _key(row)
        else:  # one sign alone, whose meaning has to be folded
            yield from labelled(row[0][0], [row[0][1]], 1, width)


def _wide(row: Iterable[tuple[str, str]]) -> int:
    return sum(cells(f"{sign} {meaning}") + 3 for sign, meaning in row) - 3


def _key(row: Sequence[tuple[str, str]]) -> Text:
    text = line("")
    for number, (sign, meaning) in enumerate(row):
        text.append(" " * 3 if number else "").append(sign, STYLES[sign]).append(f" {meaning}")
    return text
