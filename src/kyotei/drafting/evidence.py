"""What was found in a text: a field, its value, the words it came from, and how sure that is."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

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
    clause: str = ""


class Unread(NamedTuple):
    """What was not read, because no agreement is like that: its kind, where it begins, how much is read."""

    kind: str
    line: int
    most: int


class Words(NamedTuple):
    """A stretch of the source, from one offset to before another, and the clause in which it stands."""

    clause: str
    first: int
    last: int


def found(
    source: str, path: FieldPath, value: str | tuple[str, ...], words: Words, *, reason: str | None = None
) -> Found:
    """Return a field with the words of the source that state it."""
    line, column = place_of(source, words.first)
    said = " ".join(source[words.first : words.last].split())
    confidence: Confidence = "check" if reason else "sure"
    return Found(path, value, line, column, said, confidence, reason, words.clause)


def place_of(source: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, from 1."""
    starts = _line_starts(source)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@lru_cache(maxsize=2)
def _line_starts(source: str) -> tuple[int, ...]:
    return 0, *(match.end() for match in re.finditer("\r\n|\r|\n", source))
