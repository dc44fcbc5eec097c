"""What the commands that ask git share: its refusals in our words, and a run under the settings it holds."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from kyotei.commands.session import WRONG_USE, Session, Stop
from kyotei.git import GitFailed
from kyotei.snapshot import PathOutside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyotei.settings import Settings


@contextmanager
def git_told() -> Iterator[None]:
    """Stop the run where git cannot answer, with its reason."""
    try:
        yield
    except GitFailed as failed:
        raise Stop(failed.name, WRONG_USE, **failed.values) from None
    except PathOutside as outside:
        raise Stop("path-outside", path=outside.path) from None


def settled(session: Session, settings: Settings) -> Session:
    """Return the same run under other settings than those on the disk."""
    other = replace(session)
    vars(other)["settings"] = settings  # where cached_property keeps what it has found
    return other
