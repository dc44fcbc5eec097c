"""Findings as SARIF 2.1.0 (OASIS), which code scanning services read.

Columns count characters, and the log says so. A path that is not absolute is relative to `%SRCROOT%`, the
folder in which kyotei ran; its bytes are percent-encoded, UTF-8 or not.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_from_bytes

from kyotei import __version__
from kyotei.codes import RULES
from kyotei.messages import rule_pages
from kyotei.text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.diagnostics import Diagnostic
    from kyotei.messages import Words

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

Shape = dict[str, Any]


def sarif_log(words: Words, findings: Sequence[Diagnostic]) -> Shape:
    """Return a log of one run, with the page of every rule that found something."""
    codes = sorted({found.code for found in findings})
    driver = {"name": "kyotei", "version": __version__, "rules": [_rule(words, code) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "language": words.language,
        "columnKind": "unicodeCodePoints",
        "results": [_result(words, found, codes) for found in findings],
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _rule(words: Words, code: str) -> Shape:
    """Describe a rule by its page; what is wrong with a file's form is an error and has no page."""
    if code not in RULES:
        return {"id": code, "defaultConfiguration": {"level": "error"}}
    page = rule_pages(words.language)[code]
    return {
        "id": code,
        "shortDescription": {"text": page["title"]},
        "fullDescription": {"text": page["why"]},
        "help": {"text": page["mend"]},
        "defaultConfiguration": {"level": RULES[code]},
    }


def _result(words: Words, found: Diagnostic, codes: Sequence[str]) -> Shape:
    place = found.place
    location = {
        "artifactLocation": _artifact(place.file),
        "region": {"startLine": place.line, "startColumn": place.column},
    }
    return {
        "ruleId": found.code,
        "ruleIndex": codes.index(found.code),
        "level": found.severity,
        "message": {"text": shown(words.finding(found))},
        "locations": [{"physicalLocation": location}],
    }


def _artifact(file: str) -> Shape:
    """Return a file's address; a colon is encoded too, as `a:b` would name a scheme."""
    path = quote_from_bytes(os.fsencode(file))
    return {"uri": f"file://{path}"} if file.startswith("/") else {"uri": path, "uriBaseId": "%SRCROOT%"}
