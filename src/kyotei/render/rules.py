"""The list of rules, and the page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from kyotei.codes import RULES
from kyotei.formats.rules import sections
from kyotei.messages import rule_pages
from kyotei.render.findings import STYLES
from kyotei.render.grid import Column, Line, table_or_records
from kyotei.render.screen import BOLD, DIM
from kyotei.text import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kyotei.messages import Words
    from kyotei.render.grid import Cell
    from kyotei.render.screen import Screen

COLUMNS = ("code", "severity", "finds")
LEAST = 24
"""Columns below which what a rule finds reads badly beside its code."""
INDENT = "  "


def rules_table(screen: Screen, levels: Mapping[str, str]) -> str:
    """Return every rule with what it finds; the severity is what kyotei.toml makes of it."""
    words = screen.words
    columns = [Column(words.say("rules", name), LEAST if name == "finds" else 0) for name in COLUMNS]
    return screen.draw(
        *table_or_records(columns, [_row(words, code, levels) for code in RULES], screen.width)
    )


def rule_page(screen: Screen, code: str, levels: Mapping[str, str]) -> str:
    """Return what a rule finds, why, how to mend it, and how to switch it off."""
    words = screen.words
    head = Text(code, BOLD, no_wrap=True)
    head.append(f"  {RULES[code]}", STYLES[RULES[code]])
    here = [Text(words.say("rules", "here", level=levels[code]), DIM)] if code in levels else []
    title = Text(rule_pages(words.language)[code]["title"])
    return screen.draw(head, *here, title, *_sections(screen, code))


def _row(words: Words, code: str, levels: Mapping[str, str]) -> list[Cell]:
    level = levels.get(code, RULES[code])
    style = DIM if level == "off" else STYLES[RULES[code]] if level == RULES[code] else BOLD
    title = rule_pages(words.language)[code]["title"]
    return [(Line(code),), (Line(level, style),), (Line(title, folds=True),)]


def _sections(screen: Screen, code: str) -> Iterator[Text]:
    for heading, text in sections(screen.words, code):
        yield from (Text(""), Text(heading, BOLD))
        for line in wrapped(text, screen.width - len(INDENT)):
            yield Text(INDENT + line, no_wrap=True)
