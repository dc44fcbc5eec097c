"""`kyotei record`: one event into one file, and what it moves."""

from __future__ import annotations

import os
import pty
import sys
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import OURS, ROOT, Command, Ran, settle
from kyotei import writing
from kyotei.commands import record as recorder
from kyotei.output import STDERR, STDIN
from registers_for_tests import YEARLY, put, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

# A notice is due by 2026-12-31; the safe day is the 30th.
OLD = text("a") + "notes: 覚書  # 終わり\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    return Command(capfd)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return put(tmp_path / "agreements", OLD)


def added(file: Path, old: str = OLD) -> str:
    """What was put behind the old text."""
    new = file.read_text(encoding="utf-8")
    assert new.startswith(old)
    return new.removeprefix(old)


def untouched(file: Path) -> bool:
    return file.read_bytes() == OLD.encode() and [path.name for path in file.parent.iterdir()] == ["a.yaml"]


# --- What is written


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        pytest.param("notice --by 乙", "type: notice, by: 乙", id="a notice, today"),
        pytest.param(
            "notice --by 乙 --arrived 令和8年11月24日 --accepted --note 受領 --source 収受簿",
            "type: notice, by: 乙, arrived: 2026-11-24, accepted: true, note: 受領, source: 収受簿",
            id="a notice with all that it can say, its day in ISO form",
        ),
        pytest.param(
            "termination --effective R9.1.31 --by 甲",
            "type: termination, effective: 2027-01-31, by: 甲",
            id="a termination",
        ),
        pytest.param("renewal", "type: renewal", id="a renewal, confirmed"),
        pytest.param(
            "renewal --until 令和９年９月３０日", "type: renewal, until: 2027-09-30", id="a renewal to a day"
        ),
        pytest.param(
            "renewal --length 6か月",
            "type: renewal, length: 6 months",
            id="a renewal of a length, as the file says",
        ),
        pytest.param(
            "succession --party 乙 --name 新渋谷区 --representative 新渋谷区長",
            "type: succession, party: 乙, name: 新渋谷区, representative: 新渋谷区長",
            id="a succession",
        ),
        pytest.param("superseded --by b", "type: superseded, by: b", id="superseded by an id that exists"),
        pytest.param("review --note 変更なし", "type: review, note: 変更なし", id="a review"),
        pytest.param(
            "review --note 受領:確認 --source null",
            'type: review, note: "受領:確認", source: "null"',
            id="what YAML could mistake is quoted",
        ),
    ],
)
def test_every_type_is_written(run: Command, file: Path, asked: str, written: str) -> None:
    put(file.parent, text("b", title="別の協定"))
    ran = run.at("record", "a", *asked.split())
    assert (ran.status, ran.err) == (0, "")
    assert added(file) == f"events:\n  - {{on: 2026-11-22, {written}}}\n"
    assert ran.out.startswith("Recorded in agreements/a.yaml\n")


def test_a_withdrawal_takes_back_the_notice_before_it(run: Command, file: Path) -> None:
    run.at("record", "a", "notice", "--by", "乙", "--on", "2026-11-01")
    ran = run.at("record", "a", "withdrawal", "--by", "乙", "--on", "令和8年11月20日")
    assert (ran.status, ran.err) == (0, "")
    assert added(file).splitlines()[2] == "  - {on: 2026-11-20, type: withdrawal, by: 乙}"
    assert "state          ending          → in force\n" in ran.out
    assert "ends           Wed 2027-03-31  → not settled\n" in ran.out


def test_the_day_is_today_unless_it_is_given(run: Command, file: Path) -> None:
    run("record", "a", "review", "--as-of", "令和8年12月1日")
    run("record", "a", "review", "--as-of", "2026-12-05", "--on", "令和8年11月30日")
    assert added(file) == (
        "events:\n  - {on: 2026-11-30, type: review}\n  - {on: 2026-12-01, type: review}\n"
    )


