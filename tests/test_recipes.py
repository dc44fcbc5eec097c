"""The recipes in docs/git.md, run as they stand there; gh, curl, mail and pip are stubs that take notes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from command_line_for_tests import ROOT, settle
from git_for_tests import Repository, isolate, repository, stub
from registers_for_tests import text

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "git.md").read_text(encoding="utf-8")
BAD = text("a").replace("2027-03-31", "2027-02-29")
FENCE = re.compile(r"^```(?P<kind>[a-z]+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
RECIPES = {"A plain hook", "pre-commit", "What a change moves", "GitHub Actions", "GitLab", "cron with mail"}


def blocks(heading: str, kind: str) -> list[str]:
    """The fenced texts of a kind below a heading."""
    (part,) = [part for part in PAGE.split("\n## ") if part.startswith(f"{heading}\n")]
    return [found["text"] for found in FENCE.finditer(part) if found["kind"] == kind]


def jobs(heading: str) -> list[dict[str, Any]]:
    return [YAML(typ="safe").load(block) for block in blocks(heading, "yaml")]


def scripts(workflow: dict[str, Any], job: str) -> list[str]:
    """The scripts of a job of GitHub's."""
    return [step["run"] for step in workflow["jobs"][job]["steps"] if "run" in step]


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = repository(tmp_path / "r")
    settle(monkeypatch, made.root)
    isolate(monkeypatch, tmp_path)
    monkeypatch.setenv("KYOTEI_AS_OF", "2026-12-10")
    for name in ("gh", "curl", "pip"):
        stub(tmp_path / "bin" / name, f'printf "%s\\n" "$*" >> "{tmp_path}/{name}.log"')
    stub(tmp_path / "bin" / "mail", f'{{ printf "%s\\n" "$*"; cat; }} >> "{tmp_path}/mail.log"')
    stub(tmp_path / "bin" / "pre-commit", f'exec "{sys.executable}" -m pre_commit "$@"')
    made.write("agreements/a.yaml", text("a"))
    made.commit()
    return made


