"""What must hold beyond the form of one value: one generator per rule, over a file or over the register.

A rule is a generator named for its code; `codes` holds its severity, `locale/*.rules.toml` its page.
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

from kyotei.codes import IGNORABLE
from kyotei.diagnostics import Severity
from kyotei.register import Files, Reading, Register
from kyotei.rules.events import EVENT_RULES
from kyotei.rules.ignoring import ignore_unknown, ignored, levelled, unneeded
from kyotei.rules.names import id_not_file_name, party_duplicate, role_duplicate, role_unknown
from kyotei.rules.notices import (
    deadline_before_signing,
    notice_missing,
    notice_not_shorter,
    notice_without_renewal,
)
from kyotei.rules.slips import event_duplicate, notice_still_open, renewal_confirms_next
from kyotei.rules.terms import (
    date_past_era,
    day_not_every_year,
    end_before_start,
    limit_used_up,
    limit_without_effect,
    start_is_signing_day,
    term_too_long,
)
from kyotei.rules.traces import Trace, trace
from kyotei.rules.upkeep import renewal_unrecorded, unreviewed
from kyotei.rules.whole import agreement_duplicate, id_duplicate, superseded_circle, superseded_unknown
from kyotei.rules.wording import months_as_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry

T = TypeVar("T")

TEXT_RULES: tuple[Callable[[Entry], Iterator[Diagnostic]], ...] = (
    id_not_file_name,
    role_duplicate,
    role_unknown,
    party_duplicate,
    date_past_era,
    end_before_start,
    start_is_signing_day,
    term_too_long,
    day_not_every_year,
    limit_used_up,
    limit_without_effect,
    notice_missing,
    notice_without_renewal,
    notice_not_shorter,
    deadline_before_signing,
    months_as_days,
    ignore_unknown,
)
"""Rules over one file: what it says from the signing on."""
FILE_RULES = (*TEXT_RULES, *EVENT_RULES, renewal_confirms_next, notice_still_open, event_duplicate)
"""And of what was recorded since: where nothing was, the others have nothing to find."""
DAY_RULES: tuple[Callable[[Entry, date], Iterator[Diagnostic]], ...] = (renewal_unrecorded, unreviewed)
"""Rules that ask what somebody should have done by a day."""
REGISTER_RULES: tuple[Callable[[Sequence[Trace]], Iterator[Diagnostic]], ...] = (
    id_duplicate,
    agreement_duplicate,
    superseded_circle,
    superseded_unknown,
)


class Judged(NamedTuple):
    """One agreement judged by itself: whether it is without an error, what was found, and what remains."""

    sound: bool
    findings: list[Diagnostic]
    trace: Trace


class Surveyed(NamedTuple, Generic[T]):
    """What a question asked of every sound agreement brought, sorted by id and file; and what was found."""

    answers: tuple[T, ...]
    diagnostics: tuple[Diagnostic, ...]
    checked: int  # files that were read or tried
    traces: Sequence[Trace]


def survey(  # noqa: PLR0913 (what is asked, of what, and how)
    files: Files[Any],
    ask: Callable[[Entry], T],
    as_of: date | None = None,
    levels: Mapping[str, str] = MappingProxyType({}),
    *,
    whole: bool = True,
    memory: Memory[T] | None = None,
) -> Surveyed[T]:
    """Read file by file, judge each by itself, ask it, forget it; then judge what shows only in all of them.

    An agreement with an error of its own is not asked. Two under one id both are: to hide one of them would
    be worse. `levels` are those of kyotei.toml; files that are not the `whole` register do not tell which ids
    there are. A `memory` may know what files told before.
    """
    tell = partial(_tell, ask=ask, as_of=as_of)
    told = sorted(files.told(tell) if memory is None else memory.told(files, tell), key=_place)
    traces = [trace for one in told for trace in one.traces]
    found = [*files.diagnostics, *(finding for one in told for finding in one.findings)]
    found += together(traces, levels, whole=whole)
    answers = tuple(answer for one in told for answer in one.answers)
    return Surveyed(answers, tuple(ordered(found, levels)), len(files.files), traces)


class Told(NamedTuple, Generic[T]):
    """What one file told: what was found, and of an agreement its trace and, if it is sound, its answer."""

    findings: Sequence[Diagnostic]
    traces: tuple[Trace, ...] = ()
    answers: tuple[T, ...] = ()


class Memory(Protocol[T]):
    """What files told before, by their content."""

    def told(self, files: Files[Any], tell: Callable[[Reading], Told[T]]) -> Iterator[Told[T]]:
        """Yield what each file tells, in their order, and remember it."""


def _tell(reading: Reading, ask: Callable[[Entry], T], as_of: date | None) -> Told[T]:
    entry, findings = reading
    if entry is None:
        return Told(findings)
    judgement = alone(entry, as_of)
    answers = (ask(entry),) if judgement.sound else ()
    return Told([*findings, *judgement.findings], (judgement.trace,), answers)


def _place(told: Told[Any]) -> tuple[str, ...]:
    """Return by what to sort: id and file; files without an agreement come first."""
    return next(((trace.id, trace.file) for trace in told.traces), ())


def judged(
    register: Register,
    as_of: date | None = None,
    levels: Mapping[str, str] = MappingProxyType({}),
    *,
    whole: bool = True,
) -> Register:
    """Return a register, read already, with what the rules find and without what is unsound."""
    files = Files(register.entries, lambda entry: (entry, []), register.diagnostics, shared=False)
    found = survey(files, lambda entry: entry, as_of, levels, whole=whole)
    return Register(found.answers, found.diagnostics, register.checked)


def alone(entry: Entry, as_of: date | None = None) -> Judged:
    """Judge an agreement by itself. Without a day nobody is asked what should have been done."""
    told, reasons = list(_own(entry, as_of)), ignored(entry)
    findings = [one for one in told if one.code not in reasons]
    found = {one.code for one in told}
    unused = {code: one for code, one in reasons.items() if code not in found}
    sound = all(one.severity is Severity.WARNING for one in told)
    return Judged(sound, findings, trace(entry, unused))


def together(traces: Sequence[Trace], levels: Mapping[str, str], *, whole: bool = True) -> list[Diagnostic]:
    """Return what shows only when all agreements are seen: also what is ignored without need."""
    across = [rule for rule in REGISTER_RULES if whole or rule is not superseded_unknown]
    asked = set(IGNORABLE) - codes(DAY_RULES) - {code for code, level in levels.items() if level == "off"}
    asked -= set() if whole else codes(REGISTER_RULES)
    return list(unneeded(traces, [one for rule in across for one in rule(traces)], asked))


def ordered(findings: Iterable[Diagnostic], levels: Mapping[str, str]) -> list[Diagnostic]:
    """Return findings as kyotei.toml wants them, sorted by place."""
    return sorted(levelled(findings, levels), key=lambda one: one.sort_key)


def codes(rules: Iterable[Callable[..., object]]) -> set[str]:
    """Return the codes of rules, for which they are named."""
    return {rule.__name__.replace("_", "-") for rule in rules}


def _own(entry: Entry, as_of: date | None) -> Iterator[Diagnostic]:
    """Yield what is found in one file by itself."""
    for rule in FILE_RULES if entry.agreement.events else TEXT_RULES:
        yield from rule(entry)
    if as_of is not None:
        for asked in DAY_RULES:
            yield from asked(entry, as_of)
