"""Files that an accident or an enemy makes: a function for each class, the expected verdict in each name.

`refused-CODE--CLASS-LABEL.yaml` must have an error of that code (`refused--…`: of any), `accepted--….yaml`
none. Everything is made anew, byte for byte the same each time:

    python tests/hostile/generator.py FOLDER
"""

# Rows of words are read more easily than lists of them:
# ruff: noqa: SIM905

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Case: TypeAlias = tuple[str, str, str | bytes]
"""A verdict (`accepted`, or a code; empty for any error), a label, and the file."""

TITLE: Final = "連携協定"
PARTIES: Final = "parties: [{role: 甲, name: 横浜市}, {role: 乙, name: 渋谷区}]\n"
TERM: Final = "term: {start: 2026-04-01, end: 2027-03-31}\n"
SOUND: Final = f"id: ID\ntitle: {TITLE}\nsigned: 2026-03-20\n{PARTIES}{TERM}"
"""A sound file; ID becomes an id of its own."""

KIB: Final = 1024
MOST: Final = 256 * KIB

# What a terminal obeys, or what nobody sees: 37 of them.
UNSEEN: Final = (
    "\x00\x01\x07\x08\x0b\x0c\x0e\x1b\x1f\x7f\x80\x85\x90\x9b\x9d\x9f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufff9\U000e0041"
)


def encodings() -> Iterator[Case]:
    """Bytes that are no UTF-8, or seem to be none."""
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932", "euc_jp", "latin-1"):
        text = SOUND.replace(TITLE, "café") if name == "latin-1" else SOUND
        if name == "latin-1":
            text = text.replace("甲", "A").replace("乙", "B").replace("横浜市", "é").replace("渋谷区", "ü")
        expected = "" if "le" in name or "be" in name or "32" in name else "encoding-invalid"
        yield expected, name, text.encode(name)
    yield "character-forbidden", "iso-2022-jp", SOUND.encode("iso2022_jp")
    before, _, after = SOUND.partition(TITLE)
    for label, raw in {
        "truncated": "協".encode()[:2],
        "overlong-two": b"\xc0\x80",
        "overlong-three": b"\xe0\x80\x80",
        "overlong-four": b"\xf0\x80\x80\x80",
        "surrogate": b"\xed\xa0\x80",
        "beyond": b"\xf4\x90\x80\x80",
        "no-lead": b"\x80",
        "never": b"\xfe\xff",
    }.items():
        yield "encoding-invalid", label, before.encode() + raw + after.encode()
    yield "encoding-invalid", "end-cut", f"{SOUND}notes: 協".encode()[:-1]
    yield "character-forbidden", "bom-twice", b"\xef\xbb\xbf\xef\xbb\xbf" + SOUND.encode()
    yield "character-forbidden", "bom-inside", f"{before}\ufeff{TITLE}{after}"
    yield "accepted", "bom", b"\xef\xbb\xbf" + SOUND.encode()


def characters() -> Iterator[Case]:
    """Signs that drive a terminal or reorder text: raw and escaped, in values, keys and comments."""
    for sign in UNSEEN:
        label = f"{ord(sign):x}"
        yield "character-forbidden", f"value-{label}", SOUND.replace(TITLE, f"協{sign}定")
        yield "character-forbidden", f"key-{label}", f'{SOUND}"no{sign}tes": x\n'
        yield "character-forbidden", f"comment-{label}", f"{SOUND}# 注{sign}\n"
        escape = f"\\U{ord(sign):08x}"
        yield "character-forbidden", f"escaped-value-{label}", SOUND.replace(TITLE, f'"協{escape}定"')
        yield "character-forbidden", f"escaped-key-{label}", f'{SOUND}"no{escape}tes": x\n'
    for name in "0abvfeNLP":
        yield "character-forbidden", f"short-escape-{ord(name):x}", SOUND.replace(TITLE, f'"\\{name}"')
    yield "yaml-invalid", "escaped-surrogate", SOUND.replace(TITLE, '"\\ud800\\udc00"')


