from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from git_for_tests import Repository, isolate, repository, stub
from kyotei import git
from kyotei.git import GitFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = ("協定 一.yaml", "a\nb.yaml", "a\tb.yaml", '"q".yaml', "-x.yaml", "\udcff\udcfe.yaml", "*.yaml")
ZEROS = "0" * 40


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    isolate(monkeypatch, tmp_path)
    made = repository(tmp_path / "r")
    monkeypatch.chdir(made.root)
    return made


def name_of(repo: Repository, raw: bytes) -> str:
    file = repo.write(".git/blob", raw)
    return repo("hash-object", "-w", str(file)).stdout.strip()


def test_the_root_is_found_from_a_folder_below(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo.root / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(repo.root / "a" / "b")
    assert git.top() == os.path.realpath(repo.root)


def test_a_root_may_have_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    isolate(monkeypatch, tmp_path)
    made = repository(tmp_path / "協 定\n")
    monkeypatch.chdir(made.root)
    assert git.top() == os.path.realpath(made.root)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("quoted", ["true", "false"])
def test_a_name_is_kept_byte_by_byte(repo: Repository, name: str, quoted: str) -> None:
    repo("config", "core.quotePath", quoted)
    repo.write(name, "x")
    repo("add", "--all")
    assert [blob.path for blob in git.index(git.top())] == [name]
    assert [blob.path for blob in git.changes()] == [name]
    repo.commit()
    assert [blob.path for blob in git.tree("HEAD")] == [name]


def test_the_whole_index_is_seen_from_a_folder_below(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write("a/b/x.yaml", "x")
    repo.write("c.yaml", "y")
    repo.commit()
    repo("rm", "--quiet", "c.yaml")
    monkeypatch.chdir(repo.root / "a" / "b")
    assert [blob.path for blob in git.tree("HEAD")] == ["a/b/x.yaml", "c.yaml"]
    assert [blob.path for blob in git.index(git.top())] == ["a/b/x.yaml"]
    assert [blob.path for blob in git.changes()] == ["c.yaml"]


def test_entries_say_what_they_are(repo: Repository) -> None:
    repo.write("program", "x").chmod(0o755)
    (repo.root / "link").symlink_to("program")
    inner = repository(repo.root / "inner")
    inner.commit()
    repo("-c", "advice.addEmbeddedRepo=false", "add", "--all")
    kinds = (git.FILE, git.LINK, git.SUBMODULE)
    found = {blob.path: [kind for kind in kinds if blob.is_a(kind)] for blob in git.index(git.top())}
    assert found == {"inner": [git.SUBMODULE], "link": [git.LINK], "program": [git.FILE]}


def test_a_change_tells_what_was_there(repo: Repository) -> None:
    repo.write("gone", "a")
    repo.write("kept", "b")
    repo.commit()
    repo("rm", "--quiet", "gone")
    repo.write("new", "c")
    repo("add", "--all")
    there = name_of(repo, b"a")
    assert git.changes() == [git.Blob("gone", "100644", there), git.Blob("new", "000000", ZEROS)]


def test_a_rename_is_a_file_gone_and_a_new_one_whatever_the_settings_say(repo: Repository) -> None:
    for setting in ("diff.renames=copies", "diff.relative=true", "diff.noprefix=true", "color.ui=always"):
        repo("config", *setting.split("="))
    repo.write("a.yaml", "a long enough text")
    repo.commit()
    repo("mv", "a.yaml", "b.yaml")
    assert [blob.path for blob in git.changes()] == ["a.yaml", "b.yaml"]


def test_a_path_in_conflict_has_its_sides(repo: Repository) -> None:
    repo.write("a", "1")
    repo.commit()
    repo("switch", "--quiet", "--create", "other")
    repo.write("a", "2")
    repo.commit()
    repo("switch", "--quiet", "main")
    repo.write("a", "3")
    repo.commit()
    repo("merge", "other", expect=1)
    assert [(blob.path, blob.merged) for blob in git.index(git.top())] == [("a", False)] * 3


def test_contents_come_in_the_order_asked_for_and_no_longer_than_wanted(repo: Repository) -> None:
    raws = [b"", b"\n", b"a\0b\n", b"x" * 200_000, b"12345", b"123456"]
    names = [name_of(repo, raw) for raw in raws]
    assert list(git.contents(names, 4)) == [b"", b"\n", b"a\0b\n", b"x" * 5, b"12345", b"12345"]
    assert list(git.contents([], 4)) == []


def test_more_contents_than_a_pipe_holds(repo: Repository) -> None:
    raws = [f"{number}".encode() * 2_000 for number in range(350)]
    names = [name_of(repo, raw) for raw in raws[::7]] * 7
    assert list(git.contents(names, 1_000_000)) == raws[::7] * 7


def test_a_revision_is_a_commit(repo: Repository) -> None:
    repo.commit()
    head = repo("rev-parse", "HEAD").stdout.strip()
    repo("tag", "--annotate", "--message", "x", "v1")
    assert {git.commit(revision) for revision in ("HEAD", "main", "v1", head, head[:8], "@")} == {head}


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        ("nowhere", "nowhere"),
        ("", '""'),
        ("-q", "-q"),
        ("--all", "--all"),
        ("HEAD..HEAD", "HEAD..HEAD"),
        ("a\0b", "a\0b"),
    ],
)
def test_a_revision_that_is_no_commit_is_unknown(repo: Repository, revision: str, told: str) -> None:
    repo.commit()
    with pytest.raises(GitFailed) as failed:
        git.commit(revision)
    assert (failed.value.name, failed.value.values) == ("revision-unknown", {"revision": told})


