"""What must hold among events: each rule with what it finds, and a neighbour in which it finds nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyotei.rules.events import EVENT_RULES
from kyotei.rules.traces import trace
from kyotei.rules.whole import superseded_unknown
from registers_for_tests import YEARLY, entry, text

if TYPE_CHECKING:
    from kyotei.diagnostics import Diagnostic

BY_CONSENT = "renewal: {mode: by-consent, length: 1 year}\n"
OPEN = "renewal: {mode: by-consent}\n"
BY_A = YEARLY.replace("3 months", "3 months, by: [甲]")

# The file: signed 2026-03-20, in force from 2026-04-01 to 2027-03-31.
NOTICE = "notice: {before_end: 1 month}"


def found(clauses: str, *events: str) -> list[str]:
    """What the rules find: the number of the event, the severity, the message, and the word at its place."""
    head = text("a", clauses) + ("events:\n" if events else "events: []\n")
    told = entry(head + "".join(f"  - {{on: {event}}}\n" for event in events))
    return sorted(
        f"{finding.place.line - head.count(chr(10))} {finding.severity} {finding.message} {word(finding)}"
        for rule in EVENT_RULES
        for finding in rule(told)
    )


def word(finding: Diagnostic) -> str:
    """The word at a finding's place; a whole event begins with `{on`."""
    return re.split("[,:}]", finding.excerpt[finding.place.column - 1 :])[0]


def amendment(on: str, effective: str, changes: str) -> str:
    return f"{on}, type: amendment, effective: {effective}, changes: {{{changes}}}"


