from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kyotei.dates.closed_days import OfficeCalendar
from kyotei.dates.counting import Reading
from kyotei.dates.length import parse_within
from kyotei.register import load
from kyotei.tables import (
    DeadlineRow,
    StatusRow,
    chain_rows,
    coming_rows,
    deadline_rows,
    filtered,
    horizon,
    missed_rows,
    secrecy,
    soon,
    stale_rows,
    status_row,
    status_rows,
)
from kyotei.term import State
from registers_for_tests import YEARLY, entry, text

TODAY = date(2026, 11, 22)
CALENDAR = OfficeCalendar()
EXAMPLES = Path(__file__).parent / "examples" / "valid"
ENDING = text("ending", clauses="")
PENDING = text("pending", term="term: {start: 2027-04-01, end: 2028-03-31}\n")
INDEFINITE = text("indefinite", "", term="term: {start: signing, end: indefinite}\n")
CONSENT = "renewal: {mode: by-consent, length: 1 year}\n"


def row(written: str, as_of: date = TODAY) -> StatusRow:
    return status_row(entry(written), as_of, CALENDAR)


def due(written: str, within: str = "1y", as_of: date = TODAY) -> list[DeadlineRow]:
    return deadline_rows([row(written, as_of)], as_of, parse_within(within), CALENDAR)


def test_the_next_deadline_has_its_act_by_day() -> None:
    found = row(text()).due
    assert found is not None
    assert (found.kind, found.period.number, found.reading) == ("objection", 1, Reading.CORRESPONDING_DAY)
    assert (found.date, found.safe, found.latest) == (
        date(2026, 12, 31),
        date(2026, 12, 30),
        date(2026, 12, 31),
    )
    assert (found.act_by.day, found.urgent_from) == (date(2026, 12, 28), date(2026, 12, 28))
    assert (found.days_left, found.days_to_act) == (39, 36)


def test_an_act_by_day_may_have_passed_while_the_deadline_has_not() -> None:
    found = row(text(), date(2026, 12, 30)).due
    assert found is not None
    assert (found.days_left, found.days_to_act) == (1, -2)


def test_beyond_the_calendar_s_data_the_safe_day_is_what_is_minded() -> None:
    found = row(text(term="term: {start: 2026-04-01, end: 2299-03-31}\n")).due
    assert found is not None
    assert (found.act_by.day, found.days_to_act, found.urgent_from) == (None, None, date(2298, 12, 30))


def test_a_row_names_the_parties_of_its_day() -> None:
    event = "events: [{on: 2026-10-01, type: succession, party: 乙, name: 新渋谷区}]\n"
    names = [
        [party.name for party in row(text(clauses=event), day).parties] for day in (date(2026, 9, 30), TODAY)
    ]
    assert names == [["横浜市", "渋谷区"], ["横浜市", "新渋谷区"]]


def test_before_the_first_day_a_row_holds_the_coming_period() -> None:
    pending = row(PENDING)
    assert pending.standing.state is State.PENDING
    assert pending.coming is not None
    assert (pending.coming.number, pending.coming.start) == (1, date(2027, 4, 1))
    assert row(text()).coming is None


def test_what_was_terminated_before_its_first_day_has_no_coming_period() -> None:
    event = "events: [{on: 2026-03-25, type: termination, effective: 2026-03-31}]\n"
    assert row(text(clauses=event), date(2026, 3, 28)).coming is None


def test_rows_keep_the_register_s_order() -> None:
    entries = [entry(text("b")), entry(text("a"))]
    assert [one.agreement.id for one in status_rows(entries, TODAY, CALENDAR)] == ["b", "a"]


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        (text(), ["objection"]),
        (ENDING, ["expiry"]),
        (text(clauses=CONSENT), ["expiry"]),
        (text(clauses="renewal: {mode: automatic, length: 1 year}\n"), []),
        (INDEFINITE, []),
        (PENDING, []),
        (text(clauses=YEARLY + "events: [{on: 2026-10-01, type: notice, by: 乙}]\n"), ["expiry"]),
        (text(clauses="events: [{on: 2026-10-01, type: superseded, by: b}]\n"), []),
    ],
    ids=["automatic", "none", "by-consent", "no-notice-clause", "indefinite", "pending", "stopped", "over"],
)
def test_an_agreement_has_an_objection_or_an_expiry(written: str, kinds: list[str]) -> None:
    assert [one.due.kind for one in due(written)] == kinds


