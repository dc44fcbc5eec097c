"""A file is replaced whole or not at all."""

from __future__ import annotations

import errno
import importlib.util
import os
import sys
from pathlib import Path
from stat import S_IMODE
from typing import TYPE_CHECKING

import pytest

from kyotei import writing
from kyotei.writing import NotWritten, create, deliver, only_writer, replace

if TYPE_CHECKING:
    from collections.abc import Callable

OLD, NEW = b"old\n", b"new\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD)
    path.chmod(0o640)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fail(number: int) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refuse


def test_the_content_is_new_and_the_mode_is_kept(file: Path) -> None:
    replace(file, NEW)
    assert (file.read_bytes(), S_IMODE(file.stat().st_mode), names(file.parent)) == (NEW, 0o640, ["a.yaml"])


@pytest.mark.parametrize(
    ("call", "number", "reason"),
    [
        ("os.open", errno.EROFS, "Read-only file system"),
        ("os.open", errno.EACCES, "Permission denied"),
        ("os.fsync", errno.ENOSPC, "No space left on device"),
        ("pathlib.Path.replace", errno.EACCES, "Permission denied"),
    ],
)
def test_a_failure_leaves_the_old_file_alone(
    file: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, reason: str
) -> None:
    monkeypatch.setattr(call, fail(number))
    with pytest.raises(NotWritten) as failed:
        replace(file, NEW)
    monkeypatch.undo()
    assert (failed.value.name, failed.value.reason) == ("write-failed", reason)
    assert (file.read_bytes(), names(file.parent)) == (OLD, ["a.yaml"])


def test_a_full_disk_leaves_the_old_file_whole(file: Path) -> None:
    """The kernel's own limit on a file's size stands in for the disk's."""
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(NotWritten) as failed:
            replace(file, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert failed.value.reason == "File too large"
    assert (file.read_bytes(), names(file.parent)) == (OLD, ["a.yaml"])


def test_a_folder_that_cannot_be_brought_to_the_disk_is_no_failure(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new file stands already: to say that the old one does would be wrong."""
    sync, calls = os.fsync, []

    def second_fails(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 1:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        sync(handle)

    monkeypatch.setattr("os.fsync", second_fails)
    replace(file, NEW)
    assert (len(calls), file.read_bytes(), names(file.parent)) == (2, NEW, ["a.yaml"])


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace"])
def test_who_interrupts_leaves_nothing_behind(file: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(call, interrupted)
    with pytest.raises(KeyboardInterrupt):
        replace(file, NEW)
    monkeypatch.undo()
    assert (file.read_bytes(), names(file.parent)) == (OLD, ["a.yaml"])


def test_a_link_is_refused(file: Path) -> None:
    link = file.with_name("b.yaml")
    link.symlink_to(file)
    with pytest.raises(NotWritten) as failed:
        replace(link, NEW)
    assert failed.value.name == "write-link"
    assert (file.read_bytes(), link.is_symlink()) == (OLD, True)


def test_a_new_file_never_overwrites(file: Path) -> None:
    with pytest.raises(FileExistsError):
        create(file, NEW)
    assert file.read_bytes() == OLD


def test_a_new_file_is_written(tmp_path: Path) -> None:
    create(tmp_path / "new.yaml", NEW)
    assert (tmp_path / "new.yaml").read_bytes() == NEW


def test_a_new_file_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    with pytest.raises(NotWritten) as failed:
        create(tmp_path / "no" / "new.yaml", NEW)
    assert failed.value.reason == "No such file or directory"


def test_a_new_file_has_its_name_only_when_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who dies before the content is safe leaves no file under the name."""

    def interrupted(_: int) -> None:
        assert not (tmp_path / "new.yaml").exists()
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        create(tmp_path / "new.yaml", NEW)
    monkeypatch.undo()
    assert names(tmp_path) == []


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
def test_a_new_file_is_written_where_there_are_no_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr("pathlib.Path.hardlink_to", fail(number))
    create(tmp_path / "new.yaml", NEW)
    assert ((tmp_path / "new.yaml").read_bytes(), names(tmp_path)) == (NEW, ["new.yaml"])
    with pytest.raises(FileExistsError):
        create(tmp_path / "new.yaml", OLD)
    assert ((tmp_path / "new.yaml").read_bytes(), names(tmp_path)) == (NEW, ["new.yaml"])


def test_a_second_writer_waits(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    handle = os.open(tmp_path, os.O_RDONLY)
    with only_writer(tmp_path), pytest.raises(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)


def test_a_folder_that_cannot_be_locked_says_why(tmp_path: Path) -> None:
    with pytest.raises(NotWritten) as failed, only_writer(tmp_path / "no"):
        pytest.fail("nothing may be written here")
    assert failed.value.reason == "No such file or directory"


@pytest.mark.parametrize("stopped", [OSError(errno.ENOLCK, "No locks available"), KeyboardInterrupt()])
def test_a_folder_without_locks_says_why_and_stays_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped: BaseException
) -> None:
    """Some network drives have no locks; and who waits for one may lose patience."""
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_: object) -> None:
        raise stopped

    before = len([*Path("/dev/fd").iterdir()])
    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises((NotWritten, KeyboardInterrupt)) as failed, only_writer(tmp_path):
        pytest.fail("nothing may be written here")
    assert getattr(failed.value, "reason", "interrupted") in {"No locks available", "interrupted"}
    assert len([*Path("/dev/fd").iterdir()]) == before


def test_without_flock_files_are_written_all_the_same(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)  # as on Windows
    spec = importlib.util.spec_from_file_location("writing_on_windows", writing.__file__)
    assert spec is not None
    assert spec.loader is not None
    windows = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(windows)
    with windows.only_writer(file.parent):
        windows.replace(file, NEW)
    assert file.read_bytes() == NEW


def test_an_answer_is_delivered_whether_a_file_stands_there_or_not(file: Path) -> None:
    deliver(file, NEW)
    assert (file.read_bytes(), S_IMODE(file.stat().st_mode)) == (NEW, 0o640)
    other = file.with_name("b")
    before = os.umask(0o027)
    try:
        deliver(other, NEW)
    finally:
        os.umask(before)
    assert (other.read_bytes(), S_IMODE(other.stat().st_mode)) == (NEW, 0o640)
    assert names(file.parent) == ["a.yaml", "b"]


def test_an_answer_takes_the_place_of_nothing_but_a_file(file: Path) -> None:
    fifo, link, broken = (file.with_name(name) for name in ("fifo", "link", "broken"))
    os.mkfifo(fifo)
    link.symlink_to(file)
    broken.symlink_to("nothing")
    found = {}
    for path in (fifo, link, broken, file.parent, Path(os.devnull)):
        with pytest.raises(NotWritten) as refused:
            deliver(path, NEW)
        found[path.name] = refused.value.name
    assert list(found.values()) == [
        "write-special",
        "write-link",
        "write-link",
        "write-special",
        "write-special",
    ]
    assert file.read_bytes() == OLD


def test_an_answer_for_a_folder_that_is_not_there_says_so(file: Path) -> None:
    with pytest.raises(NotWritten) as failed:
        deliver(file.parent / "nowhere" / "b", NEW)
    assert (failed.value.name, failed.value.reason) == ("write-failed", "No such file or directory")


def test_a_delivery_that_fails_leaves_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathlib.Path.replace", fail(errno.EACCES))
    for path in (file, file.with_name("b")):
        with pytest.raises(NotWritten):
            deliver(path, NEW)
    monkeypatch.undo()
    assert (file.read_bytes(), names(file.parent)) == (OLD, ["a.yaml"])
