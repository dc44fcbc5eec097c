"""The calendar, as icalendar's parser and khal, a real client, read it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from icalendar import Calendar

from command_line_for_tests import ROOT, Command, settle
from registers_for_tests import YEARLY, put, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SEED = "agreements/yokohama-shibuya.yaml"
BY_CONSENT = "renewal: {mode: by-consent}\n"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """The repository's own register, in Japanese."""
    settle(monkeypatch, ROOT, "ja")
    return Command(capfd)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """An empty folder, in English."""
    settle(monkeypatch, tmp_path)
    return Command(capfd)


def calendar(written: str) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", Calendar.from_ical(written))  # what a property holds, a test knows


def events(written: str) -> dict[str, Mapping[str, Any]]:
    found = Calendar.from_ical(written).walk("VEVENT")
    return {str(event["UID"]): cast("Mapping[str, Any]", event) for event in found}


def days(written: str) -> dict[str, str]:
    return {uid: event["DTSTART"].dt.isoformat() for uid, event in events(written).items()}


def test_each_deadline_has_its_own_day_and_the_day_to_act_by_for_two_periods(here: Command) -> None:
    ran = here.at("export", "ics", SEED)
    assert (ran.status, ran.err) == (0, "")
    assert days(ran.out) == {
        "yokohama-shibuya.objection-act-by.7@kyotei": "2026-12-28",
        "yokohama-shibuya.objection.7@kyotei": "2026-12-31",
        "yokohama-shibuya.objection-act-by.8@kyotei": "2027-12-28",
        "yokohama-shibuya.objection.8@kyotei": "2027-12-31",
    }


def test_an_event_says_what_to_do_and_keeps_nobody_busy(here: Command) -> None:
    event = events(here.at("export", "ics", SEED).out)["yokohama-shibuya.objection.7@kyotei"]
    assert event["SUMMARY"] == "[申出期限] 横浜市・渋谷区 連携協定：更新を止める場合は本日まで"
    assert event["DTEND"].dt == date(2027, 1, 1)
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["DTSTAMP"].dt == datetime(2026, 11, 22, tzinfo=UTC)
    assert event["CATEGORIES"].cats[0] == "申出期限"
    assert event["DESCRIPTION"].split("\n") == [
        "グローバル拠点都市の形成及びオープンイノベーションの実現に関する連携協定（yokohama-shibuya）",
        "当事者：甲（横浜市）、乙（渋谷区）",
        "期間：第7期  2026-04-01 → 2027-03-31",
        "申出期限：2026-12-31 (木)",
        "安全日：2026-12-30 (水)",
        "実務期限：2026-12-28 (月)（年末年始の閉庁のため）",
        "根拠：第4条第2項",
        "数え方による日：応当日 2026-12-31、中N 2026-12-30、満了時 2026-12-31、逆算 2026-12-31",
        "申出：いずれの当事者も申し出ることができる。",
        "申出は、相手方に到達した時に効力を生じる。到達に要する日数をみて発送する。",
        "申出がなければ：2027-04-01 → 2028-03-31 に更新",
        "連絡先：甲（横浜市） 経済局新産業創造課 電話 045-671-3913（連携協定に関すること）",
        (
            "連絡先：甲（横浜市） 文化観光局創造都市推進課 電話 045-671-3425"
            "（アーティスト・クリエイターとの連携に関すること）"
        ),
        "連絡先：乙（渋谷区） 区民部産業観光課 電話 03-3463-2369（連携協定に関すること）",
        "台帳：agreements/yokohama-shibuya.yaml",
        "kyotei は日数を数えて根拠を示すもので、法的助言ではありません。",
    ]


