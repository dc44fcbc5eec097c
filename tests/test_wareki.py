from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyotei.dates.wareki import ERAS, parse_date, past_era, wareki
from kyotei.diagnostics import Fault

TABLES = Path(__file__).parent / "tables"
DAYS = st.dates(date(1873, 1, 1), date(2100, 12, 31))
NEARLY = st.text(alphabet="0123456789２〇一二十百令和平成RHt元年月日()（）水曜:./- 　時Z+●¹", max_size=25)
YEAR_ONE = {"明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019}
CODES = {
    "date-invalid.before-era",
    "date-invalid.has-time",
    "date-invalid",
    "date-invalid.no-such-day",
    "date-invalid.no-such-month",
    "date-invalid.not-iso",
    "date-invalid.out-of-range",
    "date-invalid.weekday-wrong",
    "date-invalid.years-differ",
}


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def fault(text: str) -> Fault:
    with pytest.raises(Fault) as raised:
        parse_date(text)
    return raised.value


@pytest.mark.parametrize("row", rows("dates_accepted.csv"), ids=lambda row: row["why"])
def test_a_date_is_read_as_the_table_says(row: dict[str, str]) -> None:
    assert parse_date(row["text"]).isoformat() == row["day"]
    assert (past_era(row["text"]) or "") == row["past_era"]


@pytest.mark.parametrize("row", rows("dates_refused.csv"), ids=lambda row: row["why"])
def test_a_text_is_refused_as_the_table_says(row: dict[str, str]) -> None:
    values = dict(pair.split("=") for pair in row["values"].split())
    found = fault(row["text"])
    assert (found.message, found.values) == (row["code"], {"text": row["text"], **values})
    assert past_era(row["text"]) is None


@pytest.mark.parametrize("name", ["dates_accepted.csv", "dates_refused.csv"])
def test_every_row_has_its_own_reason(name: str) -> None:
    reasons = [row["why"] for row in rows(name)]
    assert len(set(reasons)) == len(reasons)


def test_every_code_has_a_row() -> None:
    assert {row["code"] for row in rows("dates_refused.csv")} == CODES


@given(DAYS)
def test_a_day_written_in_japanese_is_read_back(day: date) -> None:
    assert parse_date(wareki(day)) == day
    assert past_era(wareki(day)) is None


@given(DAYS, st.sampled_from(list(YEAR_ONE)))
def test_a_day_is_read_in_its_era_or_a_past_one_and_in_no_later_one(day: date, name: str) -> None:
    text = f"{name}{day.year - YEAR_ONE[name] + 1}年{day.month}月{day.day}日"
    own = wareki(day)[:2]
    if YEAR_ONE[name] <= YEAR_ONE[own]:
        assert parse_date(text) == day
        assert past_era(text) == (None if name == own else name)
    else:
        assert fault(text).message in {"date-invalid.before-era", "date-invalid"}


@given(DAYS)
def test_iso_and_the_double_form_agree_with_its_weekday(day: date) -> None:
    era_year, rest = wareki(day).split("年")
    weekday = "月火水木金土日"[day.weekday()]
    assert (
        parse_date(f"{era_year}年（{day.year}年）{rest}（{weekday}）") == parse_date(day.isoformat()) == day
    )


@given(st.text() | NEARLY)
def test_any_text_is_a_day_or_a_fault(text: str) -> None:
    try:
        result = parse_date(text).isoformat()
    except Fault as found:
        result = found.message
    assert result in CODES or "1873-01-01" <= result <= "2999-12-31"
    assert past_era(text) is None or result not in CODES


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2026-11-22", "令和8年11月22日"),
        ("2019-05-01", "令和元年5月1日"),
        ("2019-12-31", "令和元年12月31日"),
        ("2020-01-01", "令和2年1月1日"),
        ("2019-04-30", "平成31年4月30日"),
        ("1989-01-08", "平成元年1月8日"),
        ("1989-01-07", "昭和64年1月7日"),
        ("1926-12-25", "昭和元年12月25日"),
        ("1926-12-24", "大正15年12月24日"),
        ("1912-07-30", "大正元年7月30日"),
        ("1912-07-29", "明治45年7月29日"),
        ("1873-01-01", "明治6年1月1日"),
        ("1872-12-31", "1872年12月31日"),
        ("9999-12-31", "令和7981年12月31日"),
    ],
)
def test_a_day_is_written_in_its_era(day: str, text: str) -> None:
    assert wareki(date.fromisoformat(day)) == text


def test_the_eras_are_the_five_since_the_gregorian_calendar() -> None:
    assert [(era.name, era.letter, era.first.isoformat()) for era in ERAS] == [
        ("明治", "M", "1873-01-01"),
        ("大正", "T", "1912-07-30"),
        ("昭和", "S", "1926-12-25"),
        ("平成", "H", "1989-01-08"),
        ("令和", "R", "2019-05-01"),
    ]


def test_a_long_text_is_shown_by_its_beginning() -> None:
    assert fault("令" * 40).values == {"text": "令" * 40}
    assert fault("令" * 41).values == {"text": "令" * 40 + "…"}


def test_text_beyond_a_hundred_characters_is_not_read() -> None:
    assert parse_date("2020-11-18".ljust(100)) == date(2020, 11, 18)
    assert fault("2020-11-18".ljust(101)).message == "date-invalid"


def test_a_text_of_one_sign_that_folds_into_many_is_refused() -> None:
    assert fault("\ufdfa" * 100).message == "date-invalid"
