"""Findings as JUnit XML, which most build servers show: one test case for each file.

There is no standard behind it; this is what Jenkins, GitLab and their like read: a failure has a short
message and a text. Warnings of a file that passes are told as its output.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kyotei.diagnostics import Severity
from kyotei.text import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.diagnostics import Diagnostic
    from kyotei.messages import Words

NAME = "kyotei validate"


def junit_report(words: Words, files: Sequence[str], findings: Sequence[Diagnostic], *, strict: bool) -> str:
    """Return the report on `files` and all others with a finding; with `strict` a warning fails too."""
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    found.update((file, []) for file in files)
    for finding in findings:
        found[finding.place.file].append(finding)
    cases = [_case(words, file, found[file], strict=strict) for file in sorted(found)]
    failures = sum(case.find("failure") is not None for case in cases)
    root = Element("testsuites", name=NAME, tests=str(len(cases)), failures=str(failures))
    SubElement(root, "testsuite", root.attrib, errors="0", skipped="0").extend(cases)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _case(words: Words, file: str, found: Sequence[Diagnostic], *, strict: bool) -> Element:
    case = Element("testcase", classname=NAME, name=shown(file), file=shown(file))
    if not found:
        return case
    text = "\n".join(_line(words, one) for one in found)
    failing = [one for one in found if strict or one.severity is Severity.ERROR]
    if failing:
        kind = ", ".join(sorted({one.code for one in failing}))
        SubElement(case, "failure", message=_line(words, failing[0]), type=kind).text = text
    else:
        SubElement(case, "system-out").text = text
    return case


def _line(words: Words, found: Diagnostic) -> str:
    place = found.place
    return shown(
        f"{place.file}:{place.line}:{place.column}: {found.severity} {found.code} {words.finding(found)}"
    )
