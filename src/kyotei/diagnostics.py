"""What can be wrong, and where: codes and values, never prose.

A `Fault` is raised where one value is read; a `Diagnostic` is the same with its place, and travels beside
the data. `messages.py` turns either into a sentence in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(StrEnum):
    """Whether a finding fails `validate` by itself."""

    ERROR = "error"
    WARNING = "warning"


class Fault(ValueError):  # noqa: N818 (a fault in what was written, not an error of the program)
    """One value that cannot be read: a code in words, and the values that its sentence needs."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in a file; line and column count from 1, columns in characters."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding: where, how grave, which code, and the values for its sentence."""

    place: Place
    severity: Severity
    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def sort_key(self) -> tuple[Place, str]:
        """Findings are sorted by file, line, column, code."""
        return self.place, self.code
