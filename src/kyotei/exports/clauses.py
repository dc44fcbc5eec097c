"""The clauses of an agreement as cells of a row: what `kyotei import` reads back, one datum per cell.

They say what was signed; what amendments changed stands among the events.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from kyotei.content import content
from kyotei.dates.length import Length
from kyotei.text import one_line, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kyotei.messages import Words
    from kyotei.model import Agreement, Contact, Event, Limit, Notice

Cell: TypeAlias = "str | int | date | None"
CLAUSES = ("term", "renewal", "notice", "termination", "confidentiality")


def signed_cells(words: Words, agreement: Agreement) -> Mapping[str, Cell]:
    """Return every clause that counts days, in the words of the language, and who is to be asked."""
    return {
        **_term(words, agreement),
        **_renewal(words, agreement),
        **_notice(words, agreement.notice),
        **_ending(words, agreement),
        "clauses": _clauses(words, agreement),
        "contacts": listed(_contact(contact) for contact in agreement.contacts),
        "tags": listed(map(one_line, agreement.tags)),
        "notes": None if agreement.notes is None else text(agreement.notes),
        "events": len(agreement.events),
        "events-data": listed(_data(event) for event in agreement.events),
    }


def listed(items: Iterable[str]) -> str | None:
    """Return several things in one cell, one per line."""
    return "\n".join(items) or None


def text(data: str) -> str:
    """Return a text of several lines as it stands, each line safe to show."""
    return "\n".join(map(shown, data.split("\n")))


def paired(name: str, of: str) -> str:
    """Return a datum behind its name: 甲：横浜市."""
    return f"{name}：{of}"


def _term(words: Words, agreement: Agreement) -> Mapping[str, Cell]:
    term = agreement.term
    return {
        "term-start": words.say("sheet", "signing") if term.start == "signing" else term.start,
        "term-end": words.say("sheet", "indefinite") if term.end == "indefinite" else term.end,
        "term-length": _length(words, term.length),
    }


def _renewal(words: Words, agreement: Agreement) -> Mapping[str, Cell]:
    clause = agreement.renewal
    if clause is None:
        return dict.fromkeys(("renewal", "renewal-length", "renewal-to", "renewal-limit"))
    return {
        "renewal": words.say("sheet", f"renewal-{clause.mode}"),
        "renewal-length": _length(words, clause.length),
        "renewal-to": None if clause.to is None else str(clause.to),
        "renewal-limit": None if clause.limit is None else _limit(words, clause.limit),
    }


def _limit(words: Words, limit: Limit) -> str:
    if limit.times is not None:
        return words.counted("sheet", "limit-times", limit.times)
    if limit.until is not None:
        return limit.until.isoformat()
    return words.say("sheet", "limit-total", length=_length(words, limit.total))


def _notice(words: Words, clause: Notice | None) -> Mapping[str, Cell]:
    names = ("notice-before", "notice-date", "notice-by", "notice-form", "notice-effective", "reading")
    if clause is None:
        return dict.fromkeys(names)
    cells: tuple[Cell, ...] = (
        _length(words, clause.before_end),
        None if clause.by_date is None else str(clause.by_date),
        _entitled(words, clause.by),
        None if clause.form is None else words.say("sheet", f"form-{clause.form}"),
        words.say("sheet", f"effective-{clause.effective}"),
        None if clause.reading is None else words.say("reading", clause.reading),
    )
    return dict(zip(names, cells, strict=True))


def _ending(words: Words, agreement: Agreement) -> Mapping[str, Cell]:
    leave, secret = agreement.termination, agreement.confidentiality
    at_once = words.say("sheet", "at-once")
    return {
        "termination": None if leave is None else _length(words, leave.notice) or at_once,
        "termination-by": None if leave is None else _entitled(words, leave.by),
        "confidentiality": None if secret is None else _survival(words, secret.survives),
    }


def _survival(words: Words, survives: Length | str | None) -> str | None:
    if isinstance(survives, Length):
        return words.length(survives)
    return words.say("sheet", "survives-not" if survives is None else "survives-always")


def _length(words: Words, length: Length | None) -> str | None:
    return None if length is None else words.length(length)


def _entitled(words: Words, by: str | tuple[str, ...]) -> str | None:
    return words.say("sheet", "either") if by == "either" else listed(map(one_line, by))


def _clauses(words: Words, agreement: Agreement) -> str | None:
    """Return where each clause stands."""
    named = ((name, getattr(agreement, name)) for name in CLAUSES)
    return listed(
        paired(words.say("show", name), one_line(part.clause))
        for name, part in named
        if part is not None and part.clause is not None
    )


def _data(event: Event) -> str:
    """Return an event as a line of JSON: it has too many fields for a column each."""
    return json.dumps(content(event), ensure_ascii=False)


def _contact(contact: Contact) -> str:
    """Return an office, how to reach it and for what; an empty place stays, so that each keeps its own."""
    parts = (contact.office, contact.phone, contact.email, contact.purpose)
    return paired(one_line(contact.party), "／".join(one_line(part or "") for part in parts))
