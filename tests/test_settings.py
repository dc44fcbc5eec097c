from __future__ import annotations

import os
import socket
import time
import zoneinfo
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import kyotei.settings
from kyotei.dates.closed_days import OfficeCalendar
from kyotei.dates.month_day import MonthDay
from kyotei.diagnostics import Diagnostic, Severity
from kyotei.settings import Settings, SettingsError, load_settings, now, today
from kyotei.text import MOST_BYTES, lines

EVERYTHING = """\
register = "協定"
timezone = "Europe/Paris"
self = "横浜市"
language = "ja"

[closed_days]
weekends = false
holidays = false
year_end = ["12-28", "01-04"]
extra = ["2027-06-02", 2027-06-03, "令和9年6月4日"]
"""
TOML_LIKE = st.text(alphabet="[]{}=.,\"'#\n\r\t selfextraclosed_days0-9\u3042", max_size=60)


def written(folder: Path, text: str | bytes) -> Path:
    raw = text if isinstance(text, bytes) else text.encode()
    (folder / "kyotei.toml").write_bytes(raw)
    return folder


def findings(folder: Path) -> tuple[Diagnostic, ...]:
    with pytest.raises(SettingsError) as raised:
        load_settings(folder)
    return raised.value.diagnostics


def only(folder: Path) -> Diagnostic:
    (found,) = findings(folder)
    assert found.severity is Severity.ERROR
    assert found.place.file == (folder / "kyotei.toml").as_posix()
    return found


def place(found: Diagnostic) -> tuple[int, int]:
    return found.place.line, found.place.column


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings(
        Path("agreements"), "Asia/Tokyo", None, None, OfficeCalendar(), None
    )


def test_an_empty_file_changes_nothing_but_where_the_register_is(tmp_path: Path) -> None:
    loaded = load_settings(written(tmp_path, ""))
    assert loaded == Settings(register=tmp_path / "agreements", file=tmp_path / "kyotei.toml")


def test_every_setting_is_read(tmp_path: Path) -> None:
    days = frozenset({date(2027, 6, 2), date(2027, 6, 3), date(2027, 6, 4)})
    calendar = OfficeCalendar(
        weekends=False, holidays=False, year_end=(MonthDay(12, 28), MonthDay(1, 4)), extra=days
    )
    file = tmp_path / "kyotei.toml"
    assert load_settings(written(tmp_path, EVERYTHING)) == Settings(
        tmp_path / "協定", "Europe/Paris", "横浜市", "ja", calendar, file
    )


@pytest.mark.parametrize("none", ["false", "[]"])
def test_a_register_may_have_no_year_end_closure(tmp_path: Path, none: str) -> None:
    assert load_settings(written(tmp_path, f"closed_days.year_end = {none}")).calendar.year_end is None


@pytest.mark.parametrize("text", [b"\xef\xbb\xbf", b"\r\n", b"# only a comment", b"# " + b"." * 300])
def test_marks_that_editors_leave_are_no_fault(tmp_path: Path, text: bytes) -> None:
    assert load_settings(written(tmp_path, text + b'\r\nself = "A"\r\n')).own_name == "A"


def test_a_register_may_stand_anywhere(tmp_path: Path) -> None:
    folder = written(tmp_path, 'register = "/srv/agreements"')
    assert load_settings(folder).register == Path("/srv/agreements")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "repository" / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "repository" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "repository" / "docs" / "deep")
    return tmp_path / "repository"


def test_the_file_is_found_up_to_the_repository_root(repository: Path) -> None:
    written(repository, 'register = "r"')
    assert load_settings(Path()) == Settings(Path("../../r"), file=Path("../../kyotei.toml"))
    absolute = load_settings(Path.cwd())
    assert absolute == Settings(repository / "r", file=repository / "kyotei.toml")


def test_the_nearest_file_counts(repository: Path) -> None:
    written(repository, "broken")
    written(repository / "docs", 'self = "B"')
    assert load_settings(Path()).file == Path("../kyotei.toml")


