from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import ROOT, Command, settle
from registers_for_tests import put, text

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

BROKEN = """\
id: midori
title: 災害時における相互応援に関する協定
signed: 平成31年2月29日
parties:
  - role: 甲
    name: 緑川市
  - role: 甲
    nam: 青葉町
term:
  start: signing
  length: 1ヶ月半
renewal: {mode: automatik, length: 1 year}
notise:
  before_end: 90 days
originals: 二通
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    put(tmp_path / "agreements", text("a"))
    return Command(capfd)


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_broken_file(
    run: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    snapshot: SnapshotAssertion,
    *,
    language: str,
    columns: int,
) -> None:
    settle(monkeypatch, tmp_path, language, columns)
    put(tmp_path / "agreements", BROKEN)
    put(tmp_path / "agreements", text("b", title="別の協定"), "c.yaml")
    put(tmp_path / "agreements", "id: [", "d.yaml")
    ran = run.at("validate")
    assert ran.status == 1
    assert {"stdout": ran.out, "stderr": ran.err} == snapshot


@pytest.mark.parametrize(
    ("language", "summary"), [("ja", "5件のファイル、指摘なし\n"), ("en", "5 files, no findings\n")]
)
def test_the_real_register_has_no_finding(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], language: str, summary: str
) -> None:
    settle(monkeypatch, ROOT, language)
    ran = Command(capfd).at("validate", "agreements")
    assert (ran.status, ran.out, ran.err) == (0, "", summary)


def test_findings_go_to_stdout_and_their_number_to_stderr(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", "", "b.yaml")
    ran = run.at("validate")
    assert ran.status == 1
    assert ran.out == "agreements/b.yaml:1:1: error file-empty the file holds no agreement\n"
    assert ran.err == "1 error, 0 warnings in 1 of 2 files\n"


def test_a_warning_fails_only_where_one_is_strict(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("b", title="別の協定"), "c.yaml")
    for strict, status in (((), 0), (("--strict",), 1)):
        ran = run.at("validate", *strict)
        assert ran.status == status
        assert ran.out == (
            "agreements/c.yaml:1:5: warning id-not-file-name the id is b, the file's name says c\n"
        )
        assert ran.err == "0 errors, 1 warning in 1 of 2 files\n"


def test_to_be_strict_harms_no_sound_register(run: Command) -> None:
    assert run.at("validate", "--strict").status == 0


def test_findings_as_json(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("b", title="別の協定"), "c.yaml")
    ran = run.at("validate", "--format", "json")
    expected = {
        "schema_version": 1,
        "checked": 2,
        "findings": [
            {
                "file": "agreements/c.yaml",
                "line": 1,
                "column": 5,
                "severity": "warning",
                "code": "id-not-file-name",
                "message": "the id is b, the file's name says c",
            }
        ],
    }
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == json.dumps(expected, ensure_ascii=False, indent=2) + "\n"


def test_what_is_given_is_judged_and_nothing_else(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", "", "b.yaml")
    assert run.at("validate", "agreements/a.yaml").err == "1 file, no findings\n"


def test_an_empty_folder_is_a_warning(run: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run.at("validate", "empty")
    assert ran.status == 0
    assert ran.out == "empty:1:1: warning folder-empty no agreement in this folder (*.yaml, *.yml)\n"
    assert ran.err == "0 errors, 1 warning; 0 files read\n"


def test_what_should_have_been_done_is_asked_for_the_day_given(run: Command, tmp_path: Path) -> None:
    put(
        tmp_path / "agreements",
        text("b", title="別の協定", term="term: {start: signing, end: indefinite}\n", clauses=""),
    )
    code = "agreements/b.yaml:3:9: warning unreviewed"
    found = f"{code} in force on 2031-03-20, yet not reviewed, renewed or amended since"
    assert run("validate", "agreements/b.yaml", "--as-of", "2031-03-19").out == ""
    assert run("validate", "agreements/b.yaml", "--as-of", "2031-03-20").out == f"{found} 2026-03-20\n"


def test_other_commands_leave_that_to_validate(run: Command, tmp_path: Path) -> None:
    put(
        tmp_path / "agreements",
        text("b", title="別の協定", term="term: {start: signing, end: indefinite}\n", clauses=""),
    )
    assert run("status", "--as-of", "2040-01-01").err == ""


@pytest.mark.parametrize(("level", "status", "out"), [("off", 0, ""), ("error", 1, "error")])
def test_kyotei_toml_switches_a_rule(run: Command, tmp_path: Path, level: str, status: int, out: str) -> None:
    (tmp_path / "kyotei.toml").write_text(f'[rules]\nid-not-file-name = "{level}"\n', encoding="utf-8")
    put(tmp_path / "agreements", text("b", title="別の協定"), "c.yaml")
    ran = run.at("validate")
    assert ran.status == status
    assert ran.out.partition(": ")[2].partition(" ")[0] == out
    assert run.at("status").status == status


def test_a_rule_that_nobody_knows_is_told_with_its_place(run: Command, tmp_path: Path) -> None:
    (tmp_path / "kyotei.toml").write_text('[rules]\nid-not-filename = "off"\n', encoding="utf-8")
    ran = run.at("validate")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        'kyotei.toml:2:1: error setting-unknown unknown setting "rules.id-not-filename";'
        ' did you mean "id-not-file-name"?\n'
    )


def test_single_files_are_not_asked_for_ids_in_other_files(run: Command, tmp_path: Path) -> None:
    event = "events: [{on: 2026-05-01, type: superseded, by: elsewhere}]\n"
    put(tmp_path / "agreements", text("b", title="別の協定") + event)
    assert run.at("validate", "agreements/b.yaml").status == 0
    assert "superseded-unknown" in run.at("validate", "agreements").out
    assert "superseded-unknown" in run.at("validate").out
