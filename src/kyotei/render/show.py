"""The page of `kyotei show`: one agreement in the order of a press release, after how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from kyotei.explain.clauses import (
    confidentiality_said,
    notice_said,
    objectors_said,
    renewal_said,
    term_said,
    termination_said,
)
from kyotei.history import known_events
from kyotei.render.explain import answer_lines, clause, labelled, paragraph, party, sentence
from kyotei.render.screen import BOLD
from kyotei.text import cells, lines, one_line, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.explain.said import Said, Told
    from kyotei.messages import Words
    from kyotei.model import Agreement, Contact, Source
    from kyotei.render.screen import Screen
    from kyotei.tables import StatusRow


def show_page(screen: Screen, row: StatusRow, events: Sequence[Told]) -> str:
    """Return how the agreement stands, then what it says; what is absent is left out."""
    words, width = screen.words, screen.width
    head = words.say("show", "head", id=row.agreement.id, day=words.head(row.standing.as_of))
    parts = [(words.say("show", name), texts) for name, texts in sections(words, row, events) if texts]
    left = max(cells(label) for label, _ in parts)
    found = [*paragraph(head, width, style=BOLD), Text(""), *answer_lines(words, row, width, left)]
    for label, texts in parts:
        found += [Text(""), *labelled(label, texts, left, width)]
    return screen.draw(*found)


def sections(words: Words, row: StatusRow, events: Sequence[Told]) -> Iterator[tuple[str, list[str]]]:
    """Yield each section by name with its paragraphs, in the order of a press release."""
    agreement = row.agreement
    yield "title", [one_line(agreement.title)]
    yield "parties", list(_parties(words, row))
    yield "signed", [words.head(agreement.signed)]
    yield "purpose", _text(agreement.purpose)
    yield "cooperation", list(_numbered(words, agreement.cooperation))
    yield "term", [_cited(words, [sentence(words, term_said(agreement.term))], agreement.term.clause)]
    yield from _clauses(words, row)
    yield "activities", list(_activities(words, agreement))
    yield from _provisions(words, agreement)
    yield "contacts", [part for contact in agreement.contacts for part in _contact(words, row, contact)]
    yield "sources", [part for source in agreement.sources for part in _source(words, source)]
    yield "notes", _text(agreement.notes)
    yield (
        "tags",
        [words.say("deadlines", "and").join(map(one_line, agreement.tags))] if agreement.tags else [],
    )
    yield "events", [part for told in events for part in _event(words, told)]
    yield "file", [shown(row.entry.file)]


def _text(text: str | None) -> list[str]:
    """Return a text of the file as its paragraphs."""
    return [] if text is None else [shown(part) for part in lines(text) if part.strip()]


def _numbered(words: Words, items: Sequence[str]) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        yield words.say("show", "numbered", number=number, text=one_line(item))


def _cited(words: Words, sentences: Sequence[str], place: str | None) -> str:
    """Return sentences with the clause in which they stand."""
    text = words.say("show", "between").join(sentences)
    return text if place is None else words.say("show", "clause", text=text, clause=clause(words, place))


def _parties(words: Words, row: StatusRow) -> Iterator[str]:
    """Yield each party as named on the day asked for, with its name at the signing if it was another."""
    signed = {signer.role: signer.name for signer in row.agreement.parties}
    for signer in row.parties:
        name = party(words, signer)
        if signed[signer.role] != signer.name:
            name += words.say("show", "formerly", name=one_line(signed[signer.role]))
        if signer.representative is not None:
            representative = one_line(signer.representative)
            name = words.say("show", "signer", party=name, representative=representative)
        yield name
        if signer.address is not None:
            yield words.say("show", "address", text=one_line(signer.address))


def _clauses(words: Words, row: StatusRow) -> Iterator[tuple[str, list[str]]]:
    """Yield the clauses on renewal, notice and termination in words, as signed; amendments stand below."""
    agreement = row.agreement
    changed = _changed(row)
    found: list[tuple[str, list[Said], str | None]] = []
    renewal, notice, termination = agreement.renewal, agreement.notice, agreement.termination
    if renewal is not None:
        found.append(("renewal", renewal_said(renewal), renewal.clause))
    if notice is not None:
        said = [*notice_said(notice), *objectors_said(notice, row.parties)]
        found.append(("notice", said, notice.clause))
    if termination is not None:
        found.append(("termination", termination_said(termination, row.parties), termination.clause))
    for name, said, place in found:
        note = [words.say("show", "amended")] if name in changed else []
        yield name, [_cited(words, [sentence(words, each) for each in said], place), *note]


def _changed(row: StatusRow) -> set[str]:
    """Return the clauses that amendments known on the day asked for have changed."""
    events = known_events(row.agreement, row.standing.as_of)
    return {name for event in events if event.type == "amendment" for name in event.changes.model_fields_set}


def _activities(words: Words, agreement: Agreement) -> Iterator[str]:
    for number, activity in enumerate(agreement.activities, 1):
        yield words.say("show", "numbered", number=number, text=one_line(activity.theme))
        for item in activity.items:
            yield words.say("show", "item", text=one_line(item))


def _provisions(words: Words, agreement: Agreement) -> Iterator[tuple[str, list[str]]]:
    """Yield confidentiality, amendment, consultation and the number of originals."""
    secret = agreement.confidentiality
    if secret is not None:
        parts = [_cited(words, [sentence(words, confidentiality_said(secret))], secret.clause)]
        if secret.exceptions is not None:
            parts.append(words.say("show", "exceptions", text=one_line(secret.exceptions)))
        yield "confidentiality", parts
    for name, provision in (("amendment", agreement.amendment), ("consultation", agreement.consultation)):
        if provision is not None:
            how = [] if provision.how is None else [one_line(provision.how)]
            place = provision.clause
            yield name, [_cited(words, how, place) if how else clause(words, place or "")]
    if agreement.originals is not None:
        yield "originals", [words.say("show", "copies", count=agreement.originals)]


def _contact(words: Words, row: StatusRow, contact: Contact) -> Iterator[str]:
    """Yield an office with its subject, then how to reach it."""
    named = {signer.role: party(words, signer) for signer in row.parties}
    text = words.say("show", "contact", party=named[contact.party], office=one_line(contact.office))
    if contact.purpose is not None:
        text = words.say("show", "subject", text=text, subject=one_line(contact.purpose))
    yield text
    for name, way in (("phone", contact.phone), ("email", contact.email)):
        if way is not None:
            yield words.say("show", "item", text=words.say("show", name, text=one_line(way)))


def _source(words: Words, source: Source) -> Iterator[str]:
    day = [] if source.date is None else [source.date.isoformat()]
    yield "  ".join([one_line(source.title), *day])
    for text in (source.url, source.note):
        if text is not None:
            yield words.say("show", "item", text=one_line(text))


def _event(words: Words, told: Told) -> Iterator[str]:
    yield words.say("show", "event", day=words.day(told.on), text=sentence(words, told.said[0]))
    for said in told.said[1:]:
        yield words.say("show", "item", text=sentence(words, said))
