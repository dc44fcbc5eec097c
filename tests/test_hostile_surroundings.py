"""Folders that may not be read, clocks of other zones, a git that refuses, a disk that is full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kyotei.settings
from command_line_for_tests import AS_OF, PACKAGE, Command, settle
from git_for_tests import isolate, repository
from kyotei.register import load
from registers_for_tests import put
from registers_for_tests import text as sound

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534
ZONES = ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "JST-9", "Nowhere/At_All"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    put(tmp_path / "agreements", sound("a"))
    return Command(capfd)


def told_as_nobody(folder: Path) -> list[list[str]]:
    """What loading a folder finds for a user who owns nothing of it."""
    load([folder])  # what is imported late may not be readable for nobody
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover (another process)
        try:
            os.setgroups([])
            os.setuid(NOBODY)
            found = [
                [one.place.file, one.message, *one.values.values()] for one in load([folder]).diagnostics
            ]
            os.write(write, json.dumps(found).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        found = json.load(answer)
    os.waitpid(child, 0)
    return list(found)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may enter, as pytest's own may not be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Python 3.12 warns of forks where threads are
def test_what_may_not_be_read_is_named_whoever_asks(public: Path) -> None:
    """Root may read all: so the child is nobody. The good file beside them is read."""
    put(public, sound("a"))
    put(public, sound("b")).chmod(0)
    put(public / "closed", sound("c"))
    (public / "closed").chmod(0)
    put(public / "listed", sound("d"))
    (public / "listed").chmod(0o444)
    name = public.as_posix()
    assert told_as_nobody(public) == [
        [f"{name}/b.yaml", "file-unreadable", "Permission denied"],
        [f"{name}/closed", "folder-unreadable", "Permission denied"],
        [f"{name}/listed/d.yaml", "file-unreadable", "Permission denied"],
    ]


def test_a_missing_folder_and_an_empty_one_are_never_all_well(run: Command, tmp_path: Path) -> None:
    missing = run.at("validate", "agreement")
    assert (missing.status, missing.err) == (2, "kyotei: there is no file or folder agreement\n")
    (tmp_path / "empty").mkdir()
    empty = run.at("validate", "empty")
    assert "folder-empty" in empty.out
    assert (empty.status, run.at("validate", "empty", "--strict").status) == (0, 1)


def test_a_file_that_grows_while_it_is_read_is_read_to_its_limit(run: Command, tmp_path: Path) -> None:
    growing = tmp_path / "agreements" / "b.yaml"
    script = f"while echo '# more' >> '{growing}'; do :; done"
    with subprocess.Popen(["sh", "-c", script]) as writer:
        try:
            while not growing.exists() or growing.stat().st_size < 1000:
                time.sleep(0.01)
            ran = run.at("status")
        finally:
            writer.kill()
    assert ran.status == 1
    assert "agreements/b.yaml:1:1: error file-" in ran.err
    assert "a" in ran.out


@pytest.fixture
def midnight(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """The instant at which 2026-12-29 begins in Japan; notes whenever the clock is asked."""
    asked: list[object] = []
    instant = datetime(2026, 12, 28, 15, 0, tzinfo=UTC)

    def now(zone: object) -> datetime:
        asked.append(zone)
        return instant.astimezone(zone)  # type: ignore[arg-type] # a zone

    monkeypatch.setattr(kyotei.settings, "now", now)
    yield asked
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("command", ["status", "deadlines", "chain a", "show a"])
def test_one_instant_has_one_answer_wherever_the_machine_stands(
    run: Command, monkeypatch: pytest.MonkeyPatch, midnight: list[object], zone: str, command: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    ran = run(*command.split(), "--format", "json")
    told = json.loads(ran.out)
    assert told.get("as_of", "2026-12-29") == "2026-12-29"
    assert len(midnight) == 1
    assert run(*command.split(), "--format", "json", "--as-of", "2026-12-29").out == ran.out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\ntimezone = 'Asia/Tokio'\n", "kyotei.toml:2:1: error timezone-unknown"),
        ("# 注\n\ntimezon = 'UTC'\n", "kyotei.toml:3:1: error setting-unknown"),
        ("language = 1\n", "kyotei.toml:1:1: error setting-invalid"),
        ("[closed_days]\nextra = ['2027-02-29']\n", "kyotei.toml:2:11: error date-invalid"),
        ("[rules]\nunreviewd = 'off'\n", "kyotei.toml:2:1: error setting-unknown"),
        ("a = [\n", "kyotei.toml:2:1: error toml-invalid"),
        ("self = '\udcff'\n", "kyotei.toml:1:9: error encoding-invalid"),
    ],
)
def test_every_fault_of_the_settings_is_told_with_its_line(
    run: Command, tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "kyotei.toml").write_bytes(text.encode(errors="surrogateescape"))
    for command in ("status", "validate", "deadlines"):
        ran = run.at(command)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(told)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
@pytest.mark.parametrize("command", ["validate --staged", "diff"])
def test_a_repository_of_somebody_else_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    settle(monkeypatch, tmp_path)
    isolate(monkeypatch, tmp_path)
    root = repository(tmp_path / "r").root
    put(root / "agreements", sound("a"))
    for path in (root, root / ".git"):
        os.chown(path, NOBODY, NOBODY)
    monkeypatch.chdir(root)
    ran = Command(capfd).at(*command.split())
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "dubious ownership" in ran.err


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB with an agreement on it, filled to its last byte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        put(disk / "agreements", sound("a"))
        fill(disk / "filler")
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as filler:
        try:
            while filler.write(b"x" * 4096):
                pass
        except OSError:
            return


def test_a_full_disk_leaves_the_old_file_and_says_so(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    settle(monkeypatch, tiny)
    file = tiny / "agreements" / "a.yaml"
    before = file.read_bytes()
    run = Command(capfd)
    recorded = run.at("record", "a", "review", "--on", "2026-11-01")
    assert (recorded.status, recorded.err) == (
        2,
        "kyotei: agreements/a.yaml was not written: No space left on device. The old file stands as it was\n",
    )
    made = run("new", "b", "--title", "x", "--signed", "2026-04-01", "--party", "甲=a", "--party", "乙=b")
    assert (made.status, made.err) == (
        2,
        "kyotei: agreements/b.yaml was not written: No space left on device\n",
    )
    assert file.read_bytes() == before
    assert [one.name for one in (tiny / "agreements").iterdir()] == ["a.yaml"]


@pytest.mark.parametrize("home", ["/nonexistent", "/proc", ""])
def test_a_home_that_cannot_be_written_matters_to_nobody(run: Command, tmp_path: Path, home: str) -> None:
    expected = run.at("status").out
    env = {**os.environ, "PYTHONPATH": PACKAGE, "HOME": home, "XDG_CACHE_HOME": home, "XDG_CONFIG_HOME": home}
    command = [sys.executable, "-B", "-m", "kyotei", "status", *AS_OF]
    ran = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=False)
    assert (ran.returncode, ran.stdout.decode(), ran.stderr) == (0, expected, b"")