@pytest.mark.parametrize(
    ("changes", "written"),
    [
        pytest.param(
            ["notice.before_end=1か月"],
            "notice: {clause: 第4条第2項, before_end: 1 month, by: [乙]}",
            id="the rest of the clause stays",
        ),
        pytest.param(
            ["notice.by_date=01-31"],
            "notice: {clause: 第4条第2項, by_date: 01-31, by: [乙]}",
            id="a key that excludes another replaces it",
        ),
        pytest.param(
            ["notice.before_end=2 months", "notice.by=[甲, 乙]", "notice.reading=clear"],
            "notice: {clause: 第4条第2項, before_end: 2 months, by: [甲, 乙], reading: clear}",
            id="several keys of one clause",
        ),
        pytest.param(
            ["renewal.to=03-31"],
            "renewal: {mode: automatic, to: 03-31, limit: {times: 2}}",
            id="a number in the clause stays a number",
        ),
        pytest.param(
            ["renewal.limit={until: 令和12年3月31日}"],
            "renewal: {mode: automatic, length: 1 year, limit: {until: 2030-03-31}}",
            id="a limit, its day in ISO form",
        ),
        pytest.param(
            ["renewal={mode: none}", "renewal.clause=第9条"],
            "renewal: {clause: 第9条, mode: none}",
            id="a clause replaced whole, and then a key of it",
        ),
        pytest.param(
            ["term.end=令和9年9月30日"],
            "term: {clause: 第4条第1項, end: 2027-09-30}",
            id="of the term only the end, and where it stands",
        ),
        pytest.param(
            ["termination.notice=6か月", "term.length=2年間"],
            "term: {clause: 第4条第1項, length: 2 years}, termination: {notice: 6 months}",
            id="a clause that there was not, and another one",
        ),
    ],
)
def test_an_amendment_writes_each_clause_whole(
    run: Command, tmp_path: Path, changes: list[str], written: str
) -> None:
    old = text(
        "a",
        "renewal: {mode: automatic, length: 1 year, limit: {times: 2}}\n"
        "notice: {clause: 第4条第2項, before_end: 3か月, by: [乙]}\n",
        term="term: {clause: 第4条第1項, start: 2026-04-01, end: 2027-03-31}\n",
    )
    file = put(tmp_path / "agreements", old)
    options = [part for change in changes for part in ("--change", change)]
    ran = run.at("record", "a", "amendment", "--effective", "2026-12-01", *options)
    assert (ran.status, "error" in ran.err) == (0, False)
    head = "{on: 2026-11-22, type: amendment, effective: 2026-12-01, changes: "
    assert added(file, old) == f"events:\n  - {head}{{{written}}}}}\n"


def test_an_amendment_goes_on_from_those_that_hold_on_its_effective_day(run: Command, file: Path) -> None:
    """The one of May is not known before it is made, and that of 2030 does not hold yet."""
    for on, effective, change in [
        ("2026-05-01", "2026-06-01", "notice.form=written"),
        ("2026-06-01", "2030-04-01", "notice.by=[甲]"),
        ("2026-07-01", "2026-08-01", "notice.before_end=1 month"),
        ("2026-04-15", "2026-08-01", "notice.reading=clear"),
    ]:
        run.at("record", "a", "amendment", "--on", on, "--effective", effective, "--change", change)
    assert [line.partition("changes: ")[2] for line in added(file).splitlines()[1:]] == [
        "{notice: {before_end: 3 months, reading: clear}}}",
        "{notice: {before_end: 3 months, form: written}}}",
        "{notice: {before_end: 3 months, by: [甲], form: written}}}",
        "{notice: {before_end: 1 month, form: written}}}",
    ]


