"""The days on which offices are closed, held to the library that made the data and to known days."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from kyotei.dates.closed_days import (
    ActBy,
    ClosedDay,
    Closure,
    Coverage,
    OfficeCalendar,
    UnknownDay,
    coverage,
)
from kyotei.dates.month_day import MonthDay

HERE = Path(__file__).parent
SCRIPT = HERE.parent / "scripts" / "make_holidays.py"
ONE_DAY = timedelta(days=1)

OFFICE = OfficeCalendar()
ONLY_HOLIDAYS = OfficeCalendar(weekends=False, year_end=None)
ALWAYS_OPEN = OfficeCalendar(weekends=False, holidays=False, year_end=None)


def iso(text: str) -> date:
    return date.fromisoformat(text)


def script(path: Path, *arguments: str) -> int:
    return subprocess.run(
        [sys.executable, path, *arguments], check=False, stderr=subprocess.DEVNULL
    ).returncode


# The data


def test_the_data_names_its_years() -> None:
    assert coverage() == Coverage(first=1955, announced=2027, last=2099)


def test_the_holidays_are_those_of_the_library_by_day_and_name() -> None:
    years = range(1990, 2051)
    japanese = country_holidays("JP", years=years, language="ja")
    english = country_holidays("JP", years=years, language="en_US")
    day, end = date(1990, 1, 1), date(2051, 1, 1)
    while day < end:
        closed = ONLY_HOLIDAYS.closed(day)
        names = (japanese[day], english[day]) if day in japanese else None
        assert (closed and closed.name) == names, day
        day += ONE_DAY


def test_the_file_is_fresh() -> None:
    assert script(SCRIPT, "--check") == 0


def test_the_script_finds_a_stale_file_and_rewrites_it(tmp_path: Path) -> None:
    made = tmp_path / "src" / "kyotei" / "dates" / "holidays.csv"
    made.parent.mkdir(parents=True)
    made.write_text("stale\n", encoding="utf-8")
    copy = tmp_path / "scripts" / SCRIPT.name
    copy.parent.mkdir()
    shutil.copy(SCRIPT, copy)
    assert script(copy, "--check") == 1
    assert made.read_text(encoding="utf-8") == "stale\n"
    assert script(copy) == 0
    assert script(copy, "--check") == 0


# National holidays


@pytest.mark.parametrize(
    ("day", "name"),
    [
        pytest.param("1959-04-10", "結婚の儀", id="the Crown Prince's wedding"),
        pytest.param("1973-04-30", "振替休日", id="the first substitute holiday"),
        pytest.param("1989-02-24", "大喪の礼", id="the funeral of Emperor Showa"),
        pytest.param("1990-11-12", "即位礼正殿の儀", id="the enthronement of 1990"),
        pytest.param("1993-06-09", "結婚の儀", id="the wedding of 1993"),
        pytest.param("2008-05-06", "振替休日", id="a substitute on a Tuesday, since 2007"),
        pytest.param("2009-09-22", "国民の休日", id="the first citizens' holiday in September"),
        pytest.param("2015-09-22", "国民の休日", id="between Respect for the Aged Day and the equinox"),
        pytest.param("2016-08-11", "山の日", id="the first Mountain Day"),
        pytest.param("2018-12-23", "天皇誕生日", id="the last Emperor's Birthday in December"),
        pytest.param("2019-04-30", "国民の休日", id="the day before the accession"),
        pytest.param("2019-05-01", "天皇の即位の日", id="the accession"),
        pytest.param("2019-05-02", "国民の休日", id="the day after the accession"),
        pytest.param("2019-10-22", "即位礼正殿の儀が行われる日", id="the enthronement of 2019"),
        pytest.param("2020-02-24", "振替休日", id="the first substitute for 23 February"),
        pytest.param("2020-07-23", "海の日", id="Marine Day moved for 2020"),
        pytest.param("2020-07-24", "スポーツの日", id="Sports Day moved for 2020"),
        pytest.param("2020-08-10", "山の日", id="Mountain Day moved for 2020"),
        pytest.param("2021-07-22", "海の日", id="Marine Day moved for 2021"),
        pytest.param("2021-07-23", "スポーツの日", id="Sports Day moved for 2021"),
        pytest.param("2021-08-08", "山の日", id="Mountain Day moved for 2021"),
        pytest.param("2021-08-09", "振替休日", id="the substitute for the moved Mountain Day"),
        pytest.param("2027-03-22", "振替休日", id="the substitute for the equinox of 2027"),
        pytest.param("2019-12-23", None, id="no Emperor's Birthday in 2019"),
        pytest.param("2020-07-20", None, id="the usual Marine Day of 2020"),
        pytest.param("2020-08-11", None, id="the usual Mountain Day of 2020"),
        pytest.param("2020-10-12", None, id="the usual Sports Day of 2020"),
        pytest.param("2021-10-11", None, id="the usual Sports Day of 2021"),
        pytest.param("2008-05-07", None, id="one substitute is enough"),
        pytest.param("2021-05-06", None, id="no Sunday, no substitute"),
    ],
)
def test_a_historic_day_is_what_it_was(day: str, name: str | None) -> None:
    closed = ONLY_HOLIDAYS.closed(iso(day))
    assert (closed and closed.name and closed.name[0]) == name


@pytest.mark.parametrize(("day", "forecast"), [("2027-11-23", False), ("2028-01-10", True)])
def test_a_holiday_after_the_announced_year_is_a_forecast(day: str, *, forecast: bool) -> None:
    closed = OFFICE.closed(iso(day))
    assert closed is not None
    assert closed.forecast is forecast


@pytest.mark.parametrize("day", ["1954-12-28", "2100-01-04", "9999-12-28"])
def test_a_day_beyond_the_data_is_unknown_and_never_open(day: str) -> None:
    with pytest.raises(UnknownDay) as caught:
        OFFICE.closed(iso(day))
    assert caught.value.args == (iso(day),)


@pytest.mark.parametrize(
    ("day", "closure"),
    [("2100-01-01", Closure.YEAR_END), ("2100-01-09", Closure.SATURDAY), ("1954-12-26", Closure.SUNDAY)],
)
def test_beyond_the_data_a_weekend_is_still_closed(day: str, closure: Closure) -> None:
    assert OFFICE.closed(iso(day)) == ClosedDay(iso(day), closure)


@pytest.mark.parametrize("day", ["1955-01-04", "2099-12-28"])
def test_the_first_and_last_year_of_the_data_are_known(day: str) -> None:
    assert OFFICE.closed(iso(day)) is None


def test_a_calendar_without_holidays_knows_every_year() -> None:
    calendar = OfficeCalendar(holidays=False)
    assert calendar.closed(date(2100, 1, 4)) is None
    assert calendar.closed(date(2026, 11, 23)) is None
    assert calendar.act_by(date(2100, 1, 3)) == ActBy(
        date(2099, 12, 28),
        tuple(ClosedDay(date(2100, 1, 4) - n * ONE_DAY, Closure.YEAR_END) for n in range(1, 7)),
    )


# The reason given


@pytest.mark.parametrize(
    ("day", "extra", "closure", "name"),
    [
        pytest.param("2027-01-01", "2027-01-01", Closure.YEAR_END, None, id="year's end before a holiday"),
        pytest.param("2022-01-01", "2022-01-01", Closure.YEAR_END, None, id="year's end before Saturday"),
        pytest.param(
            "2025-11-23",
            "2025-11-23",
            Closure.HOLIDAY,
            ("勤労感謝の日", "Labor Thanksgiving Day"),
            id="holiday",
        ),
        pytest.param("2026-11-14", "2026-11-14", Closure.EXTRA, None, id="extra before Saturday"),
        pytest.param("2027-06-02", "2027-06-02", Closure.EXTRA, None, id="extra on a working day"),
        pytest.param("2026-11-14", "2027-06-02", Closure.SATURDAY, None, id="Saturday"),
        pytest.param("2026-11-15", "2027-06-02", Closure.SUNDAY, None, id="Sunday"),
    ],
)
def test_one_reason_is_given(day: str, extra: str, closure: Closure, name: tuple[str, str] | None) -> None:
    calendar = OfficeCalendar(extra=frozenset({iso(extra)}))
    assert calendar.closed(iso(day)) == ClosedDay(iso(day), closure, name)


@pytest.mark.parametrize("day", ["2026-11-14", "2026-11-15", "2026-11-23", "2026-12-30", "2027-01-01"])
def test_each_kind_of_closure_can_be_switched_off(day: str) -> None:
    assert OFFICE.closed(iso(day)) is not None
    assert ALWAYS_OPEN.closed(iso(day)) is None


def test_without_year_end_the_first_of_january_is_a_holiday() -> None:
    calendar = OfficeCalendar(year_end=None)
    assert calendar.closed(date(2026, 12, 31)) is None
    closed = calendar.closed(date(2027, 1, 1))
    assert closed == ClosedDay(date(2027, 1, 1), Closure.HOLIDAY, ("元日", "New Year's Day"))


@pytest.mark.parametrize(
    ("first", "last", "closed", "still_open"),
    [
        pytest.param(
            (12, 29), (1, 3), "12-29 12-31 01-01 01-03", "12-28 01-04 06-15", id="over the year's end"
        ),
        pytest.param((8, 13), (8, 15), "08-13 08-14 08-15", "08-12 08-16 01-01", id="within a year"),
        pytest.param((10, 9), (10, 9), "10-09", "10-08 10-10", id="one day"),
        pytest.param((2, 28), (3, 1), "02-28 02-29 03-01", "02-27 03-02", id="around a leap day"),
        pytest.param((1, 1), (12, 31), "01-01 02-29 12-31", "", id="the whole year"),
    ],
)
def test_the_yearly_closure_includes_both_its_ends(
    first: tuple[int, int], last: tuple[int, int], closed: str, still_open: str
) -> None:
    calendar = OfficeCalendar(weekends=False, holidays=False, year_end=(MonthDay(*first), MonthDay(*last)))
    for day in closed.split():
        assert calendar.closed(iso(f"2024-{day}")) == ClosedDay(iso(f"2024-{day}"), Closure.YEAR_END)
    for day in still_open.split():
        assert calendar.closed(iso(f"2024-{day}")) is None


def test_a_yearly_closure_from_29_february_begins_on_the_28th_in_a_common_year() -> None:
    calendar = OfficeCalendar(year_end=(MonthDay(2, 29), MonthDay(3, 1)))
    assert calendar.closed(date(2023, 2, 28)) == ClosedDay(date(2023, 2, 28), Closure.YEAR_END)
    assert calendar.closed(date(2024, 2, 28)) is None


# The day to act by


def table() -> list[object]:
    with (HERE / "tables" / "act_by.csv").open(encoding="utf-8", newline="") as rows:
        return [
            pytest.param(row["day"], row["act_by"], row["skipped"], id=row["why"])
            for row in csv.DictReader(rows)
        ]


@pytest.mark.parametrize(("day", "expected", "skipped"), table())
def test_the_day_to_act_by(day: str, expected: str, skipped: str) -> None:
    act_by = OFFICE.act_by(iso(day))
    assert act_by.day == iso(expected)
    assert [closed.closure.value for closed in act_by.skipped] == skipped.split()
    assert act_by.forecast is False


@pytest.mark.parametrize("year", range(2020, 2041))
def test_the_deadline_of_31_december_is_acted_on_by_the_28th_or_the_weekday_before(year: int) -> None:
    expected = date(year, 12, 28)
    while expected.weekday() >= 5:
        expected -= ONE_DAY
    act_by = OFFICE.act_by(date(year, 12, 31))
    assert act_by.day == expected
    assert act_by.forecast is (year >= 2028)


def test_the_skipped_days_say_why_the_latest_first() -> None:
    calendar = OfficeCalendar(extra=frozenset({date(2026, 11, 20)}))
    assert calendar.act_by(date(2026, 11, 23)) == ActBy(
        date(2026, 11, 19),
        (
            ClosedDay(date(2026, 11, 23), Closure.HOLIDAY, ("勤労感謝の日", "Labor Thanksgiving Day")),
            ClosedDay(date(2026, 11, 22), Closure.SUNDAY),
            ClosedDay(date(2026, 11, 21), Closure.SATURDAY),
            ClosedDay(date(2026, 11, 20), Closure.EXTRA),
        ),
    )


@pytest.mark.parametrize(
    ("day", "expected", "forecast"),
    [
        pytest.param("2027-12-31", "2027-12-28", False, id="the last announced deadline"),
        pytest.param("2028-01-03", "2027-12-28", True, id="a walk out of a forecast year"),
        pytest.param("2028-01-04", "2028-01-04", True, id="an open day may become a holiday"),
        pytest.param("2028-05-07", "2028-05-02", True, id="Golden Week 2028"),
    ],
)
def test_after_the_announced_year_the_answer_is_a_forecast(
    day: str, expected: str, *, forecast: bool
) -> None:
    act_by = OFFICE.act_by(iso(day))
    assert act_by.day == iso(expected)
    assert act_by.forecast is forecast


def test_without_holidays_nothing_is_a_forecast() -> None:
    assert ALWAYS_OPEN.act_by(date(2050, 5, 5)) == ActBy(date(2050, 5, 5))


@pytest.mark.parametrize(
    ("day", "skipped", "forecast"),
    [
        pytest.param("2100-01-04", 0, True, id="the first working day after the data"),
        pytest.param("2100-01-10", 2, True, id="a weekend, then an unknown Friday"),
        pytest.param("9999-12-31", 3, True, id="the calendar's last day"),
        pytest.param("1954-12-27", 0, False, id="before the data: unknown, but no forecast"),
        pytest.param("1955-01-03", 6, False, id="a walk out of the data"),
        pytest.param("0001-01-01", 1, False, id="the calendar's first day"),
    ],
)
def test_beyond_the_data_there_is_no_day_to_act_by(day: str, skipped: int, *, forecast: bool) -> None:
    act_by = OFFICE.act_by(iso(day))
    assert act_by.day is None
    assert len(act_by.skipped) == skipped
    assert act_by.forecast is forecast


def test_the_walk_ends_where_the_calendar_begins() -> None:
    calendar = OfficeCalendar(holidays=False)
    act_by = calendar.act_by(date(1, 1, 3))
    assert act_by.day is None
    assert [closed.day for closed in act_by.skipped] == [date(1, 1, 3), date(1, 1, 2), date.min]


def test_the_walk_ends_after_a_year_of_closed_days() -> None:
    end = date(2026, 12, 31)
    closed = [end - n * ONE_DAY for n in range(400)]
    act_by = OfficeCalendar(extra=frozenset(closed)).act_by(end)
    assert act_by.day is None
    assert [skipped.day for skipped in act_by.skipped] == closed[:366]


def test_the_walk_reaches_its_last_day() -> None:
    end = date(2026, 12, 31)
    closed = frozenset(end - n * ONE_DAY for n in range(365))
    calendar = OfficeCalendar(weekends=False, holidays=False, year_end=None, extra=closed)
    assert calendar.act_by(end).day == date(2025, 12, 31)


MONTH_DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: MonthDay(day.month, day.day))
DAYS = st.dates(date(1955, 2, 1), date(2099, 12, 31))
CALENDARS = st.builds(
    OfficeCalendar,
    weekends=st.booleans(),
    holidays=st.booleans(),
    year_end=st.none() | st.tuples(MONTH_DAYS, MONTH_DAYS),
    extra=st.frozensets(DAYS, max_size=5),
)


@given(CALENDARS, DAYS)
def test_the_answer_is_open_and_every_later_day_is_closed(calendar: OfficeCalendar, day: date) -> None:
    act_by = calendar.act_by(day)
    walked = [day - n * ONE_DAY for n in range(len(act_by.skipped))]
    assert [calendar.closed(each) for each in walked] == list(act_by.skipped)
    if act_by.day is not None:
        assert act_by.day == day - len(walked) * ONE_DAY
        assert calendar.closed(act_by.day) is None


@given(DAYS)
def test_the_answer_is_never_later_and_never_far(day: date) -> None:
    act_by = OFFICE.act_by(day).day
    assert act_by is not None
    assert timedelta(0) <= day - act_by <= timedelta(days=10)


@given(CALENDARS, st.dates())
def test_every_day_of_the_calendar_has_an_answer(calendar: OfficeCalendar, day: date) -> None:
    act_by = calendar.act_by(day).day
    assert act_by is None or act_by <= day
