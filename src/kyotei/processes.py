"""One piece of work on many items, shared among processes where that pays; results come in the items' order.

The processes are forked, so that they have the work without being sent it: what travels are the items and the
results, which had better be small. Elsewhere than on Linux no fork is safe, and one does it all.
"""

from __future__ import annotations

import os
import sys
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")
T_co = TypeVar("T_co", covariant=True)

MANY = 400
"""Items from which on other processes do the work sooner than they are made (benchmarks/README.md)."""
BATCH = 50
"""Items that a process takes at a time: Ctrl-C waits for no more than these."""
MOST = 8
"""Processes that are made at most: a register comes from one disk."""

_work: Callable[[Any], Any] = repr
"""What a process has to do with each item, once it is made."""


class Items(Protocol[T_co]):
    """Things of which one knows how many they are before they are there."""

    def __len__(self) -> int:
        """Return how many they are."""

    def __iter__(self) -> Iterator[T_co]:
        """Yield them, perhaps as they arrive."""


class WorkerLost(Exception):  # noqa: N818 (named for what happened to the work)
    """A process has died, killed perhaps for its memory: what it had to do is not done."""


def mapped(work: Callable[[T], R], items: Items[T]) -> Iterator[R]:
    """Yield the result of `work` for each item. Raises WorkerLost, and whatever `work` raises."""
    count = min(processors(), MOST)
    if count < 2 or len(items) < MANY:  # noqa: PLR2004 (one works alone)
        yield from map(work, items)
    else:
        yield from _shared(work, items, count)


def processors() -> int:
    """Return how many processes may work at once; one where they cannot be forked."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _shared(work: Callable[[T], R], items: Iterable[T], count: int) -> Iterator[R]:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 (few registers are so large)
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 (as above)
    from multiprocessing import get_context  # noqa: PLC0415 (as above)

    pool = ProcessPoolExecutor(count, get_context("fork"), _begin, (work,))
    try:
        pool.submit(
            _do, []
        )  # makes all processes: one made later would hold open what is opened for the items
        for results in pool.map(_do, _batches(iter(items))):
            yield from results
    except BrokenProcessPool:
        raise WorkerLost from None
    finally:
        pool.shutdown(cancel_futures=True)


def _batches(items: Iterator[T]) -> Iterator[list[T]]:
    return iter(lambda: list(islice(items, BATCH)), [])


def _begin(work: Callable[[Any], Any]) -> None:
    """Learn what there is to do, in a process just made. Its parent answers Ctrl-C for it."""
    import signal  # noqa: PLC0415 (as above)

    global _work  # noqa: PLW0603 (a process has one work in its life)
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _do(batch: list[Any]) -> list[Any]:
    return [_work(item) for item in batch]
