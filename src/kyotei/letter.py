"""What a notice of termination (終了の申出書) says: every line of it, in official Japanese.

The letter goes to the other parties, so its words are Japanese whatever the user's language:
`locale/documents/letter.toml`. Numbers are written as municipalities write them: one digit in full width,
more in half width (令和３年３月31日).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.dates.wareki import wareki
from kyotei.history import history, parties
from kyotei.messages import document
from kyotei.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kyotei.model import Agreement, Contact, Notice, NoticeEvent, Party
    from kyotei.notifying import Effect

_ONE_DIGIT = re.compile("(?<![0-9])[0-9](?![0-9])")
_TO_FULL_WIDTH = 0xFEE0  # ０ comes so many characters after 0


@dataclass(frozen=True, slots=True)
class Letter:
    """The parts of the letter, in the order in which they stand on the paper.

    `items` are the numbered ones below 記, each with its heading and its lines. `blanks` name what the
    register does not know, left open for a person to fill in.
    """

    number: str
    day: str
    addressees: tuple[str, ...]
    sender: str
    subject: str
    body: tuple[str, ...]
    below: str
    items: tuple[tuple[str, tuple[str, ...]], ...]
    close: str
    blanks: tuple[str, ...]


def letter(agreement: Agreement, event: NoticeEvent, effect: Effect, number: str = "") -> Letter:
    """Return the letter by which `event` is declared; the parties are named as on its day."""
    named = parties(agreement, event.on)
    sender = next(party for party in named if party.role == event.by)
    contact = next((each for each in agreement.contacts if each.party == event.by), None)
    clause = official(one_line(effect.clause.clause or ""))
    blanks = {"number": number, "clause": clause, "contact": contact}
    return Letter(
        number=one_line(number) or _say("number-blank"),
        day=day(event.on),
        addressees=tuple(_addressed(party) for party in named if party is not sender),
        sender=_signed_by(sender),
        subject=_say("subject", title=one_line(agreement.title)),
        body=tuple(_body(agreement, effect, clause or _say("clause-blank"))),
        below=_say("below"),
        items=tuple(_items(agreement, event, effect, contact)),
        close=_say("close"),
        blanks=tuple(name for name, known in blanks.items() if not known),
    )


def day(day: date) -> str:
    """Return a day as a letter writes it: 令和８年12月10日."""
    return official(wareki(day))


def official(text: str) -> str:
    """Return a text with each single digit in full width."""
    return _ONE_DIGIT.sub(lambda found: chr(ord(found[0]) + _TO_FULL_WIDTH), text)


def _say(name: str, /, **values: str) -> str:
    return document("letter")[name].format_map(values)


def _addressed(party: Party) -> str:
    """Return whom the letter goes to: a person by the office held, else the body itself."""
    if party.representative is None:
        return _say("body", name=one_line(party.name))
    return _say("person", name=_signed_by(party))


def _signed_by(party: Party) -> str:
    """Return the representative; one whose office does not name the body (代表取締役) behind its name."""
    name, office = one_line(party.name), one_line(party.representative or "")
    if not office or office.startswith(name):
        return office or name
    return _say("office", name=name, representative=office)


def _body(agreement: Agreement, effect: Effect, clause: str) -> Iterator[str]:
    yield _say("opening", signed=day(agreement.signed), clause=clause, end=day(effect.ends))
    yield _say("effect", start=day(effect.unborn.start))


def _items(
    agreement: Agreement, event: NoticeEvent, effect: Effect, contact: Contact | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield _say("title"), (one_line(agreement.title),)
    yield _say("signed"), (day(agreement.signed),)
    yield _say("end"), (day(effect.ends),)
    yield _say("clause"), (_clause(agreement, event, effect.clause),)
    if succeeded := tuple(_succeeded(agreement, event.on)):
        yield _say("succession"), succeeded
    yield _say("contact"), tuple(_contact(contact))


def _clause(agreement: Agreement, event: NoticeEvent, clause: Notice) -> str:
    """Return where the clause stands, and since when it reads so, if it was amended."""
    text = official(one_line(clause.clause or "")) or _say("clause-blank")
    amendments = history(agreement, event.on).amendments
    since = next((each.effective for each in amendments if each.changes.notice is clause), None)
    return text if since is None else _say("clause-amended", clause=text, day=day(since))


def _succeeded(agreement: Agreement, on: date) -> Iterator[str]:
    """Yield the parties that have another name than on the paper."""
    for old, new in zip(agreement.parties, parties(agreement, on), strict=True):
        if old.name != new.name:
            role, name = one_line(new.role), one_line(new.name)
            yield _say("succeeded", role=role, name=name, old=one_line(old.name))


def _contact(contact: Contact | None) -> Iterator[str]:
    if contact is None:
        yield _say("contact-blank")
        return
    yield one_line(contact.office)
    for name, text in (("phone", contact.phone), ("email", contact.email)):
        if text is not None:
            yield _say(name, text=one_line(text))
