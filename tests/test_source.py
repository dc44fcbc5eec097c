from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyotei import source
from kyotei.source import MOST_DEPTH, MOST_NODES, Document, Refusal, full_width, read
from kyotei.text import MOST_BYTES, Spot, lines

AGREEMENTS = Path(__file__).parent.parent / "agreements"
CANNOT_START = "found character that cannot start any token"
NOT_ALLOWED = "mapping values are not allowed in this context"
YAML_LIKE = st.text(alphabet="abイ：:-[]{},'\"|>#&*!%?\n\r\t \u3000<=0", max_size=80)


def spots(places: source.Places) -> dict[source.Path, Spot]:
    """Every path that the reader noted, with its place."""
    return {
        (parent if step is None else (*parent, step)): Spot(*place)
        for (parent, step), place in places.items()
    }


def refused(text: str | bytes) -> tuple[str, tuple[int, int], dict[str, str]]:
    """The code, the place (line and column from 1) and the values with which a text is refused."""
    with pytest.raises(Refusal) as raised:
        read(text if isinstance(text, bytes) else text.encode())
    spot = raised.value.spot
    return raised.value.code, (spot.line + 1, spot.column + 1), raised.value.values


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("011002", "011002"),
        ("1:30", "1:30"),
        ("2021-02-29", "2021-02-29"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("~", "~"),
        ("null", "null"),
        ("", ""),
        ("'it''s'", "it's"),
        ('"a\\tb"', "a\tb"),
        ("12_000", "12_000"),
        ("<<", "<<"),
        ("=", "="),
        ("[甲, 乙]", ["甲", "乙"]),
        ("{role: 甲}", {"role": "甲"}),
        ("[]", []),
        ("|-\n  一行目\n  二行目", "一行目\n二行目"),
        (">-\n  一行目\n  続き", "一行目 続き"),
        ("a # comment", "a"),
        ("URL：x", "URL：x"),
    ],
)
def test_every_scalar_stays_the_text_that_is_written(written: str, value: object) -> None:
    assert read(f"key: {written}\n".encode()).data == {"key": value}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_value_and_key_has_its_place(newline: str, mark: str) -> None:
    text = newline.join(
        ["# 注", "id: a", "parties:", "  - role: 甲", "    name: 横浜市", "term: {start: signing}", ""]
    )
    document = read((mark + text).encode())
    assert document.text == text
    assert spots(document.values) == {
        (): Spot(1, 0),
        ("id",): Spot(1, 4),
        ("parties",): Spot(3, 2),
        ("parties", 0): Spot(3, 4),
        ("parties", 0, "role"): Spot(3, 10),
        ("parties", 0, "name"): Spot(4, 10),
        ("term",): Spot(5, 6),
        ("term", "start"): Spot(5, 14),
    }
    assert spots(document.keys) == {
        ("id",): Spot(1, 0),
        ("parties",): Spot(2, 0),
        ("parties", 0, "role"): Spot(3, 4),
        ("parties", 0, "name"): Spot(4, 4),
        ("term",): Spot(5, 0),
        ("term", "start"): Spot(5, 7),
    }


@pytest.fixture
def document() -> Document:
    return read(b"a: x\nb:\n  - c: y\n  - z\n")


def test_what_does_not_stand_there_has_the_place_of_what_is_around_it(document: Document) -> None:
    assert document.spot(("b", 0, "d")) == document.spot(("b", 0)) == Spot(2, 4)
    assert document.spot(("e",)) == Spot(0, 0)


