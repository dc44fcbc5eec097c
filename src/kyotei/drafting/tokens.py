"""A sentence as tokens: days, lengths and their blanks become one sign each.

The grammar of clauses is written over these signs, and does not see how a day or a number is spelled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from kyotei.drafting.spellings import SPELLINGS

if TYPE_CHECKING:
    from kyotei.drafting.normal import Normal
    from kyotei.drafting.signs import Token

_TOKEN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in SPELLINGS))
_READERS = {name: reader for name, _, reader in SPELLINGS}


@dataclass(frozen=True, slots=True)
class Coded:
    """A normal form whose tokens are signs; `at` and `ends` trace each sign to the source."""

    text: str
    tokens: dict[int, Token]
    at: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets in the source of what stands from one sign to before another."""
        return self.at[first], self.ends[last - 1]


def coded(text: Normal) -> Coded:
    """Return a normal form with its days and lengths as tokens."""
    signs: list[str] = []
    tokens: dict[int, Token] = {}
    places: list[tuple[int, int]] = []
    done, last = 0, None
    for match in _TOKEN.finditer(text.text):
        for index in range(done, match.start()):
            signs.append(text.text[index])
            places.append((text.at[index], text.at[index] + 1))
        token = _token(text, match, last)
        last = token.value if isinstance(token.value, date) else last
        tokens[len(signs)] = token
        signs.append(token.sign)
        places.append((text.at[match.start()], text.at[match.end() - 1] + 1))
        done = match.end()
    for index in range(done, len(text.text)):
        signs.append(text.text[index])
        places.append((text.at[index], text.at[index] + 1))
    return (
        Coded("".join(signs), tokens, *(tuple(part) for part in zip(*places, strict=True)))
        if places
        else _NONE
    )


_NONE = Coded("", {}, (), ())


@lru_cache(maxsize=4_000)
def _read(name: str, text: str, last: date | None) -> Token:
    return _READERS[name](text, last)


def _token(text: Normal, match: re.Match[str], last: date | None) -> Token:
    """Return the token for a match; a number put together across a space is to be looked at."""
    token = _read(match.lastgroup or "", match[0], last)
    parted = token.value is not None and text.parted(*match.span())
    return replace(token, reason=token.reason or "digits-parted") if parted else token
