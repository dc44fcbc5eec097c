from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import ROOT, Command, settle
from registers_for_tests import put, text

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

SEED = {
    "id": "yokohama-shibuya",
    "title": "グローバル拠点都市の形成及びオープンイノベーションの実現に関する連携協定",
    "file": "agreements/yokohama-shibuya.yaml",
    "parties": [{"role": "甲", "name": "横浜市"}, {"role": "乙", "name": "渋谷区"}],
    "state": "in-force",
    "period": {"number": 7, "start": "2026-04-01", "end": "2027-03-31"},
    "next_deadline": {
        "kind": "objection",
        "period": 7,
        "reading": "corresponding-day",
        "date": "2026-12-31",
        "safe": "2026-12-30",
        "latest": "2026-12-31",
        "act_by": "2026-12-28",
        "days_left": 39,
        "days_to_act": 36,
    },
    "if_silent": {"outcome": "renews", "start": "2027-04-01", "end": "2028-03-31"},
    "ends": None,
    "ended": None,
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    return Command(capfd)


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_register_at_a_glance(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    snapshot: SnapshotAssertion,
    language: str,
    columns: int,
) -> None:
    settle(monkeypatch, ROOT, language, columns)
    ran = Command(capfd).at("status", "agreements")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot


def test_the_seed_is_answered_as_the_contract_prints_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    settle(monkeypatch, ROOT)
    ran = Command(capfd).at("status", "agreements/yokohama-shibuya.yaml", "--format", "json")
    expected = {"schema_version": 1, "as_of": "2026-11-22", "agreements": [SEED]}
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == json.dumps(expected, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ((), ["a", "b", "c"]),
        (("--state", "ending"), ["b"]),
        (("--state", "ending", "--state", "in-force"), ["a", "b", "c"]),
        (("--party", "川崎"), ["c"]),
        (("--tag", "防災"), ["a"]),
        (("--tag", "防災", "--state", "ended"), []),
    ],
)
def test_filters_keep_what_was_asked_for(
    run: Command, tmp_path: Path, options: tuple[str, ...], ids: list[str]
) -> None:
    register = tmp_path / "agreements"
    put(register, text("a") + "tags: [防災]\n")
    put(register, text("b", clauses=""))
    put(register, text("c").replace("渋谷区", "川崎市"))
    ran = run.at("status", *options, "--format", "json")
    assert ran.status == 0
    assert [one["id"] for one in json.loads(ran.out)["agreements"]] == ids


def test_a_state_that_there_is_not_is_wrong_use(run: Command) -> None:
    ran = run.at("status", "--state", "expired")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "kyotei: --state: expired is no state; write one of pending, in-force, renewing, ending, ended\n"
    )


def test_nothing_to_show_is_said_aloud(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a"))
    ran = run.at("status", "--party", "川崎")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "Register of agreements, as of 2026-11-22, Sun: 0 agreements; nothing due within 90 days",
        "",
        "No agreement to show.",
    ]


def test_the_settings_name_us_and_our_closed_days(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "協定", text("a"))
    settings = 'register = "協定"\nself = "横浜市"\n[closed_days]\nextra = ["2026-12-28"]\n'
    (tmp_path / "kyotei.toml").write_text(settings, encoding="utf-8")
    ran = run.at("status")
    assert "横浜市" not in ran.out
    assert "Fri 2026-12-25" in ran.out


@pytest.mark.parametrize(("age", "number"), [("8m", 1), ("9m", 0)])
def test_only_stale_agreements_are_shown_on_demand(
    run: Command, tmp_path: Path, age: str, number: int
) -> None:
    put(tmp_path / "agreements", text("a"))
    ran = run.at("status", "--stale", age, "--format", "json")
    assert len(json.loads(ran.out)["agreements"]) == number
    assert run.at("status", "--stale", "old").err.startswith("kyotei: --stale: old is not a length")
