"""Agreements as text, small enough to be read in a test: all goes through the model, as a file does."""

from __future__ import annotations

from typing import TypeAlias

from kyotei.model import Agreement

Text: TypeAlias = "str | list[Text] | dict[str, Text]"
Clause: TypeAlias = dict[str, Text]

YEARLY: Clause = {"mode": "automatic", "length": "1 year"}
THREE_MONTHS: Clause = {"before_end": "3 months"}
FISCAL_YEAR: Clause = {"start": "2026-04-01", "end": "2027-03-31"}


def agreement(
    *,
    signed: str = "2026-03-20",
    term: Clause = FISCAL_YEAR,
    renewal: Clause | None = None,
    notice: Clause | None = None,
    termination: Clause | None = None,
    events: str = "",
) -> Agreement:
    """An agreement of 甲 and 乙; by itself the fiscal year 2026 and no more. `events` as in `told`."""
    text: Clause = {
        "id": "test",
        "title": "連携協定",
        "signed": signed,
        "parties": [{"role": "甲", "name": "横浜市"}, {"role": "乙", "name": "渋谷区"}],
        "term": term,
        "events": [told(line) for line in events.split(";") if line.strip()],
    }
    clauses = {"renewal": renewal, "notice": notice, "termination": termination}
    return Agreement.model_validate(
        text | {key: clause for key, clause in clauses.items() if clause is not None}
    )


def yearly(events: str = "") -> Agreement:
    """The fiscal year 2026, then year by year; a notice is due three months before the end."""
    return agreement(renewal=YEARLY, notice=THREE_MONTHS, events=events)


def told(line: str) -> Clause:
    """Read one event: `2026-12-10 notice, by 乙, arrived 2026-12-11`; a dot in a key goes deeper."""
    head, *fields = (part.strip() for part in line.split(","))
    on, kind = head.split()
    event: Clause = {"on": on, "type": kind}
    for written in fields:
        path, _, value = written.partition(" ")
        *outer, key = path.split(".")
        inner = event
        for name in outer:
            inner = inner.setdefault(name, {})  # type: ignore[assignment] # only mappings have dots behind them
        inner[key] = value
    return event