def test_nothing_beyond_the_repository_counts(repository: Path) -> None:
    written(repository.parent, "broken")
    assert load_settings(Path()) == Settings()


def test_a_worktree_has_a_file_for_its_root(repository: Path) -> None:
    (repository / "docs" / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
    written(repository, "broken")
    assert load_settings(Path()) == Settings()


def test_outside_of_a_repository_only_the_current_folder_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deep").mkdir()
    written(tmp_path, 'self = "A"')
    assert load_settings(tmp_path / "deep") == Settings()
    monkeypatch.chdir(tmp_path / "deep")
    assert load_settings(Path()) == Settings()
    monkeypatch.chdir(tmp_path)
    assert load_settings(Path()) == Settings(own_name="A", file=Path("kyotei.toml"))


@pytest.mark.parametrize(
    ("text", "at", "problem"),
    [
        ("self = 横浜市", (1, 8), "Invalid value"),
        ('self = "a"\nself = "b"', (2, 11), "Cannot overwrite a value"),
        ("[closed_days", (1, 13), "Expected ']' at the end of a table declaration"),
        ("extra = [\n1,\n", (3, 1), "Invalid value"),
        ("x = " + "[" * 100_000, (1, 1), "RecursionError"),
        ("self = 1\n" + "a." * 100_000 + "a = 1", (2, 1), "RecursionError"),
        ("x = " + "1" * 10_000, (1, 1), "ValueError"),
    ],
    ids=["value", "twice", "table", "end", "brackets", "dots", "digits"],
)
def test_bad_toml_is_a_finding_with_its_place(
    tmp_path: Path, text: str, at: tuple[int, int], problem: str
) -> None:
    found = only(written(tmp_path, text))
    assert (found.message, found.values, place(found)) == ("toml-invalid", {"problem": problem}, at)


def test_a_finding_shows_its_line(tmp_path: Path) -> None:
    assert only(written(tmp_path, "# one\nsafe = 1\n")).excerpt == "safe = 1"


@pytest.mark.parametrize(
    ("text", "at", "key", "near"),
    [
        ('selv = "A"', (1, 1), "selv", "self"),
        ("# selv = 1\n\n  'selv' = 1", (3, 3), "selv", "self"),
        ("[closed_days]\nweekend = true", (2, 1), "closed_days.weekend", "weekends"),
        ("closed_days.weekend = true", (1, 1), "closed_days.weekend", "weekends"),
        ("closed_days = {weekend = true}", (1, 16), "closed_days.weekend", "weekends"),
        ('closed_days = {"\\u0061" = 1}', (1, 14), "closed_days.a", ""),
        ("[closed_days]\nself = 1", (2, 1), "closed_days.self", ""),
        ("[closed_days]\n[closed.extra]\na = 1", (2, 2), "closed", "closed_days"),
        ("[[other]]", (1, 3), "other", ""),
        ('[rules]\nunrevieved = "off"', (2, 1), "rules.unrevieved", "unreviewed"),
        ('[rules]\ndate-invalid = "off"', (2, 1), "rules.date-invalid", ""),
        ('"\\u0062ad" = 1\n', (1, 1), "bad", ""),
        ("k" * 50 + " = 1", (1, 1), "k" * 40 + "…", ""),
    ],
)
def test_an_unknown_key_is_a_finding_with_its_place(
    tmp_path: Path, text: str, at: tuple[int, int], key: str, near: str
) -> None:
    found = only(written(tmp_path, text))
    assert (found.message, found.values, place(found)) == ("setting-unknown", {"key": key, "near": near}, at)


TEXT, TRUTH, LANGUAGE = '"…"', "true | false", '"ja" | "en"'
LEVEL = '"off" | "warning" | "error"'
YEAR_END, EXTRA = '["12-29", "01-03"]', '["2027-06-02"]'


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("register = 1", "register", TEXT),
        ('register = ""', "register", TEXT),
        ("self = []", "self", TEXT),
        ("timezone = 9", "timezone", TEXT),
        ('language = "fr"', "language", LANGUAGE),
        ('language = ["ja"]', "language", LANGUAGE),
        ("closed_days = true", "closed_days", "[closed_days]"),
        ("[[closed_days]]", "closed_days", "[closed_days]"),
        ("closed_days.weekends = 1", "closed_days.weekends", TRUTH),
        ('closed_days.holidays = "no"', "closed_days.holidays", TRUTH),
        ("closed_days.year_end = true", "closed_days.year_end", YEAR_END),
        ("closed_days.year_end = 0", "closed_days.year_end", YEAR_END),
        ('closed_days.year_end = ["12-29"]', "closed_days.year_end", YEAR_END),
        ("closed_days.year_end = [1229, 103]", "closed_days.year_end", YEAR_END),
        ('closed_days.extra = "2027-06-02"', "closed_days.extra", EXTRA),
        ("closed_days.extra = [20270602]", "closed_days.extra", EXTRA),
        ("closed_days.extra = [10:00:00]", "closed_days.extra", EXTRA),
        ("rules = true", "rules", "[rules]"),
        ("rules.unreviewed = false", "rules.unreviewed", LEVEL),
        ('rules.unreviewed = ["off"]', "rules.unreviewed", LEVEL),
        ('rules.id-duplicate = "of"', "rules.id-duplicate", LEVEL),
    ],
)
def test_a_value_of_the_wrong_type_says_what_is_expected(
    tmp_path: Path, text: str, key: str, expected: str
) -> None:
    found = only(written(tmp_path, f"# first\n{text}"))
    assert (found.message, found.values) == ("setting-invalid", {"key": key, "expected": expected})
    assert found.place.line == 2


