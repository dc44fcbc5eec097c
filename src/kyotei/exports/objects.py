"""JSON and JSON Lines: one object per agreement with everything computed, for DuckDB, pandas and jq.

The keys are those of `status`, and behind them the clauses, the deadlines ahead and the chain of periods.
Every object has every key, so that a table made of them has the same columns whatever the register holds.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kyotei.content import content
from kyotei.shapes import SCHEMA_VERSION, agreement_status, coming_shape, dumped, period_shape
from kyotei.text import in_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyotei.exports import Account, Exported
    from kyotei.model import Part

CLAUSES = ("term", "renewal", "notice", "termination", "confidentiality")


def document(exported: Exported) -> bytes:
    """Return one JSON document: the shape of `status`, each agreement with more behind it."""
    shape = {
        "schema_version": SCHEMA_VERSION,
        "as_of": exported.as_of.isoformat(),
        "agreements": [_object(account) for account in exported.accounts],
        "unread": list(exported.unread),
    }
    return f"{dumped(shape)}\n".encode()


def json_lines(exported: Exported) -> bytes:
    """Return JSON Lines: each agreement in a line of its own, with the day asked for in front."""
    head = {"as_of": exported.as_of.isoformat()}
    lines = (json.dumps(head | _object(each), ensure_ascii=False) for each in exported.accounts)
    return "".join(f"{in_json(line)}\n" for line in lines).encode()


def _object(account: Account) -> dict[str, Any]:
    agreement = account.agreement
    return {
        **agreement_status(account.row),
        "signed": agreement.signed.isoformat(),
        "terms": {name: _clause(getattr(agreement, name)) for name in CLAUSES},
        "deadlines": [coming_shape(row) for row in account.deadlines],
        "chain": [period_shape(row) for row in account.chain],
        "contacts": _contents(agreement.contacts),
        "tags": list(agreement.tags),
        "events": _contents(agreement.events),
    }


def _clause(part: Part | None) -> dict[str, Any] | None:
    return None if part is None else content(part)


def _contents(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [content(part) for part in parts]
