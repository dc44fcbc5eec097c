"""What `kyotei diff` answers: facts that moved, before → after; a table, or Markdown for a pull request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import punctuation
from typing import TYPE_CHECKING

from rich.text import Text

from kyotei.render.grid import Column, Line, grid, table_or_records
from kyotei.render.moves import move_columns, said
from kyotei.render.screen import ALARM, BOLD, GOOD
from kyotei.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from rich.console import RenderableType

    from kyotei.changed import Change
    from kyotei.messages import Words
    from kyotei.render.grid import Cell
    from kyotei.render.screen import Screen

_MARKUP = re.compile(f"[{re.escape(punctuation)}]|[0-9a-f]{{7,}}")
"""What could mean something in Markdown, or on a server that makes links of numbers and names of commits."""
LEAST_TITLE = 24
"""Columns below which a folded title reads badly."""
STYLES = {"added": GOOD, "removed": ALARM, "moved": ""}


@dataclass(frozen=True, slots=True)
class Difference:
    """Two registers as of a day: what differs, how many agreements were compared, which files were not."""

    old: str
    new: str | None
    as_of: date
    changes: Sequence[Change]
    compared: int
    broken: Sequence[str]


def diff_page(screen: Screen, found: Difference) -> str:
    """Return the page: a head that counts, each agreement with its facts, and what could not be compared."""
    words = screen.words
    parts: list[RenderableType] = [Text(_head(words, found, one_line), BOLD)]
    parts += _table(screen, found.changes) if found.changes else []
    if found.broken:
        files = words.say("deadlines", "and").join(one_line(file) for file in found.broken)
        parts += [Text(""), Text(words.say("diff", "broken", files=files), ALARM)]
    return screen.draw(*parts)


def _head(words: Words, found: Difference, written: Callable[[str], str]) -> str:
    """Return both sides, the day, and how many agreements differ, or that none does."""
    new = words.say("diff", "working-tree") if found.new is None else written(found.new)
    kinds = [str(change.kind) for change in found.changes]
    sides = {"old": written(found.old), "new": new, "day": words.head(found.as_of)}
    if kinds:
        return words.say("diff", "head", **sides, **{kind: kinds.count(kind) for kind in STYLES})
    return words.counted("diff", "nothing", found.compared, **sides)


def _table(screen: Screen, changes: Sequence[Change]) -> list[RenderableType]:
    """Return one table; where it does not fit, each agreement above its own facts."""
    words = screen.words
    columns = [Column(words.say("status", "agreement"), LEAST_TITLE), *move_columns(words)]
    rows = [[_agreement(words, change), *_facts(words, change)] for change in changes]
    if table := grid(columns, rows, screen.width):
        return [Text(""), table]
    return [part for change in changes for part in _record(screen, change)]


def _agreement(words: Words, change: Change) -> Cell:
    agreement = change.row.agreement
    return (
        Line(one_line(agreement.id), BOLD),
        Line(words.say("diff", change.kind), STYLES[change.kind]),
        Line(one_line(agreement.title), folds=True),
    )


def _facts(words: Words, change: Change) -> list[Cell]:
    """Return three cells whose lines stand side by side: the facts, before, after."""
    rows = _told(words, change)
    return [tuple(row[number] for row in rows) for number in range(3)]


def _told(words: Words, change: Change) -> list[list[Line]]:
    """Return for each fact its name and its two values; an agreement that is not there has none."""
    nothing = words.say("status", "none")
    return [
        [
            Line(words.say("moved", move.fact)),
            Line(nothing if change.kind == "added" else said(words, move.fact, move.before)),
            Line(f"→ {nothing if change.kind == 'removed' else said(words, move.fact, move.after)}", BOLD),
        ]
        for move in change.moves
    ]


def _record(screen: Screen, change: Change) -> Iterator[RenderableType]:
    yield Text("")
    for line in _agreement(screen.words, change):
        yield Text(line.text, line.style, no_wrap=not line.folds)
    rows = [[(line,) for line in row] for row in _told(screen.words, change)]
    yield from table_or_records(move_columns(screen.words), rows, screen.width)


def diff_markdown(words: Words, found: Difference) -> str:
    """Return the same for a pull request's comment: Markdown in which no datum is markup, link or mention."""
    lines = [f"### {words.say('diff', 'title')}", "", _head(words, found, _code)]
    if found.changes:
        columns = [words.say("status", "agreement"), *(column.heading for column in move_columns(words))]
        lines += ["", _row(columns), _row(["---"] * len(columns))]
        lines += [line for change in found.changes for line in _rows(words, change)]
    if found.broken:
        files = words.say("deadlines", "and").join(_code(file) for file in found.broken)
        lines += ["", words.say("diff", "broken", files=files)]
    return "\n".join(lines) + "\n"


def _rows(words: Words, change: Change) -> Iterator[str]:
    """Yield a row for each fact; the first one names the agreement."""
    agreement = change.row.agreement
    name = f"{_code(agreement.id)} {words.say('diff', change.kind)}<br>{_written(agreement.title)}"
    for row in _told(words, change):
        yield _row([name, *(line.text for line in row)])
        name = ""


def _row(texts: Iterable[str]) -> str:
    return f"| {' | '.join(texts)} |"


def _written(text: str) -> str:
    """Return data as Markdown: as it is where no sign in it could mean something, else as code."""
    text = one_line(text)
    return _code(text) if _MARKUP.search(text) else text


def _code(text: str) -> str:
    r"""Return data as a span of code: there nothing is markup, a link or a mention, and only `|` ends a cell.

    A table takes `\|` for the sign itself; backslashes before it are doubled, so that it stays so.
    """
    text = re.sub(r"(\\*)\|", r"\1\1\|", one_line(text))
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"
