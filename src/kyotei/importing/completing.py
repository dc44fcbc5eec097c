"""What the columns of a row say together: parties, contacts, what fills gaps, what is still missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kyotei.importing.data import nested
from kyotei.importing.facts import Fact, Origin, Problem, Said, doubt
from kyotei.importing.parties import own_role, party_facts
from kyotei.importing.readers import facts_of
from kyotei.importing.sheet import Cell
from kyotei.importing.values import long_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kyotei.importing.rows import Row

_NEEDED = {
    "title": ("title",),
    "signed": ("signed",),
    "parties": ("parties", "others"),
    "term": ("term", "term.start", "term.end", "term.length"),
}
"""What every file needs, and the fields of columns that may say it."""
_EXCLUDED_BY = {
    "term.end": "term.length",
    "term.length": "term.end",
    "renewal.length": "renewal.to",
    "renewal.to": "renewal.length",
    "notice.before_end": "notice.by_date",
    "notice.by_date": "notice.before_end",
}
"""Fields of which a file has only one."""


def complete(row: Row) -> None:
    """Add to a row that has been read what its columns say together, and what it lacks."""
    _take_parties(row)
    _take_defaults(row)
    _take_contacts(row)
    _take_remarks(row)
    _fill_start(row)
    _judge_clauses(row)
    _doubt_roles(row)
    _miss_needed(row)


def _take_parties(row: Row) -> None:
    """Read the parties, from whichever columns name them."""
    whole = bool(row.headed.of("parties"))
    columns = row.headed.of("parties" if whole else "others")
    origins = [origin for column in columns for origin in row.origins(column)]
    if origins:
        row.attempt(lambda: row.take(party_facts(origins, row.wishes.own, whole=whole)))


def _take_defaults(row: Row) -> None:
    """Fill what the list leaves open with what was given for all rows."""
    for name, text in row.wishes.defaults.items():
        if _is_open(row, name):
            _take_default(row, name, Origin(Cell(0, 0, text), f"--default {name}"))


def _take_default(row: Row, name: str, origin: Origin) -> None:
    field = "renewal" if name == "renewal.mode" else name
    row.attempt(lambda: row.take(facts_of(field, origin, row.around)))


def _is_open(row: Row, name: str) -> bool:
    """Tell whether a field is open: nothing excludes it, and what it belongs to is there."""
    if any(row.fact(*taken.split(".")) for taken in (name, _EXCLUDED_BY.get(name, name))):
        return False
    of_renewal = name.startswith(("renewal.", "notice.")) and name != "renewal.mode"
    return not of_renewal or row.value("renewal", "mode") == "automatic"


def _take_contacts(row: Row) -> None:
    """Make contacts of our own party of its offices, telephones and addresses, which stand in order."""
    found = {key: _items(row, key) for key in ("office", "phone", "email")}
    row.facts = [fact for fact in row.facts if fact.path[0] not in found]
    if row.fact("parties", 0, "role") is None:
        return
    role = own_role([*nested(row.facts)["parties"]], row.wishes.own)
    for number, (office, origin) in enumerate(found["office"]):
        row.facts.append(Fact(("contacts", number, "party"), role, origin))
        row.facts.append(Fact(("contacts", number, "office"), office, origin))
        for key in ("phone", "email"):
            _take_beside(row, number, key, found)
    if not found["office"]:
        _take_alone(row, [*found["phone"], *found["email"]])


def _items(row: Row, key: str) -> list[tuple[str, Origin]]:
    facts = [fact for fact in row.facts if fact.path == (key,)]
    return [(str(item), fact.origin) for fact in facts for item in fact.value]


def _take_beside(row: Row, number: int, key: str, found: Mapping[str, list[tuple[str, Origin]]]) -> None:
    """Take the telephone that belongs to an office: its own, or all of them if there is one office."""
    items, offices = found[key], found["office"]
    if len(items) == len(offices):
        text, origin = items[number]
        row.facts.append(Fact(("contacts", number, key), text, origin))
    elif items and number == 0:
        texts = "、".join(text for text, _ in items)
        if len(offices) == 1:
            row.facts.append(Fact(("contacts", 0, key), texts, items[0][1]))
        else:
            _take_alone(row, items)


def _take_alone(row: Row, items: list[tuple[str, Origin]]) -> None:
    """Keep as remarks what no office can be told for: a contact has an office."""
    for text, origin in items:
        row.facts.append(Fact(("notes",), f"{origin.heading}: {text}", origin))


def _take_remarks(row: Row) -> None:
    """Keep unknown columns as remarks, if that is wished for."""
    for column in row.headed.columns if row.wishes.keeps_unknown else ():
        if not column.field:
            for origin in row.origins(column):
                text = f"{origin.heading}: {long_text(origin)}"
                row.facts.append(Fact(("notes",), text, origin))


def _fill_start(row: Row) -> None:
    """Let a term whose end is known begin with the signing, and mark it; a bare length is a problem."""
    if row.fact("term", "start"):
        return
    if end := row.fact("term", "end"):
        row.facts.append(Fact(("term", "start"), "signing", end.origin, doubt("check-start")))
    elif length := row.fact("term", "length"):
        row.problems.append(Problem(Said("import", "start-missing"), length.origin))


def _judge_clauses(row: Row) -> None:
    """Refuse clauses that lack what days hang on: how it renews, for how long, until when to object."""
    mode = row.fact("renewal", "mode")
    if row.value("renewal", "mode") == "automatic" and mode:
        if not (row.fact("renewal", "length") or row.fact("renewal", "to")):
            row.problems.append(Problem(Said("import", "renewal-length-missing"), mode.origin))
    elif mode is None:
        _miss(row, "renewal")
    if not (row.fact("notice", "before_end") or row.fact("notice", "by_date")):
        _miss(row, "notice")


def _miss(row: Row, group: str) -> None:
    """Name a clause of which something stands there, but not what it cannot do without."""
    facts = [fact for fact in row.facts if fact.path[0] == group]
    if facts:
        row.problems.append(Problem(Said("import", f"{group}-incomplete"), facts[0].origin))


def _doubt_roles(row: Row) -> None:
    """Doubt a clause that names roles where the list gives none: ours are in its order."""
    first = row.fact("parties", 0, "role")
    if first is None or any(f"{first.value}{sign}" in first.origin.text for sign in "：: \u3000"):
        return
    for number, fact in enumerate(row.facts):
        if fact.path[1:] == ("by",) and isinstance(fact.value, list):
            row.facts[number] = replace(fact, check=doubt("check-roles"))


def _miss_needed(row: Row) -> None:
    """Miss what every file needs, unless its cell is a problem already."""
    faulty = {problem.origin.heading for problem in row.problems if problem.origin}
    for name, fields in _NEEDED.items():
        headings = {column.heading for field in fields for column in row.headed.of(field)}
        if not any(fact.path[0] == name for fact in row.facts) and not headings & faulty:
            row.problems.append(Problem(Said("import", f"{name}-missing")))
