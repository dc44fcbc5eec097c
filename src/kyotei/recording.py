"""One event, from what was asked for to the fields that stand in the file: no disk, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyotei.content import content
from kyotei.dates.length import parse_length
from kyotei.dates.wareki import parse_date
from kyotei.diagnostics import Fault
from kyotei.history import history
from kyotei.model import EVENTS, Changes
from kyotei.source import Refusal, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kyotei.edit import Fields
    from kyotei.model import Agreement, Part
    from kyotei.source import Value

_DAYS = {"on", "arrived", "effective", "until"}
_GIVEN = {"type", "changes"}
"""Fields that are not asked for by an option of their own name."""
EXCLUSIVE = (frozenset({"end", "length"}), frozenset({"length", "to"}), frozenset({"before_end", "by_date"}))
"""Keys of a clause that exclude each other."""


def wanted(kind: str) -> tuple[list[str], list[str]]:
    """Return the fields that an event of this type needs, and those that it may have besides."""
    fields = {name: field for name, field in EVENTS[kind].model_fields.items() if name not in _GIVEN}
    needed = [name for name, field in fields.items() if field.is_required()]
    return needed, [name for name in fields if name not in needed]


def event_fields(kind: str, given: Mapping[str, str], changes: Fields | None) -> dict[str, Any]:
    """Return an event as the file spells it, days in ISO form. Raises Fault, with the field as `key`."""
    needed, possible = wanted(kind)
    for name in given:
        if name not in {*needed, *possible}:
            raise Fault("option-not-for-type", key=name, type=kind)
    fields: dict[str, Any] = {"on": _written("on", given["on"]), "type": kind}
    fields |= {name: _written(name, given[name]) for name in [*needed, *possible] if name in given and name != "on"}
    return fields | ({"changes": changes} if changes else {})


def _written(name: str, text: str) -> str:
    try:
        if name in _DAYS:
            return parse_date(text).isoformat()
        return str(parse_length(text)) if name == "length" else text
    except Fault as fault:
        raise Fault(fault.message, **{**fault.values, "key": name}) from None


def changed_clauses(agreement: Agreement, on: date, changes: Sequence[str]) -> Fields:
    """Return the clauses that an amendment replaces, each whole: as it stands on the day, with what was given.

    A change is `clause.key=value` or `clause={key: value}`, such as `notice.before_end=1 month`. Raises Fault for
    any other form.
    """
    clauses: dict[str, Any] = {}
    for change in changes:
        path, _, text = change.partition("=")
        clause, dot, key = path.strip().partition(".")
        value = _value(text, change)
        if clause not in Changes.model_fields or isinstance(value, dict) == bool(dot and key != "limit"):
            raise Fault("change-invalid", text=change, clauses=", ".join(Changes.model_fields))
        if not dot:
            clauses[clause] = value
            continue
        clauses.setdefault(clause, _clause_text(agreement, on, clause))
        _set(clauses[clause], key, value)
    return clauses


def _value(text: str, change: str) -> Value:
    """Read what stands behind `=` as it would be read in a file."""
    try:
        return read(f"value: {text}".encode()).data["value"]
    except Refusal:
        raise Fault("change-invalid", text=change, clauses=", ".join(Changes.model_fields)) from None


def _set(clause: dict[str, Any], key: str, value: Value) -> None:
    """Set a key of a clause; the keys that exclude it go."""
    for group in EXCLUSIVE:
        if key in group:
            for other in group - {key}:
                clause.pop(other, None)
    clause[key] = value


def _clause_text(agreement: Agreement, on: date, name: str) -> dict[str, Any]:
    """Return a clause as it stands on a day, spelled as in a file. Of the term only the end can change."""
    if name == "term":
        return {}
    clause: Part | None = getattr(agreement, name)
    for event in history(agreement, on).amendments:
        clause = getattr(event.changes, name) or clause
    return {} if clause is None else content(clause)
