"""An agreement as plain data again: what `show --format json` says of the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kyotei.source
from agreements_for_tests import YEARLY, agreement
from kyotei.content import content
from kyotei.model import Agreement

ROOT = Path(__file__).parent.parent
FILES = sorted(
    [*(ROOT / "agreements").glob("*.yaml"), *(ROOT / "tests" / "examples" / "valid").glob("*.yaml")]
)


def as_text(value: Any) -> Any:  # noqa: ANN401 (JSON has no type of its own)
    """Return plain data as the file would write it: numbers and truths are text there."""
    match value:
        case dict():
            return {key: as_text(item) for key, item in value.items()}
        case list():
            return [as_text(item) for item in value]
        case bool():
            return str(value).lower()
        case _:
            return str(value)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_content_read_again_is_the_same_agreement(file: Path) -> None:
    read = Agreement.model_validate(kyotei.source.read(file.read_bytes()).data)
    assert Agreement.model_validate(as_text(content(read))) == read


def test_content_is_normalised() -> None:
    told = agreement(
        signed="令和8年3月20日",
        renewal={"mode": "automatic", "to": "03-31", "limit": {"times": "2"}},
        notice={"before_end": "３か月", "by": ["甲"], "reading": "clear"},
        events="令和8年12月10日 notice, by 乙, accepted true",
    )
    found = content(told)
    assert found["signed"] == "2026-03-20"
    assert found["renewal"] == {"mode": "automatic", "to": "03-31", "limit": {"times": 2}}
    assert found["notice"] == {"before_end": "3 months", "by": ["甲"], "reading": "clear"}
    assert found["events"] == [{"on": "2026-12-10", "type": "notice", "by": "乙", "accepted": True}]


def test_absent_keys_are_left_out() -> None:
    assert list(content(agreement(renewal=YEARLY))) == [
        "id",
        "title",
        "signed",
        "parties",
        "term",
        "renewal",
        "events",
    ]


def test_keys_are_spelled_and_ordered_as_in_a_file(seed: Agreement) -> None:
    assert list(content(seed)["contacts"][0]) == ["party", "office", "phone", "for"]
    assert list(content(seed)["term"]) == ["clause", "start", "end"]
