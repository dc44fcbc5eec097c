"""当事者: names of parties, their roles, offices and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyotei.drafting.evidence import Found, Words, found
from kyotei.drafting.normal import normal, tidy
from kyotei.drafting.outline import CALLED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.drafting.normal import Normal
    from kyotei.drafting.outline import Outline

_BETWEEN = re.compile("、|，|,|(?<=[都道府県市区町村])・|及び|並びに|および|ならびに|／|/|;|；|\n|\t")
_AND = re.compile(
    "(?:(?<=[都道府県市区町村])|(?<=[^、，び]{2}大学)|(?<=[^、，びとに]{2}(?:株式|有限|合同)会社))と(?=[^、，]{2})"
)
_ROLE = re.compile("^[(（]?[甲乙丙丁戊己庚辛壬癸][)）]?[ \u3000:：]+")
_CALLED = re.compile("[(（]以下[^()（）]*[)）]")


def party_names(text: str) -> tuple[str, ...]:
    """Return the names in 「○○市、△△町及び□□村」, in their order, each once.

    「と」 parts two names only behind a municipality: elsewhere it may be a sign of a name (株式会社とき).
    """
    said = _CALLED.sub("", text)
    said = _AND.sub("、", said)
    names = (tidy(_ROLE.sub("", name.strip())) for name in _BETWEEN.split(said))
    return tuple(dict.fromkeys(name for name in names if name))


_ROLES = "[甲乙丙丁戊己庚辛壬癸]"
_OTHER_WORD = re.compile("^本|^この|協定|契約|覚書|情報|事業|活動|目的|業務|施設|法|条例|物品|商品|サービス$")
"""What brackets also name: （以下「本協定」という。）."""
_BLANK = re.compile("[○◯〇●△▲□■＿_＊*…・\\s]*[都道府県市区町村]?")
_LABEL = re.compile(
    "^(住所|所在地|名称|商号|団体名|法人名|代表者(?:職氏名|名)?|代表(?=[ \u3000:：])|職・?氏名|氏名)"
    "[ \u3000:：]*"
)
_ADDRESS = re.compile("〒|[都道府県市区町村郡].*[0-9０-９一二三四五六七八九十]+.*(?:番|丁目|号|[-－―‐])")
_POSTCODE = re.compile("^〒?[ \u3000]*[0-9０-９]{3}[-－‐][0-9０-９]{4}[ \u3000]*")
_OFFICE = re.compile(
    "^.*?(?:代表取締役(?:社長|会長|頭取|専務|常務)?|代表執行役社長|取締役社長|執行役員社長|代表理事(?:組合長|会長|理事長)?|代表社員"
    "|社長|頭取|会頭|理事長|会長|学長|総長|校長|園長|院長|所長|局長|部長|支店長|支社長|センター長|館長|機構長|組合長"
    "|管理者|総裁|署長|消防長|教育長|団長|委員長|議長|知事|[市区町村]長)"
)
_BARE_OFFICE = re.compile("[市区町村]長|知事")


@dataclass(frozen=True, slots=True)
class _Party:
    """A party of the preamble: its role, its name, and the words for both."""

    role: str
    name: str
    words: Words


def party_fields(found_outline: Outline) -> list[Found]:
    """Return role, name, representative and address of each party, from the preamble and the signatures."""
    source = found_outline.source
    named = list(_named(source, *found_outline.preamble)) or list(_signed(source, *found_outline.closing))
    blocks = _blocks(source, *found_outline.closing, tuple(party.role for party in named))
    fields: list[Found] = []
    for number, party in enumerate(named):
        path = ("parties", str(number))
        fields.append(found(source, (*path, "role"), party.role, party.words))
        if not _BLANK.fullmatch(party.name):
            fields.append(found(source, (*path, "name"), party.name, party.words))
            fields += _signature(source, path, party.name, blocks.get(party.role, []))
    return fields


def _named(source: str, start: int, end: int) -> Iterator[_Party]:
    """Yield the parties of a preamble: 「横浜市（以下「甲」という。）と…」."""
    text, done = normal(source, start, end), 0
    for match in CALLED.finditer(text.text):
        first, done = done, match.end()
        if _OTHER_WORD.search(match[1]):
            continue
        said = text.text[first : match.start()]
        first += max(said.rfind("、"), said.rfind("。")) + 1
        joined = (
            re.match("と|及び|並びに|および|ならびに", text.text[first : match.start()])
            if first and _follows(text, first)
            else None
        )
        first += joined.end() if joined else 0
        if first < match.start():
            words = Words("", text.offset(first), text.offset(match.start()))
            yield _Party(match[1], tidy(source[words.first : words.last]), words)


def _follows(text: Normal, index: int) -> bool:
    """Tell whether a bracket closes right before: only then does 「と」 part two names."""
    return text.text[index - 1] in ")、"


def _lines_of(source: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for match in re.compile("[^\n]+").finditer(source, start, end):
        yield match.start(), match[0]


def _blocks(source: str, start: int, end: int, roles: Sequence[str] = ()) -> dict[str, list[tuple[int, str]]]:
    """Return for each role the lines of its signature, without the role."""
    letters = "|".join([_ROLES, *(re.escape(role) for role in roles)])
    head = re.compile(
        f"[ \t\u3000|]*(?:[(（][ \u3000]*({letters})[ \u3000]*[)）][ \t\u3000:：|]*"
        f"|({letters})(?:[ \t\u3000:：|]+|$))"
    )
    blocks: dict[str, list[tuple[int, str]]] = {}
    role = None
    for offset, line in _lines_of(source, start, end):
        if (match := head.match(line)) and (match[1] or match[2]) not in blocks:
            role = match[1] or match[2]
            blocks[role] = []
            if line[match.end() :].strip():
                blocks[role].append((offset + match.end(), line[match.end() :]))
        elif role and line.strip():
            blocks[role].append((offset, line))
    return blocks


def _signed(source: str, start: int, end: int) -> Iterator[_Party]:
    """Yield the parties that only the signatures name."""
    for role, lines in _blocks(source, start, end).items():
        for offset, line in lines:
            bare = _LABEL.sub("", line.strip())
            label = _LABEL.match(line.strip())
            told = label and label[1] in {"名称", "商号", "団体名", "法人名"}
            if told or not (label or _ADDRESS.search(bare) or _OFFICE.search(bare) or _POSTCODE.match(bare)):
                last = offset + len(line.rstrip())
                yield _Party(role, tidy(bare), Words("", last - len(bare), last))
                break


def _signature(
    source: str, path: tuple[str, str], name: str, lines: Sequence[tuple[int, str]]
) -> Iterator[Found]:
    """Yield representative and address of a party; a person's own name is not for the register."""
    told: set[str] = set()
    for offset, line in lines:
        said = line.strip()
        label = _LABEL.match(said)
        said = _POSTCODE.sub("", _LABEL.sub("", said))
        if tidy(said).startswith(name) and not tidy(said)[len(name) :].startswith(("長", "知事")):
            said = said[len(name) :].strip()
        key, value, reason = _line(name, said, label[1] if label else "")
        if key and key not in told and not _BLANK.fullmatch(value):
            told.add(key)
            first = offset + len(line) - len(line.lstrip())
            last = offset + (_office_end(line) if key == "representative" else len(line.rstrip()))
            yield found(source, (*path, key), value, Words("", first, last), reason=reason)


def _office_end(line: str) -> int:
    """Return where an office ends in a line: the person's own name behind it is quoted nowhere."""
    match = _OFFICE.match(tidy(line))
    office = match[0] if match else ""
    return next((end for end in range(1, len(line)) if tidy(line[:end]).endswith(office)), len(line))


def _line(name: str, said: str, label: str) -> tuple[str, str, str | None]:
    """Return what a line of a signature says: the field, its value, and why it is to be looked at."""
    if label in {"住所", "所在地"} or _ADDRESS.search(tidy(said)):
        return "address", tidy(said), None
    if match := _OFFICE.match(tidy(said)):
        office = match[0]
        if _BARE_OFFICE.fullmatch(office) and (office == "知事" or name.endswith(office[0])):
            return "representative", f"{name}{office if office == '知事' else '長'}", "office-completed"
        return "representative", office, None
    return "", "", None
