"""Every file in tests/examples is a test: it marks its own findings.

A comment at a line's end names the findings of that line, `# ! date-invalid` an error and `# ? date-past-era`
a warning; several codes stand side by side. What bears no mark must have no finding.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kyotei.dates.closed_days import OfficeCalendar
from kyotei.dates.length import Length, Unit, parse_length
from kyotei.dates.wareki import parse_date
from kyotei.messages import Language, words
from kyotei.register import load
from kyotei.rules import judged
from kyotei.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.diagnostics import Diagnostic

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "schemas" / "agreement.schema.json"
VALID = sorted((ROOT / "tests" / "examples" / "valid").glob("*.yaml"))
INVALID = sorted((ROOT / "tests" / "examples" / "invalid").glob("*.yaml"))
RULED = sorted((ROOT / "tests" / "examples" / "rules").glob("*/*.yaml"))  # tests/test_rules_examples.py
AGREEMENTS = sorted((ROOT / "agreements").glob("*.yaml"))

SEVERITIES = {"!": "error", "?": "warning"}
MARKED = re.compile("  # ([!?] .*)$")
MARK = re.compile("([!?])((?: [a-z-]+)+)")

UNSEEN_BY_A_SCHEMA = {
    "events": "a schema knows no days, and so no order of events",
    "renewals": "the same",
    "notice-of-nothing": "the same",
    "anchor": "a schema sees values, not how they are written",
    "merge": "the same",
    "tag": "the same",
    "directive": "the same",
    "character-in-a-comment": "comments are gone",
    "character-in-an-escape": "a pattern for every text would be worse",
    "reordering-character": "the same",
    "dates-of-no-calendar": "a pattern knows no calendar",
    "dates-at-odds": "nor eras and weekdays",
    "events-without-number": "it does not count",
    "ends-before-it-starts": "two values would have to be compared",
    "roles": "the same",
    "id-of-another-file": "a schema does not know the file's name",
    "id-taken-first": "nothing is wrong with the first of two",
    "id-taken-second": "a schema sees one file at a time",
}
WITHOUT_EXAMPLE = {
    "value-invalid": "for kinds of errors that the model does not know yet",
    "file-too-large": "more than 256 KiB say nothing to a reader: tests of the reader",
    "yaml-too-many": "nor do 20,000 values",
    "file-not-regular": "about the folder: tests of the register",
    "file-unreadable": "the same",
    "folder-unreadable": "the same",
    "folder-empty": "the same",
    "link-leaves-folder": "the same",
    "link-to-folder": "the same",
    "link-broken": "the same",
    "file-unmerged": "about git's index: tests of the staged register",
    "submodule": "the same",
    "document-old": "about a text to draft from, not about a file of the register: tests of the drafting",
    "document-broken": "the same",
    "document-bomb": "the same",
    "document-kind": "the same",
    "document-changes": "the same",
    "document-encrypted": "the same",
    "document-long": "the same",
    "document-scan": "the same",
    "extra-missing": "the same",
    "toml-invalid": "about kyotei.toml: tests of the settings",
    "setting-unknown": "the same",
    "setting-invalid": "the same",
    "timezone-unknown": "the same",
    "rule-fixed": "the same",
    "option-not-for-type": "about an option of `record`",
    "change-invalid": "the same",
}
FORMAT = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")


@cache
def findings(folder: str) -> Sequence[Diagnostic]:
    """What is found in a folder of examples, which is a register of its own."""
    return judged(load([ROOT / "tests" / "examples" / folder])).diagnostics


def found(file: Path) -> list[tuple[int, str, str]]:
    about = [one for one in findings(file.parent.name) if Path(one.place.file).name == file.name]
    return sorted((one.place.line, str(one.severity), one.code) for one in about)


def marked(file: Path) -> list[tuple[int, str, str]]:
    """The findings that a file marks; in an encoding other than UTF-8 the marks are ASCII all the same."""
    text = file.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    lines = [(number, MARKED.search(line)) for number, line in enumerate(text.split("\n"), 1)]
    return sorted(
        (number, SEVERITIES[sign], code)
        for number, comment in lines
        if comment
        for sign, codes in MARK.findall(comment[1])
        for code in codes.split()
    )


def refused_by_the_schema(*files: Path) -> set[str]:
    """The stems of the files that check-jsonschema refuses."""
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--schemafile",
        SCHEMA,
        "--output-format",
        "json",
        *files,
    ]
    ran = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    report = json.loads(ran.stdout)
    assert ran.returncode == (report["status"] == "fail")
    return {
        Path(one["filename"]).stem for one in [*report.get("errors", []), *report.get("parse_errors", [])]
    }


@pytest.mark.parametrize("file", [*VALID, *INVALID], ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_an_example_has_the_findings_that_it_marks_and_no_others(file: Path) -> None:
    assert found(file) == marked(file)


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_a_valid_example_has_no_error(file: Path) -> None:
    assert [mark for mark in marked(file) if mark[1] == "error"] == []


def test_every_finding_in_a_file_has_an_example() -> None:
    examples = {code for file in [*VALID, *INVALID, *RULED] for _, _, code in marked(file)}
    catalogue = tomllib.loads((ROOT / "src/kyotei/locale/en/finding.toml").read_text(encoding="utf-8"))
    codes = {name.partition(".")[0] for name in catalogue} - {"near"}  # the tail of a sentence
    assert codes - examples == set(WITHOUT_EXAMPLE)


@pytest.mark.parametrize("language", Language)
def test_every_finding_is_said_in_full(language: Language) -> None:
    for one in findings("invalid"):
        assert not re.search(r"[{}]|\"\"|「」", words(language).finding(one))


def test_check_jsonschema_accepts_what_kyotei_accepts() -> None:
    assert refused_by_the_schema(*VALID, *AGREEMENTS) == set()


def test_check_jsonschema_refuses_what_a_schema_can_see() -> None:
    stems = {file.stem for file in INVALID}
    assert stems - refused_by_the_schema(*INVALID) == set(UNSEEN_BY_A_SCHEMA)


def test_the_examples_reached_this_copy_as_they_were_written() -> None:
    crlf, bom = ((ROOT / "tests/examples/valid" / name).read_bytes() for name in ("crlf.yaml", "bom.yaml"))
    assert Counter(crlf)[ord("\r")] == Counter(crlf)[ord("\n")] == 11
    assert bom.startswith(b"\xef\xbb\xbf#")
    assert b"\r" not in b"".join(file.read_bytes() for file in [*VALID, *INVALID] if file.stem != "crlf")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", FORMAT, re.MULTILINE | re.DOTALL)


def test_the_example_in_the_document_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "higashi-nishi-kanko.yaml"
    file.write_text(blocks("yaml")[0], encoding="utf-8")
    assert judged(load([file])).diagnostics == ()
    assert refused_by_the_schema(file) == set()


def test_the_event_in_the_document_fits_the_example(tmp_path: Path) -> None:
    example, events = blocks("yaml")
    file = tmp_path / "higashi-nishi-kanko.yaml"
    file.write_text(example.partition("events:")[0] + events, encoding="utf-8")
    assert judged(load([file])).diagnostics == ()


def test_the_dates_in_the_document_are_one_day() -> None:
    [text] = blocks("text dates")
    assert [parse_date(line) for line in text.splitlines()] == [date(2020, 11, 18)] * 9


def test_the_lengths_in_the_document_are_one_length() -> None:
    [text] = blocks("text lengths")
    assert [parse_length(line) for line in text.splitlines()] == [Length(3, Unit.MONTHS)] * 6


def test_the_document_names_every_key() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    keys = {key for part in [schema, *schema["definitions"].values()] for key in part["properties"]}
    assert sorted(key for key in keys if not re.search(rf"`{key}\b", FORMAT)) == []


def test_the_settings_in_the_document_are_settings(tmp_path: Path) -> None:
    (tmp_path / "kyotei.toml").write_text(blocks("toml")[0], encoding="utf-8")
    settings = load_settings(tmp_path)
    calendar = OfficeCalendar(extra=frozenset({date(2027, 6, 2)}))
    expected = Settings(own_name="横浜市", language="ja", calendar=calendar, file=tmp_path / "kyotei.toml")
    assert settings == replace(expected, register=tmp_path / "agreements")
