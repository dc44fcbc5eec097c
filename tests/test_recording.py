"""An event from what was asked for to the fields of the file. The command line is in test_commands_record."""

from __future__ import annotations

from datetime import date

import pytest

from agreements_for_tests import agreement, yearly
from kyotei.diagnostics import Fault
from kyotei.recording import changed_clauses, checked, event_fields, wanted

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("kind", "needed", "possible"),
    [
        ("notice", ["on", "by"], ["note", "source", "arrived", "accepted"]),
        ("withdrawal", ["on"], ["note", "source", "by"]),
        ("termination", ["on", "effective"], ["note", "source", "by"]),
        ("renewal", ["on"], ["note", "source", "until", "length"]),
        ("amendment", ["on", "effective"], ["note", "source"]),
        ("succession", ["on", "party", "name"], ["note", "source", "representative"]),
        ("superseded", ["on", "by"], ["note", "source"]),
        ("review", ["on"], ["note", "source"]),
    ],
)
def test_a_type_needs_some_fields_and_may_have_others(
    kind: str, needed: list[str], possible: list[str]
) -> None:
    assert wanted(kind) == (needed, possible)


def test_remarks_stand_last_and_days_are_iso() -> None:
    given = {"note": "受領", "arrived": "令和8年11月24日", "by": "乙", "on": "R8.11.22"}
    assert list(event_fields("notice", given, None).items()) == [
        ("on", "2026-11-22"),
        ("type", "notice"),
        ("by", "乙"),
        ("arrived", "2026-11-24"),
        ("note", "受領"),
    ]


@pytest.mark.parametrize(
    ("kind", "given", "message", "key"),
    [
        ("notice", {"on": "明日", "by": "乙"}, "date-invalid", "on"),
        (
            "termination",
            {"on": "2026-11-22", "effective": "2026-02-29"},
            "date-invalid.no-such-day",
            "effective",
        ),
        ("renewal", {"on": "2026-11-22", "length": "長く"}, "length-invalid", "length"),
        ("review", {"on": "2026-11-22", "until": "2026-11-23"}, "option-not-for-type", "until"),
        ("review", {"on": "2026-11-22", "note": "\x1b[2J"}, "character-forbidden", "note"),
    ],
)
def test_a_fault_names_its_field(kind: str, given: dict[str, str], message: str, key: str) -> None:
    with pytest.raises(Fault) as fault:
        event_fields(kind, given, None)
    assert (fault.value.message, fault.value.values["key"]) == (message, key)


@pytest.mark.parametrize(("text", "shown"), [("a\u200b", "U+200B"), ("\x07", "\\x07"), ("\udce4", "\\xe4")])
def test_a_character_that_nobody_sees_is_named_by_its_number(text: str, shown: str) -> None:
    with pytest.raises(Fault) as fault:
        checked(text)
    assert fault.value.values == {"character": shown}


def test_lines_and_tabs_may_stand_in_a_text() -> None:
    assert checked("一行目\n\t二行目") == "一行目\n\t二行目"


def test_a_clause_that_an_amendment_made_is_gone_on_from() -> None:
    told = yearly(
        "2026-05-01 amendment, effective 2026-06-01, changes.notice.before_end 1 month;"
        "2026-05-01 amendment, effective 2026-06-01, changes.term.clause 第9条, changes.term.end 2027-09-30"
    )
    changes = ["notice.form=any", "term.length=3 years"]
    assert changed_clauses(told, DAY, DAY, changes) == {
        "notice": {"before_end": "1 month", "form": "any"},
        "term": {"clause": "第9条", "length": "3 years"},
    }
    before = date(2026, 5, 31)
    assert changed_clauses(told, DAY, before, changes[:1]) == {
        "notice": {"before_end": "3 months", "form": "any"}
    }


def test_what_the_model_refuses_is_kept_for_the_finding() -> None:
    found = changed_clauses(agreement(), DAY, DAY, ["notice.before_end=長く", "renewal.limit={times: 0}"])
    assert found == {"notice": {"before_end": "長く"}, "renewal": {"limit": {"times": "0"}}}


def test_no_change_is_no_clause() -> None:
    assert changed_clauses(agreement(), DAY, DAY, []) == {}
