"""Cells with names -> the parties of the file: split, our own first, with roles 甲乙丙 in order.

A list does not say which role was whose on paper, unless it writes 甲：横浜市; then that stands.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kyotei.drafting.names import party_names
from kyotei.importing.facts import Fact, doubt, unread
from kyotei.importing.values import lines_of
from kyotei.importing.vocabulary import OTHERS_UNNAMED, ROLED, ROLES, plain
from kyotei.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyotei.importing.facts import Origin
    from kyotei.source import Value

_BEFORE_ROLE = re.compile(rf"(?<=\S)[\s、,]+(?=[{ROLES}][：:])")  # 甲：横浜市　乙：渋谷区


def party_facts(origins: Sequence[Origin], own: str | None, *, whole: bool) -> tuple[Fact, ...]:
    """Return the parties; `whole` cells name all of them, others only those besides us.

    Raises Unread for a cell that leaves names out (ほか3市), or does not tell who the first party is.
    """
    roled = [pair for origin in origins for pair in _roled(origin)]
    if roled:
        pairs = roled
    else:
        names = _unique(_named(origins))
        pairs = list(zip(_roles(len(names) + 1), _ordered(names, own, whole=whole), strict=False))
    facts = tuple(_facts(origins[0], pairs))
    if own is None or any(plain(name) == plain(own) for _, name in pairs):
        return facts
    return (replace(facts[0], check=doubt("check-not-ours")), *facts[1:])


def _roled(origin: Origin) -> list[tuple[str, str]]:
    """Return roles and names where every line of a cell has both."""
    found = [ROLED.fullmatch(line) for text in lines_of(origin) for line in _BEFORE_ROLE.split(text)]
    return [(match[1], match[2].strip()) for match in found if match] if all(found) else []


def _named(origins: Iterable[Origin]) -> list[str]:
    found: list[str] = []
    for origin in origins:
        names = party_names(origin.text)
        for name in names:
            if OTHERS_UNNAMED.search(plain(name)):
                raise unread(origin, "cell-parties-unnamed", text=shortened(name))
        if not names:
            raise unread(origin, "cell-parties", text=shortened(origin.text))
        found += names
    return found


def _unique(names: Iterable[str]) -> list[str]:
    return list({plain(name): name for name in names}.values())


def _ordered(names: list[str], own: str | None, *, whole: bool) -> list[str]:
    """Return all names, our own first where it is known."""
    if own is None:
        return names
    others = [name for name in names if plain(name) != plain(own)]
    return [own, *others] if len(others) < len(names) or not whole else names


def _roles(count: int) -> list[str]:
    """Return 甲乙丙 to 癸, and numbers behind them: twenty towns help each other in a disaster."""
    return [ROLES[number] if number < len(ROLES) else f"当事者{number + 1}" for number in range(count)]


def _facts(origin: Origin, pairs: Iterable[tuple[str, str]]) -> Iterable[Fact]:
    for number, (role, name) in enumerate(pairs):
        for key, value in (("role", role), ("name", name)):
            path: tuple[str | int, ...] = ("parties", number, key)
            yield Fact(path, value, origin)


def own_role(parties: Sequence[Value], own: str | None) -> str:
    """Return the role of our own party, of the first one where we do not know who we are."""
    named = [party for party in parties if isinstance(party, dict)]
    ours = [party for party in named if own is not None and plain(str(party["name"])) == plain(own)]
    return str((ours or named)[0]["role"])
