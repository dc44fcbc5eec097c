"""How well `kyotei draft` reads clauses: precision and recall per field, against readings made by hand.

    python benchmarks/draft_accuracy.py CLAUSES.yaml

The file lists `clauses`, each with its `text` and a reading: `initial_term` (start, end, duration), `renewal`
(mode, length, limit), `notice` (n and unit, or fixed; by, form), `termination`. Durations are ISO 8601. What
a reading calls blank, about, or an event is no value: to find one there counts as wrong.

A field that the text leaves to its default (anybody may give notice) counts as found. So does `signing` where
the hand reading names the day of signing, and a length where it names the day that follows from it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from kyotei.dates.length import parse_length
from kyotei.diagnostics import Fault
from kyotei.drafting.clauses import clause_fields
from kyotei.source import read

NOTHING = {"", "null", "~", None}
MODES = {"auto": "automatic", "consent": "by-consent", "consultation": "by-consent"}
LATER = {"day": "days", "week": "weeks", "month": "months", "year": "years"}
ANY = "*"
"""Where the reading says something that no field of the file can: whatever is found there is not judged."""


def length(text: object) -> str | None:
    """Return an ISO duration as the file writes it; None for anything else."""
    try:
        return str(parse_length(str(text)))
    except Fault:
        return None


def day(text: object) -> str | None:
    """Return an ISO day; None for anything else."""
    return str(text) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", str(text)) else None


def term(clause: dict[str, Any]) -> dict[str, set[str]]:
    """Return what a file may say of the term."""
    said = clause["initial_term"]
    starts = {"signing"} if re.match("signing|conclusion", str(said["start"])) else set()
    if start := day(said["start"]):
        starts = {start, "signing"} if re.search("締結|調印", clause["text"]) else {start}
    ends = {found for found in (day(said["end"]), length(said["duration"])) if found}
    if clause["renewal"]["mode"] == "indefinite":
        ends = {"indefinite"}
    return {"term.start": starts, "term.end/length": ends}


def renewal(clause: dict[str, Any]) -> dict[str, set[str]]:
    """Return what a file may say of the renewal; none at all says that there is none."""
    said = clause["renewal"]
    mode = str(said["mode"])
    modes = {"tied": {ANY}, "evergreen": {ANY}, "on application": {ANY}, "none": {"", "none"}}
    limit = str(said["limit"])
    until = day(limit.removeprefix("until "))
    limits = {until} if until else {limit} if limit.isdigit() else set()
    lengths = {length(said["length"])} - {None}
    return {
        "renewal.mode": {MODES[mode]} if mode in MODES else modes.get(mode, set()),
        "renewal.length/to": {ANY} if said["length"] == "same" else {str(one) for one in lengths},
        "renewal.limit": limits,
    }


def notice(clause: dict[str, Any]) -> dict[str, set[str]]:
    """Return what a file may say of the notice; by either party where it says nothing."""
    said = clause.get("notice")
    names = ("notice.before_end/by_date", "notice.by", "notice.form")
    if not isinstance(said, dict):
        return {name: set() for name in names}
    count = f"{said.get('n')} {LATER.get(str(said.get('unit')), '')}"
    when = {"0 days"} if count == "0 days" else {length(count) or said.get("fixed", "")} - {""}
    who = {"either": {"either", ""}, "A only": {"甲"}, "B only": {"乙"}}.get(said.get("by", ""), {ANY})
    form = str(said.get("form", ""))
    forms = {"written"} if form.startswith("written") else {ANY} if form == "prescribed" else set()
    return dict(zip(names, (when, who, forms), strict=True))


def termination(clause: dict[str, Any]) -> dict[str, set[str]]:
    """Return what a file may say of termination at will; of one whose notice is blank it says nothing."""
    said = clause.get("termination")
    if not isinstance(said, dict):
        return {"termination.notice": set(), "termination.by": set()}
    text = str(said.get("notice"))
    if "blank" in text:
        return {"termination.notice": set(), "termination.by": set()}
    notices = {one for one in (length(text),) if one} or (set() if text in NOTHING else {ANY})
    if "effective" in said and not notices:
        notices = {ANY}
    who = "乙" if "B only" in said["mode"] else "either"
    return {"termination.notice": notices, "termination.by": {who, "" if who == "either" else who}}


def readings(text: str) -> dict[str, tuple[str, str]]:
    """Return what the grammar finds: field -> its value and confidence."""
    found: dict[str, tuple[str, str]] = {}
    for field in clause_fields(text):
        value = field.value if isinstance(field.value, str) else ",".join(field.value)
        name = ".".join(field.path)
        name = {"term.end": "term.end/length", "term.length": "term.end/length"}.get(name, name)
        name = {"renewal.length": "renewal.length/to", "renewal.to": "renewal.length/to"}.get(name, name)
        name = {
            "notice.before_end": "notice.before_end/by_date",
            "notice.by_date": "notice.before_end/by_date",
        }.get(name, name)
        found[re.sub(r"^renewal\.limit\..*", "renewal.limit", name)] = (value, field.confidence)
    return found


def judged(clause: dict[str, Any], counts: dict[str, Counter[str]]) -> list[str]:
    """Count what was found, wrong and missed in one clause; return a line for each that is not right."""
    expected = {**term(clause), **renewal(clause), **notice(clause), **termination(clause)}
    found = readings(clause["text"])
    lines = []
    for name, wanted in expected.items():
        value, confidence = found.get(name, ("", ""))
        if ANY in wanted or (not wanted and not value):
            continue
        right = value in wanted
        if right and not value and wanted == {"", "none"}:
            continue
        kind = "right" if right else "wrong" if value else "missed"
        counts[name][kind] += 1
        if kind == "wrong" and wanted - {""}:
            counts[name]["missed"] += 1
        if not right:
            want = " or ".join(sorted(wanted)) or "nothing"
            lines.append(
                f"{clause['id']}: {name}: {kind}: {value or '-'} ({confidence or '-'}), by hand {want}"
            )
    return lines


def share(part: int, whole: int) -> str:
    """Return a share in per cent."""
    return f"{100 * part / whole:6.1f} %" if whole else "     -  "


def main(file: str) -> None:
    """Print precision and recall per field and group, then each field that was not read as by hand."""
    clauses: Any = read(Path(file).read_bytes()).data["clauses"]
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in {**term(clauses[0]), **renewal(clauses[0])}
    }
    counts |= {name: Counter() for name in {**notice(clauses[0]), **termination(clauses[0])}}
    lines = [line for clause in clauses for line in judged(clause, counts)]
    for group in ("term", "renewal", "notice", "termination", ""):
        names = [name for name in counts if name.startswith(f"{group}." if group else "*")] or list(counts)
        total = sum((counts[name] for name in names), Counter[str]())
        for name, one in [
            *([(name, counts[name]) for name in names] if group else []),
            (group.upper() or "ALL", total),
        ]:
            right, wrong, missed = one["right"], one["wrong"], one["missed"]
            figures = f"precision {share(right, right + wrong)}  recall {share(right, right + missed)}"
            print(f"{name:28} {figures}  right {right:3}  wrong {wrong:2}  missed {missed:2}")
    print("\n".join(["", *lines]))


if __name__ == "__main__":
    main(sys.argv[1])