def test_the_calendar_names_itself_in_both_dialects(here: Command) -> None:
    found = calendar(here.at("export", "ics", SEED).out)
    assert found["NAME"] == found["X-WR-CALNAME"] == "協定の期限"
    assert found["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert found["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert found["X-PUBLISHED-TTL"] == "PT12H"
    assert found["DESCRIPTION"].startswith("基準日 2026-11-22（令和8年11月22日・日）  1件\n")


def test_two_exports_of_one_day_are_the_same_bytes(here: Command) -> None:
    first = here.at("export", "ics", "agreements", "--remind", "90d")
    assert here.at("export", "ics", "agreements", "--remind", "90d").out == first.out


def test_the_lines_are_those_of_the_standard(here: Command) -> None:
    written = here.at("export", "ics", "agreements", "--remind", "90d,30d").out.encode()
    lines = written.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert [line.decode() for line in lines]  # no fold parts a character


def test_reminders_stand_before_the_act_by_day(here: Command) -> None:
    ran = here.at("export", "ics", SEED, "--remind", "90d,1m")
    reminders = {uid: day for uid, day in days(ran.out).items() if "remind" in uid and ".7@" in uid}
    assert reminders == {
        "yokohama-shibuya.objection-remind-90-days.7@kyotei": "2026-09-29",
        "yokohama-shibuya.objection-remind-1-months.7@kyotei": "2026-11-28",
    }
    event = events(ran.out)["yokohama-shibuya.objection-remind-1-months.7@kyotei"]
    assert event["SUMMARY"] == (
        "[予告・1か月前] 横浜市・渋谷区 連携協定：更新を止める場合は 2026-12-28 (月) までに申出を届ける"
    )
    assert event["CATEGORIES"].cats[0] == "予告"


def summaries(written: str) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(written).values()]


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        (
            "",
            [
                "[last open day] 横浜市・渋谷区 連携協定: last open day before the end",
                "[ends] 横浜市・渋谷区 連携協定: ends today (expired)",
            ],
        ),
        (
            BY_CONSENT,
            [
                "[last open day] 横浜市・渋谷区 連携協定: last open day before the end",
                "[ends] 横浜市・渋谷区 連携協定: ends today unless a renewal is agreed",
            ],
        ),
        (
            "events: [{on: 2026-11-01, type: termination, effective: 2027-01-29}]\n",
            ["[ends] 横浜市・渋谷区 連携協定: ends today (terminated)"],
        ),
        (
            "renewal: {mode: automatic, length: 1 year, limit: {times: 1}}\nnotice: {by_date: 01-29}\n",
            [
                "[act by] 横浜市・渋谷区 連携協定: to stop the renewal, deliver the notice today",
                "[deadline] 横浜市・渋谷区 連携協定: last day to stop the renewal",
                "[last open day] 横浜市・渋谷区 連携協定: last open day before the end",
                "[ends] 横浜市・渋谷区 連携協定: ends today, if renewed until then (expired)",
            ],
        ),
        (
            YEARLY.replace("1 year}", "10 years}").replace("3 months", "0 days, effective: dispatch"),
            [
                "[act by] 横浜市・渋谷区 連携協定: to stop the renewal, send the notice today",
                "[deadline] 横浜市・渋谷区 連携協定: last day to stop the renewal",
            ]
            * 2,
        ),
    ],
    ids=["no renewal", "by consent", "terminated", "limit", "dispatch"],
)
def test_what_a_title_says(run: Command, tmp_path: Path, clauses: str, expected: list[str]) -> None:
    """The fiscal year ends on Saturday 2029-03-31: the last open day is another one."""
    put(tmp_path, text("a", clauses, term="term: {start: 2026-04-01, end: 2029-03-31}\n"))
    assert summaries(run.at("export", "ics", "a.yaml").out) == expected


def test_an_end_that_is_not_settled_says_so(run: Command, tmp_path: Path) -> None:
    limited = (
        "renewal: {mode: automatic, length: 1 year, limit: {times: 1}}\nnotice: {before_end: 3 months}\n"
    )
    put(tmp_path, text("a", limited))
    found = events(run.at("export", "ics", "a.yaml").out)
    assert (
        "It is expected to end on this day (expired), if nobody stops the renewals before."
        in (found["a.expiry.2@kyotei"]["DESCRIPTION"])
    )
    assert days(run("export", "ics", "a.yaml", "--as-of", "2027-04-01").out) == {
        "a.expiry.2@kyotei": "2028-03-31"
    }


def test_an_agreement_without_an_end_has_no_events(here: Command) -> None:
    ran = here.at("export", "ics", "agreements/midorigawa-saigai.yaml")
    assert (ran.status, events(ran.out)) == (0, {})


