"""Clauses in words: what the file says of term, renewal, notice, termination and confidentiality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.explain.said import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kyotei.explain.said import Said
    from kyotei.model import Confidentiality, Limit, Notice, Party, Renewal, Term, Termination


def term_said(term: Term) -> Said:
    """Say the term as the clause does: from when, and to when or for how long."""
    start = "signing" if term.start == "signing" else "date"
    end = "length" if term.length is not None else ("indefinite" if term.end == "indefinite" else "end")
    return say(f"term-{start}-{end}", start=term.start, end=term.end, length=term.length)


def renewal_said(clause: Renewal | None) -> list[Said]:
    """Say how the agreement renews, and the limit."""
    if clause is None or clause.mode == "none":
        return [say("renewal-none")]
    way = "length" if clause.length is not None else ("to" if clause.to is not None else "open")
    said = [say(f"renewal-{clause.mode}-{way}", length=clause.length, day=clause.to)]
    return said if clause.limit is None else [*said, _limit_said(clause.limit)]


def _limit_said(limit: Limit) -> Said:
    name = "times" if limit.times is not None else ("until" if limit.until is not None else "total")
    return say(f"limit-{name}", times=limit.times, until=limit.until, total=limit.total)


def notice_said(clause: Notice) -> list[Said]:
    """Say until when, by which counting, and when a notice takes effect."""
    due = say("notice-by-date", day=clause.by_date)
    if clause.before_end is not None:
        name = "notice-before-end" if clause.before_end.count else "notice-until-end"
        due = say(name, length=clause.before_end)
    reading = [] if clause.reading is None else [say("notice-reading", reading=clause.reading)]
    return [due, *reading, say(f"notice-{clause.effective}")]


def objectors_said(clause: Notice, named: Sequence[Party]) -> list[Said]:
    """Say who may give notice, and in which form."""
    form = [] if clause.form is None else [say(f"form-{clause.form}")]
    if clause.by == "either":
        return [say("objectors-either"), *form]
    return [say("objectors-some", parties=_named(named, clause.by)), *form]


def termination_said(clause: Termination, named: Sequence[Party]) -> list[Said]:
    """Say how the agreement can be terminated at will, and by whom."""
    way = say("at-will-now") if clause.notice is None else say("at-will", length=clause.notice)
    return [way] if clause.by == "either" else [way, say("at-will-by", parties=_named(named, clause.by))]


def confidentiality_said(clause: Confidentiality) -> Said:
    """Say how long confidentiality survives the agreement."""
    if clause.survives is None:
        return say("survives-not")
    if clause.survives == "indefinitely":
        return say("survives-always")
    return say("survives-length", length=clause.survives)


def _named(named: Sequence[Party], roles: Sequence[str]) -> tuple[Party, ...]:
    return tuple(party for party in named if party.role in roles)


def changed_said(since: date | None) -> list[Said]:
    """Say since when a clause holds that an amendment brought."""
    return [] if since is None else [say("clause-changed", since=since)]
