"""What a large register's files told before: never anything else than what they tell when they are read."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import Command, settle
from git_for_tests import Repository, isolate, repository
from kyotei import git, memory
from kyotei.commands import staged
from kyotei.processes import MANY
from registers_for_tests import put, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BAD = text("bad", term="term: {start: 2026-04-01, end: 2027-02-29}\n")
NAMED = text("named", "events: [{on: 2026-10-01, type: superseded, by: plain}]\n")
IGNORING = text("ignoring", "ignore: {agreement-duplicate: 写し, unreviewed: 毎年の会議で見る}\n")
LOST = text("lost", "events: [{on: 2026-10-01, type: superseded, by: nowhere}]\n")
OLD = text("old").replace("2026-03-20", "2016-03-20")
REGISTER = {
    "plain.yaml": text("plain"),
    "bad.yaml": BAD,
    "named.yaml": NAMED,
    "ignoring.yaml": IGNORING,
    "lost.yaml": LOST,
    "old.yaml": OLD,
    "other name.yaml": text("その他", title="観光振興に関する協定"),
    "協定.yaml": text("agreement", title="学術交流に関する協定"),
    "not yaml.yaml": "id: [\n",
    "\udcff.yaml": text("bytes", title="物資供給に関する協定"),
}
LOOK = ("validate", "--staged")


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = repository(tmp_path / "r")
    settle(monkeypatch, made.root)
    isolate(monkeypatch, tmp_path)
    for name, written in REGISTER.items():
        made.write(f"agreements/{name}", written)
    made.write("kyotei.toml", "")
    made("add", "--all")
    return made


@pytest.fixture
def run(repo: Repository, capfd: pytest.CaptureFixture[str]) -> Command:  # noqa: ARG001 (stands in it)
    return Command(capfd)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every register is a large one here; returns the contents that git is asked for."""
    monkeypatch.setattr(staged, "MANY", 1)
    names: list[str] = []
    contents = git.contents

    def noted(objects: Sequence[str], most: int) -> Iterator[bytes]:
        names.extend(objects)
        return contents(objects, most)

    monkeypatch.setattr(git, "contents", noted)
    return names


def content(repo: Repository, name: str) -> str:
    return repo("rev-parse", f":{name}").stdout.strip()


def folder(repo: Repository) -> Path:
    return repo.root / ".git" / "kyotei"


def register(asked: list[str], repo: Repository) -> set[str]:
    """Those contents asked for that are agreements."""
    return {name for name in asked if name != content(repo, "kyotei.toml")}


@pytest.mark.usefixtures("asked")
def test_what_was_told_before_is_told_again(run: Command, repo: Repository) -> None:
    first = run.at(*LOOK, "--format", "json")
    assert first.status == 1
    for code in ("date-invalid", "yaml-invalid", "ignore-unused", "unreviewed", "superseded-unknown"):
        assert code in first.out
    assert (folder(repo) / memory.NAME).exists()
    assert run.at(*LOOK, "--format", "json") == first


def test_nothing_is_read_or_written_again(run: Command, repo: Repository, asked: list[str]) -> None:
    run.at(*LOOK)
    assert len(register(asked, repo)) == len(REGISTER)
    kept = (folder(repo) / memory.NAME).stat()
    asked.clear()
    run.at(*LOOK)
    assert register(asked, repo) == set()
    assert (folder(repo) / memory.NAME).stat().st_ino == kept.st_ino


def test_only_what_is_new_is_read(run: Command, repo: Repository, asked: list[str]) -> None:
    run.at(*LOOK)
    asked.clear()
    repo.write("agreements/plain.yaml", text("plain", title="新しい協定"))
    repo("mv", "agreements/old.yaml", "agreements/older.yaml")
    repo("add", "--all")
    run.at(*LOOK)
    new = {content(repo, f"agreements/{name}.yaml") for name in ("plain", "older")}
    assert register(asked, repo) == new
    asked.clear()
    run.at(*LOOK)
    assert register(asked, repo) == set()


EDITS = {
    "a file is changed": "echo 'notes: 変更' >> agreements/plain.yaml",
    "a file is mended": "cp agreements/plain.yaml agreements/bad.yaml",
    "a file is broken": "echo ': ]' >> agreements/plain.yaml",
    "a file is added": "sed s/plain/added/ agreements/plain.yaml > agreements/added.yaml",
    "an id is there twice": "cp agreements/plain.yaml agreements/copy.yaml",
    "a successor is taken away": "rm agreements/plain.yaml",
    "a lost successor comes": "sed s/plain/nowhere/ agreements/plain.yaml > agreements/nowhere.yaml",
    "a file is renamed": "mv agreements/old.yaml agreements/older.yaml",
    "two files change places": "mv agreements/old.yaml x; mv agreements/plain.yaml agreements/old.yaml;"
    " mv x agreements/plain.yaml",
    "everything is removed": "rm agreements/*",
    "a rule is switched off": "printf '[rules]\\nunreviewed = \"off\"\\n' > kyotei.toml",
    "the register is elsewhere": "mkdir new; mv agreements/old.yaml new;"
    " echo 'register = \"new\"' > kyotei.toml",
}


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("script", EDITS.values(), ids=EDITS)
def test_after_a_change_the_answer_is_as_without_memory(run: Command, repo: Repository, script: str) -> None:
    run.at(*LOOK)
    subprocess.run(["sh", "-c", script], check=True)
    repo("add", "--all")
    remembering = run.at(*LOOK, "--format", "json")
    shutil.rmtree(folder(repo))
    assert run.at(*LOOK, "--format", "json") == remembering


