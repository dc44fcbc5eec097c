"""What a step says: message names with values, the provisions it rests on, and the rows it shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kyotei.dates.closed_days import ActBy
    from kyotei.dates.counting import Reading
    from kyotei.dates.length import Length
    from kyotei.dates.month_day import MonthDay
    from kyotei.model import Party
    from kyotei.walk import Period

T = TypeVar("T")


class Article(StrEnum):
    """A provision: its law, a hyphen, and the rest of its name in the catalogues' section [authority]."""

    ARRIVAL = "civil-97-1"
    OWN_WORDING = "civil-138"
    FIRST_DAY_OUT = "civil-140"
    FIRST_DAY_IN = "civil-140-proviso"
    LAST_DAY = "civil-141"
    BY_CALENDAR = "civil-143-1"
    CORRESPONDING = "civil-143-2"
    NO_CORRESPONDING = "civil-143-2-proviso"
    CLOSED_OFFICES = "autonomy-4-2"
    HOLIDAYS = "holidays-3"


@dataclass(frozen=True, slots=True)
class Minded:
    """A day that somebody must mind: shown with its weekday."""

    day: date


Value: TypeAlias = (
    "str | int | date | Minded | Length | MonthDay | Period | Reading | Party | tuple[Party, ...] | None"
)


@dataclass(frozen=True, slots=True)
class Said:
    """The name of a message in one section of the catalogues, [explain] for a step; the sentence's values."""

    name: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the file and what it did."""

    on: date
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One way to count back: its day, and whether that is the deadline printed or the safe day."""

    reading: Reading
    day: date
    printed: bool
    safe: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """The way back from a day to the last open office day; `objection` if it leads to an act-by day."""

    begin: date
    act_by: ActBy
    objection: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One numbered step: its heading (`step-NAME`), its sentences, and on what they rest."""

    name: str
    said: tuple[Said, ...]
    clauses: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()
    readings: tuple[ReadingRow, ...] = ()
    length: Length | None = None
    walk: Walk | None = None
    events: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The steps, the points on which law or text are open, and what silence brings."""

    steps: tuple[Step, ...]
    doubts: tuple[Said, ...]
    outcome: tuple[Said, ...]


def say(message: str, /, **values: Value) -> Said:
    """Name a message, with the values of its sentence."""
    return Said(message, values)


def once(items: Iterable[T]) -> tuple[T, ...]:
    """Return each item once, in order."""
    return tuple(dict.fromkeys(items))


def place_of(clause: str | None) -> tuple[str, ...]:
    """Return where a clause stands, if the file says so."""
    return () if clause is None else (clause,)
