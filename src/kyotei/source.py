"""YAML text -> plain data that remembers its places. The one home of ruamel.yaml.

One pass over the parser's events, never its composer: scalars stay text, nesting is counted before anything
recurses, and what plain YAML does not need (anchors, tags, second documents) is refused by name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import Any, NamedTuple, NoReturn, TypeAlias

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.main import CParser  # type: ignore[attr-defined] # None where the C parser is missing

from kyotei.text import FORBIDDEN, MOST_BYTES, Spot, line_at, lines, shortened, spot_of

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Path: TypeAlias = tuple[str | int, ...]

# A colon or question mark inside a word of plain text; behind a quote a colon may end a key, as in {"a":1}.
_INNER = r"(?<![\s\"']):(?=[^\s,\[\]{}])|(?<=[^\s,\[\]{}:-])\?"
_HIDDEN = {":": "\uf8fe", "?": "\uf8ff"}
"""The signs that stand in for them: private use, without a meaning of their own."""
_SHOWN = {ord(sign): inner for inner, sign in _HIDDEN.items()}
_CASES = (
    ("mapping values", ".colon"),
    ("unexpected end", ".quote"),
    ("',' or", ".bracket"),
    ("expected key", ".indent"),
    ("expected '-'", ".indent"),
    ("<block end>", ".indent"),
    ("unexpected ':'", ".word"),
    ("expected ':'", ".key"),
    ("found character", ".character"),
    ("sequence entries", ".dash"),
    ("mapping keys", ".question"),
    ("node content", ".value"),
    ("<document start>", ".after"),
    ("document end", ".after"),
    ("unexpected document", ".document"),
    ("tag", ".tag"),
    ("URI", ".tag"),
    ("'!'", ".tag"),
    ("'>'", ".tag"),
    ("whitespace or", ".tag"),
    ("escape", ".escape"),
    ("hexdecimal", ".escape"),
    ("alphabetic or", ".name"),
    ("comment or", ".block"),
    ("indicator", ".block"),
)
"""Words of both parsers, and the mistake that people made; the first that fits."""

# Before the document only blank lines and comments may stand.
_DIRECTIVE = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*+(?<![^\r\n])(?=%)")

MOST_DEPTH = 20
MOST_NODES = 20_000

# A key that is followed by what looks like a colon, or by a space that YAML does not know.
FULL_WIDTH = re.compile(r"^[ ]*(?:- )?[A-Za-z_]+(?P<mark>\uff1a|:\u3000)", re.MULTILINE)


class Refusal(Exception):  # noqa: N818 (what was written is refused; nothing went wrong here)
    """The text cannot be read as an agreement's file: a code, its values, and where."""

    def __init__(self, code: str, spot: Spot, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.spot = spot
        self.values = values


Node: TypeAlias = "tuple[Path, str | int | None]"
"""A value, or the key leading to it: the path of what it stands in, and its step there (None: the root)."""
Places: TypeAlias = "dict[Node, tuple[int, int]]"
"""Line and column of each, counted from 0."""


@dataclass(frozen=True)
class Document:
    """The data of one file, and the place of every value and key. The root has the empty path."""

    data: dict[str, Value]
    text: str
    values: Places
    keys: Places

    def spot(self, path: Path) -> Spot:
        """Return the place of the value at `path`, or of the nearest thing around it."""
        while (place := self.values.get(_node(path))) is None:
            path = path[:-1]
        return Spot(*place)

    def key_spot(self, path: Path) -> Spot:
        """Return the place of the key that leads to `path`, or of the value if it has none (an item)."""
        place = self.keys.get(_node(path))
        return self.spot(path) if place is None else Spot(*place)

    def line(self, number: int) -> str:
        """Return a line of the text, counted from 0; beyond the last one it is empty."""
        return line_at(self._lines, number)

    @cached_property
    def _lines(self) -> list[str]:
        return lines(self.text)

    def value(self, path: Path) -> Value | None:
        """Return the value at `path`, None where nothing stands."""
        found: Any = self.data
        for step in path:
            if isinstance(step, int) != isinstance(found, list) or isinstance(found, str):
                return None
            if isinstance(found, dict) and step not in found:
                return None
            found = found[step]
        return found  # type: ignore[no-any-return] # walked down from a Value


def _node(path: Path) -> Node:
    return (path[:-1], path[-1]) if path else ((), None)


def _path(node: Node) -> Path:
    parent, step = node
    return () if step is None else (*parent, step)


def read(raw: bytes) -> Document:
    """Return the document in `raw`, the bytes of one file. Raises Refusal with the first reason against."""
    if len(raw) > MOST_BYTES:
        raise Refusal("file-too-large", Spot(), most=str(MOST_BYTES // 1024))
    text = _decoded(raw)
    if found := FORBIDDEN.search(text):
        raise Refusal("character-forbidden", spot_of(text, found.start()), character=_named(found[0]))
    if found := _DIRECTIVE.match(text):
        raise Refusal("yaml-directive", spot_of(text, found.end()))
    builder = _Builder()
    try:
        _build(builder, text)
    except Refusal:
        raise
    except MarkedYAMLError as error:
        raise _syntax_refusal(text, error) from None
    except Exception as error:  # noqa: BLE001 (the parser lets eight types escape that are no YAMLError)
        raise Refusal("yaml-invalid", builder.last, problem=type(error).__name__) from None
    return _document(text, builder)


def _build(builder: _Builder, text: str) -> None:
    """Feed the parser's events to a builder.

    In braces and brackets the C parser refuses a colon or a question mark inside plain text, `{url: https://…}`,
    which YAML 1.2 allows and the Python parser reads. Where it refuses a text, such signs are hidden behind
    others, the text is read once more, and they are put back in the values. A text that is refused then too
    has a mistake of its own: where the reading came further.
    """
    try:
        _feed(builder, text)
    except MarkedYAMLError as error:
        if any(sign in text for sign in _HIDDEN.values()):
            raise
        builder.restart()
        try:
            _feed(builder, re.sub(_INNER, lambda found: _HIDDEN[found[0]], text))
        except MarkedYAMLError as other:
            raise max(error, other, key=_reached) from None


def _reached(error: MarkedYAMLError) -> tuple[int, int]:
    """Return how far a reading came that ended in an error."""
    mark = error.problem_mark or error.context_mark
    return mark.line, mark.column


def _feed(builder: _Builder, text: str) -> None:
    """Hand over the events of the C parser, asked directly: YAML() would search the disk for plug-ins."""
    take = builder.take
    if CParser is None:
        from kyotei.spare_parser import events  # noqa: PLC0415 (most machines have the C parser)

        for event in events(text):
            take(event)
        return
    parser = CParser(text)
    try:
        event = parser.get_event()
        while event is not None:
            take(event)
            event = parser.get_event()
    finally:
        parser.dispose()


def full_width(text: str, first: int = 0, last: int | None = None) -> Spot | None:
    """Return the place of a full-width colon, or of a full-width space after a colon, behind a key.

    Only the lines `first` to `last` are searched: elsewhere the text of a note may look like a key.
    """
    spots = (spot_of(text, found.start("mark")) for found in FULL_WIDTH.finditer(text))
    return next((spot for spot in spots if first <= spot.line <= (spot.line if last is None else last)), None)


def _document(text: str, builder: _Builder) -> Document:
    root = builder.root
    if isinstance(root, dict):
        if not text.endswith(("\n", "\r")):
            _settle_last(builder.values, text)
        return Document(root, text, builder.values, builder.keys)
    if spot := full_width(text):
        raise Refusal("colon-full-width", spot)
    if not root:
        raise Refusal("file-empty", Spot())
    raise Refusal("mapping-expected", Spot(*builder.values[_node(())]))


def _settle_last(values: Places, text: str) -> None:
    """Move what is not there, and stands for the C parser below a last line without an end, to its end."""
    end = spot_of(text, len(text))
    for node in list(takewhile(lambda node: values[node] > (end.line, end.column), reversed(values))):
        values[node] = end.line, end.column


def _syntax_refusal(text: str, error: MarkedYAMLError) -> Refusal:
    mark = error.problem_mark or error.context_mark
    spot = min(Spot(mark.line, mark.column), spot_of(text, len(text)))  # its end of the file is a line below
    first = error.context_mark.line if error.context_mark else _line_before(text, spot.line)
    if full := full_width(text, first, spot.line):
        return Refusal("colon-full-width", full)
    problem = str(error.problem or error.context)
    case = _case(text, spot, f"{problem} {error.context}")
    return Refusal(f"yaml-invalid{case}", spot, problem=problem)


def _case(text: str, spot: Spot, problem: str) -> str:
    """Name the usual mistakes, in the words of both parsers, so that a sentence can say what to write."""
    line = line_at(lines(text), spot.line)
    if line[spot.column : spot.column + 1] == "\t":
        return ".tab"
    case = next((case for words, case in _CASES if words in problem), "")
    return ".indent" if case == ".colon" and not re.search(r":\s", line[: spot.column]) else case


def _line_before(text: str, number: int) -> int:
    """Return the last line that may go on in line `number`: not blank, no comment, not indented deeper."""
    found = lines(text)[: number + 1]
    indents = [len(line) - len(line.lstrip(" ")) for line in found]
    said = [at for at, line in enumerate(found[:-1]) if line.strip() and not line.lstrip().startswith("#")]
    return said[-1] if said and indents[said[-1]] <= indents[-1] else number


def _decoded(raw: bytes) -> str:
    """Decode UTF-8, with or without a byte order mark; else say what it seems to be."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()  # its object lacks the byte order mark
        raise Refusal("encoding-invalid", spot_of(before, len(before)), guess=_encoding(raw)) from None


def _encoding(raw: bytes) -> str:
    """Guess the encoding of text that is not UTF-8, empty if none fits. Never `shift_jis`: cp932 is real.

    Two Japanese letters in a row are asked for: one alone may be an accented letter of Latin-1.
    """
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "UTF-16"
    for name in ("euc_jp", "cp932"):
        try:
            if re.search("[ぁ-ヶー一-龠]{2}", raw.decode(name)):
                return name
        except UnicodeDecodeError:
            continue
    return ""


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


@dataclass(slots=True)
class _Builder:
    """Builds plain data from events; `stack` holds the open collections, with the key that waits.

    Every file of the register passes through here event by event, so scalars, which are most of it, take the
    short way: nothing is called or made for them that few of them need.
    """

    root: Value = ""
    values: Places = field(default_factory=dict)
    keys: Places = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0
    hidden: bool = False

    @property
    def path(self) -> Path:
        """The path of the latest value."""
        return _path(next(reversed(self.values)))

    @property
    def last(self) -> Spot:
        """Where the latest value began."""
        return Spot(*next(reversed(self.values.values()), (0, 0)))

    def restart(self) -> None:
        """Forget what was read so far; from now on the text has hidden signs."""
        self.hidden = True
        self.values.clear()
        self.keys.clear()
        self.stack.clear()
        self.documents = 0

    def take(self, event: Any) -> None:  # noqa: ANN401 (ruamel's events share no useful type)
        kind = type(event)
        if kind is ScalarEvent:
            if event.anchor or event.ctag:
                _refuse(event)
            text: str = event.value
            if self.hidden or event.style == '"':
                text = self._checked(event)
            top = self.stack[-1] if self.stack else None
            if top is not None and top.expects_key:
                self._key(top, text, event)
            else:
                self._put(top, text, event)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self.stack.pop()
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            self._open(event, kind is MappingStartEvent)
        elif kind is AliasEvent:
            raise Refusal("yaml-alias", _spot(event), name=shortened(event.anchor))
        elif kind is DocumentStartEvent:
            self._document(event)

    def _document(self, event: DocumentStartEvent) -> None:
        self.documents += 1
        if event.version or event.tags:
            raise Refusal("yaml-directive", _spot(event))
        if self.documents > 1:
            raise Refusal("yaml-documents", _spot(event))

    def _open(self, event: Any, mapping: bool) -> None:  # noqa: ANN401, FBT001 (as above; two kinds of collection)
        if event.anchor or event.tag:
            _refuse(event)
        top = self.stack[-1] if self.stack else None
        if top is not None and top.expects_key:
            raise Refusal("key-not-text", _spot(event))
        value: Value = {} if mapping else []
        self._put(top, value, event)
        self.stack.append(_Open(value, self.path, mapping, expects_key=mapping))
        if len(self.stack) > MOST_DEPTH:
            raise Refusal("yaml-too-deep", _spot(event), most=str(MOST_DEPTH))

    def _key(self, top: _Open, key: str, event: ScalarEvent) -> None:
        if not key.isascii():
            key = unicodedata.normalize("NFC", key)
        if key == "<<":
            raise Refusal("yaml-merge", _spot(event))
        if key in top.value:
            first, _ = self.keys[top.path, key]
            raise Refusal("key-duplicate", _spot(event), key=shortened(key), line=str(first + 1))
        top.key = key
        top.expects_key = False
        mark = event.start_mark
        self.keys[top.path, key] = mark.line, mark.column

    def _checked(self, event: ScalarEvent) -> str:
        """Return a scalar's text; escapes in double quotes may not smuggle in what no file may hold."""
        text: str = event.value.translate(_SHOWN) if self.hidden else event.value
        if event.style == '"' and (found := FORBIDDEN.search(text)):
            raise Refusal("character-forbidden", _spot(event), character=_named(found[0]))
        return text

    def _put(self, top: _Open | None, value: Value, event: Any) -> None:  # noqa: ANN401 (as above)
        """Put a value where the innermost open collection waits for one."""
        mark = event.start_mark
        if top is None:
            self.root = value
            self.values[(), None] = mark.line, mark.column
        elif top.mapping:
            top.value[top.key] = value
            top.expects_key = True
            self.values[top.path, top.key] = mark.line, mark.column
        else:
            self.values[top.path, len(top.value)] = mark.line, mark.column
            top.value.append(value)
        if len(self.values) > MOST_NODES:
            raise Refusal("yaml-too-many", _spot(event), most=str(MOST_NODES))


@dataclass(slots=True)
class _Open:
    """A collection that is still being read."""

    value: Any
    path: Path
    mapping: bool
    expects_key: bool
    key: str = ""


def _spot(event: Any) -> Spot:  # noqa: ANN401 (as above)
    return Spot(event.start_mark.line, event.start_mark.column)


def _refuse(event: Any) -> NoReturn:  # noqa: ANN401 (as above)
    """Refuse an anchor or a tag."""
    kind, name = ("yaml-anchor", event.anchor) if event.anchor else ("yaml-tag", event.tag)
    raise Refusal(kind, _spot(event), name=shortened(name))


class Extent(NamedTuple):
    """Where a value's own text ends (comments and blank lines after it are not), and how it is written."""

    end: Spot
    flow: bool


def extents(text: str) -> dict[Path, Extent]:
    """Return the extent of every value in a text that `read` accepts, for whoever writes beside it."""
    surveyor = _Surveyor()
    _build(surveyor, text)
    return surveyor.extents


@dataclass(slots=True)
class _Surveyor(_Builder):
    """A builder that also notes where values end; a block collection ends where the last value in it does."""

    extents: dict[Path, Extent] = field(default_factory=dict)
    flows: set[Path] = field(default_factory=set)
    end: Spot = field(default_factory=Spot)

    def take(self, event: Any) -> None:  # noqa: ANN401 (as above)
        known = len(self.values)
        closed = self.stack[-1].path if type(event) in {MappingEndEvent, SequenceEndEvent} else None
        _Builder.take(self, event)
        if closed is not None:
            if closed in self.flows:
                self.end = Spot(event.end_mark.line, event.end_mark.column)
            self.extents[closed] = Extent(self.end, closed in self.flows)
        elif len(self.values) > known:
            self._opened(event, self.path)

    def _opened(self, event: Any, path: Path) -> None:  # noqa: ANN401 (as above)
        if type(event) is ScalarEvent:
            self.end = Spot(event.end_mark.line, event.end_mark.column)
            self.extents[path] = Extent(self.end, flow=False)
        elif event.flow_style:
            self.flows.add(path)
