"""当事者: names of parties, their roles, offices and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.drafting.evidence import Found, Words, found
from kyotei.drafting.normal import normal, tidy
from kyotei.drafting.outline import CALLED
from kyotei.drafting.signatures import NO_NAME, blocks_of, signature_fields, stated_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kyotei.drafting.normal import Normal
    from kyotei.drafting.outline import Outline

_OTHER_WORD = re.compile("^本|^この|協定|契約|覚書|情報|事業|活動|目的|業務|施設|法|条例|物品|商品|サービス$")
"""What brackets also name: （以下「本協定」という。）."""


@dataclass(frozen=True, slots=True)
class _Party:
    """A party of the preamble: its role, its name, and the words for both."""

    role: str
    name: str
    words: Words


def party_fields(found_outline: Outline) -> list[Found]:
    """Return role, name, representative and address of each party, from the preamble and the signatures."""
    source = found_outline.source
    named = list(_named(source, *found_outline.preamble)) or list(_signed(source, *found_outline.closing))
    blocks = blocks_of(source, *found_outline.closing, tuple(party.role for party in named))
    fields: list[Found] = []
    for number, party in enumerate(named):
        path = ("parties", str(number))
        fields.append(found(source, (*path, "role"), party.role, party.words))
        if not NO_NAME.fullmatch(party.name):
            fields.append(found(source, (*path, "name"), party.name, party.words))
            fields += signature_fields(source, path, party.name, blocks.get(party.role, []))
    return fields


def _named(source: str, start: int, end: int) -> Iterator[_Party]:
    """Yield the parties of a preamble: 「横浜市（以下「甲」という。）と…」."""
    text, done = normal(source, start, end), 0
    for match in CALLED.finditer(text.text):
        first, done = done, match.end()
        if _OTHER_WORD.search(match[1]):
            continue
        said = text.text[first : match.start()]
        first += max(said.rfind("、"), said.rfind("。")) + 1
        joined = (
            re.match("と|及び|並びに|および|ならびに", text.text[first : match.start()])
            if first and _follows(text, first)
            else None
        )
        first += joined.end() if joined else 0
        if first < match.start():
            words = Words("", text.offset(first), text.offset(match.start()))
            yield _Party(match[1], tidy(source[words.first : words.last]), words)


def _follows(text: Normal, index: int) -> bool:
    """Tell whether a bracket closes right before: only then does 「と」 part two names."""
    return text.text[index - 1] in ")、"


def _signed(source: str, start: int, end: int) -> Iterator[_Party]:
    """Yield the parties that only the signatures name."""
    for role, lines in blocks_of(source, start, end).items():
        for offset, line in lines:
            if (bare := stated_name(line)) is not None:
                last = offset + len(line.rstrip())
                yield _Party(role, tidy(bare), Words("", last - len(bare), last))
                break