def test_an_item_without_a_key_is_placed_by_itself(document: Document) -> None:
    assert document.key_spot(("b", 1)) == Spot(3, 4)
    assert document.key_spot(("b", 0, "c")) == Spot(2, 4)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("a",), "x"),
        (("b", 0, "c"), "y"),
        (("b", 1), "z"),
        (("c",), None),
        (("a", 0), None),
        (("a", "x"), None),
        (("b", "c"), None),
        ((0,), None),
        (("b", 0, "d"), None),
    ],
)
def test_a_value_is_found_by_its_path(document: Document, path: tuple[str | int, ...], value: object) -> None:
    assert document.value(path) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: &x 1\n", ("yaml-anchor", (1, 4), {"name": "x"})),
        ("a: *x\n", ("yaml-alias", (1, 4), {"name": "x"})),
        ("a: 1\n<<: {b: 2}\n", ("yaml-merge", (2, 1), {})),
        ("a: !!python/object:os x\n", ("yaml-tag", (1, 4), {"name": "tag:yaml.org,2002:python/object:os"})),
        ("a: !x y\n", ("yaml-tag", (1, 4), {"name": "!x"})),
        ("%YAML 1.1\n---\na: 1\n", ("yaml-directive", (1, 1), {})),
        ("%TAG ! tag:x,2000:\n---\na: 1\n", ("yaml-directive", (1, 1), {})),
        ("a: 1\n---\nb: 2\n", ("yaml-documents", (2, 1), {})),
        ("a: 1\nb: 2\na: 3\n", ("key-duplicate", (3, 1), {"key": "a", "line": "1"})),
        ("か\u3099: 1\nが: 2\n", ("key-duplicate", (2, 1), {"key": "が", "line": "1"})),
        ("? [a]\n: b\n", ("key-not-text", (1, 3), {})),
        ("{{a: 1}: 2}\n", ("key-not-text", (1, 2), {})),
        ("a:\tb: c\n", ("yaml-invalid.colon", (1, 5), {"problem": NOT_ALLOWED})),
        ("a: [b\n", ("yaml-invalid.bracket", (2, 1), {"problem": "did not find expected ',' or ']'"})),
        ("\ta: b\n", ("yaml-invalid.tab", (1, 1), {"problem": CANNOT_START})),
        ("a: 'b\n", ("yaml-invalid.quote", (2, 1), {"problem": "found unexpected end of stream"})),
        ("- a\n- b\n", ("mapping-expected", (1, 1), {})),
        ("連携協定\n", ("mapping-expected", (1, 1), {})),
        ("", ("file-empty", (1, 1), {})),
        ("# ひな形\n\n", ("file-empty", (1, 1), {})),
        ("---\n...\n", ("file-empty", (1, 1), {})),
        ("[]", ("file-empty", (1, 1), {})),
        ("a: x\x00y\n", ("character-forbidden", (1, 5), {"character": "U+0000"})),
        ("a: 1\nb: 甲\u200b\n", ("character-forbidden", (2, 5), {"character": "U+200B ZERO WIDTH SPACE"})),
        ("a: \u202ecba\n", ("character-forbidden", (1, 4), {"character": "U+202E RIGHT-TO-LEFT OVERRIDE"})),
        ('a: "\\x1b[31m"\n', ("character-forbidden", (1, 4), {"character": "U+001B"})),
        ('"\\u202e": 1\n', ("character-forbidden", (1, 1), {"character": "U+202E RIGHT-TO-LEFT OVERRIDE"})),
        ('a: "\\U0000ffff"\n', ("character-forbidden", (1, 4), {"character": "U+FFFF"})),
        ("a: 1\r\nb: \x85\n", ("character-forbidden", (2, 4), {"character": "U+0085"})),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else value[0],
)  # fmt: skip
def test_what_plain_yaml_does_not_need_is_refused_by_name_and_place(
    text: str, found: tuple[str, tuple[int, int], dict[str, str]]
) -> None:
    assert refused(text) == found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title：協定\n", (1, 6)),
        ("title：協定\nsigned: 2020-11-18\n", (1, 6)),
        ("id: a\ntitle：協定\nsigned: 2020-11-18\n", (2, 6)),
        ("id: a\ntitle：協定\n", (2, 6)),
        ("id: a\ntitle:\u3000協定\nsigned: 2020-11-18\n", (2, 6)),
        ("term:\n  start： 2020\n  end: 2021\n", (2, 8)),
        ("parties:\n  - role：甲\n    name: 横浜市\n", (2, 9)),
        ("title：協定\n\n# 注\nsigned: 2020-11-18\n", (1, 6)),
        ("title：協定\r\nsigned: 2020-11-18\r\n", (1, 6)),
    ],
)
def test_a_full_width_colon_is_named_where_it_stands(text: str, place: tuple[int, int]) -> None:
    assert refused(text) == ("colon-full-width", place, {})


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("notes: |\n  url：x\nid: [\n", (4, 1)),
        ("notes: |\n  url：x\nid: a: b\n", (3, 6)),
        ("notes: |\n  url：x\n\nid: a\n  b: c\n", (5, 4)),
        ("id: a: b\n", (1, 6)),
    ],
)
def test_a_full_width_colon_in_a_note_is_not_blamed_for_another_fault(
    text: str, place: tuple[int, int]
) -> None:
    message, found, _ = refused(text)
    assert (message.partition(".")[0], found) == ("yaml-invalid", place)


