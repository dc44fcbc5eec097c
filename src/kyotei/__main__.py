"""The way in: settles the language, runs a command, and turns whatever happens into an exit status."""

from __future__ import annotations

import os
import sys
import traceback
from typing import TYPE_CHECKING

from kyotei.language import spoken
from kyotei.messages import words
from kyotei.output import STDERR, OutputLost, ReaderGone, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.messages import Words

WRONG_USE, INTERRUPTED, PIPE_CLOSED = 2, 130, 141
"""Exit statuses: wrong use or failure; and as a shell counts the signals INT and PIPE."""


def main(args: Sequence[str] | None = None) -> int:
    """Run `kyotei` with `args` (default: the command line's) and return the exit status."""
    given = list(sys.argv[1:] if args is None else args)
    said = words(spoken(given))
    try:
        return _run(given, said)
    except ReaderGone:
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except OutputLost as lost:
        return _failed(said.say("fault", "output-lost", reason=lost.reason))
    except Exception as error:  # noqa: BLE001 (the last resort: one line, never a traceback)
        if os.environ.get("KYOTEI_DEBUG") == "1":
            traceback.print_exc()
        return _failed(said.say("fault", "internal", error=f"{type(error).__name__}: {error}"))


def _run(args: list[str], said: Words) -> int:
    """Hand over to the command line; typer answers wrong usage with a sentence of its own."""
    from typer import Abort, TyperException

    from kyotei.cli import localized

    try:
        status = localized(said).main(args, prog_name="kyotei", standalone_mode=False, obj=said)
    except TyperException as refused:
        refused.show()
        return WRONG_USE
    except Abort:
        return INTERRUPTED
    return int(status or 0)


def _failed(sentence: str) -> int:
    """Say in one line what went wrong; where even that cannot be written, the status says it alone."""
    try:
        write(sentence + "\n", STDERR)
    except (ReaderGone, OutputLost):
        pass
    return WRONG_USE


if __name__ == "__main__":
    sys.exit(main())
