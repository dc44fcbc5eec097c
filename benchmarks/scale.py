"""Ten thousand agreements: kyotei beside libyaml, check-jsonschema, yamllint and yamale, on the same files.

`python benchmarks/scale.py [COUNT]`. The unit is a bare libyaml event parse of all files (`events.py`). Every
command is a whole process, its start included; every one reads the same files, written by `register.py`.
"""

from __future__ import annotations

import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from answers import TIMED_AND_WEIGHED, Answer, Goal, command_line, tell
from measuring import AS_OF, Contender, by_turns, kyotei, rival, row, times
from register import make

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from measuring import Timing

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parent / "schemas" / "agreement.schema.json"
YAMALE = HERE / "agreement.yamale.yaml"
LIBYAML, VALIDATE, STATUS, TABLE, DEADLINES = (
    "libyaml, events only",
    "kyotei validate",
    "kyotei status --format json",
    "kyotei status",
    "kyotei deadlines",
)
COUNT = 10_000
MOST_NAMES = 1_500_000
"""Bytes of file names that a command line takes on Linux, with room for the environment."""


def libyaml(folder: Path) -> Contender:
    """Return the unit as a contender."""
    missing = (
        "" if find_spec("_ruamel_yaml") else "ruamel.yaml's C parser is not installed beside this Python"
    )
    return Contender(LIBYAML, (sys.executable, HERE / "events.py", folder), missing)


def ours(command: Sequence[str], folder: Path) -> list[Contender]:
    """Return kyotei's questions to a whole register."""
    asked = {
        VALIDATE: ("validate", folder),
        STATUS: ("status", "--format", "json", folder),
        DEADLINES: ("deadlines", folder),
        TABLE: ("status", folder),
    }
    return [Contender(name, (*command, *words, *AS_OF)) for name, words in asked.items()]


def rivals(folder: Path) -> list[Contender]:
    """Return the others; check-jsonschema takes files only."""
    names = sorted(str(file.relative_to(folder)) for file in folder.rglob("*.yaml"))
    if sum(len(name) + 9 for name in names) > MOST_NAMES:  # a terminator and a pointer each
        check = Contender("check-jsonschema", skipped="so many file names fit on no command line")
    else:
        check = rival("check-jsonschema", "--schemafile", SCHEMA, *names, folder=folder)
    return [check, rival("yamllint", folder), rival("yamale", "--schema", YAMALE, folder)]


def goals(found: dict[str, Timing]) -> list[Goal]:
    """Return the goals of speed."""
    check = times(found["check-jsonschema"], found[VALIDATE]) if "check-jsonschema" in found else None
    return [
        Goal("validate, against libyaml", times(found[VALIDATE], found[LIBYAML]), 5),
        Goal("check-jsonschema, against validate", check, 15, at_least=True),
        Goal("status --format json, against validate", times(found[STATUS], found[VALIDATE]), 1.3),
        Goal("deadlines, against validate", times(found[DEADLINES], found[VALIDATE]), 1.3),
        Goal("status table, against its JSON", times(found[TABLE], found[STATUS]), 2),
    ]


def measured(asked: Namespace, folder: Path) -> Answer:
    """Measure all contenders in a folder."""
    contenders = [libyaml(folder), *ours(kyotei(asked.command), folder)]
    contenders += [] if asked.without_rivals else rivals(folder)
    found = by_turns(contenders, asked.runs)
    count = sum(1 for _ in folder.rglob("*.yaml"))
    title = f"{count:,} files; seconds are medians of {asked.runs} runs by turns, x compares with libyaml"
    title += "" if count == COUNT else f". The goals are those for {COUNT:,}"
    named = {one.contender.name: one for one in found}
    return Answer("scale", title, TIMED_AND_WEIGHED, [row(one, found[0]) for one in found], goals(named))


def main() -> None:
    """Measure as the command line says."""
    parser = command_line(__doc__, runs=5)
    parser.add_argument(
        "count", type=int, nargs="?", default=COUNT, metavar="COUNT", help="files (%(default)s)"
    )
    parser.add_argument("--folder", type=Path, help="measure on these files, which must be sound, instead")
    parser.add_argument(
        "--without-rivals", action="store_true", help="kyotei and libyaml only: minutes, not hours"
    )
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        if asked.folder is None:
            make(asked.count, Path(made))
        tell(measured(asked, asked.folder or Path(made)), asked)


if __name__ == "__main__":
    main()