def depth() -> Iterator[Case]:
    """Nesting that kills whoever recurses."""
    for count in (25, 1_000, 60_000):
        yield "yaml-too-deep", f"brackets-{count}", f"{SOUND}notes: {'[' * count}"
        yield "", f"closed-{count}", f"{SOUND}notes: {'[' * count}{']' * count}\n"
        yield "", f"braces-{count}", f"{SOUND}notes: {'{' * count}"
        yield "yaml-too-deep", f"dashes-{count}", f"{SOUND}notes:\n  {'- ' * count}x\n"
        yield "key-not-text", f"questions-{count}", f"{SOUND}{'? ' * count}x\n"
        yield "yaml-too-deep", f"pairs-{count}", f"{SOUND}notes: {'{a: ' * count}"
    for count in (25, 600):
        steps = "".join(f"{' ' * step}a:\n" for step in range(count))
        yield "yaml-too-deep", f"indentation-{count}", f"{SOUND}notes:\n{steps}"
    yield "text-expected", "deepest", f"{SOUND}notes: {'[' * 19}x{']' * 19}\n"


def sizes() -> Iterator[Case]:
    """Files and lines at the limits and beyond."""
    room = MOST - len(SOUND.replace("ID", "accepted--sizes-exact").encode()) - len("#\n")
    yield "accepted", "exact", f"{SOUND}#{'x' * room}\n"
    yield "file-too-large", "beyond", f"{SOUND}#{'x' * room}{'x' * len('accepted--sizes-exact')}\n"
    yield "file-too-large", "spaces", b" " * (MOST * 4)
    yield "file-too-large", "zeros", b"\0" * (MOST + 1)
    yield "accepted", "long-line", f"{SOUND}notes: {'協定' * 40_000}\n"
    yield "accepted", "words", f"{SOUND}notes: {'a b ' * 60_000}\n"
    yield "accepted", "comments", SOUND + "# x\n" * 60_000
    yield "accepted", "lines", f"{SOUND}notes: |\n" + "  行\n" * 30_000
    yield "accepted", "blanks", SOUND + "\n" * 200_000
    yield "accepted", "items", f"{SOUND}tags: [{'a,' * 19_000}]\n"
    yield "yaml-too-many", "too-many-items", f"{SOUND}tags: [{'a,' * 100_000}]\n"
    yield "field-unknown", "keys", SOUND + "".join(f"k{number}: v\n" for number in range(15_000))
    yield "yaml-invalid", "long-key", f"{SOUND}{'k' * 200_000}: v\n"
    yield "field-unknown", "key-of-a-thousand", f"{SOUND}{'k' * 1_000}: v\n"
    yield "date-invalid", "long-date", SOUND.replace("2026-03-20", "2" * 100_000)
    yield "id-invalid", "long-id", SOUND.replace("ID", "a" * 100_000)
    yield "number-invalid", "long-number", f"{SOUND}originals: {'9' * 100_000}\n"
    yield "length-invalid", "long-length", SOUND.replace("end: 2027-03-31", f"length: {'9' * 100_000} years")
    yield "yaml-invalid", "quotes", f"{SOUND}notes: {chr(39) * 200_001}"
    yield "yaml-invalid", "backslashes", f'{SOUND}notes: "{chr(92) * 200_000}'
    yield "yaml-invalid", "commas", f"{SOUND}notes: [{',' * 200_000}]\n"
    yield "accepted", "tabs", SOUND + "notes: a" + "\t" * 200_000 + "# 注\n"
    event = "- {on: 2026-05-01, type: review}\n"
    yield "accepted", "reviews", f"{SOUND}events:\n{event * 4_000}"
    yield "event-before-signing", "early-reviews", f"{SOUND}events:\n{event.replace('6-05', '5-05') * 3_000}"
    yield "findings-more", "faults", f"{SOUND}events:\n" + "- {on: x, type: notice, no: 1}\n" * 3_000
    chain = "renewal: {mode: automatic, length: 1 day}\nnotice: {before_end: 1 day}\n"
    given = "- {on: 2027-05-01, type: notice, by: 甲}\n"
    yield "events-too-many", "notices", f"{SOUND}{chain}events:\n{given * 60}"
    early = SOUND.replace("2026-", "1873-").replace("2027-", "1874-")
    yield "accepted", "days", f"{early}{chain}"
    yield "events-too-many", "days-and-events", f"{early}{chain}events:\n{given * 2}"
    limited = chain.replace("1 day}", "1 day, limit: {times: 9999}}", 1)
    yield "accepted", "days-with-a-limit", f"{early}{limited}"