# --- What is refused, and nothing is written


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param(
            "cancellation", "cancellation is no type of event; write one of notice, withdrawal, ", id="type"
        ),
        pytest.param("notice", "an event of type notice needs --by", id="a notice by nobody"),
        pytest.param("termination", "an event of type termination needs --effective", id="no effective day"),
        pytest.param("succession", "an event of type succession needs --party, --name", id="two are missing"),
        pytest.param("superseded", "an event of type superseded needs --by", id="superseded by nothing"),
        pytest.param("amendment", "an event of type amendment needs --effective, --change", id="no change"),
        pytest.param(
            "review --until 2027-03-31",
            "--until: an event of type review has no such field",
            id="an option of another type",
        ),
        pytest.param(
            "notice --by 乙 --change notice.by=[甲]",
            "--change: an event of type notice has no such field",
            id="a change that is none",
        ),
        pytest.param(
            "review --on 2026-02-29", "--on: 2026-02-29 is not a day: ", id="a day that there is not"
        ),
        pytest.param("notice --by 乙 --arrived 明日", "--arrived: 明日 is not a date; write ", id="no day"),
        pytest.param("renewal --length 0か月", "--length: 0か月 is no length: ", id="no length"),
        pytest.param(
            "review --note \u202e", "--note: a character that cannot be seen", id="a character unseen"
        ),
        pytest.param("review --note \udcff", "--note: a character that cannot be seen", id="a broken byte"),
        *(
            pytest.param(
                f"amendment --effective 2027-04-01 --change {change}",
                "is not a change; write clause.key=value",
                id=f"--change {change}",
            )
            for change in [
                "notice",
                "notice.before_end",
                "=1",
                "parties.role=丙",
                "notice={",
                "notice=none",
                "renewal.limit=2",
                "renewal.limit.times=2",
                "notice.by={role:乙}",
                "notice.by=乙\nnotice.form:any",
            ]
        ),
        pytest.param(
            "amendment --effective 2027-04-01 --change notice.clause=\u200b",
            "--change: a character that cannot be seen",
            id="a change with a character unseen",
        ),
    ],
)
def test_a_wrong_use_is_refused(run: Command, file: Path, asked: str, said: str) -> None:
    ran = run.at("record", "a", *asked.split(" "))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("kyotei: ")
    assert said in ran.err
    assert ran.err.count("\n") == 1
    assert untouched(file)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("review --on 2026-03-19", "error event-before-signing"),
        ("withdrawal", "error withdrawal-without-notice"),
        ("notice --by 丙", "error role-unknown"),
        ("notice --by 乙 --on 2026-11-20 --arrived 2026-11-19", "error effective-before-event"),
        ("termination --effective 2026-11-21", "error effective-before-event"),
        ("superseded --by b", "error superseded-unknown"),
        ("superseded --by a", "error superseded-unknown"),
        ("renewal --until 2027-03-30", "error renewal-impossible"),
        ("review --note=", "error text-empty"),
        ("amendment --effective 2027-04-01 --change notice.before_ent=1月", "error field-unknown"),
        ("amendment --effective 2027-04-01 --change term.start=2027-04-01", "error field-unknown"),
    ],
)
def test_an_event_that_would_make_the_file_invalid_is_refused(
    run: Command, file: Path, asked: str, found: str
) -> None:
    ran = run.at("record", "a", *asked.split())
    assert (ran.status, ran.out) == (1, "")
    first, *_, last = ran.err.splitlines()
    assert first.startswith("agreements/a.yaml:")
    assert found in ran.err
    assert last == "Not recorded: the file would no longer be valid. Nothing was written."
    assert untouched(file)


def test_an_event_after_the_end_is_refused(run: Command, file: Path) -> None:
    run.at("record", "a", "termination", "--on", "2026-05-01", "--effective", "2026-05-31")
    before = file.read_bytes()
    ran = run.at("record", "a", "notice", "--by", "乙")
    assert ran.status == 1
    assert (
        "error event-after-end an event of 2026-11-22 (notice), but the agreement had ended on 2026-05-31"
        in ran.err
    )
    assert file.read_bytes() == before


def test_a_warning_is_shown_once_and_the_event_written(run: Command, file: Path) -> None:
    clauses = YEARLY.replace("3 months", "3 months, by: [甲]")
    file.write_text(text("a", clauses), encoding="utf-8")
    ran = run.at("record", "a", "notice", "--by", "乙")
    assert ran.status == 0
    assert ran.err == (
        "agreements/a.yaml:9:40: warning notice-not-entitled the clause lets 甲 object, not 乙: "
        "this notice stops nothing unless it is accepted\n"
    )
    again = run.at("record", "a", "review")
    assert again.err == ran.err


