"""A list's file -> the sheet that is asked for, told apart by what stands in it and not by its name."""

from __future__ import annotations

import os
from stat import S_ISREG
from typing import TYPE_CHECKING

from kyotei.importing.separated import separated_sheet, text_of_bytes
from kyotei.importing.sheet import MOST_FILE, OLD_BOOK, Sheet, SheetRefused

if TYPE_CHECKING:
    from pathlib import Path

_BOOKS = (b"PK\x03\x04", b"PK\x05\x06", OLD_BOOK)
_OF_EXCEL = {".xlsx", ".xlsm", ".xls", ".xltx", ".xlsb"}


def opened_sheet(path: Path, name: str | None = None) -> Sheet:
    """Return the sheet of a file, the one of that name where there are several. Raises SheetRefused."""
    raw = _content(path)
    is_book = raw.startswith(_BOOKS)
    if is_book != (path.suffix.lower() in _OF_EXCEL):
        raise SheetRefused("sheet-misnamed.excel" if is_book else "sheet-misnamed.text")
    if is_book:
        return _chosen(_workbook_sheets(raw), name)
    if name is not None:
        raise SheetRefused("sheet-none-in-csv")
    return _chosen([separated_sheet(raw)], None)


def opened_text(path: Path) -> str:
    """Return the text of a file, however it is encoded. Raises SheetRefused."""
    return text_of_bytes(_content(path))


def _workbook_sheets(raw: bytes) -> list[Sheet]:
    try:
        from kyotei.importing.workbook import workbook_sheets  # noqa: PLC0415 (an extra, and 200 ms)
    except ImportError:
        raise SheetRefused("sheet-extra-missing") from None
    return workbook_sheets(raw)


def _content(path: Path) -> bytes:
    """Return the file's bytes; a FIFO never blocks, and nothing is read without an end."""
    try:
        with open(path, "rb", opener=_opener) as stream:
            if not S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise SheetRefused("sheet-not-regular")
            raw = stream.read(MOST_FILE + 1)
    except IsADirectoryError:
        raise SheetRefused("sheet-not-regular") from None
    except (OSError, ValueError) as error:  # a NUL in a name is a ValueError
        raise SheetRefused("sheet-unreadable", reason=getattr(error, "strerror", "") or str(error)) from None
    if len(raw) > MOST_FILE:
        raise SheetRefused("sheet-file-too-large", most=str(MOST_FILE // 1024 // 1024))
    return raw


def _opener(file: str, flags: int) -> int:
    return os.open(file, flags | getattr(os, "O_NONBLOCK", 0))  # not on Windows


def _chosen(sheets: list[Sheet], name: str | None) -> Sheet:
    """Return the sheet of that name; without one, the only sheet that is not blank."""
    filled = [sheet for sheet in sheets if sheet.cells]
    if name is not None:
        for sheet in sheets:
            if sheet.name == name:
                return sheet
        raise SheetRefused("sheet-unknown", sheet=name, sheets=_names(sheets))
    if not filled:
        raise SheetRefused("sheet-blank")
    if len(filled) > 1:
        raise SheetRefused("sheet-several", sheets=_names(filled))
    return filled[0]


def _names(sheets: list[Sheet]) -> str:
    return ", ".join(sheet.name for sheet in sheets)
