"""A list that has been read: what became of its rows, for the screen and for scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kyotei.importing.mended import reason
from kyotei.importing.outcomes import Exists, Failed, Made
from kyotei.importing.records import Passed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.importing.columns import Headed
    from kyotei.importing.facts import Fact, Origin, Problem
    from kyotei.importing.outcomes import Outcome
    from kyotei.messages import Words

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Imported:
    """A list that has been read: its file, its columns, what became of its rows."""

    file: str
    headed: Headed
    outcomes: Sequence[Outcome]
    dry_run: bool
    keeps_unknown: bool

    @property
    def made(self) -> list[Made]:
        """The rows that are, or would be, files."""
        return [one for one in self.outcomes if isinstance(one, Made)]

    @property
    def existing(self) -> list[Exists]:
        """The rows whose agreements stand in the register."""
        return [one for one in self.outcomes if isinstance(one, Exists)]

    @property
    def failed(self) -> list[Failed]:
        """The rows that became no file."""
        return [one for one in self.outcomes if isinstance(one, Failed)]

    @property
    def passed(self) -> list[Passed]:
        """The rows that are no agreement."""
        return [one for one in self.outcomes if isinstance(one, Passed)]

    def place(self, origin: Origin | None, row: int) -> str:
        """Return where something stands: the file, the sheet if there are any, and the cell or row."""
        sheet = f"{self.headed.sheet.name}!" if self.headed.sheet.name else ""
        cell = (origin.reference if origin else "") or str(row)
        return f"{self.file}:{sheet}{cell}"


def import_shape(told: Imported, words: Words) -> dict[str, Any]:
    """Return the answer for scripts."""
    return {
        "schema_version": SCHEMA_VERSION,
        "file": told.file,
        "sheet": told.headed.sheet.name or None,
        "dry_run": told.dry_run,
        "columns": [
            {
                "column": column.letters,
                "heading": column.heading,
                "field": None if column.beside else column.field or None,
            }
            for column in told.headed.columns
        ],
        "made": [_made(made, words) for made in told.made],
        "existing": [{"row": one.row, "id": one.identifier, "file": one.file} for one in told.existing],
        "failed": [
            {"row": one.row, "problems": [_problem(problem, words) for problem in one.problems]}
            for one in told.failed
        ],
        "passed": [{"row": one.row, "reason": one.why} for one in told.passed],
    }


def _made(made: Made, words: Words) -> dict[str, Any]:
    return {
        "row": made.row,
        "id": made.entry.agreement.id,
        "file": made.entry.file,
        "checks": [_check(fact, words) for fact in made.checks],
        "warnings": [{"code": one.code, "message": words.finding(one)} for one in made.warnings],
    }


def _check(fact: Fact, words: Words) -> dict[str, Any]:
    said = "" if fact.check is None else words.say(fact.check.section, fact.check.name, **fact.check.values)
    path = ".".join(str(step) for step in fact.path)
    return {"field": path, "cell": fact.origin.reference or None, "message": said}


def _problem(problem: Problem, words: Words) -> dict[str, Any]:
    origin = problem.origin
    return {
        "cell": (origin.reference or None) if origin else None,
        "heading": origin.heading if origin else None,
        "value": origin.text if origin else None,
        "code": problem.said.name.partition(".")[0],
        "message": reason(words, problem),
    }