def references() -> Iterator[Case]:
    """Anchors, aliases, merge keys and tags: bombs, circles, and objects of Python."""
    bomb = "notes: &a [x, x]\n" + "".join(
        f"k{number}: &{chr(97 + number)} [*{chr(96 + number)}, *{chr(96 + number)}]\n"
        for number in range(1, 20)
    )
    yield "yaml-anchor", "bomb", SOUND + bomb
    yield "yaml-anchor", "circle", f"{SOUND}notes: &a [*a]\n"
    yield "yaml-anchor", "empty", f"{SOUND}notes: &a\n"
    yield "yaml-anchor", "on-a-key", f"{SOUND}&a notes: x\n"
    yield "yaml-anchor", "on-the-root", f"&a\n{SOUND}"
    yield "yaml-alias", "alias", f"{SOUND}notes: *a\n"
    yield "yaml-alias", "alias-as-key", f"{SOUND}*a : x\n"
    yield "yaml-merge", "merge", f"{SOUND}<<: {{notes: x}}\n"
    yield "yaml-merge", "merge-in-quotes", f'{SOUND}"<<": {{notes: x}}\n'
    yield "yaml-alias", "merge-alias", f"{SOUND}notes: {{<< : *a}}\n".replace("<< ", "x")
    for label, tag in {
        "python": "!!python/object/apply:os.system",
        "binary": "!!binary",
        "local": "!x",
        "whole": "!<tag:yaml.org,2002:str>",
        "text": "!!str",
        "none": "!",
        "map": "!!map",
    }.items():
        yield "yaml-tag", label, f"{SOUND}notes: {tag} x\n"
    yield "yaml-invalid", "tag-broken", f"{SOUND}notes: !<x\n"
    yield "yaml-invalid", "tag-unknown", f"{SOUND}notes: !no!x y\n"
    yield "yaml-invalid", "star", f"{SOUND}notes: *印は任意\n"
    yield "yaml-invalid", "and", f"{SOUND}notes: &\n"


def duplicates() -> Iterator[Case]:
    """A key written twice, however it is spelt."""
    yield "key-duplicate", "plain", f"{SOUND}id: b\n"
    yield "key-duplicate", "quoted", f'{SOUND}"id": b\n'
    yield "key-duplicate", "escaped", f'{SOUND}"\\x69d": b\n'
    yield "key-duplicate", "explicit", f"{SOUND}? id\n: b\n"
    yield "key-duplicate", "inner", SOUND.replace("end:", "start: 2026-04-01, end:")
    name = "が"
    yield "key-duplicate", "forms", f"{SOUND}{name}: x\n{unicodedata.normalize('NFD', name)}: y\n"
    yield "key-duplicate", "empty", f"{SOUND}? \n: x\n? \n: y\n"


def documents() -> Iterator[Case]:
    """A file of several documents, or of none."""
    yield "yaml-documents", "second", f"{SOUND}---\n{SOUND}"
    yield "yaml-documents", "empty-second", f"{SOUND}---\n"
    yield "yaml-documents", "after-dots", f"{SOUND}...\n---\nid: b\n"
    yield "yaml-directive", "version", f"%YAML 1.2\n---\n{SOUND}"
    yield "yaml-directive", "tag", f"%TAG ! tag:example.jp,2026:\n---\n{SOUND}"
    yield "yaml-directive", "unknown", f"# 注\n\n%FOO bar\n---\n{SOUND}"
    yield "yaml-directive", "alone", "%YAML 1.2\n"
    for label, text in {
        "nothing": "",
        "newline": "\n",
        "comment": "# ひな形\n",
        "dots": "---\n...\n",
    }.items():
        yield "file-empty", label, text
    yield "field-missing", "no-keys", "{}\n"
    yield "mapping-expected", "list", "- id: a\n"
    yield "mapping-expected", "text", "連携協定\n"
    yield "field-missing", "html", "<html><body>404: not found</body></html>\n"
    yield "", "json-list", '[{"id": "a"}]\n'
    yield "", "csv", "id,title,signed\na,b,2026-04-01\n"
    yield "", "conflict", SOUND.replace("title", "<<<<<<< HEAD\ntitle", 1)
    yield "", "png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    yield "", "zip", b"PK\x03\x04\x14\0\x06\0"
    yield "accepted", "one-marker", f"---\n{SOUND}"
    yield "accepted", "both-markers", f"---\n{SOUND}...\n"


