"""Every script of benchmarks/ runs, at a size at which its figures mean nothing, and prints its table."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest

from command_line_for_tests import OURS, PACKAGE, ROOT

if TYPE_CHECKING:
    from pathlib import Path

BENCHMARKS = ROOT / "benchmarks"
KYOTEI = f"{sys.executable} -m kyotei"


def ran(script: str, *args: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return subprocess.run(
        [sys.executable, str(BENCHMARKS / script), *args],
        env={**plain, "PYTHONPATH": PACKAGE},
        capture_output=True,
        text=True,
        check=False,
    )


def answered(script: str, *args: str) -> dict[str, Any]:
    found = ran(script, *args, "--json")
    assert found.returncode == 0, found.stderr
    answer: dict[str, Any] = json.loads(found.stdout)
    assert answer["benchmark"] == script.removesuffix(".py")
    return answer


def measured(answer: dict[str, Any], key: str) -> dict[str, bool]:
    """Which rows were measured: those whose `key` is more than nothing."""
    return {row["name"]: row.get(key, 0) > 0 for row in answer["rows"]}


def test_the_register_is_the_same_each_time_and_sound(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        assert ran("register.py", "3", str(tmp_path / folder)).returncode == 0
    names = [f"agreement-{number:06d}.yaml" for number in range(3)]
    assert sorted(file.name for file in (tmp_path / "a").iterdir()) == names
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    told = subprocess.run(
        [sys.executable, "-m", "kyotei", "validate", "--as-of", "2026-11-22", str(tmp_path / "a")],
        env={**os.environ, "KYOTEI_LANG": "en", "PYTHONPATH": PACKAGE},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0
    assert told.stderr.startswith("0 errors")


def test_more_than_a_thousand_files_are_spread_over_folders(tmp_path: Path) -> None:
    assert ran("register.py", "1001", str(tmp_path)).returncode == 0
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["000", "001"]
    assert [file.name for file in (tmp_path / "001").iterdir()] == ["agreement-001000.yaml"]


def test_scale_measures_kyotei_beside_libyaml() -> None:
    answer = answered("scale.py", "2", "--runs", "1", "--command", KYOTEI, "--without-rivals")
    assert measured(answer, "seconds") == {
        "libyaml, events only": True,
        "kyotei validate": True,
        "kyotei status --format json": True,
        "kyotei deadlines": True,
        "kyotei status": True,
    }
    assert [goal["what"] for goal in answer["goals"] if goal["value"] is None] == [
        "check-jsonschema, against validate"
    ]


def test_what_cannot_run_is_named_with_its_reason() -> None:
    found = ran("start.py", "--runs", "1", "--command", f"{sys.executable} -m no_such_module")
    assert found.returncode == 0
    lines = [line.split("  ", 1) for line in found.stdout.splitlines() if line.startswith("kyotei --version")]
    assert lines[0][1].strip().startswith("(ended with 1: ")
    assert lines[1][1].split() == ["<=", "6", "x", "not", "measured"]


@pytest.fixture(scope="module")
def start() -> dict[str, Any]:
    return answered("start.py", "--runs", "1", "--command", KYOTEI)


def test_start_measures_small_questions(start: dict[str, Any]) -> None:
    found = measured(start, "seconds")
    assert found["python -c pass"]
    assert found["the least program of its libraries"]
    assert found["the same with a table"]
    assert found["kyotei --version"]
    assert found["kyotei validate FILE"]
    assert found["kyotei status FILE"]


@pytest.mark.parametrize("name", ["check-jsonschema", "yamllint", "yamale"])
def test_the_others_read_the_same_file(start: dict[str, Any], name: str) -> None:
    row = next(row for row in start["rows"] if row["name"] == name)
    if row.get("skipped") == "not installed":
        pytest.skip(f"{name} is not installed")
    assert row["seconds"] > 0


def test_the_engine_is_measured_alone() -> None:
    answer = answered("engine.py", "20", "--runs", "2")
    assert measured(answer, "ms") == {"20 standings": True}
    (goal,) = answer["goals"]
    assert goal["value"] == answer["rows"][0]["ms"] * 500


def test_growth_has_a_row_for_each_size() -> None:
    answer = answered("growth.py", "2", "4", "--runs", "1", "--command", KYOTEI)
    assert [row["files"] for row in answer["rows"]] == [2, 4]
    assert all(row["validate_mib"] is None or row["validate_mib"] > 10 for row in answer["rows"])


@pytest.mark.skipif(which("git") is None, reason="git is not installed")
def test_staged_measures_the_hook() -> None:
    found = measured(answered("staged.py", "3", "--runs", "1", "--command", KYOTEI), "seconds")
    assert found["git --version"]
    assert found["kyotei validate --staged, first of a day"]
    assert found["kyotei validate --staged, again"]


def test_hotspots_names_modules_and_their_shares() -> None:
    answer = answered("hotspots.py", "20")
    assert {"kyotei.source", "imports", "pydantic"} <= {row["name"] for row in answer["rows"]}
    assert sum(row["share"] for row in answer["rows"]) == pytest.approx(1)


def test_both_parsers_read_the_same_from_whatever_both_accept() -> None:
    found = ran("agree.py", "300", "--json")
    assert found.returncode == 0, found.stdout
    kinds = json.loads(found.stdout)["kinds"]
    assert sum(kinds.values()) == 300
    assert kinds["accepted alike"] > 50
    assert kinds["refused alike"] > 50
    assert "accepted by both, and read differently" not in kinds


def test_the_report_rewrites_only_what_stands_between_its_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    report = importlib.import_module("report")
    page = tmp_path / "page.md"
    page.write_text(
        f"before\n\n{report.BEGIN}\n\nthe last results\n\n{report.END}\n\nafter\n", encoding="utf-8"
    )
    report.write(page, report.results((("engine.py", "2", "--runs", "1"), ("engine.py", "none")), []))
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n\n{report.BEGIN}\n\n20")
    assert "the last results" not in text
    assert "| 2 standings | " in text
    assert "ended with 2, without an answer" in text
    assert text.endswith(f"\n\n{report.END}\n\nafter\n")


def test_the_report_tells_a_command_that_anyone_can_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    report = importlib.import_module("report")
    asked = ["--files", "300", "--page", "/home/somebody/page.md", "--without-rivals"]
    assert report.said(asked) == "python benchmarks/report.py --files 300 --without-rivals"


def test_a_register_grows_to_the_tenfold_of_what_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    report = importlib.import_module("report")
    assert ("growth.py", "100", "1000", "10000") in report.full(1000, 1000)
    assert ("growth.py", "100", "1000", "10000", "100000") in report.full(10_000, 10_000)


def test_the_others_may_be_given_fewer_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    report = importlib.import_module("report")
    scales = [script for script in report.full(10_000, 1000) if script[0] == "scale.py"]
    assert scales == [("scale.py", "10000", "--without-rivals"), ("scale.py", "1000")]
    assert [script for script in report.full(1000, 1000) if script[0] == "scale.py"] == [("scale.py", "1000")]


def test_the_page_has_the_marks() -> None:
    text = (BENCHMARKS / "README.md").read_text(encoding="utf-8")
    assert text.index("<!-- results: written by report.py -->") < text.index("<!-- end of results -->")
