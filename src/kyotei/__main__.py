"""The way in: settles the language, runs a command, and turns whatever happens into an exit status."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from kyotei import __version__
from kyotei.output import STDERR, OutputLost, ReaderGone, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.messages import Language

FINE, WRONG_USE, INTERRUPTED, PIPE_CLOSED = 0, 2, 130, 141
"""Exit statuses: fine, wrong use or failure; and as a shell counts the signals INT and PIPE."""


def main(args: Sequence[str] | None = None) -> int:
    """Run `kyotei` with `args` (default: the command line's) and return the exit status."""
    given = list(sys.argv[1:] if args is None else args)
    try:
        return _run(given)
    except ReaderGone:
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OutputLost as lost:
        return _failed(given, "output-lost", reason=lost.reason)
    except Exception as error:  # noqa: BLE001 (the last resort: one line, never a traceback)
        if os.environ.get("KYOTEI_DEBUG") == "1":
            sys.excepthook(type(error), error, error.__traceback__)
        return _failed(given, "internal", error=f"{type(error).__name__}: {error}")


def _run(args: list[str]) -> int:
    """Run the command line; its version alone is told before anything is imported for the rest."""
    if args == ["--version"]:
        write(f"kyotei {__version__}\n")
        return FINE
    with uncollected():
        from kyotei.cli import run  # noqa: PLC0415 (its failure is answered above, as any other)
        from kyotei.language import spoken  # noqa: PLC0415 (as above)
        from kyotei.messages import words  # noqa: PLC0415 (as above)

        return run(args, words(spoken(args)))


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles in a run: each look takes longer than what it would give back."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _failed(args: list[str], name: str, **values: str) -> int:
    """Say in one line what went wrong; where even that cannot be written, the status says it alone."""
    from kyotei.messages import words  # noqa: PLC0415 (only a failure needs it here)
    from kyotei.text import shown  # noqa: PLC0415 (as above)

    with suppress(ReaderGone, OutputLost):
        write(shown(words(_language(args)).say("fault", name, **values)) + "\n", STDERR)
    return WRONG_USE


def _language(args: list[str]) -> Language:
    """Return the language of this run, English if it is that which went wrong."""
    from kyotei.language import spoken  # noqa: PLC0415 (as above)
    from kyotei.messages import Language  # noqa: PLC0415 (as above)

    try:
        return spoken(args)
    except Exception:  # noqa: BLE001 (as above)
        return Language.EN


if __name__ == "__main__":
    sys.exit(main())
