"""Real repositories of git in a temporary folder, whatever this machine's own settings of git say."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from command_line_for_tests import PACKAGE

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

HOOK = "#!/bin/sh\nexec kyotei validate --staged\n"


@dataclass(frozen=True)
class Repository:
    """A working tree of git."""

    root: Path

    def __call__(self, *args: str, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Run git here; its exit status must be the expected one."""
        ran = subprocess.run(
            ["git", *args],
            cwd=self.root,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="surrogateescape",
        )
        assert expect is None or ran.returncode == expect, ran.stdout + ran.stderr
        return ran

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file of the working tree."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def commit(self) -> None:
        """Commit everything in the working tree, past every hook."""
        self("add", "--all")
        self("commit", "--quiet", "--allow-empty", "--no-verify", "--message", "x")

    def hooked(self, script: str = HOOK) -> Repository:
        """Install a pre-commit hook."""
        hook = self.root / ".git" / "hooks" / "pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(script, encoding="utf-8")
        hook.chmod(0o755)
        return self


def isolate(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Take git's settings from nowhere but the repository, and put `kyotei` on the path of its hooks."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder))
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "台帳係")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "register@example.jp")
        monkeypatch.setenv(f"GIT_{role}_DATE", "2026-11-22T09:00:00+0900")
    tools = folder / "bin"
    tools.mkdir(exist_ok=True)
    stub(tools / "kyotei", f'PYTHONPATH="{PACKAGE}" exec "{sys.executable}" -m kyotei "$@"')
    monkeypatch.setenv("PATH", str(tools), prepend=os.pathsep)


def stub(file: Path, script: str) -> Path:
    """Write a program."""
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def repository(root: Path) -> Repository:
    """A new repository without a commit."""
    root.mkdir(parents=True, exist_ok=True)
    made = Repository(root)
    made("init", "--quiet", "--initial-branch", "main")
    return made
