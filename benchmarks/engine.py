"""The engine alone: how long the standings of 10,000 agreements take, in milliseconds.

`python benchmarks/engine.py [COUNT]`, with a Python that can import kyotei. Nothing is read or written
while the clock runs. Each run is a process of its own, so that none finds what an earlier one has remembered.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from datetime import date
from statistics import median
from time import perf_counter

from answers import NAME, Answer, Column, Goal, command_line, tell
from register import texts

AS_OF = date(2026, 11, 22)
MILLISECONDS = 1000
COLUMNS = (NAME, Column("ms", "ms", ",.0f"), Column("least", "least", ",.0f"), Column("most", "most", ",.0f"))


def once(count: int) -> float:
    """Read so many agreements, then return the milliseconds in which the engine tells how they stand."""
    from kyotei.entry import read_entry  # noqa: PLC0415 (only the processes that measure need it)
    from kyotei.term import standing  # noqa: PLC0415 (as above)

    entries = [read_entry(text.encode(), name)[0] for name, text in texts(count)]
    agreements = [entry.agreement for entry in entries if entry]
    if len(agreements) != count:
        sys.exit(f"{count - len(agreements)} of the invented agreements cannot be read")
    begun = perf_counter()
    for agreement in agreements:
        standing(agreement, AS_OF)
    return (perf_counter() - begun) * MILLISECONDS


def apart(count: int) -> float:
    """Measure in a process of its own."""
    command = [sys.executable, __file__, "--once", str(count)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(ran.stderr.strip() or f"ended with {ran.returncode}")
    return float(ran.stdout)


def measured(asked: argparse.Namespace) -> Answer:
    """Measure as often as was asked."""
    found = [apart(asked.count) for _ in range(asked.runs)]
    name = f"{asked.count:,} standings"
    rows: list[dict[str, object]] = [
        {"name": name, "ms": median(found), "least": min(found), "most": max(found)}
    ]
    goals = [Goal("10,000 standings, engine alone", median(found) * 10_000 / asked.count, 150, unit="ms")]
    title = f"How each agreement stands on {AS_OF}; median of {asked.runs} runs, each a process of its own"
    return Answer("engine", title, COLUMNS, rows, goals)


def main() -> None:
    """Measure as the command line says."""
    parser = command_line(__doc__, runs=5)
    parser.add_argument("count", type=int, nargs="?", default=10_000, metavar="COUNT")
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        print(once(asked.count))
    else:
        tell(measured(asked), asked)


if __name__ == "__main__":
    main()
