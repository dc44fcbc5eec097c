"""Which row holds the headings, which field each column fills, and which rows are agreements."""

# A cell holds anything:
# ruff: noqa: E501 (rows of tables)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kyotei.importing.columns import asked_mapping, headed
from kyotei.importing.records import Passed, Record, is_loose, records
from kyotei.importing.separated import separated_sheet
from kyotei.importing.sheet import SheetRefused
from kyotei.importing.vocabulary import field_of
from kyotei.importing.workbook import workbook_sheets
from lists_for_tests import HEADINGS, SOUND, book_bytes, csv_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.importing.columns import Headed

FULL = ("No.", "協定名", "相手方", "締結日", "備考")


def of(*rows: Sequence[Any], asked: Sequence[str] = (), merged: Sequence[str] | None = None) -> Headed:
    if merged is None:
        return headed(separated_sheet(csv_bytes(rows)), asked_mapping(asked))
    (sheet,) = workbook_sheets(book_bytes(rows, merged=merged))
    return headed(sheet, asked_mapping(asked))


def fields(found: Headed) -> dict[str, str]:
    return {
        column.heading: f"({column.beside})" if column.beside else column.field for column in found.columns
    }


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("協定名", "title"),
        ("協　定　名", "title"),
        ("協定\nの名称", "title"),
        ("件名", "title"),
        ("相手方", "others"),
        ("締結先", "others"),
        ("当事者", "parties"),
        ("締結年月日", "signed"),
        ("ＴＥＬ", "phone"),
        ("期間", "term"),
        ("有効期限", "term.end"),
        ("自動更新の有無", "renewal.automatic"),
        ("更新", "renewal"),
        ("申出期限", "notice"),
        ("担当課", "office"),
        ("担当", "office"),
        ("備考", "notes"),
        ("分野", "tags"),
        ("notice before end", "notice.before_end"),
        ("renewal length", "renewal.length"),
        ("残り日数", "computed"),
    ],
)
def test_headings_are_recognised_as_offices_write_them(heading: str, field: str) -> None:
    assert field_of(heading) == (field, True)


@pytest.mark.parametrize(("heading", "field"), [("締結日（和暦）", "signed"), ("※有効期間", "term")])
def test_a_heading_with_a_remark_says_its_field_less_plainly(heading: str, field: str) -> None:
    assert field_of(heading) == (field, False)


def test_a_heading_that_nobody_knows_has_no_field() -> None:
    assert field_of("決裁番号") is None


def test_titles_above_the_headings_are_passed_over() -> None:
    found = of(["令和8年度 連携協定一覧"], ["令和8年4月1日現在"], [], FULL, ["1", *SOUND[:3]])
    assert (found.first, found.last) == (4, 4)
    assert fields(found) == dict(zip(FULL, ("ignore", "title", "others", "signed", "notes"), strict=True))


def test_two_rows_of_headings_are_one() -> None:
    found = of(
        ["協定名", "締結日", "有効期間", "", "連絡先", "", "更新"],
        ["", "", "始期", "終期", "課名", "電話", ""],
        SOUND,
        asked=["課名=office"],
    )
    assert (found.first, found.last) == (1, 2)
    assert fields(found) == {
        "協定名": "title",
        "締結日": "signed",
        "有効期間 始期": "term.start",
        "有効期間 終期": "term.end",
        "連絡先 課名": "office",
        "連絡先 電話": "phone",
        "更新": "renewal",
    }