def test_an_id_that_there_is_not_has_no_file(run: Command, file: Path) -> None:
    ran = run.at("record", "b", "review")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("kyotei: no agreement with the id b; ")
    assert untouched(file)


def test_a_file_with_an_error_is_mended_first(run: Command, file: Path) -> None:
    file.write_text(OLD + "nots: x\n", encoding="utf-8")
    ran = run.at("record", "a", "review")
    assert (ran.status, ran.out) == (1, "")
    assert "error field-unknown" in ran.err
    assert ran.err.endswith("mend agreements/a.yaml first\n")
    assert file.read_text(encoding="utf-8") == OLD + "nots: x\n"


def test_a_list_that_cannot_be_spliced_is_left_to_a_person(run: Command, tmp_path: Path) -> None:
    old = text("a") + "? events\n: - {on: 2026-12-01, type: review}\n"
    file = put(tmp_path / "agreements", old)
    ran = run.at("record", "a", "review")
    assert (ran.status, ran.out) == (2, "")
    assert "could not be added to agreements/a.yaml without changing something else" in ran.err
    assert file.read_text(encoding="utf-8") == old


def test_one_file_alone_does_not_know_every_id(run: Command, file: Path) -> None:
    """As `validate` does: an id that this file alone cannot know is not held against it."""
    put(file.parent, text("b", title="別の協定"))
    ran = run.at("record", "a", "superseded", "--by", "b", "--register", "agreements/a.yaml")
    assert (ran.status, ran.err) == (0, "")


# --- The file system


def test_a_link_is_refused(run: Command, file: Path) -> None:
    (file.parent / "b.yaml").write_bytes(file.read_bytes())
    file.unlink()
    (file.parent / "b.yaml").rename(file.parent / "target.txt")
    file.symlink_to("target.txt")
    ran = run.at("record", "a", "review")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "kyotei: agreements/a.yaml is a link; record in the file that it leads to\n"
    assert (file.parent / "target.txt").read_bytes() == OLD.encode()


def refusing(error: int) -> Callable[..., int]:
    def refuse(*_: object, **__: object) -> int:
        raise OSError(error, os.strerror(error))

    return refuse


@pytest.mark.parametrize(
    ("error", "reason"),
    [(13, "Permission denied"), (30, "Read-only file system"), (28, "No space left on device")],
)
def test_a_folder_or_a_disk_that_takes_nothing_leaves_the_old_file(
    run: Command, file: Path, monkeypatch: pytest.MonkeyPatch, error: int, reason: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync" if error == 28 else "kyotei.writing._write", refusing(error))
        ran = run.at("record", "a", "review")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"kyotei: agreements/a.yaml was not written: {reason}. The old file stands as it was\n"
    assert untouched(file)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_leaves_the_old_file(run: Command, file: Path) -> None:
    file.parent.chmod(0o500)
    ran = run.at("record", "a", "review")
    file.parent.chmod(0o700)
    assert ran.status == 2
    assert "Permission denied" in ran.err
    assert untouched(file)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            lambda file: file.write_text(OLD.replace("id: a", "id: c"), encoding="utf-8"),
            "was changed meanwhile",
            id="its id",
        ),
        pytest.param(lambda file: file.write_bytes(b"id: ["), "was changed meanwhile", id="it is broken"),
        pytest.param(
            lambda file: file.unlink(), "was not written: No such file or directory", id="it is gone"
        ),
    ],
)
def test_a_file_changed_before_the_lock_was_held_is_left_alone(
    run: Command, file: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object], said: str
) -> None:
    original = writing.only_writer

    def late(folder: Path) -> object:
        change(file)
        return original(folder)

    monkeypatch.setattr(recorder, "only_writer", late)
    ran = run.at("record", "a", "review")
    assert ran.out == ""
    assert said in ran.err


