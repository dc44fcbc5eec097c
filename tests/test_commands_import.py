"""`kyotei import`: every row of a list becomes a file, an error with its reason, or is counted."""

# ruff: noqa: E501 (rows of tables)
# A row of a table has as many columns as it needs:
# ruff: noqa: PLR0917

from __future__ import annotations

import csv
import json
import sys
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest

from command_line_for_tests import Command, settle
from kyotei.commands import importing
from kyotei.importing.yaml_text import file_text
from kyotei.writing import NotWritten
from lists_for_tests import HEADINGS, SOUND, book_bytes, csv_bytes, put_list
from registers_for_tests import put, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BARE = ("見守り協定", "渋谷区", "2020/13/1", "", "")
CLAUSE = (
    "締結の日から令和3年3月31日まで。ただし、満了日の3か月前までに甲から申出がないときは更に1年間更新し、"
    "以後も同様とする。"
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    (tmp_path / "kyotei.toml").write_text('self = "横浜市"\n', encoding="utf-8")
    return Command(capfd)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "agreements"


def files(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir()) if home.exists() else []


def shape(run: Command, *args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("import", "list.csv", "--format", "json", *args).out)
    return found


def problems(run: Command, *args: str) -> list[tuple[str | None, str]]:
    failed = shape(run, "--dry-run", *args)["failed"]
    return [(problem["cell"], problem["code"]) for one in failed for problem in one["problems"]]


def test_a_row_becomes_a_file_with_the_source_of_each_field(run: Command, tmp_path: Path, home: Path) -> None:
    put_list(tmp_path, SOUND)
    ran = run("import", "list.csv")
    assert ran.status == 0
    assert (home / "shibuya-ku-2020.yaml").read_text(encoding="utf-8") == (
        "# Imported from list.csv, row 2\n"
        "id: shibuya-ku-2020\n"
        "# A2 協定名: 見守り協定\n"
        "title: 見守り協定\n"
        "# C2 締結日: 2020-11-18\n"
        "signed: 2020-11-18\n"
        "# B2 相手方: 渋谷区\n"
        "parties:\n"
        "  - role: 甲\n"
        "    name: 横浜市\n"
        "  - role: 乙\n"
        "    name: 渋谷区\n"
        "term:\n"
        "  # D2 有効期間: 締結の日から令和3年3月31日まで\n"
        "  start: signing\n"
        "  end: 2021-03-31\n"
        "renewal:\n"
        "  # E2 更新: 更新なし\n"
        "  mode: none\n"
    )
    assert ran.out.startswith("1 file was made\n")
    assert ran.err.endswith("1 row: 1 made, 0 exist already, 0 with errors (0 files to be looked at)\n")
    assert run.at("validate", "agreements").status == 0


def test_the_mapping_is_shown_on_stderr(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, (*SOUND, "x", "y"), headings=(*HEADINGS, "決裁番号", "No."))
    err = run("import", "list.csv", "--dry-run").err
    lines = [line.split(maxsplit=2) for line in err.splitlines()[4:11]]
    assert lines == [
        ["A", "協定名", "title"],
        ["B", "相手方", "others"],
        ["C", "締結日", "signed"],
        ["D", "有効期間", "term"],
        ["E", "更新", "renewal"],
        ["F", "決裁番号", "? not read"],
        ["G", "No.", "not read"],
    ]
    assert "--map HEADING=FIELD" in err


def test_a_dry_run_writes_nothing(run: Command, tmp_path: Path, home: Path) -> None:
    put_list(tmp_path, SOUND)
    ran = run("import", "list.csv", "--dry-run")
    assert ran.status == 0
    assert "1 file would be made; nothing was written" in ran.out
    assert "shibuya-ku-2020" in ran.out
    assert "1 would be made" in ran.err
    assert not home.exists()


def test_a_dry_run_of_nothing_sound_shows_no_table(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, BARE)
    ran = run("import", "list.csv", "--dry-run")
    assert (ran.status, ran.out) == (1, "")


def test_an_error_has_place_heading_value_and_what_to_do(run: Command, tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(book_bytes([HEADINGS, BARE]))
    ran = run("import", "list.xlsx")
    assert ran.status == 1
    assert "list.xlsx:台帳!C2: error 締結日: 2020/13/1 is not a day: there is no month 13\n" in ran.err
    assert "list.xlsx:台帳!2: error there is no term; write its last day, " in ran.err


def test_a_second_run_after_mending_makes_only_what_is_missing(
    run: Command, tmp_path: Path, home: Path
) -> None:
    put_list(tmp_path, SOUND, ("防災協定", "川崎市", "2021/5/6", "", "更新なし"))
    first = run("import", "list.csv", "--errors", "bad.csv")
    assert first.status == 1
    assert "kyotei import bad.csv" in first.err
    bad = (tmp_path / "bad.csv").read_bytes()
    assert bad.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(bad.decode("utf-8-sig"))))
    assert rows[0] == [*HEADINGS, "source row", "import errors"]
    assert rows[1][:5] == ["防災協定", "川崎市", "2021/5/6", "", "更新なし"]
    assert rows[1][5] == "3"
    assert rows[1][6].startswith("there is no term; ")
    rows[1][3] = "2022/3/31"
    (tmp_path / "mended.csv").write_bytes(csv_bytes(rows, "cp932"))
    second = run("import", "mended.csv")
    assert second.status == 0
    assert files(home) == ["kawasaki-shi-2021.yaml", "shibuya-ku-2020.yaml"]
    third = run("import", "list.csv")
    assert "2 rows: 0 made, 1 exists already, 1 with errors" in third.err
    assert files(home) == ["kawasaki-shi-2021.yaml", "shibuya-ku-2020.yaml"]