def widths() -> Iterator[Case]:
    """Full-width signs and tabs where YAML wants others."""
    yield "colon-full-width", "colon", SOUND.replace("title: ", "title：")
    yield "colon-full-width", "colon-first", SOUND.replace("id: ", "id：")
    yield "colon-full-width", "space", SOUND.replace("title: ", "title:\u3000")
    yield "colon-full-width", "all", SOUND.replace(": ", "：")
    yield "", "comma", SOUND.replace(", ", "，")
    yield "", "brackets", SOUND.replace("[", "［").replace("]", "］")
    yield "", "dash", SOUND.replace(PARTIES, "parties:\n  － role: 甲\n")
    yield "id-invalid", "id", SOUND.replace("ID", "ａｂｃ")
    yield "number-invalid", "number", f"{SOUND}originals: ２\n"
    yield "number-invalid", "kanji-number", f"{SOUND}originals: 二\n"
    yield "yaml-invalid", "tab-indents", SOUND.replace(PARTIES, "parties:\n\t- {role: 甲, name: 横浜市}\n")
    yield "yaml-invalid", "tab-first", f"\t{SOUND}"
    yield "yaml-invalid", "tab-in-block", f"{SOUND}notes: |\n\tx\n"
    yield "accepted", "digits", SOUND.replace("2026-03-20", "２０２６年３月２０日")
    yield "accepted", "iso-digits", SOUND.replace("2026-03-20", "令和８年３月２０日")
    yield "accepted", "tab-before-comment", f"{SOUND}notes: x\t# 注\n"
    yield "accepted", "tab-after-colon", SOUND.replace("title: ", "title:\t")
    yield "accepted", "colon-inside", f"{SOUND}notes: URL：https://example.jp/\n"


def line_ends() -> Iterator[Case]:
    """What ends a line, and what does only elsewhere."""
    yield "accepted", "crlf", SOUND.replace("\n", "\r\n")
    yield "accepted", "cr", SOUND.replace("\n", "\r")
    yield "accepted", "mixed", SOUND.replace("\n", "\r\n", 2)
    yield "accepted", "none-at-the-end", SOUND.rstrip("\n")
    for label, end in {"nel": "\x85", "ls": "\u2028", "ps": "\u2029", "vt": "\v", "ff": "\f"}.items():
        yield "character-forbidden", label, SOUND.replace("\n", end)


def days() -> Iterator[Case]:
    """Days that no calendar has, and texts that are no days."""
    for number, text in enumerate(
        (
            "2026-02-29 2026-04-31 2026-13-01 2026-00-10 2026-01-00 2026-1-5-3 0000-01-01 0001-01-01"
            " 10000-01-01 99999999-01-01 -2026-03-20 2026-03-20T00:00:00 2026-03-20Z 2026-03-20+09:00"
            " 20260320 26-03-20 03/20/2026 2026-W12-5 2026-079 令和8年2月30日 昭和元年1月1日 令和0年1月1日"
            " 令和8年13月1日 明治5年12月2日 R8.2.30 今日 未定 nan 1e9 0 ~ null 一月一日 ⑧年3月20日"
            " 2026-03-²⁰ 2026–03–20 西暦2026年 2026-03-20～2027-03-31 ９９９９-12-31"
        ).split()
    ):
        yield "date-invalid", f"signed-{number}", SOUND.replace("2026-03-20", text)
    for label, old, new in (
        ("start", "start: 2026-04-01", "start: 2026-04-31"),
        ("end", "end: 2027-03-31", "end: 2027-02-29"),
    ):
        yield "date-invalid", label, SOUND.replace(old, new)
    yield "end-before-start", "reversed", SOUND.replace("end: 2027", "end: 2025")
    renewal = f"{SOUND}renewal: {{mode: automatic, LENGTH}}\n"
    for number, text in enumerate(
        "to: 02-30; to: 2-3; to: 13-01; to: 03-31-2026; length: 0 days; length: -1 year; length: 1.5 years;"
        " length: year; length: 1 fortnight; length: P1Y2M; length: 10000 years; length: 1 year 2 months;"
        " length: 一年半; length: ½年; length: 3ヵ; length: １．５年".split("; ")
    ):
        yield "", f"length-{number}", renewal.replace("LENGTH", text)
    yield "month-day-invalid", "month-day", renewal.replace("LENGTH", "to: 02-30")
    yield "length-invalid", "length", renewal.replace("LENGTH", "length: 0 days")


