"""What an event moved, before → after, and how a notice fares."""

from __future__ import annotations

from datetime import date

import pytest

from agreements_for_tests import FISCAL_YEAR, THREE_MONTHS, YEARLY, agreement, told, yearly
from kyotei.dates.closed_days import OfficeCalendar
from kyotei.entry import Entry
from kyotei.model import Agreement, NoticeEvent
from kyotei.moved import FACTS, Move, facts, fare, moves
from kyotei.source import read
from kyotei.tables import StatusRow, status_row
from kyotei.walk import Verdict

CALENDAR = OfficeCalendar()
DAY = "2026-11-22"


def row(found: Agreement, day: str = DAY) -> StatusRow:
    return status_row(Entry("a.yaml", found, read(b"id: a")), date.fromisoformat(day), CALENDAR)


def test_the_facts_of_an_agreement_that_renews() -> None:
    assert facts(row(yearly())) == {
        "state": "in-force",
        "period-end": "2027-03-31",
        "deadline": "2026-12-31",
        "act-by": "2026-12-28",
        "renewal": "2028-03-31",
        "ends": None,
    }


def test_an_agreement_that_is_not_there_has_no_facts() -> None:
    assert facts(None) == dict.fromkeys(FACTS)


@pytest.mark.parametrize(
    ("term", "renewal", "day", "ends"),
    [
        pytest.param(FISCAL_YEAR, None, DAY, "2027-03-31", id="it expires"),
        pytest.param(FISCAL_YEAR, None, "2026-03-25", "2027-03-31", id="and did not begin yet"),
        pytest.param(FISCAL_YEAR, None, "2027-04-01", "2027-03-31", id="it has ended"),
        pytest.param(
            FISCAL_YEAR,
            {**YEARLY, "limit": {"times": "2"}},
            DAY,
            "2029-03-31",
            id="as far as the limit lets it",
        ),
        pytest.param({"start": "2026-04-01", "end": "indefinite"}, None, DAY, None, id="it has no end"),
    ],
)
def test_the_end_is_told_where_it_is_settled(
    term: dict[str, object], renewal: dict[str, object] | None, day: str, ends: str | None
) -> None:
    found = agreement(term=term, renewal=renewal, notice=THREE_MONTHS)  # type: ignore[arg-type] # text in a table
    assert facts(row(found, day))["ends"] == ends


def test_an_agreement_terminated_before_its_first_day_has_only_its_end() -> None:
    never = agreement(events="2026-03-22 termination, effective 2026-03-25")
    assert {fact: day for fact, day in facts(row(never, "2026-03-26")).items() if day is not None} == {
        "state": "ended",
        "ends": "2026-03-25",
    }
    assert facts(row(never, "2026-03-24"))["ends"] is None


def test_only_what_differs_moves() -> None:
    stopped = yearly("2026-11-22 notice, by 乙")
    assert moves(row(yearly()), row(stopped)) == [
        Move("state", "in-force", "ending"),
        Move("deadline", "2026-12-31", None),
        Move("act-by", "2026-12-28", None),
        Move("renewal", "2028-03-31", None),
        Move("ends", None, "2027-03-31"),
    ]
    assert moves(row(stopped), row(stopped)) == []
    assert [move.before for move in moves(None, row(stopped))] == [None, None, None]


def notice(line: str) -> NoticeEvent:
    return NoticeEvent.model_validate(told(line))


@pytest.mark.parametrize(
    ("line", "day", "due", "verdict"),
    [
        pytest.param("2026-12-30 notice, by 乙", "2026-12-30", "2026-12-31", Verdict.SAFE, id="the safe day"),
        pytest.param(
            "2026-12-31 notice, by 乙", "2026-12-31", "2026-12-31", Verdict.CONTESTED, id="contested"
        ),
        pytest.param("2027-01-01 notice, by 乙", "2027-01-01", "2026-12-31", Verdict.LATE, id="late"),
        pytest.param(
            "2026-12-30 notice, by 乙, arrived 2027-01-04",
            "2027-01-04",
            "2026-12-31",
            Verdict.LATE,
            id="arrival counts",
        ),
        pytest.param(
            "2027-03-30 notice, by 乙, arrived 2027-04-01",
            "2027-04-01",
            "2027-12-31",
            Verdict.SAFE,
            id="arrived in the next period",
        ),
        pytest.param(
            "2026-03-20 notice, by 乙", "2026-03-20", "2026-12-31", Verdict.SAFE, id="before the first"
        ),
    ],
)
def test_a_notice_fares_by_the_period_in_which_it_takes_effect(
    line: str, day: str, due: str, verdict: Verdict
) -> None:
    found = fare(yearly(), notice(line))
    assert found is not None
    assert (found.day.isoformat(), found.due.date.isoformat(), found.verdict) == (day, due, verdict)


def test_a_notice_by_dispatch_counts_from_the_day_it_was_sent() -> None:
    sent = agreement(renewal=YEARLY, notice={**THREE_MONTHS, "effective": "dispatch"})
    found = fare(sent, notice("2026-12-30 notice, by 乙, arrived 2027-01-04"))
    assert found is not None
    assert (found.day.isoformat(), found.verdict) == ("2026-12-30", Verdict.SAFE)


@pytest.mark.parametrize(
    ("events", "due"),
    [
        pytest.param("2026-06-01 notice, by 甲", "2026-12-31", id="another notice says nothing of it"),
        pytest.param("2026-06-01 termination, effective 2026-12-01", "2026-12-31", id="nor a termination"),
        pytest.param("2026-06-01 renewal, until 2027-09-30", "2026-12-31", id="a renewal moves what follows"),
        pytest.param(
            "2026-06-01 amendment, effective 2026-06-01, changes.notice.before_end 1 month",
            "2027-02-28",
            id="an amendment counts",
        ),
        pytest.param(
            "2026-12-02 amendment, effective 2026-12-02, changes.notice.before_end 1 month",
            "2026-12-31",
            id="but not one made later",
        ),
    ],
)
def test_a_notice_is_judged_by_what_was_known_when_it_was_given(events: str, due: str) -> None:
    found = fare(yearly(events), notice("2026-12-01 notice, by 乙"))
    assert found is not None
    assert found.due.date.isoformat() == due


def test_where_no_notice_stops_anything_there_is_no_fare() -> None:
    assert fare(agreement(), notice("2026-12-01 notice, by 乙")) is None
    assert fare(agreement(renewal=YEARLY), notice("2026-12-01 notice, by 乙")) is None
