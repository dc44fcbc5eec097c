"""What a benchmark answers: a table, and which goals it meets; as text, JSON or Markdown."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Row = dict[str, object]


@dataclass(frozen=True)
class Column:
    """A column: the key of its values, its heading, and how a number is written."""

    key: str
    heading: str
    form: str = ""

    def cell(self, row: Mapping[str, object]) -> str:
        """Return a row's value as text; a row that was skipped says why in its last column."""
        value = row.get(self.key)
        return "" if value is None else format(value, self.form)


NAME = Column("name", "")
TIMED = (NAME, Column("seconds", "seconds", ".3f"), Column("ratio", "x", ".1f"))
TIMED_AND_WEIGHED = (*TIMED, Column("peak_mib", "peak MiB", ".0f"))


@dataclass(frozen=True)
class Goal:
    """What was wanted: at most, or at least, so much; `value` is None where it could not be measured."""

    what: str
    value: float | None
    bound: float
    at_least: bool = False
    unit: str = "x"

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where it could not be measured."""
        if self.value is None:
            return None
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def cells(self) -> Row:
        """Return the goal as a row."""
        sign = ">=" if self.at_least else "<="
        return {
            "what": self.what,
            "value": "" if self.value is None else f"{self.value:,.2f} {self.unit}",
            "goal": f"{sign} {self.bound:g} {self.unit}",
            "met": {True: "met", False: "missed", None: "not measured"}[self.met],
        }


_GOALS = (Column("what", "goal"), Column("value", "measured"), Column("goal", "wanted"), Column("met", ""))


@dataclass(frozen=True)
class Answer:
    """A benchmark's answer."""

    benchmark: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    goals: Sequence[Goal] = field(default=())

    def text(self) -> str:
        """Return the answer for a terminal."""
        parts = [self.title, "", *_aligned(self.columns, self.rows)]
        if self.goals:
            parts += ["", *_aligned(_GOALS, [goal.cells() for goal in self.goals])]
        return "\n".join(parts)

    def markdown(self) -> str:
        """Return the answer for a page."""
        parts = [
            f"### `benchmarks/{self.benchmark}.py`",
            "",
            self.title,
            "",
            *_markdown(self.columns, self.rows),
        ]
        if self.goals:
            parts += ["", *_markdown(_GOALS, [goal.cells() for goal in self.goals])]
        return "\n".join(parts)

    def json(self) -> str:
        """Return the answer for a program."""
        goals = [{**asdict(goal), "met": goal.met} for goal in self.goals]
        shape = {"benchmark": self.benchmark, "title": self.title, "rows": self.rows, "goals": goals}
        return json.dumps(shape, ensure_ascii=False, indent=2)


def _cells(columns: Sequence[Column], rows: Sequence[Row]) -> list[list[str]]:
    """Return the cells of a table; why a row was skipped stands in its second column."""
    found = [[column.heading for column in columns]]
    for row in rows:
        cells = [column.cell(row) for column in columns]
        if skipped := row.get("skipped"):
            cells[1] = f"({skipped})"
        found.append(cells)
    return found


def _aligned(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines of a table: its first column to the left, numbers to the right."""
    found = _cells(columns, rows)
    whole = [cells for cells in found if not cells[1].startswith("(")]
    widths = [max(len(cells[at]) for cells in whole) for at in range(len(columns))]
    widths[0] = max(len(cells[0]) for cells in found)
    for cells in found:
        if cells[1].startswith("("):
            yield f"{cells[0]:<{widths[0]}}  {cells[1]}"
        else:
            numbers = (f"{cell:>{width}}" for cell, width in zip(cells[1:], widths[1:], strict=True))
            yield f"{cells[0]:<{widths[0]}}  {'  '.join(numbers)}".rstrip()


def _markdown(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[str]:
    head, *found = _cells(columns, rows)
    for cells in (head, ["---", *["---:"] * (len(columns) - 1)], *found):
        yield f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def command_line(description: str | None, runs: int) -> argparse.ArgumentParser:
    """Return the options that every benchmark has; `runs` is how often it measures if nobody says."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument(
        "--runs", type=int, default=runs, help="runs of each contender, by turns (%(default)s)"
    )
    parser.add_argument("--command", help="the kyotei to run (the one installed beside this Python)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="answer in JSON")
    form.add_argument("--markdown", action="store_true", help="answer in Markdown")
    return parser


def tell(answer: Answer, asked: argparse.Namespace) -> None:
    """Print an answer as it was asked for."""
    print(answer.json() if asked.json else answer.markdown() if asked.markdown else answer.text())