def test_an_event_recorded_meanwhile_is_kept(
    run: Command, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = writing.only_writer

    def late(folder: Path) -> object:
        file.write_text(OLD + "events:\n  - {on: 2026-11-21, type: review}\n", encoding="utf-8")
        return original(folder)

    monkeypatch.setattr(recorder, "only_writer", late)
    run.at("record", "a", "review")
    assert added(file) == "events:\n  - {on: 2026-11-21, type: review}\n  - {on: 2026-11-22, type: review}\n"


# --- The answer


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("notice --by 乙 --on 2026-12-28", id="in time"),
        pytest.param("notice --by 乙 --on 2026-12-31", id="on the deadline"),
        pytest.param("notice --by 乙 --on 2027-01-15", id="late"),
        pytest.param("notice --by 乙 --on 2027-01-15 --accepted", id="late and accepted"),
        pytest.param(
            "amendment --on 2026-11-01 --effective 2026-12-01 --change notice.before_end=1か月",
            id="an amendment",
        ),
    ],
)
def test_the_answer_on_the_seed(  # noqa: PLR0917 (a row of the table)
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    snapshot: SnapshotAssertion,
    asked: str,
    language: str,
    columns: int,
) -> None:
    settle(monkeypatch, ROOT, language, columns)
    ran = Command(capfd).at("record", "yokohama-shibuya", *asked.split(), "--dry-run")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.partition("+  - ")[2] == snapshot


def test_a_dry_run_shows_the_difference_and_writes_nothing(run: Command, file: Path) -> None:
    ran = run.at("record", "a", "review", "--dry-run")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "--- a/agreements/a.yaml\n"
        "+++ b/agreements/a.yaml\n"
        "@@ -6,3 +6,5 @@\n"
        " renewal: {mode: automatic, length: 1 year}\n"
        " notice: {before_end: 3 months}\n"
        " notes: 覚書  # 終わり\n"
        "+events:\n"
        "+  - {on: 2026-11-22, type: review}\n"
        "\n"
        "Would be recorded in agreements/a.yaml; nothing was written\n"
        "\n"
        "Sun 2026-11-22  Reviewed and left as it is.\n"
        "\n"
        "No state and no date moves, as of 2026-11-22, Sun.\n"
    )
    assert untouched(file)


def test_a_dry_run_shows_the_last_line_though_it_has_no_end(run: Command, file: Path) -> None:
    file.write_text(OLD.rstrip("\n"), encoding="utf-8")
    ran = run.at("record", "a", "review", "--dry-run")
    assert ran.out.splitlines()[5:8] == [
        " notes: 覚書  # 終わり",
        "+events:",
        "+  - {on: 2026-11-22, type: review}",
    ]


def answer(run: Command, *asked: str) -> list[str]:
    """The lines from the event on."""
    ran = run.at("record", "a", *asked)
    assert ran.status == 0
    return [" ".join(line.split()) for line in ran.out.splitlines()[2:] if line.strip()]


def test_a_notice_in_time_says_how_many_days_are_to_spare(run: Command, file: Path) -> None:
    del file
    event, first, second, *_ = answer(
        run, "notice", "--by", "乙", "--on", "2026-11-10", "--arrived", "2026-11-22"
    )
    assert event == "Tue 2026-11-10 Notice of termination by 乙 (渋谷区), arrived Sun 2026-11-22."
    assert first.startswith("safe By corresponding day, end of term, mirrored it was due Thu 2026-12-31: ")
    assert first.endswith("in time, 39 days to spare.")
    assert second == "By clear it was due Wed 2026-12-30: in time, 38 days to spare."


def test_a_notice_on_the_safe_day_has_one_day_to_spare_by_the_others(run: Command, file: Path) -> None:
    del file
    found = answer(run, "notice", "--by", "乙", "--on", "2026-12-30")
    assert found[1].endswith("it was due Thu 2026-12-31: in time, 1 day to spare.")
    assert found[2] == "By clear it was due Wed 2026-12-30: in time, on the last day."


