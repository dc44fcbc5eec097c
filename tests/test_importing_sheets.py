"""CSV and workbooks as sheets: what is read, and what is refused."""

# A cell holds anything:
# ruff: noqa: ANN401, E501 (rows of tables)

from __future__ import annotations

import os
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

from kyotei.importing import opened, workbook
from kyotei.importing.opened import opened_sheet
from kyotei.importing.separated import separated_sheet
from kyotei.importing.sheet import Cell, Sheet, SheetRefused, Span, letters
from kyotei.importing.workbook import workbook_sheets
from lists_for_tests import book_bytes, csv_bytes

if TYPE_CHECKING:
    from pathlib import Path


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in cells.values()] for _, cells in sheet.rows()]


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (256, "IV"), (703, "AAA")])
def test_a_column_has_the_name_that_excel_shows(column: int, name: str) -> None:
    assert letters(column) == name


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("協定", "協定"),
        (3, "3"),
        (3.0, "3"),
        (2.5, "2.5"),
        (True, "TRUE"),
        (date(2020, 11, 18), "2020-11-18"),
        (datetime(2020, 11, 18), "2020-11-18"),  # noqa: DTZ001 (Excel's days have no zone)
        (datetime(2020, 11, 18, 9, 30), "2020-11-18 09:30:00"),  # noqa: DTZ001 (as above)
    ],
)
def test_a_cell_has_a_text(value: Any, text: str) -> None:
    assert Cell(1, 1, value).text == text


# --- CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_csv_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    sheet = separated_sheet(csv_bytes([("協定名", "締結日"), ("①の協定・髙島", "2020-11-18")], encoding))
    assert texts(sheet) == [["協定名", "締結日"], ["①の協定・髙島", "2020-11-18"]]
    assert sheet.name == ""


def test_rows_are_counted_as_excel_counts_them() -> None:
    sheet = separated_sheet(b'a,"x\ny"\r\n,\r\nb\tc,1\r\n')
    assert {row: list(cells) for row, cells in sheet.rows()} == {1: [1, 2], 3: [1, 2]}


def test_tabs_may_part_the_columns() -> None:
    assert texts(separated_sheet("協定名\t締結日\nA、B\t2020-11-18\n".encode("utf-16"))) == [
        ["協定名", "締結日"],
        ["A、B", "2020-11-18"],
    ]


def test_the_apostrophe_that_guards_against_formulas_is_taken_off() -> None:
    assert texts(separated_sheet("'=1+1,'＋x,'abc,'\n".encode())) == [["=1+1", "＋x", "'abc", "'"]]


@pytest.mark.parametrize(
    ("raw", "name", "values"),
    [
        ("協定\n名称\n".encode("euc_jp"), "sheet-encoding", {"row": "1"}),
        ("協定\n".encode() + b"\xff\xfd\n", "sheet-encoding", {"row": "2"}),
        (b'a,"b\n', "sheet-csv", {"problem": "unexpected end of data"}),
        (b"a," + b"x" * 40_000, "sheet-cell-too-long", {"row": "1", "most": "32767"}),
        (b"a," + b"x" * 140_000, "sheet-csv", {"problem": "field larger than field limit (131072)"}),
        (b"," * 256 + b"x\n", "sheet-too-large", {"rows": "10000", "columns": "256"}),
        (b"\n" * 10_000 + b"x\n", "sheet-too-large", {"rows": "10000", "columns": "256"}),
    ],
)
def test_csv_that_cannot_be_a_list_is_refused(raw: bytes, name: str, values: dict[str, str]) -> None:
    with pytest.raises(SheetRefused) as refused:
        separated_sheet(raw)
    assert (refused.value.name, refused.value.values) == (name, values)


# --- Workbooks


def test_a_workbook_gives_values_days_and_merged_cells() -> None:
    rows = [
        ("表題",),
        ("名", None, 0, 2.5, date(2020, 11, 18), True),
        (time(9, 30),),
        (" \n ", "x\r\ny_x000D_"),
    ]
    (sheet,) = workbook_sheets(book_bytes(rows, merged=["A1:B1"]))
    assert texts(sheet) == [["表題"], ["名", "0", "2.5", "2020-11-18", "TRUE"], ["09:30:00"], ["x\ny\n"]]
    assert sheet.spans == {(1, 1): Span(1, 1, 1, 2), (1, 2): Span(1, 1, 1, 2)}
    assert (sheet.name, sheet.first_serial) == ("台帳", date(1899, 12, 30))


def test_a_formula_gives_the_value_that_excel_stored() -> None:
    (sheet,) = workbook_sheets(edited(book_bytes([("=1+1", "=2+2")]), "<v></v>", "<v>2</v>", 1))
    assert sheet.cells[1] == {1: Cell(1, 1, 2, formula=True), 2: Cell(1, 2, "", formula=True)}


def test_furigana_is_no_part_of_a_name() -> None:
    phonetic = '</t><rPh sb="0" eb="2"><t>ecks</t></rPh>'
    raw = edited(book_bytes([("X",)]), "X</t>", f"X{phonetic}")
    assert texts(workbook_sheets(raw)[0]) == [["X"]]


def test_days_may_count_from_1904() -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 (as above)
    book.worksheets[0]["A1"] = date(2020, 11, 18)
    stream = BytesIO()
    book.save(stream)
    (sheet,) = workbook_sheets(stream.getvalue())
    assert texts(sheet) == [["2020-11-18"]]
    assert sheet.first_serial == date(1904, 1, 1)


def test_hidden_sheets_are_not_read() -> None:
    book = load_workbook(BytesIO(book_bytes([("a",)], [("b",)])))
    book["二"].sheet_state = "hidden"
    stream = BytesIO()
    book.save(stream)
    assert [sheet.name for sheet in workbook_sheets(stream.getvalue())] == ["台帳"]


