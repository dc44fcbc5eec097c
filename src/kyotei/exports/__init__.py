"""What every exported format gets, computed once and when asked for: one engine, one answer.

A format is a function `(Exported) -> bytes` in a module of its own in this package, and one entry in the
table `FORMATS` of `kyotei.commands.export`, which names module and function, and the extra that its library
comes with. It computes no date and asks nothing of disk or clock: all is in the rows of `kyotei.tables`.

    Exported.accounts       one `Account` per agreement that the filters keep, by id
      .row                  the row of `status`: parties as named that day, standing, next deadline
      .deadlines            the next two deadlines and the end, as rows of `deadlines`; the first is the row's
      .chain                the rows of `chain`: every period up to the current one and three more
      .explanation          the steps of `explain`
    Exported.deadlines      those of all agreements, by act-by day
    Exported.within(...)    the rows of `deadlines --within`
    Exported.words          the sentences of the language, with `as_of`, `calendar` and `own_name`
    Exported.unread         files that could not be read: an answer that leaves them out has to say so
    Exported.options        what only some formats are asked for

A format that cannot hold a register raises `NotExportable`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kyotei.explain.steps import explanation
from kyotei.tables import chain_rows, coming_rows, deadline_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kyotei.dates.closed_days import OfficeCalendar
    from kyotei.dates.length import Length
    from kyotei.explain.said import Explanation
    from kyotei.messages import Words
    from kyotei.model import Agreement
    from kyotei.tables import ChainRow, DeadlineRow, StatusRow

AHEAD = 3
"""Periods behind the current one, as `kyotei chain` shows them."""


class NotExportable(Exception):  # noqa: N818 (named for what the register is to a format)
    """A format cannot hold these agreements: a sentence for the user, and its values."""

    def __init__(self, name: str, **values: str) -> None:
        super().__init__(name)
        self.name = name
        self.values = values


@dataclass(frozen=True)
class Account:
    """One agreement with everything computed, each part when first asked for."""

    row: StatusRow
    calendar: OfficeCalendar

    @property
    def agreement(self) -> Agreement:
        """The agreement itself."""
        return self.row.agreement

    @property
    def as_of(self) -> date:
        """The day asked for."""
        return self.row.standing.as_of

    @cached_property
    def deadlines(self) -> tuple[DeadlineRow, ...]:
        """The next two deadlines and the end; the first is that of the row."""
        return tuple(coming_rows(self.row, self.as_of, self.calendar))

    @cached_property
    def chain(self) -> tuple[ChainRow, ...]:
        """Every period up to the current one, and three more."""
        return tuple(chain_rows(self.row.entry, self.as_of, self.calendar, future=AHEAD))

    @cached_property
    def explanation(self) -> Explanation:
        """Every step that leads to its dates."""
        return explanation(self.agreement, self.as_of, self.calendar)


@dataclass(frozen=True, slots=True)
class Options:
    """What only some formats are asked for."""

    remind: tuple[Length, ...] = ()
    """Lengths before an act-by day at which a calendar reminds of it."""
    public: bool = False
    """Whether everybody may read the answer: a page without contacts, notes and internal events."""


@dataclass(frozen=True)
class Exported:
    """The agreements to export on the day asked for, and how to speak of them."""

    words: Words
    as_of: date
    calendar: OfficeCalendar
    accounts: tuple[Account, ...]
    own_name: str | None = None
    unread: tuple[str, ...] = ()
    options: Options = field(default_factory=Options)

    @cached_property
    def deadlines(self) -> tuple[DeadlineRow, ...]:
        """Every agreement's next two deadlines and its end, by act-by day."""
        found = (row for account in self.accounts for row in account.deadlines)
        return tuple(sorted(found, key=_by_day))

    def within(self, length: Length) -> list[DeadlineRow]:
        """Return the rows of `deadlines --within`."""
        return deadline_rows((each.row for each in self.accounts), self.as_of, length, self.calendar)


def accounts(rows: Iterable[StatusRow], calendar: OfficeCalendar) -> tuple[Account, ...]:
    """Return each agreement of some rows with everything computed."""
    return tuple(Account(row, calendar) for row in rows)


def _by_day(row: DeadlineRow) -> tuple[date, date, str]:
    return row.due.urgent_from, row.due.date, row.status.agreement.id
