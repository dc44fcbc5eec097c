"""守秘義務: how long it survives the agreement, and from what it excepts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyotei.drafting.evidence import Found, found
from kyotei.drafting.signs import LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.drafting.sentences import Sentence

_SECRET = re.compile("秘密|守秘|機密|秘匿|漏らし|漏ら[さす]|漏えい|漏洩|遺漏|第三者に(?:開示|提供)")
_HEADED = re.compile("秘密|守秘|機密|情報(?:の)?(?:管理|取扱い|保護)")
_AFTER = "(?:終了|満了|解除|解約|失効)(?:した|の|する)?(?:日|後|とき)?"
_LENGTH = re.compile(f"{_AFTER}[^。]{{0,25}}?({LENGTH})")
_LIMITED = re.compile(f"{_AFTER}[^。]{{0,25}}?(?:{LENGTH}|[\ue007])")
_EVER = re.compile(
    f"{_AFTER}[^。]{{0,20}}(?:問わず|(?:も|においても|であっても|後も)[^。]{{0,25}}(?:存続|同様|有効|負う|継続|ならない|ものとする|効力))"
)
_CONSENT = re.compile(
    "([^、。]{2,25}(?:承諾|同意|承認|了解))を(?:得|受け)(?:ることなく|ないで|ずに|なければ|ない限り|ずして)|([^、。]{2,25}(?:承諾|同意|承認))なく"
)
_PROVISO = re.compile(
    "(?:ただし|但し)、?(.+?(?:場合|とき|もの|情報))(?:に(?:ついて|おいて)?)?は、?この限りで(?:は)?ない"
)


def secrecy_sentences(said: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences of the article on secrecy, and others that speak of it."""
    clauses = {one.clause.partition("条")[0] for one in said if _HEADED.search(one.heading)}
    if clauses:
        return [one for one in said if one.clause.partition("条")[0] in clauses and one.clause]
    return [one for one in said if _SECRET.search(one.text)]


def secrecy_fields(source: str, said: Sequence[Sentence]) -> list[Found]:
    """Return the clause on secrecy, its survival and its exceptions."""
    ours = secrecy_sentences(said)
    if not ours:
        return []
    fields = [field for one in ours for field in _survival(source, one)][:1]
    exceptions = [part for one in ours for part in _exceptions(one)]
    if exceptions:
        one, start, end, _ = exceptions[0]
        value = "、及び".join(text for *_, text in exceptions)
        words = one.words(start, end)
        fields.append(found(source, ("confidentiality", "exceptions"), value, words, reason="put-together"))
    if clause := ours[0].clause:
        whole = next((one.clause for one in ours if "項" not in one.clause), clause.partition("条")[0] + "条")
        first = ours[0].words(0, min(len(ours[0].text), 30))
        fields.insert(0, found(source, ("confidentiality", "clause"), whole, first))
    return fields


def _survival(source: str, one: Sentence) -> Iterator[Found]:
    path = ("confidentiality", "survives")
    if match := _LENGTH.search(one.text):
        token = one.code.tokens[match.start(1)]
        yield found(source, path, str(token.value), one.words(*match.span()), reason=token.reason)
    elif not _LIMITED.search(one.text) and (match := _EVER.search(one.text)):
        yield found(source, path, "indefinitely", one.words(*match.span()))


def _exceptions(one: Sentence) -> Iterator[tuple[Sentence, int, int, str]]:
    """Yield what is excepted: without consent, and the proviso 「…場合は、この限りでない」."""
    if match := _CONSENT.search(one.text):
        yield one, *match.span(), f"{match[1] or match[2]}を得た場合"
    if match := _PROVISO.search(one.text):
        yield one, *match.span(), match[1]
