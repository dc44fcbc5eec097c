"""A sheet -> which row holds the headings, and which field each column fills."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from kyotei.importing.sheet import SheetRefused, letters
from kyotei.importing.vocabulary import COMPUTED, FIELDS, IGNORED, MANY, YIELDS, field_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kyotei.importing.sheet import Cell, Sheet

SEARCHED = 50
"""Rows that are searched for the headings."""
_LEAST = 2  # headings that must be known before a row is taken for the row of headings


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading in one line, the field it fills (empty for none known), and why it does not."""

    number: int
    heading: str
    field: str
    beside: str = ""
    """The heading of the column that is read instead."""

    @property
    def letters(self) -> str:
        """The column's name in Excel."""
        return letters(self.number)


@dataclass(frozen=True, slots=True)
class Headed:
    """A sheet with its columns; its agreements begin below the row `last`."""

    sheet: Sheet
    columns: tuple[Column, ...]
    first: int
    last: int

    def of(self, field: str) -> list[Column]:
        """Return the columns that fill a field."""
        return [column for column in self.columns if column.field == field and not column.beside]


def headed(sheet: Sheet, asked: Mapping[str, str]) -> Headed:
    """Return the sheet with its columns; `asked` maps headings or column letters to fields.

    Raises SheetRefused where no row of headings is found, or two columns would fill one field.
    """
    top = _heading_row(sheet, asked)
    below = _second_row(sheet, asked, top)
    columns = [_column(asked, number, *texts) for number, texts in _headings(sheet, top, below)]
    _hold_to_known(asked, columns)
    settled = _settled(columns)
    _hold_to_one(settled)
    return Headed(sheet, tuple(settled), top, below or top)


def _heading_row(sheet: Sheet, asked: Mapping[str, str]) -> int:
    """Return the row in which most headings are known, the first of several."""
    scores = [(_score(asked, cells), -row) for row, cells in islice(sheet.rows(), SEARCHED)]
    best, row = max(scores, default=(0, 0))
    if best < _LEAST:
        raise SheetRefused("sheet-no-headings", rows=str(SEARCHED))
    return -row


def _score(asked: Mapping[str, str], cells: Mapping[int, Cell]) -> int:
    return sum(_known(asked, cell.text) is not None for cell in cells.values())


def _known(asked: Mapping[str, str], text: str) -> tuple[str, bool] | None:
    """Return the field of a heading and whether it says so plainly; what was asked for goes first."""
    field = asked.get(plain(text))
    return (field, True) if field else field_of(text)


def _second_row(sheet: Sheet, asked: Mapping[str, str], top: int) -> int | None:
    """Return the row below, if it parts headings: 始期 and 終期 below 有効期間.

    It has only known headings, and none below a heading that stands alone, as the agreement's name does.
    """
    upper, lower = sheet.cells[top], sheet.cells.get(top + 1, {})
    parted = all(_parts(sheet, upper, cell) for cell in lower.values())
    known = all(_below(asked, sheet, top, cell) for cell in lower.values())
    return top + 1 if lower and parted and known else None


def _parts(sheet: Sheet, upper: Mapping[int, Cell], cell: Cell) -> bool:
    """Tell whether a cell stands below a heading over several columns, or below no heading."""
    span = sheet.spans.get((cell.row - 1, cell.column))
    over = span.right > span.left if span else cell.column + 1 not in upper
    return cell.column not in upper or over


def _below(asked: Mapping[str, str], sheet: Sheet, top: int, cell: Cell) -> bool:
    over = _over(sheet, top, cell.column)
    return bool(_known(asked, over + cell.text) or _known(asked, cell.text))


def _over(sheet: Sheet, row: int, column: int) -> str:
    """Return the heading over a column: its own, that of the merged cells, else the nearest to the left."""
    cells = sheet.cells[row]
    if span := sheet.spans.get((row, column)):
        column = span.left
        cells = sheet.cells.get(span.top, cells)
    elif column not in cells:
        column = max((number for number in cells if number < column), default=column)
    return cells[column].text if column in cells else ""


def _headings(sheet: Sheet, top: int, below: int | None) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield each column with the heading over it and the one below that, empty where there is none."""
    upper, lower = sheet.cells[top], sheet.cells[below] if below else {}
    last = max(max(cells, default=0) for _, cells in sheet.rows())
    for number in range(1, last + 1):
        if number in lower:
            yield number, (_over(sheet, top, number), lower[number].text)
        elif number in upper:
            yield number, (upper[number].text, "")
        elif any(number in cells for row, cells in sheet.rows() if row > (below or top)):
            yield number, ("", "")


def _column(asked: Mapping[str, str], number: int, over: str, below: str) -> Column:
    heading = " ".join(f"{over} {below}".split())
    by_letter = asked.get(plain(letters(number)))
    known = (by_letter, True) if by_letter else None
    for text in (over + below, below, over if not below else "", *heading.split(" ")[-1:]):
        known = known or (_known(asked, text) if text else None)
    field, plainly = known or ("", True)
    return Column(number, heading, field, "" if plainly else _WEAK)


_WEAK = "\0"  # until it is known whether another column says the same plainly


def _settled(columns: Sequence[Column]) -> list[Column]:
    """Let columns yield to those that say the same more plainly, or in more detail."""
    plainly = {column.field: column for column in columns if column.field and not column.beside}
    found = []
    for column in columns:
        better = [plainly[field] for field in YIELDS.get(column.field, ()) if field in plainly]
        if column.beside and column.field in plainly:
            better = [plainly[column.field]]
        found.append(replace(column, beside=better[0].heading or better[0].letters if better else ""))
    return found


def _hold_to_known(asked: Mapping[str, str], columns: Sequence[Column]) -> None:
    """Refuse a mapping of a column that is not there."""
    names = {plain(text) for column in columns for text in (column.letters, column.heading)}
    names |= {plain(word) for column in columns for word in column.heading.split(" ")}
    for name in asked:
        if name not in names:
            found = ", ".join(column.heading for column in columns if column.heading)
            raise SheetRefused("map-column-unknown", column=name, columns=found)


def _hold_to_one(columns: Sequence[Column]) -> None:
    """Refuse two columns for one field that has room for one."""
    seen: dict[str, Column] = {}
    for column in columns:
        if column.field and column.field not in MANY and not column.beside:
            if column.field in seen:
                first = seen[column.field]
                values = {"field": column.field, "first": first.letters, "second": column.letters}
                raise SheetRefused("map-two-columns", **values)
            seen[column.field] = column


def asked_mapping(given: Sequence[str]) -> dict[str, str]:
    """Read mappings such as `協定の名=title` or `D=ignore`; the last one for a column holds.

    Raises SheetRefused for another form, and for a field that does not exist.
    """
    found = {}
    for text in given:
        column, sign, field = (part.strip() for part in text.rpartition("="))
        if not (sign and column and field):
            raise SheetRefused("map-invalid", text=text)
        if field not in FIELDS:
            raise SheetRefused("map-field-unknown", field=field, fields=", ".join(FIELDS))
        found[plain(column)] = field
    return found


UNREAD = frozenset({"", IGNORED, COMPUTED})
"""The fields of columns that fill nothing."""
