"""A sheet as rows and columns of cells, whatever file it came from. Blank cells are not kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_FILE = 10 * 1024 * 1024
"""Bytes of a list that are read at most."""
MOST_ROWS, MOST_COLUMNS = 10_000, 256
"""Rows and columns of a sheet; a list that needs more holds something else than agreements."""
MOST_CHARACTERS = 32_767
"""Characters of a cell: what Excel itself can hold."""

USUAL_FIRST_SERIAL = date(1899, 12, 30)
OLD_BOOK = b"\xd0\xcf\x11\xe0"
"""How a workbook of Excel before 2007 begins, and an encrypted one of today."""

_LETTERS = 26

Value: TypeAlias = "str | int | float | bool | date | datetime"


class SheetRefused(Exception):  # noqa: N818 (what was given is refused; nothing went wrong here)
    """The file cannot be taken as a list: a message's name, and the values that its sentence needs."""

    def __init__(self, name: str, **values: str) -> None:
        super().__init__(name)
        self.name = name
        self.values = values


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not blank; row and column count from 1, as Excel shows them."""

    row: int
    column: int
    value: Value
    formula: bool = False
    """Whether the value is one that Excel has computed and stored."""

    @property
    def text(self) -> str:
        """The value as text; a day is ISO, a whole number has no point."""
        return _text(self.value)


@dataclass(frozen=True, slots=True)
class Span:
    """Cells that are merged into one; all four ends are included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells by row and column, and which of them are merged. CSV has no name for its sheet."""

    name: str
    cells: Mapping[int, Mapping[int, Cell]]
    spans: Mapping[tuple[int, int], Span] = field(default_factory=dict)
    """Row and column -> the merged cells to which they belong."""
    first_serial: date = USUAL_FIRST_SERIAL
    """The day whose serial number is 0; workbooks of old Macs begin in 1904."""

    def rows(self) -> Iterator[tuple[int, Mapping[int, Cell]]]:
        """Yield each row that has a cell, with its number."""
        yield from sorted(self.cells.items())


def letters(column: int) -> str:
    """Return a column's name as Excel shows it: 1 is A, 27 is AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        found = chr(ord("A") + rest) + found
    return found


def _text(value: Value) -> str:
    match value:
        case bool():
            return str(value).upper()  # as Excel shows it
        case datetime() if not any((value.hour, value.minute, value.second, value.microsecond)):
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