def test_an_expiry_is_due_on_its_last_day_or_the_last_open_day_before() -> None:
    (found,) = due(text(clauses="", term="term: {start: 2026-04-01, end: 2027-01-03}\n"))
    assert {found.due.date, found.due.safe, found.due.latest} == {date(2027, 1, 3)}
    assert (found.due.act_by.day, found.due.reading) == (date(2026, 12, 28), None)
    assert found.silence.outcome == "ends"


def test_a_deadline_tells_what_silence_would_bring() -> None:
    (found,) = due(text())
    assert found.silence.following is not None
    assert (found.silence.outcome, found.silence.end) == ("renews", date(2028, 3, 31))
    assert found.silence.following.start == date(2027, 4, 1)


def test_while_a_renewal_is_certain_the_deadline_is_that_of_the_next() -> None:
    standing = row(text(), date(2027, 1, 1))
    assert standing.standing.state is State.RENEWING
    (found,) = due(text(), as_of=date(2027, 1, 1))
    assert found.due.date == date(2027, 12, 31)
    assert found.silence.following is not None
    assert (found.silence.following.number, found.silence.following.start) == (3, date(2028, 4, 1))


@pytest.mark.parametrize(
    ("day", "within", "number"),
    [
        (date(2026, 11, 22), "36d", 1),
        (date(2026, 11, 22), "35d", 0),
        (date(2026, 12, 29), "1d", 1),
        (date(2026, 12, 31), "1d", 1),
        (date(2027, 1, 1), "90d", 0),
    ],
    ids=["to the act-by day", "a day short", "act-by passed", "on the deadline", "over"],
)
def test_what_is_due_is_found_from_its_act_by_day_to_its_deadline(
    day: date, within: str, number: int
) -> None:
    assert len(due(text(), within, day)) == number


def test_deadlines_are_sorted_by_act_by_day_then_deadline_then_id() -> None:
    late = text("a", term="term: {start: 2026-04-01, end: 2027-03-30}\n")
    entries = [entry(one) for one in (text("c"), ENDING, late, text("b"))]
    found = deadline_rows(status_rows(entries, TODAY, CALENDAR), TODAY, parse_within("1y"), CALENDAR)
    assert [one.status.agreement.id for one in found] == ["a", "b", "c", "ending"]


def test_an_agreement_is_counted_once_whatever_is_due() -> None:
    rows = status_rows([entry(text("a")), entry(text("b")), entry(ENDING)], TODAY, CALENDAR)
    assert soon(rows, TODAY, CALENDAR) == 2
    assert soon([], TODAY, CALENDAR) == 0


@pytest.mark.parametrize(
    ("within", "last"),
    [
        ("1d", date(2026, 12, 1)),
        ("90d", date(2027, 2, 28)),
        ("2w", date(2026, 12, 14)),
        ("3m", date(2027, 2, 28)),
        ("1y", date(2027, 11, 30)),
    ],
)
def test_how_far_ahead_one_looks(within: str, last: date) -> None:
    assert horizon(date(2026, 11, 30), parse_within(within)) == last


def test_a_chain_runs_to_the_current_period_and_on() -> None:
    rows = chain_rows(entry(), date(2027, 11, 22), CALENDAR, future=2)
    assert [(one.period.number, one.standing) for one in rows] == [
        (1, "past"),
        (2, "current"),
        (3, "future"),
        (4, "future"),
    ]
    assert [None if one.due is None else one.due.date.year for one in rows] == [2026, 2027, 2028, 2029]


