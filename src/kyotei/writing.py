"""Replacing a file: whole or not at all, one writer at a time. The only writer of the register.

The new content goes to a temporary file beside the old one, to the disk (fsync), and takes its name by
rename; so whoever dies on the way leaves the old file whole, and perhaps a hidden temporary file that nobody
reads.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from stat import S_IMODE, S_ISLNK, S_ISREG
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # Windows has no flock: there, two writers at the same moment are not kept apart
    fcntl = None  # type: ignore[assignment] # a module or nothing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEMPORARY = ".kyotei-{}.tmp"
"""Hidden, so that no register reads it."""


class NotWritten(Exception):  # noqa: N818 (the old file stands as it was)
    """The file could not be written: the name of a message, and the system's reason."""

    def __init__(self, name: str, reason: str = "") -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


@contextlib.contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Wait until no other kyotei writes in the folder. The lock is the folder's own; death frees it."""
    if fcntl is None:
        yield
        return
    lock = _locked(folder)
    try:
        yield
    finally:
        os.close(lock)


def _locked(folder: Path) -> int:
    """Return a handle that holds the folder's lock; some network drives have none to give."""
    try:
        lock = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
        except BaseException:  # also Ctrl-C while another writer is waited for
            os.close(lock)
            raise
    except OSError as error:
        raise _not_written(error) from None
    return lock


def replace(path: Path, content: bytes) -> None:
    """Give a file new content and keep its mode. Raises NotWritten; the old content then stands as it was."""
    try:
        _put(path, content, _mode(path))
    except OSError as error:
        raise _not_written(error) from None


def deliver(path: Path, content: bytes) -> None:
    """Write a file whole, whether one stands there already or not: nobody ever reads half of it.

    Raises NotWritten; what stood there then stands as it was. A device, a pipe and a folder are refused:
    a file would take their place.
    """
    try:
        mode = _mode(path) if os.path.lexists(path) else None
        _put(path, content, mode)
    except OSError as error:
        raise _not_written(error) from None


def _put(path: Path, content: bytes, mode: int | None) -> None:
    """Let a temporary file with the content take a path; without a mode, it has that of any new file."""
    temporary = path.with_name(TEMPORARY.format(secrets.token_hex(8)))
    _write(temporary, content, 0o666 if mode is None else 0o600)
    try:
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:  # also Ctrl-C: nothing of it is left
        temporary.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def create(path: Path, content: bytes) -> None:
    """Write a new file, whole or not at all; one that exists is never overwritten.

    Raises FileExistsError or NotWritten.
    """
    temporary = path.with_name(TEMPORARY.format(secrets.token_hex(8)))
    try:
        _write(temporary, content, 0o666)
        try:
            _name(temporary, path, content)
        finally:
            temporary.unlink(missing_ok=True)
    except FileExistsError:
        raise
    except OSError as error:
        raise _not_written(error) from None
    _settle(path.parent)


def _name(temporary: Path, path: Path, content: bytes) -> None:
    """Give a file its name beside others. A second link, unlike a rename, takes no other file's name."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without links; who dies here leaves half a file
        _write(path, content, 0o666)


def _not_written(error: OSError) -> NotWritten:
    return NotWritten("write-failed", error.strerror or str(error))


def _mode(path: Path) -> int:
    """Return the mode of a regular file. A link is refused: a rename would cut it off from its target."""
    found = path.lstat()
    if S_ISLNK(found.st_mode):
        raise NotWritten("write-link")
    if not S_ISREG(found.st_mode):
        raise NotWritten("write-special")
    return S_IMODE(found.st_mode)


def _write(path: Path, content: bytes, mode: int) -> None:
    """Write a file that does not exist yet, safe to the disk; where that fails, nothing of it is left."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:  # also Ctrl-C
        path.unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """Bring the folder's new entry to the disk, where folders can be opened (not on Windows).

    The new file stands already, so a failure is none of the caller's: some file systems cannot do it, and
    only a power cut at this moment could bring the old file back.
    """
    if fcntl is None:
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
