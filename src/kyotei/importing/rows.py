"""A record on its way to a draft: each column read by its field, what they say and what is wrong kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kyotei.importing.columns import UNREAD
from kyotei.importing.facts import Fact, Problem, Said, Unread, origin_of, unread
from kyotei.importing.readers import Around, facts_of
from kyotei.importing.values import hold_to_values, is_blank, text_of
from kyotei.importing.vocabulary import MANY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kyotei.importing.columns import Column, Headed
    from kyotei.importing.facts import Origin
    from kyotei.importing.records import Record

_GROWING = frozenset({"tags", "notes", "cooperation", "office", "phone", "email", "events"})
"""Fields to which every cell adds."""
_LATER = frozenset({"signed", "parties", "others"})
"""Fields that are read before all others, or together."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How rows are to be read: who we are, what fills gaps, whether unknown columns become remarks."""

    own: str | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    keeps_unknown: bool = False
    strict: bool = False


@dataclass(slots=True)
class Row:
    """What has been read of a record, and what could not be."""

    headed: Headed
    record: Record
    wishes: Wishes
    facts: list[Fact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> None:
        """Read every column; the day of signing first, for clauses lean on it."""
        for column in self.headed.of("signed"):
            self._column(column)
        for column in self.headed.columns:
            self._column_by_field(column)

    def _column_by_field(self, column: Column) -> None:
        if column.field == "event-count":
            self._event_count(column)
        elif not column.beside and column.field not in UNREAD | _LATER:
            self._column(column)

    def _column(self, column: Column) -> None:
        """Read a column's cells; a field with room for one value has one cell, or cells that say the same."""
        origins = list(self.origins(column))
        if column.field not in MANY | _GROWING and len({origin.text for origin in origins}) > 1:
            self.problems.append(Problem(Said("import", "cells-differ"), origins[1]))
            return
        for origin in origins if column.field in MANY | _GROWING else origins[:1]:
            self.attempt(lambda origin=origin: self.take(facts_of(column.field, origin, self.around)))  # type: ignore[misc]

    @property
    def around(self) -> Around:
        """What clauses lean on."""
        signed = self.value("signed")
        return Around(date.fromisoformat(signed) if signed else None, self.headed.sheet.first_serial)

    def origins(self, column: Column) -> Iterator[Origin]:
        """Yield where a column's values stand; a cell without a value of its own is a problem."""
        for cell in self.record.cells.get(column.number, ()):
            origin = origin_of(column, cell)
            if not is_blank(cell) and self.attempt(lambda origin=origin: hold_to_values(origin)):  # type: ignore[misc]
                yield origin

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something; what cannot be read becomes a problem."""
        try:
            act()
        except Unread as error:
            self.problems.append(error.problem)
            return False
        return True

    def take(self, facts: Sequence[Fact]) -> None:
        """Keep what a cell states. Raises Unread where another cell says otherwise."""
        for fact in facts:
            known = self.fact(*fact.path)
            if known is None or fact.path[0] in _GROWING:
                self.facts.append(fact)
            elif known.value != fact.value:
                other = known.origin.reference or known.origin.heading
                values = {"first": str(known.value), "other": other, "second": str(fact.value)}
                raise unread(fact.origin, "cells-contradict", **values)

    def fact(self, *path: str | int) -> Fact | None:
        """Return what was read for a field."""
        return next((fact for fact in self.facts if fact.path == path), None)

    def value(self, *path: str | int) -> str:
        """Return the value that was read for a field, empty for none."""
        fact = self.fact(*path)
        return str(fact.value) if fact else ""

    def _event_count(self, column: Column) -> None:
        """Refuse a row whose events stand elsewhere: without them its days would be wrong."""
        for origin in self.origins(column):
            listed = any(self.record.cells.get(other.number) for other in self.headed.of("events"))
            if text_of(origin) != "0" and not listed:
                self.problems.append(Problem(Said("import", "events-elsewhere"), origin))
