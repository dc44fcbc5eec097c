from __future__ import annotations

import json
from datetime import date

import pytest

from kyotei.dates.closed_days import OfficeCalendar
from kyotei.dates.length import parse_within
from kyotei.diagnostics import Diagnostic, Place, Severity
from kyotei.messages import Language, words
from kyotei.shapes import (
    agreement_status,
    chain_shape,
    deadline_shape,
    deadlines_json,
    findings_shape,
    item_json,
    show_shape,
    status_json,
)
from kyotei.tables import StatusRow, chain_rows, deadline_rows, status_row
from registers_for_tests import YEARLY, entry, text

TODAY = date(2026, 11, 22)
CALENDAR = OfficeCalendar()
OBJECTION = {
    "kind": "objection",
    "period": 1,
    "reading": "corresponding-day",
    "date": "2026-12-31",
    "safe": "2026-12-30",
    "latest": "2026-12-31",
    "act_by": "2026-12-28",
    "days_left": 39,
    "days_to_act": 36,
}
RENEWS = {"outcome": "renews", "start": "2027-04-01", "end": "2028-03-31"}
ENDS = {"outcome": "ends", "end": "2027-03-31"}
FIRST = {"number": 1, "start": "2026-04-01", "end": "2027-03-31"}


def row(written: str = "", as_of: date = TODAY) -> StatusRow:
    return status_row(entry(written), as_of, CALENDAR)


def test_a_status_has_the_contract_s_keys_in_its_order() -> None:
    written = b"".join(status_json([item_json(agreement_status(row()))], TODAY)).decode()
    expected = {
        "schema_version": 1,
        "as_of": "2026-11-22",
        "agreements": [
            {
                "id": "a",
                "title": "連携協定",
                "file": "a.yaml",
                "parties": [{"role": "甲", "name": "横浜市"}, {"role": "乙", "name": "渋谷区"}],
                "state": "in-force",
                "period": FIRST,
                "next_deadline": OBJECTION,
                "if_silent": RENEWS,
                "ends": None,
                "ended": None,
            }
        ],
    }
    assert written == json.dumps(expected, ensure_ascii=False, indent=2) + "\n"


def test_a_status_of_no_agreement_is_an_empty_list() -> None:
    written = b"".join(status_json([], TODAY)).decode()
    expected: dict[str, object] = {"schema_version": 1, "as_of": "2026-11-22", "agreements": []}
    assert written == json.dumps(expected, indent=2) + "\n"


@pytest.mark.parametrize(
    ("written", "as_of", "expected"),
    [
        (text(clauses=""), TODAY, ("ending", FIRST, None, ENDS, "2027-03-31", None)),
        (text(clauses=""), date(2027, 4, 1), ("ended", None, None, {"outcome": None}, None, "expired")),
        (
            text(),
            date(2026, 3, 31),
            ("pending", None, {**OBJECTION, "days_left": 275, "days_to_act": 272}, RENEWS, None, None),
        ),
        (
            text(clauses="", term="term: {start: 2026-04-01, end: indefinite}\n"),
            TODAY,
            ("in-force", {**FIRST, "end": None}, None, {"outcome": None}, None, None),
        ),
        (
            text(clauses=f"{YEARLY}events: [{{on: 2026-10-01, type: notice, by: 乙}}]\n"),
            TODAY,
            ("ending", FIRST, None, ENDS, "2027-03-31", None),
        ),
    ],
    ids=["ending", "ended", "pending", "indefinite", "stopped"],
)
def test_each_state_has_its_shape(written: str, as_of: date, expected: tuple[object, ...]) -> None:
    shape = agreement_status(row(written, as_of))
    ended = shape["ended"] and shape["ended"]["reason"]
    names = ("state", "period", "next_deadline", "if_silent", "ends")
    assert (*(shape[name] for name in names), ended) == expected


