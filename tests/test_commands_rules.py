from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import ROOT, Command, settle
from kyotei.codes import GROUPS, RULES
from kyotei.messages import Language, rule_pages, words
from kyotei.text import cells

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

PAGES = {"en": ROOT / "docs" / "rules.md", "ja": ROOT / "docs" / "rules.ja.md"}
SWITCHED = '[rules]\nunreviewed = "off"\nterm-too-long = "error"\n'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    return Command(capfd)


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_list_of_rules(
    run: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    snapshot: SnapshotAssertion,
    *,
    language: str,
    columns: int,
) -> None:
    settle(monkeypatch, tmp_path, language, columns)
    (tmp_path / "kyotei.toml").write_text(SWITCHED, encoding="utf-8")
    ran = run("rules")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot
    assert all(cells(line) <= columns for line in ran.out.splitlines())


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("code", ["months-as-days", "unreviewed", "id-duplicate", "ignore-unused"])
def test_the_page_of_a_rule(
    run: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    snapshot: SnapshotAssertion,
    *,
    code: str,
    language: str,
) -> None:
    settle(monkeypatch, tmp_path, language, 80)
    (tmp_path / "kyotei.toml").write_text(SWITCHED, encoding="utf-8")
    ran = run("rules", code)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("unrevieved", "there is no rule unrevieved; did you mean unreviewed?"),
        ("xyz", "there is no rule xyz; `kyotei rules` lists them"),
        ("\x1b[2J", "there is no rule \\x1b[2J; `kyotei rules` lists them"),
        (
            "date-invalid",
            "date-invalid is no rule but a file that cannot be read: its sentence says what to write instead",
        ),
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_an_unknown_code_is_told_with_the_near_one(run: Command, code: str, sentence: str, form: str) -> None:
    ran = run("rules", code, "--format", form)
    assert (ran.status, ran.out, ran.err) == (1, "", f"kyotei: {sentence}\n")


def test_rules_as_json_say_what_this_register_makes_of_them(run: Command, tmp_path: Path) -> None:
    (tmp_path / "kyotei.toml").write_text(SWITCHED, encoding="utf-8")
    ran = run("rules", "--format", "json")
    rules = json.loads(ran.out)["rules"]
    assert [rule["code"] for rule in rules] == list(RULES)
    moved = [
        (rule["code"], rule["severity"], rule["level"]) for rule in rules if rule["severity"] != rule["level"]
    ]
    assert moved == [("term-too-long", "warning", "error"), ("unreviewed", "warning", "off")]


def test_one_rule_as_json_has_its_page(run: Command) -> None:
    ran = run("rules", "start-is-signing-day", "--format", "json")
    told = json.loads(ran.out)
    assert told["schema_version"] == 1
    (rule,) = told["rules"]
    assert (rule["severity"], rule["level"]) == ("warning", "warning")
    assert rule["title"] == "A length runs from the signing day, which is written as a date"
    assert rule["source"] == "Civil Code Art. 140."
    assert list(rule) == ["code", "severity", "level", "title", "why", "mend", "source"]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_document_is_fresh(run: Command, tmp_path: Path, language: str) -> None:
    """`kyotei rules --format markdown --lang en > docs/rules.md` makes it anew; no kyotei.toml changes it."""
    (tmp_path / "kyotei.toml").write_text(SWITCHED, encoding="utf-8")
    ran = run("rules", "--format", "markdown", "--lang", language)
    assert ran.out == PAGES[language].read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_what_the_document_links_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert len(links) == len(RULES) + 1
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("language", Language)
def test_every_rule_has_a_page_and_every_group_a_heading(language: Language) -> None:
    pages = rule_pages(language)
    assert sorted(pages) == sorted(RULES)
    assert {frozenset(page) - {"source"} for page in pages.values()} == {frozenset({"title", "why", "mend"})}
    assert {group for group in GROUPS if not words(language).table["rules"].get(group)} == set()
    for page in pages.values():
        for sentence in page.values():
            assert sentence.encode("cp932").decode("cp932") == sentence


def test_both_languages_name_the_same_sources_in_the_same_order() -> None:
    ja, en = (rule_pages(language) for language in (Language.JA, Language.EN))
    assert list(ja) == list(en)
    assert {code: list(page) for code, page in ja.items()} == {code: list(page) for code, page in en.items()}


def test_pages_are_read_once() -> None:
    assert rule_pages(Language.JA) is rule_pages(Language.JA)
