from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kyotei.codes import GROUPS, IGNORABLE, RULES
from kyotei.diagnostics import Diagnostic, Place, Severity
from kyotei.register import Register
from kyotei.rules import DAY_RULES, FILE_RULES, REGISTER_RULES, judged
from registers_for_tests import YEARLY, entry, text

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
    entries = (entry(file="2025/a.yaml"), entry(file="2026/a.yaml"), entry(text("b", title="別の協定")))
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
    read = Diagnostic(Place("b.yaml", 3, 1), Severity.ERROR, "yaml-invalid", {})
    other = entry(text("b", title="別の協定"), file="a.yaml")
    register = judged(Register((entry(file="z.yaml"), other), (read,), 3))
    assert [one.place.file for one in register.diagnostics] == ["a.yaml", "b.yaml", "z.yaml"]


@pytest.mark.parametrize(
    ("title", "parties", "signed"),
    [
        ("観光に関する　連携協定", "[{role: 甲, name: 横浜市}, {role: 乙, name: 渋谷区}]", "2026-03-20"),
        ("観光に関する連携協定", "[{role: 甲, name: 渋谷区}, {role: 乙, name: 横 浜市}]", "令和8年3月20日"),
    ],
    ids=["a space in the title", "parties in another order, the day in another form"],
)
def test_an_agreement_entered_twice_is_a_warning_in_the_second(title: str, parties: str, signed: str) -> None:
    first = entry(text("a", title="観光に関する連携協定"))
    head = f"id: b\ntitle: {title}\nsigned: {signed}\nparties: {parties}\n"
    again = entry(head + "term: {start: signing, length: 1 year}\n")
    expected = ("b.yaml:2:8", "warning", "agreement-duplicate", {"id": "a", "file": "a.yaml"})
    assert findings(first, again) == [expected]


@pytest.mark.parametrize(
    ("old", "new"),
    [("連携協定", "別の連携協定"), ("2026-03-20", "2026-03-21"), ("渋谷区", "新宿区")],
    ids=["title", "day", "party"],
)
def test_agreements_that_differ_in_one_of_them_are_two(old: str, new: str) -> None:
    assert findings(entry(text("a")), entry(text("b").replace(old, new))) == []


def superseded(identifier: str, *by: str) -> Entry:
    events = "".join(
        f"  - {{on: 2026-05-0{day}, type: superseded, by: {one}}}\n" for day, one in enumerate(by, 1)
    )
    return entry(text(identifier, title=identifier) + f"events:\n{events}")


def test_a_circle_of_successors_is_an_error_in_each_of_them() -> None:
    """d leads into the circle and is not in it; of two successors the later one counts."""
    told = [superseded("a", "b"), superseded("b", "a", "c"), superseded("c", "a"), superseded("d", "a")]
    found = [one for one in findings(*told) if one[2] == "superseded-circle"]
    circle = {"circle": "a → b → c → a"}
    assert found == [
        ("a.yaml:9:44", "error", "superseded-circle", circle),
        ("b.yaml:10:44", "error", "superseded-circle", circle),
        ("c.yaml:9:44", "error", "superseded-circle", circle),
    ]


def test_successors_in_a_line_and_an_agreement_that_names_itself_are_no_circle() -> None:
    told = [superseded("a", "b"), superseded("b", "c"), entry(text("c", title="c")), superseded("d", "d")]
    assert [one[2] for one in findings(*told)] == ["superseded-unknown"]


@pytest.mark.parametrize(
    ("addresses", "found"),
    [
        (("", ""), True),
        ((", address: 東京都府中市", ""), True),
        ((", address: 東京都府中市", ", address: 東京都府中市"), True),
        ((", address: 東京都府中市", ", address: 広島県府中市"), False),
    ],
)
def test_two_parties_of_one_name_are_told_apart_by_their_addresses(
    addresses: tuple[str, str], *, found: bool
) -> None:
    first, other = addresses
    parties = f"[{{role: 甲, name: 府中市{first}}}, {{role: 乙, name: 府中 市{other}}}]"
    written = text().replace("[{role: 甲, name: 横浜市}, {role: 乙, name: 渋谷区}]", parties)
    expected = [("warning", "party-duplicate", {"name": "府中 市", "role": "甲"})]
    assert [one[1:] for one in findings(entry(written))] == (expected if found else [])


@pytest.mark.parametrize(
    ("clauses", "codes"),
    [
        ("renewal: {mode: automatic, length: 1 year}\n", ["notice-missing"]),
        ("renewal: {mode: automatic, length: 1 year}\ntermination: {by: either}\n", []),
        ("renewal: {mode: by-consent}\n", []),
        ("renewal: {mode: none}\nnotice: {before_end: 3 months}\n", ["notice-without-renewal"]),
        ("notice: {by_date: 01-31}\n", ["notice-without-renewal"]),
    ],
)
def test_a_renewal_and_what_stops_it_go_together(clauses: str, codes: list[str]) -> None:
    assert [one[2] for one in findings(entry(text(clauses=clauses)))] == codes


