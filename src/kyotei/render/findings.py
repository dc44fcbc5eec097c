"""The findings of `kyotei validate`: one line each, on a terminal with the line of the file and a caret."""

from __future__ import annotations

from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from kyotei.diagnostics import Severity
from kyotei.render.screen import ALARM, BOLD, DIM, WARN
from kyotei.text import cells, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyotei.diagnostics import Diagnostic
    from kyotei.messages import Words
    from kyotei.render.screen import Screen

STYLES = {Severity.ERROR: ALARM, Severity.WARNING: WARN}
MARGIN = 8
"""Columns before the file's line: its number, and a bar."""


def findings_text(screen: Screen, findings: Sequence[Diagnostic]) -> str:
    """Return `PATH:LINE:COLUMN: severity code message` for each; empty without findings."""
    return "".join(f"{line}\n" for found in findings for line in _finding(screen, found))


def summary(words: Words, findings: Sequence[Diagnostic], checked: int) -> str:
    """Return how many errors and warnings in how many files, or that there are none."""
    if not findings:
        return words.counted("findings", "none", checked)
    errors = sum(found.severity is Severity.ERROR for found in findings)
    touched = len({found.place.file for found in findings})
    return words.say(
        "findings",
        "summary" if touched <= checked else "summary-beside",
        errors=words.counted("findings", "errors", errors),
        warnings=words.counted("findings", "warnings", len(findings) - errors),
        touched=touched,
        files=words.counted("findings", "files", checked),
    )


def _finding(screen: Screen, found: Diagnostic) -> Iterator[str]:
    place = found.place
    head = screen.painted(shown(f"{place.file}:{place.line}:{place.column}:"), BOLD)
    severity = screen.painted(found.severity, STYLES[found.severity])
    yield f"{head} {severity} {found.code} {shown(screen.words.finding(found))}"
    if screen.tty and found.excerpt:
        for line in _excerpt(found.excerpt, place.line, place.column, screen.width - MARGIN):
            yield screen.painted(line, DIM)


def _excerpt(line: str, number: int, column: int, width: int) -> Iterator[str]:
    """Show the line with its number, and a caret under the column; of a long line what stands around it."""
    line = line.replace("\t", " ")
    before = _fitting(shown(line[: column - 1])[::-1], width * 2 // 3)[::-1]
    after = _fitting(shown(line[column - 1 :]), width - cells(before))
    yield f"{number:>5} | {before}{after}".rstrip()
    yield f"{'':>5} | {' ' * cells(before)}^"


def _fitting(text: str, width: int) -> str:
    """Return as much of the beginning as fits into `width` columns."""
    fits = takewhile(lambda used: used <= width, accumulate(cells(sign) for sign in text))
    return text[: sum(1 for _ in fits)]
