"""Which language to speak: asked for, set for the register, or the machine's; English where none tells."""

from __future__ import annotations

import locale
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kyotei.messages import Language

if TYPE_CHECKING:
    from collections.abc import Sequence


def spoken(args: Sequence[str]) -> Language:
    """Return the language of this run: `--lang`, KYOTEI_LANG, `language` in kyotei.toml, the locale.

    It is settled before the command line is read, because the help texts speak it too. What is no language is
    passed over here; the command line itself refuses it.
    """
    for named in (_option(args), os.environ.get("KYOTEI_LANG"), _settled(), _locale()):
        if named in set(Language):
            return Language(named)
    return Language.EN


def _option(args: Sequence[str]) -> str | None:
    """Return the last `--lang` among the arguments."""
    found = None
    for word, following in zip(args, [*args[1:], ""], strict=True):
        if word == "--":
            break
        if word == "--lang":
            found = following
        elif word.startswith("--lang="):
            found = word.removeprefix("--lang=")
    return found


def _settled() -> str | None:
    """Return the register's language. A faulty kyotei.toml is told by the command that needs it."""
    from kyotei.settings import SettingsError, load_settings

    try:
        return load_settings(Path()).language
    except SettingsError:
        return None


def _locale() -> str | None:
    """Return the language of the machine's locale, `ja` for ja_JP.UTF-8 and for Windows' Japanese_Japan."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ja" if value.lower().startswith("ja") else None
    return "ja" if (locale.getlocale()[0] or "").lower().startswith("ja") else None
