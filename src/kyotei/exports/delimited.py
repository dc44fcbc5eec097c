"""CSV (RFC 4180) as Excel reads it in Japan: UTF-8 with a byte order mark, CRLF, one row per agreement.

A spreadsheet takes a text that begins with `=` for a formula, whoever wrote it. Such a text gets an
apostrophe in front: Excel shows it, and whoever reads the file takes it away again.
"""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

from kyotei.exports.sheets import agreements, heading

if TYPE_CHECKING:
    from kyotei.exports import Exported
    from kyotei.exports.clauses import Cell

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a formula begins, full-width signs too: Japanese input writes them, and Excel folds them."""


def separated(exported: Exported) -> bytes:
    """Return one row per agreement below the headings; days are ISO."""
    sheet, stream = agreements(exported), StringIO()
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow([heading(exported.words, column) for column in sheet.columns])
    rows.writerows([_written(cell) for cell in row] for row in sheet.rows)
    return stream.getvalue().encode("utf-8-sig", errors="kyotei.spare")


def _written(cell: Cell) -> str | int:
    """Return a cell so that nothing but text comes of a text."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip(" \u3000").startswith(FORMULA) else cell
    return "" if cell is None else cell
