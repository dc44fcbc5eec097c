"""What was found in a text: a field, its value, the words it came from, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from kyotei.text import spot_of

Confidence: TypeAlias = Literal["sure", "check"]
FieldPath: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A field of the file as the text states it.

    `path` leads to the field (`("term", "end")`), `value` is what the file writes there. `line` and `column`
    count from 1 in the text that was given, `text` are the words. What is to be looked at has `check` and
    the name of a reason, a sentence of the section `draft`.
    """

    path: FieldPath
    value: str | tuple[str, ...]
    line: int
    column: int
    text: str
    confidence: Confidence = "sure"
    reason: str | None = None


def found(  # noqa: PLR0913 (a field, its value, its words, its doubt)
    source: str,
    path: FieldPath,
    value: str | tuple[str, ...],
    words: tuple[int, int],
    *,
    reason: str | None = None,
) -> Found:
    """Return a field with the words of the source from one offset to another."""
    first, last = words
    spot = spot_of(source, first)
    shown = " ".join(source[first:last].split())
    return Found(path, value, spot.line + 1, spot.column + 1, shown, "check" if reason else "sure", reason)
