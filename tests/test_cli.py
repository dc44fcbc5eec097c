"""The command line: commands, options, help and refusals, in both languages."""

from __future__ import annotations

import os
import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import ROOT, Command, settle, started
from kyotei.cli import COMMANDS
from kyotei.messages import Language, words
from kyotei.text import cells
from kyotei.usage import misuse
from registers_for_tests import put, text

if TYPE_CHECKING:
    from pathlib import Path

EN = words(Language.EN)


class BadParameter(Exception):  # noqa: N818 (typer's name for it)
    """A refusal of an option whose kind this version does not know."""

    def __init__(self, ctx: object, param: object, message: str) -> None:
        super().__init__(message)
        self.ctx, self.param, self.message = ctx, param, message


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    put(tmp_path / "agreements", text("a"))
    return Command(capfd)


def test_the_version_is_one_line(run: Command) -> None:
    ran = run("--version")
    assert (ran.status, ran.out, ran.err) == (0, "kyotei 0.1.0\n", "")


def test_without_a_command_the_help_is_the_answer_and_wrong_use(run: Command) -> None:
    ran = run()
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == run("--help").out


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_every_command_and_option_is_explained(run: Command, command: str | None, language: str) -> None:
    """In the language asked for, and in columns that the terminal has."""
    args = ([command] if command else []) + ["--help", "--lang", language]
    ran = run(*args) if command else run("--lang", language, "--help")
    head = {"en": "Usage: ", "ja": "使い方: "}[language]
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"{head}{' '.join(['kyotei', *args[:-3]])} ")
    assert not re.search(r"^  -\S+(, \S+)?( [A-Z<][^ ]*)?$\n(?! {24}\S)", ran.out, re.MULTILINE)
    assert max(cells(line) for line in ran.out.splitlines()) <= 100


@pytest.mark.parametrize("columns", [1, 40, 80])
def test_help_fits_the_terminal_as_far_as_words_allow(
    run: Command, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert run("status", "--help", "--lang", "ja").status == 0


def test_short_help_is_help(run: Command) -> None:
    assert run("chain", "-h") == run("chain", "--help")


@pytest.mark.parametrize(
    ("args", "en", "ja"),
    [
        (
            ("statsu",),
            'kyotei: there is no command statsu; did you mean "status"?',
            "kyotei: statsu というコマンドはありません。「status」の誤りではありませんか",
        ),
        (("zzz",), "kyotei: there is no command zzz", "kyotei: zzz というコマンドはありません"),
        (("--zzz",), "kyotei: there is no option --zzz", "kyotei: --zzz というオプションはありません"),
        (
            ("status", "--fromat", "json"),
            'kyotei status: there is no option --fromat; did you mean "--format"?',
            "kyotei status: --fromat というオプションはありません。「--format」の誤りではありませんか",
        ),
        (
            ("status", "-x"),
            "kyotei status: there is no option -x",
            "kyotei status: -x というオプションはありません",
        ),
        (
            ("status", "--format", "xml"),
            "kyotei status: --format: write one of table, json",
            "kyotei status: --format には table, json のいずれかを書いてください",
        ),
        (("chain",), "kyotei chain: ID is missing", "kyotei chain: ID を書いてください"),
        (
            ("chain", "a", "b"),
            "kyotei chain: more was written than it takes: b",
            "kyotei chain: 余分な引数があります: b",
        ),
        (
            ("status", "--as-of"),
            "kyotei: --as-of: write a value after it",
            "kyotei: --as-of の後に値を書いてください",
        ),
        (("validate", "--strict=1"), "kyotei: --strict takes no value", "kyotei: --strict に値は書けません"),
        (
            ("\x1b[31m\n",),
            "kyotei: there is no command \\x1b[31m\\x0a",
            "kyotei: \\x1b[31m\\x0a というコマンドはありません",
        ),
    ],
    ids=lambda value: ascii(" ".join(value)) if isinstance(value, tuple) else "",
)
def test_wrong_use_is_told_in_one_line_of_the_user_s_language(
    run: Command, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...], en: str, ja: str
) -> None:
    """And the line ends with the page that helps."""
    page = f"{en.partition(':')[0]} --help"
    for language, expected in (
        ("en", f"{en} (see {page})\n"),
        ("ja", f"{ja}。使い方は {page} で見られます\n"),
    ):
        monkeypatch.setenv("KYOTEI_LANG", language)
        ran = run(*args)
        assert (ran.status, ran.out, ran.err) == (2, "", expected)


