from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kyotei.dates.closed_days import OfficeCalendar
from kyotei.tables import status_row
from kyotei.timeline import Lane, Span, lane, months, usual_span, window, years
from registers_for_tests import YEARLY, entry, text

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2026, 11, 22)
CALENDAR = OfficeCalendar()
SPAN = Span(date(2026, 1, 1), date(2028, 12, 31))
BY_CONSENT = "renewal: {mode: by-consent, length: 1 year}\n"


def drawn(clauses: str = YEARLY, *, as_of: date = TODAY, span: Span = SPAN, term: str = "") -> Lane:
    written = text("a", clauses, term=term) if term else text("a", clauses)
    return lane(status_row(entry(written), as_of, CALENDAR), span, as_of, CALENDAR)


def bars(found: Lane) -> list[tuple[str, str, str]]:
    return [
        (bar.look.value, bar.first.isoformat(), bar.last.isoformat())
        for stroke in found.strokes
        for bar in stroke.bars
    ]


def marks(found: Lane, *signs: str) -> list[tuple[str, str]]:
    every = [(mark.sign.value, mark.day.isoformat()) for stroke in found.strokes for mark in stroke.marks]
    return [mark for mark in every if mark[0] in signs]


def test_what_is_certain_is_told_from_what_silence_would_bring() -> None:
    assert bars(drawn()) == [
        ("held", "2026-04-01", "2027-03-31"),
        ("expected", "2027-04-01", "2028-03-31"),
        ("expected", "2028-04-01", "2028-12-31"),
    ]


def test_once_a_deadline_has_passed_its_window_is_closed_and_the_next_period_certain() -> None:
    assert bars(drawn(as_of=date(2027, 1, 1))) == [
        ("held", "2026-04-01", "2026-12-31"),
        ("closed", "2027-01-01", "2027-03-31"),
        ("held", "2027-04-01", "2028-03-31"),
        ("expected", "2028-04-01", "2028-12-31"),
    ]


@pytest.mark.parametrize(("as_of", "sign"), [(date(2026, 12, 31), "open"), (date(2027, 1, 1), "passed")])
def test_a_window_is_open_on_its_last_day(as_of: date, sign: str) -> None:
    assert marks(drawn(as_of=as_of), "open", "passed")[0] == (sign, "2026-12-31")


def test_only_open_windows_have_a_day_to_act_by() -> None:
    assert marks(drawn(as_of=date(2027, 1, 1)), "act-by", "open", "passed") == [
        ("passed", "2026-12-31"),
        ("open", "2027-12-31"),
        ("act-by", "2027-12-28"),
        ("open", "2028-12-31"),
        ("act-by", "2028-12-28"),
    ]


@pytest.mark.parametrize(
    ("clauses", "ends"),
    [
        ("", [("last", "2027-03-31")]),
        (BY_CONSENT, [("last", "2027-03-31")]),
        (YEARLY.replace("length: 1 year", "length: 1 year, limit: {times: 1}"), [("last", "2028-03-31")]),
        (YEARLY, []),
    ],
)
def test_the_last_day_is_marked_where_the_agreement_ends(
    clauses: str, ends: Sequence[tuple[str, str]]
) -> None:
    assert marks(drawn(clauses), "last") == ends


def test_a_period_that_a_notice_made_the_last_has_no_window_any_more() -> None:
    given = f"{YEARLY}events: [{{on: 2026-11-01, type: notice, by: 甲}}]\n"
    found = drawn(given, as_of=date(2027, 2, 1))
    assert bars(found) == [("held", "2026-04-01", "2027-03-31")]
    assert marks(found, "open", "passed", "act-by", "last") == [("last", "2027-03-31")]


def test_an_agreement_without_an_end_is_drawn_to_the_edge() -> None:
    found = drawn("", term="term: {start: 2026-04-01, end: indefinite}\n")
    assert bars(found) == [("held", "2026-04-01", "2028-12-31")]
    assert marks(found, "last") == []


def test_periods_follow_each_other_to_the_edge_however_short() -> None:
    weekly = YEARLY.replace("1 year", "1 week").replace("3 months", "1 day")
    found = drawn(weekly, term="term: {start: 2026-04-01, length: 1 week}\n")
    assert len(found.strokes) == 144
    assert bars(found)[-1] == ("expected", "2028-12-27", "2028-12-31")


def test_a_deadline_within_the_days_drawn_is_marked_though_its_period_begins_later() -> None:
    early = YEARLY.replace("3 months", "18 months")
    found = drawn(early, span=Span(date(2026, 1, 1), date(2026, 12, 31)))
    assert marks(found, "open", "passed") == [("passed", "2026-09-30")]
    assert bars(found) == [("closed", "2026-04-01", "2026-12-31")]


def test_what_lies_outside_is_not_drawn() -> None:
    assert drawn("", span=Span(date(2030, 1, 1), date(2030, 12, 31))).strokes == ()


def test_where_no_deadline_counts_there_is_no_window() -> None:
    (stroke,) = drawn("").strokes
    assert window(stroke.row, TODAY) is None


def test_a_year_back_and_two_ahead_are_drawn() -> None:
    assert usual_span(TODAY) == Span(date(2025, 11, 22), date(2028, 11, 22))
    assert usual_span(date(2024, 2, 29)) == Span(date(2023, 2, 28), date(2026, 2, 28))


def test_the_days_drawn_know_their_years_and_months() -> None:
    span = Span(date(2025, 11, 22), date(2027, 2, 1))
    assert years(span) == [date(2025, 11, 22), date(2026, 1, 1), date(2027, 1, 1)]
    assert months(span, 3) == [
        date(2026, 1, 1),
        date(2026, 4, 1),
        date(2026, 7, 1),
        date(2026, 10, 1),
        date(2027, 1, 1),
    ]


def test_a_day_has_its_place_between_the_edges() -> None:
    assert (SPAN.days, SPAN.share(date(2026, 1, 1)), SPAN.share(date(2029, 1, 1))) == (1096, 0.0, 1.0)