def test_rows_that_fail_again_get_new_reasons(run: Command, tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(book_bytes([HEADINGS, ("=1", *BARE[1:])]))
    run("import", "list.xlsx", "--errors", "bad.csv", "--dry-run")
    run("import", "bad.csv", "--errors", "bad2.csv")
    rows = list(csv.reader(StringIO((tmp_path / "bad2.csv").read_text(encoding="utf-8-sig"))))
    assert rows[0] == [*HEADINGS, "source row", "import errors"]
    assert len(rows[1]) == 7
    assert rows[1][5] == "2"


def test_text_in_the_errors_is_no_formula(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, ("=cmd()", *BARE[1:]))
    run("import", "list.csv", "--errors", "bad.csv")
    assert "'=cmd()" in (tmp_path / "bad.csv").read_text(encoding="utf-8-sig")
    ran = run("import", "bad.csv", "--dry-run", "--format", "json")
    assert json.loads(ran.out)["failed"][0]["problems"][0]["code"] == "date-invalid"


def test_without_errors_none_are_written(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, SOUND)
    assert run("import", "list.csv", "--errors", "bad.csv").status == 0
    assert not (tmp_path / "bad.csv").exists()


# --- What exists


def test_an_agreement_exists_by_its_title_day_and_parties(run: Command, tmp_path: Path, home: Path) -> None:
    put(home, text("other", title="見守り　協定").replace("signed: 2026-03-20", "signed: 2020-11-18"))
    put_list(tmp_path, SOUND)
    assert shape(run)["existing"] == [{"row": 2, "id": "other", "file": "agreements/other.yaml"}]
    assert files(home) == ["other.yaml"]


def test_an_agreement_exists_by_its_id_if_title_or_day_are_the_same(
    run: Command, tmp_path: Path, home: Path
) -> None:
    put(home, text("a"))
    headings, row = ("id", *HEADINGS), ("a", "連携協定", "川崎市", "2019-01-01", "無期限", "")
    put_list(tmp_path, row, headings=headings)
    assert len(shape(run)["existing"]) == 1
    put_list(tmp_path, (*row[:1], "別の協定", *row[2:]), headings=headings)
    assert problems(run) == [("A2", "id-of-another")]


def test_the_id_of_the_list_is_taken(run: Command, tmp_path: Path, home: Path) -> None:
    put_list(tmp_path, ("midori", *SOUND), headings=("id", *HEADINGS))
    assert run("import", "list.csv").status == 0
    assert files(home) == ["midori.yaml"]


def test_an_id_that_is_none_is_a_fault_of_its_cell(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, ("み", *SOUND), headings=("id", *HEADINGS))
    assert problems(run) == [("A2", "id-invalid")]


def test_one_id_or_one_agreement_twice_in_the_list_is_a_failure(run: Command, tmp_path: Path) -> None:
    other = ("別の協定", *SOUND[1:])
    put_list(tmp_path, ("a", *SOUND), ("b", *SOUND), ("a", *other), headings=("id", *HEADINGS))
    assert problems(run) == [(None, "row-twice"), ("A4", "id-twice")]


def test_files_that_are_there_are_never_overwritten(run: Command, tmp_path: Path, home: Path) -> None:
    home.mkdir()
    for name in ("shibuya-ku-2020.yaml", "B.yaml"):
        (home / name).write_bytes(b"id: [")
    put_list(tmp_path, ("", *SOUND), ("b", "別の協定", *SOUND[1:]), headings=("id", *HEADINGS))
    ran = run("import", "list.csv")
    assert ran.status == 1
    assert "agreements/B.yaml:1:6: error" in ran.err
    assert "list.csv:A3: error id: b.yaml exists already and was not touched" in ran.err
    assert files(home) == ["B.yaml", "shibuya-ku-2020-2.yaml", "shibuya-ku-2020.yaml"]
    assert (home / "shibuya-ku-2020.yaml").read_bytes() == b"id: ["


def refusing(error: Exception) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise error

    return refuse


@pytest.mark.parametrize(
    ("what", "error", "said"),
    [
        ("kyotei.commands.importing.create", FileExistsError(), "exists already and was not touched"),
        ("kyotei.commands.importing.create", NotWritten("write-failed", "No space"), "was not written: No space"),
        ("pathlib.Path.mkdir", OSError(30, "Read-only"), "was not written: Read-only"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_a_failure_of_its_row(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, error: Exception, said: str
) -> None:
    put_list(tmp_path, SOUND)
    with monkeypatch.context() as patched:
        patched.setattr(what, refusing(error))
        ran = run("import", "list.csv")
    assert ran.status == 1
    assert f"list.csv:2: error agreements/shibuya-ku-2020.yaml {said}" in ran.err
    assert ran.err.endswith("1 row: 0 made, 0 exist already, 1 with errors (0 files to be looked at)\n")


def test_errors_that_cannot_be_written_are_told(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_list(tmp_path, BARE)
    with monkeypatch.context() as patched:
        patched.setattr(importing, "create", refusing(NotWritten("write-failed", "No space")))
        ran = run("import", "list.csv", "--errors", "bad.csv")
    assert ran.status == 2
    assert ran.err.endswith("kyotei: bad.csv was not written: No space\n")


def test_a_file_that_would_be_read_otherwise_is_not_made(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "kyotei.importing.outcomes.file_text"
    monkeypatch.setattr(other, lambda *args: file_text(*args).replace("見守り", "見張り"))
    put_list(tmp_path, SOUND)
    assert problems(run) == [(None, "not-as-meant")]


def test_a_file_that_is_too_large_is_no_file(run: Command, tmp_path: Path) -> None:
    headings = (*HEADINGS, *(f"備考{number}" for number in range(10)))
    put_list(tmp_path, (*SOUND, *(["あ" * 10_000] * 10)), headings=headings)
    maps = [arg for number in range(10) for arg in ("--map", f"備考{number}=notes")]
    assert problems(run, *maps) == [(None, "file-too-large")]


# --- Rows


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("", "渋谷区", "2020-11-18", "無期限", ""), [(None, "title-missing")]),
        (("A", "渋谷区", "", "無期限", ""), [(None, "signed-missing")]),
        (("A", "-", "2020-11-18", "無期限", ""), [(None, "parties-missing")]),
        (("A", "渋谷区", "2020-11-18", "", ""), [(None, "term-missing")]),
        (("A", "渋谷区", "2020-11-18", "1年間", ""), [("D2", "start-missing")]),
        (("A", "渋谷区", "2020-11-18", "2021-03-31", "自動更新"), [("E2", "renewal-length-missing")]),
        (("A", "渋谷区", "2020-11-18", "2021-03-31", "3か月前までに書面で申し出る"), [("E2", "cell-clause")]),
        (("A", "渋谷区", "2020-11-18", "2019-03-31", ""), [("D2", "end-before-start")]),
        (("A", "横浜市", "2020-11-18", "無期限", ""), [("B2", "too-few")]),
        (("A", "渋谷区\x1b", "2020-11-18", "無期限", ""), [("B2", "character-forbidden")]),
        (("〃", "渋谷区", "2020-11-18", "無期限", ""), [("A2", "cell-ditto")]),
    ],
)
def test_a_row_that_lacks_something_says_what(
    run: Command, tmp_path: Path, row: tuple[str, ...], expected: list[tuple[str | None, str]]
) -> None:
    put_list(tmp_path, row)
    assert problems(run) == expected


def test_what_two_cells_say_must_agree(run: Command, tmp_path: Path) -> None:
    headings = (*HEADINGS, "終期", "始期")
    put_list(
        tmp_path,
        (*SOUND, "2021-03-31", "締結日"),
        (*SOUND[:3], *SOUND[3:], "2022-03-31", ""),
        headings=headings,
    )
    found = shape(run, "--dry-run")
    assert [one["row"] for one in found["made"]] == [2]
    (failed,) = found["failed"]
    assert failed["problems"][0] == {
        "cell": "F3",
        "heading": "終期",
        "value": "2022-03-31",
        "code": "cells-contradict",
        "message": "終期: it says 2022-03-31 here, but 2021-03-31 in D3; mend one of them",
    }


def test_a_clause_that_is_incomplete_is_a_problem(run: Command, tmp_path: Path) -> None:
    headings = (*HEADINGS[:4], "更新期間", "申出の方式")
    put_list(tmp_path, (*SOUND[:4], "1年", "書面"), headings=headings)
    assert problems(run) == [("E2", "renewal-incomplete"), ("F2", "notice-incomplete")]


def test_a_row_that_may_belong_to_the_one_above_stops_both(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, SOUND, ("", "川崎市", "", "", ""), ("B", *SOUND[1:]))
    assert problems(run) == [(None, "row-above-loose"), (None, "row-loose")]


def test_merged_rows_are_one_agreement_with_all_their_parties(
    run: Command, tmp_path: Path, home: Path
) -> None:
    rows = [HEADINGS, SOUND, (None, "川崎市", None, None, None)]
    merged = ["A2:A3", "C2:C3", "D2:D3", "E2:E3"]
    (tmp_path / "list.xlsx").write_bytes(book_bytes(rows, merged=merged))
    assert run("import", "list.xlsx").status == 0
    assert "  - role: 丙\n    name: 川崎市\n" in (home / files(home)[0]).read_text(encoding="utf-8")


def test_merged_rows_with_two_values_for_one_field_are_a_problem(run: Command, tmp_path: Path) -> None:
    rows = [HEADINGS, SOUND, (None, "川崎市", "2020-11-19", None, None)]
    (tmp_path / "list.xlsx").write_bytes(book_bytes(rows, merged=["A2:A3"]))
    ran = run("import", "list.xlsx")
    assert "list.xlsx:台帳!C3: error 締結日, 2020-11-19: the merged rows hold different values" in ran.err


def test_rows_passed_over_are_told(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, SOUND, HEADINGS, ("※ 注", "", "", "", ""), ("計 1件", "", "", "", ""))
    ran = run("import", "list.csv", "--dry-run")
    assert [line for line in ran.err.splitlines() if line.startswith("Passed")] == [
        "Passed over as totals: rows 5",
        "Passed over as remarks or headings in between: rows 4",
        "Passed over as headings repeated: rows 3",
    ]
    assert shape(run, "--dry-run")["passed"][0] == {"row": 3, "reason": "heading"}


# --- What is to be looked at


def test_what_is_doubtful_stands_in_the_file_and_is_told(run: Command, tmp_path: Path, home: Path) -> None:
    put_list(tmp_path, (*SOUND[:3], "2021/3/31", CLAUSE.partition("。")[2]))
    ran = run("import", "list.csv")
    assert ran.status == 0
    written = (home / "shibuya-ku-2020.yaml").read_text(encoding="utf-8")
    assert (
        "  # CHECK: no first day is stated; the term was taken to begin with the signing\n  start" in written
    )
    assert (
        "  # CHECK: only a day stands here; it was read as the last day of the term (2021-03-31)\n" in written
    )
    assert "  # CHECK: the roles (甲, 乙, …) follow the order of the list" in written
    assert "list.csv:D2: warning shibuya-ku-2020: no first day is stated" in ran.err
    assert "(1 file to be looked at)" in ran.err
    assert "3 places" in ran.out


def test_strict_makes_an_error_of_what_is_doubtful(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, (*SOUND[:3], "2021/3/31", ""))
    assert problems(run, "--strict") == [("D2", "check-end"), ("D2", "check-start")]


def test_roles_that_the_list_states_are_not_doubted(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, (SOUND[0], "甲：渋谷区\n乙：横浜市", SOUND[2], CLAUSE, ""))
    (made,) = shape(run, "--dry-run")["made"]
    assert made["checks"] == []


def test_warnings_of_the_rules_are_told(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, (*SOUND[:4], "自動更新（1年）"))
    ran = run("import", "list.csv", "--dry-run")
    assert "list.csv:2: warning shibuya-ku-2020: notice-missing " in ran.err
    assert "notice-missing" in ran.out
    assert shape(run, "--dry-run")["made"][0]["warnings"][0]["code"] == "notice-missing"


@pytest.mark.parametrize(
    ("clause", "lines"),
    [
        (("締結の日から1年間", "合意による更新"), ["from signing", "→ 1 year", "renews by consent"]),
        (("無期限", ""), ["from signing", "→ no end"]),
        (("2020/12/1～2021/3/31", "なし"), ["2020-12-01", "→ 2021-03-31", "no renewal"]),
    ],
)
def test_the_term_is_shown_in_few_words(
    run: Command, tmp_path: Path, clause: tuple[str, str], lines: list[str]
) -> None:
    put_list(tmp_path, (*SOUND[:3], *clause))
    out = run("import", "list.csv", "--dry-run").out
    assert all(line in out for line in lines)


# --- Contacts, remarks


def contacts(home: Path) -> str:
    (file,) = home.iterdir()
    return file.read_text(encoding="utf-8").partition("mode: none\n")[2]


@pytest.mark.parametrize(
    ("office", "phone", "written"),
    [
        ("市民課", "045-671-1", ["  - party: 甲", "    office: 市民課", "    phone: 045-671-1"]),
        ("市民課", "1\n2", ["  - party: 甲", "    office: 市民課", "    phone: 1、2"]),
        ("市民課\n防災課", "1\n2", [
            "  - party: 甲", "    office: 市民課", "    phone: 1", "  - party: 甲", "    office: 防災課", "    phone: 2",
        ]),
        ("市民課\n防災課", "1", [
            "  - party: 甲", "    office: 市民課", "  - party: 甲", "    office: 防災課", 'notes: "電話: 1"',
        ]),
        ("", "1", ['notes: "電話: 1"']),
    ],
)  # fmt: skip
def test_offices_get_their_telephones(
    run: Command, tmp_path: Path, home: Path, office: str, phone: str, written: list[str]
) -> None:
    put_list(tmp_path, (*SOUND, office, phone), headings=(*HEADINGS, "所管課", "電話"))
    assert run("import", "list.csv").status == 0
    lines = contacts(home).splitlines()
    assert [line for line in lines if line[0] != "#" and line != "contacts:"] == written


def test_unknown_columns_are_kept_as_remarks_if_wished_for(run: Command, tmp_path: Path, home: Path) -> None:
    put_list(tmp_path, (*SOUND, "一\n二", "起1", "x"), headings=(*HEADINGS, "備考", "決裁番号", ""))
    assert "notes (kept as a remark)" in run("import", "list.csv", "--unknown", "notes").err
    assert "notes: |-\n  一\n  二\n  決裁番号: 起1\n  H: x\n" in contacts(home)


def test_unknown_columns_may_be_refused(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, (*SOUND, "起1"), headings=(*HEADINGS, "決裁番号"))
    ran = run("import", "list.csv", "--unknown", "refuse")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("kyotei: columns that nobody reads: 決裁番号; ")


def test_remarks_that_yaml_would_read_otherwise_are_quoted(run: Command, tmp_path: Path, home: Path) -> None:
    put_list(tmp_path, (*SOUND, "a: b # c\n- d", "#1、true"), headings=(*HEADINGS, "備考", "分野"))
    assert run("import", "list.csv").status == 0
    assert 'tags:\n  - "#1"\n  - true\n' in contacts(home)
    assert "notes: |-\n  a: b # c\n  - d\n" in contacts(home)


# --- Options


def test_mappings_are_read_from_the_line_and_from_a_file(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, SOUND, headings=("あ", "い", *HEADINGS[2:]))
    (tmp_path / "map.txt").write_bytes("# 対応\n\nあ=title\nい=tags\n".encode("cp932"))
    assert run("import", "list.csv", "--dry-run", "--map-file", "map.txt", "--map", "い=others").status == 0


def test_defaults_fill_what_the_list_leaves_open(run: Command, tmp_path: Path, home: Path) -> None:
    put_list(
        tmp_path,
        ("A", "渋谷区", "2020-11-18", "1年間", "自動更新"),
        ("B", "川崎市", "2020-11-18", "2021/3/31", "自動更新（2年）"),
        ("C", "大和市", "2020-11-18", "無期限", "更新なし"),
    )
    defaults = [
        "term.start=signing", "term.length=3年", "renewal.length=1年", "renewal.to=03-31", "notice.before_end=3か月",
        "renewal.mode=none",
    ]  # fmt: skip
    ran = run("import", "list.csv", *(arg for each in defaults for arg in ("--default", each)))
    assert ran.status == 0
    first, second, third = (
        (home / f"{name}-2020.yaml").read_text(encoding="utf-8")
        for name in ("shibuya-ku", "kawasaki-shi", "yamato-shi")
    )
    assert "  # --default term.start: signing\n  start: signing\n" in first
    assert "  length: 1 year\n" in first
    assert "  before_end: 3 months\n" in first
    assert "length: 2 years" in second
    assert "notice:" not in third


def test_a_default_that_cannot_be_read_is_a_problem_of_its_rows(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, (*SOUND[:4], "自動更新"))
    ran = run("import", "list.csv", "--default", "renewal.length=1")
    assert "list.csv:2: error --default renewal.length: 1 is not a length; " in ran.err


def test_our_own_name_may_be_given(run: Command, tmp_path: Path, home: Path) -> None:
    put_list(tmp_path, SOUND)
    assert run("import", "list.csv", "--self", "川崎市").status == 0
    assert "    name: 川崎市\n" in (home / "shibuya-ku-2020.yaml").read_text(encoding="utf-8")


def test_another_register_and_the_schema_are_named(run: Command, tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "agreement.schema.json").write_text("{}")
    put_list(tmp_path, SOUND)
    assert run("import", "list.csv", "-r", "台帳/部").status == 0
    written = (tmp_path / "台帳" / "部" / "shibuya-ku-2020.yaml").read_text(encoding="utf-8")
    assert written.startswith(
        "# yaml-language-server: $schema=../../schemas/agreement.schema.json\n# Imported"
    )


def test_ids_may_be_numbers(run: Command, tmp_path: Path, home: Path) -> None:
    put_list(tmp_path, SOUND)
    assert run("import", "list.csv", "--ids", "number").status == 0
    assert files(home) == ["2020-001.yaml"]


def test_without_the_extra_ids_are_numbers(
    run: Command, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "kyotei.importing.romaji", None)
    put_list(tmp_path, SOUND)
    asked = run("import", "list.csv", "--ids", "romaji")
    assert (asked.status, asked.err) == (2, "kyotei: this needs pip install 'kyotei[romaji]'\n")
    ran = run("import", "list.csv")
    assert ran.err.startswith("Ids are years and numbers: ")
    assert files(home) == ["2020-001.yaml"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("none.csv",), "kyotei: none.csv cannot be opened: No such file or directory\n"),
        (("list.csv", "--map", "協定名"), "kyotei: --map 協定名: write HEADING=FIELD\n"),
        (("list.csv", "--map", "協定=title"), "kyotei: --map: list.csv has no column 協定 ("),
        (("list.csv", "--map", "協定名=x"), "kyotei: --map: there is no field x; "),
        (("list.csv", "--map-file", "none"), "kyotei: none cannot be opened: No such file or directory\n"),
        (("list.csv", "--default", "x"), "kyotei: --default x: write FIELD=VALUE\n"),
        (("list.csv", "--default", "id=x"), "kyotei: --default: id has no value for all; "),
        (("list.csv", "--sheet", "x"), "kyotei: list.csv is CSV and has no sheets; leave out --sheet\n"),
        (("list.csv", "--errors", "list.csv"), "kyotei: list.csv exists already and was not touched\n"),
        (("list.csv", "--errors", "no/bad.csv"), "kyotei: there is no file or folder no\n"),
        (("list.csv", "--map", "相手方=ignore"), "kyotei: list.csv lacks columns: others; "),
        (("list.csv", "--map", "D=ignore", "--map", "A=ignore", "--map", "C=ignore"), "kyotei: list.csv lacks columns: title, signed, term; "),
        (("list.csv", "-r", "list.csv"), "kyotei: list.csv is not a folder; "),
        (("list.csv", "-r", ""), 'kyotei: there is no file or folder ""'),
    ],
)  # fmt: skip
def test_a_wrong_use_is_refused(
    run: Command, tmp_path: Path, home: Path, options: tuple[str, ...], said: str
) -> None:
    put_list(tmp_path, SOUND)
    ran = run("import", *options)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert not home.exists()


def test_a_list_of_the_others_needs_our_name(run: Command, tmp_path: Path) -> None:
    (tmp_path / "kyotei.toml").unlink()
    put_list(tmp_path, SOUND)
    ran = run("import", "list.csv")
    assert ran.status == 2
    assert ran.err.startswith("kyotei: the list names only the others, so our own name is needed; ")
    put_list(tmp_path, (SOUND[0], "横浜市、渋谷区", *SOUND[2:]), headings=("協定名", "当事者", *HEADINGS[2:]))
    assert run("import", "list.csv").status == 0


# --- What the answer is for scripts


def test_the_answer_for_scripts(run: Command, tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_bytes(
        book_bytes([(*HEADINGS, "相手方名"), (*SOUND[:3], "2021/3/31", "なし", None)])
    )
    ran = run("import", "list.xlsx", "--dry-run", "--format", "json", "--map", "F=ignore")
    assert json.loads(ran.out) == {
        "schema_version": 1,
        "file": "list.xlsx",
        "sheet": "台帳",
        "dry_run": True,
        "columns": [
            {"column": "A", "heading": "協定名", "field": "title"},
            {"column": "B", "heading": "相手方", "field": "others"},
            {"column": "C", "heading": "締結日", "field": "signed"},
            {"column": "D", "heading": "有効期間", "field": "term"},
            {"column": "E", "heading": "更新", "field": "renewal"},
            {"column": "F", "heading": "相手方名", "field": "ignore"},
        ],
        "made": [
            {
                "row": 2,
                "id": "shibuya-ku-2020",
                "file": "agreements/shibuya-ku-2020.yaml",
                "checks": [
                    {
                        "field": "term.end",
                        "cell": "D2",
                        "message": "only a day stands here; it was read as the last day of the term (2021-03-31)",
                    },
                    {
                        "field": "term.start",
                        "cell": "D2",
                        "message": "no first day is stated; the term was taken to begin with the signing",
                    },
                ],
                "warnings": [],
            }
        ],
        "existing": [],
        "failed": [],
        "passed": [],
    }


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("columns", [40, 80, 200])
def test_data_drives_no_terminal(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, columns: int
) -> None:
    monkeypatch.setenv("KYOTEI_LANG", language)
    monkeypatch.setenv("COLUMNS", str(columns))
    rows = [("\x1b[31m", *SOUND[1:], "\x1b]0;x\x07"), ("[red]:bomb:[/x]", *SOUND[1:], "")]
    put_list(tmp_path, *rows, headings=(*HEADINGS, "\x1b[5m見出し\u202e"))
    ran = run("import", "list.csv", "--unknown", "notes", "--errors", "bad.csv")
    assert ran.status == 1
    assert "\x1b" not in ran.out + ran.err
    assert "\u202e" not in ran.err
    assert "[red]:bomb:[/x]" in ran.out.replace("\n", "")


def test_a_list_gives_several_columns_for_one_field(run: Command, tmp_path: Path, home: Path) -> None:
    headings = (*HEADINGS, "分野", "区分", "申出期限")
    put_list(
        tmp_path, (*SOUND[:4], "自動更新（1年）", "防災、福祉", "防災、環境", "3か月前"), headings=headings
    )
    assert run("import", "list.csv").status == 0
    written = (home / "shibuya-ku-2020.yaml").read_text(encoding="utf-8")
    assert "tags:\n  - 防災\n  - 福祉\n  - 環境\n" in written


def test_a_finding_in_an_event_is_one_of_its_cell(run: Command, tmp_path: Path) -> None:
    event = '{"on": "2020-12-01", "type": "notise"}'
    put_list(tmp_path, (*SOUND, event), headings=(*HEADINGS, "経緯（データ）"))
    ran = run("import", "list.csv")
    assert "list.csv:F2: error 経緯（データ）" in ran.err
    assert 'did you mean "notice"?' in ran.err


def test_a_register_is_one_folder(run: Command, tmp_path: Path) -> None:
    put_list(tmp_path, SOUND)
    assert run("import", "list.csv", "-r", "x", "-r", "y").err.startswith(
        "kyotei: a draft goes into one folder"
    )
