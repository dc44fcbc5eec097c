from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import ROOT, Command, settle
from registers_for_tests import put, text

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    put(tmp_path / "agreements", text("a"))
    return Command(capfd)


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_due_within_half_a_year(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    snapshot: SnapshotAssertion,
    language: str,
    columns: int,
) -> None:
    settle(monkeypatch, ROOT, language, columns)
    ran = Command(capfd).at("deadlines", "agreements", "--within", "6m")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot


def test_the_seed_s_deadline_as_json(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    settle(monkeypatch, ROOT)
    ran = Command(capfd).at("deadlines", "agreements/yokohama-shibuya.yaml", "--format", "json")
    expected = {
        "schema_version": 1,
        "as_of": "2026-11-22",
        "within": "90d",
        "deadlines": [
            {
                "id": "yokohama-shibuya",
                "title": "グローバル拠点都市の形成及びオープンイノベーションの実現に関する連携協定",
                "file": "agreements/yokohama-shibuya.yaml",
                "kind": "objection",
                "date": "2026-12-31",
                "safe": "2026-12-30",
                "latest": "2026-12-31",
                "act_by": "2026-12-28",
                "days_left": 39,
                "days_to_act": 36,
                "period": 7,
                "if_silent": {"outcome": "renews", "start": "2027-04-01", "end": "2028-03-31"},
            }
        ],
    }
    assert ran.out == json.dumps(expected, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize(
    ("within", "last", "number"),
    [
        ("36d", "2026-12-28", 1),
        ("35d", "2026-12-27", 0),
        ("5w", "2026-12-27", 0),
        ("2m", "2027-01-22", 1),
        ("1y", "2027-11-22", 1),
        ("３か月", "2027-02-22", 1),
        ("90 days", "2027-02-20", 1),
    ],
)
def test_one_looks_as_far_ahead_as_one_likes(run: Command, within: str, last: str, number: int) -> None:
    ran = run.at("deadlines", "--within", within)
    start = f"1 deadline until {last} (" if number else f"Nothing is due until {last} ("
    assert ran.status == 0
    assert ran.out.startswith(start)


@pytest.mark.parametrize(
    ("within", "problem"),
    [
        ("soon", "soon is not a length; write one whole number and one unit"),
        ("", '"" is not a length'),
        ("0d", "0d is no length: the number must be 1 or more"),
        ("101y", "101y is longer than this register can hold (at most 100 years)"),
        ("-1d", "-1d is not a length"),
    ],
)
def test_what_is_no_length_is_wrong_use(run: Command, within: str, problem: str) -> None:
    ran = run.at("deadlines", "--within", within)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"kyotei: --within: {problem}")


@pytest.mark.parametrize(("within", "status"), [("36d", 1), ("35d", 0)])
def test_with_exit_code_something_due_is_a_finding(run: Command, within: str, status: int) -> None:
    assert run.at("deadlines", "--within", within, "--exit-code").status == status
    assert run.at("deadlines", "--within", within, "--exit-code", "--format", "json").status == status
    assert run.at("deadlines", "--within", within).status == 0


@pytest.mark.parametrize(
    ("within", "language", "first"),
    [
        ("90d", "en", "1 deadline"),
        ("30d", "en", "No deadline"),
    ],
)
def test_missed_deadlines_are_told_with_what_they_locked_in(
    run: Command, within: str, language: str, first: str
) -> None:
    ran = run("deadlines", "--missed", within, "--as-of", "2027-02-15", "--lang", language)
    assert ran.status == 0
    assert ran.out.startswith(first)
    assert ("2028-03-31" in ran.out) is (within == "90d")


def test_missed_deadlines_as_json_say_how_far_back(run: Command) -> None:
    ran = run("deadlines", "--missed", "90d", "--as-of", "2027-02-15", "--format", "json", "--exit-code")
    shape = json.loads(ran.out)
    assert ran.status == 1
    assert list(shape) == ["schema_version", "as_of", "missed", "deadlines"]
    assert [(one["date"], one["days_left"]) for one in shape["deadlines"]] == [("2026-12-31", -46)]