def test_a_revision_that_is_no_commit_but_something_else_is_told_in_gits_words(repo: Repository) -> None:
    repo.commit()
    with pytest.raises(GitFailed) as failed:
        git.commit("HEAD^{tree}")
    assert failed.value.values["reason"].endswith(
        "expected commit type, but the object dereferences to tree type"
    )


@pytest.mark.usefixtures("repo")
def test_without_a_commit_there_is_no_head() -> None:
    with pytest.raises(GitFailed, match="revision-unknown"):
        git.commit("HEAD")


@pytest.mark.usefixtures("repo")
def test_a_folder_without_a_repository_is_refused_in_gits_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for ask in (git.top, lambda: git.commit("HEAD")):
        with pytest.raises(GitFailed) as failed:
            ask()
        assert failed.value.name == "git-failed"
        assert failed.value.values["reason"].lower().startswith("not a git repository")


def test_a_repository_of_somebody_else_is_refused_in_gits_words(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(GitFailed) as failed:
        git.top()
    reason = failed.value.values["reason"]
    assert reason.startswith(f"detected dubious ownership in repository at '{repo.root}'")
    assert "safe.directory" in reason
    assert "\n" not in reason


def test_a_bare_repository_has_no_files_to_judge(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo("init", "--quiet", "--bare", "bare")
    monkeypatch.chdir(repo.root / "bare")
    with pytest.raises(GitFailed) as failed:
        git.top()
    assert failed.value.values == {"reason": "this operation must be run in a work tree"}


def test_a_broken_index_is_told_in_gits_words(repo: Repository) -> None:
    root = git.top()
    repo.write(".git/index", "no index")
    with pytest.raises(GitFailed) as failed:
        git.index(root)
    assert "index file" in failed.value.values["reason"]


def test_an_object_that_is_gone_is_told(repo: Repository) -> None:
    there, gone = name_of(repo, b"x"), "1" * 40
    with pytest.raises(GitFailed) as failed:
        list(git.contents([there, gone, *[there] * 50], 10))
    assert failed.value.values == {"reason": f"{gone} missing"}


def test_an_object_that_is_broken_is_told_in_gits_words(repo: Repository) -> None:
    name = name_of(repo, b"x" * 1000)
    file = repo.root / ".git" / "objects" / name[:2] / name[2:]
    file.chmod(0o644)
    file.write_bytes(b"broken")
    with pytest.raises(GitFailed) as failed:
        list(git.contents([name], 10))
    assert name in failed.value.values["reason"]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("printf '%s blob 99\\nabc' x; echo 'fatal: torn' >&2", "torn"),
        ("exec 0<&-; echo 'fatal: no more' >&2; exit 128", "no more"),
    ],
)
def test_a_git_that_ends_too_early_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    stub(tmp_path / "git", script)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(GitFailed) as failed:
        list(git.contents([ZEROS], 1_000))
    assert failed.value.values == {"reason": reason}


@pytest.mark.parametrize("ask", [git.top, lambda: list(git.contents([ZEROS], 1))])
def test_without_git_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[], object]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitFailed) as failed:
        ask()
    assert (failed.value.name, failed.value.values) == (
        "git-missing",
        {"reason": "No such file or directory"},
    )


@pytest.mark.parametrize("first", [True, False])
def test_what_is_only_announced_is_not_in_the_index(
    repo: Repository, monkeypatch: pytest.MonkeyPatch, *, first: bool
) -> None:
    """`git add -N` puts an empty entry there; a commit would not hold the file. An empty file it would."""
    if not first:
        repo.write("a.yaml", "x")
        repo.commit()
    repo.write("empty.yaml", "")
    repo("add", "empty.yaml")
    repo.write("deep/協定.yaml", "y")
    repo.write("also empty.yaml", "")
    repo("add", "--intent-to-add", "deep", "also empty.yaml")
    monkeypatch.chdir(repo.root / "deep")
    assert [blob.path for blob in git.index(git.top())] == ["a.yaml"] * (not first) + ["empty.yaml"]
