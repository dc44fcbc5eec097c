"""Each rule has a folder in tests/examples/rules, a register of its own, as of 2026-11-22.

Every `fail*.yaml` marks the rule's findings, as tests/test_examples.py describes; no other file has one.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kyotei.codes import RULES
from kyotei.messages import Language, words
from kyotei.register import load
from kyotei.rules import judged
from test_examples import ROOT, marked, refused_by_the_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.diagnostics import Diagnostic

EXAMPLES = ROOT / "tests" / "examples" / "rules"
FILES = sorted(EXAMPLES.glob("*/*.yaml"))


@cache
def findings(code: str) -> Sequence[Diagnostic]:
    return judged(load([EXAMPLES / code]), date(2026, 11, 22)).diagnostics


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_an_example_has_the_findings_that_it_marks_and_no_others(file: Path) -> None:
    about = [one for one in findings(file.parent.name) if Path(one.place.file).name == file.name]
    found = sorted((one.place.line, str(one.severity), one.code) for one in about)
    assert found == marked(file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_file_that_fails_marks_the_rule_of_its_folder_and_others_mark_nothing(file: Path) -> None:
    codes = {code for _, _, code in marked(file)}
    assert (file.parent.name in codes) == file.stem.startswith("fail")
    assert file.stem.startswith("fail") or not codes


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_file_that_fails_and_one_that_passes(code: str) -> None:
    names = {file.name for file in FILES if file.parent.name == code}
    assert {"fail.yaml", "pass.yaml"} <= names


@pytest.mark.parametrize("code", RULES)
def test_a_rule_s_findings_have_its_severity_and_are_said_in_full(code: str) -> None:
    found = [one for one in findings(code) if one.code == code]
    assert {one.severity for one in found} == {RULES[code]}
    for language in Language:
        sentences = [words(language).finding(one) for one in found]
        assert not [told for told in sentences if set("{}") & set(told)]


def test_a_folder_is_named_for_a_rule() -> None:
    assert {file.parent.name for file in FILES} == set(RULES)


def test_rules_find_what_a_schema_cannot_see() -> None:
    """Their examples are well formed; only a code that no file may ignore is refused by the schema too."""
    assert refused_by_the_schema(*FILES) == {"fail"}
    assert refused_by_the_schema(*(file for file in FILES if file.parent.name != "ignore-unknown")) == set()
