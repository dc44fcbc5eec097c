"""Rules over the whole register: what no single file can show."""

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from kyotei.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kyotei.diagnostics import Diagnostic
    from kyotei.rules.traces import Successor, Trace

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def id_duplicate(traces: Sequence[Trace]) -> Iterator[Diagnostic]:
    """Find an id in two files: no command can tell which of them is meant."""
    homes: dict[str, list[Trace]] = defaultdict(list)
    for trace in traces:
        homes[trace.id].append(trace)
    for first, *others in homes.values():
        for trace in others:
            yield trace.finding(ERROR, "id-duplicate", trace.id_mark, id=trace.id, file=first.file)


def agreement_duplicate(traces: Sequence[Trace]) -> Iterator[Diagnostic]:
    """Find an agreement under two ids: the same title, parties and signing day."""
    seen: dict[str, Trace] = {}
    for trace in traces:
        first = seen.setdefault(trace.identity, trace)
        if first.id != trace.id:
            values = {"id": first.id, "file": first.file}
            yield trace.finding(WARNING, "agreement-duplicate", trace.title_mark, **values)


def superseded_unknown(traces: Sequence[Trace]) -> Iterator[Diagnostic]:
    """Find an agreement superseded by itself, or by an id that the register does not hold."""
    known = {trace.id for trace in traces}
    for trace in traces:
        for successor in trace.successors:
            own = ".itself" if successor.by == trace.id else ""
            if own or successor.by not in known:
                yield trace.finding(ERROR, f"superseded-unknown{own}", successor.mark, id=successor.by)


def superseded_circle(traces: Sequence[Trace]) -> Iterator[Diagnostic]:
    """Find agreements that supersede each other in a circle: each ended because of the next."""
    told = [(trace, _latest(trace)) for trace in traces if trace.successors]
    circles = _circles({trace.id: successor.by for trace, successor in told})
    for trace, successor in told:
        if circle := circles.get(trace.id):
            values = {"circle": " → ".join([*circle, circle[0]])}
            yield trace.finding(ERROR, "superseded-circle", successor.mark, **values)


def _latest(trace: Trace) -> Successor:
    """Return the successor named last; of one day the one that the file names last."""
    return max(reversed(trace.successors), key=attrgetter("on"))


def _circles(successors: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the circle in which each id stands; one that names itself is another rule's."""
    found: dict[str, list[str]] = {}
    done: set[str] = set()
    for start in successors:
        trail: list[str] = []
        here = start
        while here in successors and here not in done:
            done.add(here)
            trail.append(here)
            here = successors[here]
        if here in trail[:-1]:
            circle = trail[trail.index(here) :]
            found |= dict.fromkeys(circle, circle)
    return found
