"""How time and memory grow with the register: `python benchmarks/growth.py [COUNT…]`.

The unit is again a bare libyaml event parse of the same files. Memory is the most
that a process held at once.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from answers import Answer, Column, Goal, command_line, tell
from measuring import MIB, by_turns, kyotei, times
from register import make
from scale import STATUS, VALIDATE, libyaml, ours

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

COUNTS = (100, 1_000, 10_000)
LARGEST = 100_000
COLUMNS = (
    Column("files", "files", ",d"),
    Column("libyaml", "libyaml s", ",.2f"),
    Column("validate", "validate s", ",.2f"),
    Column("ms_each", "ms a file", ".3f"),
    Column("ratio", "x libyaml", ".1f"),
    Column("validate_mib", "MiB", ",.0f"),
    Column("status", "status JSON s", ",.2f"),
    Column("status_ratio", "x validate", ".1f"),
    Column("status_mib", "MiB", ",.0f"),
)


def measured(command: Sequence[str], count: int, runs: int) -> dict[str, object]:
    """Measure a register of one size."""
    with tempfile.TemporaryDirectory() as folder:
        make(count, Path(folder))
        questions = [one for one in ours(command, Path(folder)) if one.name in {VALIDATE, STATUS}]
        unit, validate, status = by_turns([libyaml(Path(folder)), *questions], runs)
    for one in (validate, status):
        if one.skipped:
            return {"files": count, "skipped": f"{one.contender.name} {one.skipped}"}
    seconds = validate.median or 0.0
    return {
        "files": count,
        "libyaml": unit.median,
        "validate": seconds,
        "ms_each": seconds / count * 1000,
        "ratio": times(validate, unit),
        "validate_mib": validate.peak / MIB or None,
        "status": status.median,
        "status_ratio": times(status, validate),
        "status_mib": status.peak / MIB or None,
    }


def goals(rows: Sequence[dict[str, object]]) -> list[Goal]:
    """Return the goals: memory at the largest size, and seconds that grow as the files do.

    Linear means: between the two largest sizes, a file takes at most a fifth longer.
    """
    found = [row for row in rows if "skipped" not in row]
    if len(found) < 2:
        return []
    before, last = found[-2:]
    each = _number(last["ms_each"]) / _number(before["ms_each"])
    linear = Goal(f"ms a file at {last['files']:,}, against {before['files']:,}", each, 1.2)
    weighed = [name for name in ("validate", "status") if last["files"] == LARGEST and last[f"{name}_mib"]]
    memory = [
        Goal(f"memory of {name}, {LARGEST:,} files", _number(last[f"{name}_mib"]), 300, unit="MiB")
        for name in weighed
    ]
    return [linear, *memory]


def _number(value: object) -> float:
    return float(str(value))


def answered(asked: Namespace) -> Answer:
    """Measure every size."""
    rows = [measured(kyotei(asked.command), count, asked.runs) for count in sorted(asked.counts or COUNTS)]
    title = f"Medians of {asked.runs} runs by turns; memory is the most that a process held at once"
    return Answer("growth", title, COLUMNS, rows, goals(rows))


def main() -> None:
    """Measure as the command line says."""
    parser = command_line(__doc__, runs=5)
    parser.add_argument(
        "counts", type=int, nargs="*", metavar="COUNT", help="sizes (100 1000 10000; 100000 takes its time)"
    )
    asked = parser.parse_args()
    tell(answered(asked), asked)


if __name__ == "__main__":
    main()