def test_the_levels_of_rules_are_read(tmp_path: Path) -> None:
    text = '[rules]\nunreviewed = "off"\nterm-too-long = "error"\n'
    text += 'notice-missing = "warning"\nid-duplicate = "error"\n'
    levels = {
        "unreviewed": "off",
        "term-too-long": "error",
        "notice-missing": "warning",
        "id-duplicate": "error",
    }
    assert load_settings(written(tmp_path, text)).levels == levels


@pytest.mark.parametrize("level", ["off", "warning"])
def test_a_rule_that_finds_errors_is_never_switched_off(tmp_path: Path, level: str) -> None:
    found = only(written(tmp_path, f'[rules]\nunreviewed = "off"\nid-duplicate = "{level}"\n'))
    assert (found.message, found.values, place(found)) == (
        "rule-fixed",
        {"key": "rules.id-duplicate"},
        (3, 1),
    )


@pytest.mark.parametrize(
    "name",
    ["Asia/Tokio", "Asia", "/etc/passwd", "../x", "Asia/", "zone.tab", "\\u0000", "日本", "x" * 300, "JST"],
)
def test_an_unknown_timezone_is_a_finding(tmp_path: Path, name: str) -> None:
    found = only(written(tmp_path, f'timezone = "{name}"'))
    assert (found.message, place(found), found.values["key"]) == ("timezone-unknown", (1, 1), "timezone")
    assert found.values["name"][:3] == name.replace("\\u0000", "\0")[:3]


