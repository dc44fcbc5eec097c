"""Counting days, held to tables and to the definitions that the formulas stand for.

The brute-force definitions below know no formula: they walk the calendar day by day, and a month by its days.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from kyotei.dates.counting import Reading, last_day, latest_notice, round_down
from kyotei.dates.length import Length, Unit

TABLES = Path(__file__).parent / "tables"
ONE_DAY = timedelta(days=1)

DAYS = st.dates(date(1900, 1, 1), date(2400, 12, 31))
# Around the ends of months, where the readings part.
NEAR_MONTH_ENDS = st.builds(
    lambda year, month, days: date(year, month, 1) + timedelta(days=days),
    st.integers(1900, 2400),
    st.integers(1, 12),
    st.integers(-4, 3),
)
ANY_DAY = DAYS | NEAR_MONTH_ENDS
MONTHS = st.integers(1, 30)
CALENDAR_LENGTHS = st.builds(Length, MONTHS, st.just(Unit.MONTHS)) | st.builds(
    Length, st.integers(1, 9), st.just(Unit.YEARS)
)
DAY_LENGTHS = st.builds(Length, st.integers(1, 400), st.just(Unit.DAYS)) | st.builds(
    Length, st.integers(1, 60), st.just(Unit.WEEKS)
)
LENGTHS = CALENDAR_LENGTHS | DAY_LENGTHS
READINGS = st.sampled_from(Reading)


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def length(row: dict[str, str]) -> Length:
    return Length(int(row["n"]), Unit(row["unit"]))


# The tables


@pytest.mark.parametrize("row", rows("forward"), ids=lambda row: row["why"])
def test_a_period_ends_as_the_table_says(row: dict[str, str]) -> None:
    assert last_day(date.fromisoformat(row["first_counted_day"]), length(row)) == date.fromisoformat(
        row["end"]
    )


@pytest.mark.parametrize("row", rows("backward"), ids=lambda row: row["why"])
def test_a_notice_is_due_as_the_table_says(row: dict[str, str]) -> None:
    end = date.fromisoformat(row["period_end"])
    days = [latest_notice(reading, end, length(row)) for reading in Reading]
    told = [row[reading.replace("-", "_")] for reading in Reading]
    assert [day.isoformat() for day in days] == told
    assert [min(days).isoformat(), max(days).isoformat()] == [row["safe"], row["latest"]]


@pytest.mark.parametrize("name", ["forward", "backward", "chain"])
def test_every_row_of_a_table_has_a_reason_of_its_own(name: str) -> None:
    reasons = [row["why"] for row in rows(name)]
    assert len(set(reasons)) == len(reasons)


# The corresponding day (応当日)


def month_after(day: date, months: int) -> tuple[int, int]:
    """The year and month `months` later, counted one by one."""
    year, month = day.year, day.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        if month == 13:
            year, month = year + 1, 1
        elif month == 0:
            year, month = year - 1, 12
    return year, month


def round_up(day: date, months: int) -> date:
    """The day after a period of so many months that is counted from `day`: a missing day becomes the 1st."""
    return last_day(day, Length(months, Unit.MONTHS)) + ONE_DAY


def has_corresponding_day(day: date, months: int) -> bool:
    return day.day <= monthrange(*month_after(day, months))[1]


@given(ANY_DAY, st.integers(-60, 60))
def test_where_the_month_has_the_day_both_roundings_are_that_day(day: date, months: int) -> None:
    if has_corresponding_day(day, months):
        year, month = month_after(day, months)
        assert round_down(day, months) == round_up(day, months) == date(year, month, day.day)


@given(ANY_DAY, st.integers(-60, 60))
def test_where_the_month_lacks_the_day_they_lie_on_both_sides_of_the_gap(day: date, months: int) -> None:
    if not has_corresponding_day(day, months):
        year, month = month_after(day, months)
        assert round_down(day, months) == date(year, month, monthrange(year, month)[1])
        assert round_up(day, months) == date(*month_after(day, months + 1), 1)


@pytest.mark.parametrize(
    ("day", "months", "down", "up"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28), date(2025, 3, 1)),
        (date(2021, 5, 31), -3, date(2021, 2, 28), date(2021, 3, 1)),
        (date(2026, 12, 31), 2, date(2027, 2, 28), date(2027, 3, 1)),
        (date(2026, 11, 22), 0, date(2026, 11, 22), date(2026, 11, 22)),
        (date(2026, 11, 22), -11, date(2025, 12, 22), date(2025, 12, 22)),
    ],
)
def test_a_missing_day_is_rounded_down_or_up(day: date, months: int, down: date, up: date) -> None:
    assert (round_down(day, months), round_up(day, months)) == (down, up)


# Forward, by Articles 140 to 143


def unit_is_full(first: date, day: date, months: int) -> bool:
    """Whether on `day` the months counted from `first` are full: Art. 143(2), word for word."""
    year, month = month_after(first, months)
    if first.day > monthrange(year, month)[1]:  # no corresponding day: the last day of that month
        return day == date(year, month, monthrange(year, month)[1])
    return day + ONE_DAY == date(year, month, first.day)  # the day before the corresponding day


@given(ANY_DAY, MONTHS)
def test_months_end_on_the_day_that_the_article_names(first: date, months: int) -> None:
    assert unit_is_full(first, last_day(first, Length(months, Unit.MONTHS)), months)


@given(ANY_DAY, st.integers(1, 400))
def test_days_end_when_so_many_are_counted(first: date, days: int) -> None:
    counted = [first + timedelta(days=ahead) for ahead in range(days)]
    assert last_day(first, Length(days, Unit.DAYS)) == counted[-1]


@given(ANY_DAY, st.integers(1, 60))
def test_a_week_is_seven_days_and_ends_the_day_before_its_weekday(first: date, weeks: int) -> None:
    end = last_day(first, Length(weeks, Unit.WEEKS))
    assert end == last_day(first, Length(weeks * 7, Unit.DAYS))
    assert (end + ONE_DAY).weekday() == first.weekday()


@given(ANY_DAY, st.integers(1, 9))
def test_a_year_is_twelve_months(first: date, years: int) -> None:
    assert last_day(first, Length(years, Unit.YEARS)) == last_day(first, Length(12 * years, Unit.MONTHS))


@given(ANY_DAY, ANY_DAY, LENGTHS)
def test_a_later_start_never_ends_earlier(one: date, other: date, length: Length) -> None:
    early, late = sorted((one, other))
    assert last_day(early, length) <= last_day(late, length)


@given(ANY_DAY, LENGTHS)
def test_a_start_a_day_later_never_ends_earlier(first: date, length: Length) -> None:
    assert last_day(first, length) <= last_day(first + ONE_DAY, length)


@given(ANY_DAY, LENGTHS)
def test_a_longer_period_ends_later(first: date, length: Length) -> None:
    longer = Length(length.count + 1, length.unit)
    assert first <= last_day(first, length) < last_day(first, longer)


@given(ANY_DAY, st.lists(LENGTHS, min_size=2, max_size=12))
def test_periods_one_after_another_leave_no_gap_and_never_overlap(first: date, lengths: list[Length]) -> None:
    covered: list[date] = []
    for length in lengths[:3]:
        end = last_day(first, length)
        covered += [first + timedelta(days=ahead) for ahead in range((end - first).days + 1)]
        first = end + ONE_DAY
    assert covered == [covered[0] + timedelta(days=ahead) for ahead in range(len(covered))]


# Back: each reading by its idea


def lies_between(notice: date, end: date, months: int) -> bool:
    """Whether `months` whole months, counted from the day after the notice, are over before `end`."""
    return last_day(notice + ONE_DAY, Length(months, Unit.MONTHS)) < end


@given(ANY_DAY, st.integers(0, 400))
def test_clear_leaves_so_many_whole_days_between(end: date, days: int) -> None:
    notice = latest_notice(Reading.CLEAR, end, Length(days, Unit.DAYS))
    assert (end - notice).days - 1 == days


@given(ANY_DAY, MONTHS)
def test_clear_leaves_so_many_whole_months_between_and_a_later_day_never_does(end: date, months: int) -> None:
    notice = latest_notice(Reading.CLEAR, end, Length(months, Unit.MONTHS))
    assert lies_between(notice, end, months)
    assert not lies_between(notice + ONE_DAY, end, months)


@given(ANY_DAY, MONTHS)
def test_end_of_term_counts_back_from_midnight_of_the_last_day(end: date, months: int) -> None:
    """The term ends at 24:00, 0:00 of the next day; so many months back it is 0:00 after the last day."""
    midnight = end + ONE_DAY
    year, month = month_after(midnight, -months)
    began = date(year, month, min(midnight.day, monthrange(year, month)[1]))
    assert latest_notice(Reading.END_OF_TERM, end, Length(months, Unit.MONTHS)) + ONE_DAY == began


@given(ANY_DAY, MONTHS)
def test_end_of_term_leaves_the_whole_months_where_the_calendar_has_the_days(end: date, months: int) -> None:
    notice = latest_notice(Reading.END_OF_TERM, end, Length(months, Unit.MONTHS))
    if has_corresponding_day(end + ONE_DAY, -months):
        assert last_day(notice + ONE_DAY, Length(months, Unit.MONTHS)) == end


@given(ANY_DAY, MONTHS)
def test_the_corresponding_day_has_the_same_number_or_is_the_last_of_its_month(
    end: date, months: int
) -> None:
    notice = latest_notice(Reading.CORRESPONDING_DAY, end, Length(months, Unit.MONTHS))
    year, month = month_after(end, -months)
    assert notice == date(year, month, min(end.day, monthrange(year, month)[1]))


@given(ANY_DAY, MONTHS)
def test_mirrored_is_the_article_read_backwards(end: date, months: int) -> None:
    """Art. 140: `end` is not counted. Art. 143: whole months are reckoned by the calendar, else by day."""
    notice = latest_notice(Reading.MIRRORED, end, Length(months, Unit.MONTHS))
    begin = end - ONE_DAY
    if begin.day == monthrange(begin.year, begin.month)[1]:
        assert notice == date(*month_after(begin, 1 - months), 1)
    elif has_corresponding_day(begin, -months):
        assert notice - ONE_DAY == date(*month_after(begin, -months), begin.day)
    else:
        year, month = month_after(begin, -months)
        assert notice == date(year, month, monthrange(year, month)[1])


@given(ANY_DAY, LENGTHS)
def test_the_clear_day_is_in_time_under_every_reading(end: date, length: Length) -> None:
    days = [latest_notice(reading, end, length) for reading in Reading]
    assert latest_notice(Reading.CLEAR, end, length) == min(days)


@given(ANY_DAY, LENGTHS)
def test_no_reading_is_more_than_four_days_from_the_safe_day(end: date, length: Length) -> None:
    days = [latest_notice(reading, end, length) for reading in Reading]
    assert max(days) - min(days) <= timedelta(days=4)


@given(ANY_DAY, DAY_LENGTHS)
def test_days_and_weeks_part_the_readings_by_one_day_only(end: date, length: Length) -> None:
    days = {reading: latest_notice(reading, end, length) for reading in Reading}
    plain = days.pop(Reading.CLEAR) + ONE_DAY
    assert set(days.values()) == {plain}


@given(READINGS, ANY_DAY, LENGTHS)
def test_a_longer_notice_is_due_earlier(reading: Reading, end: date, length: Length) -> None:
    longer = Length(length.count + 1, length.unit)
    assert latest_notice(reading, end, longer) < latest_notice(reading, end, length) < end + ONE_DAY


@given(st.sampled_from([Reading.CORRESPONDING_DAY, Reading.CLEAR, Reading.END_OF_TERM]), ANY_DAY, LENGTHS)
def test_a_later_end_is_never_due_earlier(reading: Reading, end: date, length: Length) -> None:
    """Not so under `mirrored`: for 30 March a missing day adds none, for 29 March it does."""
    assert latest_notice(reading, end, length) <= latest_notice(reading, end + ONE_DAY, length)


@given(READINGS, ANY_DAY, st.integers(1, 9))
def test_a_year_back_is_twelve_months_back(reading: Reading, end: date, years: int) -> None:
    in_months = latest_notice(reading, end, Length(12 * years, Unit.MONTHS))
    assert latest_notice(reading, end, Length(years, Unit.YEARS)) == in_months


@given(READINGS, ANY_DAY, st.integers(1, 60))
def test_a_week_back_is_seven_days_back(reading: Reading, end: date, weeks: int) -> None:
    in_days = latest_notice(reading, end, Length(7 * weeks, Unit.DAYS))
    assert latest_notice(reading, end, Length(weeks, Unit.WEEKS)) == in_days


@given(ANY_DAY, st.integers(-600, 600))
def test_months_are_added_as_dateutil_adds_them(day: date, months: int) -> None:
    assert round_down(day, months) == day + relativedelta(months=months)
