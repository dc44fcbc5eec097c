"""An event goes into the text; every other byte stays."""

from datetime import date
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyotei.edit import CannotSplice, Fields, scalar, with_event
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


@pytest.mark.parametrize(
    ("before", "put", "front"), [row[1:] for row in LAYOUTS], ids=[row[0] for row in LAYOUTS]
)
def test_only_the_event_is_new(before: str, put: str, front: str) -> None:
    assert with_event(before.encode(), EVENT, DAY).decode() == front + put + before.removeprefix(front)


def test_what_cannot_be_spliced_is_refused() -> None:
    with pytest.raises(CannotSplice):
        with_event(b"? events\n: - {on: 2027-01-01}\n", EVENT, DAY)


def test_a_forbidden_character_is_not_smuggled_in() -> None:
    with pytest.raises(CannotSplice):
        with_event(b"id: a\n", {**EVENT, "note": "\u202e"}, DAY)


def test_nested_values_are_written_in_braces_and_brackets() -> None:
    event: Fields = {
        "on": "2026-12-31",
        "changes": {"notice": {"before_end": "1 month", "by": ["甲", "乙: 丙"]}},
    }
    written = with_event(b"id: a\n", event, DAY).decode()
    assert 'changes: {notice: {before_end: 1 month, by: [甲, "乙: 丙"]}}' in written


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
        ("null", '"null"'),
        ("Null", '"Null"'),
        ("nullable", "nullable"),
    ],
)
def test_a_scalar_is_quoted_where_it_must_be(text: str, written: str) -> None:
    assert scalar(text) == written


@given(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1))
def test_any_scalar_reads_back_as_itself(text: str) -> None:
    assert read(f"a: {scalar(text)}\nb: [{scalar(text)}]\n".encode()).data == {"a": text, "b": [text]}


# --- Any layout


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """A file with its events anywhere in it, in every style in which people write lists."""
    days = draw(st.lists(st.sampled_from(["2026-01-01", "2026-12-31", "2027-01-01"]), max_size=3).map(sorted))
    indent = draw(st.sampled_from(["", "  ", "    "]))
    comment = draw(st.sampled_from(["", "  # 注記", "\n\n# 次"]))
    item = draw(
        st.sampled_from(
            [
                f"{indent}- {{on: DAY, note: '一 # 二'}}COMMENT\n",
                f"{indent}- on: DAY\n{indent}  note: 受領COMMENT\n",
                f"{indent}- note: |\n{indent}    一行目\n\n{indent}    二行目\n{indent}  on: 'DAY'COMMENT\n",
                f"{indent}- on: DAYCOMMENT\n{indent}  note: >-\n{indent}    長い覚書\n\n",
                f"{indent}-   on: DAY\n{indent}    changes: {{by: [甲,\n{indent}     乙]}}COMMENT\n",
            ]
        )
    ).replace("COMMENT", comment)
    block = "".join(item.replace("DAY", day) for day in days)
    inside = ", ".join(f'{{"on": {day}, note: "a, b"}}' for day in days)
    events = draw(
        st.sampled_from([f"events: # 経緯\n{block}", f"events:\n{block}"] if days else [""])
        | st.sampled_from([f"events: [{inside}]{comment}\n", f"events: [\n  {inside}\n  ]\n"])
    )
    before = draw(st.sampled_from(["id: a\n", "# 先頭\n\nid: a # 名\ntags: [x,\n  y]\n", "---\nid: a\n"]))
    after = draw(
        st.sampled_from(["", "# 末尾\n", "notes: 長い" + "行" * 300 + "\n", "...\n", "notes: |+\n  覚書\n\n"])
    )
    written = before + events + after
    written = written if draw(st.booleans()) else written.rstrip("\n")
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return draw(st.sampled_from(["", "\ufeff"])) + written.replace("\n", newline)


@given(layouts(), st.sampled_from(["2025-12-31", "2026-12-31", "2028-01-01"]))
def test_in_any_layout_only_the_event_is_new(before: str, day: str) -> None:
    event: Fields = {"on": day, "type": "review", "note": "「新」: 受領"}
    after = with_event(before.encode(), event, date.fromisoformat(day)).decode()
    same = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    front = "".join(sign for sign, _ in same)
    back = before[len(front) :]
    assert after.endswith(back)
    put = after[len(front) : len(after) - len(back)]
    assert after == front + put + back
    assert put.count("「新」") == 1
    old, new = read(before.encode()).data, read(after.encode()).data
    events = old.pop("events", [])
    told = new.pop("events")
    assert isinstance(events, list)
    assert isinstance(told, list)
    assert new == old
    place = next(number for number, each in enumerate(told) if each == event)
    assert [*told[:place], *told[place + 1 :]] == events
    assert all(str(each["on"]) <= day for each in told[:place] if isinstance(each, dict))
    assert all(str(each["on"]) > day for each in told[place + 1 :] if isinstance(each, dict))
    ends = {"\r\n": "\r\n", "\r": "\r"}
    newline = next((end for end in ends if end in before), "\n")
    assert put.replace(newline, "").count("\n") == put.replace(newline, "").count("\r") == 0
