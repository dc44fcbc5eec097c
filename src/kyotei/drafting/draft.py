"""A whole text as a draft: every field that it states, what was not found, and the data of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kyotei.drafting.articles import articles_unread
from kyotei.drafting.clauses import fields_of
from kyotei.drafting.gaps import SOUGHT, missing_paths
from kyotei.drafting.nesting import nested, rank
from kyotei.drafting.outline import outline
from kyotei.drafting.parties import party_fields
from kyotei.drafting.provisions import (
    amendment_fields,
    consultation_field,
    cooperation_field,
    originals_field,
    purpose_field,
    title_field,
)
from kyotei.drafting.secrecy import secrecy_fields
from kyotei.drafting.selection import sentences_of_the_term
from kyotei.drafting.sentences import sentences
from kyotei.drafting.signing import signed_field
from kyotei.drafting.wordings import ROLE

if TYPE_CHECKING:
    from kyotei.drafting.evidence import FieldPath, Found, Unread

_PLAIN_ROLES = re.compile(
    f"{ROLE}(?:又は|若しくは|もしくは|または|及び|、|と|・)*(?:{ROLE}(?:又は|若しくは|もしくは|または|及び|、|と|・)*)*"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a text states, in the order of the file; and what a file needs or may have and the text lacks."""

    identifier: str
    fields: tuple[Found, ...]
    missing: tuple[FieldPath, ...]
    unread: tuple[Unread, ...] = ()

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
    unread = [more] if (more := articles_unread(source, parts.preamble[0], parts.closing[0])) else []
    said = sentences(source, parts.articles, unread)
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
        *(_party_wise(field, roles) for field in fields_of(source, sentences_of_the_term(said), day)),
        *secrecy_fields(source, said),
        *amendment_fields(parts),
        *consultation_field(parts),
        *originals_field(parts),
    ]
    ordered = tuple(sorted(fields, key=rank))
    return Draft(identifier, ordered, tuple(missing_paths(identifier, ordered)), tuple(unread))


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
