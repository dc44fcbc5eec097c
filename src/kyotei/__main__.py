"""The way in: settles the language, runs a command, and turns whatever happens into an exit status."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING

from kyotei.language import spoken
from kyotei.messages import Language, words
from kyotei.output import STDERR, OutputLost, ReaderGone, write
from kyotei.text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG_USE, INTERRUPTED, PIPE_CLOSED = 2, 130, 141
"""Exit statuses: wrong use or failure; and as a shell counts the signals INT and PIPE."""


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
            traceback.print_exc()
        return _failed(given, "internal", error=f"{type(error).__name__}: {error}")


def _run(args: list[str]) -> int:
    from kyotei.cli import run  # noqa: PLC0415 (its failure is answered above, as any other)

    return run(args, words(spoken(args)))


def _failed(args: list[str], name: str, **values: str) -> int:
    """Say in one line what went wrong; where even that cannot be written, the status says it alone."""
    with suppress(ReaderGone, OutputLost):
        write(shown(words(_language(args)).say("fault", name, **values)) + "\n", STDERR)
    return WRONG_USE


def _language(args: list[str]) -> Language:
    """Return the language of this run, English if it is that which went wrong."""
    try:
        return spoken(args)
    except Exception:  # noqa: BLE001 (as above)
        return Language.EN


if __name__ == "__main__":
    sys.exit(main())
