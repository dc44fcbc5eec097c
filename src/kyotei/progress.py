"""How far a long run is: one line on a terminal, rewritten, and gone before the answer is written.

It needs no more of a terminal than that it returns to the line's beginning, and never spoils a run: where the
line cannot be written, or has no room, there is none.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic  # how long a run takes, never which day it is
from typing import TYPE_CHECKING, Protocol, TypeVar

from kyotei.output import STDERR, OutputLost, ReaderGone, write
from kyotei.text import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")

PATIENCE = 0.5
"""Seconds that a run may take before anybody wants to know how far it is."""
PAUSE = 0.1
"""Seconds for which a line stands at least."""
_TYPED = 2
"""Columns of the `^C` that a terminal shows behind our line."""


class Watch(Protocol):
    """Hands on the items of a long work, one by one, and may tell how many of `total` are done."""

    def __call__(self, items: Iterable[T], total: int) -> Iterable[T]:
        """Return the same items."""


def unseen(items: Iterable[T], total: int) -> Iterable[T]:  # noqa: ARG001 (a Watch that shows nothing)
    """Hand on the items; nobody looks."""
    return items


@contextmanager
def seen(say: Callable[[int, int], str], columns: int) -> Iterator[Watch]:
    """Return a Watch whose line is gone at the end, however that comes; `say` makes it of done and total."""
    line = _Line(say, columns)
    try:
        yield line.watch
    finally:
        line.erase()


@dataclass(slots=True)
class _Line:
    """The line: how it is said, the columns that it may take and takes, and when it is due next."""

    say: Callable[[int, int], str]
    columns: int
    taken: int = 0
    due: float = field(default_factory=lambda: monotonic() + PATIENCE)

    def watch(self, items: Iterable[T], total: int) -> Iterator[T]:
        """Hand on the items; at most ten times a second tell how many are done."""
        for done, item in enumerate(items):
            if (now := monotonic()) >= self.due:
                self.due = now + PAUSE
                self._draw(self.say(done, total))
            yield item

    def erase(self) -> None:
        """Leave an empty line, the cursor at its beginning."""
        if self.taken:
            self._put(f"\r{' ' * self.taken}\r")
            self.taken = 0

    def _draw(self, text: str) -> None:
        """Write the line over the last one, which is never longer (it counts up), if there is room for it."""
        if cells(text) + _TYPED < self.columns:
            self.taken = cells(text) + _TYPED
            self._put(f"\r{text}")

    @staticmethod
    def _put(text: str) -> None:
        with suppress(ReaderGone, OutputLost):
            write(text, STDERR)
