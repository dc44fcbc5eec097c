"""What reaches the shell: exit statuses and streams, whatever happens to either."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import kyotei.__main__
import kyotei.cli
import kyotei.commands.status
import kyotei.language
from command_line_for_tests import PACKAGE, Command, settle, started
from kyotei.output import STDERR, OutputLost, ReaderGone
from registers_for_tests import put, text

if TYPE_CHECKING:
    from pathlib import Path

STATUS = ("status", "--as-of", "2026-11-22")
RUNS = [
    (STATUS, ""),
    (STATUS, "1"),
    ((*STATUS, "--format", "json"), "1"),
    (("--help",), "1"),
    (("--version",), ""),
]
HEAVY = {"pydantic", "pydantic_core", "ruamel", "rich", "dateutil"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    put(tmp_path / "agreements", text("a"))
    return Command(capfd)


def fails_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Make `status` fail."""

    def failing(*_: object, **__: object) -> int:
        raise error

    monkeypatch.setattr(kyotei.commands.status, "status", failing)


def test_the_command_line_is_taken_from_the_shell(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["kyotei", "--version"])
    assert kyotei.__main__.main() == 0
    assert run.capfd.readouterr().out == "kyotei 0.1.0\n"


def test_the_module_can_be_run(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["kyotei", "--version"])
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(kyotei.__main__.__file__), run_name="__main__")
    assert (left.value.code, run.capfd.readouterr().out) == (0, "kyotei 0.1.0\n")


@pytest.mark.parametrize(
    ("error", "status", "err"),
    [
        (ReaderGone(), 141, ""),
        (OutputLost("File too large"), 2, "kyotei: the answer could not be written: File too large\n"),
    ],
)
def test_an_answer_that_nobody_reads_is_no_failure_but_a_lost_one_is(
    run: Command, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, err: str
) -> None:
    fails_with(monkeypatch, error)
    ran = run(*STATUS)
    assert (ran.status, ran.out, ran.err) == (status, "", err)


@pytest.mark.parametrize("args", [("--version",), ("--help",), ("status", "--help")])
def test_what_needs_no_register_imports_no_library_for_it(args: tuple[str, ...]) -> None:
    ran = started(*args, env={"PYTHONPROFILEIMPORTTIME": "1"})
    imported = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in ran.stderr.decode().splitlines()
    }
    assert ran.returncode == 0
    assert ("typer" in imported) == ("--help" in args)
    assert imported & HEAVY == set()