@pytest.mark.parametrize("other", ["day", "program", "library", "name", "python"])
def test_another_day_or_program_knows_nothing(
    run: Command, asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, other: str
) -> None:
    repo, source = Repository(tmp_path / "r"), put(tmp_path / "program", "x = 1\n", "a.py")
    monkeypatch.setattr(memory, "PROGRAM", source.parent)
    run.at(*LOOK)
    day = ["--as-of", "2026-11-23" if other == "day" else "2026-11-22"]
    if other == "program":
        source.write_text("x = 2\n")
    if other == "library":
        monkeypatch.setattr(memory, "READERS", (*memory.READERS, "not-installed"))
    if other == "python":
        monkeypatch.setattr(sys, "version", "3.99")
    if other == "name":
        source.rename(source.with_name("b.py"))
    asked.clear()
    run(*LOOK, *day)
    assert len(register(asked, repo)) == len(REGISTER)
    asked.clear()
    run(*LOOK, *day)
    assert register(asked, repo) == set()


def test_a_program_without_sources_remembers_nothing(
    run: Command, repo: Repository, asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(memory, "PROGRAM", tmp_path / "kyotei.zip")
    for _ in range(2):
        asked.clear()
        run.at(*LOOK)
        assert len(register(asked, repo)) == len(REGISTER)


def damage(file: Path, how: str) -> None:
    raw = file.read_bytes()
    damaged = {
        "a digit": raw.replace(b"2016-03-20", b"2026-03-20"),
        "cut": raw[:-1],
        "empty": b"",
        "no seal": raw.partition(b"\n")[2],
        "not text": b"\xff\n\xff",
    }
    assert damaged[how] != raw
    file.write_bytes(damaged[how])


@pytest.mark.parametrize("how", ["a digit", "cut", "empty", "no seal", "not text"])
def test_a_damaged_memory_is_forgotten(run: Command, repo: Repository, asked: list[str], how: str) -> None:
    first = run.at(*LOOK)
    damage(folder(repo) / memory.NAME, how)
    asked.clear()
    assert run.at(*LOOK) == first
    assert len(register(asked, repo)) == len(REGISTER)
    asked.clear()
    assert run.at(*LOOK) == first
    assert register(asked, repo) == set()


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("obstacle", ["a file", "a folder"])
def test_where_nothing_can_be_kept_the_answer_is_the_same(
    run: Command, repo: Repository, obstacle: str
) -> None:
    first = run.at(*LOOK)
    shutil.rmtree(folder(repo))
    if obstacle == "a file":
        folder(repo).write_text("mine")
    else:
        (folder(repo) / memory.NAME).mkdir(parents=True)
    assert run.at(*LOOK) == first
    assert run.at(*LOOK) == first


def test_a_small_register_is_read_and_nothing_is_kept(run: Command, repo: Repository) -> None:
    assert len(REGISTER) < MANY
    run.at(*LOOK)
    assert not folder(repo).exists()


@pytest.mark.usefixtures("asked")
def test_a_worktree_remembers_for_itself(
    run: Command, repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo("commit", "--quiet", "--message", "x")
    repo("worktree", "add", "--quiet", str(tmp_path / "w"))
    monkeypatch.chdir(tmp_path / "w")
    put(tmp_path / "w" / "agreements", text("plain", title="新しい協定"))
    Repository(tmp_path / "w")("add", "--all")
    run.at(*LOOK)
    assert (repo.root / ".git" / "worktrees" / "w" / "kyotei" / memory.NAME).exists()
    assert not folder(repo).exists()


def test_a_commit_of_many_files_judges_what_is_new(repo: Repository) -> None:
    repo("rm", "-r", "--force", "--quiet", "agreements")
    for number in range(MANY):
        repo.write(f"agreements/a{number}.yaml", text(f"a{number}", title=f"第{number}号協定"))
    repo.hooked()("add", "--all")
    repo("commit", "--quiet", "--message", "many")
    assert (folder(repo) / memory.NAME).exists()
    repo.write("agreements/a7.yaml", text("a8", title="第7号協定"))
    repo("add", "--all")
    refused = repo("commit", "--quiet", "--message", "twice", expect=1)
    assert "agreements/a8.yaml:1:5: error id-duplicate" in refused.stdout + refused.stderr
    assert f"of {MANY} files" in refused.stderr
