"""Purpose, cooperation items, amendment, consultation, originals: what a text says beside its term."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyotei.drafting.articles import items, unmarked
from kyotei.drafting.evidence import Found, Words, found
from kyotei.drafting.normal import normal, tidy
from kyotei.drafting.numerals import NUMBER
from kyotei.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.drafting.articles import Article
    from kyotei.drafting.outline import Outline

_PURPOSE = re.compile("目的|趣旨|基本理念")
_AIM = re.compile("[はと]、?((?:(?![はと]、).){8,400}?)を目的(?:として|とし|に)")
_AIM_END = re.compile("を目的(?:として|とし|に)")
_LONGEST_AIM = 410
_COOPERATION = re.compile(
    "(?:連携|協力)[^取]{0,6}(?:事項|内容|分野|項目)|^(?:連携|協力|事業)|連携・?協力$|事業の?内容"
)
_LISTED = re.compile("次の?(?:各号)?に?(?:掲げる|の)?事項|次に掲げる|次の各号")
_AMENDED = re.compile("見直し|変更|改正|改定|修正")
_CONSULTED = re.compile("協議|疑義|定めのない|補則")
_UNSETTLED = re.compile("定めのない事項|疑義")
_ORIGINALS = re.compile(f"({NUMBER})通(?:を)?(?:作成|作り|有し)|(?:正本|本書|原本)({NUMBER})通")


def title_field(outline: Outline) -> Iterator[Found]:
    """Yield the title; the 協定書 is the paper, the 協定 what was agreed."""
    if outline.title is None:
        return
    plain = unmarked(outline.source)
    title = tidy(plain[slice(*outline.title)])
    if title and not re.search("[○◯●△□]{2}", title):
        value = re.sub("(?<=協定)書$", "", title)
        yield found(outline.source, ("title",), value, Words("", *_trimmed(plain, *outline.title)))


def _trimmed(source: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the space around it."""
    piece = source[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def purpose_field(outline: Outline) -> Iterator[Found]:
    """Yield the purpose: the article of that name, else the words of the preamble before 「目的として」."""
    for part in outline.articles:
        if _PURPOSE.search(part.heading):
            first = part.paragraphs[0]
            yield _text(
                outline, ("purpose",), first.clause, *_trimmed(outline.source, first.start, first.end)
            )
            return
    said = normal(outline.source, *outline.preamble)
    aim = _AIM_END.search(said.text)
    if aim and (match := _AIM.search(said.text, max(0, aim.start() - _LONGEST_AIM), aim.end())):
        start, end = said.offset(match.start(1)), said.offset(match.end(1))
        yield found(outline.source, ("purpose",), tidy(outline.source[start:end]), Words("", start, end))


def _text(outline: Outline, path: tuple[str, ...], clause: str, start: int, end: int) -> Found:
    return found(outline.source, path, tidy(outline.source[start:end]), Words(clause, start, end))


def cooperation_field(outline: Outline) -> Iterator[Found]:
    """Yield the items (号) of the article on what is done together, without their full stops."""
    for part in outline.articles:
        for paragraph in part.paragraphs:
            stretches = items(outline.source, paragraph.start, paragraph.end)
            listed = _LISTED.search(normal(outline.source, paragraph.start, paragraph.end).text)
            if len(stretches) > 1 and (_COOPERATION.search(part.heading) or (listed and not part.heading)):
                values = tuple(tidy(outline.source[slice(*one)]).rstrip("。") for one in stretches)
                words = Words(paragraph.clause, *_trimmed(outline.source, stretches[0][0], stretches[-1][1]))
                yield found(outline.source, ("cooperation",), tuple(filter(None, values)), words)
                return


def amendment_fields(outline: Outline) -> Iterator[Found]:
    """Yield how the agreement itself may be changed."""
    part = next(
        (one for one in outline.articles if _AMENDED.search(one.heading) and "期間" not in one.heading), None
    )
    if part:
        start, end = _trimmed(outline.source, part.paragraphs[0].start, part.end)
        yield found(outline.source, ("amendment", "clause"), part.name, Words(part.name, start, end))
        how = tidy(outline.source[start : _trimmed(outline.source, start, part.paragraphs[0].end)[1]]).rstrip(
            "。"
        )
        yield found(outline.source, ("amendment", "how"), how, Words(part.name, start, end))


def consultation_field(outline: Outline) -> Iterator[Found]:
    """Yield the clause on what is settled by talking."""
    part = _consulted(outline.articles, outline.source)
    if part:
        start, end = _trimmed(outline.source, part.start, part.end)
        yield found(outline.source, ("consultation", "clause"), part.name, Words(part.name, start, end))


def _consulted(parts: Sequence[Article], source: str) -> Article | None:
    for part in reversed(parts):
        said = normal(source, part.start, part.end).text
        if part.name and _UNSETTLED.search(said) and (_CONSULTED.search(part.heading) or "協議" in said):
            return part
    return None


def originals_field(outline: Outline) -> Iterator[Found]:
    """Yield how many originals were made."""
    said = normal(outline.source, *outline.closing)
    match = _ORIGINALS.search(said.text)
    count = match and number(match[1] or match[2])
    if match and count:
        piece = said.piece(*match.span())
        yield found(outline.source, ("originals",), str(count), Words("", piece.at[0], piece.end))
