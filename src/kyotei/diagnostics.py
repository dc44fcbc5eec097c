"""What can be wrong, and where: codes and values, never prose.

A `Fault` is raised where one value is read; a `Diagnostic` is the same with its place, and travels beside
the data. `messages.py` turns either into a sentence in the reader's language.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(StrEnum):
    """Whether a finding fails `validate` by itself."""

    ERROR = "error"
    WARNING = "warning"


class Fault(ValueError):  # noqa: N818 (a fault in what was written, not an error of the program)
    """One value that cannot be read: a message's name, and the values that its sentence needs.

    The name is a code in words, perhaps with a case of it behind a dot: `date-invalid.no-such-day`.
    """

    def __init__(self, message: str, **values: str) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class Place(NamedTuple):
    """A point in a file; line and column count from 1, columns in characters."""

    file: str
    line: int = 1
    column: int = 1


class Diagnostic(NamedTuple):
    """A finding: where, how grave, which message with which values, and the line on which it stands."""

    place: Place
    severity: Severity
    message: str
    values: Mapping[str, str]
    excerpt: str = ""

    @property
    def code(self) -> str:
        """The code in words that scripts and settings name."""
        return self.message.partition(".")[0]

    @property
    def sort_key(self) -> tuple[Place, str]:
        """Findings are sorted by file, line, column, code."""
        return self.place, self.message
