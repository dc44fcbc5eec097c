"""iCalendar (RFC 5545, RFC 7986): a feed that calendars subscribe to. The home of icalendar.

Two exports of one register on one day are the same bytes: DTSTAMP is the day asked for, and no line comes
from the clock. Nothing is remembered between two exports, so SEQUENCE is computed too: the days since
2000-01-01 plus the events known of the agreement. It never falls while days pass and events are added, and it
is higher

- on every later day, whatever changed (an event, a mended clause, a closed day in kyotei.toml) or did not;
- on the same day, once another event is recorded.

A clause mended on the same day as an earlier export leaves it as it was; the next day's export has it higher.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event, vDuration, vText

from kyotei.exports.occasions import occasions
from kyotei.text import shown

if TYPE_CHECKING:
    from kyotei.exports import Exported
    from kyotei.exports.occasions import Occasion

EPOCH = date(2000, 1, 1)
REFRESH = timedelta(hours=12)
"""How often a subscriber may ask again; act-by days move by the day."""


def calendar(exported: Exported) -> bytes:
    """Return the calendar: two all-day events per deadline, and reminders where asked for."""
    words, made = exported.words, Calendar()
    name = words.say("ics", "calendar")
    if exported.own_name is not None:
        name = words.say("show", "subject", text=name, subject=shown(exported.own_name))
    made.add("version", "2.0")
    made.add("prodid", f"-//kyotei//kyotei//{words.language.upper()}")
    made.add("calscale", "GREGORIAN")
    told = _told(exported)
    for key, text in (("name", name), ("x-wr-calname", name), ("description", told), ("x-wr-caldesc", told)):
        made.add(key, vText(text))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(REFRESH))
    for occasion in occasions(exported):
        made.add_component(_event(occasion, exported.as_of))
    return bytes(made.to_ical())


def _told(exported: Exported) -> str:
    """Return what the calendar is, as of which day, and which files it lacks."""
    words = exported.words
    count = words.counted("status", "agreements", len(exported.accounts))
    lines = [words.say("export", "about", day=words.head(exported.as_of), agreements=count)]
    if exported.unread:
        files = words.say("deadlines", "and").join(shown(file) for file in exported.unread)
        lines.append(words.say("export", "unread", files=files))
    return "\n".join([*lines, words.say("explain", "foot")])


def _event(occasion: Occasion, as_of: date) -> Event:
    event = Event()
    event.add("uid", occasion.uid)
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("sequence", max(0, (as_of - EPOCH).days) + occasion.known)
    event.add("dtstart", occasion.day)
    event.add("dtend", occasion.day + timedelta(days=1))  # the day after: an end is not included
    event.add("summary", occasion.title)
    event.add("description", "\n".join(occasion.lines))
    event.add("categories", [occasion.category, *occasion.tags])
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody busy
    return event
