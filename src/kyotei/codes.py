"""Every rule by its code, with its severity; what a rule says about itself stands in `locale/*.rules.toml`.

On a low floor, because kyotei.toml and the schema name rules too. Codes of a file's form (`date-invalid`) are
no rules: what cannot be read is always an error.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from kyotei.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

GROUPS: Mapping[str, Mapping[str, Severity]] = MappingProxyType(
    {
        "names": {
            "id-not-file-name": _WARNING,
            "id-duplicate": _ERROR,
            "agreement-duplicate": _WARNING,
            "role-duplicate": _ERROR,
            "role-unknown": _ERROR,
            "party-duplicate": _WARNING,
        },
        "term": {
            "date-past-era": _WARNING,
            "end-before-start": _ERROR,
            "start-is-signing-day": _WARNING,
            "term-too-long": _WARNING,
            "day-not-every-year": _WARNING,
            "limit-used-up": _WARNING,
            "limit-without-effect": _WARNING,
        },
        "notice": {
            "notice-missing": _WARNING,
            "notice-without-renewal": _WARNING,
            "notice-not-shorter": _WARNING,
            "deadline-before-signing": _WARNING,
            "months-as-days": _WARNING,
        },
        "events": {
            "event-out-of-order": _WARNING,
            "event-before-signing": _ERROR,
            "event-after-end": _ERROR,
            "renewal-late": _WARNING,
            "renewal-impossible": _ERROR,
            "withdrawal-without-notice": _ERROR,
            "effective-before-event": _ERROR,
            "amendment-retroactive": _WARNING,
            "notice-not-entitled": _WARNING,
            "event-without-effect": _WARNING,
            "renewal-confirms-next": _WARNING,
            "notice-still-open": _WARNING,
            "event-duplicate": _WARNING,
            "superseded-unknown": _ERROR,
            "superseded-circle": _ERROR,
        },
        "upkeep": {
            "renewal-unrecorded": _WARNING,
            "unreviewed": _WARNING,
        },
        "ignore": {
            "ignore-unknown": _ERROR,
            "ignore-unused": _WARNING,
        },
    }
)
"""The rules by subject, in the order in which they are listed."""

RULES: Mapping[str, Severity] = MappingProxyType(
    {code: severity for group in GROUPS.values() for code, severity in group.items()}
)
"""Code -> severity, unless kyotei.toml says otherwise."""

LEVELS = ("off", "warning", "error")
"""What kyotei.toml may make of a rule that warns. An error stays one: dates from such a file are wrong."""

IGNORABLE = tuple(
    code for code, severity in RULES.items() if severity is _WARNING and code != "ignore-unused"
)
"""The rules that a file may ignore with a reason."""
