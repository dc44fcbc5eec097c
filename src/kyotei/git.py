"""Every question to git: its index, its commits, and what they hold. The one home of the program `git`.

Asked so that no setting of the user's and no file name changes an answer; names are kept byte by byte. What a
hook's environment says (GIT_DIR, GIT_INDEX_FILE) reaches git as it is: `commit -a` is judged by the index
that it will commit. No word of a user's ever becomes an option of git's.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FILE, LINK, SUBMODULE = "10", "12", "16"
"""How an entry's mode begins: a file (executable or not), a link, another repository's commit."""

_EMPTY = {
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
}
"""The name of an empty file, by SHA-1 and by SHA-256."""

_AT_ONCE = 100
"""Objects asked for before the answers are read: so few questions never fill a pipe, and nobody waits."""
_CHUNK = 1 << 16


class GitFailed(Exception):  # noqa: N818 (what happened, not whose error it is)
    """Git is not there, or refuses: the name of a sentence, with git's own reason."""

    def __init__(self, name: str, **values: str) -> None:
        super().__init__(name)
        self.name = name
        self.values = values


@dataclass(frozen=True, slots=True)
class Blob:
    """An entry of the index or of a commit: its path from the root, and whether it is in no conflict."""

    path: str
    mode: str
    name: str
    merged: bool = True

    def is_a(self, kind: str) -> bool:
        """Tell whether it is a FILE, a LINK or a SUBMODULE."""
        return self.mode.startswith(kind)


def top() -> str:
    """Return the repository's root, without links in it. Raises GitFailed where there is none with files."""
    return os.path.realpath(os.fsdecode(_git("rev-parse", "--show-toplevel").removesuffix(b"\n")))


def private(name: str) -> Path:
    """Return where this working tree's own folder of git keeps what is called `name`."""
    return Path(os.fsdecode(_git("rev-parse", "--git-path", name).removesuffix(b"\n")))


def index(root: str) -> list[Blob]:
    """Return what the index holds; a path in conflict once for each side of it."""
    listed = _git("ls-files", "-s", "-z", "--full-name", "--", os.path.relpath(root))
    blobs = [_staged(entry) for entry in _entries(listed)]
    announced = _announced() if any(blob.name in _EMPTY for blob in blobs) else set()
    return [blob for blob in blobs if blob.path not in announced]


def _announced() -> set[str]:
    """Return the paths that `git add -N` announced: the index has no content of theirs, nor will a commit."""
    return set(_entries(_git("diff-files", "--name-only", "--diff-filter=A", "--no-renames", "-z")))


def tree(commit: str) -> list[Blob]:
    """Return what a commit holds."""
    return [_committed(entry) for entry in _entries(_git("ls-tree", "-r", "-z", "--full-tree", commit))]


def changes() -> list[Blob]:
    """Return what was at each path that the next commit changes, with a mode of zeros where nothing was.

    Before the first commit nothing was anywhere.
    """
    plain = ("--no-abbrev", "--no-renames", "--no-relative", "--no-ext-diff", "--no-color")
    entries = _entries(_git("diff", "--cached", "--raw", "-z", *plain))
    return [_replaced(facts, path) for facts, path in zip(entries[::2], entries[1::2], strict=True)]


def commit(revision: str) -> str:
    """Return the full name of the commit that a revision means. Raises GitFailed if it means none."""
    if revision.startswith("-") or "\0" in revision:  # git would take the first for an option
        raise GitFailed("revision-unknown", revision=revision)
    try:
        return _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    except GitFailed as failed:
        if failed.values.get("reason"):
            raise
        raise GitFailed("revision-unknown", revision=revision or '""') from None


def contents(names: Sequence[str], most: int) -> Iterator[bytes]:
    """Yield the bytes of each object, of a longer one the first `most` + 1, all from one process."""
    if not names:
        return
    with _catalogue() as git:
        for start in range(0, len(names), _AT_ONCE):
            yield from _answers(git, names[start : start + _AT_ONCE], most)


def _git(*args: str) -> bytes:
    try:
        ran = subprocess.run(  # noqa: S603 (git, with options of ours)
            _command(*args), stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError as error:
        raise _missing(error) from None
    if ran.returncode:
        raise GitFailed("git-failed", reason=_reason(ran.stderr))
    return ran.stdout


def _command(*args: str) -> list[str]:
    return ["git", "--no-optional-locks", *args]


def _missing(error: OSError) -> GitFailed:
    return GitFailed("git-missing", reason=error.strerror or type(error).__name__)


def _reason(stderr: bytes) -> str:
    """Return git's own words on one line."""
    return " ".join(os.fsdecode(stderr).split()).removeprefix("fatal: ")


def _entries(listed: bytes) -> list[str]:
    return os.fsdecode(listed).split("\0")[:-1]


def _staged(entry: str) -> Blob:
    """Read `MODE NAME STAGE<tab>PATH`; a stage other than 0 is a side of a conflict."""
    facts, _, path = entry.partition("\t")
    mode, name, stage = facts.split()
    return Blob(path, mode, name, merged=stage == "0")


def _committed(entry: str) -> Blob:
    """Read `MODE TYPE NAME<tab>PATH`."""
    facts, _, path = entry.partition("\t")
    mode, _, name = facts.split()
    return Blob(path, mode, name)


def _replaced(facts: str, path: str) -> Blob:
    """Read `:OLD-MODE NEW-MODE OLD-NAME NEW-NAME LETTER` and a path."""
    mode, _, name, *_ = facts.removeprefix(":").split()
    return Blob(path, mode, name)


class _Catalogue:
    """A process that answers with objects."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        # Popen's types do not know that they are pipes.
        self.asked = cast("IO[bytes]", process.stdin)
        self.told = cast("IO[bytes]", process.stdout)
        self.said = cast("IO[bytes]", process.stderr)

    def failure(self, answer: bytes = b"") -> GitFailed:
        """Return why no object came: git's answer (`NAME missing`), or its last words once it has ended."""
        with suppress(BrokenPipeError):
            self.asked.close()
        return GitFailed("git-failed", reason=_reason(answer) or _reason(self.said.read()))


@contextmanager
def _catalogue() -> Iterator[_Catalogue]:
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(  # noqa: S603 (as above)
            _command("cat-file", "--batch"), stdin=pipe, stdout=pipe, stderr=pipe
        )
    except OSError as error:
        raise _missing(error) from None
    with process:
        yield _Catalogue(process)


def _answers(git: _Catalogue, names: Sequence[str], most: int) -> Iterator[bytes]:
    with suppress(BrokenPipeError):  # it has ended: the missing answer tells
        git.asked.write("".join(f"{name}\n" for name in names).encode())
        git.asked.flush()
    for _ in names:
        yield _content(git, most)


def _content(git: _Catalogue, most: int) -> bytes:
    """Read one answer: `NAME TYPE SIZE`, the bytes, a line end."""
    answer = git.told.readline()
    if len(answer.split()) != 3:  # noqa: PLR2004 (its three words)
        raise git.failure(answer)
    size = int(answer.split()[2])
    raw = git.told.read(min(size, most + 1))
    left = size - len(raw) + 1
    while left and (chunk := git.told.read(min(left, _CHUNK))):
        left -= len(chunk)
    if left:
        raise git.failure()
    return raw
