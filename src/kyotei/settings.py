"""kyotei.toml -> Settings, and the product's only clock.

The file is optional. It stands in the current folder or above, up to the repository's root; outside of a
repository only the current folder counts, so that nothing in `/` or in a home folder ever moves a date.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from kyotei.codes import LEVELS, RULES
from kyotei.dates.closed_days import OfficeCalendar
from kyotei.dates.month_day import MonthDay, parse_month_day
from kyotei.dates.wareki import parse_date
from kyotei.diagnostics import Diagnostic, Fault, Place, Severity
from kyotei.text import MOST_BYTES, Spot, line_at, lines, nearest, shortened, spot_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from zoneinfo import ZoneInfo

T = TypeVar("T")
Readers: TypeAlias = "Mapping[str, Callable[[Any], object]]"

NAME = "kyotei.toml"
_TOP = Spot()
_FIELDS = {
    "self": "own_name",
    "closed_days": "calendar",
    "rules": "levels",
}  # the others have one name in the file and here
# As text, for `re` to compile when they are first needed: most folders have no such file.
_LINE = r"(?m)^(?:[ \t]*\[{1,2}(?P<table>[^\[\]\n]+)\]|(?P<key>[^=\n]+)=)"
_TOML_FAULT = r"(?s)(.*) \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)"
# tomllib takes quadratic time for a dotted key, minutes for a file of one; no line here needs so many dots.
_DOTTED = r"(?m)^(?![ \t]*#)(?:[^.\n]*\.){100}"


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
    own_name: str | None = None
    language: str | None = None
    calendar: OfficeCalendar = field(default_factory=OfficeCalendar)
    file: Path | None = None
    levels: Mapping[str, str] = field(default_factory=dict)
    """Code of a rule -> `off`, `warning` or `error`, where the file says so."""


def load_settings(folder: Path) -> Settings:
    """Return what holds for work in `folder`; its paths are relative if `folder` is.

    Raises SettingsError with every fault of the file, or with the first one that keeps it from being read.
    """
    file = next((place / NAME for place in _searched(folder) if os.path.lexists(place / NAME)), None)
    return Settings() if file is None else settings_in(file)


def settings_in(file: Path, raw: bytes | None = None) -> Settings:
    """Return what one file says; its bytes may be given, as git's index has no path to open.

    Raises SettingsError as `load_settings` does.
    """
    source = _Source(file.as_posix())
    tables: Readers = {"closed_days": source.calendar, "rules": source.levels}
    values = source.values(_data(source, raw), {**_READERS, **tables})
    if source.findings:
        raise SettingsError(*source.findings)
    register = values.pop("register", Settings().register)
    return Settings(register=file.parent / register, file=file, **values)


def today(settings: Settings) -> date:
    """Return the day it is in the register's time zone. Raises SettingsError if nobody knows it here."""
    try:
        return now(_zone(settings.timezone)).date()
    except Fault as fault:  # the file's zone is known, so it is the default's
        source = _Source((settings.file or Path(NAME)).as_posix())
        raise SettingsError(source.finding(fault.message, _TOP, key="timezone", **fault.values)) from None


def now(zone: ZoneInfo) -> datetime:
    """Ask the clock; nothing else in the product does."""
    return datetime.now(zone)


def _searched(folder: Path) -> list[Path]:
    """Return the folders that may hold the file, the nearest first."""
    ups = range(len(folder.absolute().parts))
    chain = (
        [folder, *folder.parents] if folder.is_absolute() else [folder.joinpath(*[".."] * up) for up in ups]
    )
    root = next((number for number, place in enumerate(chain) if os.path.lexists(place / ".git")), 0)
    return chain[: root + 1]


@dataclass(slots=True)
class _Source:
    """The file's text, and the findings about it. tomllib tells no places of keys, so they are looked for."""

    file: str
    text: str = ""
    findings: list[Diagnostic] = field(default_factory=list)

    def finding(self, message: str, spot: Spot = _TOP, **values: str) -> Diagnostic:
        place = Place(self.file, spot.line + 1, spot.column + 1)
        excerpt = line_at(lines(self.text), spot.line)
        return Diagnostic(place, Severity.ERROR, message, values, excerpt)

    def values(self, table: Mapping[str, Any], readers: Readers, *path: str) -> dict[str, Any]:
        """Return a table's values by the names of their fields; what is wrong becomes a finding."""
        found: dict[str, Any] = {}
        for key, value in table.items():
            try:
                found[_FIELDS.get(key, key)] = readers.get(key, _unknown)(value)
            except* Fault as faults:
                for fault in faults.exceptions:
                    self._report(cast("Fault", fault), (*path, key), readers)
        return found

    def calendar(self, table: object) -> OfficeCalendar:
        """Read `[closed_days]`; a part that is wrong is reported by itself."""
        if not isinstance(table, dict):
            raise _wrong("[closed_days]")
        return OfficeCalendar(**self.values(table, _CLOSED_DAYS, "closed_days"))

    def levels(self, table: object) -> dict[str, str]:
        """Read `[rules]`; a code that is wrong is reported by itself."""
        if not isinstance(table, dict):
            raise _wrong("[rules]")
        return self.values(table, _RULES, "rules")

    def _report(self, fault: Fault, path: tuple[str, ...], readers: Readers) -> None:
        values = {"key": shortened(".".join(path)), **fault.values}
        if fault.message == "setting-unknown":
            values["near"] = nearest(path[-1], readers)
        key = self._offset(path)
        item = self.text.find(values.get("text", ""), key)  # one of a list may stand lines below its key
        self.findings.append(self.finding(fault.message, spot_of(self.text, max(key, item)), **values))

    def _offset(self, path: tuple[str, ...]) -> int:
        """Return where the key at `path` stands: good enough for what tomllib has accepted."""
        table: tuple[str, ...] = ()
        nearest = 0
        for match in re.finditer(_LINE, self.text):
            written = match["table"] or match["key"]
            here = tuple(step.strip(" \t\"'") for step in written.split("."))
            start = match.end(match.lastgroup or 0) - len(written.lstrip())
            table, here = (here, here) if match["table"] else (table, (*table, *here))
            if here[: len(path)] == path:
                return start
            nearest = match.end() if path[: len(here)] == here else nearest
        return max(nearest, self.text.find(path[-1], nearest))  # in braces, behind their table's name