def test_a_chain_that_has_ended_is_past() -> None:
    assert [one.standing for one in chain_rows(entry(ENDING), date(2027, 4, 1), CALENDAR, future=3)] == [
        "past"
    ]


def test_an_endless_period_stays_current_and_has_no_deadline() -> None:
    (only,) = chain_rows(entry(INDEFINITE), date(2500, 1, 1), CALENDAR, future=3)
    assert (only.standing, only.due) == ("current", None)


@pytest.mark.parametrize(
    ("states", "party", "tag", "kept"),
    [
        ([], "", "", ["a", "ending", "tagged"]),
        ([State.ENDING], "", "", ["ending"]),
        ([State.ENDING, State.IN_FORCE], "", "", ["a", "ending", "tagged"]),
        ([State.ENDED], "", "", []),
        ([], "渋谷", "", ["a", "ending", "tagged"]),
        ([], "川崎", "", []),
        ([], "", "防災", ["tagged"]),
        ([State.IN_FORCE], "横浜市", "防災", ["tagged"]),
        ([], "", "防", []),
    ],
)
def test_filters_keep_what_has_all_that_is_asked_for(
    states: list[State], party: str, tag: str, kept: list[str]
) -> None:
    entries = [entry(text("a")), entry(ENDING), entry(text("tagged", f"{YEARLY}tags: [防災]\n"))]
    rows = status_rows(entries, TODAY, CALENDAR)
    assert [one.agreement.id for one in filtered(rows, states, party, tag)] == kept


@pytest.mark.parametrize(
    ("age", "kept"),
    [("8m", ["a", "ending"]), ("2m", ["a", "ending"]), ("9m", []), ("1m", ["a", "ending", "seen"])],
)
def test_what_nobody_has_looked_at_for_long_is_stale(age: str, kept: list[str]) -> None:
    seen = text("seen", f"{YEARLY}events: [{{on: 2026-10-01, type: review}}]\n")
    over = text("over", f"{YEARLY}events: [{{on: 2026-04-01, type: superseded, by: a}}]\n")
    rows = status_rows([entry(one) for one in (text(), ENDING, over, PENDING, seen)], TODAY, CALENDAR)
    found = stale_rows(rows, TODAY, parse_within(age))
    assert [one.agreement.id for one in found] == kept
    assert {one.looked for one in found} <= {date(2026, 3, 20), date(2026, 10, 1)}


@pytest.mark.parametrize(
    ("as_of", "within", "days"),
    [
        (date(2026, 12, 31), "1y", []),
        (date(2027, 1, 1), "1d", [date(2026, 12, 31)]),
        (date(2027, 3, 31), "3m", [date(2026, 12, 31)]),
        (date(2027, 4, 1), "3m", []),
        (date(2028, 1, 15), "2y", [date(2027, 12, 31), date(2026, 12, 31)]),
    ],
)
def test_a_deadline_is_missed_from_the_day_after_it(as_of: date, within: str, days: list[date]) -> None:
    rows = [status_row(entry(), as_of, CALENDAR)]
    found = missed_rows(rows, as_of, parse_within(within), CALENDAR)
    assert [one.due.date for one in found] == days
    assert all(
        one.silence.following and one.silence.following.start.year == one.due.date.year + 1 for one in found
    )


def test_what_was_stopped_or_cannot_be_stopped_was_not_missed() -> None:
    stopped = text("b", f"{YEARLY}events: [{{on: 2026-10-01, type: notice, by: 乙}}]\n")
    silent = text("c", "renewal: {mode: automatic, length: 1 year}\n")
    as_of = date(2027, 2, 1)
    rows = status_rows([entry(stopped), entry(silent), entry(ENDING)], as_of, CALENDAR)
    assert missed_rows(rows, as_of, parse_within("1y"), CALENDAR) == []


