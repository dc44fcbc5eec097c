"""Whatever the screen and whatever the data: ids and days stay whole, and data stays text."""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import ROOT, Command, settle
from kyotei.dates.closed_days import OfficeCalendar
from kyotei.dates.length import parse_within
from kyotei.messages import Language, words
from kyotei.register import load
from kyotei.render.chain import chain_page
from kyotei.render.deadlines import deadline_cells, deadlines_page
from kyotei.render.screen import Screen
from kyotei.render.status import status_cells, status_page
from kyotei.tables import chain_rows, deadline_rows, horizon, status_row, status_rows
from registers_for_tests import YEARLY, entry, put, text

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 22)
CALENDAR = OfficeCalendar()
LONGEST = "x" * 63
ENTRIES = [*load([ROOT / "agreements"]).entries, entry(text(LONGEST)), entry(text("b", clauses=""))]
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
HOSTILE = "[/乙] [red]赤[/red] :bomb: [link=https://example.jp]x"


def pages(language: str, width: int) -> list[str]:
    screen = Screen(words(Language(language)), width, colour=False, tty=False)
    rows = status_rows(ENTRIES, TODAY, CALENDAR)
    within = parse_within("1y")
    due = deadline_rows(rows, TODAY, within, CALENDAR)
    dues = [deadline_cells(screen.words, row, None) for row in due]
    long = entry(text(LONGEST))
    chain = chain_rows(long, date(2030, 1, 1), CALENDAR, future=3)
    return [
        status_page(screen, [status_cells(screen.words, row, None) for row in rows], TODAY, 3),
        deadlines_page(screen, dues, TODAY, horizon(TODAY, within)),
        chain_page(screen, status_row(long, TODAY, CALENDAR), chain),
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_id_and_no_day_is_ever_cut_or_folded(language: str) -> None:
    """The widest screen shows them all; every other shows the same ones, on whatever lines."""
    ids = [found.agreement.id for found in ENTRIES]
    expected = [Counter(DAY.findall(page)) for page in pages(language, 200)]
    for width in (*range(20, 131), 160, 200):
        found = pages(language, width)
        assert [Counter(DAY.findall(page)) for page in found] == expected, width
        lines = [line.split("  ")[0] for line in found[0].splitlines()]
        assert [line for line in lines if line in ids] == ids, width
        assert LONGEST in found[1]
        assert LONGEST in found[2]


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path, columns=200)
    written = text("a", f"{YEARLY}purpose: '{HOSTILE}'\n", title=f"'{HOSTILE}'")
    put(tmp_path / "agreements", written.replace("渋谷区", f"'{HOSTILE}'"), "[red]\x1b[31m\n:bomb:.yaml")
    broken = put(tmp_path / "agreements", 'id: "[/x]\\e"\n', "bad.yaml")
    broken.rename(os.fsdecode(os.fsencode(broken.parent) + b"/\xff.yaml"))
    return Command(capfd)


@pytest.mark.parametrize(
    "args",
    [
        ("status",),
        ("deadlines",),
        ("chain", "a"),
        ("timeline",),
        ("show", "a"),
        ("explain", "a"),
        ("validate",),
    ],
)
@pytest.mark.parametrize("columns", [20, 80, 200])
def test_data_is_shown_as_text_and_nothing_obeys_it(
    hostile: Command, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ran = hostile.at(*args)
    assert ran.status == 1
    assert "\x1b" not in ran.out + ran.err
    told = ran.out if args[0] == "validate" else ran.err
    assert [line.partition(": ")[0] for line in told.splitlines()[:2]] == [
        "agreements/[red]\\x1b[31m\\x0a:bomb:.yaml:1:5",
        "agreements/\\xff.yaml:1:5",
    ]
    if args[0] != "validate":
        assert re.sub(r"\s", "", HOSTILE) in re.sub(r"\s", "", ran.out)
