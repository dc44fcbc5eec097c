from __future__ import annotations

import fcntl
import os
import struct
import sys
import termios
from datetime import UTC, date, datetime
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING

import pytest

import kyotei.commands.session
import kyotei.progress
import kyotei.settings
from command_line_for_tests import Command, settle
from kyotei.commands.session import Session, Stop, asker
from kyotei.messages import Language, words
from kyotei.output import STDERR, STDIN
from registers_for_tests import put, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zoneinfo import ZoneInfo


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    settle(monkeypatch, tmp_path)
    monkeypatch.delenv("COLUMNS")
    return Session(words(Language.EN))


@pytest.fixture
def terminal() -> Iterator[int]:
    """A terminal of 97 columns."""
    parent, child = os.openpty()
    resize(child, 97)
    yield child
    os.close(parent)
    os.close(child)


def resize(terminal: int, columns: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))


@pytest.fixture
def pipe() -> Iterator[int]:
    read, written = os.pipe()
    yield written
    os.close(read)
    os.close(written)


def test_a_pipe_is_120_columns_wide_and_has_no_colour(session: Session, pipe: int) -> None:
    found = session.screen(pipe)
    assert (found.width, found.colour, found.tty) == (120, False, False)


def test_a_terminal_has_its_own_width_and_colour(session: Session, terminal: int) -> None:
    found = session.screen(terminal)
    assert (found.width, found.colour, found.tty) == (97, True, True)


def test_a_terminal_that_does_not_tell_has_eighty_columns(session: Session, terminal: int) -> None:
    resize(terminal, 0)
    assert session.screen(terminal).width == 80


def test_a_terminal_that_cannot_be_asked_has_eighty_columns(
    session: Session, terminal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: int) -> os.terminal_size:
        raise OSError

    monkeypatch.setattr(os, "get_terminal_size", refused)
    assert session.screen(terminal).width == 80


@pytest.mark.parametrize(
    ("columns", "width"),
    [
        ("1", 20),
        ("19", 20),
        ("60", 60),
        ("1000", 1000),
        ("9999", 1000),
        ("0", 97),
        ("", 97),
        ("-5", 97),
        ("x", 97),
        ("９０", 97),
        ("9" * 5000, 97),
    ],
    ids=lambda value: str(value)[:5],
)
def test_columns_are_taken_where_they_are_a_number(
    session: Session, terminal: int, monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert session.screen(terminal).width == width


@pytest.mark.parametrize(
    ("name", "value", "colour"),
    [
        ("NO_COLOR", "1", False),
        ("NO_COLOR", "", True),
        ("TERM", "dumb", False),
        ("TERM", "unknown", False),
        ("TERM", "xterm-256color", True),
    ],
)
def test_colour_can_be_unwanted(
    session: Session, terminal: int, monkeypatch: pytest.MonkeyPatch, name: str, value: str, *, colour: bool
) -> None:
    monkeypatch.setenv(name, value)
    assert session.screen(terminal).colour is colour


def test_colour_can_be_refused_for_one_run(session: Session, terminal: int) -> None:
    assert not Session(session.words, no_color=True).screen(terminal).colour


def test_without_a_day_today_in_the_register_s_time_zone_is_meant(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def evening(zone: ZoneInfo) -> datetime:
        return datetime(2026, 11, 21, 15, 30, tzinfo=UTC).astimezone(zone)

    monkeypatch.setattr(kyotei.settings, "now", evening)
    assert session.as_of == date(2026, 11, 22)


def test_the_day_asked_for_is_read_as_people_write_it(session: Session) -> None:
    assert Session(session.words, "令和８年１１月２２日").as_of == date(2026, 11, 22)
    assert session.day("--on", "R8.11.22") == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("option", "given", "problem"),
    [
        ("--as-of", "yesterday", "yesterday is not a date; write 2020-11-18 or 令和2年11月18日"),
        ("--on", "", '"" is not a date; write 2020-11-18 or 令和2年11月18日'),
    ],
)
def test_what_is_no_day_stops_the_run(session: Session, option: str, given: str, problem: str) -> None:
    with pytest.raises(Stop) as raised:
        session.day(option, given)
    assert (raised.value.name, raised.value.status) == ("option", 2)
    assert raised.value.values == {"option": option, "problem": problem}


def test_nobody_is_asked_where_nobody_sits(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    for seats in ({STDIN}, {STDERR}, set()):
        monkeypatch.setattr(kyotei.commands.session, "is_terminal", seats.__contains__)
        assert asker() is None
    assert session.asked_day is None


def test_a_person_is_asked_on_stderr(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(kyotei.commands.session, "is_terminal", {STDIN, STDERR}.__contains__)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(" 横浜市 \n".encode()), encoding="utf-8"))
    ask = asker()
    assert ask is not None
    assert ask("当事者") == "横浜市"
    assert capfd.readouterr() == ("", "当事者: ")
    with pytest.raises(KeyboardInterrupt):
        ask("当事者")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    return Command(capfd)


def test_who_waits_at_a_terminal_is_told_how_far_the_reading_is(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "agreements", text("a"))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(kyotei.commands.session, "is_terminal", lambda stream: stream == STDERR)
    monkeypatch.setattr(kyotei.progress, "PATIENCE", -1)
    ran = run("validate", "--as-of", "2026-11-22")
    assert ran.err.startswith("\rReading: 0 / 1 files\r ")
    assert ran.err.endswith(" \r1 file, no findings\n")


def test_a_register_that_is_not_there_is_told_with_the_ways_out(run: Command) -> None:
    ran = run.at("status")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "kyotei: there is no register agreements; give a PATH, or name the register in kyotei.toml\n"
    )