def test_a_changed_deadline_keeps_its_uid_and_raises_its_sequence(run: Command, tmp_path: Path) -> None:
    amended = (
        "events: [{on: 2026-11-20, type: amendment, effective: 2026-11-20,"
        " changes: {notice: {before_end: 1 month}}}]\n"
    )
    put(tmp_path, text("a"))
    before = events(run.at("export", "ics", "a.yaml").out)["a.objection.1@kyotei"]
    put(tmp_path, text("a", YEARLY + amended))
    after = events(run.at("export", "ics", "a.yaml").out)["a.objection.1@kyotei"]
    assert (before["DTSTART"].dt, after["DTSTART"].dt) == (date(2026, 12, 31), date(2027, 2, 28))
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (9822, 9823)


def test_a_mended_clause_raises_the_sequence_on_the_next_day(run: Command, tmp_path: Path) -> None:
    put(tmp_path, text("a"))
    before = events(run.at("export", "ics", "a.yaml").out)["a.objection.1@kyotei"]
    put(tmp_path, text("a", YEARLY.replace("3 months", "1 month")))
    after = events(run("export", "ics", "a.yaml", "--as-of", "2026-11-23").out)["a.objection.1@kyotei"]
    assert after["DTSTART"].dt != before["DTSTART"].dt
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_day_before_the_year_2000_has_a_sequence_too(run: Command, tmp_path: Path) -> None:
    put(
        tmp_path,
        text("a", term="term: {start: 1990-04-01, length: 1 year}\n").replace("2026-03-20", "1990-03-20"),
    )
    ran = run("export", "ics", "a.yaml", "--as-of", "1990-05-01")
    assert events(ran.out)["a.objection.1@kyotei"]["SEQUENCE"] == 0


def test_two_files_with_one_id_keep_all_their_events(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "r", text("a"))
    put(tmp_path / "r", text("a", title="別の協定"), "b.yaml")
    ran = run.at("export", "ics", "r")
    assert ran.status == 1
    assert sorted(days(ran.out)) == [
        "2.a.objection-act-by.1@kyotei",
        "2.a.objection-act-by.2@kyotei",
        "2.a.objection.1@kyotei",
        "2.a.objection.2@kyotei",
        "a.objection-act-by.1@kyotei",
        "a.objection-act-by.2@kyotei",
        "a.objection.1@kyotei",
        "a.objection.2@kyotei",
    ]


def test_agreements_of_one_kind_between_the_same_parties_are_told_apart(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "r", text("a", title="防災に関する協定"))
    put(tmp_path / "r", text("b", title="観光に関する協定"))
    put(tmp_path / "r", text("c", title="環境に関する覚書"))
    found = events(run.at("export", "ics", "r").out)
    titles = [found[f"{name}.objection.1@kyotei"]["SUMMARY"].partition(":")[0] for name in "abc"]
    assert titles == [
        "[deadline] 横浜市・渋谷区 防災に関する協定",
        "[deadline] 横浜市・渋谷区 観光に関する協定",
        "[deadline] 横浜市・渋谷区 覚書",
    ]


def test_of_many_parties_a_title_names_two(run: Command, tmp_path: Path) -> None:
    more = "{role: 乙, name: 渋谷区}, {role: 丙, name: 川崎市}, {role: 丁, name: 町田市}"
    put(tmp_path, text("a").replace("{role: 乙, name: 渋谷区}", more))
    assert summaries(run.at("export", "ics", "a.yaml").out)[1].startswith(
        "[deadline] 横浜市・渋谷区 and 2 others 連携協定: "
    )


def test_beyond_the_holidays_known_there_is_no_day_to_act_by(run: Command, tmp_path: Path) -> None:
    put(tmp_path, text("a", term="term: {start: 2026-04-01, end: 2120-03-31}\n"))
    found = events(run.at("export", "ics", "a.yaml", "--remind", "30d").out)
    assert {uid.partition("@")[0] for uid in found} == {
        "a.objection.1",
        "a.objection.2",
        "a.objection-remind-30-days.1",
        "a.objection-remind-30-days.2",
    }
    told = found["a.objection.1@kyotei"]["DESCRIPTION"]
    assert "Act by: unknown: no holiday data for 2119" in told