def test_missed_deadlines_are_sorted_by_day_and_then_id() -> None:
    late = text("z", term="term: {start: 2026-04-01, end: 2027-04-15}\n")
    as_of = date(2027, 2, 1)
    rows = status_rows([entry(text("b")), entry(late), entry(text("a"))], as_of, CALENDAR)
    found = missed_rows(rows, as_of, parse_within("1y"), CALENDAR)
    assert [one.status.agreement.id for one in found] == ["z", "a", "b"]


@pytest.mark.parametrize(
    ("survives", "as_of", "until"),
    [
        ("{survives: 1 year}", date(2027, 4, 1), date(2028, 3, 31)),
        ("{survives: indefinitely}", date(2027, 4, 1), "indefinitely"),
        ("{clause: 第3条}", date(2027, 4, 1), None),
        ("{survives: 1 year}", date(2027, 3, 31), None),
    ],
)
def test_confidentiality_binds_from_the_day_after_the_end(survives: str, as_of: date, until: object) -> None:
    assert secrecy(row(text(clauses=f"confidentiality: {survives}\n"), as_of)) == until


def test_an_agreement_without_the_clause_binds_nobody_after_its_end() -> None:
    assert secrecy(row(ENDING, date(2027, 4, 1))) is None


def coming(written: str, as_of: date = TODAY) -> list[tuple[str, int, date]]:
    found = coming_rows(row(written, as_of), as_of, CALENDAR)
    return [(each.due.kind, each.due.period.number, each.due.date) for each in found]


LIMITED = YEARLY.replace("year}", "year, limit: {times: 1}}")
TERMINATED = "events: [{on: 2026-06-01, type: termination, effective: 2027-01-31}]\n"


@pytest.mark.parametrize(
    ("written", "as_of", "expected"),
    [
        (text(), TODAY, [("objection", 1, date(2026, 12, 31)), ("objection", 2, date(2027, 12, 31))]),
        (
            text(),
            date(2027, 1, 1),
            [("objection", 2, date(2027, 12, 31)), ("objection", 3, date(2028, 12, 31))],
        ),
        (
            text(clauses=LIMITED),
            TODAY,
            [("objection", 1, date(2026, 12, 31)), ("expiry", 2, date(2028, 3, 31))],
        ),
        (text(clauses=YEARLY + TERMINATED), TODAY, [("expiry", 1, date(2027, 1, 31))]),
        (ENDING, TODAY, [("expiry", 1, date(2027, 3, 31))]),
        (ENDING, date(2027, 4, 1), []),
        (PENDING, TODAY, [("objection", 1, date(2027, 12, 31)), ("objection", 2, date(2028, 12, 31))]),
        (INDEFINITE, TODAY, []),
    ],
    ids=["two", "after the first", "limit", "terminated", "ending", "ended", "pending", "indefinite"],
)
def test_the_deadlines_ahead_end_with_the_agreement(
    written: str, as_of: date, expected: list[tuple[str, int, date]]
) -> None:
    assert coming(written, as_of) == expected


def test_on_its_own_day_a_deadline_is_still_ahead() -> None:
    assert coming(text(), date(2026, 12, 31))[0] == ("objection", 1, date(2026, 12, 31))


def test_what_no_notice_can_stop_has_its_end_at_most() -> None:
    assert coming(text(clauses="renewal: {mode: automatic, length: 1 year}\n")) == []


@pytest.mark.parametrize("as_of", [date(2020, 1, 1), TODAY, date(2027, 1, 10), date(2031, 4, 1)])
def test_the_first_deadline_ahead_is_the_one_that_stands(as_of: date) -> None:
    """Whatever the agreement: what a calendar shows first is what `status` and `deadlines` say."""
    folders = [EXAMPLES, EXAMPLES.parent.parent.parent / "agreements"]
    rows = status_rows(load(folders).entries, as_of, CALENDAR)
    assert len(rows) > 20
    for each in rows:
        first = next(iter(coming_rows(each, as_of, CALENDAR)), None)
        if each.due is not None:
            assert first is not None
            assert first.due == each.due
        if each.standing.ends is not None:
            assert first is not None
            assert (first.due.kind, first.due.date) == ("expiry", each.standing.ends)
