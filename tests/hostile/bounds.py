"""Runs `kyotei validate` on each file of a folder, in this process; prints what the worst one took.

    python tests/hostile/bounds.py FOLDER [spare]

The seconds are those of the processor, as a test may share it; `spare` reads without ruamel's C parser.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from kyotei import source
from kyotei.__main__ import main

SUSPECT = 1.2
AS_OF = ("--as-of", "2026-11-22")


def worst(folder: Path) -> dict[str, object]:
    """Return the slowest file and its seconds, the most memory in MiB, and the files misjudged."""
    took: dict[str, float] = {}
    wrong = []
    for file in sorted(folder.iterdir()):
        status, took[file.name] = _timed(file)
        if took[file.name] > SUSPECT:  # a busy machine is no fault of the file's
            took[file.name] = min(took[file.name], _timed(file)[1])
        if status != file.name.startswith("refused"):
            wrong.append(file.name)
    slowest = max(took, key=lambda name: took[name])
    return {"file": slowest, "seconds": took[slowest], "memory": _most_memory(), "wrong": wrong}


def _most_memory() -> float:
    """Return the most MiB that this process held; Linux tells `getrusage` its parent's, if more."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _timed(file: Path) -> tuple[int, float]:
    start = time.process_time()
    status = main(["validate", str(file), *AS_OF])
    return status, time.process_time() - start


if __name__ == "__main__":
    if "spare" in sys.argv:
        source.__dict__["CParser"] = None
    told = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    found = worst(Path(sys.argv[1]))
    os.write(told, json.dumps(found).encode())