@pytest.mark.parametrize(
    ("clauses", "changes", "codes"),
    [
        ("renewal: {mode: automatic, length: 1 year}\n", "notice: {before_end: 1 month}", []),
        ("", "renewal: {mode: automatic, length: 1 year}", ["notice-missing"]),
        ("notice: {before_end: 3 months}\n", "renewal: {mode: automatic, length: 1 year}", []),
    ],
)
def test_an_amendment_brings_what_was_missing(clauses: str, changes: str, codes: list[str]) -> None:
    event = f"events: [{{on: 2026-05-01, type: amendment, effective: 2026-05-01, changes: {{{changes}}}}}]\n"
    found = [one[2] for one in findings(entry(text(clauses=clauses + event)))]
    assert [code for code in found if code.startswith("notice-")] == codes


@pytest.mark.parametrize(
    ("notice", "place"),
    [("{before_end: 3 months}", "a.yaml:7:22"), ("{by: either, by_date: 01-31}", "a.yaml:7:31")],
)
def test_a_deadline_before_the_signing_is_told_where_it_is_counted_from(notice: str, place: str) -> None:
    clauses = f"renewal: {{mode: automatic, length: 1 year}}\nnotice: {notice}\n"
    told = entry(text(term="term: {start: signing, end: 2026-03-31}\n", clauses=clauses))
    assert [one[:3] for one in findings(told)] == [(place, "warning", "deadline-before-signing")]


def test_a_deadline_under_an_amended_clause_is_told_in_the_amendment() -> None:
    changes = "changes: {notice: {before_end: 13 months}}"
    event = f"events: [{{on: 2026-05-01, type: amendment, effective: 2026-05-01, {changes}}}]\n"
    found = [one[:3] for one in findings(entry(text() + event))]
    assert found == [
        ("a.yaml:8:98", "warning", "deadline-before-signing"),
        ("a.yaml:8:98", "warning", "notice-not-shorter"),
    ]


@pytest.mark.parametrize("limit", ["until: 2027-03-31", "total: 12 months"])
def test_a_limit_that_is_used_up_is_told_at_its_value(limit: str) -> None:
    clause = f"renewal: {{mode: automatic, length: 1 year, limit: {{{limit}}}}}\n"
    told = entry(text(clauses=clause + "notice: {before_end: 3 months}\n"))
    assert [one[:3] for one in findings(told)] == [("a.yaml:6:59", "warning", "limit-used-up")]


def test_a_leap_day_in_an_amended_clause_is_found_too() -> None:
    changes = "changes: {notice: {by_date: 02-29}}"
    event = f"events: [{{on: 2026-05-01, type: amendment, effective: 2026-05-01, {changes}}}]\n"
    values = {"day": "02-29"}
    assert ("a.yaml:8:95", "warning", "day-not-every-year", values) in findings(entry(text() + event))


def test_comments_elsewhere_in_the_file_are_not_about_the_length() -> None:
    clauses = (
        "# 3か月前\nrenewal: {mode: automatic, length: 1 year}\nnotice:\n  before_end: 90 days\n  # 3か月前\n"
    )
    assert findings(entry(text(clauses=clauses))) == []


def test_a_comment_at_the_top_of_a_file_may_be_about_its_first_clause() -> None:
    top = "# 90日前\nnotice: {before_end: 3 months}\nrenewal: {mode: automatic, length: 1 year}\n"
    rest = text(clauses="")
    told = entry(top + rest, file="a.yaml")
    assert [one[:3] for one in findings(told)] == [("a.yaml:2:22", "warning", "months-as-days")]


# What a file ignores, what kyotei.toml says, and what is not asked

LONG = "{start: 2026-04-01, length: 50 years}"


def ignoring(*lines: str, term: str = LONG) -> Entry:
    return entry(text(term=f"term: {term}\n", clauses="ignore:\n" + "".join(f"  {line}\n" for line in lines)))


def test_what_a_file_ignores_with_a_reason_is_not_found() -> None:
    assert findings(ignoring("term-too-long: 第4条のとおり")) == []


def test_a_file_ignores_nothing_in_another_one() -> None:
    other = entry(text("b", title="別の協定", term=f"term: {LONG}\n", clauses=""))
    found = findings(ignoring("term-too-long: 第4条のとおり"), other)
    assert [one[:3] for one in found] == [("b.yaml:5:35", "warning", "term-too-long")]


def test_a_reason_without_a_use_is_a_warning_at_its_code() -> None:
    told = ignoring("term-too-long: 第4条のとおり", "notice-missing: なし")
    expected = ("a.yaml:8:3", "warning", "ignore-unused", {"code": "notice-missing"})
    assert findings(told) == [expected]


