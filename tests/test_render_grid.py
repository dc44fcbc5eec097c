from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyotei.messages import Language, words
from kyotei.render.grid import Cell, Column, Grid, Line, grid, records, table_or_records
from kyotei.render.screen import Screen
from kyotei.text import cells

COLUMNS = (Column("id", 8), Column("if nobody acts"), Column("申出期限", 10))
ROW: tuple[Cell, ...] = (
    (Line("yokohama"), Line("オープンイノベーションの実現に関する連携協定", folds=True)),
    (Line("renews"), Line("2027-04-01")),
    (Line("安全日まで", folds=True),),
)


def drawn(width: int, *rows: tuple[Cell, ...]) -> list[str]:
    screen = Screen(words(Language.JA), width, colour=False, tty=False)
    return screen.draw(*table_or_records(COLUMNS, rows, width)).splitlines()


def test_a_table_has_one_rule_and_as_much_room_as_it_needs() -> None:
    assert drawn(80, ROW) == [
        "id                                            if nobody acts  申出期限",
        "────────────────────────────────────────────────────────────────────────",
        "yokohama                                      renews          安全日まで",
        "オープンイノベーションの実現に関する連携協定  2027-04-01",
    ]


def test_a_narrower_table_folds_japanese_and_headings_between_words() -> None:
    assert drawn(36, ROW) == [
        "            if nobody",
        "id          acts          申出期限",
        "────────────────────────────────────",
        "yokohama    renews        安全日まで",
        "オープンイ  2027-04-01",
        "ノベーショ",
        "ンの実現に",
        "関する連携",
        "協定",
    ]


def test_nothing_is_cut_where_rich_counts_more_columns_than_we_do() -> None:
    """Newer tables of characters give a trigram two columns."""
    trigrams = (Line("id"), Line("☰" * 40, folds=True)), (Line("renews"),), (Line("-"),)
    assert "".join(drawn(40, trigrams)).count("☰") == 40


def test_where_no_table_fits_each_row_is_a_record() -> None:
    assert drawn(30, ROW, (ROW[0], (), (Line("-"),))) == [
        "yokohama",
        "オープンイノベーションの実現に",
        "関する連携協定",
        "  if nobody acts  renews",
        "                  2027-04-01",
        "  申出期限        安全日まで",
        "",
        "yokohama",
        "オープンイノベーションの実現に",
        "関する連携協定",
        "  申出期限  -",
    ]


def test_on_the_narrowest_screen_values_stand_below_their_headings() -> None:
    assert drawn(20, ROW) == [
        "yokohama",
        "オープンイノベーショ",
        "ンの実現に関する連携",
        "協定",
        "  if nobody acts",
        "    renews",
        "    2027-04-01",
        "  申出期限",
        "    安全日まで",
    ]


def test_rows_of_one_line_stand_close_and_longer_ones_apart() -> None:
    short: tuple[Cell, ...] = ((Line("a"),), (Line("b"),), (Line("c"),))
    assert "" not in drawn(80, short, short)
    assert "" in drawn(80, ROW, ROW)


def test_a_table_that_would_cut_something_is_none() -> None:
    assert isinstance(grid(COLUMNS, [ROW], 32), Grid)
    assert grid(COLUMNS, [ROW], 31) is None


@pytest.mark.parametrize("heading", ["x", "申出期限"])
def test_a_record_of_nothing_but_its_first_cell_is_that_cell(heading: str) -> None:
    assert drawn(80, ((Line("a"),), (), ()))[2:] == ["a"]
    found = records([Column("id"), Column(heading)], [((Line("a"),), ())], 80)
    assert Screen(words(Language.EN), 80, colour=False, tty=False).draw(*found).strip() == "a"


FIXED = st.from_regex(r"[a-z0-9-]{1,30}", fullmatch=True).map(Line)
FOLDING = st.text("あ漢（、a b", min_size=1, max_size=40).map(lambda text: Line(text.strip(), folds=True))


@given(
    st.lists(st.tuples(*[st.lists(FIXED | FOLDING, max_size=3).map(tuple)] * 3), min_size=1, max_size=3),
    st.integers(20, 150),
)
def test_no_fixed_line_is_ever_cut_or_folded_and_no_table_is_too_wide(
    rows: list[tuple[Cell, ...]], width: int
) -> None:
    rows = [((Line("first"), *row[0]), *row[1:]) for row in rows]
    found = drawn(width, *rows)
    for row in rows:
        for cell in row:
            assert all(any(line.text in one for one in found) for line in cell if not line.folds)
    widest = max(cells(line.text) for row in rows for cell in row for line in cell if not line.folds)
    assert all(cells(one) <= max(width, widest + 4) for one in found)
