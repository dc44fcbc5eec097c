"""The register as git holds it, in the index or in a commit: as from the disk, with findings and settings.

A file is called as `validate` would call it, from the current folder. What cannot be read there is named: a
file in conflict, a submodule, a link that leads out of the register.
"""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from kyotei import git
from kyotei.diagnostics import Diagnostic, Place, Severity
from kyotei.entry import read_entry
from kyotei.register import Files, is_named
from kyotei.settings import NAME, Settings, settings_in
from kyotei.text import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from kyotei.git import Blob
    from kyotei.register import Reading


class PathOutside(Exception):  # noqa: N818 (a wrong use, not an error of the program)
    """A path that was given lies outside of the repository."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def staged() -> Snapshot:
    """Return what the next commit would hold."""
    root = git.top()
    return Snapshot(root, git.index(root))


def committed(revision: str) -> Snapshot:
    """Return what a commit holds."""
    return Snapshot(git.top(), git.tree(git.commit(revision)))


@dataclass(frozen=True, slots=True)
class Held:
    """Files as git holds them: the names for people, and the bytes, which come one by one."""

    names: Sequence[str]
    objects: Sequence[str]

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return zip(self.names, git.contents(self.objects, MOST_BYTES), strict=True)

    def without(self, names: Container[str]) -> Held:
        """Return the others than those of some names."""
        found = [one for one in zip(self.names, self.objects, strict=True) if one[0] not in names]
        return Held([name for name, _ in found], [content for _, content in found])


@dataclass(frozen=True)
class Snapshot:
    """What the index or a commit of the repository at `root` holds."""

    root: str
    blobs: Sequence[Blob]

    @cached_property
    def here(self) -> str:
        """The current folder, counted from the root; `.` at the root itself."""
        return PurePath(os.path.relpath(Path.cwd(), self.root)).as_posix()

    def settings(self) -> Settings | None:
        """Return what the nearest kyotei.toml says; None if there is none. Raises SettingsError."""
        files = {blob.path: blob for blob in self.blobs if blob.is_a(git.FILE) and blob.merged}
        found = next((files[path] for path in self._settings_paths if path in files), None)
        if found is None:
            return None
        (raw,) = git.contents([found.name], MOST_BYTES)
        return settings_in(Path(self.shown(found.path)), raw)

    def files(self, paths: Iterable[Path]) -> Files[tuple[str, bytes]]:
        """Return the agreements in files and folders; what is not there has none. Raises PathOutside."""
        roots = self.paths(paths)
        inside = [blob for blob in self.blobs if _is_below(roots, blob.path)]
        files = [
            blob for blob in inside if blob.is_a(git.FILE) and blob.merged and _is_ours(roots, blob.path)
        ]
        held = Held([self.shown(file.path) for file in files], [file.name for file in files])
        found = [*self._unread(roots, inside), *self._links(roots, inside, {file.path for file in files})]
        return Files(held, _read, found)

    def concerns(self, roots: Sequence[str], path: str) -> bool:
        """Tell whether what stands, or stood, at `path` belongs to the register below `roots`."""
        ours = _is_ours(roots, path) or (path in self._strangers and _is_below(roots, path))
        return ours or path in self._settings_paths

    def paths(self, given: Iterable[Path]) -> list[str]:
        """Return paths as git counts them, from the root, links followed; empty for the root itself."""
        return [self._path(path) for path in given]

    def is_empty(self, given: Path) -> bool:
        """Tell whether nothing stands at a path or below it."""
        return not any(_is_below(self.paths([given]), blob.path) for blob in self.blobs)

    def is_whole(self, given: Iterable[Path]) -> bool:
        """Tell whether only folders are given, so that every id of the register is known."""
        return {blob.path for blob in self.blobs}.isdisjoint(self.paths(given))

    @cached_property
    def _strangers(self) -> frozenset[str]:
        """The paths of links and submodules: whatever they are called, they may hold agreements."""
        return frozenset(blob.path for blob in self.blobs if not blob.is_a(git.FILE))

    @cached_property
    def _settings_paths(self) -> list[str]:
        """Where kyotei.toml may stand, the nearest first: the current folder, and upwards to the root."""
        here = PurePath(self.here)
        return [(folder / NAME).as_posix() for folder in (here, *here.parents)]

    def _path(self, given: Path) -> str:
        path = PurePath(os.path.relpath(os.path.realpath(given), self.root)).as_posix()
        if path.partition("/")[0] == "..":
            raise PathOutside(given.as_posix())
        return "" if path == "." else path

    def shown(self, path: str) -> str:
        """Return a file's name for people: counted from the current folder."""
        return path if self.here == "." else posixpath.relpath(path, self.here)

    def from_root(self, shown: str) -> str:
        """Return a file's name for people as git counts it."""
        return posixpath.normpath(posixpath.join(self.here, shown))

    def _unread(self, roots: Sequence[str], inside: Sequence[Blob]) -> Iterator[Diagnostic]:
        """Name what holds no bytes of its own: files in conflict, submodules, a folder without anything."""
        for path in dict.fromkeys(
            blob.path for blob in inside if not blob.merged and _is_ours(roots, blob.path)
        ):
            yield self._finding(path, "file-unmerged")
        for blob in inside:
            if blob.is_a(git.SUBMODULE) and blob.merged:
                yield self._finding(blob.path, "submodule")
        for root in roots:
            if not is_named(root) and not any(_is_below([root], blob.path) for blob in inside):
                yield self._finding(root or ".", "folder-empty", Severity.WARNING)

    def _links(self, roots: Sequence[str], inside: Sequence[Blob], files: set[str]) -> Iterator[Diagnostic]:
        """Name the links that could hide an agreement; one to a file of the register hides none."""
        links = [blob for blob in inside if blob.is_a(git.LINK) and blob.merged]
        for link, raw in zip(links, git.contents([link.name for link in links], MOST_BYTES), strict=True):
            target = os.fsdecode(raw)
            path = posixpath.normpath(posixpath.join(posixpath.dirname(link.path), target))
            if path in files:
                continue
            if any(blob.path.startswith(f"{path}/") for blob in self.blobs):
                yield self._finding(link.path, "link-to-folder", target=target)
            elif _is_ours(roots, link.path):
                yield self._finding(link.path, "link-leaves-folder", target=target)

    def _finding(
        self, path: str, message: str, severity: Severity = Severity.ERROR, **values: str
    ) -> Diagnostic:
        return Diagnostic(Place(self.shown(path)), severity, message, values)


def _read(file: tuple[str, bytes]) -> Reading:
    name, raw = file
    return read_entry(raw, name)


def _is_ours(roots: Iterable[str], path: str) -> bool:
    """Tell whether a path is an agreement's: given itself, or so named and below a given folder."""
    return path in roots or (is_named(path) and _is_below(roots, path))


def _is_below(roots: Iterable[str], path: str) -> bool:
    """Tell whether a path is one of `roots` or below one, with no name beginning with a dot on the way."""
    for root in roots:
        if path == root:
            return True
        folder = f"{root}/" if root else ""
        if path.startswith(folder) and not any(name[0] == "." for name in path[len(folder) :].split("/")):
            return True
    return False
