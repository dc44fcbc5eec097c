"""A field's column -> the facts that its cells state."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from kyotei.importing.clauses import notice_facts, renewal_facts, term_facts, termination_facts
from kyotei.importing.facts import Fact, unread
from kyotei.importing.values import (
    day_in,
    day_of,
    formula_doubt,
    length_of,
    lines_of,
    listed,
    long_text,
    text_of,
    word_of,
    yearly_of,
)
from kyotei.importing.vocabulary import (
    AT_ONCE,
    CLAUSES,
    EFFECTIVE,
    EITHER,
    END,
    FOR_EVER,
    FORM,
    IN_ALL,
    READING,
    START,
    TIMES,
    UNTIL_THE_END,
    plain,
)
from kyotei.text import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from kyotei.importing.facts import Facts, Origin

Reader: TypeAlias = "Callable[[Origin, Around], Facts]"

_BETWEEN = re.compile(r"(?:[、,・\s]+|又は|及び|または|および)")
_TILL = re.compile(r"\s*(?:まで|迄|から|より|付け?)$")


@dataclass(frozen=True, slots=True)
class Around:
    """What a cell's meaning leans on: the day of signing, and the day from which the sheet counts days."""

    signed: date | None
    first_serial: date


def facts_of(field: str, origin: Origin, around: Around) -> Facts:
    """Return what a cell states about its field. Raises Unread."""
    return _READERS[field](origin, around)


def _one(*path: str) -> Callable[[Callable[[Origin], str]], Reader]:
    """Make a reader of one value into a reader of a field."""

    def made(read: Callable[[Origin], str]) -> Reader:
        return lambda origin, _: (Fact(path, read(origin), origin, formula_doubt(origin)),)

    return made


def _list(*path: str) -> Reader:
    return lambda origin, _: (Fact(path, list(listed(origin)), origin),)


def _lines(*path: str) -> Reader:
    return lambda origin, _: (Fact(path, list(lines_of(origin)), origin),)


def _day(*path: str, words: Mapping[str, str]) -> Reader:
    """Return the reader of a day, or of a word that may stand instead."""

    def read(origin: Origin, around: Around) -> Facts:
        if word := words.get(plain(origin.text)):
            return (Fact(path, word, origin),)
        if _TILL.search(origin.text):
            return (Fact(path, day_in(origin, _TILL.sub("", origin.text)), origin),)
        day, check = day_of(origin, around.first_serial)
        return (Fact(path, day, origin, check or formula_doubt(origin)),)

    return read


def _limit(origin: Origin, _: Around) -> Facts:
    """Read 2回, 通算5年, or a day."""
    said = plain(text_of(origin))
    if times := TIMES.fullmatch(said):
        return (Fact(("renewal", "limit", "times"), times[1], origin),)
    if total := IN_ALL.fullmatch(said):
        return (Fact(("renewal", "limit", "total"), length_of(origin, total[1] or total[2]), origin),)
    return (Fact(("renewal", "limit", "until"), day_in(origin, text_of(origin)), origin),)


def _by(group: str) -> Reader:
    """Read who may: either, or roles."""

    def read(origin: Origin, _: Around) -> Facts:
        if plain(origin.text) in EITHER:
            return (Fact((group, "by"), "either", origin),)
        roles = [role for line in lines_of(origin) for role in _BETWEEN.split(line) if role]
        return (Fact((group, "by"), roles, origin),)

    return read


def _before_end(origin: Origin) -> str:
    return length_of(origin, zero=True)


def _termination(origin: Origin, _: Around) -> Facts:
    """Read 中途解約の予告: a length, or that none is needed."""
    if plain(origin.text) in AT_ONCE:
        return (Fact(("termination",), {}, origin),)
    return (Fact(("termination", "notice"), length_of(origin), origin),)


def _survival(origin: Origin, _: Around) -> Facts:
    """Read 守秘義務の存続: a length, for ever, or only until the end."""
    said = plain(origin.text)
    if said in UNTIL_THE_END:
        return (Fact(("confidentiality",), {}, origin),)
    value = "indefinitely" if said in FOR_EVER else length_of(origin)
    return (Fact(("confidentiality", "survives"), value, origin),)


