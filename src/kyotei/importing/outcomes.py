"""Every record of a list -> what becomes of it: a file to be made, one that exists already, or a failure.

A file is only made once the reader, the model and the rules have accepted its text. Nothing is written here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

from kyotei.diagnostics import Severity
from kyotei.entry import read_entry
from kyotei.importing.drafts import draft_of
from kyotei.importing.facts import Problem, Said
from kyotei.importing.ids import make_id
from kyotei.importing.records import Passed, is_loose, records
from kyotei.importing.vocabulary import plain
from kyotei.importing.yaml_text import file_text
from kyotei.register import Register
from kyotei.rules import judged
from kyotei.source import Refusal, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.importing.columns import Headed
    from kyotei.importing.drafts import Draft
    from kyotei.importing.facts import Fact, Origin
    from kyotei.importing.records import Record
    from kyotei.importing.rows import Wishes
    from kyotei.messages import Words
    from kyotei.source import Value

Key: TypeAlias = tuple[str, str, frozenset[str]]
"""Title, day of signing and parties: what makes two agreements the same one."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is, or would be, made; `warnings` are those of the rules."""

    draft: Draft
    entry: Entry
    text: str
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def row(self) -> int:
        """The row of the list."""
        return self.draft.record.row

    @property
    def checks(self) -> list[Fact]:
        """What is to be looked at."""
        return self.draft.checks


@dataclass(frozen=True, slots=True)
class Exists:
    """A row whose agreement stands in the register already."""

    record: Record
    identifier: str
    file: str

    @property
    def row(self) -> int:
        """The row of the list."""
        return self.record.row


@dataclass(frozen=True, slots=True)
class Failed:
    """A row that becomes no file, with every reason."""

    record: Record
    problems: tuple[Problem, ...]

    @property
    def row(self) -> int:
        """The row of the list."""
        return self.record.row


Outcome: TypeAlias = Made | Exists | Failed | Passed


@dataclass(frozen=True)
class Office:
    """Where files go and what is there: the register, the names that are taken, how ids are made."""

    folder: str
    register: Register
    taken: set[str]
    romanised: Callable[[str], str] | None
    words: Words
    head: Callable[[Record], str]
    levels: Mapping[str, str]
    rows: dict[Key | str, int] = field(default_factory=dict)
    """Row of this list in which a key or an id stood first."""

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The register's agreements by id."""
        return {entry.agreement.id: entry for entry in self.register.entries}

    @cached_property
    def by_key(self) -> dict[Key, Entry]:
        """The same by what makes an agreement itself."""
        return {_key_of_entry(entry): entry for entry in self.register.entries}


def outcomes(headed: Headed, wishes: Wishes, office: Office) -> Iterator[Outcome]:
    """Yield what becomes of each row, from above to below."""
    found = list(records(headed))
    for one, following in zip(found, [*found[1:], None], strict=True):
        if isinstance(one, Passed):
            yield one
        elif is_loose(headed, one):
            yield Failed(one, (Problem(Said("import", "row-loose")),))
        elif following and not isinstance(following, Passed) and is_loose(headed, following):
            values = {"row": str(following.row)}
            yield Failed(one, (Problem(Said("import", "row-above-loose", values)),))
        else:
            yield _outcome(headed, one, wishes, office)


def _outcome(headed: Headed, record: Record, wishes: Wishes, office: Office) -> Outcome:
    draft, problems = draft_of(headed, record, wishes)
    if draft is None:
        return Failed(record, tuple(problems))
    if exists := _existing(draft, office):
        return exists
    return _twice(draft, office) or _made(draft, wishes, office)


def _key(title: object, signed: object, names: Iterable[object]) -> Key:
    return plain(str(title)), str(signed), frozenset(plain(str(name)) for name in names)


def _key_of(data: Mapping[str, Value]) -> Key:
    names = [party["name"] for party in data["parties"] if isinstance(party, dict)]
    return _key(data["title"], data["signed"], names)


def _key_of_entry(entry: Entry) -> Key:
    known = entry.agreement
    return _key(known.title, known.signed.isoformat(), [party.name for party in known.parties])


def _existing(draft: Draft, office: Office) -> Exists | Failed | None:
    """Return the agreement of the register that a draft is; the id of another one is a failure."""
    key = _key_of(draft.data)
    if same := office.by_key.get(key):
        return Exists(draft.record, same.agreement.id, same.file)
    entry = office.by_id.get(str(draft.data.get("id", "")))
    if entry is None:
        return None
    title, signed, _ = _key_of_entry(entry)
    if title == key[0] or signed == key[1]:
        return Exists(draft.record, entry.agreement.id, entry.file)
    values = {"id": entry.agreement.id, "file": entry.file, "title": entry.agreement.title}
    return Failed(draft.record, (Problem(Said("import", "id-of-another", values), draft.origin(("id",))),))


def _twice(draft: Draft, office: Office) -> Failed | None:
    """Refuse an agreement, or an id, that stood in an earlier row."""
    marks: dict[str, Key | str] = {"row-twice": _key_of(draft.data)}
    if "id" in draft.data:
        marks["id-twice"] = str(draft.data["id"])
    for name, mark in marks.items():
        if mark in office.rows:
            said = Said("import", name, {"row": str(office.rows[mark])})
            origin = draft.origin(("id",)) if name == "id-twice" else None
            return Failed(draft.record, (Problem(said, origin),))
    office.rows.update(dict.fromkeys(marks.values(), draft.record.row))
    return None


def _made(draft: Draft, wishes: Wishes, office: Office) -> Made | Failed:
    """Return the file, if the reader, the model and the rules accept it."""
    given = draft.data.get("id")
    identifier = str(given or make_id(draft.data, wishes.own, office.taken, office.romanised))
    if given and identifier in office.taken:
        said = Said("import", "id-taken", {"file": f"{identifier}.yaml"})
        return Failed(draft.record, (Problem(said, draft.origin(("id",))),))
    text = file_text(draft, identifier, office.head(draft.record), office.words)
    file = (PurePath(office.folder) / f"{identifier}.yaml").as_posix()
    entry, found = read_entry(text.encode("utf-8"), file)
    if entry is None:
        return Failed(draft.record, tuple(_problem(draft, text, one) for one in found))
    if entry.document.data != {"id": identifier, **draft.data}:
        return Failed(draft.record, (Problem(Said("import", "not-as-meant")),))
    found = list(judged(Register((entry,), (), 1), None, office.levels, whole=False).diagnostics)
    if errors := [one for one in found if one.severity is Severity.ERROR]:
        return Failed(draft.record, tuple(_problem(draft, text, one) for one in errors))
    office.taken.add(identifier)
    return Made(draft, entry, text, tuple(found))


def _problem(draft: Draft, text: str, found: Diagnostic) -> Problem:
    """Return a finding about the file as one about the list's cell."""
    name = f"{found.message}.guess" if found.values.get("guess") else found.message
    return Problem(Said("finding", name, found.values), _origin(draft, text, found))


def _origin(draft: Draft, text: str, found: Diagnostic) -> Origin | None:
    """Return the cell from which the value at a finding's place came, or the nearest one above."""
    try:
        document = read(text.encode("utf-8"))
    except Refusal:
        return None
    spots = {fact.path: document.spot(fact.path) for fact in draft.facts}
    above = [path for path, spot in spots.items() if spot.line < found.place.line]
    return draft.origin(max(above, key=lambda path: spots[path])) if above else None
