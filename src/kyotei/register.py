"""Paths -> the register: every agreement that can be read, and a finding for whatever cannot.

The only reader of the folder; `gathered` makes the same of files that git holds. What lies under a given path
and has an agreement's name is read or named, and so is every folder and every link that could hide one; only
names that begin with a dot are passed over.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from errno import ELOOP, ENOENT, ENOTDIR
from pathlib import Path, PurePath
from stat import S_IFDIR, S_IFREG, S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

from kyotei.diagnostics import Diagnostic, Place, Severity
from kyotei.entry import read_entry
from kyotei.processes import mapped
from kyotei.progress import unseen
from kyotei.text import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kyotei.entry import Entry
    from kyotei.processes import Items
    from kyotei.progress import Watch

R = TypeVar("R")
T = TypeVar("T")

_SUFFIXES = (".yaml", ".yml")
_DEAD_END = {ENOENT, ENOTDIR, ELOOP}  # how a link ends that leads nowhere


class Register(NamedTuple):
    """What was read, sorted by id and file, and what was found, sorted by place."""

    entries: tuple[Entry, ...]
    diagnostics: tuple[Diagnostic, ...]
    checked: int  # files that were read or tried


Reading: TypeAlias = "tuple[Entry | None, list[Diagnostic]]"
"""What one file holds, or None, and what is wrong with its form."""


@dataclass(frozen=True, slots=True)
class Files(Generic[T]):
    """The files of a register, read when asked for, and what was found on the way to them.

    `read` makes a reading of each of `files`, whatever they are: a path, or a name with its bytes, which may
    come while others are read. Many files may be `shared` among processes, if little is told of each. Who
    waits may `watch` how far that is.
    """

    files: Items[T]
    read: Callable[[T], Reading]
    diagnostics: Iterable[Diagnostic] = ()
    shared: bool = True
    watch: Watch = unseen

    def watched(self, watch: Watch) -> Files[T]:
        """Return the same files, read under somebody's eyes."""
        return replace(self, watch=watch)

    def __iter__(self) -> Iterator[Reading]:
        """Read one file after the other; none is kept here."""
        return map(self.read, self.watch(self.files, len(self.files)))

    def told(self, tell: Callable[[Reading], R]) -> Iterator[R]:
        """Read the files and yield what is told of each, in their order. Raises WorkerLost."""
        if self.shared:
            results = mapped(lambda file: tell(self.read(file)), self.files)
            return iter(self.watch(results, len(self.files)))
        return map(tell, self)


class PathMissing(Exception):  # noqa: N818 (a wrong use, not an error of the program)
    """Nothing stands at a path that was given."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class _Found(NamedTuple):
    """A file or folder: its name for people and for `open`, its name behind all links, what it is."""

    file: str
    real: str
    mode: int
    link: bool = False

    def child(self, name: str, mode: int = 0) -> _Found:
        """Return what stands in this folder; not by pathlib, which takes longer than reading the file."""
        file = name if self.file == "." else f"{self.file.removesuffix('/')}/{name}"
        return _Found(file, f"{self.real.removesuffix(os.sep)}{os.sep}{name}", mode)


_Item: TypeAlias = _Found | Diagnostic


def load(paths: Sequence[Path]) -> Register:
    """Read every agreement in files and folders. Raises PathMissing for a path that does not exist."""
    return gathered(listed(paths))


def gathered(files: Files[T]) -> Register:
    """Read all files, and keep them all: sorted by id and file."""
    read = list(files)
    entries = sorted(
        (entry for entry, _ in read if entry), key=lambda entry: (entry.agreement.id, entry.file)
    )
    findings = [*files.diagnostics, *(finding for _, findings in read for finding in findings)]
    return Register(tuple(entries), tuple(sorted(findings, key=lambda one: one.sort_key)), len(read))


def listed(paths: Sequence[Path]) -> Files[_Found]:
    """Return the files in files and folders, not read yet. Raises PathMissing."""
    given = [_given(path.as_posix()) for path in paths]
    roots = [one.real for one in given if isinstance(one, _Found) and S_ISDIR(one.mode)]
    items = [item for one in given for item in _searched(one, roots)]
    found = {item.sort_key: item for item in items if isinstance(item, Diagnostic)}
    return Files(_once(item for item in items if isinstance(item, _Found)), _read, found.values())


def _given(file: str) -> _Item:
    try:
        Path(file).lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a NUL in a name is a ValueError
        raise PathMissing(file) from None
    except OSError as error:  # something may be there
        return _unreadable(file, error)
    return _followed(file)


def _followed(file: str) -> _Item:
    """Return what stands at `file`, behind the link if it is one."""
    path = Path(file)
    try:
        return _Found(file, os.path.realpath(file), path.stat().st_mode, path.is_symlink())
    except OSError as error:
        return _unreadable(file, error)


def _searched(given: _Item, roots: Sequence[str]) -> list[_Item]:
    """Return what a given folder holds, or what is no folder as it is."""
    if isinstance(given, Diagnostic) or not S_ISDIR(given.mode):
        return [given]
    return list(_walk(given, roots)) or [_finding(given.file, "folder-empty", Severity.WARNING)]


def _walk(root: _Found, roots: Sequence[str]) -> Iterator[_Item]:
    """Yield the agreements' files below a folder, and what stands in the way, however deep folders nest."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder.file) as listing:
                entries = sorted((one for one in listing if one.name[0] != "."), key=lambda one: one.name)
        except OSError as error:
            yield _finding(folder.file, "folder-unreadable", reason=_reason(error))
            continue
        for entry in entries:
            item = _item(entry, folder, roots)
            if isinstance(item, _Found) and S_ISDIR(item.mode):
                waiting.append(item)
            elif item:
                yield item


