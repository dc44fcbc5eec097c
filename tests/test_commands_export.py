"""`kyotei export`: formats, files, filters, and that all formats tell the same days."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from command_line_for_tests import AS_OF, ROOT, Command, settle, started
from kyotei.commands.export import FORMATS
from kyotei.dates.closed_days import OfficeCalendar
from kyotei.dates.length import parse_within
from kyotei.exports import Exported, accounts
from kyotei.messages import Language, words
from kyotei.register import load
from kyotei.tables import status_rows
from registers_for_tests import YEARLY, put, text

if TYPE_CHECKING:
    from pathlib import Path

TODAY, CALENDAR = date(2026, 11, 22), OfficeCalendar()
EXAMPLES = ("agreements", "tests/examples/valid")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    return Command(capfd)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, ROOT)
    return Command(capfd)


Days = dict[str, tuple[str, ...]]


def told(row: dict[str, Any]) -> tuple[str, ...]:
    """A row's days: of a cell the day, nothing for an empty one."""
    names = ("deadline", "safe day", "act by", "period from", "period to")
    cells = (row[name] for name in names)
    return tuple(str(cell or "").removesuffix(" 00:00:00") for cell in cells)


@pytest.mark.parametrize("as_of", ["2020-01-01", "2026-11-22", "2031-04-01"])
def test_every_format_tells_the_days_that_status_tells(here: Command, tmp_path: Path, as_of: str) -> None:
    ran = here("status", *EXAMPLES, "--format", "json", "--as-of", as_of)
    stands = json.loads(ran.out)["agreements"]
    assert len(stands) > 20

    file = tmp_path / "a.xlsx"
    here("export", "xlsx", *EXAMPLES, "--as-of", as_of, "-o", str(file))
    head, *cells = load_workbook(file)["Agreements"].iter_rows(values_only=True)
    book = {str(row[0]): told(dict(zip(map(str, head), row, strict=True))) for row in cells}
    written = here("export", "csv", *EXAMPLES, "--as-of", as_of).out.removeprefix("\ufeff")
    sheet = {row["id"]: told(row) for row in csv.DictReader(io.StringIO(written, newline=""))}
    whole = json.loads(here("export", "json", *EXAMPLES, "--as-of", as_of).out)["agreements"]
    lines = here("export", "jsonl", *EXAMPLES, "--as-of", as_of).out.splitlines()
    page = here("export", "markdown", *EXAMPLES, "--as-of", as_of).out
    feed = Calendar.from_ical(here("export", "ics", *EXAMPLES, "--as-of", as_of).out)
    events = {
        str(event["UID"]): cast("Any", event["DTSTART"]).dt.isoformat() for event in feed.walk("VEVENT")
    }

    assert [{key: each[key] for key in stands[0]} for each in whole] == stands
    assert [{key: json.loads(line)[key] for key in stands[0]} for line in lines] == stands
    for each in stands:
        name, due, period = each["id"], each["next_deadline"] or {}, each["period"]
        days = [due.get(key) or "" for key in ("date", "safe", "act_by")]
        (listed,) = [line for line in page.splitlines() if line.endswith(f"| {name} |")]
        assert days[0] in listed
        assert days[2] in listed
        if due:
            assert book[name][:3] == sheet[name][:3] == tuple(days)
            assert events[f"{name}.objection.{due['period']}@kyotei"] == due["date"]
            assert events[f"{name}.objection-act-by.{due['period']}@kyotei"] == due["act_by"]
        if period:
            assert book[name][3:] == sheet[name][3:] == (period["start"], period["end"] or "")
            assert period["start"] in listed
        if each["ends"]:
            assert events[f"{name}.expiry.{period['number']}@kyotei"] == each["ends"]


def test_the_calendar_has_a_day_for_whatever_is_due_within_a_year(here: Command) -> None:
    due = json.loads(here.at("deadlines", *EXAMPLES, "--within", "1y", "--format", "json").out)["deadlines"]
    feed = Calendar.from_ical(here.at("export", "ics", *EXAMPLES).out)
    events = {
        str(event["UID"]): cast("Any", event["DTSTART"]).dt.isoformat() for event in feed.walk("VEVENT")
    }
    assert len(due) > 10
    assert {
        f"{each['id']}.{each['kind']}.{each['period']}@kyotei": each["date"] for each in due
    }.items() <= events.items()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_makes_the_same_bytes_twice(here: Command, tmp_path: Path, name: str) -> None:
    files = [tmp_path / "a", tmp_path / "b"]
    for file in files:
        ran = here.at("export", name, "agreements", "-o", str(file))
        assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert files[0].read_bytes() == files[1].read_bytes() != b""


