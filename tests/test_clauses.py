"""The grammar of clauses, held to a table of clauses with their readings."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from kyotei.drafting.clauses import clause_fields

TABLE = Path(__file__).parent / "tables" / "clauses.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def readings(written: str) -> dict[str, str]:
    """`term.end=2026-03-31?past-era`: a value, and the reason to look at it."""
    return dict(part.partition("=")[::2] for part in re.split(r" (?=[a-z]+\.[a-z_.]+=)", written) if part)


@pytest.mark.parametrize("row", ROWS, ids=[row["why"] for row in ROWS])
def test_a_clause_is_read(row: dict[str, str]) -> None:
    signed = date.fromisoformat(row["signed"]) if row["signed"] else None
    found = {
        ".".join(field.path): (field.value if isinstance(field.value, str) else ",".join(field.value))
        + (f"?{field.reason}" if field.reason else "")
        for field in clause_fields(row["text"].replace("\\n", "\n"), signed=signed)
    }
    assert found == readings(row["fields"])