@pytest.mark.parametrize(
    ("clauses", "events", "expected"),
    [
        pytest.param(
            YEARLY,
            ["2026-05-02, type: review", "2026-05-01, type: review", "2026-05-01, type: review"],
            ["2 warning event-out-of-order 2026-05-01", "3 warning event-out-of-order 2026-05-01"],
            id="the oldest stand first",
        ),
        pytest.param(
            YEARLY, ["2026-05-01, type: review", "2026-05-01, type: review"], [], id="one day is in order"
        ),
        pytest.param(
            YEARLY,
            ["2026-03-19, type: review"],
            ["1 error event-before-signing 2026-03-19"],
            id="a day before signing",
        ),
        pytest.param(YEARLY, ["2026-03-20, type: review"], [], id="on the signing day"),
        pytest.param(
            "",
            ["2027-04-01, type: notice, by: 乙"],
            ["1 error event-after-end 2027-04-01"],
            id="a notice after the end",
        ),
        pytest.param(
            "",
            ["2027-03-31, type: notice, by: 乙"],
            ["1 warning event-without-effect {on"],
            id="on the last day it is not over, but a notice stops nothing",
        ),
        pytest.param(
            YEARLY,
            [
                "2026-05-01, type: termination, effective: 2026-05-31",
                "2026-06-01, type: termination, effective: 2026-06-30",
            ],
            ["2 error event-after-end 2026-06-01"],
            id="a termination after a termination",
        ),
        pytest.param(
            YEARLY,
            ["2026-05-01, type: notice, by: 乙", "2027-04-01, type: withdrawal"],
            ["2 error event-after-end 2027-04-01"],
            id="a withdrawal after the end",
        ),
        pytest.param(
            "",
            [amendment("2027-04-01", "2027-04-01", "term: {end: 2028-03-31}")],
            ["1 error event-after-end 2027-04-01"],
            id="an amendment after the end",
        ),
        pytest.param(
            "",
            [
                "2027-04-01, type: review",
                "2027-04-02, type: succession, party: 乙, name: 新渋谷区",
                "2027-04-03, type: superseded, by: b",
            ],
            [],
            id="who looks, who follows and what replaces it may come after the end",
        ),
        pytest.param(
            BY_CONSENT, ["2027-03-31, type: renewal"], [], id="a renewal agreed on the last day leaves no gap"
        ),
        pytest.param(
            BY_CONSENT,
            ["2027-04-01, type: renewal"],
            ["1 warning renewal-late 2027-04-01"],
            id="a renewal that leaves a gap",
        ),
        pytest.param(
            "",
            ["2027-04-01, type: renewal, until: 2028-03-31"],
            ["1 warning renewal-late 2027-04-01"],
            id="without a clause too",
        ),
        pytest.param(
            YEARLY,
            ["2026-05-01, type: notice, by: 乙", "2027-04-01, type: renewal"],
            ["2 error event-after-end 2027-04-01"],
            id="a chain that was stopped is not confirmed",
        ),
        pytest.param(
            YEARLY,
            ["2026-05-01, type: renewal, until: 2027-03-31"],
            ["1 error renewal-impossible.until 2027-03-31"],
            id="a renewal to a day in the period before",
        ),
        pytest.param(
            YEARLY, ["2026-05-01, type: renewal, until: 2027-04-01"], [], id="a renewal for one day"
        ),
        pytest.param(
            BY_CONSENT,
            ["2026-05-01, type: renewal", "2026-06-01, type: renewal, until: 2028-03-31"],
            ["2 error renewal-impossible.until 2028-03-31"],
            id="a second renewal follows the first, not the current period",
        ),
        pytest.param(
            BY_CONSENT,
            ["2026-05-01, type: renewal", "2026-06-01, type: renewal, until: 2028-04-01"],
            [],
            id="and may be for one day",
        ),
        pytest.param(
            YEARLY,
            ["2026-03-25, type: renewal, until: 2027-03-31"],
            ["1 error renewal-impossible.until 2027-03-31"],
            id="before the first period a renewal confirms the second",
        ),
        pytest.param(
            YEARLY,
            [
                amendment("2026-05-01", "2026-05-01", "term: {end: indefinite}"),
                "2026-06-01, type: renewal, until: 2026-06-30",
            ],
            [],
            id="without an end no renewal can be measured",
        ),
        pytest.param(
            OPEN, ["2027-03-01, type: renewal"], ["1 error renewal-impossible.length {on"], id="for how long?"
        ),
        pytest.param(OPEN, ["2027-03-01, type: renewal, length: 1 year"], [], id="for one year"),
        pytest.param(
            OPEN,
            [
                amendment("2027-02-01", "2027-02-01", "renewal: {mode: by-consent, to: 03-31}"),
                "2027-03-01, type: renewal",
            ],
            [],
            id="the amended clause says for how long",
        ),
        pytest.param(
            YEARLY,
            ["2026-05-01, type: withdrawal"],
            ["1 error withdrawal-without-notice {on"],
            id="nothing was open",
        ),
        pytest.param(
            YEARLY,
            ["2026-05-01, type: notice, by: 乙", "2026-05-01, type: withdrawal"],
            [],
            id="a notice was open",
        ),
        pytest.param(
            YEARLY,
            [
                "2026-05-01, type: notice, by: 乙",
                "2026-05-02, type: withdrawal",
                "2026-05-03, type: withdrawal",
            ],
            ["3 error withdrawal-without-notice {on"],
            id="one notice is withdrawn once",
        ),
        pytest.param(
            YEARLY,
            ["2026-05-02, type: notice, by: 乙, arrived: 2026-05-01"],
            ["1 error effective-before-event 2026-05-01"],
            id="it arrived before it was given",
        ),
        pytest.param(
            YEARLY, ["2026-05-02, type: notice, by: 乙, arrived: 2026-05-02"], [], id="it arrived at once"
        ),
        pytest.param(
            YEARLY,
            ["2026-05-02, type: termination, effective: 2026-05-01"],
            ["1 error effective-before-event 2026-05-01"],
            id="terminated before it was agreed",
        ),
        pytest.param(
            YEARLY, ["2026-05-02, type: termination, effective: 2026-05-02"], [], id="terminated on the spot"
        ),
        pytest.param(
            YEARLY,
            [amendment("2027-05-01", "2027-03-31", NOTICE)],
            ["1 warning amendment-retroactive 2027-03-31"],
            id="an amendment for a period that was over",
        ),
        pytest.param(
            YEARLY,
            [amendment("2027-05-01", "2027-04-01", NOTICE)],
            [],
            id="for the current period, from its first day on",
        ),
        pytest.param(
            YEARLY,
            [amendment("2026-03-25", "2026-03-21", NOTICE)],
            [],
            id="before the first period nothing is over",
        ),
        pytest.param(
            BY_A,
            ["2026-05-01, type: notice, by: 乙"],
            ["1 warning notice-not-entitled 乙"],
            id="the clause lets another party object",
        ),
        pytest.param(BY_A, ["2026-05-01, type: notice, by: 甲"], [], id="the party that the clause names"),
        pytest.param(
            BY_A,
            ["2026-05-01, type: notice, by: 乙, accepted: true"],
            [],
            id="what is accepted needs no clause",
        ),
        pytest.param(
            BY_A,
            [
                amendment("2026-04-10", "2026-04-10", "notice: {before_end: 3 months, by: [乙]}"),
                "2026-05-01, type: notice, by: 乙",
            ],
            [],
            id="an amendment lets it object",
        ),
        pytest.param(
            YEARLY,
            [
                amendment("2026-04-10", "2026-04-10", "notice: {before_end: 3 months, by: [甲]}"),
                "2026-05-01, type: notice, by: 乙",
            ],
            ["2 warning notice-not-entitled 乙"],
            id="an amendment takes that away",
        ),
        pytest.param(
            YEARLY,
            ["2026-05-01, type: notice, by: 乙", "2026-05-02, type: notice, by: 甲"],
            ["2 warning event-without-effect {on"],
            id="a second notice changes nothing",
        ),
        pytest.param(
            YEARLY,
            ["2027-03-31, type: notice, by: 乙, arrived: 2027-06-01"],
            [],
            id="a late one stops a later renewal",
        ),
        pytest.param(
            YEARLY.replace("3 months", "3 months, effective: dispatch"),
            [
                amendment("2026-04-10", "2026-04-10", "notice: {before_end: 3 months}"),
                "2026-05-01, type: notice, by: 乙, arrived: 2026-05-02",
            ],
            [],
            id="the effect is looked for once it has arrived, whatever the first clause said",
        ),
        pytest.param(
            "",
            ["2026-05-01, type: termination, effective: 2027-04-30"],
            ["1 warning event-without-effect {on"],
            id="a termination after the last day",
        ),
        pytest.param(
            "renewal: {mode: automatic, length: 1 month}\n",
            ["2026-05-01, type: termination, effective: 2033-03-15"],
            [],
            id="a termination many periods ahead",
        ),
        pytest.param(
            YEARLY,
            [amendment("2026-05-01", "2026-05-01", "notice: {before_end: 3 months}")],
            ["1 warning event-without-effect {on"],
            id="an amendment that says what was said before",
        ),
        pytest.param(
            BY_CONSENT,
            [amendment("2026-05-01", "2026-05-01", "renewal: {mode: automatic, length: 1 year}")],
            [],
            id="a chain that becomes automatic",
        ),
        pytest.param(
            BY_CONSENT,
            [amendment("2026-05-01", "2026-05-01", "renewal: {mode: none}, notice: {before_end: 1 month}")],
            ["1 warning event-without-effect {on"],
            id="a clause on notices where nothing renews by silence",
        ),
        pytest.param(
            "",
            [amendment("2026-05-01", "2026-05-01", "renewal: {mode: by-consent}")],
            [],
            id="a renewal that needs consent makes no period by itself",
        ),
        pytest.param(
            YEARLY,
            [amendment("2026-05-01", "2026-05-01", "termination: {notice: 6 months}")],
            [],
            id="a clause on termination means to change no period",
        ),
    ],
)
def test_a_rule_finds_what_it_says_and_no_more(clauses: str, events: list[str], expected: list[str]) -> None:
    assert found(clauses, *events) == expected


