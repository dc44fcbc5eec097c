"""Who looked last, which windows were missed, and what binds after the end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import Command, settle
from registers_for_tests import YEARLY, put, text

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

SURVIVES = "confidentiality: {{clause: 第3条, survives: {}}}\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    return Command(capfd)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return tmp_path / "agreements"


def event(line: str) -> str:
    return f"events:\n  - {{{line}}}\n"


def ids(run: Command, *options: str) -> list[str]:
    ran = run("status", *options, "--format", "json")
    assert ran.status == 0
    return [one["id"] for one in json.loads(ran.out)["agreements"]]


# --- Nobody has looked (signed 2026-03-20)


@pytest.mark.parametrize(
    ("day", "length", "stale"),
    [
        pytest.param("2028-03-19", "2y", False, id="a day short of two years"),
        pytest.param("2028-03-20", "2y", True, id="two years to the day"),
        pytest.param("2028-03-19", "２年間", False, id="a length as people write it"),
        pytest.param("2026-04-18", "30d", False, id="29 days"),
        pytest.param("2026-04-19", "30d", True, id="30 days"),
        pytest.param("2026-03-25", "1d", False, id="not in force yet"),
    ],
)
def test_what_nobody_has_looked_at_for_so_long_is_stale(
    run: Command, register: Path, day: str, length: str, *, stale: bool
) -> None:
    put(register, text("a"))
    assert ids(run, "--stale", length, "--as-of", day) == (["a"] if stale else [])


@pytest.mark.parametrize(
    ("line", "stale"),
    [
        ("on: 2026-11-22, type: review", False),
        ("on: 2026-11-22, type: renewal", False),
        (
            "on: 2026-11-22, type: amendment, effective: 2026-12-01, changes: {notice: {by_date: 01-31}}",
            False,
        ),
        ("on: 2026-11-22, type: succession, party: 乙, name: 新渋谷区", True),
        ("on: 2026-11-22, type: notice, by: 乙", True),
        ("on: 2027-11-23, type: review", True),
    ],
    ids=["review", "renewal", "amendment", "succession", "notice", "not known yet"],
)
def test_who_reviews_renews_or_amends_has_looked(
    run: Command, register: Path, line: str, *, stale: bool
) -> None:
    put(register, text("a") + event(line))
    assert ids(run, "--stale", "1y", "--as-of", "2027-03-25") == (["a"] if stale else [])


def test_what_has_ended_is_not_stale(run: Command, register: Path) -> None:
    put(register, text("a", ""))
    assert ids(run, "--stale", "1y", "--as-of", "2027-03-31") == ["a"]
    assert ids(run, "--stale", "1y", "--as-of", "2027-04-01") == []


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("status", "--stale", "2"), "kyotei: --stale: 2 is not a length; "),
        (("status", "--stale", ""), 'kyotei: --stale: "" is not a length; '),
        (("deadlines", "--missed", "0d"), "kyotei: --missed: 0d is no length: "),
        (("deadlines", "--missed", ""), 'kyotei: --missed: "" is not a length; '),
    ],
)
def test_a_length_that_is_none_is_wrong_use(
    run: Command, register: Path, options: tuple[str, ...], said: str
) -> None:
    put(register, text("a"))
    ran = run.at(*options)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(said)


@pytest.mark.parametrize("length", ["100y", "1200m", "36525d"])
def test_the_longest_length_reaches_back_without_harm(run: Command, register: Path, length: str) -> None:
    put(register, text("a"))
    assert ids(run, "--stale", length, "--as-of", "2026-11-22") == []
    assert run("deadlines", "--missed", length, "--as-of", "1900-01-01").status == 0


# --- After the end: it ends on 2027-03-31


def ended(run: Command, day: str = "2027-04-01") -> str:
    ran = run("status", "--ended", "--as-of", day)
    assert ran.status == 0
    return " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("survives", "until"),
    [
        pytest.param("3 years", "→ 2030-03-31", id="from the day after the end, 2027-04-01"),
        pytest.param("6 months", "→ 2027-09-30", id="months"),
        pytest.param("90日間", "→ 2027-06-29", id="days"),
        pytest.param("indefinitely", "→ for ever", id="for ever"),
    ],
)
def test_confidentiality_binds_after_the_end(run: Command, register: Path, survives: str, until: str) -> None:
    put(register, text("a", SURVIVES.format(survives)))
    assert f"confidential: {until}" in ended(run)


@pytest.mark.parametrize(
    "clause", ["", "confidentiality: {clause: 第3条}\n"], ids=["no clause", "no survival"]
)
def test_confidentiality_that_does_not_survive_is_not_told(run: Command, register: Path, clause: str) -> None:
    put(register, text("a", clause))
    assert ended(run).endswith("on 2027-03-31")
    assert "confidential" not in ended(run)


def test_confidentiality_that_no_longer_binds_is_told_as_past(run: Command, register: Path) -> None:
    put(register, text("a", SURVIVES.format("90 days")))
    assert "was confidential: → 2027-06-29" in ended(run, "2027-06-30")
    assert "was confidential" not in ended(run, "2027-06-29")


def test_the_count_starts_from_the_end_as_events_made_it(run: Command, register: Path) -> None:
    put(
        register,
        text("a", YEARLY + SURVIVES.format("1 year"))
        + event("on: 2026-08-01, type: termination, effective: 2026-08-31"),
    )
    assert "confidential: → 2027-08-31" in ended(run, "2026-09-01")


def test_ended_means_the_state_and_adds_to_other_states(run: Command, register: Path) -> None:
    put(register, text("a", ""))
    put(register, text("b", title="別の協定"))
    day = ("--as-of", "2027-04-01")
    assert ids(run, "--ended", *day) == ["a"]
    assert ids(run, "--ended", "--state", "in-force", *day) == ["a", "b"]


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("option", ["ended", "stale"])
def test_the_pages(  # noqa: PLR0917 (a row of the table)
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    snapshot: SnapshotAssertion,
    option: str,
    language: str,
    columns: int,
) -> None:
    settle(monkeypatch, tmp_path, language, columns)
    register = tmp_path / "agreements"
    put(register, text("always", SURVIVES.format("indefinitely"), title="図書館の相互利用に関する連携協定"))
    put(register, text("years", SURVIVES.format("3 years"), title="広域観光の振興に関する連携協定"))
    put(register, text("renews", title="災害時の相互応援に関する協定"))
    asked = ["--ended"] if option == "ended" else ["--stale", "2y"]
    ran = Command(capfd)("status", *asked, "--as-of", "2028-04-01")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot


# --- Missed windows: the deadline is 2026-12-31


def missed(run: Command, day: str, length: str = "90d", *options: str) -> list[dict[str, object]]:
    ran = run("deadlines", "--missed", length, "--format", "json", "--as-of", day, *options)
    found = json.loads(ran.out)
    assert (found["as_of"], found["missed"]) == (day, length)
    rows: list[dict[str, object]] = found["deadlines"]
    return rows


@pytest.mark.parametrize(
    ("day", "length", "dates"),
    [
        pytest.param("2026-12-31", "90d", [], id="on the day it is not missed yet"),
        pytest.param("2027-01-01", "90d", ["2026-12-31"], id="the day after"),
        pytest.param("2027-03-31", "90d", ["2026-12-31"], id="90 days after"),
        pytest.param("2027-04-01", "90d", [], id="91 days after"),
        pytest.param("2029-01-01", "2y", ["2028-12-31", "2027-12-31"], id="the latest first"),
        pytest.param("2029-01-01", "3y", ["2028-12-31", "2027-12-31", "2026-12-31"], id="three of them"),
    ],
)
def test_a_window_is_missed_from_the_day_after_its_deadline(
    run: Command, register: Path, day: str, length: str, dates: list[str]
) -> None:
    put(register, text("a"))
    assert [row["date"] for row in missed(run, day, length)] == dates


def test_a_missed_window_says_what_it_locked_in(run: Command, register: Path) -> None:
    put(register, text("a"))
    assert missed(run, "2027-01-05") == [
        {
            "id": "a",
            "title": "連携協定",
            "file": "agreements/a.yaml",
            "kind": "objection",
            "date": "2026-12-31",
            "safe": "2026-12-30",
            "latest": "2026-12-31",
            "act_by": "2026-12-28",
            "days_left": -5,
            "days_to_act": -8,
            "period": 1,
            "if_silent": {"outcome": "renews", "start": "2027-04-01", "end": "2028-03-31"},
        }
    ]


@pytest.mark.parametrize(
    ("line", "end"),
    [
        pytest.param("on: 2026-12-01, type: notice, by: 乙", None, id="a notice in time: nothing was missed"),
        pytest.param("on: 2027-01-02, type: notice, by: 乙", "2028-03-31", id="a late one"),
        pytest.param("on: 2027-01-02, type: notice, by: 乙, accepted: true", None, id="a late one, accepted"),
        pytest.param(
            "on: 2027-01-02, type: termination, effective: 2027-09-30",
            "2027-09-30",
            id="bound until the termination",
        ),
        pytest.param(
            "on: 2027-01-02, type: termination, effective: 2027-02-28", None, id="ended before it renews"
        ),
    ],
)
def test_what_happened_since_counts(run: Command, register: Path, line: str, end: str | None) -> None:
    put(register, text("a") + event(line))
    found = missed(run, "2027-01-05")
    assert [row["if_silent"] for row in found] == (
        [] if end is None else [{"outcome": "renews", "start": "2027-04-01", "end": end}]
    )


def test_a_notice_longer_than_the_period_is_missed_before_the_period_begins(
    run: Command, register: Path
) -> None:
    put(register, text("a", YEARLY.replace("3 months", "18 months")))
    assert [(row["period"], row["date"]) for row in missed(run, "2027-10-01", "1m")] == [(3, "2027-09-30")]


def test_the_exit_code_tells_that_a_window_was_missed(run: Command, register: Path) -> None:
    put(register, text("a"))
    for day, status in (("2026-12-31", 0), ("2027-01-01", 1)):
        assert run("deadlines", "--missed", "90d", "--exit-code", "--as-of", day).status == status
    assert run("deadlines", "--missed", "90d", "--as-of", "2027-01-01").status == 0


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_of_missed_windows(  # noqa: PLR0917 (as above)
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    snapshot: SnapshotAssertion,
    language: str,
    columns: int,
) -> None:
    settle(monkeypatch, tmp_path, language, columns)
    put(tmp_path / "agreements", text("renews", title="災害時の相互応援に関する協定"))
    put(tmp_path / "agreements", text("weeks", YEARLY.replace("3 months", "2 weeks"), title="別の連携協定"))
    ran = Command(capfd)("deadlines", "--missed", "90d", "--as-of", "2027-03-20")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "No deadline was missed since 2026-09-23 (as of 2026-12-22, Tue).\n"),
        ("ja", "2026-09-23 以後に過ぎた申出期限はありません（基準日 2026-12-22（令和8年12月22日・火））。\n"),
    ],
)
def test_that_nothing_was_missed_is_said_aloud(
    run: Command, register: Path, language: str, said: str
) -> None:
    put(register, text("a"))
    ran = run("deadlines", "--missed", "90d", "--as-of", "2026-12-22", "--lang", language)
    assert (ran.status, ran.out) == (0, said)


def test_a_missed_renewal_without_an_end_is_said_so(run: Command, register: Path) -> None:
    line = "on: 2026-12-15, type: amendment, effective: 2027-04-01, changes: {term: {end: indefinite}}"
    put(register, text("a") + event(line))
    ran = run("deadlines", "--missed", "90d", "--as-of", "2027-01-05")
    assert "bound without end" in " ".join(ran.out.split())
