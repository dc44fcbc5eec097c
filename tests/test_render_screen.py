from __future__ import annotations

import pytest
from rich.text import Text

from kyotei.messages import Language, words
from kyotei.render.screen import Screen
from kyotei.text import one_line

JA = words(Language.JA)


def screen(width: int = 20, *, colour: bool = False) -> Screen:
    return Screen(JA, width, colour, colour)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("一行目\n二行目\n", "一行目 二行目"),
        (" 横浜市 ", "横浜市"),
        ("[red]甲[/乙]:bomb:", "[red]甲[/乙]:bomb:"),
        ("a\tb", "a\\x09b"),
    ],
)
def test_data_is_one_line_in_a_cell(text: str, line: str) -> None:
    assert one_line(text) == line


def test_parts_stand_one_below_the_other_without_trailing_spaces() -> None:
    assert screen().draw(Text("連携協定  "), Text(""), Text("b")) == "連携協定\n\nb\n"


def test_markup_emoji_and_escapes_of_data_are_text() -> None:
    hostile = "[bold]甲[/] :bomb: [link=x]"
    assert screen(40).draw(Text(hostile)) == f"{hostile}\n"


def test_text_is_folded_where_japanese_may_be() -> None:
    drawn = screen(20).draw(Text("連携協定の有効期間は、（平成30年度）まで"))
    assert drawn == "連携協定の有効期間\nは、（平成30年度）ま\nで\n"


def test_what_must_not_be_parted_stands_over_the_edge() -> None:
    identifier = "x" * 63
    assert screen(20).draw(Text(f"{identifier} の期間")) == f"{identifier}\nの期間\n"
    assert screen(20).draw(Text(f"{identifier} の期間", no_wrap=True)) == f"{identifier} の期間\n"


def test_lines_of_a_text_stay_lines() -> None:
    assert screen().draw(Text("a\n\nb")) == "a\n\nb\n"


def test_colour_is_drawn_only_where_it_is_wanted() -> None:
    assert screen(colour=True).draw(Text("x", "bold red")) == "\x1b[1;31mx\x1b[0m\n"
    assert screen().draw(Text("x", "bold red")) == "x\n"


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_the_terminal_s_name_does_not_change_the_width(monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLUMNS", "10")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert screen(100, colour=True).draw(Text("連携協定 " * 10)) == f"{('連携協定 ' * 10).rstrip()}\n"
    assert screen(100).draw(Text("x", "red")) == "x\n"