def _clauses(origin: Origin, _: Around) -> Facts:
    """Read 条項: a line for each clause, 有効期間：第4条第1項."""
    found = []
    for line in lines_of(origin):
        name, sign, clause = line.partition("：")
        if not sign or plain(name) not in CLAUSES:
            raise unread(origin, "cell-word", text=shortened(line), allowed=", ".join(CLAUSES))
        found.append(Fact((CLAUSES[plain(name)], "clause"), clause.strip(), origin))
    return tuple(found)


def _contacts(origin: Origin, _: Around) -> Facts:
    """Read 連絡先 as `export` writes it, 甲：課名／電話／メール／用件; anything else is kept as a remark."""
    found: list[Fact] = []
    for number, line in enumerate(lines_of(origin)):
        role, sign, rest = line.partition("：")
        parts = rest.split("／")
        if not sign or len(parts) != len(_PARTS):
            return (Fact(("notes",), f"{origin.heading}: {long_text(origin)}", origin),)
        values = {"party": role, **dict(zip(_PARTS, parts, strict=True))}
        found += [Fact(("contacts", number, key), text, origin) for key, text in values.items() if text]
    return tuple(found)


_PARTS = ("office", "phone", "email", "for")


def _events(origin: Origin, _: Around) -> Facts:
    """Read 経緯（データ）: a line of JSON for each event, as `export` writes it."""
    try:
        events = [_texts(json.loads(line)) for line in lines_of(origin)]
    except (ValueError, RecursionError):
        raise unread(origin, "cell-events") from None
    return (Fact(("events",), events, origin),)


def _texts(value: Any) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """Return JSON's values as a file writes them: all scalars are text."""
    match value:
        case dict():
            return {key: _texts(inner) for key, inner in value.items()}
        case list():
            return [_texts(inner) for inner in value]
        case bool():
            return str(value).lower()
        case _:
            return str(value)


def _notes(origin: Origin, _: Around) -> Facts:
    return (Fact(("notes",), long_text(origin), origin),)


_READERS: Mapping[str, Reader] = {
    "id": _one("id")(lambda origin: text_of(origin).lower()),
    "title": _one("title")(text_of),
    "signed": _day("signed", words={}),
    "purpose": _one("purpose")(text_of),
    "cooperation": _lines("cooperation"),
    "term": lambda origin, around: term_facts(origin, around.signed, around.first_serial),
    "term.start": _day("term", "start", words=START),
    "term.end": _day("term", "end", words=END),
    "term.length": _one("term", "length")(length_of),
    "renewal": lambda origin, around: renewal_facts(origin, around.signed, automatic=False),
    "renewal.automatic": lambda origin, around: renewal_facts(origin, around.signed, automatic=True),
    "renewal.length": _one("renewal", "length")(length_of),
    "renewal.to": _one("renewal", "to")(lambda origin: yearly_of(origin, text_of(origin))),
    "renewal.limit": _limit,
    "notice": lambda origin, around: notice_facts(origin, around.signed),
    "notice.before_end": _one("notice", "before_end")(_before_end),
    "notice.by_date": _one("notice", "by_date")(lambda origin: yearly_of(origin, text_of(origin))),
    "notice.by": _by("notice"),
    "notice.form": _one("notice", "form")(lambda origin: word_of(origin, FORM)),
    "notice.effective": _one("notice", "effective")(lambda origin: word_of(origin, EFFECTIVE)),
    "notice.reading": _one("notice", "reading")(lambda origin: word_of(origin, READING)),
    "termination": lambda origin, around: termination_facts(origin, around.signed),
    "termination.notice": _termination,
    "termination.by": _by("termination"),
    "confidentiality.survives": _survival,
    "clauses": _clauses,
    "originals": _one("originals")(lambda origin: re.sub("[通部]$", "", plain(text_of(origin)))),
    "office": _lines("office"),
    "phone": _lines("phone"),
    "email": _lines("email"),
    "contacts": _contacts,
    "tags": _list("tags"),
    "notes": _notes,
    "events": _events,
}