def edited(raw: bytes, old: str, new: str, count: int = -1) -> bytes:
    """Return a workbook with some text of its parts replaced."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(raw)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        parts = {part.filename: source.read(part) for part in source.infolist()}
        assert any(old.encode() in content for content in parts.values())
        for name, content in parts.items():
            target.writestr(name, content.replace(old.encode(), new.encode(), count))
    return stream.getvalue()


def with_part(name: str, content: bytes = b"") -> bytes:
    stream = BytesIO(book_bytes([("a",)]))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def zipped(**parts: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


PLAIN = book_bytes([("a", "b")])
LAUGHS = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "sheet-old"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "sheet-encrypted"),
        (b"PK\x03\x04 no zip at all", "sheet-damaged"),
        (PLAIN[: len(PLAIN) // 2], "sheet-damaged"),
        (with_part("xl/vbaProject.bin"), "sheet-macros"),
        (with_part("xl/macrosheets/sheet1.xml"), "sheet-macros"),
        (zipped(**{"word/document.xml": b""}), "sheet-not-excel"),
        (zipped(**{"xl/workbook.xml": b"<workbook/>"}), "sheet-damaged"),
        (with_part("xl/media/x", b"\0" * (64 * 1024 * 1024)), "sheet-too-much"),
        (edited(PLAIN, "<worksheet", f"{LAUGHS}<worksheet"), "sheet-damaged"),
        (edited(PLAIN, 'r="A1"', 'r="A2"'), "sheet-damaged"),
        (edited(PLAIN, 'r="1"', 'r="999999999"').replace(b"", b""), "sheet-damaged"),
        (edited(edited(PLAIN, 'r="1"', 'r="10001"'), 'r="A1"', 'r="A10001"'), "sheet-too-large"),
        (edited(PLAIN, 'r="B1"', 'r="XFD1"'), "sheet-too-large"),
        (edited(PLAIN, "a</t>", "a" * 40_000 + "</t>"), "sheet-cell-too-long"),
        (edited(PLAIN, "</sheetData>", "</sheetData><mergeCells>" + '<mergeCell ref="A1:B1"/>' * 2 + "</mergeCells>"), "sheet-damaged"),
        (edited(PLAIN, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="?"/></mergeCells>'), "sheet-damaged"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_no_list_or_hostile_is_refused(raw: bytes, name: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        workbook_sheets(raw)
    assert refused.value.name == name


def test_cells_may_leave_their_names_out() -> None:
    raw = edited(edited(edited(PLAIN, ' r="A1"', ""), ' r="B1"', ""), '<row r="1"', "<row")
    assert texts(workbook_sheets(raw)[0]) == [["a", "b"]]


def test_cells_that_are_only_painted_make_no_sheet_large() -> None:
    raw = edited(PLAIN, "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')
    assert texts(workbook_sheets(raw)[0]) == [["a", "b"]]


def test_cells_merged_to_the_edge_of_the_world_are_read_as_far_as_the_sheet_goes() -> None:
    merge = '</sheetData><mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>'
    (sheet,) = workbook_sheets(edited(PLAIN, "</sheetData>", merge))
    assert sheet.spans == {(1, 1): Span(1, 1, 10_000, 1)}


def test_a_sheet_too_deep_for_the_parser_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def deep(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(workbook, "load_workbook", deep)
    with pytest.raises(SheetRefused, match="sheet-damaged"):
        workbook_sheets(PLAIN)


# --- Files


def put(folder: Path, name: str, raw: bytes) -> Path:
    (folder / name).write_bytes(raw)
    return folder / name


def test_the_only_sheet_that_is_not_blank_is_taken(tmp_path: Path) -> None:
    file = put(tmp_path, "x.XLSX", book_bytes([], [("b",)], []))
    assert opened_sheet(file).name == "二"
    assert opened_sheet(file, "台帳").cells == {}


@pytest.mark.parametrize(
    ("name", "raw", "sheet", "refusal"),
    [
        ("x.csv", PLAIN, None, "sheet-misnamed.excel"),
        ("x.xlsx", b"a,b", None, "sheet-misnamed.text"),
        ("x.csv", b"a,b", "台帳", "sheet-none-in-csv"),
        ("x.csv", b"", None, "sheet-blank"),
        ("x.xlsx", book_bytes([("a",)], [("b",)]), None, "sheet-several"),
        ("x.xlsx", PLAIN, "三", "sheet-unknown"),
        ("x.csv", b" " * (10 * 1024 * 1024 + 1), None, "sheet-file-too-large"),
    ],
)
def test_a_file_that_is_not_what_it_seems_is_refused(
    tmp_path: Path, name: str, raw: bytes, sheet: str | None, refusal: str
) -> None:
    with pytest.raises(SheetRefused) as refused:
        opened_sheet(put(tmp_path, name, raw), sheet)
    assert refused.value.name == refusal


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.csv")
    for path, name in (
        (tmp_path, "sheet-not-regular"),
        (tmp_path / "fifo.csv", "sheet-not-regular"),
        (tmp_path / "none.csv", "sheet-unreadable"),
        (tmp_path / "a\0b.csv", "sheet-unreadable"),
    ):
        with pytest.raises(SheetRefused) as refused:
            opened_sheet(path)
        assert refused.value.name == name


def test_without_the_extra_a_workbook_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "kyotei.importing.workbook", None)
    with pytest.raises(SheetRefused, match="sheet-extra-missing"):
        opened_sheet(put(tmp_path, "x.xlsx", PLAIN))
    assert opened.opened_sheet(put(tmp_path, "x.csv", b"a")).cells[1][1].text == "a"
