"""No byte of data drives a terminal, no width cuts an id or a day, and no answer is short with status 0."""

from __future__ import annotations

import json
import os
import pty
import re
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import kyotei.text
from command_line_for_tests import AS_OF, OURS, PACKAGE, Command, settle
from hostile.generator import UNSEEN
from kyotei.text import FORBIDDEN
from registers_for_tests import put
from registers_for_tests import text as sound

if TYPE_CHECKING:
    from pathlib import Path

MARKUP = "[/乙] [red]x[/red] [link=https://example.jp]l[/link] :bomb: {x} %s $(id) `id`"
FILE = f"""\
id: a
title: '協定 {MARKUP}'
signed: 2026-03-20
parties:
  - {{role: '[/乙]', name: '{MARKUP}', representative: '{MARKUP}', address: '{MARKUP}'}}
  - {{role: ':bomb:', name: '[red]', representative: '{MARKUP}'}}
purpose: '{MARKUP}'
cooperation: ['{MARKUP}']
activities: [{{theme: '{MARKUP}', items: ['{MARKUP}']}}]
term: {{clause: '{MARKUP}', start: 2026-04-01, end: 2027-03-31}}
renewal: {{clause: '{MARKUP}', mode: automatic, length: 1 year}}
notice: {{clause: '{MARKUP}', before_end: 3 months}}
termination: {{clause: '{MARKUP}', notice: 6 months}}
confidentiality: {{clause: '{MARKUP}', survives: 2 years, exceptions: '{MARKUP}'}}
amendment: {{clause: '{MARKUP}', how: '{MARKUP}'}}
consultation: {{clause: '{MARKUP}', how: '{MARKUP}'}}
contacts: [{{party: '[/乙]', office: '{MARKUP}', phone: '{MARKUP}', email: '{MARKUP}', for: '{MARKUP}'}}]
sources: [{{title: '{MARKUP}', url: '{MARKUP}', note: '{MARKUP}'}}]
tags: ['{MARKUP}']
notes: '{MARKUP}'
events:
  - {{on: 2026-05-01, type: review, note: '{MARKUP}', source: '{MARKUP}'}}
"""
DRIVING = "\x1b[31m\x9b2J\u202e[/乙]\udcff"
"""What nobody may write into our mouth: colours, a cleared screen, reversed text, markup, a broken byte."""
COMMANDS = [
    ("status",),
    ("status", "--format", "json"),
    ("status", "--ended"),
    ("status", "--stale", "1d"),
    ("status", "--party", DRIVING),
    ("status", "--state", DRIVING),
    ("status", DRIVING),
    ("deadlines", "--within", "1y"),
    ("deadlines", "--missed", "1y"),
    ("deadlines", "--format", "json"),
    ("deadlines", "--within", DRIVING),
    ("validate",),
    *(("validate", "--format", form) for form in ("json", "github", "sarif", "junit")),
    ("show", "a"),
    ("show", "a", "--format", "json"),
    ("show", DRIVING),
    ("chain", "a"),
    ("chain", "a", "--format", "json"),
    ("explain", "a"),
    ("record", "a", DRIVING),
    ("record", "a", "notice", "--by", DRIVING, "--note", DRIVING, "--dry-run"),
    ("record", "a", "review", "--note", MARKUP, "--dry-run"),
    ("diff", DRIVING),
    ("timeline",),
    ("timeline", "--party", DRIVING),
    *(("export", form) for form in ("csv", "ics", "html", "markdown", "json")),
    ("export", DRIVING),
    ("letter", "a", "--by", "[/乙]"),
    ("letter", "a", "--by", DRIVING),
    ("letter", DRIVING),
]
DAYLESS = [
    ("draft", DRIVING),
    ("draft", "text.txt"),
    ("draft", "text.txt", "--format", "json"),
    ("import", DRIVING),
    ("import", "list.csv", "--dry-run"),
    ("import", "list.csv", "--dry-run", "--format", "json"),
    ("new", DRIVING),
    ("new", "b", "--title", DRIVING),
    ("rules", DRIVING),
    (DRIVING,),
    ("status", f"--{DRIVING}"),
    ("status", "--lang", DRIVING),
]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """A register whose texts are markup, and whose files have names that would drive a terminal."""
    settle(monkeypatch, tmp_path, "ja")
    folder = tmp_path / "agreements"
    put(folder, FILE)
    for number, sign in enumerate(UNSEEN.replace("\0", "")):
        put(folder, sound(f"b{number}"), f"{number}{sign}.yaml")
        put(folder, "id: [/乙]\n", f"bad{sign}[red].yaml")
    for name in (
        "a\nb.yaml",
        "a\tb.yaml",
        "\udcff\udcfe.yaml",
        "-x.yaml",
        "CASE.YAML",
        "%s{x}.yaml",
        " .yaml",
    ):
        put(folder, sound(f"c{len(list(folder.iterdir()))}"), name)
    (tmp_path / "text.txt").write_text(
        f"第1条（{DRIVING}）\n{DRIVING}甲{MARKUP}\n", "utf-8", "surrogateescape"
    )
    (tmp_path / "list.csv").write_text(
        f"名称,締結日,{DRIVING}\n{DRIVING},2026-03-20,{MARKUP}\n", "utf-8", "surrogateescape"
    )
    os.mkfifo(folder / "fi\x1bfo.yaml")
    (folder / "link\n.yaml").symlink_to("\x1b[31mgone\u202e")
    return Command(capfd)


