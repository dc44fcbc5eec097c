"""The surface for text: its width, its colours, its language. Draws to a string, prints nothing."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from kyotei.text import wrapped

if TYPE_CHECKING:
    from rich.console import OverflowMethod, RenderableType
    from rich.text import Text

    from kyotei.messages import Words

BOLD, DIM = "bold", "dim"
ALARM, WARN, GOOD = "bold red", "yellow", "green"
_SIGNALS = {BOLD: "1", DIM: "2", ALARM: "1;31", WARN: "33"}
"""What a terminal wants to hear for a style (ECMA-48, SGR)."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Where the answer will be read. `width` in columns; `tty` is a person's terminal, not a pipe."""

    words: Words
    width: int
    colour: bool
    tty: bool

    def painted(self, text: str, style: str) -> str:
        """Return one line in a style, for an answer of plain lines: these need no table, and so no rich."""
        return f"\x1b[{_SIGNALS[style]}m{text}\x1b[0m" if self.colour else text

    def draw(self, *parts: RenderableType) -> str:
        """Return what the parts look like here, one below the other."""
        from rich.console import Console  # noqa: PLC0415 (its import takes longer than reading one file)
        from rich.text import Text  # noqa: PLC0415 (as above)

        buffer = StringIO()
        console = Console(
            file=buffer,
            width=self.width,
            height=0,  # else it asks the terminal, and believes a dumb one to have 80 columns
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
            whole = isinstance(part, Text)  # print joins texts anew, and would lose their own wish
            overflow: OverflowMethod = "ignore" if whole else "fold"
            fitted = self._fitted(part) if isinstance(part, Text) else part
            console.print(fitted, overflow=overflow, no_wrap=whole, crop=False)
        lines = buffer.getvalue().split("\n")
        return "\n".join(line.rstrip() if not self.colour else line for line in lines)

    def _fitted(self, part: Text) -> Text:
        """Fold a text where Japanese may be folded; what does not fit even so stands over the edge, uncut."""
        if part.no_wrap:
            return part
        folds = (wrapped(line, self.width, whole=True) for line in part.plain.split("\n"))
        return type(part)("\n".join(fold for found in folds for fold in found), part.style)
