"""Fields as the mappings and lists of a file, and their order there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.drafting.evidence import Found

_ORDER = (
    "id",
    "title",
    "signed",
    "parties",
    "purpose",
    "cooperation",
    "term",
    "renewal",
    "notice",
    "termination",
    "confidentiality",
    "amendment",
    "consultation",
    "originals",
)
_KEYS = [
    "role",
    "name",
    "representative",
    "address",
    "clause",
    "start",
    "end",
    "mode",
    "length",
    "to",
    "limit",
    "times",
    "until",
    "total",
    "before_end",
    "by_date",
    "notice",
    "by",
    "form",
    "effective",
    "survives",
    "exceptions",
    "how",
]
_NUMBERS = {("originals",), ("renewal", "limit", "times")}


def rank(field: Found) -> tuple[int, str, int]:
    """Return where a field stands in the file."""
    top, *rest = field.path
    return _ORDER.index(top), rest[0] if top == "parties" else "", _KEYS.index(rest[-1]) if rest else 0


def nested(fields: Sequence[Found]) -> dict[str, Any]:
    """Return fields as the mappings and lists of a file."""
    data: dict[str, Any] = {}
    for field in fields:
        value: Any = list(field.value) if isinstance(field.value, tuple) else field.value
        if field.path in _NUMBERS:
            value = int(value)
        if field.path[0] == "parties":
            parties = data.setdefault("parties", [])
            while len(parties) <= int(field.path[1]):
                parties.append({})
            parties[int(field.path[1])][field.path[2]] = value
            continue
        inner = data
        for key in field.path[:-1]:
            inner = inner.setdefault(key, {})
        inner[field.path[-1]] = value
    return data