def test_a_full_width_colon_is_looked_for_in_a_range_of_lines() -> None:
    text = "a：1\nb: 2\nc:\u3000 3\n- d：4\n"
    assert full_width(text) == Spot(0, 1)
    assert full_width(text, 1) == Spot(2, 1)
    assert full_width(text, 3, 9) == Spot(3, 3)
    assert full_width(text, 1, 1) is None
    assert full_width("url の：x\n 項目：y") is None


@pytest.mark.parametrize(
    ("encoding", "guess"),
    [("cp932", "cp932"), ("euc_jp", "euc_jp"), ("utf-16", "UTF-16"), ("utf-16-be", ""), ("latin-1", "")],
)
def test_another_encoding_is_guessed(encoding: str, guess: str) -> None:
    text = "id: caf\xe9\n" if encoding == "latin-1" else "id: a\ntitle: 連携きょうてい\n"
    code, _, values = refused(text.encode(encoding))
    assert (code, values) == ("encoding-invalid", {"guess": guess})


def test_two_kanji_in_a_row_are_enough_for_a_guess_and_accents_are_not() -> None:
    assert refused("title: 協定".encode("cp932"))[2] == {"guess": "cp932"}
    assert refused("title: résumé".encode("latin-1"))[2] == {"guess": ""}


def test_a_byte_that_is_no_text_is_named_by_its_place() -> None:
    assert refused("id: a\ntitle: あ".encode() + b"\xff\n") == ("encoding-invalid", (2, 9), {"guess": ""})
    assert refused(b"\xef\xbb\xbfid: \x80") == ("encoding-invalid", (1, 5), {"guess": ""})


def test_a_file_may_be_as_large_as_the_limit() -> None:
    head = b"id: a\n#"
    assert read(head + b"x" * (MOST_BYTES - len(head))).data == {"id": "a"}
    assert refused(b"#" * (MOST_BYTES + 1)) == ("file-too-large", (1, 1), {"most": "256"})


def test_nesting_has_a_limit() -> None:
    deepest = MOST_DEPTH - 1  # the root is one level
    assert read(f"a: {'[' * deepest}{']' * deepest}".encode()).data.keys() == {"a"}
    assert refused("a: " + "[" * (deepest + 1)) == ("yaml-too-deep", (1, 23), {"most": "20"})
    assert refused("a: " + "[" * 100_000)[0] == "yaml-too-deep"


def test_values_have_a_limit() -> None:
    items = MOST_NODES - 2  # the root and the list count too
    assert len(read(b"a: [" + b"0," * items + b"]").data["a"]) == items
    assert refused(b"a: [" + b"0," * (items + 1) + b"]") == ("yaml-too-many", (1, 40001), {"most": "20000"})


@pytest.mark.parametrize("text", ["a: 1\n" * 2, "k" * 200 + ": 1\n" + "k" * 200 + ": 2\n"])
def test_a_long_key_is_shown_by_its_beginning(text: str) -> None:
    assert len(refused(text)[2]["key"]) <= 41


@given(st.binary(max_size=60) | YAML_LIKE.map(str.encode))
def test_any_bytes_are_a_mapping_or_refused_within_the_text(raw: bytes) -> None:
    written = list(lines(raw.decode("utf-8-sig", errors="replace")))
    try:
        spot = read(raw).spot(())
    except Refusal as refusal:
        spot = refusal.spot
    assert spot.line < len(written)
    assert spot.column <= len(written[spot.line])