@pytest.mark.parametrize("error", [OSError(), ValueError(), ZoneInfoNotFoundError()])
def test_a_computer_without_zones_knows_none(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def no_zone(_: str) -> ZoneInfo:
        raise error

    monkeypatch.setattr(zoneinfo, "ZoneInfo", no_zone)
    with pytest.raises(SettingsError) as raised:
        today(Settings())
    (found,) = raised.value.diagnostics
    assert (found.place.file, found.message) == ("kyotei.toml", "timezone-unknown")
    assert found.values == {"key": "timezone", "name": "Asia/Tokyo"}


def test_every_bad_day_is_a_finding_at_its_own_place(tmp_path: Path) -> None:
    text = """\
[closed_days]
year_end = ["12-32", "1月3日"]
extra = [
  "2027-06-02",
  "2027-02-29",  # no such day
  2027-06-02T10:00:00, 1600-01-01,
]
"""
    found = findings(written(tmp_path, text))
    assert [(place(one), one.code, one.values["text"]) for one in found] == [
        ((2, 14), "month-day-invalid", "12-32"),
        ((2, 23), "month-day-invalid", "1月3日"),
        ((3, 1), "date-invalid", "2027-06-02 10:00:00"),
        ((5, 4), "date-invalid", "2027-02-29"),
        ((6, 24), "date-invalid", "1600-01-01"),
    ]


def test_every_fault_is_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = findings(
        written(tmp_path, 'language = "fr"\nwrong = 1\n[closed_days]\nother = 1\nweekends = 1\n')
    )
    assert [(one.place.line, one.code) for one in found] == [
        (1, "setting-invalid"),
        (2, "setting-unknown"),
        (4, "setting-unknown"),
        (5, "setting-invalid"),
    ]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark"])
def test_text_that_is_not_utf_8_is_a_finding_with_its_place(tmp_path: Path, mark: bytes) -> None:
    found = only(written(tmp_path, mark + "# 市\nself = ".encode() + '"横浜市"'.encode("cp932")))
    assert (found.message, found.values, place(found)) == ("encoding-invalid", {"guess": ""}, (2, 9))


def test_a_file_may_be_large_but_not_larger(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, b"#" * MOST_BYTES)).own_name is None
    found = only(written(tmp_path, b"#" * (MOST_BYTES + 1)))
    assert (found.message, found.values, place(found)) == ("file-too-large", {"most": "256"}, (1, 1))


def test_a_folder_of_that_name_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "kyotei.toml").mkdir()
    assert only(tmp_path).values == {"reason": "Is a directory"}


def test_a_fifo_of_that_name_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "kyotei.toml")
    assert only(tmp_path).message == "file-not-regular"


def test_a_socket_of_that_name_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("kyotei.toml")
        assert only(Path()).message == "file-unreadable"


def test_a_broken_link_of_that_name_is_not_taken_for_no_file(tmp_path: Path) -> None:
    (tmp_path / "kyotei.toml").symlink_to("gone")
    assert (only(tmp_path).message, only(tmp_path).values["reason"]) == (
        "file-unreadable",
        "No such file or directory",
    )


@pytest.mark.parametrize(
    ("error", "reason"),
    [(PermissionError(13, "Permission denied"), "Permission denied"), (OSError(), "OSError")],
)
def test_a_file_that_may_not_be_read_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    def refuse(*_: object) -> int:
        raise error

    written(tmp_path, "")
    monkeypatch.setattr(os, "open", refuse)
    assert (only(tmp_path).message, only(tmp_path).values) == ("file-unreadable", {"reason": reason})


@pytest.mark.parametrize(
    "zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati", "JST-9", "Nowhere/At_All"]
)
def test_the_day_is_the_registers_wherever_the_computer_stands(
    monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    instant = datetime(2026, 12, 28, 15, 0, tzinfo=UTC)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    monkeypatch.setattr(kyotei.settings, "now", instant.astimezone)
    try:
        assert today(Settings()) == date(2026, 12, 29)
        assert today(Settings(timezone="UTC")) == date(2026, 12, 28)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_clock_is_asked_in_the_given_zone() -> None:
    zone = ZoneInfo("Asia/Tokyo")
    assert now(zone).tzinfo is zone


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TOML_LIKE)
@example('"" = 1')
@example('"a=b" = 1')
@example("[a]\r\n[a.b]\r\n")
def test_no_text_raises_anything_else(tmp_path: Path, text: str) -> None:
    found: tuple[Diagnostic, ...] = ()
    try:
        load_settings(written(tmp_path, text))
    except SettingsError as error:
        found = error.diagnostics
    last = len(list(lines(text)))
    assert all(1 <= one.place.line <= last and one.place.column >= 1 for one in found)
