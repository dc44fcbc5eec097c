"""`kyotei diff`: what a change to the register moves in its days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.changed import changes, side
from kyotei.commands.held import git_told, settled
from kyotei.commands.session import FINDINGS, FINE, Session, Stop, write_json
from kyotei.diagnostics import Severity
from kyotei.output import STDERR, STDOUT, write
from kyotei.register import Register, gathered
from kyotei.render.diff import Difference, diff_markdown, diff_page
from kyotei.render.findings import findings_text
from kyotei.settings import Settings, SettingsError
from kyotei.shapes import diff_shape
from kyotei.snapshot import Snapshot, committed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyotei.changed import Side
    from kyotei.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class _Half:
    """One of the two registers: the run under its own settings, what the rules left, and what they found."""

    session: Session
    register: Register
    errors: Sequence[Diagnostic]

    def stands(self, session: Session) -> Side:
        """Return how it stands on the day of the run, by its own closed days."""
        return side(self.register, session.as_of, self.session.settings.calendar)


def diff(
    session: Session, revisions: tuple[str, str | None], paths: Sequence[str], *, form: str, exit_code: bool
) -> int:
    """Compare a commit with another one, or (None) with the working tree, as both compute on one day."""
    old, new = revisions
    with git_told():
        before = _committed(session, old, paths)
        after = _on_disk(session, paths, before) if new is None else _committed(session, new, paths)
    if not before.register.checked and not after.register.checked:
        place = after.session.places(paths)[0].as_posix()
        raise Stop("path-missing" if paths else "register-missing", path=place)
    if broken := [*before.errors, *after.errors]:
        write(findings_text(session.screen(STDERR), broken), STDERR)
    was, now = before.stands(session), after.stands(session)
    lost = sorted(was.broken | now.broken)
    found = Difference(
        old, new, session.as_of, changes(was, now), len(was.rows.keys() & now.rows.keys()), lost
    )
    _tell(session, found, form)
    return FINDINGS if broken or (exit_code and found.changes) else FINE


def _committed(session: Session, revision: str, paths: Sequence[str]) -> _Half:
    snapshot = committed(revision)
    try:
        session = settled(session, snapshot.settings() or Settings())
    except SettingsError as error:
        raise SettingsError(*_placed(error.diagnostics, snapshot, revision)) from None
    places = session.places(paths)
    with session.watched() as watch:
        read = gathered(snapshot.files(places).watched(watch))
    register = session.judge(read, whole=snapshot.is_whole(places))
    return _Half(session, register, list(_placed(_errors(register), snapshot, revision)))


def _on_disk(session: Session, paths: Sequence[str], before: _Half) -> _Half:
    """Return the working tree; git keeps no folder from which everything has been removed."""
    try:
        register = session.read(paths)
    except Stop:
        if not before.register.checked:
            raise
        register = Register((), (), 0)
    return _Half(session, register, _errors(register))


def _errors(register: Register) -> list[Diagnostic]:
    return [found for found in register.diagnostics if found.severity is Severity.ERROR]


def _placed(found: Iterable[Diagnostic], snapshot: Snapshot, revision: str) -> Iterable[Diagnostic]:
    """Name the side of each finding, as `git show` takes it: REVISION:PATH."""
    for one in found:
        file = f"{revision}:{snapshot.from_root(one.place.file)}"
        yield one._replace(place=one.place._replace(file=file))


def _tell(session: Session, found: Difference, form: str) -> None:
    match form:
        case "json":
            write_json(diff_shape(found.changes, found.as_of, found.old, found.new))
        case "markdown":
            write(diff_markdown(session.words, found), utf8=True)
        case _:
            write(diff_page(session.screen(STDOUT), found))
