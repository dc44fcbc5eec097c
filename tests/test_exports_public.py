from __future__ import annotations

from datetime import date

import pytest

from kyotei.dates.closed_days import OfficeCalendar
from kyotei.exports.public import public_row
from kyotei.shapes import agreement_status
from kyotei.tables import status_row
from registers_for_tests import YEARLY, entry, text

CALENDAR = OfficeCalendar()
INTERNAL = """\
contacts: [{party: 甲, office: 経済局, phone: 045-000-0000, email: a@example.jp, for: 全般}]
sources: [{title: 記者発表資料, note: 庁内限り}]
notes: 先方と調整中
ignore: {deadline-before-signing: 承知の上}
"""
NOTICE = "{on: 2026-11-01, type: notice, by: 甲, note: 内部, source: 起案}"
BACK = "{on: 2026-11-10, type: withdrawal, note: 内部}"
REVIEW = "{on: 2026-11-20, type: review, note: 内部}"
AMENDED = "{on: 2026-06-01, type: amendment, effective: 2026-06-01, changes: {notice: {before_end: 1 month}}}"


def rows(events: str, as_of: str) -> tuple[list[str], bool]:
    """The types of the events that the public sees, and whether all days are the same."""
    written = text("a", f"{YEARLY}{INTERNAL}events: [{events}]\n")
    row = status_row(entry(written), date.fromisoformat(as_of), CALENDAR)
    found = public_row(row, CALENDAR)
    return [event.type for event in found.agreement.events], agreement_status(found) == agreement_status(row)


@pytest.mark.parametrize(
    ("events", "as_of", "types"),
    [
        (f"{AMENDED}, {NOTICE}, {BACK}, {REVIEW}", "2026-11-05", ["amendment", "notice"]),
        (f"{AMENDED}, {NOTICE}, {BACK}, {REVIEW}", "2026-11-22", ["amendment"]),
        (NOTICE, "2026-11-22", ["notice"]),
        (f"{NOTICE}, {{on: 2027-04-05, type: withdrawal}}", "2027-05-01", ["notice"]),
        (f"{NOTICE}, {BACK}, {NOTICE.replace('11-01', '11-15')}", "2027-05-01", ["notice"]),
        (BACK, "2026-11-22", []),
    ],
    ids=[
        "a notice that holds",
        "a notice taken back, and a review",
        "only a notice",
        "taken back after the end, so the notice holds",
        "taken back, then given again",
        "a withdrawal of nothing",
    ],
)
def test_internal_events_are_left_out_and_no_day_moves(events: str, as_of: str, types: list[str]) -> None:
    assert rows(events, as_of) == (types, True)


def test_contacts_and_notes_are_left_out() -> None:
    written = text("a", f"{YEARLY}{INTERNAL}events: [{NOTICE}]\n")
    row = status_row(entry(written), date(2026, 11, 22), CALENDAR)
    found = public_row(row, CALENDAR).agreement
    assert (found.contacts, found.notes, found.ignore) == ((), None, None)
    assert [(source.title, source.note) for source in found.sources] == [("記者発表資料", None)]
    assert [(event.note, event.source) for event in found.events] == [(None, None)]