@pytest.mark.parametrize(
    ("event", "on", "reason"),
    [
        ("type: termination, effective: 2026-10-31", "2026-10-31", "termination"),
        ("type: superseded, by: b", "2026-10-01", "superseded"),
    ],
)
def test_an_agreement_that_is_over_says_when_and_why(event: str, on: str, reason: str) -> None:
    written = text(clauses=f"{YEARLY}events: [{{on: 2026-10-01, {event}}}]\n")
    assert agreement_status(row(written))["ended"] == {"on": on, "reason": reason}


def test_beyond_the_calendar_s_data_the_act_by_day_is_null() -> None:
    found = agreement_status(row(text(term="term: {start: 2026-04-01, end: 2299-03-31}\n")))["next_deadline"]
    assert (found["act_by"], found["days_to_act"], found["safe"]) == (None, None, "2298-12-30")


def test_deadlines_have_the_contract_s_keys_in_its_order() -> None:
    rows = [row(), row(text("b", clauses=""))]
    found = deadline_rows(rows, TODAY, parse_within("1y"), CALENDAR)
    objection = {
        name: value for name, value in OBJECTION.items() if name not in {"kind", "period", "reading"}
    }
    expiry = {
        "date": "2027-03-31",
        "safe": "2027-03-31",
        "latest": "2027-03-31",
        "act_by": "2027-03-31",
        "days_left": 129,
        "days_to_act": 129,
    }
    head = {"title": "連携協定"}
    expected = {
        "schema_version": 1,
        "as_of": "2026-11-22",
        "within": "1y",
        "deadlines": [
            {
                "id": "a",
                **head,
                "file": "a.yaml",
                "kind": "objection",
                **objection,
                "period": 1,
                "if_silent": RENEWS,
            },
            {"id": "b", **head, "file": "b.yaml", "kind": "expiry", **expiry, "period": 1, "if_silent": ENDS},
        ],
    }
    items = [item_json(deadline_shape(one)) for one in found]
    written = b"".join(deadlines_json(items, TODAY, "1y")).decode()
    assert written == json.dumps(expected, ensure_ascii=False, indent=2) + "\n"


def test_a_chain_has_the_contract_s_keys_in_its_order() -> None:
    rows = chain_rows(
        entry(text(clauses="renewal: {mode: automatic, length: 1 year}\n")), TODAY, CALENDAR, future=1
    )
    expected = {
        "schema_version": 1,
        "as_of": "2026-11-22",
        "id": "a",
        "periods": [
            {**FIRST, "basis": "initial", "standing": "current", "deadline": None},
            {
                "number": 2,
                "start": "2027-04-01",
                "end": "2028-03-31",
                "basis": "automatic",
                "standing": "future",
                "deadline": None,
            },
        ],
    }
    assert json.dumps(chain_shape(rows, TODAY, "a")) == json.dumps(expected)
    with_deadline = chain_shape(chain_rows(entry(), TODAY, CALENDAR, future=0), TODAY, "a")
    assert json.dumps(with_deadline["periods"][0]["deadline"]) == json.dumps(
        {"date": "2026-12-31", "safe": "2026-12-30", "latest": "2026-12-31", "act_by": "2026-12-28"}
    )


def test_findings_have_the_contract_s_keys_in_its_order() -> None:
    found = Diagnostic(
        Place("x.yaml", 3, 7),
        Severity.WARNING,
        "date-invalid.not-iso",
        {"text": "2020/1/1", "day": "2020-01-01"},
    )
    expected = {
        "schema_version": 1,
        "checked": 2,
        "findings": [
            {
                "file": "x.yaml",
                "line": 3,
                "column": 7,
                "severity": "warning",
                "code": "date-invalid",
                "message": "2020/1/1: write 2020-01-01",
            }
        ],
    }
    assert json.dumps(findings_shape(2, [found], words(Language.EN))) == json.dumps(expected)


def test_one_agreement_is_shown_with_its_content_and_its_status() -> None:
    shape = show_shape(row(), TODAY)
    assert list(shape) == ["schema_version", "as_of", "agreement", "status"]
    assert shape["agreement"]["term"] == {"start": "2026-04-01", "end": "2027-03-31"}
    assert shape["status"] == agreement_status(row())
