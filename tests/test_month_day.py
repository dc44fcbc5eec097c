from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyotei.dates.month_day import MonthDay, parse_month_day
from kyotei.diagnostics import Fault

DAYS = st.dates(date(1900, 1, 1), date(2400, 12, 31))
# 2024 is a leap year: its days are all there are.
MONTH_DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: MonthDay(day.month, day.day))


def fault(text: str) -> Fault:
    with pytest.raises(Fault) as raised:
        parse_month_day(text)
    return raised.value


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("03-31", 3, 31),
        ("01-01", 1, 1),
        ("12-31", 12, 31),
        ("02-29", 2, 29),
        ("０３－３１", 3, 31),
        (" 03-31 ", 3, 31),
    ],
)
def test_a_day_of_the_year_is_month_and_day(text: str, month: int, day: int) -> None:
    assert parse_month_day(text) == MonthDay(month, day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3-31",
        "03-1",
        "03/31",
        "0331",
        "3月31日",
        "13-01",
        "00-10",
        "03-31-",
        "2021-03-31",
        "03 - 31",
        "03-3¹",
        "٠٣-٣١",
    ],
)
def test_other_text_is_refused(text: str) -> None:
    found = fault(text)
    assert (found.message, found.values) == ("month-day-invalid", {"text": text})


@pytest.mark.parametrize(
    ("text", "month", "days"),
    [("02-30", "2", "29"), ("04-31", "4", "30"), ("12-32", "12", "31"), ("03-00", "3", "31")],
)
def test_a_day_that_no_year_has_is_refused(text: str, month: str, days: str) -> None:
    found = fault(text)
    assert (found.message, found.values) == (
        "month-day-invalid.no-such-day",
        {"text": text, "month": month, "days": days},
    )


@given(st.text() | st.text(alphabet="0123456789０１-－ 月日¹", max_size=6))
def test_any_text_is_a_day_of_the_year_or_a_fault(text: str) -> None:
    try:
        result = str(parse_month_day(text))
    except Fault as found:
        result = found.message
    assert re.fullmatch("month-day-invalid|month-day-invalid.no-such-day|[01][0-9]-[0-3][0-9]", result)


@given(MONTH_DAYS)
def test_a_printed_day_is_read_back(month_day: MonthDay) -> None:
    assert parse_month_day(str(month_day)) == month_day


def test_it_prints_as_files_write_it() -> None:
    assert str(MonthDay(3, 31)) == "03-31"


def test_days_are_ordered_as_in_a_year() -> None:
    assert MonthDay(1, 31) < MonthDay(2, 1) < MonthDay(12, 29) < MonthDay(12, 31)


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("03-31", 2021, "2021-03-31"),
        ("02-29", 2024, "2024-02-29"),
        ("02-29", 2023, "2023-02-28"),
        ("02-29", 2100, "2100-02-28"),
        ("02-28", 2024, "2024-02-28"),
    ],
)
def test_in_a_common_year_the_leap_day_is_the_last_of_february(text: str, year: int, day: str) -> None:
    assert parse_month_day(text).in_year(year).isoformat() == day


@pytest.mark.parametrize(
    ("text", "day", "after", "before"),
    [
        ("03-31", "2021-03-30", "2021-03-31", "2020-03-31"),
        ("03-31", "2021-03-31", "2021-03-31", "2021-03-31"),
        ("03-31", "2021-04-01", "2022-03-31", "2021-03-31"),
        ("01-01", "2021-12-31", "2022-01-01", "2021-01-01"),
        ("12-31", "2021-01-01", "2021-12-31", "2020-12-31"),
        ("02-29", "2023-02-28", "2023-02-28", "2023-02-28"),
        ("02-29", "2023-03-01", "2024-02-29", "2023-02-28"),
        ("02-29", "2024-02-28", "2024-02-29", "2023-02-28"),
    ],
)
def test_the_next_and_the_last_such_day_include_the_day_itself(
    text: str, day: str, after: str, before: str
) -> None:
    month_day, asked = parse_month_day(text), date.fromisoformat(day)
    assert month_day.on_or_after(asked).isoformat() == after
    assert month_day.on_or_before(asked).isoformat() == before


@given(MONTH_DAYS, DAYS)
def test_no_such_day_is_passed_over(month_day: MonthDay, asked: date) -> None:
    after, before = month_day.on_or_after(asked), month_day.on_or_before(asked)
    assert before <= asked <= after
    assert month_day.on_or_before(after) == after
    assert month_day.on_or_after(before) == before
    assert (after == before) == (after == asked)
    if after != before:
        assert timedelta(365) <= after - before <= timedelta(366)
        assert after.year == before.year + 1
