from __future__ import annotations

import json
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyotei.text import FORBIDDEN, Spot, folded, in_json, lines, number, shortened, shown, spot_of


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("横浜市\u3000渋谷区 ＹＯＸＯ〜", "横浜市\u3000渋谷区 ＹＯＸＯ〜"),
        ("\x1b[31mred\x1b]0;title\x07", "\\x1b[31mred\\x1b]0;title\\x07"),
        ("a\nb\r\nc\td", "a\\x0ab\\x0d\\x0ac\\x09d"),
        ("\x7f\x85\x9b1m", "\\x7f\\x85\\x9b1m"),
        ("甲\u200b乙\u00ad丙", "甲U+200B乙\\xad丙"),
        ("\u202e年度\u2066", "U+202E年度U+2066"),
        ("\udcff\udc80.yaml", "\\xff\\x80.yaml"),
        ("\ud800\ufeff\uffff\U000e0041", "U+D800U+FEFFU+FFFFU+E0041"),
        ("[red]:bomb:[/乙]", "[red]:bomb:[/乙]"),
    ],
)
def test_what_a_terminal_would_obey_stands_there_by_its_number(text: str, visible: str) -> None:
    assert shown(text) == visible


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        ("横浜市 [red] ※", '"横浜市 [red] ※"', "横浜市 [red] ※"),
        ("a\x1b[31m\x9b1m\x7f", '"a\\u001b[31m\\u009b1m\\u007f"', "a\x1b[31m\x9b1m\x7f"),
        ("\u202e年\u2028\ufeff", '"\\u202e年\\u2028\\ufeff"', "\u202e年\u2028\ufeff"),
        ("\U000e0041", '"\\udb40\\udc41"', "\U000e0041"),
        ("\udcff.yaml", '"\\\\xff.yaml"', "\\xff.yaml"),
    ],
)
def test_nothing_in_json_drives_a_terminal_and_a_program_reads_it_back(
    text: str, written: str, read: str
) -> None:
    told = in_json(json.dumps(text, ensure_ascii=False))
    assert (told, json.loads(told)) == (written, read)


@given(st.text())
def test_shown_text_is_one_line_that_can_be_printed(text: str) -> None:
    assert len(shown(text).splitlines()) <= 1
    assert {category(sign) for sign in shown(text)}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})


@pytest.mark.parametrize(
    "name", ["𠮷野家", "葛\U000e0100飾区", "か\u3099", "👨\u200d👩\u200d👧", "\u2764\ufe0f", "a\u00a0b"]
)
def test_signs_with_which_names_are_written_are_allowed(name: str) -> None:
    assert FORBIDDEN.search(name) is None
    assert shown(name) == name


@pytest.mark.parametrize(
    ("offset", "spot"), [(0, Spot(0, 0)), (1, Spot(0, 1)), (4, Spot(1, 1)), (6, Spot(2, 0)), (9, Spot(3, 1))]
)
def test_every_line_end_ends_a_line_once(offset: int, spot: Spot) -> None:
    assert spot_of("a\r\nあb\rc\nd", offset) == spot


def test_lines_are_those_that_spots_count() -> None:
    assert list(lines("a\r\nあb\rc\nd\u2028e")) == ["a", "あb", "c", "d\u2028e"]
    assert list(lines("a\n")) == ["a", ""]


def test_only_long_text_is_shortened() -> None:
    assert shortened("あ" * 40) == "あ" * 40
    assert shortened("あ" * 41) == "あ" * 40 + "…"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("  令和２年\u3000１１月 \t18日\n", "令和2年 11月 18日"),
        ("㋿2年", "令和2年"),
        ("１¹日", ""),
        ("½年", ""),
        ("①か月", ""),
        ("x" * 100, "x" * 100),
        ("x" * 101, ""),
    ],
)
def test_forms_are_folded_but_no_sign_becomes_a_digit_that_it_is_not(text: str, read: str) -> None:
    assert folded(text) == read


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("11", 11),
        ("二〇二〇", 2020),
        ("二千二十", 2020),
        ("千", 1000),
        ("九千九百九十九", 9999),
        ("二一", 21),
        ("百一", 101),
    ],
)
def test_kanji_numerals_are_read_by_digit_and_by_place(digits: str, value: int) -> None:
    assert number(digits) == value


@pytest.mark.parametrize("digits", ["〇", "〇一", "十〇", "十十", "十百", "二三十", "元", "零", "1十"])
def test_other_kanji_are_no_number(digits: str) -> None:
    assert number(digits) is None
