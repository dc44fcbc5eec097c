"""One run of a command: its language, its day, its register, and where its answers go."""

from __future__ import annotations

import os
import re
import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from kyotei.dates.length import parse_within
from kyotei.dates.wareki import parse_date
from kyotei.diagnostics import Fault, Severity
from kyotei.output import STDERR, STDIN, is_terminal, write
from kyotei.processes import WorkerLost
from kyotei.progress import seen, unseen
from kyotei.register import PathMissing, Register, listed
from kyotei.render.findings import findings_text
from kyotei.render.screen import Screen
from kyotei.rules import judged, survey
from kyotei.settings import Settings, SettingsError, load_settings, today
from kyotei.text import nearest, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from kyotei.dates.length import Length
    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.messages import Words
    from kyotei.progress import Watch
    from kyotei.register import Files
    from kyotei.rules import Memory, Surveyed

P = ParamSpec("P")
T = TypeVar("T")

FINE, FINDINGS, WRONG_USE = 0, 1, 2
TERMINAL_WIDTH, PIPE_WIDTH = 80, 120
LEAST_WIDTH, WIDEST = 20, 1000
PLAIN = {"dumb", "unknown"}
"""Terminals that know no colours, and perhaps no way back to the beginning of a line."""


class Stop(Exception):  # noqa: N818 (the run stops; the sentence says why)
    """The run cannot go on: a sentence for the user, and the exit status."""

    def __init__(self, name: str, status: int = WRONG_USE, **values: str) -> None:
        super().__init__(name)
        self.name = name
        self.status = status
        self.values = values


