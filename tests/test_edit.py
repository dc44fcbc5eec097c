"""An event goes into the text; every other byte stays."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyotei.edit import CannotSplice, scalar, with_event
from kyotei.source import read

DAY = date(2026, 12, 31)
EVENT = {"on": "2026-12-31", "type": "review"}
FLOW = "{on: 2026-12-31, type: review}"

# why, the text before, the text that is put in, and where: the text in front of it.
LAYOUTS = [
    ("no events yet", "id: a\n", f"events:\n  - {FLOW}\n", "id: a\n"),
    ("a last line without an end keeps having none", "id: a", f"\nevents:\n  - {FLOW}", "id: a"),
    ("comments at the end stay before it", "id: a\n# end\n", f"events:\n  - {FLOW}\n", "id: a\n# end\n"),
    ("a document's end mark stays last", "id: a\n...\n", f"events:\n  - {FLOW}\n", "id: a\n"),
    ("a mapping in braces", "{id: a, tags: [x]}\n", f", events: [{FLOW}]", "{id: a, tags: [x]"),
    ("an indented mapping", "  id: a\n  b: c\n", f"  events:\n    - {FLOW}\n", "  id: a\n  b: c\n"),
    ("an empty list in brackets", "events: []  # none\n", FLOW, "events: ["),
    (
        "brackets, as the last",
        "events: [{on: 2026-01-01}]  # c\n",
        f", {FLOW}",
        "events: [{on: 2026-01-01}",
    ),
    (
        "brackets with a comma at the end",
        "events: [{on: 2026-01-01}, ]\n",
        f", {FLOW}",
        "events: [{on: 2026-01-01}",
    ),
    (
        "brackets, before a later one",
        "events: [{on: 2026-01-01}, {on: 2027-01-01}]\n",
        f"{FLOW}, ",
        "events: [{on: 2026-01-01}, ",
    ),
    (
        "after the last item and its comment",
        "events:\n  - {on: 2026-01-01} # one\n# end\n",
        f"  - {FLOW}\n",
        "events:\n  - {on: 2026-01-01} # one\n",
    ),
    (
        "before a later one, whose comment stays with it",
        "events:\n  # one\n  - {on: 2026-01-01}\n  # two\n  - {on: 2027-01-01}\n",
        f"  - {FLOW}\n",
        "events:\n  # one\n  - {on: 2026-01-01}\n",
    ),
    (
        "before the first, whose comment stays with it",
        "events: # all\n  # one\n  - {on: 2027-01-01}\n",
        f"  - {FLOW}\n",
        "events: # all\n",
    ),
    (
        "written as its neighbour: a line per field",
        "events:\n- on: 2026-01-01\n  type: review\nid: a\n",
        "- on: 2026-12-31\n  type: review\n",
        "events:\n- on: 2026-01-01\n  type: review\n",
    ),
    (
        "after a text block with blank lines",
        "events:\n  - on: 2026-01-01\n    note: |\n      長い覚書\n\nid: a\n",
        "  - on: 2026-12-31\n    type: review\n",
        "events:\n  - on: 2026-01-01\n    note: |\n      長い覚書\n\n",
    ),
    (
        "CRLF stays CRLF",
        "id: a\r\nevents:\r\n  - {on: 2026-01-01}\r\n",
        f"  - {FLOW}\r\n",
        "id: a\r\nevents:\r\n  - {on: 2026-01-01}\r\n",
    ),
    ("a byte order mark stays first", "\ufeffid: a\n", f"events:\n  - {FLOW}\n", "\ufeffid: a\n"),
    (
        "quotes, an order of keys and a long Japanese line stay",
        "title: '協定'\nevents:\n  - {type: \"review\", on: '2026-01-01'}\npurpose: " + "目的" * 200 + "\n",
        f"  - {FLOW}\n",
        "title: '協定'\nevents:\n  - {type: \"review\", on: '2026-01-01'}\n",
    ),
    (
        "a text block at the very end would swallow what follows it",
        "id: a\n# memo\nnotes: |\n  覚書",
        f"events:\n  - {FLOW}\n",
        "id: a\n# memo\n",
    ),
    (
        "the same day: after those that stand there",
        "events:\n  - {on: 令和8年12月31日}\n",
        f"  - {FLOW}\n",
        "events:\n  - {on: 令和8年12月31日}\n",
    ),
    (
        "a dash on a line of its own",
        "events:\n  -\n    on: 2026-01-01\n",
        "  - on: 2026-12-31\n    type: review\n",
        "events:\n  -\n    on: 2026-01-01\n",
    ),
]


@pytest.mark.parametrize(("before", "put", "front"), [row[1:] for row in LAYOUTS], ids=[row[0] for row in LAYOUTS])
def test_only_the_event_is_new(before: str, put: str, front: str) -> None:
    assert with_event(before.encode(), EVENT, DAY).decode() == front + put + before.removeprefix(front)


def test_what_cannot_be_spliced_is_refused() -> None:
    with pytest.raises(CannotSplice):
        with_event(b"? events\n: - {on: 2027-01-01}\n", EVENT, DAY)


def test_a_forbidden_character_is_not_smuggled_in() -> None:
    with pytest.raises(CannotSplice):
        with_event(b"id: a\n", {**EVENT, "note": "\u202e"}, DAY)


def test_nested_values_are_written_in_braces_and_brackets() -> None:
    event = {"on": "2026-12-31", "changes": {"notice": {"before_end": "1 month", "by": ["甲", "乙: 丙"]}}}
    written = with_event(b"id: a\n", event, DAY).decode()
    assert "changes: {notice: {before_end: 1 month, by: [甲, \"乙: 丙\"]}}" in written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("渋谷区長から文書で", "渋谷区長から文書で"),
        ("2026-12-31", "2026-12-31"),
        ("受領: 確認", '"受領: 確認"'),
        ("a #b", '"a #b"'),
        ("", ""),
        ("- x", '"- x"'),
        ("two  spaces", '"two  spaces"'),
        ("two\nlines", '"two\\nlines"'),
    ],
)
def test_a_scalar_is_quoted_where_it_must_be(text: str, written: str) -> None:
    assert scalar(text) == written


@given(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1))
def test_any_scalar_reads_back_as_itself(text: str) -> None:
    assert read(f"a: {scalar(text)}\nb: [{scalar(text)}]\n".encode()).data == {"a": text, "b": [text]}
