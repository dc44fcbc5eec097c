"""What to know about a deadline, in lines of text: the days, why they are those, whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kyotei.explain.clauses import objectors_said
from kyotei.render.deadlines import closures
from kyotei.render.explain import clause, party, sentence
from kyotei.text import one_line, shown
from kyotei.walk import deadline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyotei.explain.said import Said
    from kyotei.exports import Account
    from kyotei.history import EndReason
    from kyotei.messages import Words
    from kyotei.model import Notice
    from kyotei.tables import DeadlineRow, StatusRow
    from kyotei.walk import Deadline, Period


def settled(row: DeadlineRow) -> bool:
    """Tell whether the agreement ends on that day unless somebody acts."""
    return row.status.standing.ends == row.due.date


def expected(row: DeadlineRow) -> bool:
    """Tell whether the deadline's period only comes if nobody objects before."""
    current = row.status.standing.period or row.status.coming
    return current is not None and row.due.period.number > current.number


def reasons(account: Account) -> list[Said]:
    """Return the reasons for a settled end, as `explain` has them."""
    return [said for step in account.explanation.steps if step.name == "end" for said in step.said]


def description(words: Words, account: Account, row: DeadlineRow) -> tuple[str, ...]:
    """Return what to know: the days, why they are those, what silence brings, and whom to ask."""
    agreement, period = account.agreement, row.due.period
    span = words.say("ics", "span", number=words.number(period), span=words.span(period.start, period.end))
    return (
        words.say("show", "subject", text=one_line(agreement.title), subject=agreement.id),
        _said(words, "parties", _listed(words, [party(words, signer) for signer in account.row.parties])),
        _said(words, "period", span),
        *(_objection_lines(words, row) if row.due.kind == "objection" else _end_lines(words, account, row)),
        *(_said(words, "contact", each) for each in contacts(words, account.row)),
        _said(words, "file", shown(account.row.entry.file)),
        words.say("explain", "foot"),
    )


def _said(words: Words, label: str, text: str) -> str:
    return words.say("ics", "line", label=words.say("ics", label), text=text)


def _listed(words: Words, parts: Iterable[str]) -> str:
    return words.say("deadlines", "and").join(parts)


def _told(words: Words, said: Iterable[Said]) -> str:
    """Return sentences of `explain`, one behind the other."""
    return words.say("show", "between").join(sentence(words, each) for each in said)


def _objection_lines(words: Words, row: DeadlineRow) -> Iterator[str]:
    """Yield the three days, how they were counted, how to object, and what silence brings."""
    notice = cast("Notice", row.due.period.notice)  # without such a clause there is no deadline
    following = cast("Period", row.silence.following)  # nor without a renewal
    yield _said(words, "deadline", words.day(row.due.date))
    yield _said(words, "safe", words.day(row.due.safe))
    yield _act_by_line(words, row)
    if notice.clause is not None:
        yield _said(words, "clause", clause(words, notice.clause))
    if row.due.safe != row.due.latest:
        yield _said(words, "readings", _listed(words, _readings(words, row)))
    yield _said(words, "how", _told(words, objectors_said(notice, row.status.parties)))
    yield words.say("explain", f"delivery-{notice.effective}")
    span = words.span(following.start, following.end)
    yield _said(words, "silence", words.say("show", "renews", span=span))
    if expected(row):
        yield words.say("ics", "expected", number=words.number(row.due.period))


def _act_by_line(words: Words, row: DeadlineRow) -> str:
    """Return the last open day with what closes the days after it, or that nobody knows it."""
    day = row.due.act_by.day
    if day is None:
        return _said(words, "act-by", words.say("closed", "unknown", year=row.due.safe.year))
    why = [words.say("deadlines", "because", reasons=found)] if (found := closures(words, row.due)) else []
    why += [words.say("closed", "forecast", year=day.year)] if row.due.act_by.forecast else []
    text = words.day(day)
    text = words.say("show", "subject", text=text, subject=_listed(words, why)) if why else text
    return _said(words, "act-by", text)


def _readings(words: Words, row: DeadlineRow) -> Iterator[str]:
    """Yield each way to count back with its day."""
    counted = cast("Deadline", deadline(row.due.period))  # it is the one of this row
    for reading, day in counted.readings.items():
        yield words.say("ics", "reading", reading=words.say("reading", reading), day=day.isoformat())


def _end_lines(words: Words, account: Account, row: DeadlineRow) -> Iterator[str]:
    """Yield the last day, the last open one before it, and why it ends."""
    yield _said(words, "end", words.day(row.due.date))
    yield _act_by_line(words, row)
    if settled(row):
        yield _told(words, reasons(account))
    else:
        reason = words.say("term", cast("EndReason", row.due.period.closing))  # it ends with this period
        yield words.say("ics", "expected-end", reason=reason)


def contacts(words: Words, row: StatusRow) -> Iterator[str]:
    """Yield each office with its party, how to reach it, and for what."""
    named = {signer.role: party(words, signer) for signer in row.parties}
    for contact in row.agreement.contacts:
        name = named.get(contact.party, one_line(contact.party))
        text = words.say("show", "contact", party=name, office=one_line(contact.office))
        ways = (("phone", contact.phone), ("email", contact.email))
        told = (words.say("show", way, text=one_line(to)) for way, to in ways if to is not None)
        text = " ".join([text, *told])
        if contact.purpose is not None:
            text = words.say("show", "subject", text=text, subject=one_line(contact.purpose))
        yield text
