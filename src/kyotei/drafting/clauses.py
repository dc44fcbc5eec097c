"""Clauses of term, renewal, notice and termination as fields, each with the words that it came from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kyotei.drafting.articles import articles
from kyotei.drafting.notices import notice_fields
from kyotei.drafting.renewals import renewal_fields
from kyotei.drafting.sentences import sentences
from kyotei.drafting.terminations import termination_fields
from kyotei.drafting.terms import term_fields
from kyotei.drafting.wordings import OTHER, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from kyotei.drafting.evidence import FieldPath, Found, Unread
    from kyotei.drafting.sentences import Sentence

_EXCLUSIVE = (
    {("term", "end"), ("term", "length")},
    {("renewal", "length"), ("renewal", "to")},
    {("notice", "before_end"), ("notice", "by_date")},
    {("renewal", "limit", "times"), ("renewal", "limit", "until"), ("renewal", "limit", "total")},
)
"""Keys of which a file writes one."""


def clause_fields(
    text: str, *, signed: date | None = None, unread: list[Unread] | None = None
) -> tuple[Found, ...]:
    """Return what one or more clauses state of term, renewal, notice and termination.

    `signed` is the day that 「締結の日」 names; without it a year counted from there stays out. `unread`
    takes what is too long to be read.
    """
    return fields_of(text, sentences(text, articles(text), unread), signed)


def fields_of(source: str, said: Sequence[Sentence], signed: date | None) -> tuple[Found, ...]:
    """Return the fields that some sentences of a text state, at most one for each path."""
    ours = tuple(_of_the_term(said))
    term = term_fields(source, ours, signed)
    endless = any(field.value == "indefinite" for field in term)
    fields = [
        *term,
        *([] if endless else renewal_fields(source, ours, term)),
        *([] if endless else notice_fields(source, ours)),
        *termination_fields(source, ours, endless=endless),
    ]
    return (*settled(fields), *_clauses(settled(fields)))


def _clauses(fields: Iterable[Found]) -> Iterator[Found]:
    """Yield for each part of the file the clause of the text that states it, where the text names clauses."""
    named = {field.path[0]: field for field in reversed(tuple(fields)) if field.clause}
    for part, field in named.items():
        yield replace(field, path=(part, "clause"), value=field.clause, confidence="sure", reason=None)


def _of_the_term(said: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences that are not of secrecy; one without a subject goes with the one before."""
    other, clause = False, ""
    for one in said:
        other = bool(OTHER.search(one.text)) or (
            other and one.clause == clause and not SUBJECT.search(one.text)
        )
        clause = one.clause
        if not other:
            yield one


def settled(fields: Iterable[Found]) -> tuple[Found, ...]:
    """Return one field for each path: the first said, to be looked at where another reading competes."""
    kept: dict[FieldPath, Found] = {}
    for field in fields:
        rival = next((one for one in kept.values() if _rivals(one.path, field.path)), None)
        if rival is None:
            kept[field.path] = field
        elif (rival.path, rival.value) != (field.path, field.value) and rival.reason is None:
            kept[rival.path] = replace(rival, confidence="check", reason="readings-compete")
    return tuple(kept.values())


def _rivals(one: FieldPath, other: FieldPath) -> bool:
    return one == other or any({one, other} <= pair for pair in _EXCLUSIVE)
