"""A draft as the text of a file: each field below the words that it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyotei.edit import scalar
from kyotei.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyotei.drafting.draft import Draft
    from kyotei.drafting.evidence import FieldPath, Found
    from kyotei.messages import Words

_MOST_WORDS = 60
"""Signs of the source that a comment quotes."""


def page(words: Words, draft: Draft, file: str) -> str:
    """Return the YAML of a draft: what is missing at the top, then the fields with their evidence."""
    lines = [*_head(words, draft, file)]
    if draft.identifier:
        lines.append(f"id: {scalar(draft.identifier)}")
    opened: FieldPath = ()
    for field in draft.fields:
        lines += _opening(opened, field.path)
        opened = field.path
        lines += _comment(words, field)
        lines += _value(field)
    return "\n".join(lines) + "\n"


def _head(words: Words, draft: Draft, file: str) -> Iterator[str]:
    yield "# " + shown(words.say("draft", "head", file=file))
    optional = [path for path in draft.missing if path not in draft.required]
    for name, paths in (("missing", draft.required), ("unstated", optional)):
        if paths:
            yield "# " + words.say("draft", name, paths=", ".join(map(dotted, paths)))
    yield from (f"# {said}" for said in not_read(words, draft))


def not_read(words: Words, draft: Draft) -> Iterator[str]:
    """Yield what was not read, and why."""
    for one in draft.unread:
        yield words.say("draft", f"unread-{one.kind}", line=one.line, most=one.most)


def _opening(before: FieldPath, path: FieldPath) -> Iterator[str]:
    """Yield the keys and list signs that lead to a field and do not stand there yet."""
    if path[:1] != before[:1] and len(path) > 1:
        yield ""
        yield f"{path[0]}:"
    elif len(path) == 1:
        yield ""
    if path[0] == "parties":
        return
    if len(path) > 2:  # noqa: PLR2004 (renewal.limit.times)
        yield f"  {path[1]}:"


def _indent(depth: int) -> str:
    return "  " * depth


def _comment(words: Words, field: Found) -> Iterator[str]:
    """Yield where a field was read, in which words, and how sure that is."""
    depth = 2 if field.path[0] == "parties" and field.path[-1] != "role" else len(field.path) - 1
    if field.path[0] == "parties" and field.path[-1] == "role":
        depth = 1
    said = field.text if len(field.text) <= _MOST_WORDS else f"{field.text[:_MOST_WORDS]}…"
    reason = words.say("draft", f"reason-{field.reason}") if field.reason else ""
    name = "check" if field.reason else "sure"
    clause = f"{field.clause} " if field.clause else ""
    yield f"{_indent(depth)}# " + words.say(
        "draft", name, clause=clause, line=field.line, column=field.column, text=shown(said), reason=reason
    )


def _value(field: Found) -> Iterator[str]:
    key = field.path[-1]
    if field.path[0] == "parties":
        lead = "  - " if key == "role" else "    "
        yield f"{lead}{key}: {scalar(str(field.value))}"
    elif isinstance(field.value, str):
        yield f"{_indent(len(field.path) - 1)}{key}: {scalar(field.value)}"
    elif key == "by":
        yield f"{_indent(len(field.path) - 1)}{key}: [{', '.join(map(scalar, field.value))}]"
    else:
        yield f"{key}:"
        yield from (f"  - {scalar(item)}" for item in field.value)


def dotted(path: FieldPath) -> str:
    """Return a path as one word: term.end."""
    return ".".join(path)


def shape(draft: Draft) -> dict[str, Any]:
    """Return a draft for scripts: the agreement, the evidence for each field, and what was not found."""
    return {
        "agreement": draft.data,
        "evidence": [
            {
                "path": dotted(field.path),
                "line": field.line,
                "column": field.column,
                "text": field.text,
                "confidence": field.confidence,
                "reason": field.reason,
            }
            for field in draft.fields
        ],
        "missing": [dotted(path) for path in draft.missing],
        "unread": [{"kind": one.kind, "line": one.line} for one in draft.unread],
    }
