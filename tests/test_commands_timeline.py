from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import ROOT, Command, settle
from kyotei.text import cells
from registers_for_tests import YEARLY, put, text

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
IDS = [
    "higashiyama-leapday",
    "kitahama-nankai",
    "midorigawa-saigai",
    "minato-sakura-aoba",
    "yokohama-shibuya",
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path, columns=80)
    return Command(capfd)


def picture(out: str, name: str) -> str:
    """The signs beside a name, without the days to their right."""
    (line,) = [line for line in out.splitlines() if line.startswith(f"{name} ")]
    return line.removeprefix(name).strip().split("  ")[0]


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_register_as_a_picture(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    snapshot: SnapshotAssertion,
    language: str,
    columns: int,
) -> None:
    settle(monkeypatch, ROOT, language, columns)
    ran = Command(capfd).at("timeline", "agreements")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_one_agreement_is_drawn_period_by_period(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    snapshot: SnapshotAssertion,
    language: str,
    columns: int,
) -> None:
    settle(monkeypatch, ROOT, language, columns)
    ran = Command(capfd).at("timeline", "--id", "yokohama-shibuya")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_id_and_no_day_is_cut_and_no_line_is_too_wide(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], language: str
) -> None:
    for columns in (*range(20, 140, 3), 300):
        settle(monkeypatch, ROOT, language, columns)
        lines = Command(capfd).at("timeline", "agreements").out.splitlines()
        found = [line.split(" ")[0] for line in lines if line.split(" ")[0] in IDS]
        assert found == IDS, columns
        acts = {"2027-01-27", "2027-03-31", "2027-01-29", "2026-12-28"}
        assert acts <= {day for line in lines for day in DAY.findall(line)}, columns
        assert [line for line in lines if cells(line) > columns] == []


@pytest.mark.parametrize("columns", [20, 57, 80, 120, 200])
def test_today_stands_in_one_column_of_every_line(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], columns: int
) -> None:
    settle(monkeypatch, ROOT, "ja", columns)
    lines = Command(capfd).at("timeline", "agreements").out.splitlines()
    (pointer,) = {found.start() for line in lines if (found := re.search(r"(?<!\S)v(?!\S)", line))}
    assert {line.index("|") for line in lines if "=|" in line} == {pointer}


def test_the_window_closes_on_the_day_after_the_deadline(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a"))
    put(tmp_path / "agreements", text("b", ""))
    span = ("--from", "2026-04-01", "--to", "2028-03-31")
    opened = run("timeline", *span, "--as-of", "2026-12-31").out
    closed = run("timeline", *span, "--as-of", "2027-01-01").out
    assert (picture(opened, "a"), picture(closed, "a")) == (
        "[=====================*======[----------------------*-------",
        "[=====================x######[======================*=======",
    )
    assert "deadline passed" not in opened
    assert "# in force; deadline passed, so the next renewal is certain" in closed


def test_the_legend_explains_what_is_drawn_and_nothing_else(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a-b", ""))
    assert run.at("timeline", "--from", "2026-04-01").out.splitlines()[-1] == (
        "= in force   [ a period begins   ] the last day   | the day asked for"
    )


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ((), ["a", "b", "c"]),
        (("--id", "b"), ["b"]),
        (("--id", "c", "--id", "a", "--id", "c"), ["a", "c"]),
        (("--state", "ending"), ["b"]),
        (("--party", "川崎"), ["c"]),
        (("--tag", "防災"), ["a"]),
        (("--tag", "防災", "--id", "b"), []),
    ],
)
def test_agreements_are_named_or_filtered(
    run: Command, tmp_path: Path, options: tuple[str, ...], ids: list[str]
) -> None:
    register = tmp_path / "agreements"
    put(register, text("a") + "tags: [防災]\n")
    put(register, text("b", clauses=""))
    put(register, text("c").replace("渋谷区", "川崎市"))
    ran = run.at("timeline", *options, "--format", "json")
    assert ran.status == 0
    assert [one["id"] for one in json.loads(ran.out)["agreements"]] == ids