def test_a_late_notice_stops_the_renewal_after_and_says_what_consent_would_do(
    run: Command, file: Path
) -> None:
    del file
    found = " ".join(answer(run, "notice", "--by", "乙", "--on", "2027-01-01"))
    assert "late By corresponding day, end of term, mirrored it was due Thu 2026-12-31: 1 day late." in found
    assert "By clear it was due Wed 2026-12-30: 2 days late." in found
    assert "that period's renewal is not stopped." in found
    assert "It ends the agreement with period 2, on 2028-03-31." in found
    assert (
        "write `accepted: true` into the event: the agreement then ends with period 1, on 2027-03-31."
        in found
    )
    assert "As of 2026-11-22 it is not counted yet: only from Fri 2027-01-01 on." in found
    assert found.endswith("ends not settled → Fri 2028-03-31")


def test_a_stated_date_leaves_no_room_for_readings(run: Command, file: Path) -> None:
    file.write_text(text("a", YEARLY.replace("before_end: 3 months", "by_date: 01-31")), encoding="utf-8")
    found = answer(run, "notice", "--by", "乙", "--on", "2027-01-31")
    assert found[1] == "safe Under every reading it was due Sun 2027-01-31: in time, on the last day."


def test_a_notice_late_by_the_reading_agreed_is_contested_and_stops_nothing_yet(
    run: Command, file: Path
) -> None:
    clauses = YEARLY.replace("3 months", "3 months, reading: clear")
    file.write_text(text("a", clauses), encoding="utf-8")
    found = " ".join(answer(run, "notice", "--by", "乙", "--on", "2026-12-31"))
    assert "contested By corresponding day" in found
    assert "That period's renewal is taken as not stopped." in found
    assert "write `accepted: true` into the event" in found


def test_before_the_first_period_the_first_deadline_judges(run: Command, file: Path) -> None:
    del file
    found = answer(run, "notice", "--by", "乙", "--on", "2026-03-25")
    assert found[1].startswith("safe By corresponding day")
    assert found[-1] == "ends not settled → Wed 2027-03-31"


def test_where_nothing_renews_silently_there_is_no_verdict(run: Command, file: Path) -> None:
    file.write_text(text("a", ""), encoding="utf-8")
    ran = run.at("record", "a", "notice", "--by", "乙")
    assert "warning event-without-effect" in ran.err
    assert ran.out.splitlines()[2:4] == [
        "Sun 2026-11-22  Notice of termination by 乙 (渋谷区), arrived Sun 2026-11-22.",
        "                No renewal follows that a notice could stop: no effect.",
    ]


def test_the_same_event_twice_is_told_as_the_second(run: Command, file: Path) -> None:
    run.at("record", "a", "review")
    assert answer(run, "review")[0] == "Sun 2026-11-22 Reviewed and left as it is."
    assert added(file).count("type: review") == 2


def test_recorded_and_read_again_it_stands_as_it_was_told(run: Command, file: Path) -> None:
    del file
    told = answer(run, "notice", "--by", "乙", "--on", "2026-12-31")
    assert "state in force → ending" in told
    read = run("show", "a", "--as-of", "2026-12-31").out
    assert "State           ending" in read
    assert "ends on Wed 2027-03-31" in read


# --- Asking


class Person:
    """Somebody at the terminal: writes the answers, and sees what was asked."""

    def __init__(self, handle: int) -> None:
        self.handle = handle

    def types(self, *answers: str) -> None:
        os.write(self.handle, "".join(f"{answer}\n" for answer in answers).encode())


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    """A terminal as stdin; stderr is caught, and said to be one."""
    ours, theirs = pty.openpty()
    kept = os.dup(STDIN)
    os.dup2(theirs, STDIN)
    with open(STDIN, encoding="utf-8", errors="surrogateescape", closefd=False) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        real = os.isatty
        monkeypatch.setattr(os, "isatty", lambda stream: stream == STDERR or real(stream))
        yield Person(ours)
    os.dup2(kept, STDIN)
    for handle in (ours, theirs, kept):
        os.close(handle)


