"""A letter as plain text, set as on the paper, and as Markdown for a word processor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyotei.letter import official
from kyotei.text import cells, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kyotei.letter import Letter

WIDTH = 80
"""Columns of a line: forty characters, as a sheet of A4 holds."""
_SPACE = "\u3000"  # as wide as a character
_MARGIN = 2
"""Columns left open to the right of the number, the day, the sender and 以上."""
_INDENT = 6
"""Columns left open on both sides of the subject."""

_MARKUP = re.compile(r"[\\`*_\[\]{}<>#|~&$^=+!@]|^-")
"""What could mean something in Markdown: some signs anywhere, others only where a line begins with them."""
_NUMBERED = re.compile("^([0-9]+)([.)])")


def letter_text(letter: Letter) -> str:
    """Return the letter in lines of forty characters; what stands at the right is moved there by spaces."""
    lines = [
        *(_right(text) for text in (letter.number, letter.day)),
        "",
        *(f"{_SPACE}{name}" for name in letter.addressees),
        "",
        _right(letter.sender),
        "",
        *(f"{_SPACE * (_INDENT // 2)}{line}" for line in wrapped(letter.subject, WIDTH - 2 * _INDENT)),
        "",
        *(line for paragraph in letter.body for line in wrapped(paragraph, WIDTH)),
        "",
        _moved(letter.below, (WIDTH - cells(letter.below)) // 2),
        "",
        *_item_lines(letter.items),
        "",
        _right(letter.close),
    ]
    return "\n".join(lines) + "\n"


def _right(text: str) -> str:
    return _moved(text, WIDTH - _MARGIN - cells(text))


def _moved(text: str, columns: int) -> str:
    """Put a text so many columns to the right: by wide spaces, as letters are typed, and a narrow one if odd.

    One that is too long for the line begins it.
    """
    wide, narrow = divmod(max(columns, 0), 2)
    return f"{_SPACE * wide}{' ' * narrow}{text}"


def _item_lines(items: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """Yield the numbered items, their values in one column."""
    named = [
        (f"{official(str(number))}{_SPACE}{name}", texts) for number, (name, texts) in enumerate(items, 1)
    ]
    left = max(cells(name) for name, _ in named) + 2
    for name, texts in named:
        folded = [line for text in texts for line in wrapped(text, WIDTH - left)]
        for head, line in zip([name, *[""] * len(folded)], folded, strict=False):
            yield f"{head}{_moved('', left - cells(head))}{line}".rstrip()


def letter_markdown(letter: Letter) -> str:
    """Return the letter as Markdown: no datum is markup. `div` is what both GitHub and pandoc understand."""
    items = [f"{number}. {_item(name, texts)}" for number, (name, texts) in enumerate(letter.items, 1)]
    parts = [
        *_aligned("right", _lines([letter.number, letter.day])),
        _lines(letter.addressees),
        *_aligned("right", _lines([letter.sender])),
        *_aligned("center", f"**{_plain(letter.subject)}**"),
        *(_plain(paragraph) for paragraph in letter.body),
        *_aligned("center", _plain(letter.below)),
        "\n".join(items),
        *_aligned("right", _plain(letter.close)),
    ]
    return "\n\n".join(parts) + "\n"


def _aligned(side: str, text: str) -> tuple[str, str, str]:
    return f'<div align="{side}">', text, "</div>"


def _lines(texts: Iterable[str], indent: str = "") -> str:
    r"""Return lines of one paragraph: a backslash at its end breaks a line."""
    return f"\\\n{indent}".join(_plain(text) for text in texts)


def _item(name: str, texts: tuple[str, ...]) -> str:
    return f"{_plain(name)}{_SPACE}{_lines(texts, '   ')}"


def _plain(text: str) -> str:
    r"""Return a text in which nothing is markup."""
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", text))
