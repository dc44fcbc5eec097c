"""The parser for a machine without ruamel's C parser: ruamel's own in Python, taught to read as that does.

A register must not change its findings with the machine on which it is read. The C parser reads YAML 1.1,
lets tabs stand between words, and tells other places of what is not there; here each of these ways is put
over the Python parser's, one method for each. A problem is named by the words by which `source` tells it.
"""
# What ruamel calls, and calls so, has no types of its own:
# ruff: noqa: ANN401, N803

from __future__ import annotations

import re
from string import ascii_letters, digits, hexdigits
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import ScalarEvent
from ruamel.yaml.parser import Parser
from ruamel.yaml.scanner import Scanner, ScannerError
from ruamel.yaml.tokens import (
    BlockEndToken,
    DocumentEndToken,
    KeyToken,
    ScalarToken,
    ValueToken,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERSION = (1, 1)
_BREAK, _BLANK, _END = "\r\n", " \t", "\0 \t\r\n"
_NAME = f"{ascii_letters}{digits}_-"
_AFTER_NAME = f"{_END}?:,]}}%@`"
_FLOW = ",:?[]{}"
_HEAD = re.compile("[0-9][+-]|[+-][0-9]|[0-9+-]|")
_SURROGATES, _LAST_CHARACTER = range(0xD800, 0xE000), 0x10FFFF


def events(text: str) -> Iterator[Any]:
    """Yield the events of a text. Raises ruamel's MarkedYAMLError, and what else escapes from it."""
    reader = YAML(typ="safe", pure=True)
    reader.Scanner, reader.Parser = _Scanner, _Parser
    reader.top_level_block_style_scalar_no_indent_error_1_1 = True
    try:
        yield from reader.parse(text)
    except MarkedYAMLError as error:
        if error.context and error.context_mark is None:
            error.context_mark = error.problem_mark
        raise


class _Scanner(Scanner):
    """Finds words as the C parser does."""

    scanner_processing_version = _VERSION

    def _fault(self, what: str, start: Any, problem: str) -> ScannerError:
        return ScannerError(f"while scanning {what}", start, problem, self.reader.get_mark())

    def _taken(self, signs: str) -> str:
        """Take what comes next, as far as it is of these signs."""
        length = 0
        while self.reader.peek(length) in signs:
            length += 1
        return self._next(length)

    def _next(self, length: int) -> str:
        found: str = self.reader.prefix(length)
        self.reader.forward(length)
        return found

    def fetch_stream_end(self) -> None:
        """End the last line, so that a key without a colon on it is missed."""
        if self.reader.column:
            self.reader.line, self.reader.column = self.reader.line + 1, 0
        self.stale_possible_simple_keys()
        super().fetch_stream_end()

    def scan_to_next_token(self) -> None:
        """Pass over what separates words: also tabs, where no block could begin behind them."""
        while True:
            self._taken(_BLANK if self.flow_level or not self.allow_simple_key else " ")
            if self.reader.peek() == "#":
                while self.reader.peek() not in "\0\r\n":
                    self.reader.forward()
            if not self.scan_line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_anchor(self, TokenClass: Any) -> Any:
        """Read the name of an anchor or an alias: ASCII only, and no sign of another kind right behind it."""
        start = self.reader.get_mark()
        self.reader.forward()
        name = self._taken(_NAME)
        if not name or self.reader.peek() not in _AFTER_NAME:
            raise self._fault("an anchor", start, "alphabetic or")
        return TokenClass(name, start, self.reader.get_mark())

    def scan_plain(self) -> ScalarToken:
        """Read plain text, over line ends where the next line is part of it."""
        start = end = self.reader.get_mark()
        chunks: list[str] = []
        spaces: list[str] = []
        while self.reader.peek() != "#" and (length := self._plain_length(start)):
            self.allow_simple_key = False
            chunks += [*spaces, self._next(length)]
            end = self.reader.get_mark()
            spaces = self.scan_plain_spaces(self.indent + 1, start)
            if not spaces or (not self.flow_level and self.reader.column <= self.indent):
                break
        return ScalarToken("".join(chunks), True, start, end)  # noqa: FBT003 (plain)

    def _plain_length(self, start: Any) -> int:
        """Return how many signs of plain text follow without a space."""
        length = 0
        while (sign := self.reader.peek(length)) not in _END:
            ends = self.reader.peek(length + 1) in _END
            if sign == ":" and self.flow_level and not ends:
                self.reader.forward(length)
                raise self._fault("a plain scalar", start, "unexpected ':'")
            if (sign == ":" and ends) or (self.flow_level and sign in _FLOW):
                break
            length += 1
        return length

    def scan_plain_spaces(self, indent: int, start_mark: Any) -> list[str]:
        """Fold the space inside of plain text. Tabs are space too, but none that indents."""
        blanks = self._taken(_BLANK)
        if self.reader.peek() not in _BREAK:
            return [blanks] if blanks else []
        self.scan_line_break()
        self.allow_simple_key = True
        breaks: list[str] = []
        while not self._at_document_mark():
            self._indentation(indent, start_mark)
            if self.reader.peek() not in _BREAK:
                return breaks or [" "]
            breaks.append(self.scan_line_break())
        return []

    def _indentation(self, indent: int, start: Any) -> None:
        while self.reader.peek() in _BLANK:
            if self.reader.peek() == "\t" and self.reader.column < indent:
                raise self._fault("a plain scalar", start, "tab character")
            self.reader.forward()

    def _at_document_mark(self) -> bool:
        return bool(self.check_document_start() or self.check_document_end())

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:
        """Read how a block is chomped, and by how much it is indented."""
        head = _HEAD.match(self.reader.prefix(2))[0]  # type: ignore[index] # it matches nothing as well
        if "0" in head:
            self.reader.forward(head.index("0"))
            raise self._fault("a block scalar", start_mark, "indicator 0")
        self.reader.forward(len(head))
        width = head.strip("+-")
        chomping = {"+": True, "-": False}.get(head.strip(digits))
        return chomping, int(width) if width else None

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:
        """Pass over the rest of a block's head."""
        self._taken(_BLANK)
        super().scan_block_scalar_ignored_line(start_mark)

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Any]:
        """Measure how far a block is indented; blank lines above it may be longer, and a tab is no space."""
        breaks: list[str] = []
        widest, start = 0, self.reader.get_mark()
        end = start
        while True:
            self._taken(" ")
            widest = max(widest, self.reader.column)
            self._no_tab(start)
            if self.reader.peek() not in _BREAK:
                return breaks, widest, end
            breaks.append(self.scan_line_break())
            end = self.reader.get_mark()

    def scan_block_scalar_breaks(self, indent: int) -> tuple[list[str], Any]:
        """Read blank lines inside a block, where a tab is no space either."""
        breaks: list[str] = []
        end = self.reader.get_mark()
        while True:
            while self.reader.column < indent and self.reader.peek() == " ":
                self.reader.forward()
            if self.reader.column < indent:
                self._no_tab(end)
            if self.reader.peek() not in _BREAK:
                return breaks, end
            breaks.append(self.scan_line_break())
            end = self.reader.get_mark()

    def _no_tab(self, start: Any) -> None:
        if self.reader.peek() == "\t":
            problem = "tab character"
            raise self._fault("a block scalar", start, problem)

    def scan_flow_scalar_non_spaces(self, double: Any, start_mark: Any) -> list[str]:
        """Read quoted text up to a space or the quote."""
        chunks: list[str] = []
        while True:
            length = 0
            while self.reader.peek(length) not in f"{_END}'\"\\":
                length += 1
            chunks.append(self._next(length))
            sign = self.reader.peek()
            if not double and sign == "'" and self.reader.peek(1) == "'":
                chunks.append(self._next(2)[0])
            elif sign == ("'" if double else '"') or (sign == "\\" and not double):
                chunks.append(self._next(1))
            elif sign == "\\":
                chunks += self._escaped(start_mark)
            else:
                return chunks

    def _escaped(self, start: Any) -> list[str]:
        """Read what a backslash says."""
        sign = self.reader.peek(1)
        if sign in _BREAK:
            self.reader.forward()
            self.scan_line_break()
            return [*self.scan_flow_scalar_breaks(True, start)]  # noqa: FBT003 (in double quotes)
        if sign in self.ESCAPE_CODES:
            return [self._by_number(start, self.ESCAPE_CODES[sign])]
        if sign not in self.ESCAPE_REPLACEMENTS:
            raise self._fault("a quoted scalar", start, "escape character")
        return [self.ESCAPE_REPLACEMENTS[self._next(2)[1]]]

    def _by_number(self, start: Any, length: int) -> str:
        """Read a character by its number."""
        self.reader.forward(2)
        number = self.reader.prefix(length)
        if len(number) < length or set(number) - set(hexdigits):
            raise self._fault("a quoted scalar", start, "hexdecimal number")
        if int(number, 16) in _SURROGATES or int(number, 16) > _LAST_CHARACTER:
            raise self._fault("a quoted scalar", start, "escape code")
        return chr(int(self._next(length), 16))


