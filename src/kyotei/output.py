"""Writing an answer: once, whole and checked.

`print` loses output without a word when it is unbuffered and the disk is full or the pipe closed (CPython
#85393). So every answer goes through one buffered stream that is flushed and closed under our eyes.
"""

from __future__ import annotations

import codecs
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

STDIN, STDOUT, STDERR = 0, 1, 2

# What our own tables draw, for an encoding that lacks it: as wide, so that columns stay straight.
_SPARE = {"→": ">", "←": "<", "─": "-"}


class ReaderGone(Exception):  # noqa: N818 (nothing is wrong: `| head` has seen enough)
    """Whoever read our output has closed the pipe."""


class OutputLost(Exception):  # noqa: N818 (named for what happened to the answer)
    """The answer could not be written whole; `reason` is the system's."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def write(text: str, stream: int = STDOUT, *, utf8: bool = False) -> None:
    """Write a whole answer. Characters that the stream's encoding lacks become `?`; JSON is always UTF-8.

    Raises ReaderGone or OutputLost.
    """
    write_bytes(text.encode("utf-8" if utf8 else encoding(stream), errors="kyotei.spare"), stream)


def write_bytes(content: bytes, stream: int = STDOUT) -> None:
    """Write a whole answer that has its own encoding, or is no text at all. Raises as `write` does."""
    write_pieces([content], stream)


def write_pieces(pieces: Iterable[bytes], stream: int = STDOUT) -> None:
    """Write an answer that is too long to be copied once more. Raises as `write` does."""
    try:
        with open(stream, "wb", closefd=False) as out:
            out.writelines(pieces)
    except BrokenPipeError:
        raise ReaderGone from None
    except OSError as error:
        raise OutputLost(error.strerror or str(error)) from None


def encoding(stream: int) -> str:
    """Return the encoding in which a stream's reader expects text."""
    found = getattr(sys.stdout if stream == STDOUT else sys.stderr, "encoding", None)
    return found or "utf-8"


def is_terminal(stream: int) -> bool:
    """Tell whether a person reads the stream directly."""
    return os.isatty(stream)


def _spare(error: UnicodeError) -> tuple[str, int]:
    """Put in what stands for the characters that an encoding lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_SPARE.get(sign, "?") for sign in lacking), error.end


codecs.register_error("kyotei.spare", _spare)
