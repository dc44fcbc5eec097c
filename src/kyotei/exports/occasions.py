"""What a calendar shows: one day each, what to do by it, and why. No format yet.

Every deadline has two occasions, its act-by day and itself, and a reminder for each length asked for. The UID
is made of the agreement's id, the kind and the period's number, so a day that moves keeps it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kyotei.dates.counting import backwards
from kyotei.explain.said import say
from kyotei.exports.description import description, reasons, settled
from kyotei.exports.names import names
from kyotei.history import known_events
from kyotei.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kyotei.dates.length import Length
    from kyotei.exports import Account, Exported
    from kyotei.messages import Words
    from kyotei.tables import DeadlineRow

DOMAIN = "kyotei"
"""What stands behind the `@` of every UID."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One all-day event."""

    uid: str
    day: date
    title: str
    lines: tuple[str, ...]
    category: str
    tags: tuple[str, ...]
    known: int
    """Events of the agreement known on the day asked for."""


def occasions(exported: Exported) -> list[Occasion]:
    """Return every occasion by day."""
    named = names(exported)
    found = [
        each
        for account in exported.accounts
        for row in account.deadlines
        for each in _occasions(exported, account, row, named[id(account)])
    ]
    return sorted(_unlike(found), key=lambda each: (each.day, each.uid))


def _unlike(found: Iterable[Occasion]) -> Iterator[Occasion]:
    """Keep apart what has one UID: two files may claim one id, and a calendar would drop one of them."""
    seen: Counter[str] = Counter()
    for each in found:
        seen[each.uid] += 1
        again = seen[each.uid]
        yield each if again == 1 else replace(each, uid=f"{again}.{each.uid}")


def _occasions(exported: Exported, account: Account, row: DeadlineRow, name: str) -> Iterator[Occasion]:
    """Yield a deadline's own day, its act-by day, and the reminders before that.

    An agreement that ends on an open day has nothing to do by another: it gets one occasion.
    """
    words, due = exported.words, row.due
    made = _Maker(words, account, row, name, description(words, account, row))
    yield made.occasion(due.kind, due.date, _what(account, row))
    if due.act_by.day is not None and (due.kind == "objection" or due.act_by.day != due.date):
        yield made.occasion(f"{due.kind}-act-by", due.act_by.day, f"{due.kind}-act-by{_way(row)}")
    for length in exported.options.remind:
        yield made.reminder(backwards(due.urgent_from, length), length)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the occasions of one deadline."""

    words: Words
    account: Account
    row: DeadlineRow
    name: str
    lines: tuple[str, ...]

    def occasion(self, kind: str, day: date, what: str) -> Occasion:
        """Return one of the deadline's days; `what` names the sentence that says what to do."""
        due = self.row.due
        reason = self.words.say("term", due.period.closing) if due.period.closing else ""
        label = self.words.say("ics", f"label-{kind}")
        says = self.words.say("ics", what, reason=reason)
        title = self.words.say("ics", "title", label=label, name=self.name, says=says)
        return self._occasion(kind, day, title, label)

    def reminder(self, day: date, length: Length) -> Occasion:
        """Return the reminder so long before the day to act."""
        until = self.words.day(self.row.due.urgent_from)
        label = self.words.say("ics", "label-remind", length=self.words.length(length))
        says = self.words.say("ics", f"{self.row.due.kind}-remind{_way(self.row)}", day=until)
        title = self.words.say("ics", "title", label=label, name=self.name, says=says)
        kind = f"{self.row.due.kind}-remind-{length.count}-{length.unit}"
        return self._occasion(kind, day, title, self.words.say("ics", "reminder"))

    def _occasion(self, kind: str, day: date, title: str, category: str) -> Occasion:
        agreement = self.account.agreement
        uid = f"{agreement.id}.{kind}.{self.row.due.period.number}@{DOMAIN}"
        known = len(list(known_events(agreement, self.row.due.as_of)))
        tags = tuple(one_line(tag) for tag in agreement.tags)
        return Occasion(uid, day, title, self.lines, category, tags, known)


def _what(account: Account, row: DeadlineRow) -> str:
    """Name what there is to do on the day itself; an end that only comes if it renews until then says so."""
    if row.due.kind == "objection":
        return "objection"
    if not settled(row):
        return "expiry-if"
    return "expiry-consent" if say("last-consent") in reasons(account) else "expiry"


def _way(row: DeadlineRow) -> str:
    """Return the end of the names of what to do with a notice: a clause may let its dispatch count."""
    clause = row.due.period.notice
    return "" if row.due.kind == "expiry" or clause is None else f"-{clause.effective}"
