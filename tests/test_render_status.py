from __future__ import annotations

from datetime import date

import pytest

from kyotei.dates.closed_days import OfficeCalendar
from kyotei.dates.length import parse_within
from kyotei.messages import Language, words
from kyotei.render.screen import Screen
from kyotei.render.status import counterparts, status_cells, status_page
from kyotei.tables import StatusRow, stale_rows, status_row
from kyotei.text import cells
from registers_for_tests import YEARLY, entry, text

TODAY = date(2026, 11, 22)
FIRST = "period 1 | 2026-04-01 | → 2027-03-31"


def row(written: str = "", as_of: date = TODAY) -> StatusRow:
    return status_row(entry(written), as_of, OfficeCalendar())


def page(*rows: StatusRow, soon: int = 0, width: int = 120, language: str = "en") -> list[str]:
    screen = Screen(words(Language(language)), width, colour=False, tty=False)
    cells_of_rows = [status_cells(screen.words, row, None) for row in rows]
    return status_page(screen, cells_of_rows, TODAY, soon).splitlines()


def columns(written: str, as_of: date = TODAY) -> list[str]:
    """The columns from the state on, each as its lines: `period 1 | 2026-04-01 | → 2027-03-31`."""
    names = ("state", "period", "if nobody acts", "deadline", "act by")
    head, _, *lines = page(row(written, as_of))[2:]
    spread = ["".join(sign + "\0" * (cells(sign) - 1) for sign in line) for line in lines]
    starts = [head.index(name) for name in names]
    found = [
        [line[start:end] for line in spread] for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]
    return [" | ".join(text for line in column if (text := line.strip("\0 "))) for column in found]


@pytest.mark.parametrize(
    ("soon", "language", "head"),
    [
        (0, "en", "Register of agreements, as of 2026-11-22, Sun: 1 agreement; nothing due within 90 days"),
        (1, "en", "Register of agreements, as of 2026-11-22, Sun: 1 agreement; 1 due within 90 days"),
        (0, "ja", "協定台帳  基準日 2026-11-22（令和8年11月22日・日）  1件  90日以内の期限なし"),
        (2, "ja", "協定台帳  基準日 2026-11-22（令和8年11月22日・日）  1件  うち90日以内に期限 2件"),
    ],
)
def test_the_line_above_says_the_day_how_many_and_how_many_are_due(
    soon: int, language: str, head: str
) -> None:
    assert page(row(), soon=soon, language=language)[0] == head


def test_an_empty_table_says_so() -> None:
    assert page()[1:] == ["", "No agreement to show."]


@pytest.mark.parametrize(
    ("written", "as_of", "expected"),
    [
        (
            text(),
            TODAY,
            f"in force; {FIRST}; renews | → 2028-03-31; Thu 2026-12-31; Mon 2026-12-28 | in 36 days !",
        ),
        (
            text(),
            date(2027, 1, 1),
            f"renewing; {FIRST}; renews | → 2028-03-31; Fri 2027-12-31; Tue 2027-12-28 | in 361 days",
        ),
        (text(clauses=""), TODAY, f"ending; {FIRST}; ends | → 2027-03-31; -; "),
        (text(clauses=""), date(2027, 4, 1), "ended; expired | on 2027-03-31; -; -; "),
        (
            text(clauses=f"{YEARLY}events: [{{on: 2026-10-01, type: termination, effective: 2026-10-31}}]\n"),
            TODAY,
            "ended; terminated | on 2026-10-31; -; -; ",
        ),
        (
            text(),
            date(2026, 3, 25),
            f"pending; {FIRST}; renews | → 2028-03-31; Thu 2026-12-31; Mon 2026-12-28 | in 278 days",
        ),
        (
            text(clauses="events: [{on: 2026-03-22, type: termination, effective: 2026-03-31}]\n"),
            date(2026, 3, 25),
            "pending; -; -; -; ",
        ),
        (
            text(clauses="", term="term: {start: 2026-04-01, end: indefinite}\n"),
            TODAY,
            "in force; period 1 | 2026-04-01 | → no end; -; -; ",
        ),
    ],
    ids=["in-force", "renewing", "ending", "ended", "terminated", "pending", "never", "indefinite"],
)
def test_each_state_is_told_in_words(written: str, as_of: date, expected: str) -> None:
    assert "; ".join(columns(written, as_of)) == expected


def test_an_agreement_that_becomes_endless_says_so() -> None:
    change = "{on: 2026-05-01, type: amendment, effective: 2027-04-01, changes: {term: {end: indefinite}}}"
    assert columns(text(clauses=f"{YEARLY}events: [{change}]\n"))[2] == "renews | → no end"


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("{survives: 1 year}", "confidential: | → 2028-03-31"),
        ("{survives: indefinitely}", "confidential: | → for ever"),
    ],
)
def test_what_stays_confidential_after_the_end_is_told(clause: str, said: str) -> None:
    found = columns(text(clauses=f"confidentiality: {clause}\n"), date(2027, 4, 1))
    assert found[1] == f"expired | on 2027-03-31 | {said}"


def test_since_when_nobody_has_looked_is_told() -> None:
    (found,) = stale_rows([row()], TODAY, parse_within("1m"))
    shown = "\n".join(page(found))
    assert "last looked at:" in shown
    assert "2026-03-20" in shown


def test_one_s_own_name_is_left_out_of_the_counterparts() -> None:
    assert counterparts(row(), "横浜市") == ["渋谷区"]
    assert counterparts(row(), "横浜") == counterparts(row(), None) == ["横浜市", "渋谷区"]


def test_a_narrower_page_joins_columns_and_a_narrow_one_has_records() -> None:
    found = row(text("x" * 30))
    wide, narrow, records = (page(found, width=width) for width in (120, 90, 40))
    assert "act by" in wide[2]
    assert [line.split()[0] for line in narrow if line.startswith(("横", "渋"))] == ["横浜市", "渋谷区"]
    assert "deadline:" in "".join(narrow)
    assert records[records.index("x" * 30) :][:3] == ["x" * 30, "連携協定", "  with            横浜市"]


def test_data_that_looks_like_markup_is_shown_as_it_is() -> None:
    written = text(title="'[red]協定[/乙] :bomb: [link=https://example.jp]'").replace(
        "渋谷区", "'[bold]渋谷区'"
    )
    found = "\n".join(page(row(written), width=200))
    assert "[red]協定[/乙] :bomb: [link=https://example.jp]" in found
    assert "[bold]渋谷区" in found
