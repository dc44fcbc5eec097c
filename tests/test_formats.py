"""Findings as other programs read them; each format is also read back by a reader that is not ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_sarif.model import (  # type: ignore[import-untyped] # it ships no types
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as Log,
)

from command_line_for_tests import Command, settle
from kyotei.diagnostics import Diagnostic, Place, Severity
from kyotei.formats.github import annotation_lines
from kyotei.formats.junit import junit_report
from kyotei.formats.sarif import sarif_log
from kyotei.messages import Language, words
from registers_for_tests import put, text

if TYPE_CHECKING:
    from pathlib import Path

ERROR, WARNING = Severity.ERROR, Severity.WARNING
EN, JA = words(Language.EN), words(Language.JA)
NAMES = st.text(min_size=1).filter(lambda name: "\0" not in name)
NASTY = "台帳/a b%,:\n\x1b[31m\udcff.yaml"
"""Japanese, a space, what GitHub escapes, a line break, an escape, a byte that is no UTF-8."""


def finding(
    file: str = "a.yaml", severity: Severity = ERROR, message: str = "field-unknown", **values: str
) -> Diagnostic:
    return Diagnostic(Place(file, 3, 7), severity, message, {"key": "x", **values})


# GitHub: https://github.com/actions/toolkit, packages/core/src/command.ts


def unescaped(line: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command as the runner does."""
    head, _, data = line.removeprefix("::").partition("::")
    command, _, properties = head.partition(" ")
    pairs = (pair.partition("=") for pair in properties.split(","))

    def plain(value: str) -> str:
        for escape, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(escape, sign)
        return value

    return command, {name: plain(value) for name, _, value in pairs}, plain(data)


def test_a_finding_is_an_annotation_with_its_place_and_its_code() -> None:
    found = [finding(), finding("b.yaml", WARNING)]
    assert annotation_lines(EN, found) == (
        '::error file=a.yaml,line=3,col=7,title=field-unknown::unknown key "x"\n'
        '::warning file=b.yaml,line=3,col=7,title=field-unknown::unknown key "x"\n'
    )


def test_no_finding_is_no_annotation() -> None:
    assert annotation_lines(EN, []) == ""


def test_properties_and_messages_are_escaped_as_github_unescapes_them() -> None:
    told = annotation_lines(EN, [finding(NASTY, key="50%, a::b\r\n::set-output name=x::y")])
    assert told == (
        "::error file=台帳/a b%25%2C%3A%0A\\x1b[31m\\xff.yaml,line=3,col=7,title=field-unknown"
        '::unknown key "50%25, a::b\\x0d\\x0a::set-output name=x::y"\n'
    )


@given(NAMES, st.text())
def test_one_finding_is_one_line_whatever_stands_in_it(file: str, key: str) -> None:
    line, rest = annotation_lines(EN, [finding(file, key=key)]).split("\n")
    assert rest == ""
    command, properties, _ = unescaped(line)
    assert command == "error"
    assert {name: properties[name] for name in ("line", "col", "title")} == {
        "line": "3",
        "col": "7",
        "title": "field-unknown",
    }


@pytest.mark.parametrize("file", ["台帳/a b.yaml", "a,b:c%0A.yaml", "two\nlines.yaml"])
def test_github_reads_the_file_s_own_name(file: str) -> None:
    assert unescaped(annotation_lines(EN, [finding(file)]).rstrip("\n"))[1]["file"] == file


# SARIF: the models of `pydantic-sarif` are made from the official schema


def run_of(log: dict[str, Any]) -> dict[str, Any]:
    """Hold a log to the schema as it will be written, and return its run."""
    Log.model_validate_json(json.dumps(log), strict=True)
    (run,) = log["runs"]
    return dict(run)


def test_a_log_names_the_tool_its_rules_and_the_results() -> None:
    run = run_of(
        sarif_log(
            EN, [finding(), finding("b.yaml", WARNING, "unreviewed", looked="2020-01-01", as_of="2026-11-22")]
        )
    )
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["language"] == "en"
    form, rule = run["tool"]["driver"]["rules"]
    assert form == {"id": "field-unknown", "defaultConfiguration": {"level": "error"}}
    assert (rule["id"], rule["defaultConfiguration"]) == ("unreviewed", {"level": "warning"})
    assert rule["shortDescription"]["text"].startswith("An agreement in force has not been reviewed")
    assert sorted(rule) == ["defaultConfiguration", "fullDescription", "help", "id", "shortDescription"]
    assert run["results"][0] == {
        "ruleId": "field-unknown",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": 'unknown key "x"'},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "a.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 7},
                }
            }
        ],
    }
    assert run["results"][1]["ruleIndex"] == 1


def test_without_a_finding_a_log_has_a_run_without_results() -> None:
    run = run_of(sarif_log(JA, []))
    assert (run["results"], run["tool"]["driver"]["rules"], run["language"]) == ([], [], "ja")


