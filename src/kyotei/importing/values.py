"""A cell -> one value as the file writes it: days, lengths, texts, words."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kyotei.dates.length import parse_length
from kyotei.dates.month_day import parse_month_day
from kyotei.dates.wareki import parse_date
from kyotei.diagnostics import Fault
from kyotei.importing.facts import Origin, Said, doubt, faulty, unread
from kyotei.importing.sheet import USUAL_FIRST_SERIAL
from kyotei.importing.vocabulary import BLANK, DITTO, plain
from kyotei.recording import checked
from kyotei.text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kyotei.importing.sheet import Cell

FIRST_SERIAL, LAST_SERIAL = date(1950, 1, 1), date(2199, 12, 31)
"""A bare number is taken for a day only between these; 2020 would else be a day of 1905."""

_SERIAL = re.compile("[0-9]{5}")
_ERROR = re.compile(r"#(?:REF!|VALUE!|N/A|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|[#]+)")
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell only says that nothing is to be written there."""
    return not cell.formula and plain(cell.text) in BLANK


def hold_to_values(origin: Origin) -> None:
    """Refuse a cell without a value of its own: an error of Excel's, a formula never computed, 〃."""
    text = origin.text.strip()
    if origin.cell.formula and not text:
        raise unread(origin, "cell-formula")
    if _ERROR.fullmatch(text):
        raise unread(origin, "cell-error")
    if text in DITTO:
        raise unread(origin, "cell-ditto")
    try:
        checked(text)
    except Fault as fault:
        raise faulty(origin, fault) from None


def text_of(origin: Origin) -> str:
    """Return a cell's text in one line; Japanese needs no space where a line was broken."""
    return re.sub(r"(?<=[!-~]) *\n *(?=[!-~])", " ", origin.text.strip()).replace("\n", "").strip()


def long_text(origin: Origin) -> str:
    """Return a cell's text with its lines."""
    return "\n".join(line.strip() for line in origin.text.strip().split("\n") if line.strip())


def lines_of(origin: Origin) -> list[str]:
    """Return the items of a cell: its lines."""
    return long_text(origin).split("\n")


def listed(origin: Origin) -> list[str]:
    """Return the items of a cell: its lines, and within them what 、 or a comma parts."""
    return [
        item.strip() for line in lines_of(origin) for item in re.split("[、,，/／]", line) if item.strip()
    ]


def formula_doubt(origin: Origin) -> Said | None:
    """Return that a value is a formula's as Excel stored it, None for others."""
    return doubt("check-formula") if origin.cell.formula else None


def day_of(origin: Origin, first_serial: date) -> tuple[str, Said | None]:
    """Return the day that a cell writes, and what is doubtful about it.

    A day of Excel's is sure, and so is text of any spelling that has one meaning; a bare number is not.
    """
    value = origin.cell.value
    if isinstance(value, datetime | date):
        return _day_of_excel(origin, value), None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _day_of_number(origin, value, first_serial)
    if _SERIAL.fullmatch(plain(origin.text)):
        return _day_of_number(origin, int(plain(origin.text)), first_serial)
    return day_in(origin, origin.text), None


def _day_of_excel(origin: Origin, value: date) -> str:
    """Return a cell's day within the days that the register can hold; one with a time of day is none."""
    return day_in(origin, value.isoformat() if not isinstance(value, datetime) else value.isoformat(" "))


def _day_of_number(origin: Origin, value: float, first_serial: date) -> tuple[str, Said | None]:
    """Read a number as Excel counts days; one that is no whole number, or far away, is none.

    Nor is any in a workbook whose days count from 1904: in another file the same number is another day.
    """
    if first_serial != USUAL_FIRST_SERIAL:
        return day_in(origin, origin.text), None
    low, high = ((day - first_serial).days for day in (FIRST_SERIAL, LAST_SERIAL))
    if not (low <= value <= high) or value != int(value):
        return day_in(origin, origin.text), None
    day = (first_serial + timedelta(days=int(value))).isoformat()
    return day, doubt("check-serial", number=origin.text, day=day)


def day_in(origin: Origin, text: str) -> str:
    """Return the day in a text; a spelling that `validate` would only have written otherwise is taken."""
    text = _MIDNIGHT.sub("", text.strip())
    try:
        return parse_date(text).isoformat()
    except Fault as fault:
        if fault.message == "date-invalid.not-iso":
            return fault.values["day"]
        raise faulty(origin, fault) from None


def length_of(origin: Origin, text: str = "", *, zero: bool = False) -> str:
    """Return a length as the file writes it."""
    try:
        return str(parse_length(text or text_of(origin), zero=zero))
    except Fault as fault:
        raise faulty(origin, fault) from None


def yearly_of(origin: Origin, text: str) -> str:
    """Return a day of every year."""
    try:
        return str(parse_month_day(text))
    except Fault as fault:
        raise faulty(origin, fault) from None


def word_of(origin: Origin, words: Mapping[str, str]) -> str:
    """Return what a word of ours stands for. Raises Unread for any other."""
    if (found := words.get(plain(origin.text))) is None:
        allowed = ", ".join(dict.fromkeys(words.values()))
        raise unread(origin, "cell-word", text=shortened(text_of(origin)), allowed=allowed)
    return found
