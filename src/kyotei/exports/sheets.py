"""The register as sheets of cells, for CSV and spreadsheets: agreements, deadlines, periods, events."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kyotei.explain.events import events_told
from kyotei.exports.cells import act, condition, dues, month, offices, silence_cell, wareki_cell
from kyotei.exports.clauses import listed, paired, signed_cells
from kyotei.history import known_events
from kyotei.render.explain import sentence
from kyotei.render.status import counterparts
from kyotei.text import one_line, shown
from kyotei.walk import Basis

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kyotei.exports import Account, Exported
    from kyotei.exports.cells import Row
    from kyotei.exports.clauses import Cell
    from kyotei.messages import Words
    from kyotei.tables import ChainRow, DeadlineRow, StatusRow


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name and columns as keys of the catalogue, and its rows in the columns' order."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


NAMED = ("id", "title")
ACT = ("act-by", "act-by-wareki")
DUE = ("deadline", "deadline-wareki", "safe")
SPAN = ("period-start", "period-end")
STANDS = ("state", "urgency", "days", *ACT, *DUE, "end", "end-reason", "silence", "period", *SPAN, "office")
TERM = ("parties", "signed", "signed-wareki", "term-start", "term-end", "term-length")
RENEWAL = ("renewal", "renewal-length", "renewal-to", "renewal-limit")
NOTICE = ("notice-before", "notice-date", "notice-by", "notice-form", "notice-effective", "reading")
ENDING = ("termination", "termination-by", "confidentiality")
BESIDE = ("clauses", "contacts", "tags", "notes", "events", "events-data", "file")

AGREEMENT = (*NAMED, "with", *STANDS, *TERM, *RENEWAL, *NOTICE, *ENDING, *BESIDE)
WHICH = (*NAMED, "with", "number", "silence", "condition", "office")
DEADLINE = ("month", *ACT, "days", "urgency", "kind", "due", "due-wareki", "safe", *WHICH)
RUNS = ("number", *SPAN, "period-end-wareki", "basis", "standing")
PERIOD = (*NAMED, *RUNS, "deadline", "safe", *ACT)
EVENT = (*NAMED, "on", "on-wareki", "event", "told")


def sheets(exported: Exported) -> list[Sheet]:
    """Return every sheet; the first has one row per agreement."""
    return [
        agreements(exported),
        _sheet("deadlines", DEADLINE, (_deadline(exported, row) for row in exported.deadlines)),
        _sheet("periods", PERIOD, _each(exported, _periods)),
        _sheet("events", EVENT, _each(exported, _events)),
    ]


def agreements(exported: Exported) -> Sheet:
    """Return the sheet with one row per agreement."""
    rows = (_agreement(exported, account) for account in exported.accounts)
    return _sheet("agreements", AGREEMENT, rows)


def heading(words: Words, column: str) -> str:
    """Return a column's heading."""
    return words.say("sheet", f"head-{column}")


def _sheet(name: str, columns: tuple[str, ...], rows: Iterable[Mapping[str, Cell]]) -> Sheet:
    return Sheet(name, columns, tuple(tuple(row[column] for column in columns) for row in rows))


def _each(exported: Exported, rows: Callable[[Exported, Account], Iterator[Row]]) -> Iterator[Row]:
    return (row for account in exported.accounts for row in rows(exported, account))


def _named(row: StatusRow) -> Row:
    return {"id": row.agreement.id, "title": one_line(row.agreement.title)}


def _agreement(exported: Exported, account: Account) -> Row:
    """Return how an agreement stands, and behind that what its clauses say."""
    words, stands = exported.words, account.row.standing
    period = stands.period or account.row.coming
    return {
        **_named(account.row),
        "with": listed(counterparts(account.row, exported.own_name)),
        "state": words.say("term", stands.state),
        **dues(words, account),
        "silence": silence_cell(words, stands.silence),
        "period": None if period is None else period.number,
        "period-start": None if period is None else period.start,
        "period-end": None if period is None else period.end,
        "office": offices(account.row, exported.own_name),
        "parties": listed(
            paired(one_line(party.role), one_line(party.name)) for party in account.agreement.parties
        ),
        "signed": account.agreement.signed,
        "signed-wareki": wareki_cell(words, account.agreement.signed),
        **signed_cells(words, account.agreement),
        "file": shown(account.row.entry.file),
    }


def _deadline(exported: Exported, row: DeadlineRow) -> Row:
    words, due = exported.words, row.due
    return {
        "month": month(words, due.urgent_from),
        **act(words, due),
        "kind": words.say("sheet", due.kind),
        "due": due.date,
        "due-wareki": wareki_cell(words, due.date),
        "safe": due.safe,
        **_named(row.status),
        "with": listed(counterparts(row.status, exported.own_name)),
        "number": due.period.number,
        "silence": silence_cell(words, row.silence),
        "condition": condition(words, row),
        "office": offices(row.status, exported.own_name),
    }


def _periods(exported: Exported, account: Account) -> Iterator[Row]:
    words, told = exported.words, partial(wareki_cell, exported.words)
    for row in account.chain:
        end, due = row.period.end, row.due
        act_by = None if due is None else due.act_by.day
        yield {
            **_named(account.row),
            "number": row.period.number,
            "period-start": row.period.start,
            "period-end": end,
            "period-end-wareki": told(end),
            "basis": words.say("term", _basis(row)),
            "standing": words.say("term", row.standing),
            "deadline": None if due is None else due.date,
            "safe": None if due is None else due.safe,
            "act-by": act_by,
            "act-by-wareki": told(act_by),
        }


def _basis(row: ChainRow) -> str:
    """Name why a period runs; of one to come nobody can presume that it was not objected to."""
    coming = row.standing == "future" and row.period.basis is Basis.AUTOMATIC
    return "future-automatic" if coming else row.period.basis


def _events(exported: Exported, account: Account) -> Iterator[Row]:
    words, agreement = exported.words, account.agreement
    known = known_events(agreement, exported.as_of)
    for event, told in zip(known, events_told(agreement, exported.as_of), strict=True):
        yield {
            **_named(account.row),
            "on": event.on,
            "on-wareki": wareki_cell(words, event.on),
            "event": words.say("event", event.type),
            "told": words.say("show", "between").join(sentence(words, said) for said in told.said),
        }