@pytest.mark.parametrize(
    ("file", "artifact"),
    [
        ("台帳/a b.yaml", {"uri": "%E5%8F%B0%E5%B8%B3/a%20b.yaml", "uriBaseId": "%SRCROOT%"}),
        ("a:b#c?d%.yaml", {"uri": "a%3Ab%23c%3Fd%25.yaml", "uriBaseId": "%SRCROOT%"}),
        ("\udcff\udcfe.yaml", {"uri": "%FF%FE.yaml", "uriBaseId": "%SRCROOT%"}),
        ("../x.yaml", {"uri": "../x.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/srv/台帳.yaml", {"uri": "file:///srv/%E5%8F%B0%E5%B8%B3.yaml"}),
    ],
    ids=["japanese and a space", "signs of an address", "no UTF-8", "above", "absolute"],
)
def test_paths_are_percent_encoded(file: str, artifact: dict[str, str]) -> None:
    (result,) = run_of(sarif_log(EN, [finding(file)]))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == artifact


@given(st.binary(min_size=1).filter(lambda raw: b"\0" not in raw and raw[:1] != b"/"))
def test_an_address_is_ascii_and_means_the_file_s_bytes(raw: bytes) -> None:
    file = raw.decode(errors="surrogateescape")
    (result,) = sarif_log(EN, [finding(file)])["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert unquote_to_bytes(uri) == raw


# JUnit


def report(*findings: Diagnostic, strict: bool = False) -> ET.Element:
    written = junit_report(EN, ["a.yaml", "b.yaml"], findings, strict=strict)
    assert written.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites')
    return ET.fromstring(written)  # noqa: S314 (our own words)


def test_every_file_is_a_case_and_only_an_error_fails() -> None:
    root = report(finding("c.yaml"), finding("c.yaml", WARNING), finding("a.yaml", WARNING))
    assert root.attrib == {"name": "kyotei validate", "tests": "3", "failures": "1"}
    (suite,) = root
    assert suite.attrib == {**root.attrib, "errors": "0", "skipped": "0"}
    assert [case.attrib for case in suite] == [
        {"classname": "kyotei validate", "name": name, "file": name}
        for name in ("a.yaml", "b.yaml", "c.yaml")
    ]
    warned, sound, failed = suite
    assert [part.tag for part in warned] == ["system-out"]
    assert warned[0].text == 'a.yaml:3:7: warning field-unknown unknown key "x"'
    assert list(sound) == []
    (failure,) = failed
    assert failure.attrib == {
        "message": 'c.yaml:3:7: error field-unknown unknown key "x"',
        "type": "field-unknown",
    }
    assert failure.text == (
        'c.yaml:3:7: error field-unknown unknown key "x"\nc.yaml:3:7: warning field-unknown unknown key "x"'
    )


def test_a_strict_report_fails_for_warnings_too() -> None:
    root = report(finding("a.yaml", WARNING), strict=True)
    assert root.get("failures") == "1"
    assert root[0][0][0].tag == "failure"


@given(NAMES, st.text())
def test_a_report_is_well_formed_whatever_stands_in_it(file: str, key: str) -> None:
    root = report(finding(file, key=key))
    assert root.get("failures") == "1"


def test_what_xml_cannot_hold_is_shown_by_its_number() -> None:
    (failed,) = [case for case in report(finding(NASTY, key="]]>\ufffe&<\x00"))[0] if len(case)]
    assert failed.get("name") == "台帳/a b%,:\\x0a\\x1b[31m\\xff.yaml"
    assert failed[0].get("message") == (
        '台帳/a b%,:\\x0a\\x1b[31m\\xff.yaml:3:7: error field-unknown unknown key "]]>U+FFFE&<\\x00"'
    )


# On the command line


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    put(tmp_path / "agreements", text("a"))
    put(tmp_path / "agreements", text("b", title="別の協定"), "台帳 c.yaml")
    put(tmp_path / "agreements", "", "empty.yaml")
    return Command(capfd)


def test_annotations_go_to_stdout_and_the_number_of_findings_to_stderr(run: Command) -> None:
    ran = run.at("validate", "--format", "github")
    assert (ran.status, ran.err) == (1, "1 error, 1 warning in 2 of 3 files\n")
    assert ran.out == (
        "::error file=agreements/empty.yaml,line=1,col=1,title=file-empty::the file holds no agreement\n"
        "::warning file=agreements/台帳 c.yaml,line=1,col=5,title=id-not-file-name"
        "::the id is b, the file's name says 台帳 c\n"
    )


def test_a_log_is_json_on_stdout_and_nothing_else(run: Command) -> None:
    ran = run.at("validate", "--format", "sarif")
    assert (ran.status, ran.err) == (1, "")
    log = json.loads(ran.out)
    assert log["version"] == "2.1.0"
    assert [result["ruleId"] for result in run_of(log)["results"]] == ["file-empty", "id-not-file-name"]


@pytest.mark.parametrize(("strict", "failures"), [((), "1"), (("--strict",), "2")])
def test_a_report_is_xml_on_stdout_and_nothing_else(
    run: Command, strict: tuple[str, ...], failures: str
) -> None:
    ran = run.at("validate", "--format", "junit", *strict)
    assert (ran.status, ran.err) == (1, "")
    root = ET.fromstring(ran.out)  # noqa: S314 (our own words)
    assert (root.get("tests"), root.get("failures")) == ("3", failures)


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "junit"])
def test_every_file_is_read_once_whatever_the_format(
    run: Command, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    read: list[str] = []
    real = open

    def counting(file: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401 (as open)
        if str(file).endswith(".yaml"):
            read.append(str(file))
        return real(file, *args, **options)

    monkeypatch.setattr("builtins.open", counting)
    assert run.at("validate", "--format", form).status == 1
    assert sorted(read) == ["agreements/a.yaml", "agreements/empty.yaml", "agreements/台帳 c.yaml"]
