"""Commands that run by turns, and how long each took: what the scripts here share. Standard library only."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

AS_OF = ("--as-of", "2026-11-22")
MIB = 1024 * 1024
_OURS = ("KYOTEI_", "LC_", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "GIT_")


@dataclass(frozen=True)
class Contender:
    """A command to be measured, or why it cannot be."""

    name: str
    command: Sequence[str | Path] = ()
    skipped: str = ""
    folder: Path | None = None


@dataclass
class Timing:
    """What was measured of one contender: seconds of each run in order, the most memory of any (bytes)."""

    contender: Contender
    seconds: list[float] = field(default_factory=list)
    peak: int = 0
    skipped: str = ""

    @property
    def median(self) -> float | None:
        """The median of the runs in seconds, None where there is none."""
        return median(self.seconds) if self.seconds and not self.skipped else None


def by_turns(contenders: Sequence[Contender], runs: int, *, warm: bool = False) -> list[Timing]:
    """Run each contender once, then each again, so that whatever disturbs the machine disturbs all alike.

    One that fails is not measured any more: its row tells why. With `warm` the first of several
    rounds is thrown away.
    """
    timings = [Timing(one, skipped=one.skipped) for one in contenders]
    for turn in range(-1 if warm and runs > 1 else 0, runs):
        for timing in timings:
            if not timing.skipped:
                _measure(timing, keep=turn >= 0)
        if turn >= 0:
            print(f"run {turn + 1} of {runs}", file=sys.stderr)
    return timings


def times(one: Timing, unit: Timing) -> float | None:
    """Return how many times as long as the unit: the median over the turns, each compared within itself."""
    if one.median is None or unit.median is None:
        return None
    return median(mine / its for mine, its in zip(one.seconds, unit.seconds, strict=True))


def row(one: Timing, unit: Timing) -> dict[str, object]:
    """Return a measured contender as a row of an answer."""
    if one.skipped:
        return {"name": one.contender.name, "skipped": one.skipped}
    return {
        "name": one.contender.name,
        "seconds": one.median,
        "ratio": times(one, unit),
        "least": min(one.seconds),
        "most": max(one.seconds),
        "peak_mib": one.peak / MIB if one.peak else None,
    }


def kyotei(given: str | None) -> list[str]:
    """Return the command that runs kyotei: the one given, else the one installed beside this Python."""
    if given:
        return shlex.split(given)
    found = program("kyotei", elsewhere=False)
    if found is None:
        sys.exit(f"no kyotei beside {sys.executable}: install it there, or name one with --command")
    return [found]


def program(name: str, *, elsewhere: bool = True) -> str | None:
    """Return the path of a program: beside this Python, else on the PATH."""
    beside = str(Path(sys.executable).parent)
    return shutil.which(name, path=beside) or (shutil.which(name) if elsewhere else None)


def rival(name: str, *args: str | Path, folder: Path | None = None) -> Contender:
    """Return another program as a contender, skipped where it is not installed.

    One on the PATH comes first: beside this Python it would share what kyotei brings for itself.
    """
    found = shutil.which(name) or program(name)
    return (
        Contender(name, (found, *args), folder=folder) if found else Contender(name, skipped="not installed")
    )


def environment() -> dict[str, str]:
    """Return this environment without what would change an answer's language, colour or width."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return {**plain, "KYOTEI_LANG": "en", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def _measure(timing: Timing, *, keep: bool) -> None:
    """Run a contender once; its answer goes nowhere, its complaint is told if it fails."""
    one = timing.contender
    with tempfile.TemporaryFile() as complaint:
        begun = perf_counter()
        process = subprocess.Popen(
            one.command,
            cwd=one.folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaint,
        )
        peak = _waited(process)
        seconds = perf_counter() - begun
        if process.returncode:  # 1 would be findings, but a traceback of Python as well: nobody can tell
            complaint.seek(0)
            timing.skipped = f"ended with {process.returncode}: {_last_line(complaint.read())}"
        elif keep:
            timing.seconds.append(seconds)
            timing.peak = max(timing.peak, peak)


def _waited(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process and return its peak memory in bytes, 0 where the system does not tell.

    Windows never does; Linux only where it is more than this process takes, out of which it was started.
    """
    if not hasattr(os, "wait4"):
        process.wait()
        return 0
    import resource  # noqa: PLC0415 (not on Windows)

    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    inherited = resource.getrusage(
        resource.RUSAGE_SELF
    ).ru_maxrss  # Linux counts the time before exec as well
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_maxrss * unit if usage.ru_maxrss > inherited else 0


def _last_line(complaint: bytes) -> str:
    lines = complaint.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
