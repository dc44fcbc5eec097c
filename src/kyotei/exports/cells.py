"""Cells that say how an agreement stands: days, also as 和暦, how pressing they are, what silence brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.dates.wareki import wareki
from kyotei.exports.clauses import listed
from kyotei.exports.description import expected, settled
from kyotei.messages import Language
from kyotei.render.urgency import NEAR, PRESSING
from kyotei.text import one_line

if TYPE_CHECKING:
    from datetime import date

    from kyotei.exports import Account
    from kyotei.exports.clauses import Cell
    from kyotei.messages import Words
    from kyotei.tables import DeadlineRow, Due, StatusRow
    from kyotei.term import Silence, Standing

Row = dict[str, "Cell"]


def dues(words: Words, account: Account) -> Row:
    """Return the next deadline, the day of the end once that is settled, and by when to act for either."""
    due = account.row.due
    day = None if due is None else due.date
    end = next((each.due for each in account.deadlines if each.due.kind == "expiry" and settled(each)), None)
    return {
        **act(words, due or end),
        "deadline": day,
        "deadline-wareki": wareki_cell(words, day),
        "safe": None if due is None else due.safe,
        **_end(words, account.row.standing),
    }


def _end(words: Words, stands: Standing) -> Row:
    """Return the last day and its reason, of an agreement that is over or whose end is settled."""
    if stands.ended is not None:
        return {"end": stands.ended.on, "end-reason": words.say("term", stands.ended.reason)}
    if stands.ends is None or stands.period is None or stands.period.closing is None:
        return {"end": None, "end-reason": None}
    return {"end": stands.ends, "end-reason": words.say("term", stands.period.closing)}


def act(words: Words, due: Due | None) -> Row:
    """Return by when to act and how pressing that is, in words; nothing where nothing is due."""
    if due is None:
        return dict.fromkeys(("urgency", "days", "act-by", "act-by-wareki"))
    if due.act_by.day is None or due.days_to_act is None:
        unknown = words.say("closed", "unknown", year=due.safe.year)
        return {"urgency": None, "days": None, "act-by": unknown, "act-by-wareki": None}
    return {
        "urgency": urgency(words, due.days_to_act),
        "days": due.days_to_act,
        "act-by": due.act_by.day,
        "act-by-wareki": wareki_cell(words, due.act_by.day),
    }


def urgency(words: Words, days: int) -> str | None:
    """Return how pressing a day is that lies so many days ahead; nothing where it is not."""
    if days < 0:
        return words.say("sheet", "passed")
    if days <= NEAR:
        return words.say("sheet", "pressing" if days <= PRESSING else "near")
    return None


def wareki_cell(words: Words, day: date | None) -> str | None:
    """Return a day in the Japanese calendar with its weekday."""
    if day is None:
        return None
    return words.say("sheet", "wareki", day=wareki(day), weekday=words.weekday(day))


def silence_cell(words: Words, silence: Silence) -> str | None:
    """Return what happens at the end of the period if nobody acts."""
    if silence.following is not None:
        return words.say("show", "renews", span=words.span(silence.following.start, silence.following.end))
    return None if silence.end is None else words.say("show", "ends", end=words.day(silence.end))


def offices(row: StatusRow, own_name: str | None) -> str | None:
    """Return the offices of our own party; where we are none, or have none, those of all."""
    own = {party.role for party in row.parties if party.name == own_name}
    contacts = row.agreement.contacts
    found = [contact for contact in contacts if contact.party in own] or contacts
    return listed(dict.fromkeys(one_line(contact.office) for contact in found))


def month(words: Words, day: date) -> str:
    """Return a month so that it sorts; in Japanese with that of the Japanese calendar."""
    name = day.isoformat()[:7]
    if words.language is Language.EN:
        return name
    return words.say("show", "subject", text=name, subject=wareki(day).partition("月")[0] + "月")


def condition(words: Words, row: DeadlineRow) -> str | None:
    """Say that a day only comes if nobody objects before."""
    unsure = expected(row) if row.due.kind == "objection" else not settled(row)
    return words.say("sheet", "expected") if unsure else None
