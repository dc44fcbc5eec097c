"""Run every benchmark and write the results into README.md: `python benchmarks/report.py [--quick]`.

The whole takes more than half an hour, most of it the others': `--rivals 1000` gives them fewer files. Use a
Python beside which kyotei is installed from a wheel, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).resolve().parent
README = HERE / "README.md"
BEGIN, END = "<!-- results: written by report.py -->", "<!-- end of results -->"

Script = tuple[str, ...]

QUICK: tuple[Script, ...] = (
    ("start.py", "--runs", "1"),
    ("engine.py", "20", "--runs", "1"),
    ("scale.py", "5", "--runs", "1"),
    ("growth.py", "5", "10", "--runs", "1"),
    ("staged.py", "5", "--runs", "1"),
    ("hotspots.py", "5"),
)


def full(files: int, rivals: int) -> tuple[Script, ...]:
    """Return all benchmarks, for a register of so many files that grows to the tenfold.

    The others are slow: they may be given fewer files, in a run of their own.
    """
    sizes = [str(size) for size in (100, 1_000, 10_000, 100_000) if size <= 10 * files]
    alone = ("scale.py", str(files), "--without-rivals")
    return (
        ("start.py",),
        ("engine.py",),
        *((alone,) if rivals != files else ()),
        *((("scale.py", str(rivals)),) if rivals else ()),
        ("growth.py", *sizes),
        ("staged.py",),
        ("staged.py", "10000"),
        ("hotspots.py", str(files)),
        ("hotspots.py", str(files), "--of", "status"),
    )


def results(scripts: tuple[Script, ...], shared: list[str]) -> str:
    """Run the benchmarks one after the other; their tables under the date, the machine and the command."""
    parts = [f"{datetime.now(UTC):%Y-%m-%d}, {machine()}; `{said(sys.argv[1:])}`"]
    for script, *words in scripts:
        print(f"{script} {' '.join(words)}".rstrip(), file=sys.stderr)
        more = shared if script != "hotspots.py" else []
        command = [sys.executable, str(HERE / script), *words, *more, "--markdown"]
        ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        failed = f"### `benchmarks/{script}`\n\nended with {ran.returncode}, without an answer"
        parts.append(failed if ran.returncode else ran.stdout.strip())
    return "\n\n".join(parts)


def said(words: Sequence[str]) -> str:
    """Return the command line as anyone can repeat it: without the page, which is a path of this machine."""
    pages = {at for at, word in enumerate(words) if word == "--page"}
    told = [word for at, word in enumerate(words) if not {at, at - 1} & pages]
    return " ".join(["python benchmarks/report.py", *told])


def machine() -> str:
    """Return what the figures depend on: processor, cores, memory, system, Python, and what else runs."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    load = f"load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    system = f"{platform.system()} {platform.machine()}"
    parts = [_processor(), f"{cores} cores", _memory(), system, python, load]
    return ", ".join(part for part in parts if part)


def _processor() -> str:
    """Return the processor's name, as Linux tells it; elsewhere as Python does."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor())


def _memory() -> str:
    """Return how much memory there is, empty where the system does not tell."""
    names = getattr(os, "sysconf_names", {})
    if not {"SC_PAGE_SIZE", "SC_PHYS_PAGES"} <= names.keys():
        return ""
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1024**3:.0f} GiB"


def write(page: Path, found: str) -> None:
    """Put the results between the two marks of a page."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    page.write_text(f"{before}{BEGIN}\n\n{found}\n\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Measure, and write."""
    parser = argparse.ArgumentParser(description="Run every benchmark and write the results into README.md.")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, one run: to see whether all works")
    parser.add_argument("--files", type=int, default=10_000, help="files of the register (%(default)s)")
    parser.add_argument("--rivals", type=int, help="files for the others (as many; 0: without them)")
    parser.add_argument("--runs", type=int, help="runs of each (what each script holds right)")
    parser.add_argument("--page", type=Path, default=README, help="the page to write into (README.md)")
    asked = parser.parse_args()
    shared = [] if asked.runs is None else ["--runs", str(asked.runs)]
    rivals = asked.files if asked.rivals is None else asked.rivals
    write(asked.page, results(QUICK if asked.quick else full(asked.files, rivals), shared))


if __name__ == "__main__":
    main()
