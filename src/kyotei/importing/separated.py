"""CSV -> a sheet: UTF-8 or cp932, commas or tabs, told apart by what stands there."""

from __future__ import annotations

import csv
from io import StringIO

from kyotei.drafting.decoding import decoded
from kyotei.importing.sheet import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, Cell, Sheet, SheetRefused
from kyotei.source import Refusal


def separated_sheet(raw: bytes) -> Sheet:
    """Return the sheet that a CSV file holds. Raises SheetRefused.

    Its rows are counted as Excel counts them: a line break within quotes begins no new row.
    """
    text = text_of_bytes(raw)
    try:
        found = dict(enumerate(_cells(text), 1))
    except csv.Error as error:
        raise SheetRefused("sheet-csv", problem=str(error)) from None
    return Sheet("", {row: cells for row, cells in found.items() if cells})


def text_of_bytes(raw: bytes) -> str:
    """Return the text; Excel on a Japanese Windows saves cp932 unless it is told otherwise."""
    try:
        return decoded(raw)
    except Refusal as refusal:
        raise SheetRefused("sheet-encoding", row=str(refusal.spot.line + 1)) from None


def _cells(text: str) -> list[dict[int, Cell]]:
    """Return each record's cells that are not blank."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found: list[dict[int, Cell]] = []
    for row, record in enumerate(reader, 1):
        cells = {
            column: Cell(row, column, _unguarded(value))
            for column, value in enumerate(record, 1)
            if value.strip()
        }
        _hold_to_limits(row, cells)
        found.append(cells)
    return found


def _hold_to_limits(row: int, cells: dict[int, Cell]) -> None:
    if cells and (row > MOST_ROWS or max(cells) > MOST_COLUMNS):
        raise SheetRefused("sheet-too-large", rows=str(MOST_ROWS), columns=str(MOST_COLUMNS))
    for cell in cells.values():
        if len(cell.text) > MOST_CHARACTERS:
            raise SheetRefused("sheet-cell-too-long", row=str(row), most=str(MOST_CHARACTERS))


def _delimiter(text: str) -> str:
    """Tell tabs from commas by whichever the text has more of."""
    return "\t" if text.count("\t") > text.count(",") else ","


def _unguarded(value: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from reading text as a formula."""
    return value[1:] if value[:1] == "'" and value[1:2] in GUARDED else value


GUARDED = tuple("=+-@\t\r＝＋－＠")
"""What a spreadsheet would take for the beginning of a formula."""
