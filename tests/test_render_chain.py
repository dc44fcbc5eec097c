from __future__ import annotations

from datetime import date

from kyotei.dates.closed_days import OfficeCalendar
from kyotei.messages import Language, words
from kyotei.render.chain import chain_page
from kyotei.render.screen import Screen
from kyotei.tables import chain_rows, status_row
from registers_for_tests import YEARLY, entry, text

CALENDAR = OfficeCalendar()
CONSENT = "renewal: {mode: by-consent, length: 1 year}\n"


def page(written: str = "", as_of: date = date(2027, 11, 22), future: int = 1, width: int = 120) -> list[str]:
    read = entry(written)
    screen = Screen(words(Language.EN), width, colour=False, tty=False)
    rows = chain_rows(read, as_of, CALENDAR, future=future)
    return chain_page(screen, status_row(read, as_of, CALENDAR), rows).splitlines()


def test_every_period_is_a_line_and_the_current_one_is_marked() -> None:
    forecast = "Sun 2028-12-31  Sat 2028-12-30  Thu 2028-12-28 (forecast)"
    assert page() == [
        "Periods of a, as of 2027-11-22, Mon",
        "連携協定",
        "",
        "period          from        to          basis     deadline        safe day        act by",
        "───────────────────────────────────────────────────────────────────────────────────────────────────────────",
        "period 1        2026-04-01  2027-03-31  initial   Thu 2026-12-31  Wed 2026-12-30  Mon 2026-12-28",
        "period 2 ← now  2027-04-01  2028-03-31  presumed  Fri 2027-12-31  Thu 2027-12-30  Tue 2027-12-28",
        f"period 3        2028-04-01  2029-03-31  expected  {forecast}",
        "",
        "presumed: nobody recorded this renewal; it follows from silence.",
        "expected: it renews so if nobody objects.",
    ]


def test_a_narrower_page_has_two_lines_for_each_period() -> None:
    assert page(width=80)[3:] == [
        "period          from, to      deadline        safe day        act by",
        "────────────────────────────────────────────────────────────────────────────",
        "period 1        2026-04-01    Thu 2026-12-31  Wed 2026-12-30  Mon 2026-12-28",
        "initial         → 2027-03-31",
        "",
        "period 2 ← now  2027-04-01    Fri 2027-12-31  Thu 2027-12-30  Tue 2027-12-28",
        "presumed        → 2028-03-31",
        "",
        "period 3        2028-04-01    Sun 2028-12-31  Sat 2028-12-30  Thu 2028-12-28",
        "expected        → 2029-03-31                                  (forecast)",
        "",
        "presumed: nobody recorded this renewal; it follows from silence.",
        "expected: it renews so if nobody objects.",
    ]


def test_a_narrow_page_has_records() -> None:
    assert page(width=40, future=0)[3:12] == [
        "period 1",
        "initial",
        "  from, to  2026-04-01",
        "            → 2027-03-31",
        "  deadline  Thu 2026-12-31",
        "  safe day  Wed 2026-12-30",
        "  act by    Mon 2026-12-28",
        "",
        "period 2 ← now",
    ]


def test_a_period_without_a_deadline_has_none() -> None:
    found = page(text(clauses="", term="term: {start: 2026-04-01, end: indefinite}\n"))
    assert found[5:] == ["period 1 ← now  2026-04-01  no end  initial  -"]


def test_that_a_period_is_the_last_is_said() -> None:
    assert page(text(clauses=""), date(2026, 11, 22))[-1] == (
        "The last period shown is the last of the agreement, unless somebody acts."
    )


def test_a_recorded_renewal_is_called_one() -> None:
    events = "events: [{on: 2027-02-01, type: renewal}]\n"
    assert page(text(clauses=CONSENT + events))[6].split() == [
        "period", "2", "←", "now", "2027-04-01", "2028-03-31", "recorded", "-",
    ]  # fmt: skip


def test_what_ended_before_its_first_day_has_no_period() -> None:
    events = "events: [{on: 2026-03-22, type: termination, effective: 2026-03-31}]\n"
    assert page(text(clauses=YEARLY + events))[3:] == ["It ended before its first day: there is no period."]


def test_beyond_the_data_the_act_by_day_is_unknown() -> None:
    far = text(term="term: {start: 2026-04-01, end: 2299-03-31}\n")
    assert page(far, future=0)[5].endswith("Sat 2298-12-31  Fri 2298-12-30  unknown")
