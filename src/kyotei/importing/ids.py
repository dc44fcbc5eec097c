"""Ids for agreements that have none: readable, the same for the same list, and nobody else's.

With the extra `romaji` the others' names and the year of signing: `shibuya-ku-2020`; else the year and a
number: `2020-001`. What is taken, in the register or by an earlier row, gets a number behind it.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from kyotei.importing.vocabulary import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from kyotei.source import Value

LONGEST = 63
_NAMED = 2
"""Parties that an id names; a mutual-aid agreement may have fifty."""

_FORMS = re.compile(
    "株式会社|有限会社|合同会社|合資会社|合名会社|相互会社|(?:一般|公益|特例)?(?:社団|財団)法人|独立行政法人"
    "|地方独立行政法人|国立大学法人|公立大学法人|学校法人|社会福祉法人|医療法人|特定非営利活動法人|NPO法人"
    r"|宗教法人|協同組合連合会|\(株\)|\(有\)|㈱|㈲|\(.*?\)"
)
"""What stands in many names and tells none apart; romanised, it would fill the id."""


def make_id(
    data: Mapping[str, Value], own: str | None, taken: Collection[str], romanised: Callable[[str], str] | None
) -> str:
    """Return an id that is not in `taken`; without a way to romanise, year and number."""
    year = str(data["signed"])[:4]
    stem = "-".join(filter(None, [_name(data, own, romanised), year])) if romanised else ""
    if stem in {"", year}:
        return next(name for number in count(1) if (name := f"{year}-{number:03}") not in taken)
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _name(data: Mapping[str, Value], own: str | None, romanised: Callable[[str], str]) -> str:
    """Return the others' names, as many and as much of them as an id may hold."""
    names = [_bare(name) for name in _others(data["parties"], own)[:_NAMED]]
    said = re.sub("[^a-z0-9]+", "-", "-".join(romanised(name).lower() for name in names)).strip("-")
    room = LONGEST - len("-2020-1000")
    if len(said) <= room:
        return said
    return said[:room].strip("-") if "-" not in said[: room + 1] else said[: said.rfind("-", 0, room + 1)]


def _others(parties: Value, own: str | None) -> list[str]:
    """Return the names of the others; of all but the first where we do not know who we are."""
    names = [str(party["name"]) for party in parties if isinstance(party, dict)]
    others = [name for name in names if own is None or plain(name) != plain(own)]
    return others if len(others) < len(names) else names[1:]


def _bare(name: str) -> str:
    return _FORMS.sub(" ", name).strip() or name
