"""The surface that text is drawn on: its width, its colours, its language. Draws to a string, prints nothing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kyotei.messages import Words

# What a terminal might obey instead of showing: controls, marks that reorder text, surrogates, non-characters.
_UNSHOWABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)

BOLD, DIM = "bold", "dim"
ALARM, WARN, GOOD = "bold red", "yellow", "green"


def shown(text: str) -> str:
    """Return data as text that no terminal obeys: what it cannot show stands there by its number."""
    return _UNSHOWABLE.sub(_escape, text)


def one_line(text: str) -> str:
    """Return data for a table's cell: line breaks of a long text become spaces."""
    return shown(" ".join(text.split("\n")).strip())


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    if 0xDC80 <= number <= 0xDCFF:  # a byte of a file name that is no UTF-8
        return f"\\x{number - 0xDC00:02x}"
    return f"\\x{number:02x}" if number < 0x100 else f"U+{number:04X}"  # noqa: PLR2004 (one byte)


def cells(text: str) -> int:
    """Return how many columns a text takes."""
    return Text(text).cell_len


def caret_line(prefix: str) -> str:
    """Return a caret under the character that follows `prefix`."""
    return " " * cells(prefix) + "^"


@dataclass(frozen=True, slots=True)
class Screen:
    """Where the answer will be read. `width` in columns; `tty` is a person's terminal, not a pipe."""

    words: Words
    width: int
    colour: bool
    tty: bool

    def draw(self, *parts: RenderableType) -> str:
        """Return what the parts look like here, one below the other."""
        buffer = StringIO()
        console = Console(
            file=buffer,
            width=self.width,
            force_terminal=self.colour,
            color_system="standard" if self.colour else None,
            no_color=not self.colour,
            markup=False,
            emoji=False,
            highlight=False,
            soft_wrap=False,
            legacy_windows=False,
        )
        for part in parts:
            console.print(part, overflow="fold", crop=False)
        lines = buffer.getvalue().split("\n")
        return "\n".join(line.rstrip() if not self.colour else line for line in lines)


def fold_safe(text: str) -> str:
    """Return text in NFC, so that a base and its mark are not parted when a cell folds."""
    return unicodedata.normalize("NFC", text)
