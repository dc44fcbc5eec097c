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
    put(tmp_path / "agreements", text("abc"))
    return Command(capfd)


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("identifier", ["yokohama-shibuya", "kitahama-nankai", "midorigawa-saigai"])
def test_a_chain(
    run: Command,
    monkeypatch: pytest.MonkeyPatch,
    snapshot: SnapshotAssertion,
    *,
    identifier: str,
    language: str,
    columns: int,
) -> None:
    settle(monkeypatch, ROOT, language, columns)
    ran = run.at("chain", identifier, "-r", "agreements")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot


def test_a_chain_as_json(run: Command) -> None:
    ran = run.at("chain", "abc", "--next", "1", "--format", "json")
    days = [("2026-12-31", "2026-12-30", "2026-12-28"), ("2027-12-31", "2027-12-30", "2027-12-28")]
    deadlines = [{"date": day, "safe": safe, "latest": day, "act_by": act_by} for day, safe, act_by in days]
    expected = {
        "schema_version": 1,
        "as_of": "2026-11-22",
        "id": "abc",
        "periods": [
            {
                "number": 1,
                "start": "2026-04-01",
                "end": "2027-03-31",
                "basis": "initial",
                "standing": "current",
                "deadline": deadlines[0],
            },
            {
                "number": 2,
                "start": "2027-04-01",
                "end": "2028-03-31",
                "basis": "automatic",
                "standing": "future",
                "deadline": deadlines[1],
            },
        ],
    }
    assert ran.out == json.dumps(expected, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize(("options", "number"), [((), 4), (("--next", "0"), 1), (("--next", "50"), 51)])
def test_as_many_periods_to_come_are_shown_as_asked_for(
    run: Command, options: tuple[str, ...], number: int
) -> None:
    assert run.at("chain", "abc", *options).out.count("initial") == 1
    assert run.at("chain", "abc", *options).out.count("expected  ") == number - 1


@pytest.mark.parametrize("asked", ["-1", "51", "x"])
def test_a_number_of_periods_out_of_range_is_wrong_use(run: Command, asked: str) -> None:
    ran = run.at("chain", "abc", "--next", asked)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == ("kyotei chain: --next: write a whole number from 0 to 50 (see kyotei chain --help)\n")


def test_an_id_that_is_not_there_is_told_with_the_near_one(run: Command) -> None:
    ran = run.at("chain", "abd")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "kyotei: no agreement with the id abd; did you mean abc?\n"


def test_an_id_like_no_other_is_told_with_the_way_to_the_ids(run: Command) -> None:
    ran = run.at("chain", "\x1b[31mzzz")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "kyotei: no agreement with the id \\x1b[31mzzz; `kyotei status` lists the ids\n"


def test_an_agreement_whose_file_is_faulty_is_told_with_its_findings(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("bad").replace("2026-03-20", "2026-02-30"))
    ran = run.at("chain", "bad")
    assert (ran.status, ran.out) == (1, "")
    finding, refusal = ran.err.splitlines()
    assert finding.startswith("agreements/bad.yaml:3:9: error date-invalid 2026-02-30 is not a day")
    assert refusal == "kyotei: the agreement bad cannot be shown: mend agreements/bad.yaml first"


def test_of_two_agreements_under_one_id_the_first_file_is_shown(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements" / "z", text("abc", clauses=""))
    ran = run.at("chain", "abc")
    assert ran.status == 1
    assert "expected" in ran.out
    assert ran.err == (
        "agreements/z/abc.yaml:1:5: error id-duplicate the id abc is taken by agreements/abc.yaml\n"
    )


def test_the_register_may_be_given(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", text("b"))
    (tmp_path / "agreements" / "abc.yaml").unlink()
    for option in ("-r", "--register"):
        assert run.at("chain", "b", option, "elsewhere").status == 0
    assert run.at("chain", "b", "-r", "nowhere").err == "kyotei: there is no file or folder nowhere\n"