def test_a_finding_says_its_days() -> None:
    told = entry(text("a", "") + "events:\n  - {on: 2027-05-01, type: notice, by: 乙}\n")
    values = [finding.values for rule in EVENT_RULES for finding in rule(told)]
    assert values == [{"type": "notice", "day": "2027-05-01", "end": "2027-03-31"}]


def test_reviews_and_successions_change_no_other_judgement() -> None:
    idle = ["2026-04-10, type: review", "2026-04-11, type: succession, party: 乙, name: 新渋谷区"]
    for event in ("2026-05-01, type: notice, by: 乙", "2026-05-01, type: withdrawal"):
        alone = found(YEARLY, event)
        assert [line.replace("3 ", "1 ", 1) for line in found(YEARLY, *idle, event)] == alone


@pytest.mark.parametrize(
    ("by", "message"),
    [("b", None), ("c", "superseded-unknown"), ("a", "superseded-unknown.itself")],
)
def test_a_successor_is_another_agreement_of_the_register(by: str, message: str | None) -> None:
    told = entry(text("a") + f"events:\n  - {{on: 2026-05-01, type: superseded, by: {by}}}\n")
    traces = [trace(each, {}) for each in (told, entry(text("b")))]
    findings = [(one.message, one.place.line, word(one)) for one in superseded_unknown(traces)]
    assert findings == ([] if message is None else [(message, 9, by)])


