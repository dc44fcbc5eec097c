from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from command_line_for_tests import ROOT, Command, settle
from registers_for_tests import YEARLY, put, text

if TYPE_CHECKING:
    from pathlib import Path

SEED = "agreements/yokohama-shibuya.yaml"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, ROOT)
    return Command(capfd)


def objects(written: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.splitlines()]


def test_an_agreement_has_what_status_says_and_everything_behind_it(here: Command) -> None:
    ran = here.at("export", "json", SEED)
    status = json.loads(here.at("status", SEED, "--format", "json").out)
    found = json.loads(ran.out)
    assert (ran.status, ran.err) == (0, "")
    assert list(found) == ["schema_version", "as_of", "agreements", "unread"]
    (seed,) = found["agreements"]
    (stands,) = status["agreements"]
    assert {name: seed[name] for name in stands} == stands
    assert list(seed)[len(stands) :] == [
        "signed",
        "terms",
        "deadlines",
        "chain",
        "contacts",
        "tags",
        "events",
    ]
    assert (seed["signed"], seed["tags"][0], seed["events"]) == ("2020-11-18", "スタートアップ", [])
    assert seed["terms"]["notice"] == {"clause": "第4条第2項", "before_end": "3 months", "by": "either"}
    assert seed["terms"]["termination"] is None
    assert seed["contacts"][0]["for"] == "連携協定に関すること"


def test_the_deadlines_and_the_chain_are_those_of_their_commands(here: Command) -> None:
    (seed,) = json.loads(here.at("export", "json", SEED).out)["agreements"]
    assert seed["deadlines"][0] == {
        "kind": "objection",
        "period": 7,
        "date": "2026-12-31",
        "safe": "2026-12-30",
        "latest": "2026-12-31",
        "act_by": "2026-12-28",
        "days_left": 39,
        "days_to_act": 36,
        "if_silent": {"outcome": "renews", "start": "2027-04-01", "end": "2028-03-31"},
    }
    chain = json.loads(here.at("chain", "yokohama-shibuya", "-r", SEED, "--format", "json").out)
    assert seed["chain"] == chain["periods"]


def test_lines_hold_one_agreement_each(here: Command) -> None:
    whole = json.loads(here.at("export", "json", "agreements").out)
    ran = here.at("export", "json", "agreements", "--format", "jsonl")
    assert objects(ran.out) == [{"as_of": "2026-11-22", **each} for each in whole["agreements"]]
    assert here.at("export", "jsonl", "agreements").out == ran.out


def test_every_object_has_the_same_keys(here: Command, tmp_path: Path) -> None:
    put(tmp_path, text("a", ""))
    put(tmp_path, text("b", f"{YEARLY}tags: [x]\n"))
    first, second = objects(here.at("export", "jsonl", str(tmp_path)).out)
    assert list(first) == list(second)
    assert list(first["terms"]) == list(second["terms"])


def test_an_agreement_with_an_unreadable_neighbour_is_there_and_the_neighbour_is_named(
    here: Command, tmp_path: Path
) -> None:
    put(tmp_path / "r", text("a"))
    put(tmp_path / "r", "id: b\n", "b.yaml")
    here_ran = here.at("export", "json", str(tmp_path / "r"))
    found = json.loads(here_ran.out)
    assert here_ran.status == 1
    assert ([each["id"] for each in found["agreements"]], found["unread"]) == (
        ["a"],
        [f"{tmp_path}/r/b.yaml"],
    )


def test_duckdb_answers_which_offices_have_deadlines_in_december(here: Command, tmp_path: Path) -> None:
    """The one-liner of docs/exports.md."""
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    _, _, query = page.partition("```sql\n")
    file = tmp_path / "agreements.jsonl"
    here.at("export", "json", "agreements", "--format", "jsonl", "-o", str(file))
    asked = query.partition("```")[0].replace("agreements.jsonl", str(file))
    answer = duckdb.sql(asked)
    assert answer is not None
    assert answer.fetchall() == [
        ("yokohama-shibuya", "区民部産業観光課", date(2026, 12, 28)),
        ("yokohama-shibuya", "文化観光局創造都市推進課", date(2026, 12, 28)),
        ("yokohama-shibuya", "経済局新産業創造課", date(2026, 12, 28)),
    ]


def test_python_answers_it_too(here: Command, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    program = page.partition("```python\n")[2].partition("```")[0]
    here.at("export", "json", "agreements", "--format", "jsonl", "-o", str(tmp_path / "agreements.jsonl"))
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert ran.stdout == "yokohama-shibuya 経済局新産業創造課 文化観光局創造都市推進課 区民部産業観光課\n"
