"""What stands below an agreement: the lines of each party's signature, its office and its address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from kyotei.drafting.evidence import Found, Words, found
from kyotei.drafting.normal import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROLES = "[甲乙丙丁戊己庚辛壬癸]"
NO_NAME = re.compile("[○◯〇●△▲□■＿_＊*…・\\s]*[都道府県市区町村]?|.*(?:[○◯●△▲□■＿※]|〇〇|__).*")
"""A name that is left open: ○○市, △△大学."""
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


Lines: TypeAlias = list[tuple[int, str]]
"""Lines, each with its offset in the source."""


def _lines_of(source: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for match in re.compile("[^\n]+").finditer(source, start, end):
        yield match.start(), match[0]


def blocks_of(source: str, start: int, end: int, roles: Sequence[str] = ()) -> dict[str, Lines]:
    """Return for each role the lines of its signature, without the role."""
    letters = "|".join([_ROLES, *(re.escape(role) for role in roles)])
    head = re.compile(
        f"[ \t\u3000|]*(?:[(（][ \u3000]*({letters})[ \u3000]*[)）][ \t\u3000:：|]*"
        f"|({letters})(?:[ \t\u3000:：|]+|$))"
    )
    blocks: dict[str, Lines] = {}
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


def stated_name(line: str) -> str | None:
    """Return the name that a line of a signature states; None for an address or an office."""
    bare = _LABEL.sub("", line.strip())
    label = _LABEL.match(line.strip())
    told = label and label[1] in {"名称", "商号", "団体名", "法人名"}
    other = label or _ADDRESS.search(bare) or _OFFICE.search(bare) or _POSTCODE.match(bare)
    return bare if told or not other else None


def signature_fields(
    source: str, path: tuple[str, str], name: str, lines: Sequence[tuple[int, str]]
) -> Iterator[Found]:
    """Yield representative and address of a party; a person's own name is not for the register."""
    told: set[str] = set()
    for offset, line in lines:
        said = line.strip()
        label = _LABEL.match(said)
        said = _without_name(name, _POSTCODE.sub("", _LABEL.sub("", said)))
        key, value, reason = _line(name, said, label[1] if label else "")
        if key and key not in told and not NO_NAME.fullmatch(value):
            told.add(key)
            first = offset + len(line) - len(line.lstrip())
            last = offset + (_office_end(line) if key == "representative" else len(line.rstrip()))
            yield found(source, (*path, key), value, Words("", first, last), reason=reason)


def _without_name(name: str, said: str) -> str:
    """Return a line without the party's name in front of an office: an address may begin with it too."""
    if not tidy(said).startswith(name):
        return said
    ends = (end for end in range(len(said) + 1) if len(tidy(said[:end])) >= len(name))
    rest = said[next(ends) :]
    parted = not rest or rest[0].isspace() or _OFFICE.match(tidy(rest))
    return rest.strip() if parted and not rest.startswith(("長", "知事")) else said


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
