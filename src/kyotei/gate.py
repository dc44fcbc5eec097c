"""What a commit answers for: the files that it touches, and what it takes from those that it does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei import git
from kyotei.diagnostics import Severity
from kyotei.entry import read_entry
from kyotei.text import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kyotei.diagnostics import Diagnostic
    from kyotei.git import Blob
    from kyotei.rules import Surveyed
    from kyotei.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Touch:
    """What the next commit changes of a register: the names of the files, and what was there before."""

    names: frozenset[str]
    before: Sequence[Blob]


def touch(snapshot: Snapshot, paths: Sequence[Path]) -> Touch:
    """Return what the next commit changes of the register under `paths`, with its kyotei.toml."""
    roots = snapshot.paths(paths)
    before = [blob for blob in git.changes() if snapshot.concerns(roots, blob.path)]
    return Touch(frozenset(snapshot.shown(blob.path) for blob in before), before)


def answered_for(told: Surveyed[None], touched: Touch) -> Surveyed[None]:
    """Return what was found, with an error that the commit has no part in as a warning.

    It has a part in an error about a file that it touches, or that names such a file (two with one id); and
    in one that misses an id which it takes away.
    """
    lost = _lost(touched, told) if any(_is_strange(found, touched) for found in told.diagnostics) else set()
    found = (
        found._replace(severity=Severity.WARNING)
        if _is_strange(found, touched) and found.values.get("id") not in lost
        else found
        for found in told.diagnostics
    )
    return told._replace(diagnostics=tuple(found))


def _is_strange(found: Diagnostic, touched: Touch) -> bool:
    """Tell whether an error neither stands in a touched file nor names one."""
    named = {found.place.file, found.values.get("file")}
    return found.severity is Severity.ERROR and touched.names.isdisjoint(named)


def _lost(touched: Touch, told: Surveyed[None]) -> set[str]:
    """Return the ids that the touched files had and that no file has any more."""
    files = [blob.name for blob in touched.before if blob.is_a(git.FILE)]
    entries = (read_entry(raw, "")[0] for raw in git.contents(files, MOST_BYTES))
    return {one.agreement.id for one in entries if one} - {trace.id for trace in told.traces}
