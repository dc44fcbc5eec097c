"""A record -> the draft of a file: its data, where each value stands in the list, and what is doubtful.

Nothing is invented: what the list does not say is left out or, where the file needs it, a problem of the row.
The one thing that is filled in is a term's start where its end is known: the day of signing, marked so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.importing.completing import complete
from kyotei.importing.data import nested
from kyotei.importing.facts import Fact, Origin, Problem
from kyotei.importing.rows import Row, Wishes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kyotei.importing.columns import Headed
    from kyotei.importing.records import Record
    from kyotei.source import Path, Value


@dataclass(frozen=True, slots=True)
class Draft:
    """What will stand in a file, but for its id where the list gives none."""

    record: Record
    data: Mapping[str, Value]
    facts: tuple[Fact, ...]

    @property
    def checks(self) -> list[Fact]:
        """The facts that are to be looked at."""
        return [fact for fact in self.facts if fact.check is not None]

    def origin(self, path: Path) -> Origin | None:
        """Return where the value at a path comes from."""
        return next((fact.origin for fact in self.facts if fact.path == path), None)


def draft_of(headed: Headed, record: Record, wishes: Wishes) -> tuple[Draft | None, list[Problem]]:
    """Return the draft of a record, or None with every problem of its row."""
    row = Row(headed, record, wishes)
    row.read()
    complete(row)
    if row.problems:
        return None, row.problems
    draft = Draft(record, nested(row.facts), tuple(row.facts))
    if wishes.strict and draft.checks:
        return None, [Problem(fact.check, fact.origin) for fact in draft.checks if fact.check]
    return draft, []
