"""One run of a command: its language, its day, its register, and where its answers go."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from kyotei.dates.length import parse_within
from kyotei.dates.wareki import parse_date
from kyotei.diagnostics import Fault, Severity
from kyotei.output import STDERR, is_terminal, write
from kyotei.register import PathMissing, load
from kyotei.render.findings import findings_text
from kyotei.render.screen import Screen, shown
from kyotei.rules import judged
from kyotei.settings import Settings, SettingsError, load_settings, today

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from kyotei.dates.length import Length
    from kyotei.entry import Entry
    from kyotei.messages import Words
    from kyotei.register import Register

P = ParamSpec("P")

FINE, FINDINGS, WRONG_USE = 0, 1, 2
PIPE_WIDTH = 120
LEAST_WIDTH = 20


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

    @cached_property
    def settings(self) -> Settings:
        """The register's settings, read once."""
        return load_settings(Path())

    @cached_property
    def as_of(self) -> date:
        """基準日: the day asked for, else today in the register's time zone; read once."""
        if self.asked_day is None:
            return today(self.settings)
        try:
            return parse_date(self.asked_day)
        except Fault as fault:
            raise self.misuse("--as-of", fault) from None

    def misuse(self, option: str, fault: Fault) -> Stop:
        """Return the refusal of an option's value."""
        return Stop("option", option=option, problem=self.words.say("finding", fault.message, **fault.values))

    def length(self, option: str, text: str) -> Length:
        """Read a length given as an option."""
        try:
            return parse_within(text)
        except Fault as fault:
            raise self.misuse(option, fault) from None

    def screen(self, stream: int) -> Screen:
        """Return the surface behind a stream: coloured on a terminal unless that is unwanted."""
        tty = is_terminal(stream)
        colour = tty and not self.no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return Screen(self.words, max(LEAST_WIDTH, _width(tty=tty)), colour, tty)

    def register(self, paths: Sequence[str]) -> Register:
        """Load and judge the register; what is wrong with it goes to stderr."""
        found = self.judged(paths)
        if found.diagnostics:
            write(findings_text(self.screen(STDERR), found.diagnostics), STDERR)
        return found

    def judged(self, paths: Sequence[str]) -> Register:
        """Load the register and let the rules judge it."""
        try:
            return judged(load([Path(path) for path in paths] or [self.settings.register]))
        except PathMissing as missing:
            raise Stop("path-missing", path=missing.path) from None

    def entry(self, register: Register, identifier: str) -> Entry:
        """Return the agreement under an id; one that cannot be read has said why on stderr."""
        found = [entry for entry in register.entries if entry.agreement.id == identifier]
        if not found:
            raise Stop("id-unknown", FINDINGS, id=identifier)
        return found[0]


def _width(*, tty: bool) -> int:
    """Return the columns to draw on: COLUMNS, else the terminal's, else 120 for a pipe."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return min(int(columns), 1000)
    return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns if tty else PIPE_WIDTH


def status_of(register: Register) -> int:
    """Return the exit status that a register's own findings ask for."""
    return FINDINGS if any(f.severity is Severity.ERROR for f in register.diagnostics) else FINE


def write_json(shape: dict[str, Any]) -> None:
    """Write an answer for scripts: UTF-8, not escaped, keys in the contract's order."""
    write(json.dumps(shape, ensure_ascii=False, indent=2) + "\n", utf8=True)
