"""Where the time goes: `python benchmarks/hotspots.py [COUNT] [--of COMMAND]`.

For a Python that can import kyotei: the time that each module spends itself, by cProfile. The profiler makes
every call of a Python function dearer, and nothing inside C: Python's share looks larger than it is.
libyaml's time counts for kyotei.source, which asks it; one process does all. Read it for the order of things.
"""

from __future__ import annotations

import marshal
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from answers import NAME, Answer, Column, command_line, tell
from measuring import AS_OF, environment
from register import make

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

COLUMNS = (NAME, Column("seconds", "seconds", ".3f"), Column("share", "share", ".0%"))
MOST_ROWS = 15
PROFILED = """
import cProfile, sys
profile = cProfile.Profile()
profile.enable()
from kyotei.__main__ import main
import kyotei.processes
kyotei.processes.MANY = sys.maxsize
status = main(sys.argv[2:])
profile.disable()
profile.dump_stats(sys.argv[1])
sys.exit(status if status > 1 else 0)
"""
_IMPORTS = "imports"
_COMPILED = {
    _IMPORTS: ("marshal.loads", "builtins.exec", "builtins.compile", "__build_class__", "_imp."),
    "pydantic (compiled)": ("pydantic",),
    "files: names, opening, reading": ("posix", "nt.", "io.", "BufferedReader", "scandir", "DirEntry"),
}
"""What a function of C does for us, by words in its name."""
_Key = tuple[str, int, str]


def module(key: _Key) -> str:
    """Name what a function belongs to: a module of ours, a library, or what Python brings."""
    file, _, function = key
    if file == "~":
        named = ((name, word) for name, words in _COMPILED.items() for word in words)
        return next((name for name, word in named if word in function), "built-ins")
    if file.startswith("<frozen importlib"):
        return _IMPORTS
    parts = Path(file).with_suffix("").parts
    if "kyotei" in parts and "site-packages" not in (ours := _after("kyotei", parts)):
        return ".".join(("kyotei", *ours)).removesuffix(".__init__")
    return _after("site-packages", parts)[0] if "site-packages" in parts else "the standard library"


def _after(name: str, parts: Sequence[str]) -> Sequence[str]:
    """Return the steps of a path behind the last one that is called so."""
    return parts[len(parts) - parts[::-1].index(name) :]


def shares(stats: Mapping[_Key, tuple[int, int, float, float, object]]) -> list[tuple[str, float]]:
    """Return the seconds that each module spent itself, the most first."""
    found: defaultdict[str, float] = defaultdict(float)
    for key, (_, _, own, _, _) in stats.items():
        found[module(key)] += own
    return sorted(found.items(), key=lambda one: -one[1])


def profiled(asked: Namespace, folder: Path) -> list[tuple[str, float]]:
    """Run a command under the profiler, in a process of its own, imports and all."""
    make(asked.count, folder / "register")
    dump = folder / "profile"
    words = [*asked.of.split(), str(folder / "register"), *AS_OF]
    command = [sys.executable, "-c", PROFILED, str(dump), *words]
    ran = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(ran.stderr.strip() or f"ended with {ran.returncode}")
    return shares(marshal.loads(dump.read_bytes()))  # noqa: S302 (we have just had it written)


def measured(asked: Namespace) -> Answer:
    """Return the table; what is small is one row."""
    with tempfile.TemporaryDirectory() as folder:
        found = profiled(asked, Path(folder))
    whole = sum(seconds for _, seconds in found)
    rest = [("the rest", sum(seconds for _, seconds in found[MOST_ROWS:]))]
    rows: list[dict[str, object]] = [
        {"name": name, "seconds": seconds, "share": seconds / whole}
        for name, seconds in [*found[:MOST_ROWS], *rest]
    ]
    title = f"kyotei {asked.of}, {asked.count:,} files: seconds under the profiler, each module's own"
    return Answer("hotspots", title, COLUMNS, rows)


def main() -> None:
    """Measure as the command line says."""
    parser = command_line(__doc__, runs=1)
    parser.add_argument(
        "count", type=int, nargs="?", default=10_000, metavar="COUNT", help="files (%(default)s)"
    )
    parser.add_argument(
        "--of", default="validate", metavar="COMMAND", help="what to ask kyotei (%(default)s)"
    )
    asked = parser.parse_args()
    tell(measured(asked), asked)


if __name__ == "__main__":
    main()