def run(
    repo: Repository, script: str, shell: str = "bash", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a script as a build server does: it ends at the first command that fails."""
    return subprocess.run(
        [shell, "-e", "-c", script],
        cwd=repo.root,
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def noted(tmp_path: Path, name: str) -> str:
    file = tmp_path / f"{name}.log"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def test_every_recipe_is_run_here() -> None:
    headings = {part.partition("\n")[0] for part in PAGE.split("\n## ") if FENCE.search(part)}
    assert headings == RECIPES


def test_the_plain_hook(repo: Repository) -> None:
    (script,) = blocks("A plain hook", "sh")
    assert run(repo, script, "sh").returncode == 0
    repo.write("agreements/a.yaml", BAD)
    assert "error date-invalid" in repo("commit", "--all", "--message", "x", expect=1).stderr


def test_the_hook_may_be_its_one_line(repo: Repository) -> None:
    repo.hooked("exec kyotei validate --staged\n").write("agreements/a.yaml", BAD)
    assert "error date-invalid" in repo("commit", "--all", "--message", "x", expect=1).stderr


def test_the_hooks_of_pre_commit_exist_and_are_installed(repo: Repository) -> None:
    ((shown,), (script,)) = jobs("pre-commit"), blocks("pre-commit", "sh")
    offered = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    used = [hook["id"] for hook in shown["repos"][0]["hooks"]]
    assert used == ["kyotei-validate"]
    assert [hook["id"] for hook in offered] == re.findall(r"^\| `(kyotei-[a-z-]+)`", PAGE, re.MULTILINE)
    repo.write(".pre-commit-config.yaml", blocks("pre-commit", "yaml")[0])
    assert run(repo, script, "sh").returncode == 0
    assert (repo.root / ".git" / "hooks" / "pre-commit").exists()


def test_the_commands_that_show_what_moves(repo: Repository) -> None:
    (script,) = blocks("What a change moves", "sh")
    repo.commit()
    commands = script.splitlines()
    first = run(repo, "\n".join(commands))
    assert first.returncode == 0
    assert first.stdout.count("nothing moves (1 agreement compared)") == 3
    repo.write("agreements/a.yaml", text("a").replace("3 months", "2 months"))
    assert [run(repo, command).returncode for command in commands] == [0, 0, 1, 0]
    assert json.loads(run(repo, commands[-1]).stdout)["agreements"][0]["change"] == "moved"


def merged(repo: Repository, written: str) -> str:
    """Merge a branch as a pull request is merged for its check; return what it was merged into."""
    repo("switch", "--quiet", "--create", "topic")
    repo.write("agreements/a.yaml", written)
    repo.commit()
    repo("switch", "--quiet", "main")
    repo("merge", "--quiet", "--no-ff", "--no-edit", "topic")
    return repo("rev-parse", "HEAD^1").stdout.strip()


def test_the_check_of_a_pull_request(repo: Repository, tmp_path: Path) -> None:
    install, annotate, comment = scripts(jobs("GitHub Actions")[0], "register")
    merged(repo, text("a").replace("3 months", "2 months"))
    assert run(repo, install).returncode == run(repo, annotate).returncode == 0
    told = run(repo, comment, GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"), NUMBER="7")
    assert told.returncode == 0
    assert "申出期限 | 2026-12-31 (木) | → 2027-01-31 (日) |" in (tmp_path / "summary.md").read_text(
        encoding="utf-8"
    )
    assert noted(tmp_path, "gh") == "pr comment 7 --edit-last --body-file moves.md\n"


def test_the_check_of_a_pull_request_with_a_broken_file(repo: Repository, tmp_path: Path) -> None:
    _, annotate, comment = scripts(jobs("GitHub Actions")[0], "register")
    merged(repo, BAD)
    told = run(repo, annotate)
    assert told.returncode == 1
    assert told.stdout.startswith("::error file=agreements/a.yaml,line=5,col=32,title=date-invalid::")
    told = run(repo, comment, GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"), NUMBER="7")
    assert told.returncode == 0
    assert "誤りがあるため" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    broken = run(repo, comment.replace("HEAD^1", "nowhere"), GITHUB_STEP_SUMMARY="x", NUMBER="7")
    assert broken.returncode != 0


def test_the_morning_check_opens_an_issue_for_what_is_due(repo: Repository, tmp_path: Path) -> None:
    _, warn = scripts(jobs("GitHub Actions")[1], "deadlines")
    told = run(repo, warn)
    assert (told.returncode, told.stdout.partition("::")[2].partition(":")[0]) == (0, "warning title=kyotei")
    assert noted(tmp_path, "gh").startswith(
        "issue create --title 30日以内に期限を迎える協定 --body-file due.md"
    )
    lines = (repo.root / "due.md").read_text(encoding="utf-8").splitlines()
    assert all(line.startswith("    ") for line in lines)
    assert any("2026-12-31" in line for line in lines)


def test_the_morning_check_is_quiet_when_nothing_is_due_and_fails_when_it_cannot_tell(
    repo: Repository, tmp_path: Path
) -> None:
    _, warn = scripts(jobs("GitHub Actions")[1], "deadlines")
    told = run(repo, warn, KYOTEI_AS_OF="2026-06-01")
    assert (told.returncode, told.stdout, noted(tmp_path, "gh")) == (0, "", "")
    assert run(repo, warn, KYOTEI_AS_OF="tomorrow").returncode == 1


def test_the_jobs_of_gitlab(repo: Repository, tmp_path: Path) -> None:
    (found,) = jobs("GitLab")
    base = merged(repo, text("a").replace("3 months", "2 months"))
    given = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_COMMIT_SHA": "HEAD", "KYOTEI_TOKEN": "t"}
    given |= {
        "CI_API_V4_URL": "https://git.example.jp/api/v4",
        "CI_PROJECT_ID": "1",
        "CI_MERGE_REQUEST_IID": "2",
    }
    told = run(repo, "\n".join(found["register"]["script"]), **given)
    assert told.returncode == 0, told.stderr
    assert "2027-01-31 (日)" in (repo.root / "moves.md").read_text(encoding="utf-8")
    assert noted(tmp_path, "curl").endswith("api/v4/projects/1/merge_requests/2/notes\n")
    assert 'failures="0"' in (repo.root / "kyotei.xml").read_text(encoding="utf-8")
    due = "\n".join(found["deadlines"]["script"])
    assert (
        run(repo, due, KYOTEI_AS_OF="2027-01-10").returncode
        == found["deadlines"]["allow_failure"]["exit_codes"]
    )
    assert run(repo, due, KYOTEI_AS_OF="2026-06-01").returncode == 0


def test_the_mail_of_cron(repo: Repository, tmp_path: Path) -> None:
    (script,) = blocks("cron with mail", "sh")
    file = stub(tmp_path / "kyotei-mail", "")
    file.write_text(script, encoding="utf-8")
    repo("clone", "--quiet", str(repo.root), str(tmp_path / "copy"))
    repo.write("agreements/b.yaml", text("b", title="災害時の協定"))
    repo.commit()
    told = run(repo, f'"{file}" "{tmp_path}/copy"')
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    lines = noted(tmp_path, "mail").splitlines()
    assert lines[0] == "-s 協定の期限 keiyaku@example.jp"
    assert lines[1].startswith("2027-01-09 までの期限 2件")


def test_the_mail_of_cron_is_not_sent_when_nothing_is_due(repo: Repository, tmp_path: Path) -> None:
    (script,) = blocks("cron with mail", "sh")
    repo("clone", "--quiet", str(repo.root), str(tmp_path / "copy"))
    told = run(
        repo, script.replace("${1:", "${FOLDER:"), FOLDER=f"{tmp_path}/copy", KYOTEI_AS_OF="2026-06-01"
    )
    assert (told.returncode, noted(tmp_path, "mail")) == (0, "")
    (entry,) = blocks("cron with mail", "crontab")
    assert re.fullmatch(r"0 8 \* \* 1-5  /usr/local/bin/kyotei-mail /srv/register\n", entry)
