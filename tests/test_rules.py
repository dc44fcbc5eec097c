from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kyotei.diagnostics import Diagnostic, Place, Severity
from kyotei.register import Register
from kyotei.rules import FILE_RULES, REGISTER_RULES, judged
from registers_for_tests import entry, text

if TYPE_CHECKING:
    from kyotei.entry import Entry


def findings(*entries: Entry) -> list[tuple[str, str, str, dict[str, str]]]:
    """The findings of this module's rules: `FILE:LINE:COLUMN`, severity, code, values."""
    register = judged(Register(entries, (), len(entries)))
    return [(shown(one.place), str(one.severity), one.code, dict(one.values)) for one in register.diagnostics]


def shown(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}"


def test_a_sound_agreement_has_no_finding() -> None:
    assert findings(entry()) == []


@pytest.mark.parametrize("file", ["agreements/b.yaml", "b.yml", "agreements/a/b.yaml"])
def test_an_id_that_is_not_the_file_s_name_is_a_warning(file: str) -> None:
    values = {"id": "a", "stem": "b"}
    assert findings(entry(file=file)) == [(f"{file}:1:5", "warning", "id-not-file-name", values)]


@pytest.mark.parametrize("file", ["a.yaml", "deep/a.yml", "A/a.YAML"])
def test_the_suffix_and_the_folder_are_no_part_of_the_name(file: str) -> None:
    assert findings(entry(file=file)) == []


def test_a_role_of_two_parties_is_an_error_at_the_second() -> None:
    written = text().replace("role: 乙", "role: 甲")
    assert findings(entry(written)) == [("a.yaml:4:40", "error", "role-duplicate", {"role": "甲"})]


@pytest.mark.parametrize(
    ("clauses", "place"),
    [
        ("notice: {before_end: 3 months, by: [甲, 丙]}\n", "6:40"),
        ("termination: {by: [丙]}\n", "6:20"),
        ("contacts: [{party: 甲, office: x}, {party: 丙, office: y}]\n", "6:43"),
        ("events: [{on: 2026-12-10, type: notice, by: 丙}]\n", "6:45"),
        ("events: [{on: 2026-12-10, type: succession, party: 丙, name: x}]\n", "6:52"),
    ],
)
def test_a_role_that_no_party_has_is_an_error_where_it_is_named(clauses: str, place: str) -> None:
    written = text(clauses="renewal: {mode: automatic, length: 1 year}\n" + clauses).replace(
        "\nrenewal", "\nrenewal"
    )
    number, column = place.split(":")
    expected = (
        f"a.yaml:{int(number) + 1}:{column}",
        "error",
        "role-unknown",
        {"role": "丙", "roles": "甲, 乙"},
    )
    assert expected in findings(entry(written))


def test_a_role_in_an_amended_clause_is_held_to_the_parties_too() -> None:
    changes = "changes: {notice: {before_end: 1 month, by: [丙]}, termination: {by: either}}"
    written = text() + f"events:\n  - {{on: 2026-05-01, type: amendment, effective: 2026-05-01, {changes}}}\n"
    assert ("a.yaml:9:107", "error", "role-unknown", {"role": "丙", "roles": "甲, 乙"}) in findings(
        entry(written)
    )


def test_events_without_a_party_name_no_role() -> None:
    events = "events: [{on: 2026-05-01, type: withdrawal}, {on: 2026-05-02, type: review}]\n"
    assert "role-unknown" not in [code for _, _, code, _ in findings(entry(text() + events))]


@pytest.mark.parametrize(
    ("term", "start"),
    [
        ("{start: 2026-04-01, end: 2026-03-31}", "2026-04-01"),
        ("{start: signing, end: 2026-03-19}", "2026-03-20"),
    ],
)
def test_a_term_that_ends_before_it_starts_is_an_error_at_its_end(term: str, start: str) -> None:
    written = text(term=f"term: {term}\n")
    _, end = term.rstrip("}").rsplit(" ", 1)
    place = f"a.yaml:5:{len('term: ') + term.index(end) + 1}"
    expected = (place, "error", "end-before-start", {"start": start, "end": end})
    assert expected in findings(entry(written))


@pytest.mark.parametrize(
    "term",
    [
        "{start: 2026-04-01, end: 2026-04-01}",
        "{start: signing, end: 2026-03-20}",
        "{start: 2026-04-01, end: indefinite}",
        "{start: 2026-04-01, length: 1 day}",
    ],
)
def test_a_term_of_one_day_or_without_an_end_is_sound(term: str) -> None:
    found = findings(entry(text(term=f"term: {term}\n", clauses="")))
    assert "end-before-start" not in [code for _, _, code, _ in found]


def test_a_day_past_its_era_is_a_warning_that_names_the_day() -> None:
    written = text(
        term="term: {start: 平成31年4月1日, end: 平成34年3月31日}\n",
        clauses="sources: [{title: x, date: 平成40年1月1日}]\n",
    )
    written = written.replace("signed: 2026-03-20", "signed: 平成30年4月1日")
    assert findings(entry(written)) == [
        (
            "a.yaml:5:31",
            "warning",
            "date-past-era",
            {"text": "平成34年3月31日", "era": "平成", "day": "2022-03-31"},
        ),
        (
            "a.yaml:6:28",
            "warning",
            "date-past-era",
            {"text": "平成40年1月1日", "era": "平成", "day": "2028-01-01"},
        ),
    ]


def test_an_id_in_two_files_is_an_error_in_the_second_and_hides_neither() -> None:
    entries = (entry(file="2025/a.yaml"), entry(file="2026/a.yaml"), entry(text("b")))
    assert findings(*entries) == [
        ("2026/a.yaml:1:5", "error", "id-duplicate", {"id": "a", "file": "2025/a.yaml"})
    ]
    assert judged(Register(entries, (), 3)).entries == entries


def test_only_an_agreement_with_an_error_of_its_own_is_left_out() -> None:
    wrong = entry(text("c").replace("role: 乙", "role: 甲"))
    warned = entry(text("b"), file="x.yaml")
    register = judged(Register((entry(), warned, wrong), (), 3))
    assert [one.agreement.id for one in register.entries] == ["a", "b"]
    assert register.checked == 3


def test_what_the_reader_found_stays_and_all_is_sorted_by_place() -> None:
    read = Diagnostic(Place("b.yaml", 3, 1), Severity.ERROR, "yaml-invalid")
    register = judged(Register((entry(file="z.yaml"), entry(text("b"), file="a.yaml")), (read,), 3))
    assert [one.place.file for one in register.diagnostics] == ["a.yaml", "b.yaml", "z.yaml"]


@pytest.mark.parametrize("rule", [*FILE_RULES, *REGISTER_RULES], ids=lambda rule: rule.__name__)
def test_every_rule_says_what_it_finds(rule: object) -> None:
    assert rule.__doc__
