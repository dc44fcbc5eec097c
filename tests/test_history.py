"""What a file knew on a day, and what each event does: one table for all of them.

In `events.csv` a period is written `2: 2027-04-01..2028-03-31`, a deadline with the number of its period.
`then` is what follows if nobody acts: the next period, or the end; for an ended agreement its last day and
the reason.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from agreements_for_tests import FISCAL_YEAR, THREE_MONTHS, YEARLY, agreement, yearly
from kyotei.history import (
    EndReason,
    arrival,
    history,
    known_events,
    last_looked,
    parties,
    termination_clause,
)
from kyotei.model import Notice, NoticeEvent
from kyotei.term import standing

if TYPE_CHECKING:
    from agreements_for_tests import Clause
    from kyotei.term import Standing
    from kyotei.walk import Period

TABLES = Path(__file__).parent / "tables"

CLAUSES: dict[str, dict[str, Clause]] = {
    "yearly": {"renewal": YEARLY, "notice": THREE_MONTHS},
    "dispatch": {"renewal": YEARLY, "notice": THREE_MONTHS | {"effective": "dispatch"}},
    "only 甲": {"renewal": YEARLY, "notice": THREE_MONTHS | {"by": ["甲"]}},
    "31 January": {"renewal": YEARLY, "notice": {"by_date": "01-31"}},
    "18 months": {"renewal": YEARLY, "notice": {"before_end": "18 months"}},
    "no notice clause": {"renewal": YEARLY},
    "once renewed": {"renewal": YEARLY | {"limit": {"times": "1"}}, "notice": THREE_MONTHS},
    "consent": {"renewal": {"mode": "by-consent", "length": "2 years"}, "notice": THREE_MONTHS},
    "consent, no length": {"renewal": {"mode": "by-consent"}},
    "consent until 31 March": {"renewal": {"mode": "by-consent", "to": "03-31"}},
    "one year": {},
    "from signing": {"term": {"start": "signing", "length": "1 year"}},
    "indefinite": {"term": {"start": "2026-04-01", "end": "indefinite"}},
}


def iso(text: str) -> date:
    return date.fromisoformat(text)


def rows() -> list[dict[str, str]]:
    with (TABLES / "events.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def span(period: Period | None) -> str:
    return "-" if period is None else f"{period.number}: {period.start}..{period.end or ''}"


def then(found: Standing) -> str:
    if found.ended is not None:
        return f"{found.ended.on} {found.ended.reason}"
    return f"ends {found.silence.end}" if found.silence.outcome == "ends" else span(found.silence.following)


def due(found: Standing) -> str:
    return "-" if found.deadline is None else f"{found.deadline.period.number}: {found.deadline.date}"


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["why"])
def test_an_event_does_what_the_table_says(row: dict[str, str]) -> None:
    clauses: dict[str, Clause] = {"term": FISCAL_YEAR} | CLAUSES[row["agreement"]]
    told = agreement(**clauses, events=row["events"])  # type: ignore[arg-type] # no clause is named `events`
    found = standing(told, iso(row["as_of"]))
    assert {
        "state": found.state,
        "period": span(found.period),
        "then": then(found),
        "deadline": due(found),
    } == {key: row[key] for key in ("state", "period", "then", "deadline")}
    assert found.ends == (found.silence.end if row["state"] == "ending" else None)


def test_every_row_of_the_table_has_a_reason_of_its_own() -> None:
    reasons = [row["why"] for row in rows()]
    assert len(set(reasons)) == len(reasons)


# What is known


def test_an_event_is_known_from_its_day_on() -> None:
    told = yearly("2026-10-01 review; 2026-11-01 notice, by 乙")
    assert [event.type for event in known_events(told, iso("2026-09-30"))] == []
    assert [event.type for event in known_events(told, iso("2026-10-31"))] == ["review"]
    assert [event.type for event in known_events(told, iso("2026-11-01"))] == ["review", "notice"]


def test_events_are_told_oldest_first_and_those_of_one_day_as_written() -> None:
    told = yearly("2026-11-01 withdrawal; 2026-10-01 review; 2026-11-01 notice, by 乙")
    assert [event.type for event in known_events(told, iso("2026-12-01"))] == [
        "review",
        "withdrawal",
        "notice",
    ]


def test_a_file_without_events_knows_nothing() -> None:
    known = history(yearly(), iso("2026-11-01"))
    assert list(known_events(yearly(), iso("2026-11-01"))) == []
    assert (known.amendments, known.renewals, known.notices, known.cut) == ((), (), (), None)
    assert known.as_of == iso("2026-11-01")
    assert known.agreement == yearly()


def test_each_kind_of_event_is_kept_by_its_kind() -> None:
    known = history(
        yearly(
            "2026-05-01 renewal;"
            "2026-06-01 amendment, effective 2027-01-01, changes.notice.before_end 1 month;"
            "2026-07-01 amendment, effective 2026-08-01, changes.notice.before_end 2 months;"
            "2026-08-01 notice, by 甲; 2026-09-01 notice, by 乙; 2026-09-10 withdrawal;"
            "2026-10-01 termination, effective 2026-12-31"
        ),
        iso("2026-10-01"),
    )
    assert [event.on for event in known.renewals] == [iso("2026-05-01")]
    assert [event.effective for event in known.amendments] == [iso("2026-08-01"), iso("2027-01-01")]
    assert [notice.event.by for notice in known.notices] == ["甲"]
    assert [(taken.notice.event.by, taken.on) for taken in known.taken_back] == [("乙", iso("2026-09-10"))]
    assert known.cut is not None
    assert (known.cut.day, known.cut.reason) == (iso("2026-12-31"), EndReason.TERMINATION)


def test_a_notice_remembers_what_was_known_when_it_was_given() -> None:
    known = history(
        yearly("2026-05-01 renewal; 2026-08-01 notice, by 甲; 2026-09-01 renewal"), iso("2026-10-01")
    )
    [notice] = known.notices
    assert [event.on for event in notice.known.renewals] == [iso("2026-05-01")]
    assert [event.on for event in known.renewals] == [iso("2026-05-01"), iso("2026-09-01")]


def test_a_long_exchange_of_letters_is_judged_letter_by_letter() -> None:
    """Each notice is judged without those before it: otherwise forty would take for ever."""
    letters = "".join(f"2026-11-{day:02} notice, by 乙; 2026-11-{day:02} withdrawal;" for day in range(1, 21))
    standing_notices = "".join(f"2026-12-{day:02} notice, by 甲;" for day in range(1, 21))
    assert standing(yearly(letters), iso("2026-12-01")).ends is None
    assert standing(yearly(letters + standing_notices), iso("2026-12-20")).ends == iso("2027-03-31")


# Arrival


@pytest.mark.parametrize(
    ("clause", "arrived", "day"),
    [
        pytest.param("arrival", "2026-12-11", "2026-12-11", id="by arrival (民法97条)"),
        pytest.param(
            "arrival", None, "2026-12-10", id="by arrival, on the day itself if nothing else is said"
        ),
        pytest.param("dispatch", "2026-12-11", "2026-12-10", id="by dispatch"),
        pytest.param(None, "2026-12-11", "2026-12-11", id="without a clause by arrival"),
        pytest.param(None, None, "2026-12-10", id="without a clause, on the day itself"),
    ],
)
def test_a_notice_counts_from_its_day(clause: str | None, arrived: str | None, day: str) -> None:
    event = NoticeEvent.model_validate(
        {"on": "2026-12-10", "type": "notice", "by": "乙"} | ({"arrived": arrived} if arrived else {})
    )
    notice = None if clause is None else Notice.model_validate(THREE_MONTHS | {"effective": clause})
    assert arrival(event, notice) == iso(day)


# Parties


def names(events: str, as_of: str) -> list[str]:
    return [f"{party.role} {party.name}" for party in parties(yearly(events), iso(as_of))]


def test_a_party_has_its_new_name_from_the_day_of_the_succession() -> None:
    events = "2026-10-01 succession, party 乙, name 新渋谷区"
    assert names(events, "2026-09-30") == ["甲 横浜市", "乙 渋谷区"]
    assert names(events, "2026-10-01") == ["甲 横浜市", "乙 新渋谷区"]


def test_of_two_successions_the_later_holds_whatever_the_lines_say() -> None:
    events = "2027-10-01 succession, party 甲, name 横浜都; 2026-10-01 succession, party 甲, name 新横浜市"
    assert names(events, "2027-09-30") == ["甲 新横浜市", "乙 渋谷区"]
    assert names(events, "2027-10-01") == ["甲 横浜都", "乙 渋谷区"]


def test_a_succession_of_a_role_that_nobody_has_changes_nothing() -> None:
    assert names("2026-10-01 succession, party 丙, name 町田市", "2026-10-01") == ["甲 横浜市", "乙 渋谷区"]


def test_the_representative_of_a_successor_is_the_one_recorded_with_it() -> None:
    told = yearly("2026-10-01 succession, party 乙, name 新渋谷区, representative 新区長")
    assert [party.representative for party in parties(told, iso("2026-10-01"))] == [None, "新区長"]


def test_other_events_rename_nobody() -> None:
    assert names("2026-10-01 review", "2026-10-01") == ["甲 横浜市", "乙 渋谷区"]


# Termination at will


def test_the_termination_clause_is_the_one_that_holds_on_the_day() -> None:
    told = agreement(
        termination={"notice": "6 months"},
        events="2026-06-01 amendment, effective 2026-10-01, changes.termination.notice 1 month;"
        "2026-06-02 amendment, effective 2026-10-02, changes.notice.before_end 1 month",
    )
    before = termination_clause(told, iso("2026-09-30"))
    after = termination_clause(told, iso("2026-10-01"))
    assert before is not None
    assert after is not None
    assert (str(before.notice), str(after.notice)) == ("6 months", "1 month")
    assert termination_clause(told, iso("2026-12-31")) == after


def test_an_amendment_may_bring_the_first_termination_clause() -> None:
    told = agreement(events="2026-06-01 amendment, effective 2026-06-01, changes.termination.notice 1 month")
    assert termination_clause(told, iso("2026-05-31")) is None
    assert termination_clause(told, iso("2026-06-01")) is not None


# Who looked last


@pytest.mark.parametrize(
    ("events", "day"),
    [
        pytest.param("", "2026-03-20", id="nobody since it was signed"),
        pytest.param("2026-10-01 review", "2026-10-01", id="a review"),
        pytest.param("2026-10-01 renewal", "2026-10-01", id="a renewal agreed or confirmed"),
        pytest.param(
            "2026-10-01 amendment, effective 2027-04-01, changes.notice.before_end 1 month",
            "2026-10-01",
            id="an amendment, on the day that it was made",
        ),
        pytest.param("2026-10-02 review; 2026-10-01 review", "2026-10-02", id="the later of two"),
        pytest.param("2026-10-01 review; 2026-10-02 notice, by 乙", "2026-10-01", id="a notice is no look"),
        pytest.param("2026-10-01 review; 2026-11-23 review", "2026-10-01", id="tomorrow is not known yet"),
    ],
)
def test_the_last_look_is_the_latest_known(events: str, day: str) -> None:
    assert last_looked(yearly(events), iso("2026-11-22")) == iso(day)
