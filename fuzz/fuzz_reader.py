"""Fuzz the reader and the model: whatever the bytes of a file are, they are an agreement or have findings.

    python fuzz/fuzz_reader.py [options of libFuzzer] [FOLDER FOR NEW CASES]

What it looks for: an exception that is none of ours, a finding without a place in the file, another verdict
where ruamel's C parser is missing, and (with libFuzzer's own -timeout and -rss_limit_mb) a hang or a bomb.
Needs the extra `fuzz`. Runs for ever; end it with -max_total_time=60 or -runs=1000000.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TypeAlias
from zlib import crc32

import atheris

with atheris.instrument_imports(include=["kyotei", "ruamel"]):
    from kyotei import source, spare_parser  # noqa: F401 (loaded late by itself, and would not be watched)
    from kyotei.entry import Entry, read_entry
    from kyotei.rules import alone
    from kyotei.tables import status_row
    from kyotei.text import lines

from kyotei.dates.closed_days import OfficeCalendar

ROOT = Path(__file__).parent.parent
SEEDS = (ROOT / "agreements", ROOT / "tests" / "examples")
AS_OF = date(2026, 11, 22)
CALENDAR = OfficeCalendar()
C_PARSER = source.CParser
SLOW = 8
"""One file in so many is read with the slow parser too."""

Places: TypeAlias = list[tuple[int, int, str]]


def one_file(raw: bytes) -> None:
    """Read a file as a register of one, with both parsers, and ask what a command would."""
    entry, places = _read(raw)
    if entry is not None:
        alone(entry, AS_OF)
        status_row(entry, AS_OF, CALENDAR)
        source.extents(entry.document.text)
    if crc32(raw) % SLOW == 0:
        _compare(raw, entry, places)


def _compare(raw: bytes, entry: Entry | None, places: Places) -> None:
    """Read a file again as a machine without the C parser does: the verdict is the same."""
    source.CParser = None
    spare, others = _read(raw)
    source.CParser = C_PARSER
    if (entry is None) != (spare is None):
        raise AssertionError(places, others)
    if entry is not None and spare is not None and entry.agreement != spare.agreement:
        raise AssertionError(entry.agreement, spare.agreement)


def _read(raw: bytes) -> tuple[Entry | None, Places]:
    """Read a file once; every finding must have a place in it."""
    entry, findings = read_entry(raw, "fuzz.yaml")
    written = list(lines(raw.decode("utf-8-sig", errors="replace")))
    for found in findings:
        place = found.place
        if place.line > len(written) or place.column > len(written[place.line - 1]) + 1:
            raise AssertionError(found)
    if (entry is None) != bool(findings):
        raise AssertionError(findings)
    return entry, [(found.place.line, found.place.column, found.message) for found in findings]


def main() -> None:
    """Fuzz, starting from the agreements and the examples."""
    seeds = [str(folder) for folder in SEEDS]
    words = f"-dict={Path(__file__).with_name('words.dict')}"
    atheris.Setup([sys.argv[0], words, *sys.argv[1:], *seeds], one_file)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