@pytest.mark.parametrize("command", ["status", "deadlines", "validate"])
@pytest.mark.parametrize(
    ("path", "shown"),
    [("nowhere", "nowhere"), ("", '""'), ("a\x1b[2J\nb", "a\\x1b[2J\\x0ab"), ("[/red]", "[/red]")],
)
def test_a_path_that_is_not_there_is_wrong_use(run: Command, command: str, path: str, shown: str) -> None:
    ran = run.at(command, path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"kyotei: there is no file or folder {shown}\n"


@pytest.mark.parametrize(
    ("settings", "finding"),
    [
        ("tiemzone = 1\n", '1:1: error setting-unknown unknown setting "tiemzone"; did you mean "timezone"?'),
        ('\nlanguage = "fr"\n', '2:1: error setting-invalid "language" must be "ja" | "en"'),
        ("a = [\n", "2:1: error toml-invalid not readable as TOML: Invalid value"),
    ],
)
@pytest.mark.parametrize("command", ["status", "deadlines", "validate"])
def test_a_faulty_kyotei_toml_is_wrong_use_told_with_its_place(
    run: Command, tmp_path: Path, command: str, settings: str, finding: str
) -> None:
    (tmp_path / "kyotei.toml").write_text(settings, encoding="utf-8")
    ran = run.at(command)
    assert (ran.status, ran.out, ran.err) == (2, "", f"kyotei.toml:{finding}\n")


@pytest.mark.parametrize("args", [("status",), ("deadlines",), ("chain", "a"), ("show", "a")])
@pytest.mark.parametrize("form", ["table", "json"])
def test_one_bad_file_never_hides_the_good_ones(
    run: Command, tmp_path: Path, args: tuple[str, ...], form: str
) -> None:
    register = tmp_path / "agreements"
    put(register, text("a"))
    put(register, "", "b.yaml")
    ran = run.at(*args, "--format", form)
    assert ran.status == 1
    assert "2026-12-28" in ran.out
    assert ran.err == "agreements/b.yaml:1:1: error file-empty the file holds no agreement\n"


@pytest.mark.parametrize("args", [("status",), ("deadlines",), ("chain", "a")])
def test_a_warning_is_told_and_harms_nothing(run: Command, tmp_path: Path, args: tuple[str, ...]) -> None:
    put(tmp_path / "agreements", text("a"), "b.yaml")
    ran = run.at(*args)
    assert ran.status == 0
    assert ran.err.startswith("agreements/b.yaml:1:5: warning id-not-file-name")
