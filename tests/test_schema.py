from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import unicodedata
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kyotei.__main__ import main
from kyotei.dates.length import parse_length
from kyotei.dates.month_day import parse_month_day
from kyotei.dates.wareki import parse_date
from kyotei.diagnostics import Fault
from kyotei.entry import read_entry
from kyotei.messages import Language, words
from kyotei.schema import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent
FILE = ROOT / "schemas" / "agreement.schema.json"
EXAMPLES = sorted((ROOT / "tests" / "examples").glob("*/*.yaml"))

PLACES_OF_SCHEMAS = {"properties", "definitions"}
DRAFT_07 = {
    "$schema", "$id", "$ref", "title", "description", "default", "examples", "definitions",
    "type", "enum", "const", "minimum", "maximum", "minLength", "pattern",
    "items", "minItems", "properties", "required", "additionalProperties", "minProperties",
    "if", "then", "allOf", "anyOf", "oneOf", "not",
}  # fmt: skip

AGREEMENT = """
id: test
title: 連携協定
signed: 2026-03-20
parties: [{role: 甲, name: 東市}, {role: 乙, name: 西市}]
"""
AMENDMENT = "on: 2026-05-01, type: amendment, effective: 2026-05-01"
TERM = "term: {start: 2026-04-01, end: 2027-03-31}\n"
ACCEPTED = {
    "end": "term: {start: signing, end: indefinite}",
    "length": "term: {start: 2026-04-01, length: 1 year}",
    "automatic with length": TERM + "renewal: {mode: automatic, length: 1 year}",
    "automatic with to": TERM + "renewal: {mode: automatic, to: 03-31}",
    "consent with length": TERM + "renewal: {mode: by-consent, length: 1 year}",
    "consent alone": TERM + "renewal: {mode: by-consent}",
    "none with to": TERM + "renewal: {mode: none, to: 03-31}",
    "limit total": TERM + "renewal: {mode: none, limit: {total: 5 years}}",
    "notice by date": TERM + "notice: {by_date: 01-31, by: [甲]}",
    "notice of no days": TERM + "notice: {before_end: 0日}",
    "renewal event alone": TERM + "events: [{on: 2026-04-01, type: renewal}]",
    "change of a length": TERM + f"events: [{{{AMENDMENT}, changes: {{term: {{length: 2 years}}}}}}]",
    "digits in quotes": TERM + "originals: '0002'",
    "truth in quotes": TERM + "events: [{on: 2026-04-01, type: notice, by: 甲, accepted: 'false'}]",
}
REFUSED = {
    "no term": "notes: x",
    "neither end nor length": "term: {start: signing}",
    "both end and length": "term: {start: signing, end: 2027-03-31, length: 1 year}",
    "another start": "term: {start: signed, end: 2027-03-31}",
    "automatic without length": TERM + "renewal: {mode: automatic}",
    "automatic with both": TERM + "renewal: {mode: automatic, length: 1 year, to: 03-31}",
    "consent with both": TERM + "renewal: {mode: by-consent, length: 1 year, to: 03-31}",
    "renewal without mode": TERM + "renewal: {length: 1 year}",
    "empty limit": TERM + "renewal: {mode: none, limit: {}}",
    "two limits": TERM + "renewal: {mode: none, limit: {times: 2, total: 5 years}}",
    "limit of nought": TERM + "renewal: {mode: none, limit: {times: 0}}",
    "limit in words": TERM + "renewal: {mode: none, limit: {times: '000'}}",
    "limit too great": TERM + "renewal: {mode: none, limit: {times: 10000}}",
    "notice without day": TERM + "notice: {by: either}",
    "notice with both": TERM + "notice: {by_date: 01-31, before_end: 3 months}",
    "notice by nobody": TERM + "notice: {by_date: 01-31, by: []}",
    "notice by one": TERM + "notice: {by_date: 01-31, by: 甲}",
    "notice of no months": TERM + "notice: {before_end: 0 months}",
    "termination of no days": TERM + "termination: {notice: 0 days}",
    "renewal event with both": TERM
    + "events: [{on: 2026-04-01, type: renewal, until: 2028-03-31, length: 1 year}]",
    "event without type": TERM + "events: [{on: 2026-04-01}]",
    "event of no type": TERM + "events: [{on: 2026-04-01, type: notise}]",
    "event with a key of another": TERM + "events: [{on: 2026-04-01, type: review, by: 甲}]",
    "event that is a word": TERM + "events: [review]",
    "notice event by nobody": TERM + "events: [{on: 2026-04-01, type: notice}]",
    "no change": TERM + f"events: [{{{AMENDMENT}, changes: {{}}}}]",
    "change of a start": TERM + f"events: [{{{AMENDMENT}, changes: {{term: {{start: signing}}}}}}]",
    "truth in other words": TERM + "events: [{on: 2026-04-01, type: notice, by: 甲, accepted: yes}]",
    "one party": TERM + "parties: [{role: 甲, name: 東市}]",
    "unknown key": TERM + "extra: 1",
    "no value": TERM + "notes:",
    "empty value": TERM + "notes: ''",
    "id in capitals": TERM + "id: TEST",
}
READERS: dict[str, Callable[[str], object]] = {
    "date": parse_date,
    "length": parse_length,
    "notice-length": partial(parse_length, zero=True),
    "month-day": parse_month_day,
}


