"""A draft -> its file's text; above each field the cell it came from, and what is to be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.edit import scalar
from kyotei.model import Agreement
from kyotei.text import shortened, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kyotei.importing.drafts import Draft
    from kyotei.importing.facts import Origin
    from kyotei.messages import Words
    from kyotei.source import Path, Value

_INDENT = "  "


def file_text(draft: Draft, identifier: str, head: str, words: Words) -> str:
    """Return the file's text; `head` is what stands above its first key."""
    data = {"id": identifier, **draft.data}
    ordered = {key: data[key] for key in Agreement.model_fields if key in data}
    lines = [line for key, value in ordered.items() for line in _field(draft, words, (key,), value, set())]
    return head + "\n".join(lines) + "\n"


def _field(draft: Draft, words: Words, path: Path, value: Value, told: set[Origin]) -> Iterator[str]:
    """Yield the lines of a key with its value, comments above; of what is `told` nothing is told again."""
    indent, key = _INDENT * (len(path) - 1), str(path[-1])
    yield from (f"{indent}# {line}" for line in _comments(draft, words, path, told))
    match value:
        case str():
            yield from _text(indent, key, value)
        case dict() if value:
            yield f"{indent}{key}:"
            inside: set[Origin] = set()
            for inner, each in _in_order(value).items():
                yield from _field(draft, words, (*path, inner), each, inside)
        case list() if value:
            yield f"{indent}{key}:"
            yield from (line for item in value for line in _item(item, indent + _INDENT))
        case _:  # a clause of which only is known that there is one
            yield f"{indent}{key}: {{}}"


def _item(item: Value, indent: str) -> Iterator[str]:
    """Yield the lines of an item of a list."""
    if isinstance(item, str):
        yield f"{indent}- {scalar(item)}"
        return
    fields = item if isinstance(item, dict) else {}  # no list of ours has lists in it
    lines = [line for key, value in fields.items() for line in _plain(key, value, indent + _INDENT)]
    yield f"{indent}- {lines[0].lstrip()}"
    yield from lines[1:]


def _plain(key: str, value: Value, indent: str) -> Iterator[str]:
    """Yield a key within an item, which has no comments."""
    match value:
        case str():
            yield f"{indent}{key}: {scalar(value)}"
        case list():
            yield f"{indent}{key}: [{', '.join(scalar(str(each)) for each in value)}]"
        case _:
            yield f"{indent}{key}:"
            for inner, each in value.items():
                yield from _plain(inner, each, indent + _INDENT)


def _text(indent: str, key: str, value: str) -> Iterator[str]:
    """Yield a text, one of several lines as a block."""
    lines = value.split("\n")
    if len(lines) == 1 or any(line != line.strip() or not line for line in lines):
        yield f"{indent}{key}: {scalar(value)}"
        return
    yield f"{indent}{key}: |-"
    yield from (f"{indent}{_INDENT}{line}" for line in lines)


def _in_order(value: Mapping[str, Value]) -> dict[str, Value]:
    """Return a clause with its article first, as on paper."""
    first = [key for key in ("clause", "mode", "start") if key in value]
    return {key: value[key] for key in (*first, *(key for key in value if key not in first))}


def _comments(draft: Draft, words: Words, path: Path, told: set[Origin]) -> Iterator[str]:
    """Yield where a field's value stands in the list, and what is to be looked at, each once."""
    facts = [fact for fact in draft.facts if fact.path == path or _is_list(fact.path, path)]
    for origin in dict.fromkeys(fact.origin for fact in facts if fact.origin not in told):
        yield _source(words, origin)
        told.add(origin)
    for check in {fact.check.name: fact.check for fact in facts if fact.check}.values():
        reason = shown(words.say(check.section, check.name, **check.values))
        yield words.say("import", "comment-check", reason=reason)


def _is_list(path: Path, at: Path) -> bool:
    """Tell whether a fact belongs to a list that gets one comment: parties, contacts."""
    return path[: len(at)] == at and len(path) > len(at) and isinstance(path[len(at)], int)


def _source(words: Words, origin: Origin) -> str:
    """Return a cell with its heading and what it says: D5 締結日「令和2年11月18日」."""
    values = {"cell": origin.reference, "heading": shown(origin.heading), "text": _said(origin.text)}
    return words.say("import", "comment-source" if origin.reference else "comment-given", **values).strip()


def _said(text: str) -> str:
    return shown(shortened(" ".join(text.split())))