def test_ctrl_c_ends_quietly(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_with(monkeypatch, KeyboardInterrupt())
    ran = run(*STATUS)
    assert (ran.status, ran.out, ran.err) == (130, "", "")


def test_ctrl_c_while_it_starts_ends_quietly(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(kyotei.cli, "run", interrupted)
    ran = run(*STATUS)
    assert (ran.status, ran.out, ran.err) == (130, "", "")


def test_an_internal_failure_is_one_line_that_nothing_obeys(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_with(monkeypatch, ZeroDivisionError("\x1b[31mone\ntwo"))
    ran = run(*STATUS)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "kyotei: internal failure (ZeroDivisionError: \\x1b[31mone\\x0atwo); KYOTEI_DEBUG=1 shows where\n"
    )


def test_an_internal_failure_is_told_in_the_user_s_language(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_with(monkeypatch, ZeroDivisionError("x"))
    monkeypatch.setenv("KYOTEI_LANG", "ja")
    ran = run(*STATUS)
    assert ran.err == "kyotei: 内部の誤りです（ZeroDivisionError: x）。KYOTEI_DEBUG=1 で場所が分かります\n"


@pytest.mark.parametrize(("value", "shown"), [("1", True), ("0", False), ("", False)])
def test_where_it_failed_is_shown_only_on_demand(
    run: Command, monkeypatch: pytest.MonkeyPatch, value: str, *, shown: bool
) -> None:
    fails_with(monkeypatch, ZeroDivisionError("x"))
    monkeypatch.setenv("KYOTEI_DEBUG", value)
    ran = run(*STATUS)
    assert ran.status == 2
    assert ("Traceback" in ran.err) is shown
    assert ran.err.endswith("kyotei: internal failure (ZeroDivisionError: x); KYOTEI_DEBUG=1 shows where\n")


def test_a_failure_to_settle_the_language_is_told_in_english(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(kyotei.language, "spoken", failing)
    ran = run(*STATUS)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "kyotei: internal failure (ZeroDivisionError: ); KYOTEI_DEBUG=1 shows where\n"


def test_where_nothing_can_be_written_the_status_says_it_alone(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_: str, stream: int = 1) -> None:
        raise OutputLost("full" if stream == STDERR else "gone")

    fails_with(monkeypatch, ZeroDivisionError())
    monkeypatch.setattr(kyotei.__main__, "write", lost)
    ran = run(*STATUS)
    assert (ran.status, ran.out, ran.err) == (2, "", "")


@pytest.mark.usefixtures("run")
class TestStreams:
    """Each in a process of its own."""

    @pytest.mark.parametrize(("args", "unbuffered"), RUNS)
    def test_a_reader_that_has_seen_enough_is_no_failure(
        self, args: tuple[str, ...], unbuffered: str
    ) -> None:
        read, written = os.pipe()
        os.close(read)
        ran = started(*args, stdout=written, env={"PYTHONUNBUFFERED": unbuffered})
        os.close(written)
        assert (ran.returncode, ran.stderr) == (141, b"")

    @pytest.mark.parametrize(("args", "unbuffered"), RUNS)
    def test_a_full_disk_is_told(self, args: tuple[str, ...], unbuffered: str) -> None:
        full = os.open("/dev/full", os.O_WRONLY)
        ran = started(*args, stdout=full, env={"PYTHONUNBUFFERED": unbuffered})
        os.close(full)
        assert ran.returncode == 2
        assert ran.stderr == b"kyotei: the answer could not be written: No space left on device\n"

    @pytest.mark.parametrize("args", [STATUS, ("--help",)])
    def test_a_closed_stdout_is_told(self, args: tuple[str, ...]) -> None:
        ran = closing("1", *args)
        assert (ran.returncode, ran.stdout) == (2, b"")
        assert ran.stderr == b"kyotei: the answer could not be written: Bad file descriptor\n"

    def test_a_closed_stderr_harms_no_sound_answer(self) -> None:
        ran = closing("2", *STATUS, "--format", "json")
        assert ran.returncode == 0
        assert json.loads(ran.stdout)["agreements"][0]["id"] == "a"

    def test_a_finding_that_cannot_be_told_is_a_failure(self, tmp_path: Path) -> None:
        put(tmp_path / "agreements", "", "b.yaml")
        ran = closing("2", *STATUS)
        assert (ran.returncode, ran.stdout, ran.stderr) == (2, b"", b"")

    @pytest.mark.parametrize(
        ("variables", "name", "args"),
        [
            ({"PYTHONUNBUFFERED": "1"}, "utf-8", STATUS),
            ({"LC_ALL": "C"}, "utf-8", STATUS),
            ({"PYTHONIOENCODING": "ascii:strict"}, "ascii", STATUS),
            ({"PYTHONIOENCODING": "cp932"}, "cp932", STATUS),
            ({"PYTHONIOENCODING": "ascii"}, "ascii", ("status", "--help")),
            ({"PYTHONIOENCODING": "cp932"}, "cp932", ("validate",)),
        ],
        ids=str,
    )
    def test_every_encoding_can_be_written(
        self, run: Command, variables: dict[str, str], name: str, args: tuple[str, ...]
    ) -> None:
        ours = run(*args, "--lang", "ja")
        theirs = started(*args, "--lang", "ja", env={**variables, "COLUMNS": "120"})
        spare = str.maketrans("→─", ">-") if name == "ascii" else {}
        expected = (ours.out + ours.err).translate(spare).encode(name, errors="replace")
        assert (theirs.returncode, theirs.stdout + theirs.stderr) == (0, expected)

    @pytest.mark.parametrize("name", ["ascii", "cp932"])
    def test_json_is_utf8_in_every_encoding(self, name: str) -> None:
        ran = started(*STATUS, "--format", "json", env={"PYTHONIOENCODING": name})
        assert json.loads(ran.stdout.decode("utf-8"))["agreements"][0]["title"] == "連携協定"


def closing(descriptor: str, *args: str) -> subprocess.CompletedProcess[bytes]:
    """Run `kyotei` with one of its streams closed from the beginning."""
    command = f'exec "$@" {descriptor}>&-'
    env = {**os.environ, "KYOTEI_LANG": "en", "PYTHONPATH": PACKAGE}
    shell = ["sh", "-c", command, "sh", sys.executable, "-m", "kyotei", *args]
    return subprocess.run(shell, env=env, capture_output=True, check=False)
