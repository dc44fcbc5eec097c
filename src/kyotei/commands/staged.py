"""`kyotei validate --staged`: what is wrong in the register as the next commit would hold it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kyotei import git
from kyotei.commands.held import git_told, settled
from kyotei.commands.session import FINE, Session, Stop
from kyotei.commands.validate import nothing, told
from kyotei.gate import answered_for, touch
from kyotei.output import STDERR, write
from kyotei.processes import MANY
from kyotei.rules import Surveyed
from kyotei.snapshot import staged as index

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from kyotei.gate import Touch
    from kyotei.memory import Memory
    from kyotei.snapshot import Snapshot


def staged(session: Session, paths: Sequence[str], *, form: str, strict: bool) -> int:
    """Show the findings about the index; without a staged change to the register there are none."""
    with git_told():
        snapshot = index()
        session = settled(session, snapshot.settings() or session.settings)
        places = session.places(paths)
        touched = touch(snapshot, places)
        if touched.names:
            return told(session, _judged(session, snapshot, places, touched), form=form, strict=strict)
    _demand(snapshot, places if paths else [])
    write(session.words.say("staged", "nothing") + "\n", STDERR)
    return FINE if form == "text" else told(session, Surveyed((), (), 0, ()), form=form, strict=strict)


def _judged(session: Session, snapshot: Snapshot, places: Sequence[Path], touched: Touch) -> Surveyed[None]:
    files, day = snapshot.files(places), session.as_of
    memory = _memory(day) if len(files.files) >= MANY else None
    found = session.survey(files, nothing, day, whole=snapshot.is_whole(places), memory=memory)
    return answered_for(found, touched)


def _memory(day: date) -> Memory:
    from kyotei.memory import Memory  # noqa: PLC0415 (small registers need none)

    return Memory(git.private("kyotei"), day)


def _demand(snapshot: Snapshot, given: Sequence[Path]) -> None:
    """Stop at a path that is nowhere: a misspelt one must not pass for one without a change."""
    for path in given:
        if not os.path.lexists(path) and snapshot.is_empty(path):
            raise Stop("path-missing", path=path.as_posix())