class _Parser(Parser):
    """Makes events of words, with the places that the C parser tells."""

    resolver = SimpleNamespace(processing_version=_VERSION)

    def parse_document_start(self) -> Any:
        """Begin a document; its place is that of its first directive, if it has one."""
        while self.scanner.check_token(DocumentEndToken):
            self.scanner.get_token()
        first = self.scanner.peek_token().start_mark
        event = super().parse_document_start()
        event.start_mark = first
        return event

    def parse_node(self, block: Any = False, indentless_sequence: Any = False) -> Any:  # noqa: FBT002 (ruamel's own)
        """Read a value; its place is that of its first word, an anchor or a tag."""
        first = self.scanner.peek_token().start_mark
        event = super().parse_node(block, indentless_sequence)
        event.start_mark = first
        return event

    def parse_block_mapping_value(self) -> Any:
        """Read the value behind a key; one that is not there stands behind the colon."""
        self.state = self.parse_block_mapping_key
        if not self.scanner.check_token(ValueToken):
            return self.process_empty_scalar(self.scanner.peek_token().start_mark)
        colon = self.scanner.get_token()
        if self.scanner.check_token(KeyToken, ValueToken, BlockEndToken):
            return self.process_empty_scalar(colon.end_mark)
        self.states.append(self.parse_block_mapping_key)
        return self.parse_block_node_or_indentless_sequence()

    def parse_flow_mapping_key(self, first: Any = False) -> Any:  # noqa: FBT002 (as above)
        """Read a key in braces."""
        return self._placed(super().parse_flow_mapping_key(first))

    def parse_flow_mapping_value(self) -> Any:
        """Read a value in braces."""
        return self._placed(super().parse_flow_mapping_value())

    def parse_flow_sequence_entry_mapping_value(self) -> Any:
        """Read the value of a pair in brackets."""
        return self._placed(super().parse_flow_sequence_entry_mapping_value())

    def _placed(self, event: Any) -> Any:
        """Put what is not there, in braces and brackets, where the next word stands."""
        if isinstance(event, ScalarEvent) and not (event.value or event.style or event.tag or event.anchor):
            event.start_mark = event.end_mark = self.scanner.peek_token().start_mark
        return event
