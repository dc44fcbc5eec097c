from __future__ import annotations

from datetime import date

import pytest

from kyotei.dates.closed_days import OfficeCalendar
from kyotei.exports.lanes import Tick, middle, picture, ticks
from kyotei.messages import Language, words
from kyotei.tables import status_row
from kyotei.timeline import Span, lane
from registers_for_tests import YEARLY, entry, text

EN, JA = words(Language.EN), words(Language.JA)
TODAY = date(2026, 11, 22)
SPAN = Span(date(2026, 4, 1), date(2029, 12, 25))  # 1365 days
CALENDAR = OfficeCalendar()


def shapes(clauses: str = YEARLY, *, as_of: date = TODAY, span: Span = SPAN) -> list[tuple[str, str, str]]:
    row = status_row(entry(text("a", clauses)), as_of, CALENDAR)
    return [
        (one.kind, one.x, one.width)
        for one in picture(EN, lane(row, span, as_of, CALENDAR), span, as_of).shapes
    ]


def test_bars_come_before_marks_and_stand_where_their_days_are() -> None:
    span = Span(date(2026, 4, 1), date(2028, 3, 31))  # 731 days
    assert shapes(span=span, as_of=date(2027, 1, 1)) == [
        ("held", "0%", "37.62%"),
        ("closed", "37.62%", "12.312%"),
        ("held", "49.932%", "50.068%"),
        ("start", "0%", ""),
        ("passed", "37.551%", ""),
        ("start", "49.932%", ""),
        ("open", "87.483%", ""),
        ("act-by", "87.073%", ""),
    ]


def test_the_last_day_is_marked_at_its_end() -> None:
    assert shapes("", span=Span(date(2026, 4, 1), date(2028, 3, 31))) == [
        ("held", "0%", "49.932%"),
        ("start", "0%", ""),
        ("last", "49.932%", ""),
    ]


@pytest.mark.parametrize(
    ("as_of", "clauses", "said"),
    [
        (TODAY, YEARLY, "period 1, 2026-04-01 → 2027-03-31; deadline Thu 2026-12-31, still open."),
        (date(2027, 1, 1), YEARLY, "period 1, 2026-04-01 → 2027-03-31; deadline Thu 2026-12-31, passed."),
        (TODAY, "", "period 1, 2026-04-01 → 2027-03-31."),
    ],
)
def test_a_picture_says_the_same_in_words(as_of: date, clauses: str, said: str) -> None:
    row = status_row(entry(text("a", clauses)), as_of, CALENDAR)
    assert picture(EN, lane(row, SPAN, as_of, CALENDAR), SPAN, as_of).text[0] == said


def test_the_axis_has_a_line_for_each_quarter_and_names_the_years() -> None:
    span = Span(date(2026, 11, 22), date(2027, 9, 17))  # 300 days
    assert ticks(JA, span) == [
        Tick("13.333%", "2027年"),
        Tick("43.333%", ""),
        Tick("73.667%", ""),
    ]


def test_today_is_drawn_in_the_middle_of_its_day_and_not_outside() -> None:
    span = Span(date(2026, 11, 21), date(2026, 11, 23))
    assert (middle(span, TODAY), middle(span, date(2026, 11, 24))) == ("50%", "")
