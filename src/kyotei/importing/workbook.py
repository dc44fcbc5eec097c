"""An Excel workbook -> its sheets: values only, within limits, no macros. The one home of openpyxl.

A workbook is a zip of XML, so before openpyxl sees it the sizes that the zip declares are added up (no entry
yields more than it declares), and each sheet is scanned once with defusedxml for what openpyxl does not tell:
how far it reaches, which cells hold formulas, and which are merged.
"""

from __future__ import annotations

import warnings
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any

import defusedxml.ElementTree as ET  # noqa: N817 (as everybody calls it)
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.escape import unescape

from kyotei.importing.sheet import (
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    OLD_BOOK,
    Cell,
    Sheet,
    SheetRefused,
    Span,
    Value,
)
from kyotei.text import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from openpyxl import Workbook

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that all parts of a workbook may have when unpacked."""
MOST_PARTS = 2_000
"""Files inside a workbook; a list has about a dozen."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def workbook_sheets(raw: bytes) -> list[Sheet]:
    """Return the sheets that are not hidden. Raises SheetRefused."""
    _hold_to_limits(raw)
    with _damage_told():
        book = load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [_sheet(book, sheet) for sheet in shown]


def _hold_to_limits(raw: bytes) -> None:
    """Refuse what is no workbook of today, what is encrypted or has macros, and what unpacks to too much."""
    if raw.startswith(OLD_BOOK):
        raise SheetRefused("sheet-encrypted" if _ENCRYPTED in raw else "sheet-old")
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise SheetRefused("sheet-damaged", problem=type(error).__name__) from None
    names = {part.filename for part in parts}
    if any(name.endswith(("vbaProject.bin", ".xlm")) or "macrosheets/" in name for name in names):
        raise SheetRefused("sheet-macros")
    if "xl/workbook.xml" not in names:
        raise SheetRefused("sheet-not-excel")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise SheetRefused("sheet-too-much", most=str(MOST_UNPACKED // 1024 // 1024))


@contextmanager
def _damage_told() -> Iterator[None]:
    """Name whatever goes wrong inside the libraries: a hostile file can raise anything there."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells which ornaments it leaves out
            yield
    except SheetRefused:
        raise
    except Exception as error:  # noqa: BLE001 (KeyError, ValueError, ParseError, EntitiesForbidden, BadZipFile …)
        raise SheetRefused("sheet-damaged", problem=type(error).__name__) from None


@dataclass(slots=True)
class _Scan:
    """What a sheet's XML says of itself."""

    rows: int = 0
    columns: int = 0
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Span] = field(default_factory=list)


def _sheet(book: Workbook, sheet: Any) -> Sheet:  # noqa: ANN401 (a ReadOnlyWorksheet, which the stubs lack)
    # The part's path is openpyxl's own business, but else the relations would have to be read anew.
    with book._archive.open(sheet._worksheet_path) as part:  # type: ignore[attr-defined] # noqa: SLF001
        scan = _scanned(part)
    sheet.reset_dimensions()  # what a file says of its size may be a lie
    rows = sheet.iter_rows(max_row=scan.rows, max_col=scan.columns, values_only=True) if scan.rows else ()
    cells = {number: _cells(number, row, scan.formulas) for number, row in enumerate(rows, 1)}
    found = {number: row for number, row in cells.items() if row}
    return Sheet(sheet.title, found, _spans(scan), book.epoch.date())


def _spans(scan: _Scan) -> dict[tuple[int, int], Span]:
    """Return the merged cells by row and column, as far as the sheet reaches. Excel lets none overlap."""
    found: dict[tuple[int, int], Span] = {}
    for span in scan.merged:
        for row in range(span.top, min(span.bottom, scan.rows) + 1):
            for column in range(span.left, min(span.right, scan.columns) + 1):
                if found.setdefault((row, column), span) is not span:
                    raise SheetRefused("sheet-damaged", problem="mergeCell")
    return found


def _cells(number: int, row: Iterable[object], formulas: set[tuple[int, int]]) -> dict[int, Cell]:
    """Return a row's cells that are not blank; a formula that nobody has computed is blank, but is kept."""
    found = {}
    for column, raw in enumerate(row, 1):
        value, formula = _value(raw), (number, column) in formulas
        if formula or value != "":
            found[column] = Cell(number, column, value, formula)
    return found


def _value(raw: object) -> Value:
    """Return a cell's value; a blank one is the empty text."""
    match raw:
        case str():
            text = "\n".join(lines(unescape(raw)))  # Excel writes a carriage return as _x000D_
            if len(text) > MOST_CHARACTERS:
                raise SheetRefused("sheet-cell-too-long", most=str(MOST_CHARACTERS))
            return text if text.strip() else ""
        case bool() | int() | float() | date():  # a datetime is a date
            return raw
        case None:
            return ""
        case _:  # a time of day, a length of time
            return str(raw)


def _scanned(part: IO[bytes]) -> _Scan:
    """Return how far a sheet reaches, its formulas and its merged cells. Raises SheetRefused."""
    scan, row, column = _Scan(), 0, 0
    for event, element in ET.iterparse(part, ("start", "end"), forbid_dtd=True):
        kind = element.tag.rpartition("}")[2]
        if event == "start":
            if kind == "row":
                row, column = int(element.get("r", row + 1)), 0
        elif kind == "c":
            column = _column(element.get("r"), row, column + 1)
            _take(scan, element, row, column)
        elif kind == "mergeCell":
            left, top, right, bottom = range_boundaries(element.get("ref"))
            last, wide = min(int(bottom or row), MOST_ROWS), min(int(right or column), MOST_COLUMNS)
            scan.merged.append(Span(int(top or 1), int(left or 1), last, wide))
        elif kind == "row":
            element.clear()
    return scan


def _column(reference: str | None, row: int, following: int) -> int:
    """Return the column of a cell, which may leave its name out; one of another row is damage."""
    if reference is None:
        return following
    named, column = coordinate_to_tuple(reference)
    if named != row:
        raise ValueError(reference)
    return int(column)


def _take(scan: _Scan, cell: Any, row: int, column: int) -> None:  # noqa: ANN401 (an element)
    """Note a cell that holds something; cells that are only painted are none."""
    kinds = {child.tag.rpartition("}")[2] for child in cell}
    if not kinds & {"v", "is", "f"}:
        return
    if row > MOST_ROWS or column > MOST_COLUMNS:
        raise SheetRefused("sheet-too-large", rows=str(MOST_ROWS), columns=str(MOST_COLUMNS))
    scan.rows, scan.columns = max(scan.rows, row), max(scan.columns, column)
    if "f" in kinds:
        scan.formulas.add((row, column))
