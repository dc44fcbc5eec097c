from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import Command, settle
from git_for_tests import Repository, isolate, repository
from registers_for_tests import text

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

BAD = text("b").replace("2027-03-31", "2027-02-29")
NO_DAY = "error date-invalid 2027-02-29 is not a day: that month (2027-2) has 28 days\n"
TWO_MONTHS = text("a").replace("3 months", "2 months")
NOTICE = "events: [{on: 2026-11-20, type: notice, by: 乙}]\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = repository(tmp_path / "r")
    settle(monkeypatch, made.root)
    isolate(monkeypatch, tmp_path)
    made.write("agreements/a.yaml", text("a"))
    made.commit()
    return made


@pytest.fixture
def run(repo: Repository, capfd: pytest.CaptureFixture[str]) -> Command:  # noqa: ARG001 (stands in it)
    return Command(capfd)


def moves(run: Command, *args: str) -> list[tuple[str, str, list[tuple[str | None, ...]]]]:
    ran = run.at("diff", *args, "--format", "json")
    assert (ran.status, ran.err) == (0, "")
    return [
        (one["id"], one["change"], [tuple(move.values()) for move in one["moves"]])
        for one in json.loads(ran.out)["agreements"]
    ]


def test_what_a_change_moves(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", TWO_MONTHS)
    expected = [("deadline", "2026-12-31", "2027-01-31"), ("act-by", "2026-12-28", "2027-01-29")]
    assert moves(run) == moves(run, "HEAD") == [("a", "moved", expected)]


def test_between_two_commits_and_back(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", text("a") + NOTICE)
    repo.commit()
    repo.write("agreements/a.yaml", "broken: [")
    told: list[tuple[str, str | None, str | None]] = [("state", "in-force", "ending")]
    told += [("deadline", "2026-12-31", None), ("act-by", "2026-12-28", None)]
    told += [("renewal", "2028-03-31", None), ("ends", None, "2027-03-31")]
    assert moves(run, "HEAD^", "HEAD") == [("a", "moved", told)]
    back = [(field, after, before) for field, before, after in told]
    assert moves(run, "HEAD", "HEAD^") == [("a", "moved", back)]


def test_an_agreement_that_is_new_or_gone(run: Command, repo: Repository) -> None:
    (repo.root / "agreements" / "a.yaml").unlink()
    repo.write("agreements/b.yaml", text("b", ""))
    told = [("state", "in-force", None), ("period-end", "2027-03-31", None), ("deadline", "2026-12-31", None)]
    told += [("act-by", "2026-12-28", None), ("renewal", "2028-03-31", None)]
    new = [("state", None, "ending"), ("period-end", None, "2027-03-31"), ("ends", None, "2027-03-31")]
    assert moves(run) == [("a", "removed", told), ("b", "added", new)]


def test_the_json_names_both_sides_and_the_day(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", TWO_MONTHS)
    answer = json.loads(run.at("diff", "--format", "json").out)
    assert {key: answer[key] for key in answer if key != "agreements"} == {
        "schema_version": 1,
        "as_of": "2026-11-22",
        "old": "HEAD",
        "new": None,
    }
    (one,) = answer["agreements"]
    assert (one["title"], one["file"]) == ("連携協定", "agreements/a.yaml")
    assert list(one) == ["id", "title", "file", "change", "moves"]
    repo.commit()
    assert json.loads(run.at("diff", "HEAD^", "main", "--format", "json").out)["new"] == "main"


def test_what_moves_no_day_is_no_difference(run: Command, repo: Repository) -> None:
    (repo.root / "agreements" / "a.yaml").unlink()
    repo.write("agreements/z.yaml", "# 注記\n" + text("a", title="別の名称"))
    ran = run.at("diff", "--exit-code")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == ("HEAD → working tree, as of 2026-11-22, Sun: nothing moves (1 agreement compared)\n")


def test_exit_code_tells_that_something_moved(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", TWO_MONTHS)
    assert run.at("diff").status == 0
    assert run.at("diff", "--exit-code").status == 1


def test_the_day_asked_for_is_the_day_of_both_sides(run: Command, repo: Repository) -> None:
    repo.write("agreements/a.yaml", TWO_MONTHS)
    ran = run("diff", "--as-of", "2030-01-15", "--format", "json")
    (one,) = json.loads(ran.out)["agreements"]
    told = {move["field"]: (move["before"], move["after"]) for move in one["moves"]}
    assert told["state"] == ("renewing", "in-force")
    assert told["deadline"] == ("2030-12-31", "2030-01-31")


def test_each_side_has_its_own_closed_days(run: Command, repo: Repository) -> None:
    repo.write("kyotei.toml", '[closed_days]\nextra = ["2026-12-28"]\n')
    assert moves(run) == [("a", "moved", [("act-by", "2026-12-28", "2026-12-25")])]
    repo.commit()
    assert moves(run, "HEAD^", "HEAD") == [("a", "moved", [("act-by", "2026-12-28", "2026-12-25")])]


def test_each_side_has_its_own_register(run: Command, repo: Repository) -> None:
    repo("mv", "agreements", "data")
    repo.write("kyotei.toml", 'register = "data"\n')
    assert moves(run) == []
    repo.commit()
    assert moves(run, "HEAD^", "HEAD") == []


def test_the_register_may_be_given(run: Command, repo: Repository) -> None:
    repo.write("data/a.yaml", text("a"))
    repo.commit()
    repo.write("data/a.yaml", TWO_MONTHS)
    assert moves(run) == []
    assert [one[:2] for one in moves(run, "--register", "data")] == [("a", "moved")]
    assert [one[:2] for one in moves(run, "-r", "data/a.yaml")] == [("a", "moved")]


def test_from_a_folder_below(run: Command, repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write("kyotei.toml", "")
    repo.write("agreements/b.yaml", BAD)
    repo.commit()
    repo.write("agreements/b.yaml", text("b"))
    repo.write("agreements/a.yaml", TWO_MONTHS)
    monkeypatch.chdir(repo.root / "agreements")
    ran = run.at("diff", "--format", "json")
    (one,) = json.loads(ran.out)["agreements"]
    assert (one["id"], one["file"]) == ("a", "../agreements/a.yaml")
    assert ran.err.startswith("HEAD:agreements/b.yaml:5:32: error date-invalid")


def test_a_file_broken_now_is_told_and_the_others_are_compared(run: Command, repo: Repository) -> None:
    repo.write("agreements/b.yaml", text("b"))
    repo.commit()
    repo.write("agreements/b.yaml", BAD)
    repo.write("agreements/a.yaml", TWO_MONTHS)
    ran = run.at("diff", "--format", "json")
    assert ran.status == 1
    assert ran.err == f"agreements/b.yaml:5:32: {NO_DAY}"
    assert [one["id"] for one in json.loads(ran.out)["agreements"]] == ["a"]


def test_a_file_broken_then_is_told_with_its_commit_and_is_not_new(run: Command, repo: Repository) -> None:
    repo.write("agreements/b.yaml", BAD)
    repo.commit()
    repo.write("agreements/b.yaml", text("b"))
    ran = run.at("diff")
    assert ran.status == 1
    assert ran.err == f"HEAD:agreements/b.yaml:5:32: {NO_DAY}"
    assert ran.out == (
        "HEAD → working tree, as of 2026-11-22, Sun: nothing moves (1 agreement compared)\n\n"
        "Not compared, as they have errors: agreements/b.yaml\n"
    )


def test_a_file_that_was_moved_and_broken_at_once_is_not_gone(run: Command, repo: Repository) -> None:
    (repo.root / "agreements" / "a.yaml").unlink()
    repo.write("agreements/2026/a.yaml", "id: [")
    ran = run.at("diff", "--format", "json")
    assert ran.status == 1
    assert json.loads(ran.out)["agreements"] == []


def test_of_two_files_with_an_id_the_first_is_compared(run: Command, repo: Repository) -> None:
    repo.write("agreements/z.yaml", TWO_MONTHS)
    ran = run.at("diff", "--format", "json")
    assert ran.status == 1
    assert "id-duplicate" in ran.err
    assert json.loads(ran.out)["agreements"] == []


def test_warnings_are_no_matter_here(run: Command, repo: Repository) -> None:
    repo.write("agreements/x.yaml", text("b", title="別の協定"))
    ran = run.at("diff", "--exit-code")
    assert (ran.status, ran.err) == (1, "")


def test_a_register_removed_whole(run: Command, repo: Repository) -> None:
    (repo.root / "agreements" / "a.yaml").unlink()
    (repo.root / "agreements").rmdir()
    assert [one[:2] for one in moves(run)] == [("a", "removed")]


def test_a_register_begun(run: Command, repo: Repository) -> None:
    repo("rm", "--quiet", "-r", "agreements")
    repo.commit()
    assert [one[:2] for one in moves(run, "HEAD", "HEAD^")] == [("a", "added")]
    repo.write("agreements/a.yaml", text("a"))
    assert [one[:2] for one in moves(run)] == [("a", "added")]


def test_a_register_that_is_nowhere_is_wrong_use(run: Command, repo: Repository) -> None:
    ran = run.at("diff", "-r", "agrements")
    assert (ran.status, ran.err) == (2, "kyotei: there is no file or folder agrements\n")
    ran = run.at("diff", "HEAD", "HEAD", "-r", "agrements")
    assert (ran.status, ran.err) == (2, "kyotei: there is no file or folder agrements\n")
    repo("rm", "--quiet", "-r", "agreements")
    repo.commit()
    ran = run.at("diff", "HEAD", "HEAD")
    assert ran.status == 2
    assert ran.err.startswith("kyotei: there is no register agreements;")


def test_faulty_settings_are_told_with_their_commit(run: Command, repo: Repository) -> None:
    repo.write("kyotei.toml", "timezone = 1\n")
    repo.commit()
    repo.write("kyotei.toml", "")
    ran = run.at("diff")
    assert ran.status == 2
    assert ran.err == 'HEAD:kyotei.toml:1:1: error setting-invalid "timezone" must be "…"\n'


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "-p"])
def test_an_unknown_revision_is_wrong_use_and_never_an_option(
    run: Command, repo: Repository, revision: str
) -> None:
    for args in (("--", revision), ("--", "HEAD", revision)):
        ran = run("diff", "--as-of", "2026-11-22", *args)
        assert (ran.status, ran.out, ran.err) == (2, "", f"kyotei: git knows no commit {revision}\n")
    assert sorted(file.name for file in repo.root.iterdir()) == [".git", "agreements"]


def test_a_revision_of_an_unset_variable_is_wrong_use(run: Command) -> None:
    assert run.at("diff", "").err == run.at("diff", "HEAD", "").err == 'kyotei: git knows no commit ""\n'


def test_before_the_first_commit_there_is_nothing_to_compare(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository(tmp_path / "new").root)
    assert (run.at("diff").status, run.at("diff").err) == (2, "kyotei: git knows no commit HEAD\n")


def test_a_link_of_a_commit_is_named(run: Command, repo: Repository) -> None:
    (repo.root / "agreements" / "x.yaml").symlink_to("../x.yaml")
    repo.commit()
    ran = run.at("diff", "HEAD^", "HEAD")
    assert ran.status == 1
    assert ran.err.startswith("HEAD:agreements/x.yaml:1:1: error link-leaves-folder")


@pytest.mark.parametrize("columns", [50, 80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page(
    run: Command,
    repo: Repository,
    monkeypatch: pytest.MonkeyPatch,
    snapshot: SnapshotAssertion,
    *,
    language: str,
    columns: int,
) -> None:
    settle(monkeypatch, repo.root, language, columns)
    repo.write("agreements/c.yaml", text("c"))
    repo.commit()
    (repo.root / "agreements" / "c.yaml").unlink()
    repo.write(
        "agreements/a.yaml",
        text("a", YEARLY_SHORTER, title="グローバル拠点都市の形成に関する連携協定") + NOTICE,
    )
    repo.write("agreements/b.yaml", text("b"))
    repo.write("agreements/d.yaml", BAD.replace("id: b", "id: d"))
    assert run.at("diff").out == snapshot


YEARLY_SHORTER = "renewal: {mode: automatic, length: 1 year}\nnotice: {before_end: 4 months}\n"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_markdown(
    run: Command,
    repo: Repository,
    monkeypatch: pytest.MonkeyPatch,
    snapshot: SnapshotAssertion,
    language: str,
) -> None:
    settle(monkeypatch, repo.root, language)
    repo.write("agreements/a.yaml", TWO_MONTHS)
    repo.write("agreements/b.yaml", text("b"))
    repo.write("agreements/d.yaml", BAD.replace("id: b", "id: d"))
    assert run.at("diff", "--format", "markdown").out == snapshot


def test_markdown_says_that_nothing_moved(run: Command) -> None:
    ran = run.at("diff", "--format", "markdown")
    assert ran.out == (
        "### What this change moves\n\n"
        "`HEAD` → working tree, as of 2026-11-22, Sun: nothing moves (1 agreement compared)\n"
    )


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("連携協定 その２", "連携協定 その２"),
        ("a | b", r"`a \| b`"),
        (r"a \| b", r"`a \\\| b`"),
        (r"a \\| b", r"`a \\\\\| b`"),
        ("`code`", "`` `code` ``"),
        ("a ``b` c", "```a ``b` c```"),
        ("<img src=x onerror=alert(1)>", "`<img src=x onerror=alert(1)>`"),
        ("[x](https://example.jp)", "`[x](https://example.jp)`"),
        ("www.example.jp", "`www.example.jp`"),
        ("@mayor #1 !2 ~x :bomb:", "`@mayor #1 !2 ~x :bomb:`"),
        ("a@example.jp", "`a@example.jp`"),
        ("*a* _b_ ~~c~~ &amp;", "`*a* _b_ ~~c~~ &amp;`"),
        ("0123456789abcdef", "`0123456789abcdef`"),
        ("</td></table>\n\n# a", "`</td></table>  # a`"),
    ],
)
def test_no_datum_is_markup_link_or_mention(run: Command, repo: Repository, title: str, cell: str) -> None:
    folded = json.dumps(title, ensure_ascii=False)
    repo.write("agreements/a.yaml", text("a", title=folded).replace("3 months", "2 months"))
    out = run.at("diff", "--format", "markdown").out.splitlines()
    assert out[4:6] == ["| agreement | fact | before | after |", "| --- | --- | --- | --- |"]
    assert out[6] == f"| `a` moved<br>{cell} | deadline | Thu 2026-12-31 | → Sun 2027-01-31 |"
    assert out[7] == "|  | act by | Mon 2026-12-28 | → Fri 2027-01-29 |"


def test_a_name_of_a_branch_or_a_file_is_no_markup(run: Command, repo: Repository) -> None:
    repo("branch", "a|<b>@x")
    repo.write("agreements/<i>@y|.yaml", "id: [")
    out = run.at("diff", "a|<b>@x", "--format", "markdown").out
    assert out.splitlines()[2].startswith(r"`a\|<b>@x` → working tree, ")
    assert out.splitlines()[-1] == r"Not compared, as they have errors: `agreements/<i>@y\|.yaml`"


def test_a_page_obeys_no_datum(run: Command, repo: Repository) -> None:
    repo("branch", "b]")
    repo.write("agreements/a.yaml", TWO_MONTHS.replace("連携協定", '"[/乙] :bomb: [red]"'))
    out = run.at("diff", "b]").out
    assert out.startswith("b] → working tree, ")
    assert "[/乙] :bomb: [red]" in out
