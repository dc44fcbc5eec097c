from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import AS_OF, OURS, PACKAGE
from git_for_tests import isolate, repository
from kyotei.output import STDERR
from kyotei.progress import seen, unseen
from registers_for_tests import put, text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COLUMNS = 80
# A run in which every file takes its time, and nobody is patient.
SLOW = """
import os, sys, time
import kyotei.processes, kyotei.progress, kyotei.register
kyotei.processes.MANY, kyotei.processes.BATCH = int(os.environ.get("MANY", "400")), 1
kyotei.processes.processors = lambda: 2
kyotei.progress.PATIENCE = kyotei.progress.PAUSE = 0
read = kyotei.register.read_entry
def slowly(raw, file):
    time.sleep(float(os.environ["SECONDS_EACH"]))
    return read(raw, file)
kyotei.register.read_entry = slowly
from kyotei.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock whose hands we hold: its only item is the time."""
    hands = [100.0]
    monkeypatch.setattr("kyotei.progress.monotonic", lambda: hands[0])
    return hands


def line(done: int, total: int) -> str:
    return f"{done} of {total}"


def worked(stopwatch: list[float], seconds: Iterable[float], columns: int = COLUMNS) -> list[int]:
    """Do a work whose items take so many seconds; return the items that were handed on."""
    each = list(seconds)
    done = []
    with seen(line, columns) as watch:
        for number in watch(range(len(each)), len(each)):
            stopwatch[0] += each[number]
            done.append(number)
    return done


def test_a_quick_work_says_nothing(stopwatch: list[float], capfd: pytest.CaptureFixture[str]) -> None:
    assert worked(stopwatch, [0.1, 0.1, 0.1, 0.1, 0.09]) == [0, 1, 2, 3, 4]
    assert capfd.readouterr() == ("", "")


def test_from_half_a_second_on_a_line_stands_on_stderr_and_is_gone_at_the_end(
    stopwatch: list[float], capfd: pytest.CaptureFixture[str]
) -> None:
    worked(stopwatch, [0.5, 1, 1])
    assert capfd.readouterr() == ("", "\r1 of 3\r2 of 3\r        \r")


def test_the_line_is_rewritten_ten_times_a_second(
    stopwatch: list[float], capfd: pytest.CaptureFixture[str]
) -> None:
    worked(stopwatch, [0.5, *[0.0625] * 5])  # halves, so that sums are exact
    assert capfd.readouterr().err.split("\r")[1:-2] == ["1 of 6", "3 of 6", "5 of 6"]


def test_the_erasure_takes_away_what_ctrl_c_leaves_behind_the_line(
    stopwatch: list[float], capfd: pytest.CaptureFixture[str]
) -> None:
    def stopped() -> None:
        with seen(line, COLUMNS) as watch:
            for done in watch([0, 1], 2):
                stopwatch[0] += 1
                if done:
                    os.write(STDERR, b"^C")
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    written = capfd.readouterr().err
    assert screen(written) == [""]
    assert written == "\r1 of 2^C\r        \r"


@pytest.mark.parametrize(("columns", "shown"), [(9, True), (8, False)])
def test_a_line_without_room_is_not_shown(
    stopwatch: list[float], capfd: pytest.CaptureFixture[str], columns: int, *, shown: bool
) -> None:
    worked(stopwatch, [1, 1], columns)
    assert bool(capfd.readouterr().err) is shown


def test_a_line_that_cannot_be_written_spoils_no_work(stopwatch: list[float]) -> None:
    kept, full = os.dup(STDERR), os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, STDERR)
    try:
        assert worked(stopwatch, [1, 1]) == [0, 1]
    finally:
        os.dup2(kept, STDERR)
        os.close(kept)
        os.close(full)


def test_unseen_hands_on_what_it_is_given() -> None:
    items = ["a", "b"]
    assert unseen(items, 2) is items


def screen(written: str) -> list[str]:
    """What stands on a terminal after this was written to it, line by line; of escapes it knows colours."""
    lines, column = [""], 0
    for sign in re.findall(r"\x1b\[[0-9;]*m|.", written, re.DOTALL):
        if sign == "\n":
            lines.append("")
        elif sign == "\r":
            column = 0
        elif sign[0] != "\x1b":
            lines[-1] = f"{lines[-1][:column]:<{column}}{sign}{lines[-1][column + 1 :]}"
            column += 1
    return [line.rstrip() for line in lines]


