"""Writers that are killed, and writers at the same time: the file is old or new, and no event is lost."""

from __future__ import annotations

import os
import random
import signal
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import settle
from kyotei.__main__ import main
from kyotei.source import read
from registers_for_tests import put, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest.importorskip("fcntl")

KILLED, WRITERS, EACH = 200, 8, 50
DAY = ("--as-of", "2026-11-22")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in a register of its own, and a process that is warm: what a command needs is imported."""
    settle(monkeypatch, tmp_path)
    path = put(tmp_path / "agreements", text("a") + "notes: " + "覚書" * 2000 + "\n")
    assert main(["record", "a", "review", "--dry-run", *DAY]) == 0
    return path


def forked(run: Callable[[], object]) -> int:
    """Run in a child of this process, which ends without a word."""
    child = os.fork()
    if child == 0:  # pragma: no cover (another process)
        silent = os.open(os.devnull, os.O_RDWR)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        status = 1
        try:
            status = int(run() != 0)
        finally:
            os._exit(status)
    return child


def record(*options: str) -> int:
    return main(["record", "a", "review", *options, *DAY])


def slowly(*options: str) -> int:
    """Record on a slow disk: the moment in which the file changes is long enough to be hit."""
    sync = os.fsync

    def slow(handle: int) -> None:
        time.sleep(0.01)
        sync(handle)

    os.fsync = slow  # type: ignore[assignment] # only in this process
    return record(*options)


def test_a_killed_writer_leaves_the_file_old_or_new(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(20201118)  # noqa: S311 (moments, not secrets)
    assert record("--note", "first") == 0
    began = time.perf_counter()
    os.waitpid(forked(lambda: slowly("--note", "timed")), 0)
    whole = time.perf_counter() - began
    states = {"old": 0, "new": 0, "left behind": 0}
    for number in range(KILLED):
        old = file.read_bytes()
        child = forked(partial(slowly, "--note", f"n{number}"))
        time.sleep(whole * chance.uniform(0.2, 1.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        line = f"  - {{on: 2026-11-22, type: review, note: n{number}}}\n".encode()
        states[{old: "old", old + line: "new"}[file.read_bytes()]] += 1
        for temporary in file.parent.glob(".kyotei-*.tmp"):
            states["left behind"] += 1
            temporary.unlink()
    assert states["old"] + states["new"] == KILLED  # which of them how often is chance, and the machine's
    assert record("--note", "after all that") == 0
    capfd.readouterr()


def test_writers_at_the_same_time_lose_no_event(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def many(writer: int) -> int:
        return sum(record("--note", f"{writer}-{number}") for number in range(EACH))

    children = [forked(partial(many, writer)) for writer in range(WRITERS)]
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * WRITERS
    events = read(file.read_bytes()).data["events"]
    assert isinstance(events, list)
    notes = [str(event["note"]) for event in events if isinstance(event, dict)]
    assert sorted(notes) == sorted(
        f"{writer}-{number}" for writer in range(WRITERS) for number in range(EACH)
    )
    assert [path.name for path in file.parent.iterdir()] == ["a.yaml"]
    assert main(["validate", *DAY]) == 0
    capfd.readouterr()
