"""The commit hook: `validate --staged` in a git repository of 2,000 agreements of which one is staged.

`python benchmarks/staged.py [COUNT]`. The unit is `python -c pass`; git's own start stands beside it. What a
register's files told is remembered for one day: so the first look of a day and the next one are measured, and
a look as of another day, after which each first one knows nothing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from math import isnan, nan
from pathlib import Path
from typing import TYPE_CHECKING

from answers import TIMED_AND_WEIGHED, Answer, Goal, command_line, tell
from measuring import AS_OF, Contender, by_turns, environment, kyotei, program, row, times
from register import make

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from measuring import Timing

COUNT = 2_000
MANY = 10_000
PYTHON, GIT, FIRST, AGAIN = (
    "python -c pass",
    "git --version",
    "kyotei validate --staged, first of a day",
    "kyotei validate --staged, again",
)
AUTHOR = (
    "-c",
    "user.name=a",
    "-c",
    "user.email=a@example.org",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "gc.auto=0",
)


def repository(git: str, folder: Path, count: int) -> None:
    """Make a repository with a register in one commit, and stage a change to its last agreement."""
    register = folder / "agreements"
    make(count, register)
    for words in (("init", "-q"), ("add", "."), (*AUTHOR, "commit", "-q", "-m", "register"), ("gc", "-q")):
        _run(git, folder, *words)
    changed = max(register.rglob("*.yaml"))
    changed.write_text(
        changed.read_text(encoding="utf-8").replace("originals: 2", "originals: 3"), encoding="utf-8"
    )
    _run(git, folder, "add", ".")


def _run(git: str, folder: Path, *words: str) -> None:
    subprocess.run([git, *words], cwd=folder, env=environment(), check=True)


def contenders(command: Sequence[str], git: str, folder: Path) -> list[Contender]:
    """Return the hook, and what it may be compared with."""
    asked: dict[str, Sequence[str]] = {
        PYTHON: (sys.executable, "-c", "pass"),
        GIT: (git, "--version"),
        "git diff --cached --name-only": (git, "diff", "--cached", "--name-only"),
        "kyotei --version": (*command, "--version"),
        FIRST: (*command, "validate", "--staged", *AS_OF),
        AGAIN: (*command, "validate", "--staged", *AS_OF),
        "kyotei validate --staged, another day": (*command, "validate", "--staged", "--as-of", "2026-11-23"),
        "kyotei validate (whole register)": (*command, "validate", *AS_OF),
    }
    return [Contender(name, words, folder=folder) for name, words in asked.items()]


def goals(found: dict[str, Timing], count: int) -> list[Goal]:
    """Return the goals: of a register of 2,000 files the second, of one of 10,000 what remembering gains."""
    if count == MANY:
        return [Goal("first of a day, against again", times(found[FIRST], found[AGAIN]), 3, at_least=True)]
    again, *starts = (found[name].median or nan for name in (AGAIN, PYTHON, GIT))
    beyond = again - sum(starts)
    return [Goal("again, beyond Python's and git's start", None if isnan(beyond) else beyond, 1, unit="s")]


def measured(asked: Namespace, git: str, folder: Path) -> Answer:
    """Measure in a fresh repository."""
    repository(git, folder, asked.count)
    found = by_turns(contenders(kyotei(asked.command), git, folder), asked.runs, warm=True)
    title = (
        f"{asked.count:,} files in git, one staged; medians of {asked.runs} runs, x is against Python's start"
    )
    named = {one.contender.name: one for one in found}
    rows = [row(one, found[0]) for one in found]
    return Answer("staged", title, TIMED_AND_WEIGHED, rows, goals(named, asked.count))


def main() -> None:
    """Measure as the command line says."""
    parser = command_line(__doc__, runs=5)
    parser.add_argument(
        "count", type=int, nargs="?", default=COUNT, metavar="COUNT", help="files (%(default)s)"
    )
    asked = parser.parse_args()
    git = program("git")
    if git is None:
        sys.exit("git is not installed")
    with tempfile.TemporaryDirectory() as folder:
        tell(measured(asked, git, Path(folder)), asked)


if __name__ == "__main__":
    main()
