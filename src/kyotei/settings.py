"""kyotei.toml -> Settings, and the product's only clock.

The file is optional. It stands in the current folder or above, up to the repository's root; outside of a
repository only the current folder counts, so that nothing in `/` or a home folder ever moves a date.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kyotei.dates.closed_days import OfficeCalendar
from kyotei.dates.length import shown
from kyotei.dates.month_day import MonthDay, parse_month_day
from kyotei.dates.wareki import parse_date
from kyotei.diagnostics import Diagnostic, Fault, Place, Severity
from kyotei.source import MOST_BYTES, lines, spot_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST_DOTS = 100
# tomllib takes quadratic time for a dotted key, minutes for a file of one; no setting needs so many dots.
_DOTTED = re.compile(rf"^(?![ \t]*#)(?:[^.\n]*\.){{{_MOST_DOTS}}}", re.MULTILINE)
_LINE = re.compile(r"^(?:[ \t]*\[{1,2}(?P<table>[^\[\]\n]+)\]|(?P<key>[^=\n]+)=)", re.MULTILINE)
_TOML_PLACE = re.compile(r"(.*) \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)", re.DOTALL)


class SettingsError(Exception):
    """The file cannot be taken as it stands; `diagnostics` says why, sorted by place."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = tuple(sorted(diagnostics, key=lambda found: found.sort_key))


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the whole register; without a file, the defaults."""

    register: Path = Path("agreements")
    timezone: str = "Asia/Tokyo"
    own_name: str | None = None  # `self` in the file
    language: str | None = None
    calendar: OfficeCalendar = field(default_factory=OfficeCalendar)
    file: Path | None = None


def load_settings(folder: Path) -> Settings:
    """Return what holds for work in `folder`; paths are relative if it is. Raises SettingsError with every fault."""
    file = next((place / _NAME for place in _searched(folder) if os.path.lexists(place / _NAME)), None)
    if file is None:
        return Settings()
    source = _Source(file.as_posix())
    source.text = _decoded(source, _content(source))
    values = source.values((), _parsed(source), _READERS | {"closed_days": source.calendar})
    if source.findings:
        raise SettingsError(*source.findings)
    register = file.parent / values.pop("register", Settings().register)
    return Settings(register=register, file=file, **values)
