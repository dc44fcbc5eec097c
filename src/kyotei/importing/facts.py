"""What one cell says of an agreement: a field, its value, where it stands, and what is to be looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from kyotei.importing.sheet import letters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kyotei.diagnostics import Fault
    from kyotei.importing.columns import Column
    from kyotei.importing.sheet import Cell
    from kyotei.source import Path, Value


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence by its section and name in the catalogue, with its values."""

    section: str
    name: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands: its cell and the heading over it; a value given as an option is in row 0."""

    cell: Cell
    heading: str

    @property
    def reference(self) -> str:
        """The cell as Excel calls it, D5."""
        return f"{letters(self.cell.column)}{self.cell.row}" if self.cell.row else ""

    @property
    def text(self) -> str:
        """What the cell says."""
        return self.cell.text


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the file, as the file writes it. What is not sure has its reason as `check`."""

    path: Path
    value: Value
    origin: Origin
    check: Said | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row becomes no file: the sentence, and the cell if it is one cell's fault."""

    said: Said
    origin: Origin | None = None


class Unread(Exception):  # noqa: N818 (a cell is at fault, not the program)
    """A cell cannot be read."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.said.name)
        self.problem = problem


Facts: TypeAlias = "tuple[Fact, ...]"


def origin_of(column: Column, cell: Cell) -> Origin:
    """Return where a cell stands."""
    return Origin(cell, column.heading or column.letters)


def unread(origin: Origin | None, name: str, **values: str) -> Unread:
    """Return that a cell cannot be read, with a sentence of the section `import`."""
    return Unread(Problem(Said("import", name, values), origin))


def faulty(origin: Origin, fault: Fault) -> Unread:
    """Return that a cell's value is at fault, with the sentence that `validate` has for it."""
    values = {**fault.values, "text": fault.values.get("text") or '""', "key": origin.heading}
    return Unread(Problem(Said("finding", fault.message, values), origin))


def doubt(name: str, **values: str) -> Said:
    """Return what is to be looked at, a sentence of the section `import`."""
    return Said("import", name, values)