def _item(entry: os.DirEntry[str], folder: _Found, roots: Sequence[str]) -> _Item | None:
    """Return what an entry of a folder is, None if it is none of ours."""
    file = folder.child(entry.name).file
    try:
        if entry.is_symlink():
            return _linked(file, roots)
        mode = S_IFDIR if entry.is_dir(follow_symlinks=False) else 0
        mode = S_IFREG if entry.is_file(follow_symlinks=False) else mode
    except OSError as error:  # a file system that does not tell at once, and a file that is gone
        return _unreadable(file, error)
    return folder.child(entry.name, mode) if S_ISDIR(mode) or is_named(file) else None


def _linked(file: str, roots: Sequence[str]) -> _Item | None:
    """Return the file behind a link, if it is in a given folder; other links are not followed."""
    found = _followed(file)
    if isinstance(found, Diagnostic):
        return found
    if S_ISDIR(found.mode):
        return _finding(file, "link-to-folder", target=_target(file))
    if not is_named(file):
        return None
    if not any(PurePath(found.real).is_relative_to(root) for root in roots):
        return _finding(file, "link-leaves-folder", target=_target(file))
    return found


def _once(files: Iterable[_Found]) -> Sequence[_Found]:
    """Return each file once, by its own name if it has been reached by that."""
    links_last = sorted(files, key=lambda file: file.link)
    return list({file.real: file for file in reversed(links_last)}.values())


def _read(found: _Found) -> Reading:
    """Read one file, if it is one; whatever else it is was never opened: a device may act on that."""
    raw = _content(found.file) if S_ISREG(found.mode) else None
    if isinstance(raw, bytes):
        return read_entry(raw, found.file)
    return None, [raw or _finding(found.file, "file-not-regular")]


def _content(file: str) -> bytes | Diagnostic | None:
    """Return a file's bytes, one more than may be at most; None if it has become a FIFO or a device."""
    try:
        with open(file, "rb", opener=_opened) as stream:
            return stream.read(MOST_BYTES + 1) if S_ISREG(os.fstat(stream.fileno()).st_mode) else None
    except OSError as error:
        return _unreadable(file, error)


def _opened(file: str, flags: int) -> int:
    """Open without waiting for a FIFO's writer; Python's own flags keep it from children and binary."""
    return os.open(file, flags | getattr(os, "O_NONBLOCK", 0))


def _unreadable(file: str, error: OSError) -> Diagnostic:
    if error.errno in _DEAD_END and (target := _target(file)):
        return _finding(file, "link-broken", target=target)
    return _finding(file, "file-unreadable", reason=_reason(error))


def _target(file: str) -> str:
    """Return what a link says, empty if it is none or none any more."""
    try:
        return str(Path(file).readlink())
    except OSError:
        return ""


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _finding(file: str, message: str, severity: Severity = Severity.ERROR, **values: str) -> Diagnostic:
    return Diagnostic(Place(file), severity, message, values)


def is_named(file: str) -> bool:
    """Tell whether a file has an agreement's name."""
    return file.lower().endswith(_SUFFIXES)