def shown(run: Command, *args: str) -> str:
    """All that a command writes; it must not fail by itself."""
    ran = run(*args)
    assert ran.status in {0, 1, 2}
    assert "内部の誤り" not in ran.err
    return ran.out + ran.err


def driving(text: str) -> list[str]:
    return FORBIDDEN.findall(text)


@pytest.mark.parametrize("args", [*((*args, *AS_OF) for args in COMMANDS), *DAYLESS], ids=ascii)
def test_nothing_in_any_answer_drives_a_terminal(run: Command, args: tuple[str, ...]) -> None:
    told = shown(run, *args)
    assert driving(told.removeprefix("\ufeff") if "csv" in args else told) == []  # by it Excel knows UTF-8


def test_a_screen_without_escaping_turns_this_red(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert driving(shown(run, "validate", *AS_OF)) == []
    monkeypatch.setattr(kyotei.text, "_UNSHOWABLE", re.compile("(?!)"))
    assert set(driving(shown(run, "validate", *AS_OF))) > {"\x1b", "\u202e", "\x9b"}


@pytest.mark.parametrize(
    "command", ["status", "deadlines --within 1y", "show a", "explain a", "chain a", "validate"]
)
def test_markup_is_shown_as_it_is_written(
    run: Command, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    told = shown(run, *command.split(), *AS_OF)
    wanted = {"validate": "[red].yaml:1:5: error", "chain a": "a の期間"}.get(command, MARKUP)
    assert wanted in told


@pytest.mark.parametrize("width", [1, 2, 7, 19, 20, 21, 33, 40, 60, 79, 80, 81, 100, 120, 160, 199, 200])
def test_no_width_cuts_an_id_or_a_day(run: Command, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    answers = {
        "status": ("a", "b11", "2026-12-28"),
        "deadlines": ("a", "b11", "2026-12-31", "2026-12-28"),
        "show a": ("a", "2026-03-20", "2026-12-28", "2027-03-31"),
        "chain a": ("a", "2026-04-01", "2029-12-31", "2030-03-31"),
        "explain a": ("a", "2026-12-31", "2026-12-28"),
    }
    for command, words in answers.items():
        told = shown(run, *command.split(), *AS_OF)
        assert [word for word in words if not re.search(rf"(?<![\w-]){word}(?![\w-])", told)] == []


def on_a_terminal(folder: Path, *args: str, **env: str) -> tuple[int, str]:
    """Run `kyotei` behind a pseudo-terminal of 80 columns: its status, and what the terminal would get."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    given = {**plain, "KYOTEI_LANG": "ja", "PYTHONPATH": PACKAGE, "TERM": "xterm-256color", **env}
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "kyotei", *args, *AS_OF]
    with subprocess.Popen(command, cwd=folder, env=given, stdout=child, stderr=child, stdin=child) as process:
        os.close(child)
        told = b"".join(iter(lambda: _read(parent), b""))
    os.close(parent)
    return process.returncode, told.decode().replace("\r\n", "\n")


def _read(parent: int) -> bytes:
    try:
        return os.read(parent, 1 << 16)
    except OSError:  # the other end is closed
        return b""


@pytest.mark.parametrize("command", ["status", "validate", "show a"])
@pytest.mark.usefixtures("run")
def test_on_a_terminal_nothing_but_our_own_colours_drives_it(tmp_path: Path, command: str) -> None:
    status, told = on_a_terminal(tmp_path, *command.split())
    assert status in {0, 1}
    assert COLOUR.search(told)
    assert driving(COLOUR.sub("", told)) == []


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"NO_COLOR": "1"}], ids=str)
@pytest.mark.usefixtures("run")
def test_a_terminal_that_wants_no_colours_gets_none(tmp_path: Path, env: dict[str, str]) -> None:
    status, told = on_a_terminal(tmp_path, "status", **env)
    assert (status, driving(told)) == (1, [])


@pytest.fixture
def long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register whose answers no pipe holds at once."""
    settle(monkeypatch, tmp_path)
    for number in range(800):
        put(tmp_path / "agreements", sound(f"a{number}", title=f"協定{number}"))
    return tmp_path


def piped(folder: Path, script: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of the shell in which `kyotei` is ours."""
    given = {**os.environ, "PYTHONPATH": PACKAGE, **env}
    line = f'kyotei() {{ "{sys.executable}" -m kyotei "$@"; }}; {script}'
    return subprocess.run(["bash", "-c", line], cwd=folder, env=given, capture_output=True, check=False)


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("form", ["table", "json"])
def test_whoever_reads_one_line_gets_it_and_no_word_more(long: Path, unbuffered: str, form: str) -> None:
    script = f"kyotei status --as-of 2026-11-22 --format {form} | head -n 1; echo ${{PIPESTATUS[0]}}"
    ran = piped(long, script, PYTHONUNBUFFERED=unbuffered)
    first, status = ran.stdout.decode().splitlines()
    head = "Register of agreements, as of 2026-11-22, Sun: 800 agreements; 800 due within 90 days"
    assert (first, status, ran.stderr) == ({"table": head, "json": "{"}[form], "141", b"")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_answer_cut_by_a_limit_is_told_and_never_passes_for_whole(long: Path, unbuffered: str) -> None:
    """A quota, as a full disk: the file takes 20 kB and no more."""
    with (long / "answer.json").open("wb") as answer:
        command = [sys.executable, "-m", "kyotei", "status", "--format", "json", *AS_OF]
        ran = subprocess.run(
            command,
            cwd=long,
            env={**os.environ, "PYTHONPATH": PACKAGE, "PYTHONUNBUFFERED": unbuffered},
            stdout=answer,
            stderr=subprocess.PIPE,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        )
    assert ran.returncode == 2
    assert ran.stderr == b"kyotei: the answer could not be written: File too large\n"


def test_findings_that_cannot_be_told_make_no_success(long: Path) -> None:
    put(long / "agreements", "", "bad.yaml")
    assert piped(long, "kyotei status --as-of 2026-11-22 2>/dev/full").returncode == 2
    assert piped(long, "kyotei validate --as-of 2026-11-22 >/dev/full").returncode == 2


def test_json_says_a_broken_byte_of_a_name_unambiguously(run: Command) -> None:
    told = json.loads(run("validate", "--format", "json", *AS_OF).out)
    names = {found["file"] for found in told["findings"]}
    assert "agreements/\\xff\\xfe.yaml" in names
    assert "agreements/bad\x1b[red].yaml" in names
    assert not any("?" in name for name in names)