@dataclass(frozen=True)
class Session:
    """One run: its language, its day, its settings, and where its answers go."""

    words: Words
    asked_day: str | None = None
    no_color: bool = False

    def run(self, command: Callable[Concatenate[Session, P], int], *args: P.args, **options: P.kwargs) -> int:
        """Run a command; what stops it is told on stderr."""
        try:
            return command(self, *args, **options)
        except Stop as stop:
            write(shown(self.words.say("fault", stop.name, **stop.values)) + "\n", STDERR)
            return stop.status
        except SettingsError as error:
            write(findings_text(self.screen(STDERR), error.diagnostics), STDERR)
            return WRONG_USE
        except WorkerLost:
            write(self.words.say("fault", "worker-lost") + "\n", STDERR)
            return WRONG_USE

    @cached_property
    def settings(self) -> Settings:
        """The register's settings, read once."""
        return load_settings(Path())

    @cached_property
    def as_of(self) -> date:
        """基準日: the day asked for, else today in the register's time zone; read once."""
        return today(self.settings) if self.asked_day is None else self.day("--as-of", self.asked_day)

    def misuse(self, option: str, fault: Fault) -> Stop:
        """Return the refusal of an option's value."""
        values = {**fault.values, "text": fault.values.get("text") or '""'}
        return Stop("option", option=option, problem=self.words.say("finding", fault.message, **values))

    def day(self, option: str, text: str) -> date:
        """Read a day given as an option."""
        try:
            return parse_date(text)
        except Fault as fault:
            raise self.misuse(option, fault) from None

    def length(self, option: str, text: str) -> Length:
        """Read a length given as an option."""
        try:
            return parse_within(text)
        except Fault as fault:
            raise self.misuse(option, fault) from None

    def screen(self, stream: int) -> Screen:
        """Return the surface behind a stream: coloured on a terminal unless that is unwanted."""
        tty = is_terminal(stream)
        plain = self.no_color or bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") in PLAIN
        width = _columns() or (_terminal_columns(stream) if tty else PIPE_WIDTH)
        return Screen(self.words, max(LEAST_WIDTH, width), tty and not plain, tty)

    def register(self, paths: Sequence[str]) -> Register:
        """Load and judge the register, and keep all of it; what is wrong with it goes to stderr."""
        found = self.read(paths)
        self._warn(found.diagnostics)
        return found

    def read(self, paths: Sequence[str]) -> Register:
        """Load and judge the register, and keep all of it; nothing is told."""
        found = self.surveyed(paths, lambda entry: entry, kept=True)
        return Register(found.answers, found.diagnostics, found.checked)

    def asked(self, paths: Sequence[str], ask: Callable[[Entry], T]) -> Surveyed[T]:
        """Ask every sound agreement of the register; what is wrong with it goes to stderr."""
        found = self.surveyed(paths, ask)
        self._warn(found.diagnostics)
        return found

    def _warn(self, findings: Sequence[Diagnostic]) -> None:
        if findings:  # else a closed stderr would spoil a sound answer
            write(findings_text(self.screen(STDERR), findings), STDERR)

    def surveyed(
        self,
        paths: Sequence[str],
        ask: Callable[[Entry], T],
        as_of: date | None = None,
        *,
        kept: bool = False,
    ) -> Surveyed[T]:
        """Judge every file, ask every sound agreement; with a day, also whether somebody was idle since.

        Where the agreements themselves are `kept`, one process reads them: to hand them over takes as long.
        """
        places = self.places(paths)
        try:
            files = listed(places)
        except PathMissing as missing:
            raise Stop("path-missing" if paths else "register-missing", path=missing.path) from None
        files = replace(files, shared=not kept)
        return self.survey(files, ask, as_of, whole=not any(map(os.path.isfile, places)))

    def survey(
        self,
        files: Files[Any],
        ask: Callable[[Entry], T],
        as_of: date | None = None,
        *,
        whole: bool = True,
        memory: Memory[T] | None = None,
    ) -> Surveyed[T]:
        """Survey files as kyotei.toml wants it; only a `whole` register knows every id."""
        levels = self.settings.levels
        with self.watched() as watch:
            return survey(files.watched(watch), ask, as_of, levels, whole=whole, memory=memory)

    def watched(self) -> AbstractContextManager[Watch]:
        """Show how far the reading is to whoever sits at a terminal and waits."""
        if not is_terminal(STDERR) or os.environ.get("TERM") in PLAIN:
            return nullcontext(unseen)
        return seen(self._reading, _terminal_columns(STDERR))

    def _reading(self, done: int, total: int) -> str:
        return self.words.say("progress", "files", done=f"{done:,}", total=f"{total:,}")

    def judge(self, register: Register, *, whole: bool = True) -> Register:
        """Let the rules judge a register that was read already, as kyotei.toml wants it."""
        return judged(register, None, self.settings.levels, whole=whole)

    def places(self, paths: Sequence[str]) -> list[Path]:
        """Return the files and folders to read: those given, else the register's."""
        if "" in paths:  # an unset variable of the shell; as a path it would be the current folder
            raise Stop("path-missing", path='""')
        return [Path(path) for path in paths] or [self.settings.register]

    def entry(self, register: Register, identifier: str) -> Entry:
        """Return the agreement under an id; one that cannot be read has said why on stderr."""
        entries = {entry.agreement.id: entry for entry in reversed(register.entries)}
        if identifier in entries:
            return entries[identifier]
        files = (found.place.file for found in register.diagnostics if found.severity is Severity.ERROR)
        if file := next((file for file in files if PurePath(file).stem == identifier), ""):
            raise Stop("id-unreadable", FINDINGS, id=identifier, file=file)
        near = nearest(identifier, entries)
        raise Stop("id-unknown.near" if near else "id-unknown", FINDINGS, id=identifier, near=near)


def _columns() -> int:
    """Return the columns that the environment asks for, 0 where it asks for none."""
    asked = os.environ.get("COLUMNS", "")
    return min(int(asked), WIDEST) if re.fullmatch("[0-9]{1,4}", asked) else 0


def _terminal_columns(stream: int) -> int:
    """Return a terminal's columns; one that does not tell (0) has the usual eighty."""
    try:
        return os.get_terminal_size(stream).columns or TERMINAL_WIDTH
    except OSError:
        return TERMINAL_WIDTH


def status_of(found: Register | Surveyed[Any]) -> int:
    """Return the exit status that a register's own findings ask for."""
    return FINDINGS if any(f.severity is Severity.ERROR for f in found.diagnostics) else FINE


def write_json(shape: dict[str, Any]) -> None:
    """Write an answer for scripts, in UTF-8."""
    from kyotei.shapes import dumped  # noqa: PLC0415 (text and tables need none)

    write(dumped(shape) + "\n", utf8=True)


def asker() -> Callable[[str], str] | None:
    """Return how to ask a person at the terminal; None where nobody sits there."""
    return _ask if is_terminal(STDIN) and is_terminal(STDERR) else None


def _ask(question: str) -> str:
    """Return the answer to a question; the end of the input is as good as Ctrl-C."""
    write(f"{question}: ", STDERR)
    answer = sys.stdin.buffer.readline()
    if not answer:
        raise KeyboardInterrupt
    return answer.decode(sys.stdin.encoding, errors="surrogateescape").strip()  # which no file may hold
