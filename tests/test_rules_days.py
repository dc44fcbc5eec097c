"""Every day that a rule names, from tests/tables/rules.csv; without `values` the rule finds nothing."""

from __future__ import annotations

import csv
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from kyotei.dates.wareki import past_era
from kyotei.register import Register
from kyotei.rules import judged, notices
from registers_for_tests import entry, text

TABLE = Path(__file__).parent / "tables" / "rules.csv"
PARTIES = "[{role: 甲, name: 横浜市}, {role: 乙, name: 渋谷区}]"


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['code']}: {row['why']}")
def test_a_rule_names_the_days(row: dict[str, str]) -> None:
    head = f"id: a\ntitle: 連携協定\nsigned: {row['signed']}\nparties: {PARTIES}\nterm: {row['term']}\n"
    told = entry(head + row["clauses"].replace(" | ", "\n") + "\n")
    register = judged(Register((told,), (), 1), date.fromisoformat(row["as_of"]))
    found = [dict(one.values) for one in register.diagnostics if one.code == row["code"]]
    pairs = (pair.partition("=") for pair in row["values"].split())
    values = {name: value.replace("_", " ") for name, _, value in pairs}
    assert found == ([values] if values else [])


TERMS = (
    "{start: signing, end: 2026-05-31}",
    "{start: 2026-04-01, end: 2027-03-31}",
    "{start: 2025-04-01, length: 1 year}",
)
LENGTHS = ("1 year", "13 months", "3 months", "92 days", "12 weeks")
READINGS = ("corresponding-day", "clear", "end-of-term", "mirrored")


def test_a_glance_at_the_lengths_never_overlooks_what_counting_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules on deadlines count days only where the lengths leave a doubt."""
    told = [
        entry(
            text(
                term=f"term: {term}\n",
                clauses=f"renewal: {{mode: automatic, length: {length}}}\n"
                f"notice: {{before_end: {notice}, reading: {reading}}}\n",
            )
        )
        for term, length, notice, reading in product(TERMS, LENGTHS, LENGTHS, READINGS)
    ]
    rules = (notices.notice_not_shorter, notices.deadline_before_signing)
    glanced = [[list(rule(one)) for rule in rules] for one in told]
    monkeypatch.setattr(notices, "_is_short", lambda _: False)
    assert glanced == [[list(rule(one)) for rule in rules] for one in told]
    assert 0 < sum(any(found) for found in glanced) < len(told)


def eras() -> list[str]:
    with (TABLE.parent / "dates_accepted.csv").open(encoding="utf-8", newline="") as file:
        return [cell for row in csv.reader(file) for cell in row if past_era(cell)]


@pytest.mark.parametrize(
    "written", [*eras(), "H34.3.31", "Ｓ\u300065.1.1", "㍻34年3月31日", "平成三十四年三月三十一日"]
)
@pytest.mark.parametrize("quote", ["", '"'])
def test_no_date_past_its_era_is_overlooked(written: str, quote: str) -> None:
    escaped = "".join(f"\\u{ord(sign):04x}" for sign in written) if quote else written
    told = entry(text(clauses=f"sources: [{{title: x, date: {quote}{escaped}{quote}}}]\n"))
    found = judged(Register((told,), (), 1)).diagnostics
    assert [one.code for one in found] == ["date-past-era"]
