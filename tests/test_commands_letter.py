"""`kyotei letter`: the notice of termination as a letter, or the reason why there is none."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import Command, settle
from kyotei.commands import letter as writer
from kyotei.writing import NotWritten
from registers_for_tests import YEARLY, put, text

if TYPE_CHECKING:
    from pathlib import Path

CONTACT = "contacts: [{party: 乙, office: 産業観光課, phone: 03-0000-0000}]\n"
CLAUSE = "notice: {clause: 第4条第2項, before_end: 3 months"
KNOWN = YEARLY.replace("notice: {before_end: 3 months", CLAUSE) + CONTACT
BY = ("letter", "a", "--by", "乙", "--number", "1")
HINT = "  kyotei record a notice --by 乙 --on {on}\n"
SAFE = (
    "It is in time under every reading if it arrives by Wed 2026-12-30, and Mon 2026-12-28 is the last day"
    " until then on which the offices are open; allow for the days on the way.\n"
)
NEXT = "The notice ends the agreement on Wed 2027-03-31. Once it is sent, record it:\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    put(tmp_path / "agreements", text("a", KNOWN))
    return Command(capfd)


# --- The letter


def test_the_letter_goes_to_stdout_and_what_to_do_next_to_stderr(run: Command) -> None:
    ran = run.at(*BY, "--on", "令和８年12月10日")
    assert ran.status == 0
    assert ran.out.startswith('<div align="right">\n\n1\\\n令和８年12月10日\n\n</div>\n\n横浜市　御中\n')
    assert "有効期間の満了日である令和９年３月31日をもって終了" in ran.out
    assert ran.err == SAFE + NEXT + HINT.format(on="2026-12-10")


def test_it_is_today_s_unless_a_day_is_given(run: Command) -> None:
    ran = run(*BY, "--as-of", "2026-12-01")
    assert "令和８年12月１日" in ran.out
    assert ran.err.endswith(HINT.format(on="2026-12-01"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_letter_is_the_same_in_every_language(run: Command, language: str) -> None:
    shown = [run.at(*BY, "--format", "text", "--lang", one) for one in ("ja", language)]
    assert shown[0].out == shown[1].out
    assert shown[0].err.splitlines()[-2] == (
        "2027-03-31 (水) に終了させる申出です。発送したら次のとおり記録してください:"
    )


def test_what_it_says_of_the_end_is_what_the_record_brings_about(run: Command) -> None:
    """The line that it suggests is run as it stands."""
    ran = run.at(*BY, "--on", "2026-12-10", "--arrives", "2026-12-14")
    line = ran.err.splitlines()[-1].strip()
    assert line == "kyotei record a notice --by 乙 --on 2026-12-10 --arrived 2026-12-14"
    assert run(*shlex.split(line)[1:], "--as-of", "2026-12-14").status == 0
    assert '"ends": "2027-03-31"' in run("status", "--format", "json", "--as-of", "2026-12-14").out
    again = run(*BY, "--as-of", "2026-12-15")
    assert (again.status, again.out) == (1, "")
    assert again.err == (
        "kyotei: no letter was written. 乙 (渋谷区) gave notice on 2026-12-10 already:"
        " the agreement ends on 2027-03-31.\n"
    )


def test_what_is_left_blank_is_named(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a"))
    ran = run.at("letter", "a", "--by", "甲")
    assert ran.err.splitlines()[0] == (
        "Fill in the blanks: the document's number, the clause, the office in charge"
    )


def test_the_party_is_the_one_that_kyotei_toml_names(run: Command, tmp_path: Path) -> None:
    (tmp_path / "kyotei.toml").write_text('self = "渋谷区"\n', encoding="utf-8")
    ran = run.at("letter", "a", "--format", "text")
    assert "　横浜市　御中\n" in ran.out
    (tmp_path / "kyotei.toml").write_text('self = "港区"\n', encoding="utf-8")
    ran = run.at("letter", "a")
    assert (ran.status, ran.err) == (2, "kyotei: name the party that gives notice with --by (甲, 乙)\n")


def test_our_name_may_be_the_one_since_a_succession(run: Command, tmp_path: Path) -> None:
    events = "events: [{on: 2026-10-01, type: succession, party: 乙, name: 新渋谷区}]\n"
    put(tmp_path / "agreements", text("a", KNOWN + events))
    (tmp_path / "kyotei.toml").write_text('self = "新渋谷区"\n', encoding="utf-8")
    ran = run.at("letter", "a", "--format", "text")
    assert "当事者の承継　　乙　新渋谷区（締結時は渋谷区）\n" in ran.out


# --- What to mind


def test_a_contested_notice_is_written_with_a_warning(run: Command) -> None:
    ran = run.at(*BY, "--on", "2026-12-24", "--arrives", "2026-12-31")
    assert (ran.status, "令和９年３月31日" in ran.out) == (0, True)
    assert ran.err.startswith(
        "Mind: a notice of Thu 2026-12-31 is in time by the deadline, Thu 2026-12-31, but after the safe day,"
        " Wed 2026-12-30: some readings call it late.\n"
        "Mind: the offices are closed on Thu 2026-12-31, the day of arrival (year-end closure)."
        " The last open day is Mon 2026-12-28.\n"
    )


def test_where_the_safe_day_is_an_open_one_it_is_the_day_to_mind(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a", KNOWN.replace("3 months", "2 weeks")))
    ran = run.at(*BY, "--on", "2026-12-10")
    assert ran.err.startswith(
        "It is in time under every reading if it arrives by Tue 2027-03-16; allow for the days on the way.\n"
    )


def test_a_day_of_arrival_that_is_over_is_minded(run: Command) -> None:
    ran = run.at(*BY, "--on", "2026-11-20")
    assert ran.err.startswith("Mind: Fri 2026-11-20, the day of arrival, is before today, 2026-11-22.\n")


def test_where_dispatch_counts_no_day_of_arrival_is_minded(run: Command, tmp_path: Path) -> None:
    dispatch = KNOWN.replace("3 months", "3 months, effective: dispatch")
    put(tmp_path / "agreements", text("a", dispatch))
    ran = run.at(*BY, "--on", "2026-12-27", "--arrives", "2027-01-05")
    assert ran.err == NEXT + HINT.format(on="2026-12-27").replace("\n", " --arrived 2027-01-05\n")


# --- Refusals


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "--on 2027-01-10",
            (
                "A notice of Sun 2027-01-10 misses the deadline of period 1, Thu 2026-12-31: the renewal"
                " after 2027-03-31 is not stopped, and the agreement ends with period 2, on 2028-03-31."
                " To give notice for that day, add --ends 2028-03-31."
            ),
        ),
        (
            "--ends 2028-03-31",
            "A notice of Sun 2026-11-22 ends the agreement on 2027-03-31, not on 2028-03-31.",
        ),
        ("--on 2026-03-01", "2026-03-01 is before the signing day, 2026-03-20."),
    ],
)
def test_a_notice_that_does_not_do_what_is_meant_is_refused(run: Command, asked: str, said: str) -> None:
    ran = run.at(*BY, *asked.split())
    assert (ran.status, ran.out, ran.err) == (1, "", f"kyotei: no letter was written. {said}\n")


def test_a_refusal_of_two_sentences_in_japanese(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a", KNOWN.replace("3 months", "3 months, reading: clear")))
    ran = run.at(*BY, "--on", "2026-12-31", "--lang", "ja")
    assert ran.err == (
        "kyotei: 終了の申出書は作りませんでした。"
        "2026-12-31 (木) の申出は、第1期の申出期限 2026-12-30 (水) を過ぎています。"
        "2027-03-31 の翌日からの更新は止まらず、協定は第2期の末日 2028-03-31 に終了します。"
        "その日の終了を申し出るときは --ends 2028-03-31 を付けてください。"
        "ただし、最も遅い数え方では 2026-12-31 (木) までであり、争う余地があります。\n"
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("--by 丁", "--by: no party has the role 丁; the roles are 甲, 乙"),
        ("--on 2026-13-01", "--on: 2026-13-01 is not a day: there is no month 13"),
        ("--arrives 明日", "--arrives: 明日 is not a date"),
        ("--ends 2026-02-30", "--ends: 2026-02-30 is not a day: that month (2026-2) has 28 days"),
        (
            "--on 2026-12-10 --arrives 2026-12-09",
            '--arrives: "--arrives" (2026-12-09) lies before the day of the event (2026-12-10)',
        ),
        ("--number 1\x1b", "--number: a character that cannot be seen or that reorders text: \\x1b"),
    ],
)
def test_what_cannot_be_read_is_wrong_use(run: Command, asked: str, said: str) -> None:
    ran = run.at("letter", "a", "--by", "乙", *asked.split(" "))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"kyotei: {said}"), ran.err


def test_an_id_that_is_not_there_is_told(run: Command) -> None:
    assert run.at("letter", "b", "--by", "乙").status == 1


# --- The file


@pytest.mark.parametrize(
    ("name", "asked", "begins"),
    [
        ("申出.md", (), "<div"),
        ("申出.txt", (), "　"),
        ("申出.txt", ("--format", "markdown"), "<div"),
        ("申出", ("--format", "text"), "　"),
    ],
)
def test_the_file_has_the_form_of_its_name_or_the_one_asked_for(
    run: Command, tmp_path: Path, name: str, asked: tuple[str, ...], begins: str
) -> None:
    ran = run.at(*BY, "-o", name, *asked)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith(f"Wrote {name}.\n")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["agreements", name]


def test_a_file_is_overwritten_by_force_only(run: Command, tmp_path: Path) -> None:
    old = tmp_path / "x.md"
    old.write_text("old", encoding="utf-8")
    ran = run.at(*BY, "-o", "x.md")
    assert (ran.status, ran.err, old.read_text(encoding="utf-8")) == (
        2,
        "kyotei: x.md exists already and was not touched; --force overwrites it\n",
        "old",
    )
    assert run.at(*BY, "-o", "x.md", "--force").status == 0
    assert old.read_text(encoding="utf-8").startswith("<div")
    assert run.at(*BY, "-o", "new.md", "--force").status == 0


@pytest.mark.parametrize("output", ["", ".", "agreements", "/"])
def test_a_folder_is_no_file(run: Command, output: str) -> None:
    ran = run.at(*BY, "--force", "-o", output)
    assert (ran.status, ran.err.partition(" was ")[2]) == (2, "not written: Is a directory\n")


def test_a_link_is_not_followed(run: Command, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "agreements" / "a.yaml")
    ran = run.at(*BY, "-o", "link.md", "--force")
    assert (ran.status, ran.err) == (2, "kyotei: link.md is a link; name the file that it leads to\n")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no/x.md", "kyotei: no/x.md was not written: No such file or directory\n"),
        (
            "old.md",
            "kyotei: old.md was not written: No space left on device. The old file stands as it was\n",
        ),
    ],
)
def test_a_file_that_cannot_be_written_says_why(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    def full(*_: object) -> None:
        raise NotWritten("write-failed", "No space left on device")

    (tmp_path / "old.md").write_text("old", encoding="utf-8")
    monkeypatch.setattr(writer, "replace", full)
    ran = run.at(*BY, "-o", name, "--force")
    assert (ran.status, ran.err) == (2, said)


def test_the_suggested_line_names_the_register_and_is_safe_to_paste(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "my register", text("a", KNOWN).replace("乙", "乙; rm -rf"))
    ran = run.at("letter", "a", "--by", "乙; rm -rf", "-r", "my register")
    assert ran.err.splitlines()[-1] == (
        "  kyotei record a notice --by '乙; rm -rf' --on 2026-11-22 -r 'my register'"
    )
