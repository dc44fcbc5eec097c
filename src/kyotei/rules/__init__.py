"""What must hold beyond the form of one value: one generator per rule, over a file or over the register.

A rule is a generator named for its code; `codes` holds its severity, `locale/*.rules.toml` its page.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from kyotei.codes import IGNORABLE
from kyotei.diagnostics import Severity
from kyotei.event_rules import EVENT_RULES, superseded_unknown
from kyotei.rules.ignoring import ignore_unknown, levelled, wanted
from kyotei.rules.names import id_not_file_name, party_duplicate, role_duplicate, role_unknown
from kyotei.rules.notices import (
    deadline_before_signing,
    notice_missing,
    notice_not_shorter,
    notice_without_renewal,
)
from kyotei.rules.terms import (
    date_past_era,
    day_not_every_year,
    end_before_start,
    limit_used_up,
    start_is_signing_day,
    term_too_long,
)
from kyotei.rules.upkeep import renewal_unrecorded, unreviewed
from kyotei.rules.whole import agreement_duplicate, id_duplicate, superseded_circle
from kyotei.rules.wording import months_as_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from kyotei.diagnostics import Diagnostic
    from kyotei.entry import Entry
    from kyotei.register import Register

FILE_RULES: tuple[Callable[[Entry], Iterator[Diagnostic]], ...] = (
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
    notice_missing,
    notice_without_renewal,
    notice_not_shorter,
    deadline_before_signing,
    months_as_days,
    *EVENT_RULES,
    ignore_unknown,
)
DAY_RULES: tuple[Callable[[Entry, date], Iterator[Diagnostic]], ...] = (renewal_unrecorded, unreviewed)
"""Rules that ask what somebody should have done by a day."""
REGISTER_RULES: tuple[Callable[[Register], Iterator[Diagnostic]], ...] = (
    id_duplicate,
    agreement_duplicate,
    superseded_circle,
    superseded_unknown,
)


def judged(
    register: Register,
    as_of: date | None = None,
    levels: Mapping[str, str] = MappingProxyType({}),
    *,
    whole: bool = True,
) -> Register:
    """Return the register with what the rules find; an agreement with an error of its own is left out.

    Two agreements under one id are both kept: to hide one of them would be worse. Without a day nobody is
    asked what should have been done; a register that is not `whole` does not know which ids there are.
    `levels` are those of kyotei.toml.
    """
    found = {entry: list(_own(entry, as_of)) for entry in register.entries}
    sound = tuple(
        entry for entry, told in found.items() if all(one.severity is Severity.WARNING for one in told)
    )
    across = [rule for rule in REGISTER_RULES if whole or rule is not superseded_unknown]
    told = [one for each in found.values() for one in each]
    told += [one for rule in across for one in rule(register)]
    asked = set(IGNORABLE) - codes(DAY_RULES) - {code for code, level in levels.items() if level == "off"}
    asked -= set() if whole else codes(REGISTER_RULES)
    told = list(levelled(wanted(register.entries, told, asked), levels))
    findings = sorted((*register.diagnostics, *told), key=lambda one: one.sort_key)
    return replace(register, entries=sound, diagnostics=tuple(findings))


def codes(rules: Iterable[Callable[..., object]]) -> set[str]:
    """Return the codes of rules, for which they are named."""
    return {rule.__name__.replace("_", "-") for rule in rules}


def _own(entry: Entry, as_of: date | None) -> Iterator[Diagnostic]:
    """Yield what is found in one file by itself."""
    for rule in FILE_RULES:
        yield from rule(entry)
    if as_of is not None:
        for asked in DAY_RULES:
            yield from asked(entry, as_of)
