"""Excel workbooks (ECMA-376). The home of XlsxWriter.

Every text is written as a text: whatever it begins with, no formula comes of it. Days are real days. The
bytes depend on the register and the day asked for only.
"""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from kyotei.exports import NotExportable
from kyotei.exports.sheets import Sheet, heading, sheets
from kyotei.render.urgency import NEAR, PRESSING
from kyotei.text import cells, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from kyotei.exports import Exported
    from kyotei.exports.clauses import Cell

FONT = "Yu Gothic"
"""Excel's own font in Japan; another program takes the next one that it has."""
FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was: before this day its days are other days."""
MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
"""Of a cell, in UTF-16 units; Excel calls a file with more damaged."""
LEAST_WIDTH, MOST_WIDTH, MARGIN = 6, 40, 2
"""Columns of a terminal, which are Excel's digits, nearly."""
LINE, MOST_LINES = 18, 8
"""Points of a line; longer texts are read in the field above the sheet."""
A4 = 9
URGENT = ("urgency", "days", "act-by")
"""Columns coloured by the days that are left."""


def workbook(exported: Exported) -> bytes:
    """Return the workbook: agreements, deadlines by month, periods, events, and what it is about."""
    stream, words = BytesIO(), exported.words
    look = {"font_name": FONT, "valign": "top"}
    book = Workbook(stream, {"in_memory": True, "default_format_properties": look})
    created = datetime.combine(exported.as_of, time())
    book.set_properties({"title": words.say("status", "title"), "created": created})
    writer = _Writer(exported, book)
    for sheet in sheets(exported):
        writer.write(sheet)
    writer.about()
    book.close()
    return stream.getvalue()


class _Writer:
    """Writes sheets into one workbook, all in one look."""

    def __init__(self, exported: Exported, book: Workbook) -> None:
        self._words = exported.words
        self._exported = exported
        self._book = book
        line = {"bottom": 4, "bottom_color": "#A0A0A0"}
        self._text = book.add_format({"text_wrap": True, **line})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **line})
        self._number = book.add_format({"num_format": "0", "align": "center", **line})
        head = {"bold": True, "text_wrap": True, "bg_color": "#DDE6EF", "bottom": 1}
        self._head = book.add_format(head)
        self._pressing = book.add_format({"bold": True, "font_color": "#9C0006", "bg_color": "#FFC7CE"})
        self._near = book.add_format({"font_color": "#7F4F00", "bg_color": "#FFEB9C"})

    def write(self, sheet: Sheet) -> None:
        """Write one sheet: a frozen heading with filters, then the rows."""
        if len(sheet.rows) > MOST_ROWS:
            raise NotExportable("sheet-too-long", rows=f"{len(sheet.rows):,}")
        page, last = self._page(sheet.name), len(sheet.columns) - 1
        titles = [heading(self._words, name) for name in sheet.columns]
        widths = [_width(column) for column in zip(titles, *sheet.rows, strict=True)]
        read = 1 + sheet.columns.index("office") if "office" in sheet.columns else len(widths)
        for number, row in enumerate([titles, *sheet.rows]):
            page.set_row(number, LINE * _lines(row[:read], widths[:read]))
            for column, cell in enumerate(row):
                self._put(page, number, column, cell, None if number else self._head)
        for column, width in enumerate(widths):
            page.set_column(column, column, width + MARGIN)
        page.freeze_panes(1, 1 + sheet.columns.index("id"))
        page.autofilter(0, 0, len(sheet.rows), last)
        page.repeat_rows(0)
        if "urgency" in sheet.columns:
            self._colour(page, sheet)
        page.print_area(0, 0, len(sheet.rows), read - 1)  # what stands behind that is for machines

    def about(self) -> None:
        """Say as of which day all this is, what is left out, and what it is not."""
        words, exported = self._words, self._exported
        count = words.counted("status", "agreements", len(exported.accounts))
        lines = [words.say("export", "about", day=words.head(exported.as_of), agreements=count)]
        if exported.unread:
            files = words.say("deadlines", "and").join(map(shown, exported.unread))
            lines.append(words.say("export", "unread", files=files))
        page = self._page("about")
        page.set_column(0, 0, 2 * MOST_WIDTH)
        for number, line in enumerate([*lines, words.say("explain", "foot")]):
            page.set_row(number, LINE * _lines([line], [2 * MOST_WIDTH]))
            self._put(page, number, 0, line)

    def _page(self, name: str) -> Worksheet:
        """Return a new sheet that prints on A4 across, as wide as the paper."""
        page = self._book.add_worksheet(self._words.say("sheet", name))
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.set_footer("&L&A&R&P / &N")
        return page

    def _put(self, page: Worksheet, row: int, column: int, cell: Cell, look: Format | None = None) -> None:
        if isinstance(cell, date) and cell >= FIRST_DAY:
            page.write_datetime(row, column, datetime.combine(cell, time()), self._day)
        elif isinstance(cell, int):
            page.write_number(row, column, cell, self._number)
        elif cell is None:
            page.write_blank(row, column, None, self._text)
        else:
            page.write_string(row, column, self._fitted(str(cell)), look or self._text)

    def _fitted(self, text: str) -> str:
        """Return a text that a cell can hold; of a longer one its beginning, which says so."""
        if len(text.encode("utf-16-le")) // 2 <= MOST_CHARACTERS:
            return text
        mark = self._words.say("sheet", "cut")
        room = 2 * (MOST_CHARACTERS - len(mark))
        return text.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore") + mark

    def _colour(self, page: Worksheet, sheet: Sheet) -> None:
        """Colour what is pressing; the words beside it say the same."""
        days = _letters(sheet.columns.index("days"))
        for name in URGENT:
            column = sheet.columns.index(name)
            for most, look in ((PRESSING, self._pressing), (NEAR, self._near)):
                rule = f"=AND(ISNUMBER(${days}2),${days}2<={most})"
                page.conditional_format(
                    1,
                    column,
                    max(1, len(sheet.rows)),
                    column,
                    {"type": "formula", "criteria": rule, "format": look, "stop_if_true": True},
                )


def _letters(column: int) -> str:
    """Return the name of one of the first 26 columns."""
    return chr(ord("A") + column)


def _width(column: Iterable[Cell]) -> int:
    """Return the width that shows a column whole, as far as that is readable."""
    lines = chain.from_iterable(str(cell).split("\n") for cell in column if cell is not None)
    return min(MOST_WIDTH, max(LEAST_WIDTH, *map(cells, lines)))


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Return how many lines a row's texts take, folded."""
    texts = ((str(cell).split("\n"), width) for cell, width in zip(row, widths, strict=True))
    most = max(sum(max(1, -(-cells(line) // width)) for line in lines) for lines, width in texts)
    return min(MOST_LINES, most)