def test_merged_headings_are_read_in_a_workbook() -> None:
    found = of(
        ["協定名", "締結日", "有効期間", None, "更新"],
        [None, None, "開始", "満了日", None],
        ["A", "2020-11-18", "2020-11-18", "2021-03-31", "なし"],
        merged=["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
    )
    assert list(fields(found).values()) == ["title", "signed", "term.start", "term.end", "renewal"]
    assert found.last == 2


def test_headings_merged_over_two_rows_from_above_are_found_below() -> None:
    found = of(["協定名", "締結日", "期間"], [None, None, "始期"], ["A"], merged=["C1:D1"])
    assert list(fields(found).values()) == ["title", "signed", "term.start"]


@pytest.mark.parametrize("second", [["A", "渋谷区", "備考"], ["", "", "備考のとおり"]])
def test_an_agreement_below_the_headings_is_none_of_them(second: Sequence[str]) -> None:
    assert of(["協定名", "相手方", "締結日"], second).last == 1


def test_a_combined_heading_is_read_again_where_it_stands_in_one_row() -> None:
    found = of(["基本 協定名", "締結日", "更新"])
    assert list(fields(found).values()) == ["title", "signed", "renewal"]


def test_a_column_yields_to_one_that_says_the_same_more_plainly() -> None:
    found = of(["協定名", "締結日", "締結日（和暦）", "当事者", "相手方", "申出期限", "申出期間", "所管課"])
    assert fields(found) == {
        "協定名": "title",
        "締結日": "signed",
        "締結日（和暦）": "(締結日)",
        "当事者": "parties",
        "相手方": "(当事者)",
        "申出期限": "(申出期間)",
        "申出期間": "notice.before_end",
        "所管課": "office",
    }


def test_a_mapping_goes_before_what_is_recognised() -> None:
    rows = ["協定の愛称", "締結日", "更新", "", "備考"], ["A", "2020-11-18", "なし", "x", "y"]
    found = of(*rows, asked=["協定の　愛称 = title", "D=tags", "備考=ignore"])
    assert [column.field for column in found.columns] == ["title", "signed", "renewal", "tags", "ignore"]


def test_columns_without_a_heading_are_kept_if_something_stands_there() -> None:
    found = of(["協定名", "締結日", "", ""], ["A", "2020-11-18", "", "x"])
    assert [(column.letters, column.field) for column in found.columns][2:] == [("D", "")]


@pytest.mark.parametrize(
    ("rows", "asked", "name"),
    [
        ([["甲", "乙"], ["1", "2"]], [], "sheet-no-headings"),
        ([["協定名", "締結日"]], ["名=title"], "map-column-unknown"),
        ([["協定名", "締結日"]], ["Z=title"], "map-column-unknown"),
        ([["協定名", "件名", "締結日"]], [], "map-two-columns"),
        ([["協定名", "締結日(覚書)", "締結日(協定)"]], [], "map-two-columns"),
    ],
)
def test_headings_that_cannot_be_settled_are_refused(
    rows: Sequence[Sequence[str]], asked: Sequence[str], name: str
) -> None:
    with pytest.raises(SheetRefused) as refused:
        of(*rows, asked=asked)
    assert refused.value.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("協定名", "map-invalid"),
        ("=title", "map-invalid"),
        ("協定名=", "map-invalid"),
        ("協定名=name", "map-field-unknown"),
        ("協定名=computed", "map-field-unknown"),
    ],
)
def test_a_mapping_of_another_form_is_refused(text: str, name: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        asked_mapping([text])
    assert refused.value.name == name


def test_a_heading_may_hold_an_equals_sign() -> None:
    assert asked_mapping(["a=b=title"]) == {"a=b": "title"}


# --- Rows


def became(found: Headed) -> list[tuple[int, str]]:
    return [
        (one.row, one.why if isinstance(one, Passed) else ",".join(cell.text for each in one.cells.values() for cell in each))
        for one in records(found)
    ]  # fmt: skip


def test_rows_that_are_no_agreement_are_passed_over_with_their_reason() -> None:
    found = of(
        FULL,
        ["1", *SOUND[:3]],
        [],
        ["2"],
        FULL,
        ["", "※ 覚書を含む"],
        ["合計", "25件"],
        ["", "計 2", "", "", "x"],
        ["", "合計", "", "2020-11-18"],
    )
    assert became(found) == [
        (2, "1,見守り協定,渋谷区,2020-11-18"),
        (4, "nothing"),
        (5, "heading"),
        (6, "remark"),
        (7, "total"),
        (8, "total"),
        (9, "合計,2020-11-18"),
    ]


def test_a_heading_in_between_is_one_if_it_is_merged_over_columns() -> None:
    found = of(FULL, [None, "【防災】"], [1, "A", "B", "C"], merged=["B2:D2"])
    assert became(found) == [(2, "remark"), (3, "1,A,B,C")]


def test_a_category_merged_downwards_holds_for_each_row() -> None:
    headings = ("分野", "協定名", "相手方", "締結日")
    found = of(headings, ["防災", "A", "B", "C"], [None, "D", "E", "F"], merged=["A2:A3"])
    assert became(found) == [(2, "防災,A,B,C"), (3, "防災,D,E,F")]


def test_rows_over_which_the_name_is_merged_are_one_agreement() -> None:
    rows = ["A", "渋谷区", "2020-11-18"], [None, "川崎市", None], ["B", "大和市", "2021-01-01"]
    found = of(["協定名", "相手方", "締結日"], *rows, merged=["A2:A3", "C2:C3"])
    first, second = records(found)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert (first.rows, second.rows) == ((2, 3), (4,))
    assert [cell.text for cell in first.cells[2]] == ["渋谷区", "川崎市"]
    assert [cell.text for cell in first.cells[3]] == ["2020-11-18"]


@pytest.mark.parametrize(("row", "loose"), [(["", "渋谷区", ""], True), (["A", "", ""], False)])
def test_a_row_without_name_and_day_may_belong_to_the_row_above(row: list[str], loose: bool) -> None:  # noqa: FBT001 (a table's column)
    found = of(HEADINGS, row)
    (record,) = records(found)
    assert isinstance(record, Record)
    assert is_loose(found, record) is loose
