"""What a file needs and may have: which of it a draft does not state."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.drafting.evidence import FieldPath, Found

REQUIRED: tuple[FieldPath, ...] = (
    ("id",),
    ("title",),
    ("signed",),
    ("parties",),
    ("term", "start"),
    ("term", "end"),
)
SOUGHT: tuple[FieldPath, ...] = (
    ("purpose",),
    ("cooperation",),
    ("renewal",),
    ("notice",),
    ("termination",),
    ("confidentiality",),
    ("amendment",),
    ("consultation",),
    ("originals",),
)
_FEWEST_PARTIES = 2


def missing_paths(identifier: str, fields: Sequence[Found]) -> Iterator[FieldPath]:
    """Yield what the file needs and then what it may have, as far as nothing was found."""
    paths = {field.path for field in fields} | ({("id",)} if identifier else set())
    tops = {path[0] for path in paths}
    if ("term", "length") in paths:
        paths.add(("term", "end"))
    names = [path for path in paths if path[0] == "parties" and path[-1] == "name"]
    if len(names) >= _FEWEST_PARTIES:
        paths.add(("parties",))
    yield from (path for path in REQUIRED if path not in paths)
    for path in paths:
        if (
            path[0] == "parties"
            and path[-1] == "role"
            and (*path[:-1], "name") not in paths
            and len(names) >= _FEWEST_PARTIES
        ):
            yield (*path[:-1], "name")
    automatic = any(field.path == ("renewal", "mode") and field.value == "automatic" for field in fields)
    yield from _incomplete(paths, tops, automatic=automatic)
    yield from (path for path in SOUGHT if path[0] not in tops)


def _incomplete(paths: set[FieldPath], tops: set[str], *, automatic: bool) -> Iterator[FieldPath]:
    """Yield what a clause needs that the text has left open."""
    if "renewal" in tops and ("renewal", "mode") not in paths:
        yield "renewal", "mode"
    if automatic and not {("renewal", "length"), ("renewal", "to")} & paths:
        yield "renewal", "length"
    if "notice" in tops and not {("notice", "before_end"), ("notice", "by_date")} & paths:
        yield "notice", "before_end"
