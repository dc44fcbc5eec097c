"""Write a register of invented agreements: `python benchmarks/register.py COUNT FOLDER [--seed N]`.

The same arguments write the same bytes. A file has about 45 lines; seven of nine agreements renew themselves.
More than a thousand files are spread over folders of a thousand, as people do.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 20201118
FOLDER_HOLDS = 1000

_TOWNS = "霧浜市 雪代市 若葉町 西野原町 海風区 山吹市 月影村 大瀬市 鈴鳴町 潮見市 早蕨町 花岡区"
_PARTNERS = (
    "あけぼの運送株式会社 なぎさ商店合同会社 こだま電機株式会社 みずうみ大学 ゆうなぎ県建設業協会 "
    "はやぶさ物流株式会社 しらかば生活協同組合 ともしび薬局株式会社 さざなみ放送株式会社 竹里町 朝霧市 椿村"
)
_SUBJECTS = (
    "災害時の物資の供給 避難所の相互利用 図書館の相互利用 観光の振興 起業の支援 高齢者の見守り 子育ての支援 "
    "道路の損傷の通報 地域医療の確保 森林の保全"
)
_WORKS = (
    "情報の交換に関すること 人材の育成に関すること 物資の調達に関すること 施設の相互利用に関すること "
    "訓練の共同実施に関すること 広報に関すること 調査及び研究に関すること その他両者が必要と認めること"
)
_OFFICES = "企画課 防災課 産業振興課 市民協働課 地域福祉課"
_LENGTHS = ("1 year", "1 year", "2 years", "3 years", "6 months", "１年間", "５年間")
_BEFORE = ("3 months", "3 months", "1 month", "2 months", "3か月", "30 days")
_MODES = (*("automatic",) * 7, "by-consent", "none")


def texts(count: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file; a larger count begins with the same files."""
    chance = Random(seed)
    for number in range(count):
        name = f"agreement-{number:06d}"
        folder = f"{number // FOLDER_HOLDS:03d}/" if count > FOLDER_HOLDS else ""
        yield f"{folder}{name}.yaml", _text(chance, name, number)


def make(count: int, folder: Path, seed: int = SEED) -> None:
    """Write the files."""
    for name, text in texts(count, seed):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def _text(chance: Random, name: str, number: int) -> str:
    signed = date(1998, 4, 1) + timedelta(days=chance.randrange(10_400))
    mode = chance.choice(_MODES)
    parts = [
        _head(chance, name, number, signed),
        _term(chance, signed),
        _renewal(chance, mode),
        _end(chance, signed),
    ]
    return "".join(f"{line}\n" for part in parts for line in part)


def _head(chance: Random, name: str, number: int, signed: date) -> list[str]:
    town, partner, subject = _one(chance, _TOWNS), _one(chance, _PARTNERS), _one(chance, _SUBJECTS)
    return [
        "# yaml-language-server: $schema=../schemas/agreement.schema.json",
        f"id: {name}",
        f"title: {subject}に関する連携協定（その{number}）",
        f"signed: {_written(chance, signed)}",
        "parties:",
        *_party("甲", town, f"ゆうなぎ県{town}{chance.randint(1, 20)}番{chance.randint(1, 30)}号"),
        *_party("乙", partner, f"ゆうなぎ県{_one(chance, _TOWNS)}本通り{chance.randint(1, 9)}丁目"),
        f"purpose: {town}と{partner}が力を合わせて{subject}に取り組み、住民の暮らしをよりよくする。",
        "cooperation:",
        *(f"  - {work}" for work in chance.sample(_WORKS.split(), chance.randint(3, 5))),
    ]


def _one(chance: Random, words: str) -> str:
    return chance.choice(words.split())


def _written(chance: Random, day: date) -> str:
    """Return a day as ISO has it or, in every tenth file, as it stands on paper."""
    era, first = ("令和", 2018) if day >= date(2019, 5, 1) else ("平成", 1988)
    paper = f"{era}{day.year - first}年{day.month}月{day.day}日"
    return paper if chance.random() < 0.1 and day.year - first > 1 else day.isoformat()


def _party(role: str, name: str, address: str) -> list[str]:
    return [
        f"  - role: {role}",
        f"    name: {name}",
        f"    representative: {name}代表",
        f"    address: {address}",
    ]


def _term(chance: Random, signed: date) -> list[str]:
    lines = ["term:", "  clause: 第4条第1項", f"  start: {chance.choice(['signing', _next_month(signed)])}"]
    if chance.random() < 0.5:
        return [*lines, f"  length: {chance.choice(_LENGTHS)}"]
    return [*lines, f"  end: {date(signed.year + chance.randint(1, 3), 3, 31)}"]


def _next_month(day: date) -> str:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1).isoformat()


def _renewal(chance: Random, mode: str) -> list[str]:
    if mode == "none":
        return []
    lines = ["renewal:", "  clause: 第4条第2項", f"  mode: {mode}", "  length: 1 year"]
    if chance.random() < 0.1:
        lines.append(f"  limit: {{times: {chance.randint(2, 9)}}}")
    notice = ["notice:", "  clause: 第4条第2項", f"  before_end: {chance.choice(_BEFORE)}", "  by: either"]
    return [*lines, *notice] if mode == "automatic" else lines


def _end(chance: Random, signed: date) -> list[str]:
    office, phone = (
        _one(chance, _OFFICES),
        f"000-{chance.randint(0, 9999):04d}-{chance.randint(0, 9999):04d}",
    )
    lines = [
        "confidentiality:",
        "  clause: 第3条",
        "  survives: indefinitely",
        "amendment:",
        "  clause: 第5条",
        "  how: 協議のうえ書面により変更する",
        "consultation:",
        "  clause: 第6条",
        "originals: 2",
        "contacts:",
        f"  - {{party: 甲, office: {office}, phone: {phone}}}",
        "tags:",
        f"  - {office.removesuffix('課')}",
    ]
    return [*lines, *_events(chance, signed)] if chance.random() < 0.3 else lines


def _events(chance: Random, signed: date) -> list[str]:
    seen = signed + timedelta(days=chance.randint(100, 300))
    return [
        "events:",
        f"  - on: {seen}",
        "    type: review",
        "    note: 内容を確かめ、変更しないこととした。",
    ]


def main() -> None:
    """Write a register where the command line says."""
    parser = argparse.ArgumentParser(description="Write a register of invented agreements.")
    parser.add_argument("count", type=int, metavar="COUNT")
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    make(asked.count, asked.folder, asked.seed)


if __name__ == "__main__":
    main()
