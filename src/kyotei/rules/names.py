"""Rules about ids, roles and parties: who and what is meant."""

from __future__ import annotations

from itertools import combinations
from pathlib import PurePath
from typing import TYPE_CHECKING
from unicodedata import normalize

from kyotei.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.model import Notice, Party, Termination
    from kyotei.source import Path

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def id_not_file_name(entry: Entry) -> Iterator[Diagnostic]:
    """Find an id that is not the file's name: people look for the agreement in the wrong file."""
    stem = PurePath(entry.file).stem
    if stem != entry.agreement.id:
        yield entry.finding(WARNING, "id-not-file-name", ("id",), id=entry.agreement.id, stem=stem)


def role_duplicate(entry: Entry) -> Iterator[Diagnostic]:
    """Find a role of two parties: nobody can tell which of them a clause means."""
    seen: set[str] = set()
    for number, party in enumerate(entry.agreement.parties):
        if party.role in seen:
            yield entry.finding(ERROR, "role-duplicate", ("parties", number, "role"), role=party.role)
        seen.add(party.role)


def role_unknown(entry: Entry) -> Iterator[Diagnostic]:
    """Find a role that no party has, in a clause, a contact or an event."""
    roles = list(dict.fromkeys(party.role for party in entry.agreement.parties))
    for path, role in _named_roles(entry):
        if role not in roles:
            yield entry.finding(ERROR, "role-unknown", path, role=role, roles=", ".join(roles))


def party_duplicate(entry: Entry) -> Iterator[Diagnostic]:
    """Find a party that stands there twice. Two towns may share a name: other addresses tell them apart."""
    parties = enumerate(entry.agreement.parties)
    for (_, first), (number, other) in combinations(parties, 2):
        if same_name(first.name) == same_name(other.name) and not _live_apart(first, other):
            values = {"name": other.name, "role": first.role}
            yield entry.finding(WARNING, "party-duplicate", ("parties", number, "name"), **values)


def same_name(text: str) -> str:
    """Return what is equal for names that people take for equal: without spaces, in one width."""
    return "".join(normalize("NFKC", text).split())


def _live_apart(first: Party, other: Party) -> bool:
    return None not in {first.address, other.address} and first.address != other.address


def _named_roles(entry: Entry) -> Iterator[tuple[Path, str]]:
    """Yield every role that is named outside `parties`, with its place."""
    agreement = entry.agreement
    for key in ("notice", "termination"):
        yield from _objectors(getattr(agreement, key), (key,))
    for number, contact in enumerate(agreement.contacts):
        yield ("contacts", number, "party"), contact.party
    for number, event in enumerate(agreement.events):
        if event.type in {"notice", "withdrawal", "termination"} and event.by is not None:
            yield ("events", number, "by"), event.by
        if event.type == "succession":
            yield ("events", number, "party"), event.party
        if event.type == "amendment":
            for key in ("notice", "termination"):
                path: Path = ("events", number, "changes", key)
                yield from _objectors(getattr(event.changes, key), path)


def _objectors(clause: Notice | Termination | None, path: Path) -> Iterator[tuple[Path, str]]:
    if clause is not None and clause.by != "either":
        for number, role in enumerate(clause.by):
            yield (*path, "by", number), role