@pytest.mark.parametrize("name", FORMATS)
def test_one_bad_file_never_hides_the_good_ones(run: Command, tmp_path: Path, name: str) -> None:
    put(tmp_path / "r", text("a"))
    put(tmp_path / "r", "id: b\n", "b.yaml")
    ran = run.at("export", name, "r", "-o", "out")
    assert ran.status == 1
    assert "r/b.yaml:1:1: error field-missing" in ran.err
    assert (tmp_path / "out").stat().st_size > 100


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ((), ["a", "b", "c"]),
        (("--state", "ending"), ["b"]),
        (("--party", "川崎"), ["c"]),
        (("--tag", "防災"), ["a"]),
        (("--ended",), []),
        (("--stale", "1m"), ["a", "b", "c"]),
    ],
)
def test_the_filters_are_those_of_status(
    run: Command, tmp_path: Path, options: tuple[str, ...], ids: list[str]
) -> None:
    register = tmp_path / "agreements"
    put(register, text("a", f"{YEARLY}tags: [防災]\n"))
    put(register, text("b", clauses=""))
    put(register, text("c").replace("渋谷区", "川崎市"))
    ran = run.at("export", "json", *options)
    assert [each["id"] for each in json.loads(ran.out)["agreements"]] == ids


def test_a_file_is_replaced_and_stdout_has_a_name(run: Command, tmp_path: Path) -> None:
    put(tmp_path, text("a"))
    (tmp_path / "out.csv").write_text("old", encoding="utf-8")
    assert run.at("export", "csv", "a.yaml", "-o", "out.csv").status == 0
    printed = run.at("export", "csv", "a.yaml", "-o", "-").out
    assert (tmp_path / "out.csv").read_bytes().decode() == printed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "out.csv"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("josn",), "kyotei: there is no format josn; did you mean json?\n"),
        (
            ("pdf.",),
            "kyotei: there is no format pdf.; write one of " + ", ".join(FORMATS) + "\n",
        ),
        (("csv", "a.yaml", "--format", "jsonl"), "kyotei: --format is for json only, not for csv\n"),
        (("csv", "a.yaml", "--remind", "90d"), "kyotei: --remind is for ics only, not for csv\n"),
        (
            ("ics", "a.yaml", "--remind", "soon"),
            (
                "kyotei: --remind: soon is not a length; write one whole number and one unit:"
                " 3 months, 1 year, 90 days, 2 weeks, ３か月\n"
            ),
        ),
        (
            ("csv", "a.yaml", "-o", "b.yaml"),
            "kyotei: b.yaml has the name of an agreement's file; give another name with -o\n",
        ),
        (("csv", "a.yaml", "-o", "link"), "kyotei: link is a link; name the file that it leads to\n"),
        (("csv", "a.yaml", "-o", "."), "kyotei: . is not a regular file; give another name with -o\n"),
        (("csv", "a.yaml", "-o", "x/b"), "kyotei: x/b was not written: No such file or directory\n"),
        (("csv", "nothing"), "kyotei: there is no file or folder nothing\n"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    run: Command, tmp_path: Path, args: tuple[str, ...], told: str
) -> None:
    put(tmp_path, text("a"))
    (tmp_path / "link").symlink_to("a.yaml")
    ran = run.at("export", *args)
    assert (ran.status, ran.out, ran.err) == (2, "", told)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml", "link"]


def test_json_may_name_its_form(run: Command, tmp_path: Path) -> None:
    put(tmp_path, text("a"))
    assert (
        run.at("export", "json", "a.yaml", "--format", "json").out == run.at("export", "json", "a.yaml").out
    )
    lines = run.at("export", "jsonl", "a.yaml").out
    assert run.at("export", "jsonl", "a.yaml", "--format", "jsonl").out == lines


