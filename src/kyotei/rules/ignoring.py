"""What a file ignores, with a reason: `ignore: {unreviewed: …}`; and what kyotei.toml makes of a rule."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kyotei.codes import IGNORABLE, RULES
from kyotei.diagnostics import Severity
from kyotei.entry import diagnostic, near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def ignore_unknown(entry: Entry) -> Iterator[Diagnostic]:
    """Find a code that no file may ignore: no rule has it, or its findings are errors."""
    for code in entry.agreement.ignore or {}:
        if code not in IGNORABLE:
            case = ".error" if code in RULES else ""
            values = {"code": code, "near": "" if case else near(code, list(IGNORABLE))}
            yield _at_key(entry, ERROR, f"ignore-unknown{case}", values)


def ignore_unused(entry: Entry, unused: Iterable[str]) -> Iterator[Diagnostic]:
    """Find a code that the file ignores though its rule finds nothing there: the reason has gone."""
    for code in unused:
        yield _at_key(entry, WARNING, "ignore-unused", {"code": code})


def wanted(
    entries: Iterable[Entry], findings: Iterable[Diagnostic], judged: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield the findings that no file ignores, and a finding for every reason without a use.

    `judged` holds the codes whose silence means something: of a rule that was not asked it means nothing.
    """
    reasons = {entry.file: dict(entry.agreement.ignore) for entry in entries if entry.agreement.ignore}
    used: set[tuple[str, str]] = set()
    for found in findings:
        if found.code in reasons.get(found.place.file, ()) and found.code in IGNORABLE:
            used.add((found.place.file, found.code))
        else:
            yield found
    for entry in entries:
        told = [code for code in reasons.get(entry.file, ()) if code in judged]
        yield from ignore_unused(entry, [code for code in told if (entry.file, code) not in used])


def levelled(findings: Iterable[Diagnostic], levels: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield the findings as kyotei.toml wants them: left out, or of another severity."""
    for found in findings:
        level = levels.get(found.code)
        if level is None:
            yield found
        elif level != "off":
            yield replace(found, severity=Severity(level))


def _at_key(entry: Entry, severity: Severity, message: str, values: Mapping[str, str]) -> Diagnostic:
    spot = entry.document.key_spot(("ignore", values["code"]))
    return diagnostic(entry.file, entry.document, spot, severity, message, values)
