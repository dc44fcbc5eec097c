"""An event into a file's text, every other byte kept: it is spliced in at the places that the reader knows.

Whatever is written is read again with the same reader and compared: the old data, and the event, and nothing
else.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from kyotei.dates.wareki import parse_date
from kyotei.source import Extent, Refusal, extents, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kyotei.source import Document, Path, Value
    from kyotei.text import Spot

Fields: TypeAlias = "Mapping[str, str | list[str] | Fields]"

BOM = b"\xef\xbb\xbf"

# Text that YAML reads as itself without quotes, in block and in flow style.
_PLAIN = re.compile(r"[\w〒（「『](?:[\w・、。（）「」『』～〜ー／＋．.+/@-]| (?=[\w（「]))*")


class CannotSplice(Exception):  # noqa: N818 (the text stays as it is)
    """The event cannot be added without changing something else."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A file's text with the offsets of its lines and its way of ending them."""

    text: str
    starts: tuple[int, ...]
    newline: str

    def offset(self, spot: Spot) -> int:
        return self.starts[spot.line] + spot.column

    def line_after(self, spot: Spot) -> int:
        """Return the offset at which the line after `spot` begins; a spot at a line's start is its own."""
        line = spot.line if spot.column == 0 else spot.line + 1
        return self.starts[line] if line < len(self.starts) else len(self.text)


def with_event(raw: bytes, event: Fields, on: date) -> bytes:
    """Return the file's bytes with one event added to `events`, in date order, after those of the same day.

    Raises CannotSplice where no way was found that leaves everything else as it is.
    """
    document = read(raw)
    place = _place(document, on)
    mark = BOM if raw.startswith(BOM) else b""
    for text in _candidates(document, event, place):
        new = mark + text.encode("utf-8")
        if _reads_as(new, _expected(document, event, place)):
            return new
    raise CannotSplice


def _reads_as(raw: bytes, data: dict[str, Value]) -> bool:
    try:
        return read(raw).data == data
    except Refusal:
        return False


def _place(document: Document, on: date) -> int:
    """Return the number of the item before which an event of this day belongs."""
    events = _events(document)
    later = [number for number, item in enumerate(events) if _on(item) > on]
    return later[0] if later else len(events)


def _on(event: Value) -> date:
    return parse_date(str(event["on"])) if isinstance(event, dict) else date.min


def _events(document: Document) -> list[Value]:
    events = document.data.get("events", [])
    return events if isinstance(events, list) else []


def _expected(document: Document, event: Fields, place: int) -> dict[str, Value]:
    events = _events(document)
    return {**document.data, "events": [*events[:place], _plain_data(event), *events[place:]]}


def _plain_data(fields: Fields) -> dict[str, Value]:
    return {key: _plain_value(value) for key, value in fields.items()}


def _plain_value(value: str | list[str] | Fields) -> Value:
    if isinstance(value, str):
        return value
    return list(value) if isinstance(value, list) else _plain_data(value)


def _candidates(document: Document, event: Fields, place: int) -> Iterator[str]:
    """Yield texts with the event in them; the first that reads as it should is taken."""
    text, where = _lined(document.text), extents(document.text)
    if ("events",) not in where:
        yield _appended(text, document, where, event)
        yield _before_last(text, document, event)
    elif where["events",].flow:
        yield _in_flow(text, document, where, event, place)
    else:
        yield _in_block(text, document, where, event, place)


def _in_flow(text: _Text, document: Document, where: Mapping[Path, Extent], event: Fields, place: int) -> str:
    """Add an item to `[ … ]`: before the item that follows it in time, else behind the last one."""
    item = _flow(event)
    if place < len(_events(document)):
        return _put(text, text.offset(document.spot(("events", place))), f"{item}, ")
    if place:
        return _put(text, text.offset(where["events", place - 1].end), f", {item}")
    return _put(text, text.offset(where["events",].end) - 1, item)


def _in_block(
    text: _Text, document: Document, where: Mapping[Path, Extent], event: Fields, place: int
) -> str:
    """Add an item to a list of `- ` lines, written as its neighbour is; a comment stays with what follows."""
    indent = " " * document.spot(("events",)).column
    neighbour = where["events", max(place - 1, 0)]
    item = f"- {_flow(event)}" if neighbour.flow else _block(event, text.newline + indent)
    if place:
        return _put_lines(text, text.line_after(neighbour.end), indent + item)
    return _put_lines(text, text.starts[document.key_spot(("events",)).line + 1], indent + item)


def _appended(text: _Text, document: Document, where: Mapping[Path, Extent], event: Fields) -> str:
    """Add the key `events` with its first item, at the end of the mapping."""
    if where[()].flow:
        last = (next(reversed(document.data)),)
        return _put(text, text.offset(where[last].end), f", events: [{_flow(event)}]")
    indent = " " * document.spot(()).column
    end = re.search(r"^\.\.\.", text.text, re.MULTILINE)
    item = f"{indent}events:{text.newline}{indent}  - {_flow(event)}"
    return _put_lines(text, end.start() if end else len(text.text), item)


def _before_last(text: _Text, document: Document, event: Fields) -> str:
    """Add the key `events` before the last one: a text block at the very end would swallow what follows."""
    key = document.key_spot((next(reversed(document.data)),))
    indent = " " * key.column
    item = f"{indent}events:{text.newline}{indent}  - {_flow(event)}"
    return _put_lines(text, text.starts[key.line], item)


def _put(text: _Text, offset: int, words: str) -> str:
    return text.text[:offset] + words + text.text[offset:]


def _put_lines(text: _Text, offset: int, lines: str) -> str:
    """Put whole lines at a line's start; a last line without an end keeps having none."""
    if offset == len(text.text) and not text.text.endswith(("\n", "\r")):
        return _put(text, offset, text.newline + lines)
    return _put(text, offset, lines + text.newline)


def _lined(text: str) -> _Text:
    ends = [len(line) for line in re.split(r"(?<=\r\n)|(?<=\n)|(?<=\r)(?!\n)", text)]
    found = re.search(r"\r\n|\n|\r", text)
    return _Text(text, (0, *accumulate(ends)), found[0] if found else "\n")


def _block(event: Fields, newline: str) -> str:
    """Return an item as one line per field."""
    return "- " + f"{newline}  ".join(f"{key}: {_value(value)}" for key, value in event.items())


def _flow(fields: Fields) -> str:
    return "{" + ", ".join(f"{key}: {_value(value)}" for key, value in fields.items()) + "}"


def _value(value: str | list[str] | Fields) -> str:
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return _flow(value)


def scalar(text: str) -> str:
    """Return text as YAML reads it back: bare where that is safe, else in quotes; nothing stays nothing.

    For us `null` would be safe, but editors with the schema would miss a value.
    """
    bare = not text or (_PLAIN.fullmatch(text) and text.lower() != "null")
    return text if bare else json.dumps(text, ensure_ascii=False)
