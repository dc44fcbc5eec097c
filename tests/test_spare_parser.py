"""Without ruamel's C parser a file has the same data, or the same finding at the same place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyotei import source
from kyotei.source import Refusal, read

SUITE = Path(__file__).parent / "hostile" / "yaml-test-suite.json"
CASES = [(one["id"], one["yaml"]) for one in json.loads(SUITE.read_text(encoding="utf-8"))["cases"]]
YAML_LIKE = st.text(alphabet="abイ：:-[]{},'\"|>#&*!?\n\r\t \u3000<=0\\x", max_size=40)

Told = tuple[object, ...]


def told(raw: bytes) -> Told:
    """What reading tells: the data with its places, or the finding with its own."""
    try:
        document = read(raw)
    except Refusal as refusal:
        return refusal.code, refusal.spot, {**refusal.values, "problem": ""}
    return document.data, document.values, document.keys


def told_by_both(raw: bytes) -> tuple[Told, Told]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "CParser", None)
        spare = told(raw)
    return told(raw), spare


@pytest.mark.parametrize(("identifier", "text"), CASES, ids=[identifier for identifier, _ in CASES])
def test_the_public_cases_are_read_or_refused_alike(identifier: str, text: str) -> None:
    fast, spare = told_by_both(text.encode())
    assert spare == fast, identifier


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: b\t# note\n", {"a": "b"}),
        ("a:\tb\n", {"a": "b"}),
        ("a: b\tc\n", {"a": "b\tc"}),
        ("a: b\n  \tc\n", {"a": "b c"}),
        ("a: [b,\t\n\tc]\n", {"a": ["b", "c"]}),
        ("a: b\n\n\n  c\n", {"a": "b\n\nc"}),
        ("a: |\t# note\n  b\n", {"a": "b\n"}),
        ("a: |2-\n   b\n", {"a": " b"}),
        ("a: |+1\n  b\n\n", {"a": " b\n\n"}),
        ("a: >-\n\n b\n c\n", {"a": "\nb c"}),
        ("a: |\n  b\n    \n  c\n", {"a": "b\n  \nc\n"}),
        ('a: "b\\\n  c\\td\\x41\\u3042\\/\'"\n', {"a": "bc\tdAあ/'"}),
        ("a: 'b''c\"\\'\n", {"a": "b''c\"\\".replace("''", "'")}),
        ("? a\n? b\n", {"a": "", "b": ""}),
        ("{a, b: , c: {d: }}\n", {"a": "", "b": "", "c": {"d": ""}}),
    ],
)
def test_what_the_c_parser_reads_the_spare_one_reads_too(text: str, data: object) -> None:
    fast, spare = told_by_both(text.encode())
    assert fast == spare
    assert spare[0] == data


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a:\n", (1, 3)),
        ("a: \n\n# note\n", (1, 3)),
        ("{a: \n}", (2, 1)),
        ("{a:\n# note\n, }", (3, 1)),
        ("? a", (1, 4)),
    ],
)
def test_a_value_that_is_not_there_has_one_place(text: str, place: tuple[int, int]) -> None:
    for data, values, _ in told_by_both(text.encode()):
        assert data == {"a": ""}
        assert isinstance(values, dict)
        line, column = values[(), "a"]
        assert (line + 1, column + 1) == place


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: b\n\tc\n", "yaml-invalid.tab", (2, 1)),
        ("a: |\n \tb\n", "yaml-invalid.tab", (2, 2)),
        ("a: |\n  b\n \tc\n", "yaml-invalid.tab", (3, 2)),
        ("a: b\n\n# note\n%YAML 1.1\n", "yaml-invalid.after", (5, 1)),
        ("# note\n\n%FOO bar\n---\na: b\n", "yaml-directive", (3, 1)),
        ("a: b\n...\n%YAML 1.1\n---\n", "yaml-directive", (3, 1)),
        ("a: &あ b\n", "yaml-invalid.name", (1, 5)),
        ("a: &b:c d\n", "yaml-anchor", (1, 4)),
        ("a: !b &c d\n", "yaml-anchor", (1, 4)),
        ("a: |0\n  b\n", "yaml-invalid.block", (1, 5)),
        ("a: |-0\n  b\n", "yaml-invalid.block", (1, 6)),
        ('a: "b\\q"\n', "yaml-invalid.escape", (1, 6)),
        ('a: "\\ud800"\n', "yaml-invalid.escape", (1, 7)),
        ('a: "\\U00110000"\n', "yaml-invalid.escape", (1, 7)),
        ('a: "\\xg1"\n', "yaml-invalid.escape", (1, 7)),
        ("a: {b:c}:d {\n", "yaml-invalid.indent", (1, 9)),
        ("[a: b", "yaml-invalid.bracket", (1, 6)),
        ("a:\n{b: c", "yaml-invalid.key", (2, 6)),
        (": a\n", "yaml-invalid.indent", (1, 1)),
        ("--- >\na\nb\n", "yaml-invalid.after", (2, 1)),
    ],
)
def test_what_the_c_parser_refuses_the_spare_one_refuses_there_too(
    text: str, code: str, place: tuple[int, int]
) -> None:
    fast, spare = told_by_both(text.encode())
    assert spare == fast
    assert (spare[0], (spare[1].line + 1, spare[1].column + 1)) == (code, place)  # type: ignore[attr-defined]


@given(st.lists(YAML_LIKE, max_size=4).map("\n".join))
def test_no_text_is_a_file_for_one_parser_only(text: str) -> None:
    fast, spare = told_by_both(text.encode())
    assert (len(fast), isinstance(fast[0], str)) == (len(spare), isinstance(spare[0], str))
    if isinstance(fast[0], dict):
        assert spare == fast
