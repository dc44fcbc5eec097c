"""The commit hook: `validate --staged` in a git repository of 2,000 agreements of which one is staged.

`python benchmarks/staged.py [COUNT]`. The unit is `python -c pass`; git's own start stands beside it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from answers import TIMED_AND_WEIGHED, Answer, command_line, tell
from measuring import AS_OF, Contender, by_turns, environment, kyotei, program, row
from register import make

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

COUNT = 2_000
AUTHOR = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


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
        "python -c pass": (sys.executable, "-c", "pass"),
        "git --version": (git, "--version"),
        "git diff --cached --name-only": (git, "diff", "--cached", "--name-only"),
        "kyotei --version": (*command, "--version"),
        "kyotei validate --staged": (*command, "validate", "--staged", *AS_OF),
        "kyotei validate (whole register)": (*command, "validate", *AS_OF),
    }
    return [Contender(name, words, folder=folder) for name, words in asked.items()]


def measured(asked: Namespace, git: str, folder: Path) -> Answer:
    """Measure in a fresh repository."""
    repository(git, folder, asked.count)
    found = by_turns(contenders(kyotei(asked.command), git, folder), asked.runs, warm=True)
    title = (
        f"{asked.count:,} files in git, one staged; medians of {asked.runs} runs, x is against Python's start"
    )
    return Answer("staged", title, TIMED_AND_WEIGHED, [row(one, found[0]) for one in found])


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
