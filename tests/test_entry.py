from __future__ import annotations

from string import Formatter

import pytest

from kyotei.diagnostics import Place, Severity
from kyotei.entry import Entry, read_entry
from kyotei.messages import Language, words

HEAD = "id: a\ntitle: 連携協定\nsigned: 2026-04-01\n"
PARTIES = "parties: [{role: 甲, name: 横浜市}, {role: 乙, name: 渋谷区}]\n"
TERM = "term: {start: signing, length: 1 year}\n"
SOUND = HEAD + PARTIES + TERM
COLON = "colon-full-width"
MODES = "automatic, by-consent, none"
READINGS = "corresponding-day, clear, end-of-term, mirrored"
EVENTS = "notice, withdrawal, termination, renewal, amendment, succession, superseded, review"


def findings(text: str | bytes) -> list[str]:
    """Each finding as `LINE:COLUMN message`, then the values that its sentence needs."""
    entry, found = read_entry(text if isinstance(text, bytes) else text.encode(), "a.yaml")
    assert (entry is None) == bool(found)
    assert all((one.place.file, one.severity) == ("a.yaml", Severity.ERROR) for one in found)
    sentences = words(Language.EN).table["finding"]
    told = []
    for one in found:
        names = [name for _, name, _, _ in Formatter().parse(sentences[one.message] + "{near}") if name]
        values = [f"{name}={one.values[name]}" for name in names if one.values.get(name)]
        told.append(" | ".join([f"{one.place.line}:{one.place.column} {one.message}", *values]))
    return told


def test_a_sound_file_is_an_entry() -> None:
    entry, found = read_entry(SOUND.encode(), "agreements/a.yaml")
    assert found == []
    assert isinstance(entry, Entry)
    assert (entry.file, entry.agreement.id) == ("agreements/a.yaml", "a")
    assert [party.name for party in entry.agreement.parties] == ["横浜市", "渋谷区"]


def test_an_entry_makes_findings_with_place_and_line() -> None:
    entry, _ = read_entry(SOUND.encode(), "a.yaml")
    assert entry is not None
    found = entry.finding(Severity.WARNING, "id-not-file-name", ("parties", 1, "name"), id="a", stem="b")
    assert found.place == Place("a.yaml", 4, 49)
    assert (found.severity, found.code) == (Severity.WARNING, "id-not-file-name")
    assert found.values == {"id": "a", "stem": "b"}
    assert found.excerpt == PARTIES.rstrip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + PARTIES, "1:1 field-missing | key=term"),
        (SOUND + "notice: {by: either}", "6:1 one-of | keys=before_end / by_date"),
        (SOUND + "notise: {}", "6:1 field-unknown | key=notise | near=notice"),
        (SOUND + "zzz: {}", "6:1 field-unknown | key=zzz"),
        (SOUND + "notice:\n  before: 3 months", "7:3 field-unknown | key=before | near=before_end"),
        (
            SOUND + "renewal: {mode: automatik, length: 1 year}",
            f"6:17 value-unknown | text=automatik | allowed={MODES} | near=automatic",
        ),
        (SOUND + "renewal: {mode: [a]}", "6:17 text-expected | key=mode"),
        (SOUND + "renewal: {mode: }", "6:17 text-empty | key=mode"),
        (
            SOUND + "notice: {before_end: 3 months, reading: cleer}",
            f"6:41 value-unknown | text=cleer | allowed={READINGS} | near=clear",
        ),
        (
            SOUND + "events: [{on: 2026-12-10, type: notise, by: 乙}]",
            f"6:33 value-unknown | text=notise | allowed={EVENTS} | near=notice",
        ),
        (SOUND + "events: [{on: 2026-12-10, by: 乙}]", "6:10 field-missing | key=type"),
        (SOUND + "events:\n  - {on: 2026-12-10, type: notice}", "7:5 field-missing | key=by"),
        (
            SOUND + "events: [{on: 2026-02-29, type: review}]",
            "6:15 date-invalid.no-such-day | text=2026-02-29 | year=2026 | month=2 | days=28",
        ),
        (SOUND + "notice: {before_end: 3 moons}", "6:22 length-invalid | text=3 moons"),
        (SOUND + "originals: 2通", "6:12 number-invalid | text=2通"),
        (SOUND + "tags: x", "6:7 list-expected | key=tags"),
        (SOUND + "tags: [x, '']", "6:11 text-empty.item | key=tags"),
        (SOUND + "tags: [{a: b}]", "6:8 text-expected.item | key=tags"),
        (SOUND + "notes: ''", "6:8 text-empty | key=notes"),
        (SOUND + "termination: いつでも", "6:14 mapping-expected | key=termination"),
        (SOUND + "notice: {before_end: 3 months, by: 甲}", "6:36 by-invalid"),
        (HEAD + TERM + "parties: [{role: 甲, name: 横浜市}]", "5:10 too-few | key=parties | least=2"),
        (
            HEAD + TERM + "parties: [甲, {role: 乙, name: 渋谷区}]",
            "5:11 mapping-expected.item | key=parties",
        ),
        (HEAD + TERM + "parties:\n  - role：甲\n  - {role: 乙, name: 渋谷区}", f"6:9 {COLON}"),
        (SOUND + "notice:\n  clause: 第4条\n  before_end：3か月", f"8:13 {COLON}"),
        (SOUND + "termination:\n  clause：第4条\n  by：甲", f"7:9 {COLON}"),
        ("- a", "1:1 mapping-expected.file"),
        ("id: [\n", "2:1 yaml-invalid.value"),
        ("title: 横浜".encode("cp932"), "1:8 encoding-invalid"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str | bytes, expected: str) -> None:
    assert findings(text) == [expected]