# --- Any history

DAYS = st.integers(0, 1200).map(lambda days: str(date(2026, 3, 20) + timedelta(days=days)))
ROLES = st.sampled_from(["甲", "乙"])
LENGTHS = st.sampled_from(["1 day", "2 weeks", "1 month", "18 months", "1 year"])
CLAUSES = st.sampled_from(["", YEARLY, BY_CONSENT, OPEN, BY_A])
CHANGES = st.one_of(
    LENGTHS.map("notice: {{before_end: {}}}".format),
    DAYS.map("term: {{end: {}}}".format),
    LENGTHS.map("term: {{length: {}}}".format),
    LENGTHS.map("renewal: {{mode: automatic, length: {}}}".format),
    st.sampled_from(["term: {end: indefinite}", "renewal: {mode: none}", "termination: {notice: 1 month}"]),
)


@st.composite
def events(draw: st.DrawFn) -> str:
    """One event of any type, on any day, sensible or not."""
    on, day, role = draw(DAYS), draw(DAYS), draw(ROLES)
    rest = [
        f"notice, by: {role}",
        f"notice, by: {role}, arrived: {day}",
        f"notice, by: {role}, arrived: {day}, accepted: true",
        "withdrawal",
        f"termination, effective: {day}",
        "renewal",
        f"renewal, until: {day}",
        f"renewal, length: {draw(LENGTHS)}",
        f"amendment, effective: {day}, changes: {{{draw(CHANGES)}}}",
        f"succession, party: {role}, name: 新しい市",
        "superseded, by: b",
        "review",
    ]
    return f"{on}, type: {draw(st.sampled_from(rest))}"


@given(CLAUSES, st.lists(events(), max_size=6))
def test_any_history_is_judged_event_by_event(clauses: str, history: list[str]) -> None:
    numbers = {int(line.split()[0]) for line in found(clauses, *history)}
    assert numbers <= set(range(1, len(history) + 1))


@given(CLAUSES, st.lists(events(), max_size=5), st.integers(0, 5))
def test_a_review_on_the_day_of_another_event_changes_no_judgement(
    clauses: str, history: list[str], place: int
) -> None:
    place = min(place, len(history))
    day = history[place - 1].split(",")[0] if place else "2026-03-20"
    reviewed = [*history[:place], f"{day}, type: review", *history[place:]]
    after = found(clauses, *reviewed)
    moved = [
        re.sub("^[0-9]+", lambda line: str(int(line[0]) + (int(line[0]) > place)), line)
        for line in found(clauses, *history)
    ]
    assert [line for line in after if not line.startswith(f"{place + 1} ")] == sorted(moved)