@cache
def schema() -> Any:  # noqa: ANN401 (JSON)
    return json.loads(FILE.read_text(encoding="utf-8"))


def parts(found: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 (JSON)
    """Yield every schema inside a schema with its place; what stands under `examples` and so on is data."""
    if isinstance(found, list):
        for number, inner in enumerate(found):
            yield from parts(inner, f"{place}/{number}")
    elif isinstance(found, dict):
        if place.rpartition("/")[2] not in PLACES_OF_SCHEMAS:
            yield place, found
        for key, inner in found.items():
            if key not in {"examples", "default", "const", "enum", "required", "type"} or place.endswith(
                "properties"
            ):
                yield from parts(inner, f"{place}/{key}")


def mappings() -> dict[str, Any]:
    """The schemas of all mappings by the names of their models."""
    return {"Agreement": schema(), **schema()["definitions"]}


def rows(table: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "tables" / table).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def accepted_texts() -> list[tuple[str, str]]:
    """The form and the text of every row of the tables that a reader accepts."""
    dates = [("date", row["text"]) for row in rows("dates_accepted.csv")]
    forms = {"length": "length", "zero": "notice-length"}
    found = [row for row in rows("lengths.csv") if row["reader"] in forms and "invalid" not in row["result"]]
    return [*dates, *((forms[row["reader"]], row["text"]) for row in found), ("month-day", "02-29")]


def matches(form: str, text: str) -> bool:
    return re.search(FORMS[form]["pattern"], text) is not None


def is_read(form: str, text: str) -> bool:
    try:
        READERS[form](text)
    except Fault:
        return False
    return True


def refused(schema_file: Path, *files: Path) -> set[str]:
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--schemafile",
        schema_file,
        "-o",
        "json",
        *files,
    ]
    report = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    return {
        Path(one["filename"]).stem for one in [*report.get("errors", []), *report.get("parse_errors", [])]
    }


def test_the_file_is_what_the_command_prints(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["schema"]) == 0
    answer, told = capfdbinary.readouterr()
    assert told == b""
    assert answer == FILE.read_bytes(), "kyotei schema > schemas/agreement.schema.json"


def test_the_schema_is_for_people_too() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert text.startswith('{\n  "$schema": "https://json-schema.org/draft/2020-12/schema",\n')
    assert text.endswith("}\n")
    assert "\\u" not in text
    assert schema()["$id"] == "urn:kyotei:schema:agreement:1"
    assert schema()["title"] == "連携協定のファイル / A cooperation agreement's file"
    assert "pydantic" not in text


def test_the_schema_is_a_schema() -> None:
    command: list[str | Path] = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", FILE]
    ran = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert (ran.returncode, ran.stdout.strip()) == (0, "ok -- validation done")


def test_every_keyword_is_known_to_draft_07() -> None:
    assert {keyword for _, part in parts(schema()) for keyword in part} == DRAFT_07


def test_a_reader_of_draft_07_judges_alike(tmp_path: Path) -> None:
    older = tmp_path / "draft-07.json"
    older.write_text(
        json.dumps({**schema(), "$schema": "http://json-schema.org/draft-07/schema#"}), encoding="utf-8"
    )
    assert refused(older, *EXAMPLES) == refused(FILE, *EXAMPLES)


