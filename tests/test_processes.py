"""Work that is shared among processes: real ones, which die and are interrupted."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

import kyotei.register
from command_line_for_tests import Command, settle
from kyotei import processes
from kyotei.__main__ import uncollected
from kyotei.processes import MANY, WorkerLost, mapped, processors
from registers_for_tests import put, text

if TYPE_CHECKING:
    from pathlib import Path

FORKED = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks safely")
TWO = [[*range(MANY)], [*range(MANY + 7)]]


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "processors", lambda: 2)


def worker(_: int) -> int:
    return os.getpid()


def test_few_items_are_done_here() -> None:
    assert set(mapped(worker, range(MANY - 1))) == {os.getpid()}


def test_where_nothing_can_be_forked_everything_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert processors() == 1
    assert set(mapped(worker, range(MANY))) == {os.getpid()}


@FORKED
def test_every_processor_that_we_may_use_counts() -> None:
    assert processors() == len(os.sched_getaffinity(0))


@FORKED
@pytest.mark.usefixtures("two_processors")
@pytest.mark.parametrize("items", TWO, ids=len)
def test_many_items_are_shared_and_their_results_keep_the_order(items: list[int]) -> None:
    found = list(mapped(lambda item: (item, os.getpid()), items))
    assert [item for item, _ in found] == items
    assert os.getpid() not in {pid for _, pid in found}


@FORKED
@pytest.mark.usefixtures("two_processors")
def test_a_process_that_dies_is_never_taken_for_one_that_found_nothing() -> None:
    def dies(item: int) -> int:
        if item == MANY - 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    with pytest.raises(WorkerLost):
        list(mapped(dies, range(MANY)))


@FORKED
@pytest.mark.usefixtures("two_processors")
def test_what_goes_wrong_in_a_process_goes_wrong_here() -> None:
    def fails(item: int) -> float:
        return 1 / (item - 100)

    with pytest.raises(ZeroDivisionError):
        list(mapped(fails, range(MANY)))


@FORKED
@pytest.mark.usefixtures("two_processors")
def test_who_stops_listening_is_not_kept_waiting() -> None:
    results = mapped(lambda item: item, range(100 * MANY))
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined] # a generator


def test_a_process_leaves_ctrl_c_to_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, object]] = []
    monkeypatch.setattr(signal, "signal", lambda *args: told.append(args))
    monkeypatch.setattr(processes, "_work", repr)  # so that it is put back
    processes._begin(str)  # noqa: SLF001 (what runs in another process is not seen from here)
    assert processes._do([50, 51]) == ["50", "51"]  # noqa: SLF001 (as above)
    assert told == [(signal.SIGINT, signal.SIG_IGN)]


def test_the_garbage_collector_is_left_as_it_was() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


# Whole runs

SLOW = """
import signal, sys, time
import kyotei.register, kyotei.processes
read = kyotei.register.read_entry
def slow(raw, file):
    time.sleep(0.05)
    return read(raw, file)
kyotei.register.read_entry = slow
kyotei.processes.processors = lambda: 2
from kyotei.__main__ import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
print("ready", flush=True)
sys.exit(main(["validate", "agreements", "--as-of", "2026-11-22"]))
"""


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle(monkeypatch, tmp_path)
    for number in range(MANY):
        put(tmp_path / "agreements", text(f"a{number}"))
    return tmp_path


@FORKED
@pytest.mark.usefixtures("two_processors")
def test_a_shared_register_is_judged_as_one_process_judges_it(
    register: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (register / "agreements" / "a7.yaml").write_text("id: a8\n", encoding="utf-8")
    (register / "agreements" / "z.yaml").write_text(text("a9"), encoding="utf-8")
    run = Command(capfd)
    commands = [["validate", "--format", "junit"], ["status"], ["status", "--format", "json"], ["deadlines"]]
    shared = [run(*command, "--as-of", "2026-11-22") for command in commands]
    monkeypatch.setattr(processes, "processors", lambda: 1)
    assert [run(*command, "--as-of", "2026-11-22") for command in commands] == shared


@FORKED
@pytest.mark.usefixtures("two_processors", "register")
@pytest.mark.parametrize(
    ("language", "told"), [("en", "kyotei: a process that read"), ("ja", "kyotei: ファイルを読んで")]
)
def test_a_run_that_loses_a_process_answers_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], language: str, told: str
) -> None:
    def dies(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(kyotei.register, "read_entry", dies)
    ran = Command(capfd)("validate", "--lang", language)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(told)


@FORKED
def test_ctrl_c_ends_all_processes_at_once_and_quietly(register: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", SLOW],
        cwd=register,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
    )
    with run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"ready\n"
        time.sleep(1)
        os.killpg(run.pid, signal.SIGINT)
        out, err = run.communicate(timeout=15)
    assert (run.returncode, out, err) == (130, b"", b"")
