from __future__ import annotations

import csv
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyotei.dates.length import MOST, Length, Unit, parse_length, parse_within
from kyotei.diagnostics import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

READERS: dict[str, Callable[[str], Length]] = {
    "length": parse_length,
    "zero": partial(parse_length, zero=True),
    "within": parse_within,
}
LENGTHS = st.sampled_from(Unit).flatmap(
    lambda unit: st.builds(Length, st.integers(1, MOST[unit]), st.just(unit))
)
NEARLY = st.text(alphabet="0123456789０３〇一二十百千かヶ月年日週間箇 　pPdwmyontheasrk.-+½²", max_size=12)


def rows() -> list[dict[str, str]]:
    table = Path(__file__).parent / "tables" / "lengths.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def told(reader: str, text: str) -> str:
    """Return the length as text, or the fault's code and what it says besides the text."""
    try:
        return str(READERS[reader](text))
    except Fault as fault:
        values = [f"{key}={value}" for key, value in fault.values.items() if key != "text"]
        return " ".join([fault.message, *values])


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["why"])
def test_a_length_is_read_as_the_table_says(row: dict[str, str]) -> None:
    assert told(row["reader"], row["text"]) == row["result"]


def test_every_row_has_its_own_reason() -> None:
    reasons = [row["why"] for row in rows()]
    assert len(set(reasons)) == len(reasons)


@given(LENGTHS)
def test_a_printed_length_is_read_back(length: Length) -> None:
    assert parse_length(str(length)) == length
    assert parse_within(str(length)) == length


@given(LENGTHS)
def test_iso_and_english_agree(length: Length) -> None:
    assert parse_length(f"P{length.count}{length.unit[0].upper()}") == length


@pytest.mark.parametrize("reader", READERS)
@given(text=st.text() | NEARLY)
def test_any_text_is_a_positive_length_or_a_fault(reader: str, text: str) -> None:
    result = told(reader, text)
    if not result.startswith(("length-invalid", "length-invalid.zero", "length-invalid.too-long most=")):
        assert result == str(parse_length(result, zero=reader == "zero"))


@pytest.mark.parametrize("text", ["a pity", "0 months", "101 years"])
def test_every_fault_carries_the_text(text: str) -> None:
    with pytest.raises(Fault) as raised:
        parse_length(text)
    assert raised.value.values["text"] == text


def test_a_long_text_is_shown_by_its_beginning() -> None:
    with pytest.raises(Fault) as raised:
        parse_length("3 months and then as long as both parties please to go on")
    assert raised.value.values == {"text": "3 months and then as long as both partie…"}


def test_text_beyond_a_hundred_characters_is_not_read() -> None:
    assert parse_length("3" + " " * 94 + "weeks") == Length(3, Unit.WEEKS)
    with pytest.raises(Fault, match="length-invalid"):
        parse_length("3" + " " * 95 + "weeks")
