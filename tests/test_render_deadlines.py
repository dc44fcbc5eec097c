from __future__ import annotations

from datetime import date

import pytest

from kyotei.dates.closed_days import OfficeCalendar
from kyotei.dates.length import parse_within
from kyotei.messages import Language, words
from kyotei.render.deadlines import closures, deadline_cells, deadlines_page
from kyotei.render.screen import Screen
from kyotei.tables import DeadlineRow, deadline_rows, status_row
from registers_for_tests import YEARLY, entry, text

TODAY = date(2026, 11, 22)
LAST = date(2027, 11, 22)
GOLDEN_WEEK = "Saturday, Sunday, Constitution Day, Greenery Day, Children's Day"


def rows(*written: str, calendar: OfficeCalendar | None = None) -> list[DeadlineRow]:
    calendar = calendar or OfficeCalendar()
    found = [status_row(entry(one), TODAY, calendar) for one in written or [""]]
    return deadline_rows(found, TODAY, parse_within("1y"), calendar)


def page(found: list[DeadlineRow], language: str = "en", own: str | None = None) -> list[str]:
    screen = Screen(words(Language(language)), 120, colour=False, tty=False)
    cells = [deadline_cells(screen.words, row, own) for row in found]
    return deadlines_page(screen, cells, TODAY, LAST).splitlines()


@pytest.mark.parametrize(
    ("number", "language", "head"),
    [
        (0, "en", "Nothing is due until 2027-11-22 (as of 2026-11-22, Sun)."),
        (1, "en", "1 deadline until 2027-11-22 (as of 2026-11-22, Sun)"),
        (2, "en", "2 deadlines until 2027-11-22 (as of 2026-11-22, Sun)"),
        (
            0,
            "ja",
            "2027-11-22 までに期限を迎えるものはありません（基準日 2026-11-22（令和8年11月22日・日））。",
        ),
        (2, "ja", "2027-11-22 までの期限 2件（基準日 2026-11-22（令和8年11月22日・日））"),
    ],
)
def test_the_line_above_says_how_many_and_until_when(number: int, language: str, head: str) -> None:
    found = rows(text("a"), text("b"))[:number]
    assert page(found, language)[0] == head
    assert (len(page(found, language)) == 1) is (number == 0)


def test_a_deadline_is_told_with_its_reasons_and_what_silence_brings() -> None:
    assert page(rows(), own="横浜市")[2:] == [
        "act by                   deadline                   agreement  to stop         if nobody acts",
        "─────────────────────────────────────────────────────────────────────────────────────────────",
        "Mon 2026-12-28           Thu 2026-12-31             a          the renewal of  bound until",
        "in 36 days !             safe under every reading:  連携協定   2027-04-01      2028-03-31",
        "before year-end closure  Wed 2026-12-30             渋谷区",
    ]


def test_an_expiry_has_nothing_to_stop() -> None:
    assert page(rows(text("a", clauses="")))[4:] == [
        "Wed 2027-03-31  Wed 2027-03-31  a               nothing:  ends on",
        "in 129 days                     連携協定        it ends   2027-03-31",
        "                                横浜市, 渋谷区",
    ]


def test_a_renewal_without_an_end_is_called_one() -> None:
    change = "{on: 2026-05-01, type: amendment, effective: 2027-04-01, changes: {term: {end: indefinite}}}"
    assert page(rows(text(clauses=f"{YEARLY}events: [{change}]\n")))[4].endswith("bound without end")


@pytest.mark.parametrize(
    ("term", "calendar", "reasons"),
    [
        ("{start: 2026-04-01, end: 2027-03-31}", OfficeCalendar(), "year-end closure"),
        ("{start: 2026-04-01, end: 2027-04-06}", OfficeCalendar(), ""),
        ("{start: 2026-04-01, end: 2027-08-13}", OfficeCalendar(), ""),
        ("{start: 2026-04-01, end: 2027-08-06}", OfficeCalendar(), GOLDEN_WEEK),
        ("{start: 2026-04-01, end: 2027-07-19}", OfficeCalendar(), "Saturday, Sunday"),
        (
            "{start: 2026-04-01, end: 2027-05-10}",
            OfficeCalendar(extra=frozenset({date(2027, 2, 9)})),
            "office closed",
        ),
    ],
)
def test_the_closed_days_are_named_once_and_in_order(
    term: str, calendar: OfficeCalendar, reasons: str
) -> None:
    (found,) = rows(text(term=f"term: {term}\n"), calendar=calendar)
    assert closures(words(Language.EN), found.due) == reasons
