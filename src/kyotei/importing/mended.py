"""The rows that failed, as CSV to be mended and imported again: the list's own columns, and the reasons."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from kyotei.importing.separated import GUARDED
from kyotei.importing.vocabulary import OF_FAILED_ROWS, plain
from kyotei.text import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.importing.columns import Headed
    from kyotei.importing.facts import Origin, Problem
    from kyotei.importing.outcomes import Failed
    from kyotei.messages import Words


def mended_csv(headed: Headed, failed: Sequence[Failed], words: Words) -> bytes:
    """Return the failed rows: UTF-8 with its mark and CRLF, so that Excel opens it; no text is a formula."""
    stream = StringIO(newline="")
    writer = csv.writer(stream)
    headings = {c.number: c.heading for c in headed.columns if plain(c.heading) not in OF_FAILED_ROWS}
    numbers = range(1, max(headings, default=0) + 1)
    named = [words.say("import", "csv-row"), words.say("import", "csv-errors")]
    writer.writerow([*(_guarded(headings.get(number, "")) for number in numbers), *named])
    for one in failed:
        cells = (one.record.cells.get(number, ()) for number in numbers)
        texts = ["\n".join(cell.text for cell in each) for each in cells]
        reasons = "\n".join(reason(words, problem) for problem in one.problems)
        writer.writerow([_guarded(text) for text in (*texts, _place(headed, one.row), reasons)])
    return stream.getvalue().encode("utf-8-sig")


def reason(words: Words, problem: Problem) -> str:
    """Return what is wrong in a row, with the heading and the value of the cell at fault."""
    said = words.say(problem.said.section, problem.said.name, **problem.said.values)
    if near := problem.said.values.get("near"):
        said += words.say("finding", "near", near=near)
    return said if problem.origin is None else _located(words, problem.origin, said)


def _located(words: Words, origin: Origin, said: str) -> str:
    """Put the heading before a sentence, and the value if the sentence does not have it."""
    value = shortened(" ".join(origin.text.split()))
    name = "at-value" if value and value not in said else "at-heading"
    return words.say("import", name, heading=origin.heading, value=value, reason=said)


def _place(headed: Headed, row: int) -> str:
    return f"{headed.sheet.name}!{row}" if headed.sheet.name else str(row)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(GUARDED) else text