def test_every_mapping_is_closed() -> None:
    open_ones = [name for name, part in mappings().items() if part["additionalProperties"] is not False]
    assert open_ones == []


def test_every_mapping_and_key_is_described_in_japanese_and_english() -> None:
    keys = {
        f"{name}.{key}": told for name, part in mappings().items() for key, told in part["properties"].items()
    }
    for part in [
        *mappings().values(),
        *keys.values(),
        schema()["properties"]["events"]["items"]["properties"]["type"],
    ]:
        japanese, slash, english = part["description"].partition(" / ")
        assert slash
        assert re.search("[ぁ-ヿ一-鿿]", japanese)
        assert not re.search("[ぁ-ヿ一-鿿]", english.replace("甲, 乙, 丙", ""))


@pytest.mark.parametrize("language", Language)
def test_every_description_describes_something(language: Language) -> None:
    keys = {f"{name}.{key}" for name, part in mappings().items() for key in part["properties"]}
    assert set(words(language).table["schema"]) == {"title", "Event.type", *mappings(), *keys}


@pytest.mark.parametrize(("form", "text"), accepted_texts())
def test_a_pattern_lets_through_what_its_reader_accepts(form: str, text: str) -> None:
    assert is_read(form, text)
    assert matches(form, text)


def test_a_pattern_lets_through_every_sign_that_folds_into_a_common_one() -> None:
    folded = (
        (chr(number), unicodedata.normalize("NFKC", chr(number)))
        for number in range(0x80, sys.maxunicode + 1)
    )
    signs = [(sign, plain) for sign, plain in folded if plain.isascii() or plain in "年月日令和平成元か月"]
    common = [("date", "R2.11.18"), ("date", "2020-11-18"), ("date", "令和2年1月1日"), ("length", "1か月")]
    for form, text in [*common, ("length", "1 day"), ("length", "p1d"), ("month-day", "12-01")]:
        variants = {text.replace(plain, sign) for sign, plain in signs if plain and plain != sign}
        assert [
            variant for variant in variants if is_read(form, variant) and not matches(form, variant)
        ] == []


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("date", "2020/11/18"),
        ("date", "2020-1-5"),
        ("date", "20201118"),
        ("date", "2020-13-01"),
        ("date", "2020-11-18T10:00"),
        ("date", "0000-01-01"),
        ("date", "November 18 2020"),
        ("date", "signed"),
        ("date", "締結日"),
        ("date", "未定"),
        ("date", ""),
        ("length", "3"),
        ("length", "1 year 6 months"),
        ("length", "1年6か月"),
        ("length", "1年半"),
        ("length", "1.5 years"),
        ("length", "3か月前"),
        ("length", "-3 months"),
        ("length", "3m"),
        ("length", "0 days"),
        ("length", "three months"),
        ("notice-length", "0 months"),
        ("notice-length", "P0M"),
        ("month-day", "3月31日"),
        ("month-day", "13-01"),
        ("month-day", "3-31"),
        ("month-day", "2026-03-31"),
    ],
)
def test_a_pattern_refuses_what_is_plainly_wrong(form: str, text: str) -> None:
    assert not is_read(form, text)
    assert not matches(form, text)


@pytest.mark.parametrize("form", READERS)
def test_the_examples_in_the_schema_are_right(form: str) -> None:
    assert [text for text in FORMS[form]["examples"] if not is_read(form, text)] == []


def test_the_schema_and_the_model_judge_alike(tmp_path: Path) -> None:
    cases = {**ACCEPTED, **REFUSED}
    files = [tmp_path / f"{name}.yaml" for name in cases]
    for file, text in zip(files, cases.values(), strict=True):
        repeated = {line.partition(":")[0] for line in text.splitlines()}
        kept = [line for line in AGREEMENT.splitlines() if line.partition(":")[0] not in repeated]
        file.write_text("\n".join([*kept, text]), encoding="utf-8")
    assert refused(FILE, *files) == set(REFUSED)
    assert {file.stem for file in files if read_entry(file.read_bytes(), file.name)[0] is None} == set(
        REFUSED
    )
