"""(name, values, language) -> sentence. All prose for users stands in `locale/`, a file for each section."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kyotei.dates.wareki import wareki

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kyotei.dates.closed_days import ClosedDay
    from kyotei.dates.length import Length
    from kyotei.diagnostics import Diagnostic
    from kyotei.walk import Period


class Language(StrEnum):
    """The languages in which the product speaks."""

    JA = "ja"
    EN = "en"


LOCALE = Path(__file__).with_name("locale")


class Catalogue(dict[str, dict[str, str]]):
    """The sentences of one language: section -> name -> sentence. A section is read when first asked for."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._folder = LOCALE / language

    def __missing__(self, section: str) -> dict[str, str]:
        self[section] = found = _table(self._folder / f"{section}.toml")
        return found


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language."""

    language: Language
    table: Catalogue

    def say(self, section: str, name: str, /, **values: object) -> str:
        """Return one sentence with its values in place."""
        return self.table[section][name].format_map(values)

    def finding(self, found: Diagnostic) -> str:
        """Return the sentence for a finding; one with a `near` word adds the suggestion."""
        name = f"{found.message}.guess" if found.values.get("guess") else found.message
        sentence = self.say("finding", name, **found.values)
        if near := found.values.get("near"):
            sentence += self.say("finding", "near", near=near)
        return sentence

    def day(self, day: date) -> str:
        """Return a day with its weekday, for a day on which somebody must act."""
        return self.say("date", "day", day=day.isoformat(), weekday=self.weekday(day))

    def weekday(self, day: date) -> str:
        """Return the short name of a day's weekday."""
        return self.table["date"]["weekdays"].split()[day.weekday()]

    def head(self, day: date) -> str:
        """Return a day as the head of a page names it: in Japanese with its 和暦."""
        return self.say("date", "head", day=day.isoformat(), wareki=wareki(day), weekday=self.weekday(day))

    def closure(self, closed: ClosedDay) -> str:
        """Return why an office is closed on a day: the holiday's name, or the kind of day."""
        name = "" if closed.name is None else closed.name[self.language is Language.EN]
        return self.say("closed", closed.closure, name=name)

    def length(self, length: Length) -> str:
        """Return a length in words: 3か月, three months as `3 months`."""
        name = length.unit.value if length.count != 1 else length.unit.value[:-1]
        return self.say("length", name, count=length.count)

    def span(self, start: date, end: date | None) -> str:
        """Return a stretch of days, both ends included."""
        if end is None:
            return self.say("date", "open-span", start=start.isoformat())
        return self.say("date", "span", start=start.isoformat(), end=end.isoformat())

    def days_until(self, days: int) -> str:
        """Return how far off a day is: in N days, today, N days ago."""
        name = "today" if days == 0 else ("ahead" if days > 0 else "past")
        return self.counted("date", name, abs(days))

    def counted(self, section: str, name: str, count: int, /, **values: object) -> str:
        """Return a sentence that counts; a language with a singular has one under `name-one`."""
        one = f"{name}-one"
        chosen = one if count == 1 and one in self.table[section] else name
        return self.say(section, chosen, count=count, **values)

    def number(self, period: Period) -> str:
        """Return 第N期."""
        return self.say("term", "period", number=period.number)


@cache
def words(language: Language) -> Words:
    """Return the catalogue of a language."""
    return Words(language, Catalogue(language))


@cache
def rule_pages(language: Language) -> Mapping[str, Mapping[str, str]]:
    """Return the pages of the rules: code -> title, why, mend, perhaps source. Only few runs need them."""
    return _table(LOCALE / f"{language}.rules.toml")


@cache
def document(name: str) -> Mapping[str, str]:
    """Return the words of a document that goes to others. It is Japanese whatever the user's language."""
    return _table(LOCALE / "documents" / f"{name}.toml")


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
