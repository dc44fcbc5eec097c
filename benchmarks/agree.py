"""Do both YAML parsers come to the same verdict? `python benchmarks/agree.py [COUNT] [--seed N]`.

kyotei reads with libyaml and, where that is missing, with the parser in Python. Here sound files are damaged
by chance (characters taken, or swapped for some that mean something in YAML; lines moved, indented, cut) and
read with both. What must never happen is that both accept a file and read different things from it; that one
accepts what the other refuses is told as well. For a Python that can import kyotei.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from kyotei import source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyotei.text import Spot

SEED = 1
SIGNS = ":?-,[]{}#&*!|>'\"%@`~ \t\n\r\u3000：　、0aイ<=\\/._\ufeff\u00a0\x85"
WORDS = (
    ": ",
    " #",
    "- ",
    "? ",
    "---\n",
    "...\n",
    "|\n",
    ">-\n",
    "''",
    '""',
    "{}",
    "[]",
    "<<: ",
    "&a ",
    "*a",
    "!!str ",
)
LIBYAML = vars(source)["CParser"]
REFUSED_OTHERWISE = "refused by both, in other words or at another place"
LIBYAML_REFUSES, PYTHON_REFUSES = "refused with libyaml only", "refused with Python's parser only"
READ_OTHERWISE = "accepted by both, and read differently"
PLACED_OTHERWISE = "read alike, and a value placed differently"
DIFFERENCES = (READ_OTHERWISE, PLACED_OTHERWISE, LIBYAML_REFUSES, PYTHON_REFUSES, REFUSED_OTHERWISE)

SEEDS = (
    """id: a
title: 連携協定
signed: 2026-03-20
parties: [{role: 甲, name: 横浜市}, {role: 乙, name: 渋谷区}]
term: {start: 2026-04-01, end: 2027-03-31}
renewal: {mode: automatic, length: 1 year}
notice: {before_end: 3 months}
""",
    """# 台帳
id: b
title: "図書館の: 相互利用"
signed: 令和6年2月20日
parties:
  - role: 甲
    name: 東山市   # 代表
  - role: 乙
    name: '西野''原町'

purpose: >-
  両市町の住民が
  使えるように
cooperation:
- 貸出し
- 収集
term:
  start: signing
  length: １年間
sources:
  - {title: 資料, url: https://example.org/a?b=c}
notes: |
  一行目
    二行目

events:
  - {on: 2026-12-10, type: notice, by: 乙, note: "a: b"}
""",
    """id: c\r
title: 協定\r
signed: 2020-11-18\r
parties:\r
  - {role: 甲, name: 甲市}\r
  -\r
    role: 乙\r
    name: >\r
      乙\r
      市\r
term: {start: signing,\r
  end: indefinite}\r
tags: [a, 'b', "c"]\r
originals: 2\r
""",
)


def damaged(chance: Random) -> str:
    """Return a sound file after one to three accidents."""
    text = chance.choice(SEEDS)
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(ACCIDENTS)(chance, text)
    return text


def _exchanged(chance: Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(SIGNS) + text[at + chance.randint(0, 2) :]


def _filled(chance: Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(WORDS) + text[at:]


def _taken(chance: Random, text: str) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.randint(1, 8) :]


def _indented(chance: Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    lines[at] = chance.choice(
        [f" {lines[at]}", f"  {lines[at]}", f"\t{lines[at]}", lines[at].removeprefix(" ")]
    )
    return "".join(lines)


def _moved(chance: Random, text: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    line = lines.pop(chance.randrange(len(lines)))
    lines[(at := chance.randrange(len(lines) + 1)) : at] = [line] * chance.randint(0, 2)
    return "".join(lines)


def _cut(chance: Random, text: str) -> str:
    return text[: chance.randrange(len(text) + 1)]


ACCIDENTS: tuple[Callable[[Random, str], str], ...] = (
    *(_exchanged,) * 5,
    *(_filled,) * 2,
    _taken,
    _indented,
    _moved,
    _cut,
)


@dataclass(frozen=True)
class Verdict:
    """What one parser made of a file: its data and all places, or why it is refused and where."""

    data: object
    places: object
    refusal: tuple[str, Spot] | None = None


def verdict(raw: bytes, parser: object) -> Verdict:
    """Read a file with a parser; None is the one in Python."""
    vars(source)["CParser"] = parser
    try:
        document = source.read(raw)
    except source.Refusal as refusal:
        return Verdict(None, None, (refusal.code, refusal.spot))
    finally:
        vars(source)["CParser"] = LIBYAML
    return Verdict(document.data, (document.values, document.keys))


def compared(text: str) -> str:
    """Read a file with both parsers and say in which way they agree or differ."""
    raw = text.encode()
    ours, theirs = verdict(raw, LIBYAML), verdict(raw, None)
    if ours == theirs:
        return "refused alike" if ours.refusal else "accepted alike"
    if ours.refusal and theirs.refusal:
        return REFUSED_OTHERWISE
    if ours.refusal or theirs.refusal:
        return LIBYAML_REFUSES if ours.refusal else PYTHON_REFUSES
    return READ_OTHERWISE if ours.data != theirs.data else PLACED_OTHERWISE


def texts(count: int, seed: int) -> Iterator[str]:
    """Yield damaged files, the same for the same seed."""
    chance = Random(seed)
    return (damaged(chance) for _ in range(count))


def main() -> int:
    """Compare, print how often what came out, and the first files of each kind of difference."""
    parser = argparse.ArgumentParser(description="Do both YAML parsers come to the same verdict?")
    parser.add_argument(
        "count", type=int, nargs="?", default=100_000, metavar="COUNT", help="files (%(default)s)"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--show", type=int, default=1, help="files to show of each difference (%(default)s)")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    asked = parser.parse_args()
    if LIBYAML is None:
        sys.exit("ruamel.yaml's C parser is not installed beside this Python")
    kinds: Counter[str] = Counter()
    examples: dict[str, list[str]] = {kind: [] for kind in DIFFERENCES}
    for text in texts(asked.count, asked.seed):
        kind = compared(text)
        kinds[kind] += 1
        if kind in examples and len(examples[kind]) < asked.show:
            examples[kind].append(text)
    tell(kinds, examples, as_json=asked.json)
    return 1 if kinds[READ_OTHERWISE] else 0


def tell(kinds: Counter[str], examples: dict[str, list[str]], *, as_json: bool) -> None:
    """Print the answer; a file as Python writes it, so that every space shows."""
    if as_json:
        print(
            json.dumps(
                {"kinds": dict(kinds.most_common()), "examples": examples}, ensure_ascii=False, indent=2
            )
        )
        return
    for kind, count in kinds.most_common():
        print(f"{count:>8,}  {kind}")
    for kind, found in examples.items():
        for text in found:
            print(f"\n{kind}: {text!r}")
            for parser in (LIBYAML, None):
                found_by = verdict(text.encode(), parser)
                print(f"  {found_by.refusal or found_by.data}")


if __name__ == "__main__":
    sys.exit(main())
