"""Office lists as tests need them: rows written as CSV, or as a workbook."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADINGS = ("協定名", "相手方", "締結日", "有効期間", "更新")
SOUND = ("見守り協定", "渋谷区", "2020-11-18", "締結の日から令和3年3月31日まで", "更新なし")

Rows = "Sequence[Sequence[Any]]"


def csv_bytes(rows: Sequence[Sequence[Any]], encoding: str = "utf-8") -> bytes:
    stream = StringIO(newline="")
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


def book_bytes(
    *sheets: Sequence[Sequence[Any]], merged: Sequence[str] = (), titles: str = "台帳 二 三"
) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in zip(titles.split(), sheets, strict=False):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for span in merged:
            sheet.merge_cells(span)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def put_list(folder: Path, *rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> Path:
    """Write a list of these rows as CSV."""
    file = folder / "list.csv"
    file.write_bytes(csv_bytes([headings, *rows]))
    return file