def _data(source: _Source, raw: bytes | None) -> dict[str, Any]:
    """Return what the file says, as TOML has it; `source` keeps the text."""
    import tomllib  # noqa: PLC0415 (most registers have no such file)

    raw = _content(source) if raw is None else raw
    if len(raw) > MOST_BYTES:
        raise SettingsError(source.finding("file-too-large", most=str(MOST_BYTES // 1024)))
    source.text = _decoded(source, raw)
    if found := re.search(_DOTTED, source.text):
        spot = spot_of(source.text, found.start())
        raise SettingsError(source.finding("toml-invalid", spot, problem=RecursionError.__name__))
    try:
        return tomllib.loads(source.text)
    except (ValueError, RecursionError) as error:
        raise SettingsError(_syntax(source, error)) from None


def _content(source: _Source) -> bytes:
    """Return the file's bytes. A FIFO never blocks, and nothing is read without an end."""
    try:
        with open(source.file, "rb", opener=_opened) as stream:
            raw = stream.read(MOST_BYTES + 1) if S_ISREG(os.fstat(stream.fileno()).st_mode) else None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(source.finding("file-unreadable", reason=reason)) from None
    if raw is None:
        raise SettingsError(source.finding("file-not-regular"))
    return raw


def _opened(file: str, flags: int) -> int:
    return os.open(file, flags | getattr(os, "O_NONBLOCK", 0))  # not on Windows


def _decoded(source: _Source, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:  # its object lacks the byte order mark
        source.text = error.object.decode(errors="replace")
        spot = spot_of(source.text, len(error.object[: error.start].decode()))
        raise SettingsError(source.finding("encoding-invalid", spot, guess="")) from None


def _syntax(source: _Source, error: Exception) -> Diagnostic:
    match = re.fullmatch(_TOML_FAULT, str(error))
    if not match:  # too deep, or a number of thousands of digits
        return source.finding("toml-invalid", problem=type(error).__name__)
    problem, line, column = match.groups()
    end = spot_of(source.text, len(source.text))
    return source.finding(
        "toml-invalid", Spot(int(line) - 1, int(column) - 1) if line else end, problem=problem
    )


def _wrong(expected: str) -> Fault:
    return Fault("setting-invalid", expected=expected)


def _unknown(_: object) -> object:
    raise Fault("setting-unknown")


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise _wrong('"…"')
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong("true | false")
    return value


def _language(value: object) -> str:
    if value not in ("ja", "en"):
        raise _wrong('"ja" | "en"')
    return str(value)


def _level(value: object) -> str:
    if value not in LEVELS:
        raise _wrong(" | ".join(f'"{level}"' for level in LEVELS))
    return str(value)


def _fixed(value: object) -> str:
    """Read the level of a rule whose findings are errors: they stay so."""
    if _level(value) != Severity.ERROR:
        raise Fault("rule-fixed")
    return Severity.ERROR


def _timezone(value: object) -> str:
    return _zone(_text(value)).key


def _zone(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 (a day that is given needs no zone)

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # no such zone, no name of one, a folder of zones
        raise Fault("timezone-unknown", name=shortened(name)) from None


def _year_end(value: object) -> tuple[MonthDay, MonthDay] | None:
    match value:
        case False | []:
            return None
        case [str() as first, str() as last]:
            begin, end = _each(parse_month_day, [first, last])
            return begin, end
    raise _wrong('["12-29", "01-03"]')


def _extra(value: object) -> frozenset[date]:
    if not isinstance(value, list):
        raise _wrong('["2027-06-02"]')
    return frozenset(_each(_day, value))


def _day(value: object) -> date:
    if not isinstance(value, str | date):
        raise _wrong('["2027-06-02"]')
    return parse_date(str(value))  # a date of TOML's is held to the same limits, and may have no time


def _each(read: Callable[[Any], T], items: list[Any]) -> list[T]:
    """Read every item. Raises a group of all the faults."""
    values, faults = [], []
    for item in items:
        try:
            values.append(read(item))
        except Fault as fault:
            faults.append(fault)
    if faults:
        raise ExceptionGroup("", faults)
    return values


_READERS: Readers = {"register": _text, "timezone": _timezone, "self": _text, "language": _language}
_CLOSED_DAYS: Readers = {"weekends": _truth, "holidays": _truth, "year_end": _year_end, "extra": _extra}
_RULES: Readers = {code: _fixed if severity is Severity.ERROR else _level for code, severity in RULES.items()}
