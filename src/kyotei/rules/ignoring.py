"""What a file ignores, with a reason: `ignore: {unreviewed: …}`; and what kyotei.toml makes of a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.codes import IGNORABLE, RULES
from kyotei.diagnostics import Severity
from kyotei.entry import diagnostic
from kyotei.text import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.rules.traces import Trace

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def ignore_unknown(entry: Entry) -> Iterator[Diagnostic]:
    """Find a code that no file may ignore: no rule has it, or its findings are errors."""
    for code in entry.agreement.ignore or {}:
        if code not in IGNORABLE:
            case = ".error" if code in RULES else ""
            values = {"code": code, "near": "" if case else nearest(code, IGNORABLE)}
            yield _at_key(entry, ERROR, f"ignore-unknown{case}", values)


def ignored(entry: Entry) -> dict[str, Diagnostic]:
    """Return the codes whose warnings a file ignores -> the finding for one that is ignored without need."""
    codes = (code for code in entry.agreement.ignore or {} if code in IGNORABLE)
    return {code: _at_key(entry, WARNING, "ignore-unused", {"code": code}) for code in codes}


def unneeded(
    traces: Iterable[Trace], findings: Iterable[Diagnostic], judged: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield the findings that no file ignores, and a finding for every reason without a use.

    `judged` holds the codes whose silence means something: of a rule that was not asked it means nothing.
    """
    reasons = {trace.file: dict(trace.unused) for trace in traces if trace.unused}
    used: set[tuple[str, str]] = set()
    for found in findings:
        if found.code in reasons.get(found.place.file, ()):
            used.add((found.place.file, found.code))
        else:
            yield found
    for file, unused in reasons.items():
        yield from (one for code, one in unused.items() if code in judged and (file, code) not in used)


def levelled(findings: Iterable[Diagnostic], levels: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield the findings as kyotei.toml wants them: left out, or of another severity."""
    for found in findings:
        level = levels.get(found.code)
        if level is None:
            yield found
        elif level != "off":
            yield found._replace(severity=Severity(level))


def _at_key(entry: Entry, severity: Severity, message: str, values: Mapping[str, str]) -> Diagnostic:
    spot = entry.document.key_spot(("ignore", values["code"]))
    return diagnostic(entry.file, entry.document, spot, severity, message, values)