def numbers() -> Iterator[Case]:
    """What YAML takes for a number, a truth or nothing, where text belongs: it stays the text."""
    for number, text in enumerate("011002 0x1F 1e3 1_000 1:30 .inf no ~ null 2026-02-30 -0 =".split()):
        yield "accepted", f"title-{number}", SOUND.replace(TITLE, text)
    for number, text in enumerate("0 -1 1.0 1e1 0x2 ２ +1 10000 no 011002".split()):
        yield "number-invalid", f"originals-{number}", f"{SOUND}originals: {text}\n"
    for number, text in enumerate("yes no on True 1 ~ はい".split()):
        event = f"{{on: 2026-05-01, type: notice, by: 甲, accepted: {text}}}"
        yield "truth-invalid", f"accepted-{number}", f"{SOUND}events: [{event}]\n"


SHAPES: Final = {"list": "[x]", "map": "{x: y}", "deep-list": "[[x]]", "empty": '""', "nothing": ""}
FIELDS: Final = {
    "": "id title signed parties term purpose cooperation activities renewal notice termination"
    " confidentiality amendment consultation originals contacts sources tags notes ignore events",
    "term": "clause start end length",
    "renewal": "clause mode length to limit",
    "notice": "clause before_end by_date by form effective reading",
    "termination": "clause notice by",
    "confidentiality": "clause survives exceptions",
}
TEXTS: Final = {"cooperation", "tags", "by"}
"""Keys whose value is a list of texts, so that one shape fits."""


def shapes() -> Iterator[Case]:
    """Every shape at every key."""
    lines = dict(line.split(": ", 1) for line in SOUND.splitlines())
    for key in FIELDS[""].split():
        for label, value in SHAPES.items():
            fits = (key in TEXTS and label == "list") or (key == "ignore" and label == "map")
            if not fits:
                data = {**lines, key: value}
                yield "", f"{key}-{label}", "".join(f"{name}: {text}\n" for name, text in data.items())
    for outer, keys in FIELDS.items():
        for key in keys.split() if outer else ():
            for label, value in SHAPES.items():
                if not (key == "by" and label == "list"):
                    text = "".join(f"{k}: {v}\n" for k, v in lines.items() if k != outer)
                    yield (
                        "",
                        f"{outer}-{key.replace('_', '-')}-{label}",
                        f"{text}{outer}: {{{key}: {value}}}\n",
                    )
    for label, value in SHAPES.items():
        yield "", f"party-{label}", SOUND.replace("{role: 甲, name: 横浜市}", value or "~")
        yield "", f"event-{label}", f"{SOUND}events: [{value or '~'}]\n"
        yield "", f"event-type-{label}", f"{SOUND}events: [{{on: 2026-05-01, type: {value}}}]\n"


def missing() -> Iterator[Case]:
    """Files without what a file must have."""
    lines = SOUND.splitlines(keepends=True)
    for number, line in enumerate(lines):
        key = line.partition(":")[0]
        yield "field-missing", key, "".join(lines[:number] + lines[number + 1 :])
    yield "too-few", "one-party", SOUND.replace(", {role: 乙, name: 渋谷区}", "")
    yield "field-missing", "role", SOUND.replace("role: 甲, ", "")
    yield "field-missing", "start", SOUND.replace("start: 2026-04-01, ", "")
    yield "one-of", "end", SOUND.replace(", end: 2027-03-31", "")
    yield "one-of", "end-and-length", SOUND.replace("end:", "length: 1 year, end:")
    yield "field-missing", "event-type", f"{SOUND}events: [{{on: 2026-05-01}}]\n"
    yield "field-unknown", "event-key", f"{SOUND}events: [{{on: 2026-05-01, type: review, by: 甲}}]\n"
    yield "role-duplicate", "roles", SOUND.replace("乙", "甲")


def identifiers() -> Iterator[Case]:
    """Ids that are paths, options or commands."""
    for number, text in enumerate(
        "../../x /etc/x CON . .. a/b a\\b -x --help a.b a_b A ａ 協定 a:b ~ $HOME `id` a%2fb".split()
    ):
        quoted = "'" + text + "'"
        yield "id-invalid", f"path-{number}", SOUND.replace("ID", quoted)
    yield "character-forbidden", "nul", SOUND.replace("ID", '"a\\0b"')
    yield "id-invalid", "newline", SOUND.replace("ID", '"a\\nb"')
    yield "id-invalid", "newline-at-the-end", SOUND.replace("ID", '"a\\n"')
    yield "id-invalid", "long", SOUND.replace("ID", "a" * 64)
    yield "id-invalid", "space", SOUND.replace("ID", "a b")