@pytest.mark.parametrize("name", ["ics", "xlsx"])
def test_without_its_library_a_format_says_what_to_install(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    put(tmp_path, text("a"))
    library = {"ics": "icalendar", "xlsx": "xlsxwriter"}[name]
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"kyotei.exports.{name}", raising=False)
    ran = run.at("export", name, "a.yaml", "-o", "out")
    sentence = f"kyotei: {name} needs a library that is not installed: pip install 'kyotei[{name}]'\n"
    assert (ran.status, ran.err) == (2, sentence)
    monkeypatch.undo()


@pytest.mark.parametrize("name", ["csv", "ics"])
def test_what_is_missing_of_our_own_is_no_missing_library(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    put(tmp_path, text("a"))
    inner = {"csv": "sheets", "ics": "occasions"}[name]
    monkeypatch.setitem(sys.modules, f"kyotei.exports.{inner}", None)
    for module in ("ics", "delimited"):
        monkeypatch.delitem(sys.modules, f"kyotei.exports.{module}", raising=False)
    assert run.at("export", name, "a.yaml").err.startswith("kyotei: internal failure (ModuleNotFoundError")


def test_a_register_too_long_for_a_workbook_is_refused(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kyotei.exports.xlsx.MOST_ROWS", 3)
    put(tmp_path, text("a"))
    ran = run.at("export", "xlsx", "a.yaml", "-o", "out")
    assert ran.status == 2
    assert ran.err == (
        "kyotei: a workbook holds 1,048,575 rows a sheet, and this register needs 4;"
        " export a part of it, or csv\n"
    )


def test_a_workbook_goes_into_a_pipe_whole(run: Command, tmp_path: Path) -> None:
    put(tmp_path, text("a"))
    run.at("export", "xlsx", "a.yaml", "-o", "a.xlsx")
    ran = started("export", "xlsx", str(tmp_path / "a.yaml"), *AS_OF)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout[:2] == b"PK"


def test_a_workbook_is_not_thrown_at_a_terminal(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, text("a"))
    monkeypatch.setattr("os.isatty", lambda _: True)
    ran = run.at("export", "xlsx", "a.yaml")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "kyotei: xlsx is no text for a terminal; name a file with -o\n"
    assert run.at("export", "xlsx", "a.yaml", "-o", "a.xlsx").status == 0
    assert run.at("export", "csv", "a.yaml").out.startswith("\ufeffid,title,")


def test_what_a_format_gets_has_the_rows_of_deadlines(run: Command, tmp_path: Path) -> None:
    put(tmp_path, text("a"))
    found = accounts(status_rows(load([tmp_path]).entries, TODAY, CALENDAR), CALENDAR)
    exported = Exported(words(Language.EN), TODAY, CALENDAR, found)
    due = json.loads(run.at("deadlines", "a.yaml", "--within", "90d", "--format", "json").out)["deadlines"]
    days = [row.due.date.isoformat() for row in exported.within(parse_within("90d"))]
    assert days == [each["date"] for each in due] == ["2026-12-31"]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_what_is_exported_can_be_imported_to_the_same_standings(
    here: Command, tmp_path: Path, name: str, language: str
) -> None:
    """Every shape of agreement there is, on four days; a cell holds no tab, and a title ends with no line."""
    file = tmp_path / f"list.{name}"
    assert here.at("export", name, *EXAMPLES, "--lang", language, "-o", str(file)).status == 0
    sheet = () if name == "csv" else ("--sheet", {"ja": "協定", "en": "Agreements"}[language])
    ran = here("import", str(file), *sheet, "-r", str(tmp_path / "made"))
    assert "0 with errors" in ran.out + ran.err
    for as_of in ("2019-01-01", "2024-02-29", "2026-11-22", "2031-04-01"):
        before, after = (_standings(here, as_of, *paths) for paths in (EXAMPLES, (str(tmp_path / "made"),)))
        differ = {(one, key) for one, row in before.items() for key in row if row[key] != after[one][key]}
        assert differ == {("crlf", "title"), ("quoting", "parties")}


def _standings(here: Command, as_of: str, *paths: str) -> dict[str, dict[str, Any]]:
    rows = json.loads(here("status", *paths, "--format", "json", "--as-of", as_of).out)["agreements"]
    return {row["id"]: {key: row[key] for key in row if key != "file"} for row in rows}
