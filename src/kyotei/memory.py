"""What was told of each file of a large register before, so that a commit judges anew only what is new.

An answer is kept under the name of the file and of its content, and all of them under one seal: a digest
of whatever else it depends on (the day asked for, every line of this program, Python and the libraries that
read) and of the answers themselves. Where that does not fit, all is forgotten. The answers lie in git's own
folder, where nobody commits them, and may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kyotei.diagnostics import Diagnostic, Place, Severity
from kyotei.rules import Told
from kyotei.rules.traces import Mark, Successor, Trace
from kyotei.writing import NotWritten, deliver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kyotei.register import Files, Reading
    from kyotei.snapshot import Held

NAME = "judged.json"
READERS = ("pydantic", "pydantic_core", "ruamel.yaml", "ruamel.yaml.clib")
PROGRAM = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Memory:
    """The answers in a `folder` of git's, as of one day."""

    folder: Path
    as_of: date

    def told(
        self, files: Files[tuple[str, bytes]], tell: Callable[[Reading], Told[None]]
    ) -> Iterator[Told[None]]:
        """Yield what is told of each file as git holds it, in their order; one seen before is not read."""
        held, seal = cast("Held", files.files), _seal(self.as_of)
        contents = dict(zip(held.names, held.objects, strict=True))
        known = {name: kept for name, kept in self._known(seal).items() if kept[0] == contents.get(name)}
        fresh = held.without(known)
        found = dict(zip(fresh.names, replace(files, files=fresh).told(tell), strict=True))
        if found:
            new = {name: [contents[name], *_plain(told)] for name, told in found.items()}
            self._keep(seal, known | new)
        for name in contents:
            yield found[name] if name in found else _told(name, *known[name][1:])

    def _known(self, seal: bytes) -> dict[str, list[Any]]:
        """Return what was kept, if the seal fits: name -> the name of its content, and what was told."""
        with suppress(OSError):
            digest, _, kept = (self.folder / NAME).read_bytes().partition(b"\n")
            if digest == _digest(seal, kept):
                return cast("dict[str, list[Any]]", json.loads(kept))
        return {}

    def _keep(self, seal: bytes, known: Mapping[str, list[Any]]) -> None:
        """Keep what is known now; where that cannot be written, the next run judges everything again."""
        kept = json.dumps(known).encode()
        with suppress(OSError, NotWritten):
            self.folder.mkdir(exist_ok=True)
            deliver(self.folder / NAME, _digest(seal, kept) + b"\n" + kept)


def _seal(as_of: date) -> bytes:
    """Return a digest of all that answers depend on beside a file's name and content.

    A program without its sources beside it could be any: its seal never fits again.
    """
    seen = hashlib.sha256(repr((as_of, sys.version, [*map(_version, READERS)])).encode())
    sources = list(_sources())
    for file in sources:
        seen.update(file.encode() + Path(file).read_bytes())
    return seen.digest() if sources else os.urandom(seen.digest_size)


def _sources() -> Iterator[str]:
    """Yield every file of this program's source; by pathlib it takes twice as long."""
    for folder, inner, names in os.walk(PROGRAM):
        inner.sort()
        yield from (f"{folder}/{name}" for name in sorted(names) if name.endswith(".py"))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # without its C parser ruamel.yaml reads too
        return ""


def _digest(seal: bytes, kept: bytes) -> bytes:
    return hashlib.sha256(seal + kept).hexdigest().encode()


def _plain(told: Told[None]) -> list[Any]:
    """Return what was told of a file as JSON can hold it, without the file's name; nobody asked for more."""
    return [[_plain_finding(one) for one in told.findings], [_plain_trace(one) for one in told.traces]]


def _plain_finding(found: Diagnostic) -> list[Any]:
    return [*found.place[1:], *found[1:]]


def _plain_trace(trace: Trace) -> list[Any]:
    successors = [[one.on.isoformat(), one.by, one.mark] for one in trace.successors]
    unused = {code: _plain_finding(one) for code, one in trace.unused.items()}
    return [trace.id, trace.identity, trace.id_mark, trace.title_mark, successors, unused]


def _told(file: str, findings: Sequence[Any], traces: Sequence[Any]) -> Told[None]:
    return Told([_finding(file, *one) for one in findings], tuple(_trace(file, *one) for one in traces))


def _finding(file: str, line: int, column: int, severity: str, *rest: Any) -> Diagnostic:  # noqa: ANN401 (from JSON)
    return Diagnostic(Place(file, line, column), Severity(severity), *rest)


def _trace(  # noqa: PLR0913, PLR0917 (a trace has as many parts)
    file: str,
    identifier: str,
    identity: str,
    id_mark: Sequence[Any],
    title_mark: Sequence[Any],
    successors: Sequence[Any],
    unused: Mapping[str, Any],
) -> Trace:
    return Trace(
        file,
        identifier,
        identity,
        Mark(*id_mark),
        Mark(*title_mark),
        tuple(Successor(date.fromisoformat(on), by, Mark(*mark)) for on, by, mark in successors),
        {code: _finding(file, *one) for code, one in unused.items()},
    )