@pytest.mark.parametrize(
    "text", ["%" + "A" * 2000, "a: \ud800", "!<%ff> x: 1", '"\\ud800": 1', "&" + "x" * 3000 + " a: 1"]
)
def test_what_breaks_the_parser_is_refused_too(text: str) -> None:
    with pytest.raises(Refusal):
        read(text.encode("utf-8", errors="surrogatepass"))


def test_a_fault_of_the_parser_itself_is_refused_at_the_last_value(monkeypatch: pytest.MonkeyPatch) -> None:
    class Breaking(source.CParser):  # type: ignore[misc, name-defined] # compiled, without types
        def get_event(self) -> object:
            event = super().get_event()
            if getattr(event, "value", "") == "c":
                raise MemoryError
            return event

    monkeypatch.setattr(source, "CParser", Breaking)
    assert refused("a: b\nc: d\n") == ("yaml-invalid", (1, 4), {"problem": "MemoryError"})


def test_without_the_c_parser_a_file_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = (AGREEMENTS / "yokohama-shibuya.yaml").read_bytes()
    fast = read(raw)
    monkeypatch.setattr(source, "CParser", None)
    assert read(raw) == fast


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: b\n c: d\n", "yaml-invalid.indent"),
        ("a:\n- b\nc\n", "yaml-invalid.key"),
        ("a: @b\n", "yaml-invalid.character"),
        ("- a\nb: c\n", "yaml-invalid.indent"),
        ("a: - b\n", "yaml-invalid.dash"),
        ("a: ? b\n", "yaml-invalid.question"),
        ("a: [b,,]\n", "yaml-invalid.value"),
        ("{a: b}\nc\n", "yaml-invalid.after"),
        ("a: b\n... c\n", "yaml-invalid.after"),
        ('a: "b\n---\nc"\n', "yaml-invalid.document"),
        ("a: !<b c\n", "yaml-invalid.tag"),
        ("a: !b!c d\n", "yaml-invalid.tag"),
        ("a: !%zz b\n", "yaml-invalid.tag"),
        ("a: !あ b\n", "yaml-invalid.tag"),
        ("a: *印\n", "yaml-invalid.name"),
        ("a: | b\n  c\n", "yaml-invalid.block"),
        ('a: "C:\\Users"\n', "yaml-invalid.escape"),
        ('a: "\\q"\n', "yaml-invalid.escape"),
        ("{a: b, c:d, e: \uf8fe}\n", "yaml-invalid.word"),
    ],
)
@pytest.mark.parametrize("spare", [False, True], ids=["C", "Python"])
def test_the_usual_mistakes_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, text: str, message: str, *, spare: bool
) -> None:
    if spare:
        monkeypatch.setattr(source, "CParser", None)
    assert refused(text)[0] == message


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("{url: https://example.jp/a?b=c:d}", {"url": "https://example.jp/a?b=c:d"}),
        (
            '{at: 1:30, b: [c:d, \'e:f\', "g:h"], "k":v}',
            {"at": "1:30", "b": ["c:d", "e:f", "g:h"], "k": "v"},
        ),
        ("{a?b: c?, d: [e?, f:g?h]}", {"a?b": "c?", "d": ["e?", "f:g?h"]}),
    ],
    ids=["an address", "beside quotes and keys", "brackets"],
)
def test_a_colon_inside_a_word_is_read_in_braces_too(text: str, data: object) -> None:
    assert read(text.encode()).data == data


def test_where_the_sign_that_hides_it_is_taken_the_colon_is_refused() -> None:
    assert refused("{a: b:c, \uf8fe: d}")[0].startswith("yaml-invalid")


def test_an_address_in_braces_hides_no_mistake_below_it() -> None:
    """The C parser refuses the address itself; the mistake is where the reading without it ends."""
    text = "sources:\n  - {title: 記者発表, url: https://example.jp/a}\ntitle: 協定\n  signed: x\n"
    assert refused(text)[1] == (4, 9)