def test_scripts_get_the_periods_and_their_windows(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a"))
    ran = run("timeline", "--to", "2027-12-31", "--as-of", "2027-01-01", "--format", "json")
    days = {"date": "2026-12-31", "safe": "2026-12-30", "latest": "2026-12-31", "act_by": "2026-12-28"}
    later = {"date": "2027-12-31", "safe": "2027-12-30", "latest": "2027-12-31", "act_by": "2027-12-28"}
    assert json.loads(ran.out) == {
        "schema_version": 1,
        "as_of": "2027-01-01",
        "from": "2026-01-01",
        "to": "2027-12-31",
        "agreements": [
            {
                "id": "a",
                "title": "連携協定",
                "file": "agreements/a.yaml",
                "state": "renewing",
                "periods": [
                    {
                        "number": 1,
                        "start": "2026-04-01",
                        "end": "2027-03-31",
                        "basis": "initial",
                        "standing": "current",
                        "deadline": days,
                        "window": "passed",
                    },
                    {
                        "number": 2,
                        "start": "2027-04-01",
                        "end": "2028-03-31",
                        "basis": "automatic",
                        "standing": "future",
                        "deadline": later,
                        "window": "open",
                    },
                ],
            }
        ],
    }


def test_an_id_that_there_is_not_is_told(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a"))
    ran = run.at("timeline", "--id", "b")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "kyotei: no agreement with the id b; `kyotei status` lists the ids\n"


def test_days_the_wrong_way_round_are_wrong_use(run: Command) -> None:
    ran = run.at("timeline", "--from", "2030-01-01", "--to", "令和7年4月1日")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "kyotei: --to: 2025-04-01 lies before the first day to draw, 2030-01-01\n"


def test_what_lies_outside_is_counted(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a", ""))
    put(tmp_path / "agreements", text("b"))
    ran = run.at("timeline", "--from", "2030-01-01", "--to", "2030-12-31")
    assert ran.out.splitlines()[-1] == "1 agreement lies wholly outside of these days and is not drawn."
    assert "b  in force" in ran.out
    only = run.at("timeline", "--id", "a", "--from", "2030-01-01", "--to", "2030-12-31")
    assert only.out.splitlines()[-1] == "Nothing lies within these days."
    none = run.at("timeline", "--party", "川崎")
    assert none.out.splitlines()[-1] == "No agreement to show."


def test_one_broken_file_hides_no_other(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a"))
    put(tmp_path / "agreements", text("b").replace("2027-03-31", "2027-02-29"))
    ran = run.at("timeline")
    assert ran.status == 1
    assert "date-invalid" in ran.err
    assert "period 1" in ran.out


def test_a_day_beyond_the_calendar_is_called_unknown(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a"))
    ran = run("timeline", "--as-of", "2110-06-01")
    assert "unknown" in ran.out


def test_ended_agreements_and_those_without_an_end_say_so(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a", "", term="term: {start: 2026-04-01, end: 2026-10-31}\n"))
    put(tmp_path / "agreements", text("b", "", term="term: {start: 2026-04-01, end: indefinite}\n"))
    out = run.at("timeline").out
    assert "ended 2026-10-31" in out
    assert [line.split()[-1] for line in out.splitlines() if line.startswith("b ")] == ["-"]
    assert "period 1  → no end" in run.at("timeline", "--id", "b").out


def test_colour_adds_nothing_that_the_signs_do_not_say(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a", YEARLY))
    assert "\x1b" not in run.at("timeline").out


@pytest.mark.parametrize(
    ("years", "labels"), [("2030", "2026 2027 2028 2029 2030"), ("2060", "2030 2035 2040 2045 2050 2055")]
)
def test_the_axis_names_as_many_years_as_there_is_room_for(
    run: Command, tmp_path: Path, years: str, labels: str
) -> None:
    put(tmp_path / "agreements", text("a"))
    put(tmp_path / "agreements", text("b"))
    out = run.at("timeline", "--from", "2026-01-01", "--to", f"{years}-12-31").out
    assert " ".join(out.splitlines()[3].split()) == labels