def asked(ran: Ran) -> list[str]:
    return [part.rpartition("\n")[2] for part in ran.err.split(": ")[:-1]]


@pytest.mark.parametrize(
    ("kind", "answers", "questions", "written"),
    [
        ("notice", ["乙"], ["By whom (role, such as 甲)"], "type: notice, by: 乙"),
        (
            "termination",
            ["", "明日", "令和9年1月31日"],
            ["Effective day", "Effective day", "Effective day"],
            "type: termination, effective: 2027-01-31",
        ),
        (
            "succession",
            ["乙", " 新渋谷区 "],
            ["Which party (role, such as 甲)", "New name"],
            "type: succession, party: 乙, name: 新渋谷区",
        ),
        ("superseded", ["b"], ["By which agreement (id)"], "type: superseded, by: b"),
        (
            "amendment",
            ["2027-04-01", "notice", "notice.before_end=1 month"],
            [
                "Effective day",
                "Change, such as notice.before_end=1 month",
                "Change, such as notice.before_end=1 month",
            ],
            "type: amendment, effective: 2027-04-01, changes: {notice: {before_end: 1 month}}",
        ),
    ],
)
def test_on_a_terminal_what_is_missing_is_asked_for_until_it_can_be_read(  # noqa: PLR0917 (as above)
    run: Command,
    file: Path,
    person: Person,
    kind: str,
    answers: list[str],
    questions: list[str],
    written: str,
) -> None:
    put(file.parent, text("b", title="別の協定"))
    person.types(*answers)
    ran = run.at("record", "a", kind)
    assert ran.status == 0
    assert [question for question in questions if question in ran.err] == questions
    assert ran.err.count(f"{questions[-1]}: ") == questions.count(questions[-1])
    assert added(file) == f"events:\n  - {{on: 2026-11-22, {written}}}\n"


def test_an_answer_that_cannot_be_read_is_told_why(run: Command, file: Path, person: Person) -> None:
    del file
    person.types("2027-02-30", "2027-02-28")
    ran = run.at("record", "a", "termination")
    assert ran.err.startswith("Effective day: 2027-02-30 is not a day: that month (2027-2) has 28 days\n")


def test_who_ends_the_input_is_asked_no_more(run: Command, file: Path, person: Person) -> None:
    person.types("\x04")
    ran = run.at("record", "a", "notice")
    assert (ran.status, ran.out) == (130, "")
    assert untouched(file)


def test_a_broken_byte_from_the_terminal_is_refused(run: Command, file: Path, person: Person) -> None:
    os.write(person.handle, b"\xff\n\xe4\xb9\x99\n")
    ran = run.at("record", "a", "notice")
    assert ran.status == 0
    assert "a character that cannot be seen" in ran.err
    assert "by: 乙" in added(file)


def test_nothing_is_asked_of_an_id_that_there_is_not(run: Command, file: Path, person: Person) -> None:
    del file, person
    ran = run.at("record", "b", "notice")
    assert ran.status == 1
    assert "By whom" not in ran.err


def test_a_process_of_its_own_asks_on_its_own_terminal(tmp_path: Path) -> None:
    file = put(tmp_path / "agreements", OLD)
    child, handle = pty.fork()
    if child == 0:  # pragma: no cover (another process)
        os.chdir(tmp_path)
        plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        command = [sys.executable, "-m", "kyotei", "record", "a", "notice", "--as-of", "2026-11-22"]
        environment = {**plain, "KYOTEI_LANG": "ja", "PYTHONUTF8": "1", "TERM": "dumb"}
        os.execve(sys.executable, command, environment)  # noqa: S606 (our own command)
    seen = b""
    while "誰から（甲などの役割）: ".encode() not in seen:
        seen += os.read(handle, 1024)
    os.write(handle, "乙\n".encode())
    _, status = os.waitpid(child, 0)
    os.close(handle)
    assert os.waitstatus_to_exitcode(status) == 0
    assert added(file) == "events:\n  - {on: 2026-11-22, type: notice, by: 乙}\n"
