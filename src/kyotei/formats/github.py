"""Findings as annotations of GitHub Actions: workflow commands on stdout, one line each.

Escaped as GitHub's own toolkit escapes: `%`, CR and LF everywhere, `:` and `,` in properties too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyotei.diagnostics import Diagnostic
    from kyotei.messages import Words

_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def annotation_lines(words: Words, findings: Iterable[Diagnostic]) -> str:
    """Return `::error file=…,line=…,col=…,title=CODE::message` for each finding."""
    return "".join(f"{_annotation(words, found)}\n" for found in findings)


def _annotation(words: Words, found: Diagnostic) -> str:
    place = found.place
    properties = {"file": place.file, "line": place.line, "col": place.column, "title": found.code}
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{found.severity} {told}::{shown(words.finding(found)).translate(_DATA)}"


def _property(text: str) -> str:
    """Escape a property; a line break in a file's name stays one, what a terminal would obey does not."""
    return shown(text.translate(_PROPERTY))
