"""A notice before it is sent: the engine says what it would stop, as if it stood in the file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements_for_tests import FISCAL_YEAR, THREE_MONTHS, YEARLY, agreement, yearly
from kyotei.explain.said import Minded
from kyotei.model import NoticeEvent
from kyotei.notifying import NothingStopped, effect
from kyotei.term import standing
from kyotei.walk import Period

if TYPE_CHECKING:
    from agreements_for_tests import Clause
    from kyotei.model import Agreement

TODAY = date(2026, 11, 22)


def notice(on: str) -> NoticeEvent:
    return NoticeEvent.model_validate({"type": "notice", "on": on, "by": "乙"})


def ends(found: Agreement, on: str, asked: str = "", arrived: str = "") -> str:
    fields = {"type": "notice", "on": on, "by": "乙"} | ({"arrived": arrived} if arrived else {})
    event = NoticeEvent.model_validate(fields)
    return str(effect(found, event, TODAY, date.fromisoformat(asked) if asked else None).ends)


def refusal(found: Agreement, on: str, asked: str = "", by: str = "乙") -> dict[str, dict[str, str]]:
    """The names of the reasons, each with its days as text."""
    event = NoticeEvent.model_validate({"type": "notice", "on": on, "by": by})
    with pytest.raises(NothingStopped) as refused:
        effect(found, event, TODAY, date.fromisoformat(asked) if asked else None)
    return {
        said.name: {name: plain(value) for name, value in said.values.items()} for said in refused.value.said
    }


def plain(value: object) -> str:
    match value:
        case Minded(day=day):
            return str(day)
        case Period(number=number):
            return str(number)
        case tuple():
            return ", ".join(plain(each) for each in value)
        case _:
            return str(getattr(value, "name", value))


@pytest.mark.parametrize(
    ("on", "contested"),
    [("2026-11-22", False), ("2026-12-30", False), ("2026-12-31", True)],
)
def test_a_notice_until_the_deadline_ends_the_agreement_with_the_current_period(
    on: str,
    *,
    contested: bool,
) -> None:
    found = effect(yearly(), notice(on), TODAY)
    assert (found.ends, found.unborn.start) == (date(2027, 3, 31), date(2027, 4, 1))
    assert (found.day, found.contested) == (date.fromisoformat(on), contested)
    assert found.clause is found.due.period.notice


def test_the_day_of_arrival_counts_and_not_the_letter_s() -> None:
    assert refusal(yearly(), "2027-01-04")["late"]["date"] == "2026-12-31"
    assert ends(yearly(), "2026-12-28", arrived="2026-12-31") == "2027-03-31"
    with pytest.raises(NothingStopped):
        ends(yearly(), "2026-12-28", arrived="2027-01-04")


def test_where_dispatch_counts_the_arrival_does_not() -> None:
    found = agreement(renewal=YEARLY, notice={**THREE_MONTHS, "effective": "dispatch"})
    assert ends(found, "2026-12-28", arrived="2027-01-04") == "2027-03-31"


def test_a_late_notice_must_ask_for_the_end_of_the_next_period() -> None:
    assert refusal(yearly(), "2027-01-10") == {
        "late": {
            "day": "2027-01-10",
            "date": "2026-12-31",
            "period": "1",
            "end": "2027-03-31",
            "last": "2",
            "ends": "2028-03-31",
        }
    }
    assert ends(yearly(), "2027-01-10", "2028-03-31") == "2028-03-31"


def test_a_notice_that_only_some_readings_call_late_is_refused_and_the_latest_day_named() -> None:
    found = agreement(renewal=YEARLY, notice={**THREE_MONTHS, "reading": "clear"})
    assert refusal(found, "2026-12-31")["late-latest"] == {"latest": "2026-12-31"}
    assert "late-latest" not in refusal(found, "2027-01-01")


def test_an_end_that_the_notice_does_not_bring_is_refused() -> None:
    said = refusal(yearly(), "2026-12-10", "2028-03-31")
    assert said == {"ends-differ": {"day": "2026-12-10", "asked": "2028-03-31", "end": "2027-03-31"}}
    assert ends(yearly(), "2026-12-10", "2027-03-31") == "2027-03-31"


def test_before_the_first_period_the_end_must_be_asked_for() -> None:
    found = agreement(
        signed="2026-03-20",
        term={"start": "2027-04-01", "length": "1 year"},
        renewal=YEARLY,
        notice=THREE_MONTHS,
    )
    said = refusal(found, "2026-12-10")
    assert said == {"early": {"day": "2026-12-10", "last": "1", "start": "2027-04-01", "ends": "2028-03-31"}}
    assert ends(found, "2026-12-10", "2028-03-31") == "2028-03-31"


LIMITED: Clause = {**YEARLY, "limit": {"times": "1"}}


@pytest.mark.parametrize(
    ("found", "on", "reason"),
    [
        pytest.param(yearly(), "2026-03-19", "before-signing", id="before the signing"),
        pytest.param(
            agreement(term={"start": "2025-04-01", "end": "2026-03-31"}, signed="2025-03-20"),
            "2026-12-10",
            "ended",
            id="ended",
        ),
        pytest.param(agreement(), "2026-12-10", "ends-expired", id="no renewal"),
        pytest.param(
            agreement(renewal={"mode": "by-consent"}), "2026-12-10", "ends-expired", id="by consent"
        ),
        pytest.param(
            yearly("2026-10-01 termination, effective 2027-01-31"), "2026-12-10", "ends", id="terminated"
        ),
        pytest.param(
            agreement(
                term={"start": "2027-04-01", "length": "1 year"},
                renewal=YEARLY,
                notice=THREE_MONTHS,
                events="2026-10-01 termination, effective 2027-01-31",
            ),
            "2026-12-10",
            "ends",
            id="terminated before its first day",
        ),
        pytest.param(
            yearly("2026-10-01 termination, effective 2028-01-31"),
            "2027-01-10",
            "ends",
            id="terminated before a late notice takes effect",
        ),
        pytest.param(yearly("2026-10-01 notice, by 甲"), "2026-12-10", "ends-notice", id="given already"),
        pytest.param(
            agreement(term={"start": "2026-04-01", "end": "indefinite"}), "2026-12-10", "no-end", id="no end"
        ),
        pytest.param(
            agreement(term={"start": "2027-04-01", "end": "indefinite"}),
            "2026-12-10",
            "no-end",
            id="no end, and not begun",
        ),
        pytest.param(agreement(renewal=YEARLY), "2026-12-10", "no-clause", id="no clause"),
        pytest.param(
            agreement(renewal={"mode": "by-consent"}, events="2026-10-01 renewal, length 1 year"),
            "2026-12-10",
            "no-renewal",
            id="renewed by consent",
        ),
        pytest.param(
            agreement(renewal=LIMITED, notice=THREE_MONTHS), "2027-01-10", "late-last", id="late for the last"
        ),
    ],
)
def test_where_nothing_can_be_stopped_the_reason_is_named(found: Agreement, on: str, reason: str) -> None:
    assert next(iter(refusal(found, on))) == reason


def test_the_open_notice_is_named_and_one_without_effect_is_not() -> None:
    """Two by 甲, of which the clause entitles 乙 only: they stop nothing."""
    by_second = agreement(
        renewal=YEARLY, notice={**THREE_MONTHS, "by": ["乙"]}, events="2026-10-01 notice, by 甲"
    )
    assert ends(by_second, "2026-12-10") == "2027-03-31"
    given = by_second.model_copy(update={"events": (*by_second.events, notice("2026-10-05"))})
    assert refusal(given, "2026-12-10") == {
        "ends-notice": {"on": "2026-10-05", "by": "渋谷区", "end": "2027-03-31"}
    }


def test_a_notice_still_under_way_is_one_too() -> None:
    """On 2026-11-22 it has been sent and has not arrived; of two, the one that ends it first is named."""
    sent = yearly("2026-11-20 notice, by 甲, arrived 2026-12-25")
    assert refusal(sent, "2026-11-22")["ends-notice"] == {
        "on": "2026-11-20",
        "by": "横浜市",
        "end": "2027-03-31",
    }
    both = yearly(
        "2026-11-19 notice, by 乙, arrived 2027-01-25; 2026-11-20 notice, by 甲, arrived 2026-12-25"
    )
    assert refusal(both, "2026-11-22")["ends-notice"] == {
        "on": "2026-11-20",
        "by": "横浜市",
        "end": "2027-03-31",
    }


def test_a_slip_of_the_year_names_no_period_that_is_over() -> None:
    old = agreement(
        signed="2024-03-20",
        term={"start": "2024-04-01", "length": "1 year"},
        renewal=YEARLY,
        notice=THREE_MONTHS,
    )
    assert refusal(old, "2025-12-10")["past"] == {
        "day": "2025-12-10",
        "end": "2026-03-31",
        "today": "2026-11-22",
    }
    assert next(iter(refusal(old, "2025-12-10", "2026-03-31"))) == "past"


def test_a_notice_taken_back_is_no_obstacle() -> None:
    back = yearly("2026-10-01 notice, by 甲; 2026-10-05 withdrawal")
    assert ends(back, "2026-12-10") == "2027-03-31"


def test_who_is_not_entitled_is_told_who_is() -> None:
    found = agreement(renewal=YEARLY, notice={**THREE_MONTHS, "by": ["甲"]})
    assert refusal(found, "2026-12-10") == {"not-entitled": {"by": "渋谷区", "parties": "横浜市"}}


def test_what_became_known_after_the_day_of_the_letter_counts() -> None:
    """A notice dated back: the agreement has been terminated meanwhile."""
    meanwhile = yearly("2026-11-20 termination, effective 2026-11-21")
    assert next(iter(refusal(meanwhile, "2026-11-01"))) == "ended"


CLAUSES = st.fixed_dictionaries(
    {
        "before_end": st.sampled_from(["0 days", "30 days", "3 months", "13 months"]),
        "reading": st.sampled_from(["corresponding-day", "clear", "mirrored"]),
        "effective": st.sampled_from(["arrival", "dispatch"]),
        "by": st.sampled_from(["either", ["甲"], ["乙"]]),
    }
)
EVENTS = st.sampled_from(
    [
        "",
        "2026-08-01 renewal",
        "2027-02-01 renewal, until 2028-09-30",
        "2026-06-01 notice, by 甲",
        "2026-06-01 notice, by 甲; 2026-07-01 withdrawal",
        "2026-06-01 termination, effective 2028-01-15",
        "2026-06-01 amendment, effective 2027-04-01, changes.notice.before_end 1 month",
        "2026-06-01 amendment, effective 2026-07-01, changes.renewal.mode none",
    ]
)
LIMITS: st.SearchStrategy[Clause] = st.sampled_from([{}, {"times": "1"}, {"until": "2028-06-30"}])


@given(CLAUSES, EVENTS, LIMITS, st.integers(-30, 800), st.integers(0, 20))
def test_the_letter_and_the_record_end_the_agreement_on_the_same_day(
    clause: Clause, events: str, limit: Clause, day: int, travel: int
) -> None:
    """Whatever is written ends the agreement on the day that it names, once it is recorded.

    Unless something is agreed afterwards: what is dated later than the letter and its arrival is left out.
    """
    renewal: Clause = {**YEARLY, **({"limit": limit} if limit else {})}
    on = TODAY + timedelta(days=day)
    arrived = on + timedelta(days=travel)
    found = agreement(term=FISCAL_YEAR, renewal=renewal, notice=clause, events=events)
    known = tuple(event for event in found.events if event.on <= max(TODAY, arrived))
    found = found.model_copy(update={"events": known})
    event = NoticeEvent.model_validate({"type": "notice", "on": str(on), "arrived": str(arrived), "by": "乙"})
    recorded = found.model_copy(update={"events": (*found.events, event)})
    try:
        stopped = effect(found, event, TODAY)
    except NothingStopped as refused:
        named = refused.said[0].values.get("ends")
        if not isinstance(named, date):
            return
        stopped = effect(found, event, TODAY, named)
    after = standing(recorded, stopped.ends)
    assert (after.state, after.ends) == ("ending", stopped.ends)
    assert standing(recorded, stopped.unborn.start).state == "ended"
    assert standing(found, stopped.unborn.start).state != "ended"
