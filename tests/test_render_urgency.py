from __future__ import annotations

from datetime import date

import pytest

from kyotei.dates.closed_days import OfficeCalendar
from kyotei.messages import Language, words
from kyotei.render.urgency import act_by_lines, urgency
from kyotei.tables import status_row
from registers_for_tests import entry, text


def lines(as_of: date, written: str = "", language: Language = Language.EN) -> list[str]:
    due = status_row(entry(written), as_of, OfficeCalendar()).due
    assert due is not None
    return [line.text for line in act_by_lines(words(language), due)]


@pytest.mark.parametrize(
    ("days", "mark"), [(-3, " !!"), (0, " !!"), (30, " !!"), (31, " !"), (90, " !"), (91, ""), (400, "")]
)
def test_a_pressing_day_is_marked_and_not_by_colour_alone(days: int, mark: str) -> None:
    assert urgency(days)[0] == mark


def test_the_marks_have_three_colours() -> None:
    assert len({urgency(days)[1] for days in (30, 31, 90, 91)}) == 3


def test_the_act_by_day_is_said_with_its_weekday_and_how_far_off_it_is() -> None:
    assert lines(date(2026, 11, 22)) == ["Mon 2026-12-28", "in 36 days !"]
    assert lines(date(2026, 11, 22), language=Language.JA) == ["2026-12-28 (月)", "あと36日 !"]
    assert lines(date(2026, 12, 28)) == ["Mon 2026-12-28", "today !!"]
    assert lines(date(2026, 12, 31)) == ["Mon 2026-12-28", "3 days ago !!"]


def test_a_forecast_is_called_one() -> None:
    assert lines(date(2028, 4, 1)) == ["Thu 2028-12-28", "in 271 days", "holidays of 2028 are a forecast"]


def test_what_is_not_known_is_never_called_open() -> None:
    far = text(term="term: {start: 2026-04-01, end: 2299-03-31}\n")
    assert lines(date(2026, 11, 22), far) == ["unknown: no holiday data for 2298"]
