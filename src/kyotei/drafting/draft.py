"""A whole text as a draft: every field that it states, what was not found, and the data of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kyotei.drafting.clauses import fields_of
from kyotei.drafting.outline import outline
from kyotei.drafting.parties import party_fields
from kyotei.drafting.provisions import (
    amendment_fields,
    consultation_field,
    cooperation_field,
    originals_field,
    purpose_field,
    signed_field,
    title_field,
)
from kyotei.drafting.secrecy import secrecy_fields, secrecy_sentences
from kyotei.drafting.sentences import sentences
from kyotei.drafting.wordings import ROLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.drafting.evidence import FieldPath, Found
    from kyotei.drafting.sentences import Sentence

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
ORDER = (
    "id",
    "title",
    "signed",
    "parties",
    "purpose",
    "cooperation",
    "term",
    *(path[0] for path in SOUGHT[2:]),
)
_KEYS = [
    "role",
    "name",
    "representative",
    "address",
    "clause",
    "start",
    "end",
    "mode",
    "length",
    "to",
    "limit",
    "times",
    "until",
    "total",
    "before_end",
    "by_date",
    "notice",
    "by",
    "form",
    "effective",
    "survives",
    "exceptions",
    "how",
]
_NUMBERS = {("originals",), ("renewal", "limit", "times")}
_FEWEST_PARTIES = 2
_TERM_HEADING = re.compile("期[間限]|効力|更新|解約|解除|終了|廃止|失効|施行|発効|附則|脱退")
_TERM_WORDS = re.compile(
    "(?:有効|協定|契約|実施)の?期[間限]|期間満了|効力を生|施行(?:する|し)|更新|(?:協定|契約|覚書)を?(?:解約|解除|廃止|終了)"
)
_PLAIN_ROLES = re.compile(
    f"{ROLE}(?:又は|若しくは|もしくは|または|及び|、|と|・)*(?:{ROLE}(?:又は|若しくは|もしくは|または|及び|、|と|・)*)*"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a text states, in the order of the file; and what a file needs or may have and the text lacks."""

    identifier: str
    fields: tuple[Found, ...]
    missing: tuple[FieldPath, ...]

    @property
    def required(self) -> tuple[FieldPath, ...]:
        """What is missing and must be filled in."""
        return tuple(path for path in self.missing if path not in SOUGHT)

    @property
    def data(self) -> dict[str, Any]:
        """The fields as the file nests them."""
        head: dict[str, Any] = {"id": self.identifier} if self.identifier else {}
        return head | nested(self.fields)


def draft(source: str, identifier: str = "") -> Draft:
    """Return the draft of an agreement's text."""
    parts = outline(source)
    said = sentences(source, parts.articles)
    signed = list(signed_field(parts))
    day = date.fromisoformat(str(signed[0].value)) if signed and signed[0].reason is None else None
    parties = party_fields(parts)
    roles = {str(field.value) for field in parties if field.path[-1] == "role"}
    fields = [
        *title_field(parts),
        *signed,
        *parties,
        *purpose_field(parts),
        *cooperation_field(parts),
        *(_party_wise(field, roles) for field in fields_of(source, _of_the_term(said), day)),
        *secrecy_fields(source, said),
        *amendment_fields(parts),
        *consultation_field(parts),
        *originals_field(parts),
    ]
    ordered = tuple(sorted(fields, key=_rank))
    return Draft(identifier, ordered, tuple(_missing(identifier, ordered)))


def _of_the_term(said: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences that speak of the term: by their heading, else by their words."""
    secret = secrecy_sentences(said)
    if not any(one.clause for one in said):
        return [one for one in said if one not in secret]
    headed = [one for one in said if _TERM_HEADING.search(one.heading) and one not in secret]
    if any(re.search("期[間限]|効力", one.heading) for one in headed):
        return headed
    clauses = {one.clause for one in said if _TERM_WORDS.search(one.text) and one not in secret}
    return [one for one in said if one.clause in clauses and one not in secret and not _headed_otherwise(one)]


def _headed_otherwise(one: Sentence) -> bool:
    return (
        bool(one.heading)
        and not _TERM_HEADING.search(one.heading)
        and not re.search("有効期|協定の?期", one.text)
    )


def _party_wise(field: Found, roles: set[str]) -> Found:
    """Return who may speak by name, where the text names some of more than two parties and not 「いずれ」."""
    named = re.findall(ROLE, field.text)
    if (
        field.path[-1] == "by"
        and field.value == "either"
        and named
        and _PLAIN_ROLES.fullmatch(field.text)
        and set(named) < roles
    ):
        return replace(field, value=tuple(dict.fromkeys(named)), confidence="check", reason="some-parties")
    return field


def _rank(field: Found) -> tuple[int, str, int]:
    top, *rest = field.path
    return ORDER.index(top), rest[0] if top == "parties" else "", _KEYS.index(rest[-1]) if rest else 0


def _missing(identifier: str, fields: Sequence[Found]) -> Iterator[FieldPath]:
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


def nested(fields: Sequence[Found]) -> dict[str, Any]:
    """Return fields as the mappings and lists of a file."""
    data: dict[str, Any] = {}
    for field in fields:
        value: Any = list(field.value) if isinstance(field.value, tuple) else field.value
        if field.path in _NUMBERS:
            value = int(value)
        if field.path[0] == "parties":
            parties = data.setdefault("parties", [])
            while len(parties) <= int(field.path[1]):
                parties.append({})
            parties[int(field.path[1])][field.path[2]] = value
            continue
        inner = data
        for key in field.path[:-1]:
            inner = inner.setdefault(key, {})
        inner[field.path[-1]] = value
    return data
