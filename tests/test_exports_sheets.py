"""CSV and workbooks: read back by csv, by openpyxl, and by LibreOffice."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from command_line_for_tests import ROOT, Command, settle
from registers_for_tests import YEARLY, put, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

SEED = "agreements/yokohama-shibuya.yaml"
OFFICE = shutil.which("soffice")
AGREEMENT = {
    "id": "yokohama-shibuya",
    "協定名": "グローバル拠点都市の形成及びオープンイノベーションの実現に関する連携協定",
    "相手方": "横浜市\n渋谷区",
    "状態": "有効",
    "緊急度": "90日以内",
    "残り日数": "36",
    "実務期限": "2026-12-28",
    "実務期限（和暦）": "令和8年12月28日（月）",
    "申出期限": "2026-12-31",
    "申出期限（和暦）": "令和8年12月31日（木）",
    "安全日": "2026-12-30",
    "終了（予定）日": "",
    "終了の理由": "",
    "申出がないとき": "2027-04-01 → 2028-03-31 に更新",
    "現在の期": "7",
    "期の始期": "2026-04-01",
    "期の終期": "2027-03-31",
    "所管課": "経済局新産業創造課\n文化観光局創造都市推進課\n区民部産業観光課",
    "当事者": "甲：横浜市\n乙：渋谷区",
    "締結日": "2020-11-18",
    "締結日（和暦）": "令和2年11月18日（水）",
    "有効期間の始期": "締結の日",
    "有効期間の終期": "2021-03-31",
    "有効期間の長さ": "",
    "更新": "自動更新",
    "更新期間": "1年",
    "更新後の終期": "",
    "更新の限度": "",
    "申出期間": "3か月",
    "申出期日": "",
    "申出のできる者": "いずれの当事者も",
    "申出の方式": "",
    "申出の効力": "到達",
    "数え方": "",
    "中途解約の予告": "",
    "解約のできる者": "",
    "守秘義務の存続": "期限なし",
    "条項": "有効期間：第4条第1項\n更新：第4条第2項\n終了の申出：第4条第2項\n守秘義務：第3条",
    "連絡先": (
        "甲：経済局新産業創造課／045-671-3913／／連携協定に関すること\n"
        "甲：文化観光局創造都市推進課／045-671-3425／／アーティスト・クリエイターとの連携に関すること\n"
        "乙：区民部産業観光課／03-3463-2369／／連携協定に関すること"
    ),
    "タグ": "スタートアップ\n企業誘致\nオープンイノベーション",
    "経緯の件数": "0",
    "経緯（データ）": "",
    "ファイル": "agreements/yokohama-shibuya.yaml",
}


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


def cells(written: str) -> list[dict[str, str]]:
    assert written.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(written.removeprefix("\ufeff"), newline="")))


def opened(run: Command, tmp_path: Path, *args: str) -> Workbook:
    file = tmp_path / "kyotei.xlsx"
    ran = run.at("export", "xlsx", *args, "-o", str(file))
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    return load_workbook(file)


def rows(book: Workbook, name: str) -> list[dict[str, Any]]:
    head, *found = book[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in found]


def test_a_row_has_how_an_agreement_stands_and_what_it_says(here: Command) -> None:
    ran = here.at("export", "csv", SEED)
    (row,) = cells(ran.out)
    assert (ran.status, ran.err) == (0, "")
    assert row.pop("備考").startswith("締結の経緯（記者発表資料）：両者は、")
    assert row == AGREEMENT


def test_lines_end_as_excel_wants_them(here: Command, tmp_path: Path) -> None:
    assert here.at("export", "csv", "agreements", "-o", str(tmp_path / "a.csv")).status == 0
    assert (tmp_path / "a.csv").read_bytes().count(b"\r\n") == 6


CLAUSES = {
    "term: {start: signing, end: indefinite}\n": {"term from": "signing", "term to": "indefinite"},
    "term: {start: 2026-04-01, length: 3 months}\n": {"term from": "2026-04-01", "term length": "3 months"},
    "renewal: {mode: automatic, to: 03-31, limit: {times: 1}}\nnotice: {by_date: 01-31, by: [甲, 乙]}\n": {
        "renewal": "automatic",
        "renewal to": "03-31",
        "renewal limit": "1 time",
        "notice by date": "01-31",
        "notice by": "甲\n乙",
    },
    "renewal: {mode: automatic, length: 2 years, limit: {until: 2040-03-31}}\n"
    "notice: {before_end: 0 days, form: written, effective: dispatch, reading: clear}\n": {
        "renewal length": "2 years",
        "renewal limit": "2040-03-31",
        "notice before end": "0 days",
        "notice form": "written",
        "notice effective": "dispatch",
        "reading": "clear",
    },
    "renewal: {mode: automatic, length: 1 year, limit: {total: 5 years}}\n": {
        "renewal limit": "5 years in all",
        "notice by": "",
    },
    "renewal: {mode: by-consent}\n": {
        "renewal": "by consent",
        "state": "ending",
        "ends": "2027-03-31",
        "reason of the end": "expired",
        "deadline": "",
        "act by": "2027-03-31",
        "days to act": "129",
    },
    "renewal: {mode: none}\n": {"renewal": "none"},
    "termination: {notice: 6 months, by: [乙]}\nconfidentiality: {survives: 3 years}\n": {
        "termination notice": "6 months",
        "termination by": "乙",
        "confidentiality survives": "3 years",
    },
    "termination: {clause: 第8条}\nconfidentiality: {}\n": {
        "termination notice": "at once",
        "termination by": "either",
        "confidentiality survives": "until the end",
        "clauses": "Termination：第8条",
    },
    "events: [{on: 2026-06-01, type: termination, effective: 2026-06-30}]\n": {
        "state": "ended",
        "ends": "2026-06-30",
        "reason of the end": "terminated",
        "events": "1",
        "events (data)": '{"on": "2026-06-01", "type": "termination", "effective": "2026-06-30"}',
        "period": "",
        "if nobody acts": "",
    },
}


@pytest.mark.parametrize("clauses", CLAUSES)
def test_every_clause_has_its_cells(run: Command, tmp_path: Path, clauses: str) -> None:
    """What `import` reads back; a clause that is not written has empty cells."""
    term = {"term": clauses} if clauses.startswith("term:") else {"clauses": clauses}
    put(tmp_path, text("a", **term))
    (row,) = cells(run.at("export", "csv", "a.yaml").out)
    assert {name: row[name] for name in CLAUSES[clauses]} == CLAUSES[clauses]


def test_the_offices_are_our_own_where_we_are_a_party(run: Command, tmp_path: Path) -> None:
    put(tmp_path, text("a", f"{YEARLY}contacts: [{{party: 甲, office: 課}}, {{party: 乙, office: 係}}]\n"))
    (row,) = cells(run.at("export", "csv", "a.yaml").out)
    assert (row["office"], row["with"]) == ("課\n係", "横浜市\n渋谷区")
    (tmp_path / "kyotei.toml").write_text('self = "渋谷区"\n', encoding="utf-8")
    (row,) = cells(run.at("export", "csv", "a.yaml").out)
    assert (row["office"], row["with"]) == ("係", "横浜市")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "　＝"])
def test_no_text_of_a_csv_is_taken_for_a_formula(run: Command, tmp_path: Path, sign: str) -> None:
    put(tmp_path, text("a", f"{YEARLY}notes: '{sign}1+1'\n", title=f"'{sign}HYPERLINK(\"x\")'"))
    (row,) = cells(run.at("export", "csv", "a.yaml").out)
    title = f'{sign}HYPERLINK("x")'.strip()  # a table's cell begins with no space
    assert (row["title"], row["notes"]) == (f"'{title}", f"'{sign}1+1")


@pytest.mark.parametrize(
    ("day", "urgency", "left"),
    [
        ("2026-12-29", "passed", "-1"),
        ("2026-12-28", "within 30 days", "0"),
        ("2026-11-28", "within 30 days", "30"),
        ("2026-11-27", "within 90 days", "31"),
        ("2026-09-29", "within 90 days", "90"),
        ("2026-09-28", "", "91"),
    ],
)
def test_how_pressing_it_is_stands_in_words(
    run: Command, tmp_path: Path, day: str, urgency: str, left: str
) -> None:
    put(tmp_path, text("a"))
    (row,) = cells(run("export", "csv", "a.yaml", "--as-of", day).out)
    assert (row["urgency"], row["days to act"]) == (urgency, left)


def test_beyond_the_holidays_known_the_day_to_act_by_is_said_to_be_unknown(
    run: Command, tmp_path: Path
) -> None:
    put(tmp_path, text("a", term="term: {start: 2026-04-01, end: 2120-03-31}\n"))
    (row,) = cells(run.at("export", "csv", "a.yaml").out)
    assert (row["act by"], row["urgency"]) == ("unknown: no holiday data for 2119", "")


def test_a_workbook_has_real_days_and_numbers(here: Command, tmp_path: Path) -> None:
    book = opened(here, tmp_path, SEED)
    (row,) = rows(book, "協定")
    assert row["申出期限"] == datetime(2026, 12, 31)  # noqa: DTZ001 (a cell's day has no zone)
    assert (row["残り日数"], row["現在の期"], row["安全日"].date()) == (36, 7, date(2026, 12, 30))
    written = {name: _text(cell) for name, cell in row.items() if name != "備考"}
    assert written == AGREEMENT


def _text(cell: object) -> str:
    return cell.date().isoformat() if isinstance(cell, datetime) else "" if cell is None else str(cell)


def test_the_deadlines_stand_by_month_in_order(here: Command, tmp_path: Path) -> None:
    found = rows(opened(here, tmp_path, "agreements"), "期限")
    picked = [
        [_text(row[name]) for name in ("月", "実務期限", "種別", "期日", "id", "見込み")] for row in found
    ]
    unsure = "見込み（それまで申出がない場合）"
    assert picked == [
        ["2026-12（令和8年12月）", "2026-12-28", "申出期限", "2026-12-31", "yokohama-shibuya", ""],
        ["2027-01（令和9年1月）", "2027-01-27", "申出期限", "2027-01-28", "higashiyama-leapday", ""],
        ["2027-01（令和9年1月）", "2027-01-29", "申出期限", "2027-01-31", "minato-sakura-aoba", ""],
        ["2027-03（令和9年3月）", "2027-03-31", "終了", "2027-03-31", "kitahama-nankai", ""],
        ["2027-12（令和9年12月）", "2027-12-28", "申出期限", "2027-12-31", "yokohama-shibuya", unsure],
        ["2028-01（令和10年1月）", "2028-01-28", "申出期限", "2028-01-29", "higashiyama-leapday", unsure],
        ["2028-03（令和10年3月）", "2028-03-31", "終了", "2028-03-31", "minato-sakura-aoba", unsure],
    ]


def test_the_periods_are_those_of_the_chain(here: Command, tmp_path: Path) -> None:
    found = rows(opened(here, tmp_path, SEED), "期間")
    names = ("期", "期の始期", "期の終期", "根拠", "時点", "申出期限", "実務期限")
    assert [[_text(row[name]) for name in names] for row in found[6:8]] == [
        ["7", "2026-04-01", "2027-03-31", "推定", "現在", "2026-12-31", "2026-12-28"],
        ["8", "2027-04-01", "2028-03-31", "見込み", "将来", "2027-12-31", "2027-12-28"],
    ]
    assert len(found) == 10


def test_the_events_say_what_they_did(here: Command, tmp_path: Path) -> None:
    (row,) = rows(opened(here, tmp_path, "agreements"), "経緯")
    assert (row["id"], row["日付（和暦）"], row["種類"]) == (
        "kitahama-nankai",
        "令和7年2月14日（金）",
        "更新の合意・確認",
    )
    assert row["内容"].startswith("更新の合意又は確認。第2期（2025-04-01 から 2027-03-31 まで）を定めた。")


def test_english_months_sort_too(run: Command, tmp_path: Path) -> None:
    put(tmp_path, text("a"))
    book = opened(run, tmp_path, "a.yaml")
    assert book.sheetnames == ["Agreements", "Deadlines", "Periods", "Events", "About"]
    assert [row["month"] for row in rows(book, "Deadlines")] == ["2026-12", "2027-12"]


def test_the_heading_stays_and_filters(here: Command, tmp_path: Path) -> None:
    page = opened(here, tmp_path, "agreements")["協定"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:AR6")
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.print_title_rows == "$1:$1"
    widths = {
        page.cell(1, number).value: page.column_dimensions[letter].width
        for number, letter in ((2, "B"), (4, "D"))
    }
    assert widths == {"協定名": pytest.approx(42, abs=1), "状態": pytest.approx(10, abs=1)}


def test_what_is_pressing_is_coloured_by_its_days(here: Command, tmp_path: Path) -> None:
    page = opened(here, tmp_path, "agreements")["協定"]
    rules = {
        str(found.sqref): [rule.formula for rule in found.rules] for found in page.conditional_formatting
    }
    expected = [["AND(ISNUMBER($F2),$F2<=30)"], ["AND(ISNUMBER($F2),$F2<=90)"]]
    assert rules == {"E2:E6": expected, "F2:F6": expected, "G2:G6": expected}
    assert page["F1"].value == "残り日数"


def test_no_formula_comes_of_data(run: Command, tmp_path: Path) -> None:
    hostile = "'=HYPERLINK(\"http://example.jp\")'"
    contact = f"contacts: [{{party: 甲, office: {hostile}}}]\n"
    put(tmp_path, text("a", f"{YEARLY}{contact}notes: {hostile}\ntags: [http://example.jp]\n", title=hostile))
    book = opened(run, tmp_path, "a.yaml")
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d"}
    assert book["Agreements"]["B2"].value == '=HYPERLINK("http://example.jp")'
    with ZipFile(tmp_path / "kyotei.xlsx") as parts:
        inner = {name: parts.read(name) for name in parts.namelist()}
    assert not any(
        b"<f>" in part or b"hyperlink" in part.lower() for name, part in inner.items() if "sheet" in name
    )


def test_two_workbooks_of_one_day_are_the_same_bytes(here: Command, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]
    for file in files:
        assert here.at("export", "xlsx", "agreements", "-o", str(file)).status == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def test_days_that_excel_counts_wrongly_are_texts(run: Command, tmp_path: Path) -> None:
    old = (
        text("a", term="term: {start: signing, length: 100 years}\n")
        .replace("2026-03-20", "1900-02-28")
        .replace("100", "10")
    )
    put(tmp_path, old)
    (row,) = rows(opened(run, tmp_path, "a.yaml"), "Agreements")
    assert row["signed"] == "1900-02-28"
    put(tmp_path, old.replace("1900-02-28", "1900-03-01"))
    (row,) = rows(opened(run, tmp_path, "a.yaml"), "Agreements")
    assert row["signed"].date() == date(1900, 3, 1)


def test_a_text_longer_than_a_cell_says_that_it_goes_on(run: Command, tmp_path: Path) -> None:
    """Excel counts in UTF-16: a sign beyond the first plane is two."""
    put(tmp_path, text("a", f"{YEARLY}notes: {'𠮷' * 16384}\n"))
    (row,) = rows(opened(run, tmp_path, "a.yaml"), "Agreements")
    assert len(row["notes"].encode("utf-16-le")) // 2 in {32766, 32767}
    assert row["notes"].endswith("𠮷… (the rest is in the agreement's file)")
    put(tmp_path, text("a", f"{YEARLY}notes: {'あ' * 32767}\n"))
    (row,) = rows(opened(run, tmp_path, "a.yaml"), "Agreements")
    assert row["notes"] == "あ" * 32767


def test_a_workbook_says_what_it_is_and_what_it_lacks(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "r", text("a"))
    put(tmp_path / "r", "id: b\n", "b.yaml")
    assert run.at("export", "xlsx", "r", "-o", "r.xlsx").status == 1
    book = load_workbook(tmp_path / "r.xlsx")
    assert [cell.value for (cell,) in book["About"].iter_rows()] == [
        "As of 2026-11-22, Sun: 1 agreement",
        "Left out, because they cannot be read: r/b.yaml",
        "kyotei counts days and cites its sources. It does not give legal advice.",
    ]
    assert book.properties.created == datetime(2026, 11, 22)  # noqa: DTZ001 (as above)


def test_an_empty_register_has_its_headings(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "r", text("a"))
    assert rows(opened(run, tmp_path, "r", "--tag", "x"), "Agreements") == []
    assert cells(run.at("export", "csv", "r", "--tag", "x").out) == []


def converted(folder: Path, file: Path, sheet: str) -> list[Sequence[str]]:
    """Return a sheet as LibreOffice shows it."""
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        str(OFFICE),
        profile,
        "--headless",
        "--convert-to",
        options,
        "--outdir",
        str(folder),
        str(file),
    ]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=environment)
    with (folder / f"{file.stem}-{sheet}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: apt install libreoffice-calc")
def test_libreoffice_shows_the_same_cells(here: Command, tmp_path: Path) -> None:
    opened(here, tmp_path, SEED)
    head, row = converted(tmp_path, tmp_path / "kyotei.xlsx", "協定")
    shown = dict(zip(head, row, strict=True))
    assert shown.pop("備考").startswith("締結の経緯（記者発表資料）：両者は、")
    assert shown == AGREEMENT