def at_a_terminal(folder: Path, *args: str, typed: str = "", **environment: str) -> tuple[int, str]:
    """Run slowly on a terminal, and type once a line of progress stands; the status, and all output."""
    child, handle = pty.fork()
    if child == 0:  # pragma: no cover (another process)
        os.chdir(folder)
        plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        given = {
            "KYOTEI_LANG": "en",
            "PYTHONPATH": PACKAGE,
            "PYTHONUTF8": "1",
            "TERM": "xterm",
            "SECONDS_EACH": "0.01",
        }
        command = [sys.executable, "-c", SLOW, *args, *AS_OF]
        os.execve(sys.executable, command, {**plain, **given, **environment})  # noqa: S606 (our own command)
    found = b""
    while part := _read(handle):
        found += part
        if typed and b"files" in found:
            os.write(handle, typed.encode())
            typed = ""
    _, status = os.waitpid(child, 0)
    os.close(handle)
    return os.waitstatus_to_exitcode(status), found.decode()


def _read(handle: int) -> bytes:
    """What a terminal has shown since; Linux makes an error of its end."""
    try:
        return os.read(handle, 1024)
    except OSError:
        return b""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    for number in range(6):
        put(tmp_path / "agreements", text(f"a{number}", title=f"その{number}"))
    return tmp_path


def test_a_person_sees_how_far_the_reading_is_and_nothing_of_it_stays(register: Path) -> None:
    status, written = at_a_terminal(register, "validate")
    assert status == 0
    assert "\rReading: 1 / 6 files\r" in written
    assert "\rReading: 5 / 6 files\r" in written
    assert screen(written)[0] == "6 files, no findings"
    assert "Reading" not in "\n".join(screen(written))


@pytest.mark.parametrize("command", ["validate --staged", "diff"])
def test_what_git_holds_is_read_under_the_same_eyes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    isolate(monkeypatch, tmp_path)
    held = repository(tmp_path / "r")
    for number in range(3):
        held.write(f"agreements/a{number}.yaml", text(f"a{number}", title=f"その{number}"))
    held.commit()
    held.write("agreements/a0.yaml", text("a0", title="改題"))
    held("add", "--all")
    status, written = at_a_terminal(held.root, *command.split())
    assert status == 0
    assert "\rReading: 2 / 3 files\r" in written
    assert "Reading" not in "\n".join(screen(written))


def test_it_speaks_japanese_too(register: Path) -> None:
    _, written = at_a_terminal(register, "validate", KYOTEI_LANG="ja")
    assert "\r読み込み中: 5 / 6 件\r" in written


def test_without_colour_the_line_is_the_same(register: Path) -> None:
    _, written = at_a_terminal(register, "validate", NO_COLOR="1")
    assert "\rReading: 5 / 6 files\r" in written


@pytest.mark.parametrize("name", ["dumb", "unknown"])
def test_a_terminal_that_may_not_go_back_shows_none(register: Path, name: str) -> None:
    _, written = at_a_terminal(register, "validate", TERM=name)
    assert "Reading" not in written


def test_ctrl_c_ends_at_once_and_leaves_a_clean_line(register: Path) -> None:
    status, written = at_a_terminal(register, "validate", typed="\x03", SECONDS_EACH="60")
    assert status == 130
    assert "^C" in written
    assert screen(written) == [""]


def test_what_several_processes_read_is_counted_together(register: Path) -> None:
    status, written = at_a_terminal(register, "validate", MANY="2")
    assert status == 0
    assert "\rReading: 5 / 6 files\r" in written
    assert screen(written)[0] == "6 files, no findings"


def test_ctrl_c_ends_several_processes_and_leaves_a_clean_line(register: Path) -> None:
    status, written = at_a_terminal(register, "validate", typed="\x03", MANY="2", SECONDS_EACH="1")
    assert status == 130
    assert screen(written) == [""]


def test_a_pipe_sees_nothing_of_it(register: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SLOW, "validate", *AS_OF],
        cwd=register,
        env={
            **os.environ,
            "KYOTEI_LANG": "en",
            "PYTHONPATH": PACKAGE,
            "TERM": "xterm",
            "SECONDS_EACH": "0.01",
        },
        capture_output=True,
        check=True,
    )
    assert ran.stderr == b"6 files, no findings\n"