def test_a_language_that_we_do_not_speak_is_wrong_use(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("KYOTEI_LANG", "fr")
    ran = run.at("status")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "kyotei: --lang (KYOTEI_LANG): write one of ja, en (see kyotei --help)\n"


def test_the_language_may_stand_before_the_command(run: Command) -> None:
    assert run.at("--lang", "ja", "status") == run.at("status", "--lang", "ja")
    assert run.at("status", "--lang", "ja").out.startswith("協定台帳")


def test_the_day_may_come_from_the_environment(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KYOTEI_AS_OF", "令和8年11月22日")
    assert run("status") == run.at("status")
    monkeypatch.setenv("KYOTEI_AS_OF", "soon")
    assert run("status").err == ("kyotei: --as-of: soon is not a date; write 2020-11-18 or 令和2年11月18日\n")


def test_an_event_to_record_arrives_with_all_that_was_given(run: Command) -> None:
    fields = ("--by", "乙", "--on", "2026-12-10", "--arrived", "2026-12-11", "--accepted", "--note", "写し")
    ran = run.at("record", "a", "notice", *fields, "--dry-run")
    assert (ran.status, ran.err) == (0, "")
    assert re.search(r"^\+  - \{on: 2026-12-10, type: notice, by: 乙, .*\}$", ran.out, re.MULTILINE)
    assert all(field in ran.out for field in ("arrived: 2026-12-11", "accepted: true", "note: 写し"))


def test_a_draft_is_begun_with_what_was_given(run: Command, tmp_path: Path) -> None:
    parties = ("--party", "甲=横浜市", "--party", "乙=渋谷区")
    ran = run("new", "b", "--title", "協定", "--signed", "2026-04-01", *parties)
    written = (tmp_path / "agreements" / "b.yaml").read_text(encoding="utf-8")
    assert (ran.status, ran.err) == (0, "")
    assert all(field in written for field in ("id: b\n", "title: 協定\n", "signed: 2026-04-01\n", "渋谷区"))


def test_the_schema_is_the_one_that_files_name(run: Command) -> None:
    assert run("schema").out == (ROOT / "schemas/agreement.schema.json").read_text(encoding="utf-8")


def test_a_refusal_that_is_not_known_speaks_for_itself() -> None:
    assert misuse(EN, ValueError("no such luck")) == "kyotei: no such luck (see kyotei --help)"
    refused = BadParameter(None, SimpleNamespace(opts=["--x"], envvar=None, type=None), "no such luck")
    assert misuse(EN, refused) == "kyotei: no such luck (see kyotei --help)"


@pytest.mark.usefixtures("run")
def test_the_version_may_be_asked_for_in_a_language(run: Command) -> None:
    assert run("--lang", "ja", "--version") == run("--version")


def test_options_are_completed_with_what_is_said_of_them(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As zsh asks: the names from `--st` on, each with its sentence."""
    monkeypatch.setenv("_KYOTEI_COMPLETE", "complete_zsh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "kyotei status --st")
    with pytest.raises(SystemExit) as left:
        run()
    told = run.capfd.readouterr().out
    assert left.value.code == 0
    assert re.findall('"(--[a-z]+)":"Only agreements', told) == ["--state", "--stale"]


def test_a_command_line_is_completed() -> None:
    words_so_far = {"_KYOTEI_COMPLETE": "complete_bash", "COMP_WORDS": "kyotei sta", "COMP_CWORD": "1"}
    ran = started(env=words_so_far)
    assert (ran.returncode, ran.stdout.split()) == (0, [b"status"])
    ran = started(env={**words_so_far, "COMP_WORDS": "kyotei nosuch --l", "COMP_CWORD": "2"})
    assert ran.stderr == b""


def shown(*args: str, env: dict[str, str] | None = None) -> str:
    """What a terminal of 100 columns is sent."""
    parent, child = os.openpty()
    ran = started(*args, stdout=child, stderr=child, env={"TERM": "xterm", "COLUMNS": "100", **(env or {})})
    os.close(child)
    assert ran.returncode in {0, 1}
    found = b"".join(iter(lambda: read(parent), b""))
    os.close(parent)
    return found.decode().replace("\r\n", "\n")


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # on Linux, its end of file
        return b""


@pytest.mark.usefixtures("run")
class TestTerminal:
    """On a terminal (a real one, as far as the system knows) colour and the faulty line are shown."""

    def test_colour_says_again_what_words_have_said(self) -> None:
        coloured = shown("status", "--as-of", "2026-12-20")
        assert "\x1b[1;31min 8 days !!" in coloured
        plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
        piped = started("status", "--as-of", "2026-12-20", env={"COLUMNS": "100"}).stdout.decode()
        assert [line.rstrip() for line in plain.splitlines()] == piped.splitlines()

    @pytest.mark.parametrize(
        ("args", "env"), [((), {"NO_COLOR": "1"}), (("--no-color",), {}), ((), {"TERM": "dumb"})], ids=str
    )
    def test_colour_can_be_unwanted(self, args: tuple[str, ...], env: dict[str, str]) -> None:
        assert "\x1b" not in shown("status", "--as-of", "2026-12-20", *args, env=env)

    def test_the_faulty_line_is_shown_with_a_caret(self, tmp_path: Path) -> None:
        put(tmp_path / "agreements", text("b").replace("渋谷区}", "渋谷区, nam: x}"))
        assert shown("validate", "--no-color").splitlines() == [
            'agreements/b.yaml:4:54: error field-unknown unknown key "nam"; did you mean "name"?',
            "    4 | parties: [{role: 甲, name: 横浜市}, {role: 乙, name: 渋谷区, nam: x}]",
            "      |                                                              ^",
            "1 error, 0 warnings in 1 of 2 files",
        ]