def test_a_misspelt_code_is_an_error_that_names_the_near_one() -> None:
    values = {"code": "term-to-long", "near": "term-too-long"}
    told = ignoring("term-to-long: x", term="{start: 2026-04-01, length: 1 year}")
    assert findings(told) == [("a.yaml:7:3", "error", "ignore-unknown", values)]
    assert judged(Register((told,), (), 1)).entries == ()


@pytest.mark.parametrize("code", ["id-duplicate", "ignore-unused"])
def test_an_error_is_never_ignored(code: str) -> None:
    told = ignoring(f"{code}: x", term="{start: 2026-04-01, length: 1 year}")
    (found,) = judged(Register((told,), (), 1)).diagnostics
    assert (found.message, found.values) == ("ignore-unknown.error", {"code": code, "near": ""})


def test_an_error_of_the_file_stays_though_it_is_ignored() -> None:
    told = ignoring("end-before-start: x", term="{start: 2026-04-01, end: 2026-03-31}")
    assert [one[2] for one in findings(told)] == ["end-before-start", "ignore-unknown"]


@pytest.mark.parametrize(("level", "expected"), [("off", []), ("warning", ["warning"]), ("error", ["error"])])
def test_kyotei_toml_makes_of_a_warning_what_it_says(level: str, expected: list[str]) -> None:
    told = entry(text(term=f"term: {LONG}\n", clauses=""))
    register = judged(Register((told,), (), 1), levels={"term-too-long": level})
    assert [str(one.severity) for one in register.diagnostics] == expected
    assert register.entries == (told,)


def test_a_file_may_ignore_what_kyotei_toml_makes_an_error() -> None:
    register = Register((ignoring("term-too-long: 第4条のとおり"),), (), 1)
    assert judged(register, levels={"term-too-long": "error"}).diagnostics == ()


@pytest.mark.parametrize(
    ("code", "levels"),
    [
        ("unreviewed", {}),
        ("renewal-unrecorded", {}),
        ("notice-missing", {"notice-missing": "off"}),
        ("notice-missing", {"ignore-unused": "off"}),
    ],
    ids=["a day's", "another day's", "a rule switched off", "the warning switched off"],
)
def test_a_reason_may_wait_for_its_rule(code: str, levels: dict[str, str]) -> None:
    told = ignoring(f"{code}: x", term="{start: 2026-04-01, length: 1 year}")
    register = Register((told,), (), 1)
    assert judged(register, date(2026, 11, 22), levels).diagnostics == ()


def test_without_the_whole_register_nobody_knows_which_ids_there_are() -> None:
    told = [
        superseded("a", "elsewhere"),
        ignoring("agreement-duplicate: x", term="{start: signing, length: 1 year}"),
    ]
    told[1] = entry(told[1].document.text.replace("id: a\n", "id: b\n").replace("連携協定", "別の協定"))
    register = Register(tuple(told), (), 2)
    assert judged(register, whole=False).diagnostics == ()
    assert [one.code for one in judged(register).diagnostics] == ["superseded-unknown", "ignore-unused"]


def test_a_file_ignores_what_only_the_whole_register_shows() -> None:
    copy = entry(
        text("b", term="term: {start: signing, end: 2030-03-31}\n") + "ignore: {agreement-duplicate: 写し}\n"
    )
    first = entry(text("a", term="term: {start: signing, end: 2030-03-31}\n"))
    assert judged(Register((first, copy), (), 2)).diagnostics == ()


def test_without_a_day_nobody_is_asked_what_should_have_been_done() -> None:
    told = entry(text(clauses=YEARLY).replace("2026-", "2010-").replace("2027-", "2011-"))
    register = Register((told,), (), 1)
    assert judged(register).diagnostics == ()
    assert [one.code for one in judged(register, date(2026, 11, 22)).diagnostics] == ["unreviewed"]


def test_every_code_has_one_rule_and_every_rule_its_code() -> None:
    """`ignore-unused` is found once all the others have been asked."""
    names = [rule.__name__.replace("_", "-") for rule in (*FILE_RULES, *DAY_RULES, *REGISTER_RULES)]
    assert sorted([*names, "ignore-unused"]) == sorted(RULES)


def test_the_groups_hold_each_rule_once_and_a_file_can_ignore_the_warnings() -> None:
    assert [code for group in GROUPS.values() for code in group] == list(RULES)
    warnings = {code for code, severity in RULES.items() if severity is Severity.WARNING}
    assert set(IGNORABLE) == warnings - {"ignore-unused"}


@pytest.mark.parametrize("rule", [*FILE_RULES, *DAY_RULES, *REGISTER_RULES], ids=lambda rule: rule.__name__)
def test_every_rule_says_what_it_finds(rule: object) -> None:
    assert rule.__doc__