def cuts() -> Iterator[Case]:
    """A file cut at every byte: what lacks its end is no agreement."""
    whole = (
        f"{{id: cut, title: {TITLE}, signed: 2026-03-20,\n {PARTIES.rstrip()},\n {TERM.rstrip()}}}".encode()
    )
    for end in range(len(whole)):
        yield "", f"{end:03}", whole[:end]
    block = SOUND.replace("ID", "cut").rstrip("\n").encode()
    for end in range(len(block)):
        yield "", f"block-{end:03}", block[:end]


def accepted() -> Iterator[Case]:
    """What people really write."""
    comments = "\n# 表\n".join(f"{line}  # 注: [x] {{y}} 'z" for line in SOUND.splitlines())
    yield "accepted", "comments", f"# {'長い注釈' * 100}\n\n{comments}\n\n# 終わり"
    fields = SOUND.splitlines()
    yield "accepted", "flow", "{" + ",\n".join(fields) + "}\n"
    yield "accepted", "backwards", "\n".join(reversed(fields)) + "\n"
    yield "accepted", "sorted", "\n".join(sorted(fields)) + "\n"
    json = '{"id":"ID","title":"協定","signed":"2026-03-20","parties":[{"role":"甲","name":"a"},{"role":"乙",'
    yield "accepted", "json", json + '"name":"b"}],"term":{"start":"2026-04-01","end":"2027-03-31"}}'
    for label, title in {
        "single": "'協定''の''名'",
        "double": '"協定 \\"の\\" 名\\u3000\\t"',
        "literal": "|\n  協定\n  の名",
        "folded": ">-\n  協定\n  の名",
        "plain-lines": "協定\n  の名",
        "kept": "|+\n  協定\n\n",
        "kanji": "髙橋﨑𠮷野家々〆",
        "selectors": "葛\U000e0100飾区と辻\ufe00堂",
        "joiners": "ക്\u200dഷ می\u200cخواهم",
        "emoji": "👨\u200d👩\u200d👧 協定🇯🇵",
        "signs": "A：B（C）「D」※①㈱〜～―—・",
        "backslash": "C:\\x と \\n",
        "markup": "'[red]赤[/] [link=x] :bomb:'",
        "long": f"「{'非常に長い協定の名称' * 500}」",
        "combining": "か\u3099き\u3099",
        "rare": "\U0002ebf0\U00031350",
        "dashes": "--- の ...",
        "colon": "a:b c::d",
    }.items():
        yield "accepted", f"title-{label}", SOUND.replace(TITLE, title)
    yield "accepted", "explicit-keys", SOUND.replace("title: ", "? title\n: ")
    yield "accepted", "quoted-keys", SOUND.replace("title", "'title'").replace("signed", '"signed"')
    deeper = PARTIES.replace("[", "\n        [").replace("}, ", "},\n          ")
    yield "accepted", "deep-indent", SOUND.replace(PARTIES, deeper)
    yield "accepted", "blank-lines", SOUND.replace("\n", "\n\n   \n")
    yield "accepted", "trailing-spaces", SOUND.replace("\n", "   \n")


CLASSES: Final[tuple[Callable[[], Iterator[Case]], ...]] = (
    encodings,
    characters,
    depth,
    sizes,
    references,
    duplicates,
    documents,
    widths,
    line_ends,
    days,
    numbers,
    shapes,
    missing,
    identifiers,
    cuts,
    accepted,
)


def files(kind: Callable[[], Iterator[Case]]) -> dict[str, bytes]:
    """Return the files of one class: name -> bytes."""
    found: dict[str, bytes] = {}
    for verdict, label, text in kind():
        head = verdict if verdict == "accepted" else f"refused-{verdict}".rstrip("-")
        stem = f"{head}--{kind.__name__.replace('_', '-')}-{label.replace('_', '-')}"
        raw = text if isinstance(text, bytes) else text.encode("utf-8", errors="surrogatepass")
        if f"{stem}.yaml" in found:
            raise ValueError(stem)
        identifier = stem if verdict == "accepted" else f"{kind.__name__.replace('_', '-')}-{len(found)}"
        found[f"{stem}.yaml"] = raw.replace(b"ID", identifier.encode()[:63])
    return found


def main() -> None:
    """Write all files into a folder."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for kind in CLASSES:
        for name, raw in files(kind).items():
            (folder / name).write_bytes(raw)


if __name__ == "__main__":
    main()
