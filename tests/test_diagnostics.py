from __future__ import annotations

import pytest

from kyotei.diagnostics import Diagnostic, Fault, Place, Severity


def finding(message: str, file: str = "a.yaml", line: int = 1, column: int = 1) -> Diagnostic:
    return Diagnostic(Place(file, line, column), Severity.ERROR, message, {})


def test_a_fault_carries_a_message_and_values_and_no_prose() -> None:
    with pytest.raises(Fault) as raised:
        raise Fault("date-invalid.not-iso", text="2020/1/1", day="2020-01-01")
    assert raised.value.message == str(raised.value) == "date-invalid.not-iso"
    assert raised.value.values == {"text": "2020/1/1", "day": "2020-01-01"}


@pytest.mark.parametrize("message", ["date-invalid", "date-invalid.not-iso"])
def test_the_code_of_a_finding_is_its_message_without_the_case(message: str) -> None:
    assert finding(message).code == "date-invalid"


def test_findings_are_sorted_by_file_line_column_and_code() -> None:
    ordered = (
        finding("z", "a.yaml", 2, 10),
        finding("a", "a.yaml", 10, 1),
        finding("b", "a.yaml", 10, 1),
        finding("a", "a.yaml", 10, 2),
        finding("a", "b.yaml", 1, 1),
    )
    mixed = [ordered[number] for number in (3, 0, 4, 2, 1)]
    assert tuple(sorted(mixed, key=lambda found: found.sort_key)) == ordered