def test_everything_wrong_with_a_file_is_told_at_once_in_order() -> None:
    text = SOUND.replace("id: a", "id: Ａ").replace("2026-04-01", "2026-04-31").replace("role: 乙, ", "")
    assert findings(text) == [
        "1:5 id-invalid",
        "3:9 date-invalid.no-such-day | text=2026-04-31 | year=2026 | month=4 | days=30",
        "4:33 field-missing | key=role",
    ]


def test_at_most_twenty_findings_of_a_file_are_told_and_the_others_counted() -> None:
    unknown = [f"x{number}: 1\n" for number in range(22)]
    assert len(findings(SOUND + "".join(unknown[:20]))) == 20
    found = findings(SOUND + "".join(unknown))
    assert (len(found), found[-1]) == (21, "26:6 findings-more | count=2")


def test_long_text_is_shown_by_its_beginning() -> None:
    long, beginning = "x" * 200, f"{'x' * 40}…"
    assert findings(f"{SOUND}renewal: {{mode: {long}}}\noriginals: {long}\n{long}: 1\n") == [
        f"6:17 value-unknown | text={beginning} | allowed={MODES}",
        f"7:12 number-invalid | text={beginning}",
        f"8:1 field-unknown | key={beginning}",
    ]


def test_a_key_named_as_its_event_s_type_is_found_in_its_place() -> None:
    text = f"{SOUND}events:\n  - {{on: 2026-12-10, type: notice, by: 乙, notice: x}}\n"
    assert findings(text) == ["7:43 field-unknown | key=notice | near=note"]


YEARLY = "term: {start: signing, length: 1 year}\nrenewal: {mode: automatic, length: LENGTH}\n"
LONG_AGO = "id: a\ntitle: t\nsigned: 2000-04-01\nparties: [{role: 甲, name: 東市}, {role: 乙, name: 西市}]\n"
NOTICE = "- {on: 2024-04-01, type: notice, by: 甲}\n"
AMENDMENT = "- {on: 2020-04-01, type: amendment, effective: 2024-04-01, changes: {renewal: {mode: none}}}\n"
LATE = "- {on: 2001-04-01, type: notice, by: 甲, arrived: 2024-04-01}\n"
RENEWAL = "- {on: 2024-04-01, type: renewal}\n"
REVIEW = "- {on: 2024-04-01, type: review}\n"


@pytest.mark.parametrize(
    ("length", "events", "refused"),
    [
        ("1 year", NOTICE * 30, ""),
        ("1 year", NOTICE * 60, "7:1 events-too-many | count=60"),
        ("1 year", (NOTICE + AMENDMENT) * 15, "7:1 events-too-many | count=30"),
        ("1 year", RENEWAL * 80, ""),
        ("1 year", RENEWAL * 100, "7:1 events-too-many | count=100"),
        ("1 year", REVIEW * 1000, ""),
        ("1 month", NOTICE * 2 + REVIEW * 20, ""),
        ("1 week", RENEWAL * 12, ""),
        ("1 day", NOTICE * 2, "7:1 events-too-many | count=2"),
        ("1 day", LATE * 2, "7:1 events-too-many | count=2"),
        ("1 day", REVIEW * 20, ""),
    ],
)
def test_events_that_ask_for_hours_of_counting_are_refused(length: str, events: str, refused: str) -> None:
    text = f"{LONG_AGO}{YEARLY.replace('LENGTH', length)}events:\n{events}"
    assert findings(text) == [refused] * bool(refused)
