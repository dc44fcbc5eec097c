"""Facts -> the nested data of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyotei.importing.facts import Fact
    from kyotei.source import Path, Value


def nested(facts: Iterable[Fact]) -> dict[str, Value]:
    """Return the file's data: what the facts say, at their paths; remarks are lines below each other."""
    data: dict[str, Any] = {}
    for fact in facts:
        _put(data, fact.path, fact.value)
    return data


def _put(data: Any, path: Path, value: Value) -> None:  # noqa: ANN401 (a mapping, or a list within one)
    step, *rest = path
    if rest:
        inner: Any = [] if isinstance(rest[0], int) else {}
        if isinstance(data, list):
            if step == len(data):
                data.append(inner)
        else:
            inner = data.setdefault(step, inner)
        _put(data[step], tuple(rest), value)
    elif step in data and isinstance(data[step], list):
        data[step] += [item for item in value if item not in data[step]]
    elif step in data and step == "notes":
        data[step] += f"\n{value}"
    elif not (step in data and value == {}):
        data[step] = (
            dict(value) if isinstance(value, dict) else list(value) if isinstance(value, list) else value
        )
