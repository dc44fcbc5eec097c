"""`kyotei validate --staged`: the index is judged, not the working tree."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import Command, settle
from git_for_tests import Repository, isolate, repository
from registers_for_tests import text

if TYPE_CHECKING:
    from pathlib import Path

BAD = text("a").replace("2027-03-31", "2027-02-29")
BAD_A = "agreements/a.yaml:5:32: {} date-invalid 2027-02-29 is not a day: that month (2027-2) has 28 days\n"
NOTHING = "nothing of the register is staged\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = repository(tmp_path / "r")
    settle(monkeypatch, made.root)
    isolate(monkeypatch, tmp_path)
    return made


@pytest.fixture
def run(repo: Repository, capfd: pytest.CaptureFixture[str]) -> Command:  # noqa: ARG001 (stands in it)
    return Command(capfd)


def stage(repo: Repository, name: str, written: str) -> None:
    repo.write(name, written)
    repo("add", "--", name)


def superseded(by: str) -> str:
    return text("a", f"events: [{{on: 2026-10-01, type: superseded, by: {by}}}]\n")


def test_a_bad_staged_file_fails_though_it_is_mended_since(run: Command, repo: Repository) -> None:
    stage(repo, "agreements/a.yaml", BAD)
    repo.write("agreements/a.yaml", text("a"))
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.out) == (1, BAD_A.format("error"))
    assert ran.err == "1 error, 0 warnings in 1 of 1 file\n"
    assert run.at("validate").status == 0


def test_a_sound_staged_file_passes_though_it_is_broken_since(run: Command, repo: Repository) -> None:
    stage(repo, "agreements/a.yaml", text("a"))
    repo.write("agreements/a.yaml", BAD)
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.out, ran.err) == (0, "", "1 file, no findings\n")
    assert run.at("validate").status == 1


def test_what_is_not_staged_is_not_judged(run: Command, repo: Repository) -> None:
    stage(repo, "agreements/b.yaml", text("b"))
    repo.write("agreements/a.yaml", BAD)
    assert run.at("validate", "--staged").err == "1 file, no findings\n"


@pytest.mark.parametrize(
    "touched", ["README.md", "agreements/README.md", "agreements/.x.yaml", "other/a.yaml"]
)
def test_without_a_staged_change_to_the_register_all_is_well(
    run: Command, repo: Repository, touched: str
) -> None:
    repo.write("agreements/a.yaml", BAD)
    repo.commit()
    stage(repo, touched, "x: [")
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.out, ran.err) == (0, "", NOTHING)


def test_without_a_register_all_is_well(run: Command) -> None:
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.out, ran.err) == (0, "", NOTHING)


def test_without_a_staged_change_a_program_still_gets_its_answer(run: Command) -> None:
    ran = run.at("validate", "--staged", "--format", "json")
    assert json.loads(ran.out) == {"schema_version": 1, "checked": 0, "findings": []}
    assert (ran.status, ran.err) == (0, NOTHING)


def test_an_error_in_a_file_that_the_commit_does_not_touch_is_a_warning(
    run: Command, repo: Repository
) -> None:
    repo.write("agreements/a.yaml", BAD)
    repo.commit()
    stage(repo, "agreements/b.yaml", text("b"))
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.out) == (0, BAD_A.format("warning"))
    assert ran.err == "0 errors, 1 warning in 1 of 2 files\n"


def test_strict_fails_for_warnings_whatever_they_are_about(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", BAD)
    repo.commit()
    stage(repo, "agreements/b.yaml", text("b"))
    assert run.at("validate", "--staged", "--strict").status == 1


@pytest.mark.parametrize("name", ["0.yaml", "z.yaml"])
def test_a_second_file_with_an_id_fails_whichever_file_is_told(
    run: Command, repo: Repository, name: str
) -> None:
    repo.write("agreements/a.yaml", text("a"))
    repo.commit()
    stage(repo, f"agreements/{name}", text("a", title="別の協定"))
    ran = run.at("validate", "--staged")
    assert ran.status == 1
    assert "error id-duplicate the id a is taken by" in ran.out


def test_two_files_with_an_id_that_the_commit_does_not_touch_are_a_warning(
    run: Command, repo: Repository
) -> None:
    repo.write("agreements/a.yaml", text("a"))
    repo.write("agreements/z.yaml", text("a", title="別の協定"))
    repo.write("agreements/b.yaml", text("b"))
    repo.commit()
    repo("rm", "--quiet", "agreements/b.yaml")
    ran = run.at("validate", "--staged")
    assert ran.status == 0
    assert "warning id-duplicate" in ran.out


def test_taking_away_an_agreement_that_another_names_fails(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", superseded(by="b"))
    repo.write("agreements/b.yaml", text("b"))
    repo.commit()
    repo("rm", "--quiet", "agreements/b.yaml")
    ran = run.at("validate", "--staged")
    assert ran.status == 1
    assert ran.out.startswith("agreements/a.yaml:6:49: error superseded-unknown")


def test_a_renamed_agreement_keeps_its_id(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", superseded(by="b"))
    repo.write("agreements/c.yaml", text("b", title="後継の協定"))
    repo.commit()
    repo("mv", "agreements/c.yaml", "agreements/b.yaml")
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.out, ran.err) == (0, "", "2 files, no findings\n")


def test_an_id_that_was_unknown_before_is_a_warning(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", superseded(by="nowhere"))
    repo.write("agreements/b.yaml", BAD.replace("id: a", "id: b"))
    repo.commit()
    stage(repo, "agreements/b.yaml", text("b"))
    ran = run.at("validate", "--staged")
    assert ran.status == 0
    assert "warning superseded-unknown" in ran.out


def test_a_deleted_register_passes_with_a_word(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", text("a"))
    repo.commit()
    repo("rm", "--quiet", "agreements/a.yaml")
    ran = run.at("validate", "--staged")
    assert ran.status == 0
    assert ran.out == "agreements:1:1: warning folder-empty no agreement in this folder (*.yaml, *.yml)\n"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("横浜 協定.yaml", "横浜 協定.yaml"),
        ("a\nb.yaml", r"a\x0ab.yaml"),
        ("\udcff.yaml", r"\xff.yaml"),
        ("-e.YML", "-e.YML"),
        ("*.yaml", "*.yaml"),
    ],
)
def test_a_file_may_have_any_name(run: Command, repo: Repository, name: str, shown: str) -> None:
    stage(repo, f"agreements/{name}", BAD)
    ran = run.at("validate", "--staged")
    assert ran.status == 1
    assert ran.out.startswith(f"agreements/{shown}:5:32: error date-invalid")


@pytest.mark.parametrize(
    ("folder", "shown"), [("agreements", "a.yaml"), ("docs/深い", "../../agreements/a.yaml")]
)
def test_from_a_folder_below_files_are_named_as_validate_names_them(
    run: Command, repo: Repository, monkeypatch: pytest.MonkeyPatch, folder: str, shown: str
) -> None:
    repo.write("kyotei.toml", 'register = "agreements"\n')
    stage(repo, "agreements/a.yaml", BAD)
    (repo.root / folder).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(repo.root / folder)
    assert run.at("validate", "--staged").out.startswith(f"{shown}:5:32: error date-invalid")
    assert run.at("validate").out == run.at("validate", "--staged").out.replace(
        shown, "../" * folder.count("/") + "../agreements/a.yaml"
    )


def test_a_path_narrows_what_is_judged(run: Command, repo: Repository) -> None:
    stage(repo, "agreements/a.yaml", BAD)
    stage(repo, "agreements/2026/b.yaml", text("b"))
    stage(repo, "agreements/2026/c.txt", text("c"))
    assert run.at("validate", "--staged", "agreements/2026").err == "1 file, no findings\n"
    assert run.at("validate", "--staged", "agreements/2026/b.yaml").err == "1 file, no findings\n"
    assert "id-not-file-name" not in run.at("validate", "--staged", "agreements/2026/c.txt").out
    assert run.at("validate", "--staged", str(repo.root)).status == 1
    assert run.at("validate", "--staged", ".").out == BAD_A.format("error")


def test_a_single_file_does_not_know_the_other_ids(run: Command, repo: Repository) -> None:
    stage(repo, "agreements/a.yaml", superseded(by="b"))
    stage(repo, "agreements/b.yaml", text("b"))
    assert run.at("validate", "--staged", "agreements/a.yaml").status == 0


def test_a_deleted_file_may_be_given(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", text("a"))
    repo.commit()
    repo("rm", "--quiet", "agreements/a.yaml")
    assert run.at("validate", "--staged", "agreements/a.yaml").err == "0 files, no findings\n"


def test_a_path_that_is_nowhere_is_wrong_use(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", text("a"))
    ran = run.at("validate", "--staged", "agrements")
    assert (ran.status, ran.out, ran.err) == (2, "", "kyotei: there is no file or folder agrements\n")
    assert run.at("validate", "--staged", "").status == 2
    ran = run.at("validate", "--staged", "agreements")  # there, and not staged
    assert (ran.status, ran.err) == (0, NOTHING)


def test_a_path_outside_of_the_repository_is_wrong_use(run: Command) -> None:
    ran = run.at("validate", "--staged", "..")
    assert (ran.status, ran.err) == (2, "kyotei: .. is outside of the repository\n")


def test_a_register_behind_a_link_is_judged_where_it_is(run: Command, repo: Repository) -> None:
    stage(repo, "data/a.yaml", BAD)
    (repo.root / "agreements").symlink_to("data")
    assert run.at("validate", "--staged").out == BAD_A.format("error").replace("agreements", "data")


@pytest.mark.parametrize(
    ("link", "target", "told"),
    [
        ("b.yaml", "a.yaml", ""),
        ("b.yaml", "../x.yaml", "link-leaves-folder a link that leaves the folder"),
        ("b.yaml", "/etc/passwd", "link-leaves-folder a link that leaves the folder"),
        ("b", "../docs", "link-to-folder a link to a folder"),
        ("README.md", "../x.yaml", ""),
    ],
)
def test_a_staged_link_is_not_followed(
    run: Command, repo: Repository, link: str, target: str, told: str
) -> None:
    repo.write("agreements/a.yaml", text("a"))
    repo.write("x.yaml", text("x"))
    repo.write("docs/x.md", "x")
    repo.commit()
    (repo.root / "agreements" / link).symlink_to(target)
    repo("add", "--all")
    ran = run.at("validate", "--staged")
    assert ran.out == (
        f"agreements/{link}:1:1: error {told}: it is not followed ({target})\n" if told else ""
    )
    assert ran.status == (1 if told else 0)


def test_a_link_that_the_commit_does_not_touch_is_a_warning(run: Command, repo: Repository) -> None:
    repo.write("x.yaml", text("x"))
    (repo.root / "agreements").mkdir()
    (repo.root / "agreements" / "x.yaml").symlink_to("../x.yaml")
    repo.commit()
    stage(repo, "agreements/a.yaml", text("a"))
    ran = run.at("validate", "--staged")
    assert ran.status == 0
    assert ran.out.startswith("agreements/x.yaml:1:1: warning link-leaves-folder")


def test_a_file_that_was_a_link_is_read(run: Command, repo: Repository) -> None:
    (repo.root / "agreements").mkdir()
    (repo.root / "agreements" / "a.yaml").symlink_to("../x.yaml")
    repo.write("agreements/b.yaml", BAD.replace("id: a", "id: b"))
    repo.commit()
    (repo.root / "agreements" / "a.yaml").unlink()
    stage(repo, "agreements/a.yaml", text("a"))
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.err) == (0, "0 errors, 1 warning in 1 of 2 files\n")


@pytest.mark.parametrize("place", ["agreements", "agreements/inner"])
def test_a_submodule_is_named(run: Command, repo: Repository, place: str) -> None:
    inner = repository(repo.root / place)
    inner.write("a.yaml", text("a"))
    inner.commit()
    repo("-c", "advice.addEmbeddedRepo=false", "add", "--all")
    ran = run.at("validate", "--staged")
    problem = "submodule a submodule: git keeps its files elsewhere, so they are not read"
    assert (ran.status, ran.out) == (1, f"{place}:1:1: error {problem}\n")


def test_a_conflict_is_an_error_and_the_others_are_judged(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", text("a"))
    repo.write("agreements/notes.md", "1")
    repo.commit()
    repo("switch", "--quiet", "--create", "other")
    repo.write("agreements/a.yaml", text("a", title="乙案"))
    repo.write("agreements/notes.md", "2")
    repo.commit()
    repo("switch", "--quiet", "main")
    repo.write("agreements/a.yaml", text("a", title="甲案"))
    repo.write("agreements/notes.md", "3")
    repo.commit()
    repo("merge", "other", expect=1)
    stage(repo, "agreements/b.yaml", text("b", title="丙"))
    ran = run.at("validate", "--staged")
    assert ran.status == 1
    assert ran.out == (
        "agreements/a.yaml:1:1: error file-unmerged in conflict: resolve it and stage it (git add)\n"
    )
    assert ran.err == "1 error, 0 warnings in 1 of 1 file\n"


def test_staged_settings_name_the_register(run: Command, repo: Repository) -> None:
    stage(repo, "kyotei.toml", 'register = "data"\n')
    repo.write("kyotei.toml", 'register = "agreements"\n')
    stage(repo, "data/a.yaml", BAD)
    assert run.at("validate", "--staged").out.startswith("data/a.yaml:5:32: error date-invalid")


def test_settings_that_git_does_not_hold_name_the_register_too(run: Command, repo: Repository) -> None:
    repo.write("kyotei.toml", 'register = "data"\n')
    stage(repo, "data/a.yaml", BAD)
    assert run.at("validate", "--staged").out.startswith("data/a.yaml:5:32: error date-invalid")


def test_a_change_of_the_settings_alone_is_judged(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", text("a"))
    repo.commit()
    stage(repo, "kyotei.toml", "timezone = 1\n")
    repo.write("kyotei.toml", "")
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.err) == (2, 'kyotei.toml:1:1: error setting-invalid "timezone" must be "…"\n')
    stage(repo, "kyotei.toml", 'timezone = "Asia/Tokyo"\n')
    assert run.at("validate", "--staged").err == "1 file, no findings\n"


def test_staged_settings_are_limited_as_on_the_disk(run: Command, repo: Repository) -> None:
    stage(repo, "kyotei.toml", "#" * 262_145)
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.err) == (
        2,
        "kyotei.toml:1:1: error file-too-large the file is larger than 256 KiB\n",
    )


def test_staged_settings_are_found_from_a_folder_below(
    run: Command, repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(repo, "kyotei.toml", 'register = "data"\n')
    stage(repo, "data/a.yaml", BAD)
    (repo.root / "docs").mkdir()
    monkeypatch.chdir(repo.root / "docs")
    assert run.at("validate", "--staged").out.startswith("../data/a.yaml:5:32: error date-invalid")


def test_a_huge_staged_file_is_refused_by_its_size(run: Command, repo: Repository) -> None:
    stage(repo, "agreements/a.yaml", "#" * 5_000_000)
    ran = run.at("validate", "--staged")
    assert ran.out == "agreements/a.yaml:1:1: error file-too-large the file is larger than 256 KiB\n"


def test_other_formats_hold_the_same_findings(run: Command, repo: Repository) -> None:
    stage(repo, "agreements/a.yaml", BAD)
    ran = run.at("validate", "--staged", "--format", "json")
    assert [(one["file"], one["code"]) for one in json.loads(ran.out)["findings"]] == [
        ("agreements/a.yaml", "date-invalid")
    ]
    assert run.at("validate", "--staged", "--format", "github").out.startswith(
        "::error file=agreements/a.yaml,line=5,col=32"
    )


def test_the_index_that_the_environment_names_is_judged(
    run: Command, repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage(repo, "agreements/a.yaml", BAD)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/other")
    repo.write("agreements/a.yaml", text("a"))
    repo("add", "--all")
    assert run.at("validate", "--staged").status == 0
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert run.at("validate", "--staged").status == 1


def test_what_git_refuses_is_told_in_one_line(
    run: Command, repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    ran = run.at("validate", "--staged")
    start = f"kyotei: git cannot answer: detected dubious ownership in repository at '{repo.root}'"
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(start)


def test_outside_of_a_repository_that_is_told(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run.at("validate", "--staged", "--lang", "ja")
    assert ran.status == 2
    assert ran.err == (
        "kyotei: git が答えられません: not a git repository (or any of the parent directories): .git\n"
    )


def test_without_git_that_is_told(run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.err) == (2, "kyotei: git could not be started: No such file or directory\n")


def test_a_broken_repository_is_told(run: Command, repo: Repository) -> None:
    stage(repo, "agreements/a.yaml", text("a"))
    for file in (repo.root / ".git" / "objects").rglob("*"):
        if file.is_file():
            file.unlink()
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith(" missing\n")


def test_settings_broken_on_the_disk_do_not_matter(run: Command, repo: Repository) -> None:
    stage(repo, "kyotei.toml", 'register = "data"\n')
    stage(repo, "data/a.yaml", text("a"))
    repo.write("kyotei.toml", "register = [")
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.err) == (0, "1 file, no findings\n")


def test_a_file_that_is_only_announced_is_not_judged(run: Command, repo: Repository) -> None:
    stage(repo, "agreements/a.yaml", text("a"))
    repo.write("agreements/b.yaml", BAD)
    repo("add", "--intent-to-add", "agreements/b.yaml")
    ran = run.at("validate", "--staged")
    assert (ran.status, ran.out, ran.err) == (0, "", "1 file, no findings\n")
