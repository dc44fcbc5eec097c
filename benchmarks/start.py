"""How quickly a command starts: `python benchmarks/start.py`. The unit is `python -c pass`.

One agreement in a folder without anything else; a first round, which fills caches and compiles, is thrown
away. The floor of what reads a file is the least program that does so with the same libraries (`least.py`).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from answers import TIMED_AND_WEIGHED, Answer, Goal, command_line, tell
from measuring import AS_OF, Contender, by_turns, kyotei, rival, row, times
from register import make
from scale import SCHEMA, YAMALE

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

FILE = "agreement-000000.yaml"
PROGRAM = Path(__file__).with_name("least.py")
PYTHON, LEAST, TABLE, VERSION, HELP, VALIDATE, STATUS = (
    "python -c pass",
    "the least program of its libraries",
    "the same with a table",
    "kyotei --version",
    "kyotei --help",
    "kyotei validate FILE",
    "kyotei status FILE",
)
GOALS = {VERSION: 6, HELP: 9, VALIDATE: 14, STATUS: 18}


def ours(command: Sequence[str], folder: Path) -> list[Contender]:
    """Return small questions to kyotei."""
    asked = {
        VERSION: ("--version",),
        HELP: ("--help",),
        "kyotei rules": ("rules",),
        VALIDATE: ("validate", FILE, *AS_OF),
        "kyotei status FILE --format json": ("status", FILE, "--format", "json", *AS_OF),
        STATUS: ("status", FILE, *AS_OF),
        "kyotei deadlines FILE": ("deadlines", FILE, *AS_OF),
    }
    return [Contender(name, (*command, *words), folder=folder) for name, words in asked.items()]


def rivals(folder: Path) -> list[Contender]:
    """Return the others, each with the same file."""
    return [
        rival("yamllint", FILE, folder=folder),
        rival("check-jsonschema", "--schemafile", SCHEMA, FILE, folder=folder),
        rival("yamale", "--schema", YAMALE, FILE, folder=folder),
    ]


def measured(asked: Namespace, folder: Path) -> Answer:
    """Measure all contenders in a folder."""
    make(1, folder)
    unit = Contender(PYTHON, (sys.executable, "-c", "pass"))
    floors = [
        Contender(LEAST, (sys.executable, PROGRAM, FILE), folder=folder),
        Contender(TABLE, (sys.executable, PROGRAM, FILE, "--table"), folder=folder),
    ]
    contenders = [unit, *floors, *ours(kyotei(asked.command), folder), *rivals(folder)]
    found = by_turns(contenders, asked.runs, warm=True)
    named = {one.contender.name: one for one in found}
    goals = [Goal(name, times(named[name], found[0]), bound) for name, bound in GOALS.items()]
    title = f"One file; seconds are medians of {asked.runs} runs by turns, x compares with `{PYTHON}`"
    return Answer("start", title, TIMED_AND_WEIGHED, [row(one, found[0]) for one in found], goals)


def main() -> None:
    """Measure as the command line says."""
    asked = command_line(__doc__, runs=21).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tell(measured(asked, Path(folder)), asked)


if __name__ == "__main__":
    main()
