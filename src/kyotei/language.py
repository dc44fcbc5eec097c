"""Which language to speak: asked for, set for the register, or the machine's; English where none tells."""

from __future__ import annotations

import locale
import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from kyotei.messages import Language

if TYPE_CHECKING:
    from collections.abc import Sequence


_KNOWN = frozenset(language.value for language in Language)


def spoken(args: Sequence[str]) -> Language:
    """Return the language of this run: `--lang`, KYOTEI_LANG, `language` in kyotei.toml, the locale.

    It is settled before the command line is read, because the help texts speak it too. What is no language is
    passed over here; the command line itself refuses it.
    """
    told = _option(args), os.environ.get("KYOTEI_LANG")
    named = next((name for name in told if name in _KNOWN), None) or _settled() or _locale()
    return Language(named or Language.EN)


def _option(args: Sequence[str]) -> str | None:
    """Return the last `--lang` among the arguments."""
    found = None
    for word, following in pairwise([*args, ""]):
        if word == "--":
            break
        if word == "--lang":
            found = following
        elif word.startswith("--lang="):
            found = word.removeprefix("--lang=")
    return found


def _settled() -> str | None:
    """Return the register's language. A faulty kyotei.toml is told by the command that needs it."""
    from kyotei.settings import SettingsError, load_settings  # noqa: PLC0415 (only where nothing else tells)

    try:
        return load_settings(Path()).language
    except SettingsError:
        return None


def _locale() -> str | None:
    """Return the language of the machine's locale, `ja` for ja_JP.UTF-8 and for Windows' Japanese_Japan."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ja" if value.lower().startswith("ja") else None
    try:
        named = locale.getlocale()[0] or ""
    except ValueError:  # macOS has locales that Python does not know (LC_CTYPE=UTF-8)
        return None
    return "ja" if named.lower().startswith("ja") else None
