"""What remains of a file once it has been judged by itself: as much as the rules over the whole register ask.

A register may hold a hundred thousand agreements; their traces fit into memory where the agreements do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kyotei.diagnostics import Diagnostic, Place, Severity
from kyotei.rules.names import same_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kyotei.entry import Entry
    from kyotei.model import Agreement
    from kyotei.source import Path


class Mark(NamedTuple):
    """A point in a file, counted from 1, with the line on which it stands."""

    line: int
    column: int
    excerpt: str


class Successor(NamedTuple):
    """The id of the agreement that superseded one on a day, and where it is named."""

    on: date
    by: str
    mark: Mark


class Trace(NamedTuple):
    """One agreement, as the rules over the whole register see it."""

    file: str
    id: str
    identity: str
    """The same for two files only if they hold the same title, parties and signing day."""
    id_mark: Mark
    title_mark: Mark
    successors: tuple[Successor, ...]
    unused: Mapping[str, Diagnostic]
    """Codes that the file ignores and no rule has found in it yet -> the finding that says so."""

    def finding(self, severity: Severity, code: str, mark: Mark, **values: str) -> Diagnostic:
        """Return a finding at `mark`."""
        return Diagnostic(Place(self.file, mark.line, mark.column), severity, code, values, mark.excerpt)


def trace(entry: Entry, unused: Mapping[str, Diagnostic]) -> Trace:
    """Return the trace of an agreement."""
    agreement = entry.agreement
    return Trace(
        entry.file,
        agreement.id,
        _identity(agreement),
        _mark(entry, ("id",)),
        _mark(entry, ("title",)),
        tuple(_successors(entry)) if agreement.events else (),
        unused,
    )


def _mark(entry: Entry, path: Path) -> Mark:
    spot = entry.document.spot(path)
    return Mark(spot.line + 1, spot.column + 1, entry.document.line(spot.line))


def _identity(agreement: Agreement) -> str:
    names = sorted({same_name(party.name) for party in agreement.parties})
    return "\n".join([agreement.signed.isoformat(), same_name(agreement.title), *names])


def _successors(entry: Entry) -> list[Successor]:
    return [
        Successor(event.on, event.by, _mark(entry, ("events", number, "by")))
        for number, event in enumerate(entry.agreement.events)
        if event.type == "superseded"
    ]
