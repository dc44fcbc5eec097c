"""Japanese names in Latin letters, for ids. The one home of cutlet (extra `romaji`, with its dictionary).

A dictionary's reading of a name may be wrong; an id only has to be readable, and to stay as it is.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from cutlet import Cutlet  # type: ignore[import-untyped] # it has no types


@cache
def _converter() -> Any:  # noqa: ANN401 (cutlet has no types)
    converter = Cutlet()
    converter.use_foreign_spelling = False  # セブン is seben, and stays so whatever the dictionary learns
    return converter


def romanised(name: str) -> str:
    """Return a name in small Latin letters, digits and hyphens; empty if nothing of it can be read."""
    return str(_converter().slug(name))
