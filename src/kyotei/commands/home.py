"""Where a new file goes: one folder of the register, with the line by which editors find the schema."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kyotei.commands.session import Session, Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMA = Path("schemas/agreement.schema.json")


def new_home(session: Session, paths: Sequence[str]) -> Path:
    """Return the folder of the register, which need not exist yet."""
    if "" in paths:  # an unset variable of the shell; as a path it would be the current folder
        raise Stop("path-missing", path='""')
    if len(paths) > 1:
        raise Stop("folders-many", paths=", ".join(paths))
    folder = Path(paths[0]) if paths else session.settings.register
    if folder.exists() and not folder.is_dir():
        raise Stop("folder-not", path=folder.as_posix())
    return folder


def modeline(folder: Path) -> str:
    """Return the line by which editors find the schema, where the repository keeps one."""
    if not SCHEMA.is_file():
        return ""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(SCHEMA, folder)).as_posix()}\n"
