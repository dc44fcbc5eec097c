"""The findings of `kyotei validate`: one line each, on a terminal with the line of the file and a caret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from kyotei.diagnostics import Severity
from kyotei.render.screen import ALARM, BOLD, DIM, WARN, caret_line, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.diagnostics import Diagnostic
    from kyotei.messages import Words
    from kyotei.render.screen import Screen

STYLES = {Severity.ERROR: ALARM, Severity.WARNING: WARN}
MOST_EXCERPT = 200
"""Columns of the file's line that are shown; the caret is always among them."""


def findings_text(screen: Screen, findings: Sequence[Diagnostic]) -> str:
    """Return `PATH:LINE:COLUMN: severity code message` for each; empty without findings."""
    parts = [part for found in findings for part in _finding(screen, found)]
    return screen.draw(*parts) if parts else ""


def summary(words: Words, findings: Sequence[Diagnostic], checked: int) -> str:
    """Return how many errors and warnings in how many files, or that there are none."""
    if not findings:
        return words.counted("findings", "none", checked)
    errors = sum(found.severity is Severity.ERROR for found in findings)
    return words.say(
        "findings",
        "summary",
        errors=words.counted("findings", "errors", errors),
        warnings=words.counted("findings", "warnings", len(findings) - errors),
        touched=len({found.place.file for found in findings}),
        files=words.counted("findings", "files", checked),
    )


def _finding(screen: Screen, found: Diagnostic) -> Iterator[Text]:
    place = found.place
    head = Text(shown(f"{place.file}:{place.line}:{place.column}: "), BOLD, no_wrap=True)
    head.append(found.severity, STYLES[found.severity])
    head.append(f" {found.code} {shown(screen.words.finding(found))}", "not bold")
    yield head
    if screen.tty and found.excerpt:
        yield from _excerpt(found.excerpt, place.line, place.column)


def _excerpt(line: str, number: int, column: int) -> Iterator[Text]:
    """Show the line with its number, and a caret under the column; a long line from shortly before it."""
    first = max(0, column - MOST_EXCERPT // 2)
    margin = f"{number:>5} | "
    before = shown(line[first : column - 1].replace("\t", " "))
    text = before + shown(line[column - 1 : first + MOST_EXCERPT].replace("\t", " "))
    yield Text(margin + text, DIM, no_wrap=True)
    yield Text(f"{'':>5} | {caret_line(before)}", DIM, no_wrap=True)
