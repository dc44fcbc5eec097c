"""An agreement as plain data again: the file's content, normalised, for JSON.

Days are ISO, lengths `3 months`, keys as the file spells them and in the model's order. A key that the file
does not write is left out, so that what the text leaves open stays open.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from kyotei.dates.length import Length
from kyotei.dates.month_day import MonthDay
from kyotei.model import Part


def content(part: Part) -> dict[str, Any]:
    """Return what the file says of an agreement, or of one clause; read again, it makes an equal one."""
    fields = type(part).model_fields
    written = (name for name in fields if name in part.model_fields_set)
    return {fields[name].alias or name: _plain(getattr(part, name)) for name in written}


def _plain(value: object) -> Any:  # noqa: ANN401 (JSON has no type of its own)
    match value:
        case Part():
            return content(value)
        case tuple():
            return [_plain(item) for item in value]
        case date():
            return value.isoformat()
        case Length() | MonthDay() | StrEnum():
            return str(value)
        case _:
            return value
