"""`kyotei` as people run it: in this process with `Command`, or in one of its own with `started`."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import kyotei.__main__

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

ROOT = Path(__file__).parent.parent
AS_OF = ("--as-of", "2026-11-22")
PACKAGE = str(Path(kyotei.__main__.__file__).parent.parent)
OURS = ("KYOTEI_", "LC_", "LANG", "NO_COLOR", "FORCE_COLOR", "TTY_", "COLUMNS", "PYTHON", "TERM", "_KYOTEI")


@dataclass(frozen=True)
class Ran:
    """An exit status, and what was written to both streams."""

    status: int
    out: str
    err: str


def settle(monkeypatch: pytest.MonkeyPatch, folder: Path, language: str = "en", columns: int = 120) -> None:
    """Make a run depend on nothing of this machine."""
    for name in [name for name in os.environ if name.startswith(OURS)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KYOTEI_LANG", language)
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.chdir(folder)


@dataclass(frozen=True)
class Command:
    """Runs `kyotei` in this process."""

    capfd: pytest.CaptureFixture[str]

    def __call__(self, *args: str) -> Ran:
        status = kyotei.__main__.main(args)
        out, err = self.capfd.readouterr()
        return Ran(status, out, err)

    def at(self, *args: str) -> Ran:
        """Run a command as of 2026-11-22."""
        return self(*args, *AS_OF)


def started(
    *args: str,
    env: Mapping[str, str] | None = None,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    """Run `kyotei` in a process of its own, in English if `env` says nothing else."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    given = {**plain, "KYOTEI_LANG": "en", "PYTHONPATH": PACKAGE, **(env or {})}
    command = [sys.executable, "-m", "kyotei", *args]
    return subprocess.run(command, env=given, stdout=stdout, stderr=stderr, check=False)