def test_data_never_breaks_out_of_its_line(run: Command, tmp_path: Path) -> None:
    """Neither a line end nor a sign of the format; a file's name may hold even more."""
    hostile = r'"x\nEND:VEVENT\nBEGIN:VEVENT,;:\\n\"x"'
    contact = f"contacts: [{{party: 甲, office: {hostile}, for: {hostile}, email: a@example.jp}}]\n"
    written = text("a", f"{YEARLY}{contact}tags: [{hostile}]\n", title=hostile)
    put(tmp_path / "r", written.replace("渋谷区", hostile), "\x1b\r\nEND:VCALENDAR\x07.yaml")
    (tmp_path / "kyotei.toml").write_text(f"self = {hostile}\n", encoding="utf-8")
    written = run.at("export", "ics", "r").out
    assert len(events(written)) == 4
    assert written.count("\r\nEND:VCALENDAR") == 1
    assert not set(map(chr, range(32))) & set(written.replace("\r\n", ""))
    event = events(written)["a.objection.1@kyotei"]
    assert 'x END:VEVENT BEGIN:VEVENT,;:\\n"x' in event["DESCRIPTION"]
    assert "File: r/\\x1b\\x0d\\x0aEND:VCALENDAR\\x07.yaml" in event["DESCRIPTION"].split("\n")
    assert [str(tag) for tag in event["CATEGORIES"].cats] == ["deadline", 'x END:VEVENT BEGIN:VEVENT,;:\\n"x']


def test_a_calendar_that_lacks_a_file_says_so(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "r", text("a"))
    put(tmp_path / "r", "id: b\n", "b\x1b.yaml")
    ran = run.at("export", "ics", "r")
    assert ran.status == 1
    assert "b\\x1b.yaml:1:1: error field-missing" in ran.err
    assert "Left out, because they cannot be read: r/b\\x1b.yaml" in calendar(ran.out)["DESCRIPTION"]


KHAL = """\
[calendars]
[[kyotei]]
path = {folder}/calendar
[sqlite]
path = {folder}/khal.db
[locale]
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
timeformat = %H:%M
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""


@pytest.fixture
def khal(tmp_path: Path) -> Callable[..., list[str]]:
    """Return what khal lists after it has imported a file."""
    folder = tmp_path / "khal"
    (folder / "calendar").mkdir(parents=True)
    (folder / "conf").write_text(KHAL.format(folder=folder), encoding="utf-8")

    def called(*args: str) -> str:
        command = [str(Path(sys.executable).with_name("khal")), "-c", str(folder / "conf"), *args]
        environment = {"LC_ALL": "C.UTF-8"}
        return subprocess.run(
            command, capture_output=True, check=True, encoding="utf-8", env=environment
        ).stdout

    def listed(file: str, first: str, last: str) -> list[str]:
        called("import", "--batch", "-a", "kyotei", file)
        found = called("list", "--format", "{start-date} {title}", first, last)
        return [line for line in found.splitlines() if "[" in line]

    return listed


def test_khal_imports_the_calendar_and_lists_its_days(
    here: Command, khal: Callable[..., list[str]], tmp_path: Path
) -> None:
    file = str(tmp_path / "kyotei.ics")
    assert here.at("export", "ics", "agreements", "-o", file).status == 0
    assert khal(file, "2026-12-01", "2027-01-31") == [
        "2026-12-28 [実務期限] 横浜市・渋谷区 連携協定：更新を止める場合は本日中に申出を届ける",
        "2026-12-31 [申出期限] 横浜市・渋谷区 連携協定：更新を止める場合は本日まで",
        "2027-01-27 [実務期限] 東山市・西野原町 連携協定：更新を止める場合は本日中に申出を届ける",
        "2027-01-28 [申出期限] 東山市・西野原町 連携協定：更新を止める場合は本日まで",
        "2027-01-29 [実務期限] 湊市・桜市・青葉町 連携協定：更新を止める場合は本日中に申出を届ける",
        "2027-01-31 [申出期限] 湊市・桜市・青葉町 連携協定：更新を止める場合は本日まで",
    ]


def test_khal_moves_an_event_whose_day_has_moved(
    run: Command, khal: Callable[..., list[str]], tmp_path: Path
) -> None:
    put(tmp_path, text("a"))
    run.at("export", "ics", "a.yaml", "-o", "a.ics")
    deadline = "[deadline] 横浜市・渋谷区 連携協定: last day to stop the renewal"
    assert f"2026-12-31 {deadline}" in khal("a.ics", "2026-12-01", "2027-03-31")
    put(tmp_path, text("a", YEARLY.replace("3 months", "1 month")))
    run("export", "ics", "a.yaml", "-o", "a.ics", "--as-of", "2026-11-23")
    found = khal("a.ics", "2026-12-01", "2027-03-31")
    assert [line for line in found if deadline in line] == [f"2027-02-28 {deadline}"]
