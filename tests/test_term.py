"""Periods, deadlines and standing, held to the law and to agreements small enough to count by hand."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from agreements_for_tests import FISCAL_YEAR, THREE_MONTHS, YEARLY, agreement, yearly
from kyotei.dates.counting import Reading
from kyotei.history import EndReason
from kyotei.term import Ended, Silence, State, earliest_termination, periods, standing
from kyotei.walk import Basis, Verdict, deadline, first_counted_day

if TYPE_CHECKING:
    from agreements_for_tests import Clause
    from kyotei.model import Agreement
    from kyotei.walk import Deadline, Period

TABLES = Path(__file__).parent / "tables"


def iso(text: str) -> date:
    return date.fromisoformat(text)


def span(period: Period | None) -> str:
    """A period as a table writes it: `2: 2027-04-01..2028-03-31`."""
    return "-" if period is None else f"{period.number}: {period.start}..{period.end or ''}"


def spans(agreement: Agreement, as_of: str, *, future: int = 0) -> list[str]:
    return [span(period) for period in periods(agreement, iso(as_of), future=future)]


def state(agreement: Agreement, as_of: str) -> State:
    return standing(agreement, iso(as_of)).state


def due(agreement: Agreement, as_of: str) -> str | None:
    """The next deadline printed, and the number of its period."""
    found = standing(agreement, iso(as_of)).deadline
    return None if found is None else f"{found.period.number}: {found.date}"


def only_deadline(agreement: Agreement, as_of: str) -> Deadline:
    found = standing(agreement, iso(as_of)).deadline
    assert found is not None
    return found


# The real agreement


def test_the_seed_on_22_november_2026(seed: Agreement) -> None:
    found = standing(seed, iso("2026-11-22"))
    assert found.state is State.IN_FORCE
    assert span(found.period) == "7: 2026-04-01..2027-03-31"
    assert found.deadline is not None
    assert found.deadline.printed is Reading.CORRESPONDING_DAY
    assert found.deadline.date == iso("2026-12-31")
    assert found.deadline.safe == iso("2026-12-30")
    assert found.deadline.latest == iso("2026-12-31")
    assert span(found.deadline.period) == "7: 2026-04-01..2027-03-31"
    assert found.silence.outcome == "renews"
    assert span(found.silence.following) == "8: 2027-04-01..2028-03-31"
    assert found.silence.end == iso("2028-03-31")
    assert found.locked == found.silence
    assert found.ends is None
    assert found.ended is None


def test_the_seed_is_in_force_from_its_signing_day(seed: Agreement) -> None:
    assert state(seed, "2020-11-17") is State.PENDING
    assert state(seed, "2020-11-18") is State.IN_FORCE


def test_the_seed_after_its_deadline_is_sure_to_renew(seed: Agreement) -> None:
    found = standing(seed, iso("2027-01-01"))
    assert found.state is State.RENEWING
    assert span(found.period) == "7: 2026-04-01..2027-03-31"
    assert due(seed, "2027-01-01") == "8: 2027-12-31"
    assert span(found.silence.following) == "8: 2027-04-01..2028-03-31"
    assert found.locked is not None
    assert span(found.locked.following) == "9: 2028-04-01..2029-03-31"


# What other software gets wrong (DOMAIN, section 7)


def test_a_term_from_a_leap_day_is_not_clamped_before_the_day_is_taken_off() -> None:
    leap = agreement(term={"start": "2020-02-29", "length": "1 year"})
    assert spans(leap, "2020-06-01") == ["1: 2020-02-29..2021-02-28"]


def test_months_before_a_31st_do_not_overflow_into_the_next_month() -> None:
    may = agreement(term={"start": "2020-06-01", "end": "2021-05-31"}, renewal=YEARLY, notice=THREE_MONTHS)
    assert due(may, "2020-06-01") == "1: 2021-02-28"


def test_three_months_are_not_kept_as_ninety_days() -> None:
    term: Clause = {"start": "2023-04-01", "end": "2024-03-31"}
    months = agreement(term=term, renewal=YEARLY, notice=THREE_MONTHS)
    days = agreement(term=term, renewal=YEARLY, notice={"before_end": "90 days"})
    assert due(months, "2023-04-01") == "1: 2023-12-31"
    assert due(days, "2023-04-01") == "1: 2024-01-01"


def test_a_term_ends_the_day_before_its_anniversary() -> None:
    year = agreement(term={"start": "2020-04-01", "length": "1 year"})
    assert spans(year, "2020-04-01") == ["1: 2020-04-01..2021-03-31"]


def test_on_the_deadline_day_the_renewal_can_still_be_stopped(seed: Agreement) -> None:
    assert state(seed, "2026-12-31") is State.IN_FORCE
    assert due(seed, "2026-12-31") == "7: 2026-12-31"
    assert state(seed, "2027-01-01") is State.RENEWING


def test_an_odd_first_term_keeps_its_own_end(seed: Agreement) -> None:
    assert spans(seed, "2021-04-01") == ["1: 2020-11-18..2021-03-31", "2: 2021-04-01..2022-03-31"]


def test_days_before_a_month_end_are_not_snapped_to_a_month_end() -> None:
    year = agreement(
        term={"start": "2026-01-01", "end": "2026-12-31"}, renewal=YEARLY, notice={"before_end": "60 days"}
    )
    assert due(year, "2026-01-01") == "1: 2026-11-01"


def test_a_tacitly_renewed_agreement_is_not_shown_as_expired() -> None:
    found = standing(yearly(), iso("2028-06-01"))
    assert found.state is State.IN_FORCE
    assert span(found.period) == "3: 2028-04-01..2029-03-31"
    assert found.period is not None
    assert found.period.basis is Basis.AUTOMATIC


def test_a_chain_from_a_leap_day_is_not_kept_on_the_clamped_day() -> None:
    leap = agreement(term={"start": "2024-02-29", "length": "1 year"}, renewal=YEARLY, notice=THREE_MONTHS)
    assert spans(leap, "2027-06-01")[-1] == "4: 2027-03-01..2028-02-29"


def test_an_agreement_is_still_there_on_its_last_day() -> None:
    found = standing(agreement(), iso("2027-03-31"))
    assert found.state is State.ENDING
    assert found.ends == iso("2027-03-31")
    assert standing(agreement(), iso("2027-04-01")).state is State.ENDED


# Chains


CHAINS = {
    "seed: signing to 2021-03-31, then 1 year": agreement(
        signed="2020-11-18", term={"start": "signing", "end": "2021-03-31"}, renewal=YEARLY
    ),
    "1 year from 29 February, then 1 year": agreement(
        term={"start": "2024-02-29", "length": "1 year"}, renewal=YEARLY
    ),
    "1 month from 31 January, then 1 month": agreement(
        term={"start": "2025-01-31", "length": "1 month"}, renewal={"mode": "automatic", "length": "1 month"}
    ),
    "1 month from 30 September, then 1 month": agreement(
        term={"start": "2009-09-30", "length": "1 month"}, renewal={"mode": "automatic", "length": "1 month"}
    ),
    "3 years from 1 April, then 1 year": agreement(
        term={"start": "2018-04-01", "length": "3 years"}, renewal=YEARLY
    ),
    "1 year from signing, then 1 year": agreement(
        signed="2020-11-18", term={"start": "signing", "length": "1 year"}, renewal=YEARLY
    ),
    "signing to 2024-02-29, then until 31 March": agreement(
        signed="2023-07-10",
        term={"start": "signing", "end": "2024-02-29"},
        renewal={"mode": "automatic", "to": "03-31"},
    ),
    "1 year from 1 October, then until the end of February": agreement(
        term={"start": "2022-10-01", "length": "1 year"}, renewal={"mode": "automatic", "to": "02-29"}
    ),
    "4 weeks from 1 December, then 2 weeks": agreement(
        term={"start": "2026-12-01", "length": "4 weeks"}, renewal={"mode": "automatic", "length": "2 weeks"}
    ),
    "1 year, then 18 months, 3 years in all": agreement(
        term={"start": "2026-04-01", "length": "1 year"},
        renewal={"mode": "automatic", "length": "18 months", "limit": {"total": "3 years"}},
    ),
}


def chain_rows() -> list[dict[str, str]]:
    with (TABLES / "chain.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", chain_rows(), ids=lambda row: row["why"])
def test_a_chain_runs_as_the_table_says(row: dict[str, str]) -> None:
    told = f"{row['period']}: {row['start']}..{row['end']}"
    number = int(row["period"])
    assert spans(CHAINS[row["case"]], "2009-01-01", future=number)[-1] == told
    assert spans(CHAINS[row["case"]], row["start"])[-1] == told
    assert spans(CHAINS[row["case"]], row["end"])[-1] == told


def test_periods_are_those_begun_and_as_many_to_come_as_asked_for() -> None:
    assert spans(yearly(), "2027-04-01", future=0) == [
        "1: 2026-04-01..2027-03-31",
        "2: 2027-04-01..2028-03-31",
    ]
    assert spans(yearly(), "2027-04-01", future=1)[2:] == ["3: 2028-04-01..2029-03-31"]
    assert spans(yearly(), "2027-04-01", future=3)[2:] == [
        "3: 2028-04-01..2029-03-31",
        "4: 2029-04-01..2030-03-31",
        "5: 2030-04-01..2031-03-31",
    ]


def test_before_the_first_day_all_periods_are_to_come() -> None:
    assert spans(yearly(), "2026-03-31", future=0) == []
    assert spans(yearly(), "2026-03-31", future=2) == [
        "1: 2026-04-01..2027-03-31",
        "2: 2027-04-01..2028-03-31",
    ]


def test_an_agreement_that_ended_has_its_periods_and_none_to_come() -> None:
    assert spans(agreement(), "2030-01-01", future=3) == ["1: 2026-04-01..2027-03-31"]


def test_only_a_recorded_renewal_is_more_than_presumed() -> None:
    told = yearly("2027-03-01 renewal")
    assert [period.basis for period in periods(told, iso("2028-05-01"), future=0)] == [
        Basis.INITIAL,
        Basis.RECORDED,
        Basis.AUTOMATIC,
    ]


def test_a_renewal_by_consent_is_recorded_and_never_silent() -> None:
    consent = agreement(renewal={"mode": "by-consent", "length": "1 year"}, events="2027-02-01 renewal")
    first, second = periods(consent, iso("2027-04-01"), future=0)
    assert (first.silent, first.closing, first.notice) == (False, None, None)
    assert (second.basis, second.silent, second.closing) == (Basis.RECORDED, False, EndReason.EXPIRED)


def test_a_confirmed_end_is_recorded_and_stays_open_to_a_notice() -> None:
    first, second = periods(yearly("2026-11-01 renewal, until 2029-03-31"), iso("2026-11-01"), future=1)
    assert first.silent
    assert second.basis is Basis.RECORDED


def test_a_period_that_is_cut_keeps_its_basis_and_renews_no_more() -> None:
    first, second = periods(
        yearly("2026-10-01 termination, effective 2027-09-30"), iso("2026-10-01"), future=5
    )
    assert (first.basis, first.silent, first.closing) == (Basis.INITIAL, True, None)
    assert second.basis is Basis.AUTOMATIC
    assert second.silent is False
    assert second.notice is None
    assert second.closing is EndReason.TERMINATION


def test_a_period_that_a_notice_made_the_last_keeps_the_clause_it_was_stopped_by() -> None:
    [stopped] = periods(yearly("2026-11-01 notice, by 乙"), iso("2026-11-01"), future=5)
    assert (stopped.silent, stopped.closing) == (False, EndReason.NOTICE)
    due = deadline(stopped)
    assert due is not None
    assert due.date == iso("2026-12-31")


def test_a_period_that_silence_renews_says_so() -> None:
    first, last = periods(
        agreement(renewal=YEARLY | {"limit": {"times": "1"}}, notice=THREE_MONTHS),
        iso("2026-04-01"),
        future=3,
    )
    assert (first.silent, first.closing) == (True, None)
    assert first.notice is not None
    assert (last.silent, last.closing, last.notice) == (False, EndReason.EXPIRED, None)


# The first day


def test_a_stated_start_is_counted_and_a_signing_day_is_not() -> None:
    assert first_counted_day(agreement()) == iso("2026-04-01")
    signing = agreement(signed="2020-11-18", term={"start": "signing", "length": "1 year"})
    assert first_counted_day(signing) == iso("2020-11-19")
    assert spans(signing, "2020-11-18") == ["1: 2020-11-18..2021-11-18"]


def test_an_agreement_signed_for_a_later_day_is_pending_until_then() -> None:
    found = standing(yearly(), iso("2026-03-31"))
    assert found.state is State.PENDING
    assert found.period is None
    assert found.ends is None
    assert found.ended is None
    assert due(yearly(), "2026-03-31") == "1: 2026-12-31"
    assert found.silence.outcome == "renews"
    assert state(yearly(), "2026-04-01") is State.IN_FORCE


# How it goes on


def test_without_a_renewal_clause_a_term_ends() -> None:
    found = standing(agreement(notice=THREE_MONTHS), iso("2026-06-01"))
    assert found.state is State.ENDING
    assert found.ends == iso("2027-03-31")
    assert found.silence == Silence("ends", iso("2027-03-31"))
    assert found.deadline is None
    assert found.locked is None
    assert standing(agreement(), iso("2027-04-01")).ended == Ended(iso("2027-03-31"), EndReason.EXPIRED)


def test_renewal_mode_none_ends_as_no_clause_does() -> None:
    none = agreement(renewal={"mode": "none"}, notice=THREE_MONTHS)
    assert standing(none, iso("2026-06-01")).silence == Silence("ends", iso("2027-03-31"))
    assert state(none, "2026-06-01") is State.ENDING


def test_silence_ends_an_agreement_that_renews_by_consent() -> None:
    consent = agreement(renewal={"mode": "by-consent", "length": "1 year"}, notice=THREE_MONTHS)
    found = standing(consent, iso("2026-06-01"))
    assert found.state is State.ENDING
    assert found.ends == iso("2027-03-31")
    assert found.deadline is None
    assert state(consent, "2027-04-01") is State.ENDED


def test_an_agreement_without_an_end_is_in_force_and_has_no_deadline() -> None:
    open_ended = agreement(
        term={"start": "2026-04-01", "end": "indefinite"}, renewal=YEARLY, notice=THREE_MONTHS
    )
    found = standing(open_ended, iso("2099-06-01"))
    assert found.state is State.IN_FORCE
    assert span(found.period) == "1: 2026-04-01.."
    assert found.deadline is None
    assert found.locked is None
    assert found.silence == Silence(None)
    assert found.ends is None
    assert spans(open_ended, "2099-06-01", future=3) == ["1: 2026-04-01.."]


def test_an_automatic_renewal_that_no_notice_can_stop_is_in_force_without_a_deadline() -> None:
    found = standing(agreement(renewal=YEARLY), iso("2027-03-31"))
    assert found.state is State.IN_FORCE
    assert found.deadline is None
    assert found.silence.outcome == "renews"


# Limits


@pytest.mark.parametrize(
    ("limit", "last"),
    [
        pytest.param({"times": "1"}, "2: 2027-04-01..2028-03-31", id="once renewed, two periods"),
        pytest.param({"times": "3"}, "4: 2029-04-01..2030-03-31", id="three times renewed, four periods"),
        pytest.param({"until": "2029-03-31"}, "3: 2028-04-01..2029-03-31", id="until the end of a period"),
        pytest.param({"until": "2029-04-01"}, "4: 2029-04-01..2029-04-01", id="until a period's first day"),
        pytest.param(
            {"until": "2028-12-31"}, "3: 2028-04-01..2028-12-31", id="until a day in a period: cut to it"
        ),
        pytest.param(
            {"until": "2027-03-31"}, "1: 2026-04-01..2027-03-31", id="until the end of the first term"
        ),
        pytest.param({"until": "2026-12-31"}, "1: 2026-04-01..2027-03-31", id="the first term is never cut"),
        pytest.param(
            {"total": "3 years"}, "3: 2028-04-01..2029-03-31", id="in all a whole number of periods"
        ),
        pytest.param({"total": "30 months"}, "3: 2028-04-01..2028-09-30", id="in all half a period more"),
        pytest.param(
            {"total": "366 days"}, "2: 2027-04-01..2027-04-01", id="in all a day more than the term"
        ),
    ],
)
def test_automatic_renewal_stops_at_its_limit(limit: Clause, last: str) -> None:
    limited = agreement(renewal=YEARLY | {"limit": limit}, notice=THREE_MONTHS)
    assert spans(limited, "2026-04-01", future=20)[-1] == last
    assert spans(limited, "2040-01-01")[-1] == last


def test_a_total_runs_from_the_first_counted_day_and_not_from_signing() -> None:
    signing = agreement(
        signed="2020-11-18",
        term={"start": "signing", "length": "1 year"},
        renewal=YEARLY | {"limit": {"total": "5 years"}},
    )
    assert spans(signing, "2030-01-01")[-1] == "5: 2024-11-19..2025-11-18"


def test_the_last_period_within_a_limit_is_ending() -> None:
    limited = agreement(renewal=YEARLY | {"limit": {"times": "1"}}, notice=THREE_MONTHS)
    assert state(limited, "2027-03-31") is State.RENEWING
    assert standing(limited, iso("2027-03-31")).deadline is None
    assert state(limited, "2027-04-01") is State.ENDING
    assert standing(limited, iso("2027-04-01")).ends == iso("2028-03-31")
    assert standing(limited, iso("2028-04-01")).ended == Ended(iso("2028-03-31"), EndReason.EXPIRED)


def test_the_deadline_of_a_period_that_a_limit_cuts_is_counted_from_the_cut_end() -> None:
    cut = agreement(
        renewal={"mode": "automatic", "length": "1 year", "limit": {"until": "2028-12-31"}},
        notice=THREE_MONTHS,
    )
    assert span(standing(cut, iso("2027-06-01")).silence.following) == "3: 2028-04-01..2028-12-31"
    assert due(cut, "2027-06-01") == "2: 2027-12-31"
    assert due(cut, "2028-01-01") is None


# Deadlines


def test_the_readings_of_a_deadline_and_its_safe_and_latest_day() -> None:
    found = only_deadline(
        agreement(term={"start": "2024-03-01", "end": "2025-02-28"}, renewal=YEARLY, notice=THREE_MONTHS),
        "2024-06-01",
    )
    assert found.readings == {
        Reading.CORRESPONDING_DAY: iso("2024-11-28"),
        Reading.CLEAR: iso("2024-11-27"),
        Reading.END_OF_TERM: iso("2024-11-30"),
        Reading.MIRRORED: iso("2024-11-28"),
    }
    assert (found.date, found.safe, found.latest) == (iso("2024-11-28"), iso("2024-11-27"), iso("2024-11-30"))


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("2024-04-01", Verdict.SAFE),
        ("2024-11-27", Verdict.SAFE),
        ("2024-11-28", Verdict.CONTESTED),
        ("2024-11-30", Verdict.CONTESTED),
        ("2024-12-01", Verdict.LATE),
    ],
)
def test_a_notice_is_safe_contested_or_late_by_the_day_it_arrives(day: str, verdict: Verdict) -> None:
    found = only_deadline(
        agreement(term={"start": "2024-03-01", "end": "2025-02-28"}, renewal=YEARLY, notice=THREE_MONTHS),
        "2024-06-01",
    )
    assert found.verdict(iso(day)) is verdict


@pytest.mark.parametrize(
    ("reading", "day"),
    [
        ("corresponding-day", "2024-11-28"),
        ("clear", "2024-11-27"),
        ("end-of-term", "2024-11-30"),
        ("mirrored", "2024-11-28"),
    ],
)
def test_the_reading_that_the_parties_agreed_is_printed_and_the_safe_day_stays(
    reading: str, day: str
) -> None:
    agreed = agreement(
        term={"start": "2024-03-01", "end": "2025-02-28"},
        renewal=YEARLY,
        notice=THREE_MONTHS | {"reading": reading},
    )
    found = only_deadline(agreed, "2024-06-01")
    assert found.printed == reading
    assert found.date == iso(day)
    assert found.safe == iso("2024-11-27")
    assert found.latest == iso("2024-11-30")
    assert state(agreed, day) is State.IN_FORCE
    assert due(agreed, day) == f"1: {day}"


def test_under_an_agreed_reading_the_day_after_is_too_late() -> None:
    agreed = agreement(
        term={"start": "2024-03-01", "end": "2025-02-28"},
        renewal=YEARLY,
        notice=THREE_MONTHS | {"reading": "clear"},
    )
    assert state(agreed, "2024-11-28") is State.RENEWING


@pytest.mark.parametrize(
    ("end", "by_date", "day"),
    [
        pytest.param("2027-03-31", "01-31", "2027-01-31", id="31 January before the fiscal year ends"),
        pytest.param("2027-03-31", "03-31", "2027-03-31", id="the last day itself"),
        pytest.param(
            "2027-03-30", "03-31", "2026-03-31", id="a day later in the year is that of the year before"
        ),
        pytest.param("2027-01-30", "01-31", "2026-01-31", id="one day short goes a year back"),
        pytest.param("2027-03-31", "02-29", "2027-02-28", id="29 February is the last of February"),
        pytest.param("2028-03-31", "02-29", "2028-02-29", id="29 February is itself in a leap year"),
        pytest.param("2027-03-31", "12-31", "2026-12-31", id="a day of the year before"),
    ],
)
def test_a_notice_due_on_a_fixed_date_is_due_then_under_every_reading(
    end: str, by_date: str, day: str
) -> None:
    fixed = agreement(
        signed="2024-01-01",
        term={"start": "2026-01-01", "end": end},
        renewal=YEARLY,
        notice={"by_date": by_date},
    )
    [first] = periods(fixed, iso("2026-01-01"), future=0)
    found = deadline(first)
    assert found is not None
    assert found.readings == dict.fromkeys(Reading, iso(day))
    assert found.date == found.safe == found.latest == iso(day)
    assert found.verdict(iso(day)) is Verdict.SAFE


def test_an_objection_until_the_last_day_leaves_the_renewal_open_to_the_end() -> None:
    to_the_end = agreement(renewal=YEARLY, notice={"before_end": "0 days"})
    found = only_deadline(to_the_end, "2027-03-31")
    assert (found.date, found.safe, found.latest) == (iso("2027-03-31"), iso("2027-03-30"), iso("2027-03-31"))
    assert state(to_the_end, "2027-03-31") is State.IN_FORCE
    assert due(to_the_end, "2027-04-01") == "2: 2028-03-31"


def test_a_deadline_before_the_signing_day_is_reported() -> None:
    late = agreement(
        signed="2021-02-01",
        term={"start": "signing", "end": "2021-03-31"},
        renewal=YEARLY,
        notice=THREE_MONTHS,
    )
    [first] = periods(late, iso("2021-02-01"), future=0)
    found = deadline(first)
    assert found is not None
    assert found.date == iso("2020-12-31")
    assert state(late, "2021-02-01") is State.RENEWING
    assert due(late, "2021-02-01") == "2: 2021-12-31"


def test_a_notice_longer_than_the_period_is_due_before_the_period_starts() -> None:
    long = agreement(renewal=YEARLY, notice={"before_end": "18 months"})
    second = periods(long, iso("2026-05-01"), future=1)[1]
    found = deadline(second)
    assert found is not None
    assert found.date == iso("2026-09-30")
    assert found.date < second.start
    assert state(long, "2026-05-01") is State.RENEWING
    assert due(long, "2026-05-01") == "2: 2026-09-30"
    assert due(long, "2026-10-01") == "3: 2027-09-30"
    locked = standing(long, iso("2026-10-01")).locked
    assert locked is not None
    assert span(locked.following) == "4: 2029-04-01..2030-03-31"


def test_a_deadline_never_moves_for_a_holiday(seed: Agreement) -> None:
    """12-31 is a closed day (年末の休日) and the deadline all the same."""
    assert due(seed, "2026-12-29") == "7: 2026-12-31"


def test_a_last_period_has_no_deadline() -> None:
    [only] = periods(agreement(notice=THREE_MONTHS), iso("2026-04-01"), future=0)
    assert deadline(only) is None


def test_a_period_without_an_end_has_no_deadline() -> None:
    [only] = periods(
        agreement(term={"start": "2026-04-01", "end": "indefinite"}, notice=THREE_MONTHS),
        iso("2026-04-01"),
        future=0,
    )
    assert deadline(only) is None


# Termination at will


@pytest.mark.parametrize(
    ("notice", "arrived", "last"),
    [
        pytest.param("6 months", "2025-08-31", "2026-02-28", id="half a year from the end of August"),
        pytest.param("6 months", "2025-08-30", "2026-02-28", id="half a year from 31 August"),
        pytest.param("3 months", "2026-11-30", "2027-02-28", id="three calendar months"),
        pytest.param("30 days", "2026-11-22", "2026-12-22", id="thirty days, the day of arrival not counted"),
        pytest.param("1 year", "2024-02-28", "2025-02-28", id="a year counted from a leap day"),
    ],
)
def test_termination_at_will_counts_forward_from_the_day_after_arrival(
    notice: str, arrived: str, last: str
) -> None:
    assert earliest_termination(agreement(termination={"notice": notice}), iso(arrived)) == iso(last)


def test_termination_at_will_without_a_length_of_notice_ends_on_arrival() -> None:
    assert earliest_termination(agreement(termination={"by": "either"}), iso("2026-11-22")) == iso(
        "2026-11-22"
    )


def test_without_a_termination_clause_nobody_ends_it_at_will() -> None:
    assert earliest_termination(agreement(), iso("2026-11-22")) is None


def test_an_amended_length_of_notice_holds_from_its_effective_day() -> None:
    amended = agreement(
        termination={"notice": "6 months"},
        events="2026-06-01 amendment, effective 2026-10-01, changes.termination.notice 1 month",
    )
    assert earliest_termination(amended, iso("2026-09-30")) == iso("2027-03-31")
    assert earliest_termination(amended, iso("2026-10-01")) == iso("2026-11-01")


# Every answer says of what and of when it is


@pytest.mark.parametrize("as_of", ["2026-03-20", "2026-03-29", "2026-05-01"])
def test_an_agreement_that_never_began_has_an_answer_with_its_day(as_of: str) -> None:
    never = yearly("2026-03-10 termination, effective 2026-03-28")
    found = standing(never, iso(as_of))
    assert (found.agreement, found.as_of) == (never, iso(as_of))
    assert (found.period, found.silence, found.deadline, found.locked) == (None, Silence(None), None, None)


@pytest.mark.parametrize("as_of", ["2026-03-20", "2026-06-01", "2027-04-01"])
def test_an_answer_carries_its_agreement_and_its_day(as_of: str) -> None:
    once = agreement()
    found = standing(once, iso(as_of))
    assert (found.agreement, found.as_of) == (once, iso(as_of))


def test_after_the_end_silence_does_nothing() -> None:
    found = standing(agreement(), iso("2027-04-01"))
    assert (found.period, found.silence, found.deadline, found.locked) == (None, Silence(None), None, None)


# Odd files: never a crash, never a turn without end


def test_a_term_may_have_begun_before_it_was_signed() -> None:
    assert state(agreement(signed="2026-06-01"), "2026-04-01") is State.ENDING


def test_a_notice_of_a_hundred_years_finds_its_deadline() -> None:
    patient = agreement(renewal=YEARLY, notice={"before_end": "100 years"})
    assert due(patient, "2026-06-01") == "101: 2027-03-31"


def test_daily_renewal_over_a_century_is_walked() -> None:
    daily = agreement(
        term={"start": "1926-12-25", "length": "1 day"},
        renewal={"mode": "automatic", "length": "1 day"},
        notice={"before_end": "0 days"},
    )
    assert span(standing(daily, iso("2026-12-24")).period) == "36525: 2026-12-24..2026-12-24"


@pytest.mark.parametrize("as_of", ["1873-01-01", "2026-03-31", "2026-04-01", "2027-03-31", "2999-12-31"])
@pytest.mark.parametrize("clause", [YEARLY, {"mode": "none"}, {"mode": "by-consent"}, None])
@pytest.mark.parametrize("notice", [THREE_MONTHS, {"by_date": "01-31"}, None])
@pytest.mark.parametrize("term", [FISCAL_YEAR, {"start": "signing", "end": "indefinite"}])
def test_there_is_an_answer_for_every_day(
    as_of: str, clause: Clause | None, notice: Clause | None, term: Clause
) -> None:
    found = standing(agreement(term=term, renewal=clause, notice=notice), iso(as_of))
    assert (found.ended is None) == (found.state is not State.ENDED)
    assert (found.ends is None) == (found.state is not State.ENDING)
    assert (found.period is None) == (found.state in {State.PENDING, State.ENDED})


def test_a_notice_in_a_chain_of_days_is_judged_without_walking_through_the_decades() -> None:
    """2000-01-01 to 2024-02-02 are 8,799 days, each a period; the notice stops the first that it reaches."""
    daily = agreement(
        signed="2000-01-01",
        term={"start": "2000-01-01", "end": "2000-01-01"},
        renewal={"mode": "automatic", "length": "1 day"},
        notice={"before_end": "1 day"},
        events="2024-02-01 notice, by 甲",
    )
    stands = standing(daily, date(2024, 2, 2))
    assert (stands.state, stands.ends) == (State.ENDING, date(2024, 2, 2))
    assert stands.period is not None
    assert stands.period.number == 8_799


def test_a_notice_that_arrived_before_it_was_given_counts_from_its_arrival() -> None:
    """Such a file has an error of its own; what it would mean is told all the same."""
    early = yearly("2028-05-10 notice, by 甲, arrived 2027-12-20")
    assert standing(early, date(2028, 6, 1)).ended == Ended(date(2028, 3, 31), EndReason.NOTICE)
