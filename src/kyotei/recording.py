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
from kyotei.text import FORBIDDEN, shortened, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kyotei.edit import Fields
    from kyotei.model import Agreement, Part
    from kyotei.source import Value

_DAYS = {"on", "arrived", "effective", "until"}
_REMARKS = {"note", "source"}
"""Fields that stand last."""
_GIVEN = {"type", "changes"}
"""Fields that are not asked for by an option of their own name."""
EXCLUSIVE = (frozenset({"end", "length"}), frozenset({"length", "to"}), frozenset({"before_end", "by_date"}))
"""Keys of a clause that exclude each other."""


def wanted(kind: str) -> tuple[list[str], list[str]]:
    """Return the fields that an event of this type needs, and those that it may have besides."""
    fields = {name: field for name, field in EVENTS[kind].model_fields.items() if name not in _GIVEN}
    needed = [name for name, field in fields.items() if field.is_required()]
    return needed, [name for name in fields if name not in needed]


def event_fields(kind: str, given: Mapping[str, str], changes: Fields | None) -> Fields:
    """Return an event as the file spells it, days in ISO form. Raises Fault, with the field as `key`."""
    needed, possible = wanted(kind)
    for name in given:
        if name not in {*needed, *possible}:
            raise Fault("option-not-for-type", key=name, type=kind)
    if changes and "changes" not in EVENTS[kind].model_fields:
        raise Fault("option-not-for-type", key="change", type=kind)
    fields: dict[str, Any] = {"on": _written("on", given["on"]), "type": kind}
    named = [name for name in sorted([*needed, *possible], key=_REMARKS.__contains__) if name in given]
    fields |= {name: _written(name, given[name]) for name in named if name != "on"}
    return fields | ({"changes": changes} if changes else {})


def _written(name: str, text: str) -> str:
    """Return a field's value as the file spells it."""
    try:
        checked(text)
        if name in _DAYS:
            return parse_date(text).isoformat()
        return str(parse_length(text)) if name == "length" else text
    except Fault as fault:
        raise Fault(fault.message, **{**fault.values, "key": name}) from None


def checked(text: str) -> str:
    """Return a text that a file may hold. Raises Fault for one with a character that nobody sees."""
    if found := FORBIDDEN.search(text):
        raise Fault("character-forbidden", character=shown(found[0]))
    return text


def changed_clauses(agreement: Agreement, on: date, effective: date, changes: Sequence[str]) -> Fields:
    """Return the clauses that an amendment made on a day replaces, each whole, as the file spells them.

    A clause stands as it would on its `effective` day, but for what was given. A change is
    `clause.key=value` or `clause={key: value}`, such as `notice.before_end=1 month`. Raises Fault for any
    other form.
    """
    clauses: dict[str, Any] = {}
    for change in changes:
        clause, key, value = _change(change)
        if not key:
            clauses[clause] = value
            continue
        clauses.setdefault(clause, _clause_text(agreement, on, effective, clause))
        _set(clauses[clause], key, value)
    return _normalised(clauses)


def _change(change: str) -> tuple[str, str, Value]:
    """Return the clause, its key (empty for a whole clause) and the value of one change."""
    path, sign, text = checked(change).partition("=")
    clause, _, key = path.strip().partition(".")
    value = _value(text) if sign else None
    is_clause = isinstance(value, dict) and key in {"", "limit"}
    is_value = isinstance(value, str | list) and key not in {"", "limit"} and "." not in key
    if value is None or clause not in Changes.model_fields or not (is_clause or is_value):
        raise Fault("change-invalid", text=shortened(change), clauses=", ".join(Changes.model_fields))
    return clause, key, value


def _value(text: str) -> Value | None:
    """Read what stands behind `=` as it would be read in a file; None if it is not one value."""
    try:
        found = read(f"value: {text}".encode()).data
    except Refusal:
        return None
    return found["value"] if len(found) == 1 else None


def _set(clause: dict[str, Any], key: str, value: Value) -> None:
    """Set a key of a clause; the keys that exclude it go."""
    for group in EXCLUSIVE:
        if key in group:
            for other in group - {key}:
                clause.pop(other, None)
    clause[key] = value


def _clause_text(agreement: Agreement, on: date, effective: date, name: str) -> dict[str, Any]:
    """Return a clause as known on a day and standing on another, spelled as in a file."""
    clause: Part | None = getattr(agreement, name)
    for event in history(agreement, on).amendments:
        if event.effective <= effective:
            clause = getattr(event.changes, name) or clause
    found = {} if clause is None else content(clause)
    # of a term only the end can change
    return {key: found[key] for key in found if name != "term" or key == "clause"}


def _normalised(clauses: dict[str, Any]) -> dict[str, Any]:
    """Return clauses as the model spells them; what it refuses stays, to be found in its place."""
    try:
        return _texts(content(Changes.model_validate(_texts(clauses)))) if clauses else {}
    except ValueError:  # pydantic's own
        return clauses


def _texts(value: Any) -> Any:  # noqa: ANN401 (plain data of any depth)
    """Return plain data with every scalar as the text that stands in a file."""
    match value:
        case dict():
            return {key: _texts(item) for key, item in value.items()}
        case list():
            return [_texts(item) for item in value]
        case _:
            return str(value)
