"""The gate in git: the plain hook through a real `git commit`, and the hooks of the real pre-commit."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import ROOT, settle
from git_for_tests import Repository, isolate, repository
from registers_for_tests import text

if TYPE_CHECKING:
    from pathlib import Path

BAD = text("a").replace("2027-03-31", "2027-02-29")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = repository(tmp_path / "r").hooked()
    settle(monkeypatch, made.root)
    monkeypatch.setenv("KYOTEI_AS_OF", "2026-11-22")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    monkeypatch.setenv("PRE_COMMIT_COLOR", "never")
    isolate(monkeypatch, tmp_path)
    return made


def commits(repo: Repository) -> list[str]:
    return repo("log", "--format=%s", expect=None).stdout.splitlines()


def test_a_bad_staged_file_is_refused_though_its_working_copy_is_mended(repo: Repository) -> None:
    repo.write("agreements/a.yaml", BAD)
    repo("add", "--all")
    repo.write("agreements/a.yaml", text("a"))
    ran = repo("commit", "--message", "first", expect=1)
    assert "agreements/a.yaml:5:32: error date-invalid" in ran.stderr
    assert commits(repo) == []


def test_a_sound_staged_file_is_committed_though_its_working_copy_is_broken(repo: Repository) -> None:
    repo.write("agreements/a.yaml", text("a"))
    repo("add", "--all")
    repo.write("agreements/a.yaml", BAD)
    repo("commit", "--message", "first")
    assert commits(repo) == ["first"]
    assert repo("show", "HEAD:agreements/a.yaml").stdout == text("a")


@pytest.mark.parametrize(
    "way", [["--all"], ["--only", "agreements/a.yaml"], ["--include", "agreements/a.yaml"]]
)
def test_the_index_that_git_makes_for_a_commit_is_judged(repo: Repository, way: list[str]) -> None:
    repo.write("agreements/a.yaml", text("a"))
    repo("add", "--all")
    repo("commit", "--message", "first")
    repo.write("agreements/a.yaml", BAD)
    ran = repo("commit", "--message", "second", *way, expect=1)
    assert "agreements/a.yaml:5:32: error date-invalid" in ran.stderr
    repo.write("agreements/a.yaml", text("a", title="災害時の協定"))
    repo("commit", "--message", "second", *way)
    assert commits(repo) == ["second", "first"]


def test_a_bad_file_that_is_staged_but_not_committed_now_does_not_count(repo: Repository) -> None:
    repo.write("agreements/b.yaml", text("b"))
    repo("add", "--all")
    repo("commit", "--message", "first")
    repo.write("agreements/a.yaml", BAD)
    repo("add", "--all")
    repo.write("agreements/b.yaml", text("b", title="災害時の協定"))
    repo("commit", "--message", "second", "--only", "agreements/b.yaml")
    assert commits(repo) == ["second", "first"]


def test_a_commit_from_a_folder_below_and_in_another_worktree(repo: Repository, tmp_path: Path) -> None:
    repo.write("agreements/2026/a.yaml", text("a"))
    repo("add", "--all")
    repo("commit", "--message", "first")
    repo("worktree", "add", "--quiet", str(tmp_path / "w"))
    other = Repository(tmp_path / "w" / "agreements" / "2026")
    assert (tmp_path / "w" / ".git").is_file()
    other.write("a.yaml", BAD)
    ran = other("commit", "--all", "--message", "second", expect=1)
    assert "agreements/2026/a.yaml:5:32: error date-invalid" in ran.stderr
    other.write("a.yaml", text("a", title="災害時の協定"))
    other("commit", "--all", "--message", "second")


def test_a_merge_with_a_conflict_is_judged_as_it_was_resolved(repo: Repository) -> None:
    repo.write("agreements/a.yaml", text("a"))
    repo.commit()
    repo("switch", "--quiet", "--create", "other")
    repo.write("agreements/a.yaml", text("a", title="甲案"))
    repo.write("agreements/b.yaml", text("b"))
    repo.commit()
    repo("switch", "--quiet", "main")
    repo.write("agreements/a.yaml", text("a", title="乙案"))
    repo.commit()
    repo("merge", "other", expect=1)
    repo.write("agreements/a.yaml", BAD)
    repo("add", "--all")
    assert "error date-invalid" in repo("commit", "--no-edit", expect=1).stderr
    repo.write("agreements/a.yaml", text("a", title="丙案"))
    repo("add", "--all")
    repo("commit", "--no-edit")


def test_an_amended_commit_and_one_that_only_deletes(repo: Repository) -> None:
    repo.write("agreements/a.yaml", text("a"))
    repo.write("agreements/b.yaml", text("b"))
    repo("add", "--all")
    repo("commit", "--message", "first")
    repo.write("agreements/a.yaml", BAD)
    repo("commit", "--all", "--amend", "--no-edit", expect=1)
    repo("reset", "--quiet", "--hard")
    repo("rm", "--quiet", "agreements/b.yaml")
    repo("commit", "--message", "second")
    assert commits(repo) == ["second", "first"]


PRE_COMMIT = [sys.executable, "-m", "pre_commit"]


def pre_commit(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run the real pre-commit."""
    return subprocess.run(
        [*PRE_COMMIT, *args], cwd=folder, capture_output=True, check=False, encoding="utf-8"
    )


def test_the_real_pre_commit_runs_both_hooks_of_this_repository(repo: Repository, tmp_path: Path) -> None:
    ours = repository(tmp_path / "kyotei")
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, ours.root)
    shutil.copytree(ROOT / "src", ours.root / "src", ignore=shutil.ignore_patterns("__pycache__"))
    ours.commit()
    (tmp_path / "bin" / "kyotei").unlink()  # the hooks bring their own
    repo.write("agreements/a.yaml", BAD)
    repo.write("other.yaml", "not: ours\n")
    repo("add", "--all")
    told = pre_commit(repo.root, "try-repo", str(ours.root), "--all-files", "--verbose")
    assert told.returncode == 1, told.stderr
    heads = [line for line in told.stdout.splitlines() if line.startswith("kyotei validate")]
    assert [(head.partition(".")[0], head.rpartition(".")[2]) for head in heads] == [
        ("kyotei validate (the register)", "Failed"),
        ("kyotei validate (changed files)", "Failed"),
    ]
    assert told.stdout.count("agreements/a.yaml:5:32: error date-invalid") == 2
    assert "other.yaml" not in told.stdout.partition("===\nkyotei")[2]
    repo.write("agreements/a.yaml", text("a"))
    repo("add", "--all")
    told = pre_commit(repo.root, "try-repo", str(ours.root), "--all-files")
    assert (told.returncode, told.stdout.count("Passed")) == (0, 2), told.stdout


@pytest.mark.usefixtures("repo")
def test_pre_commit_accepts_the_hooks_and_our_own_settings() -> None:
    for command, name in (("manifest", ".pre-commit-hooks.yaml"), ("config", ".pre-commit-config.yaml")):
        told = pre_commit(ROOT, f"validate-{command}", name)
        assert (told.returncode, told.stdout) == (0, ""), told.stdout


def test_our_own_gate_judges_the_register(repo: Repository) -> None:
    shutil.copy(ROOT / ".pre-commit-config.yaml", repo.root)
    repo.write("agreements/a.yaml", BAD)
    repo("add", "--all")
    told = pre_commit(repo.root, "run", "kyotei-validate")
    assert told.returncode == 1
    assert "agreements/a.yaml:5:32: error date-invalid" in told.stdout
    repo.write("agreements/a.yaml", text("a"))
    repo("add", "--all")
    assert pre_commit(repo.root, "run", "kyotei-validate").returncode == 0
