from __future__ import annotations

import locale
from pathlib import Path

import pytest

from kyotei.language import spoken
from kyotei.messages import Language

VARIABLES = ("KYOTEI_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def nothing_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(locale, "getlocale", lambda: (None, None))
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def test_english_is_spoken_where_nothing_tells() -> None:
    assert spoken([]) is Language.EN


@pytest.mark.parametrize(
    "args",
    [
        ["status", "--lang", "ja"],
        ["--lang=ja"],
        ["--lang", "en", "--lang", "ja"],
        ["--lang", "ja", "--", "--lang", "en"],
        ["--lang=ja", "status", "x"],
    ],
)
def test_the_last_option_before_a_double_dash_counts(args: list[str]) -> None:
    assert spoken(args) is Language.JA


@pytest.mark.parametrize(
    "args",
    [["--lang"], ["--lang", "fr"], ["--lang="], ["ja"], ["--language", "ja"], ["--", "--lang", "ja"], ["--"]],
)
def test_what_asks_for_no_language_that_we_speak_is_passed_over(args: list[str]) -> None:
    assert spoken(args) is Language.EN


def test_the_option_the_variable_the_register_and_the_locale_are_asked_in_this_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    assert spoken([]) is Language.JA
    Path("kyotei.toml").write_text('language = "en"', encoding="utf-8")
    assert spoken([]) is Language.EN
    monkeypatch.setenv("KYOTEI_LANG", "ja")
    assert spoken([]) is Language.JA
    assert spoken(["--lang", "en"]) is Language.EN


def test_a_faulty_register_settles_no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    Path("kyotei.toml").write_text("broken", encoding="utf-8")
    assert spoken([]) is Language.JA


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "ja_JP.eucJP"}, "ja"),
        ({"LANG": "JA"}, "ja"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, "en"),
        ({"LC_ALL": "ja_JP.UTF-8", "LANG": "en_US.UTF-8"}, "ja"),
        ({"LC_MESSAGES": "ja_JP", "LANG": "C"}, "ja"),
        ({"LC_ALL": "", "LANG": "ja_JP.UTF-8"}, "ja"),
    ],
)
def test_the_locale_s_variables_are_asked_as_everywhere(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert spoken([]) == language


@pytest.mark.parametrize(("name", "language"), [("Japanese_Japan", "ja"), ("ja_JP", "ja"), ("en_US", "en")])
def test_windows_has_no_variables_but_a_locale(
    monkeypatch: pytest.MonkeyPatch, name: str, language: str
) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: (name, "932"))
    assert spoken([]) == language


def test_a_locale_that_python_does_not_know_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> tuple[str, str]:
        raise ValueError("unknown locale: UTF-8")

    monkeypatch.setattr(locale, "getlocale", unknown)
    assert spoken([]) is Language.EN
