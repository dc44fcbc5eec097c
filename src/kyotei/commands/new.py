"""`kyotei new`: a commented draft of one agreement's file."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kyotei.commands.home import modeline, new_home
from kyotei.commands.session import FINE, Session, Stop, asker
from kyotei.dates.wareki import parse_date
from kyotei.diagnostics import Fault
from kyotei.edit import scalar
from kyotei.model import ID_PATTERN
from kyotei.output import STDERR, write
from kyotei.recording import checked
from kyotei.register import load
from kyotei.text import shown
from kyotei.writing import NotWritten, create

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a new agreement; what is empty is left for a person to fill in."""

    identifier: str
    title: str = ""
    signed: str = ""
    parties: tuple[str, ...] = ()


def new(session: Session, draft: Draft, paths: Sequence[str]) -> int:
    """Write the draft into the register's folder; a file or an id that exists is never overwritten."""
    if not re.fullmatch(ID_PATTERN, draft.identifier):
        raise session.misuse("ID", Fault("id-invalid"))
    folder = new_home(session, paths)
    _text(session, draft, folder)  # what was given is refused before anything is asked for
    _not_taken(draft.identifier, folder)
    path = folder / f"{draft.identifier}.yaml"
    if os.path.lexists(path):
        raise Stop("file-exists", path=path.as_posix())
    if (ask := asker()) is not None:
        draft = _asked(session, draft, folder, ask)
    _put(path, _text(session, draft, folder).encode("utf-8"))
    write(shown(session.words.say("new", "written", path=path.as_posix())) + "\n")
    return FINE


def _put(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        create(path, content)
    except FileExistsError:
        raise Stop("file-exists", path=path.as_posix()) from None
    except NotWritten as failed:
        raise Stop("create-failed", path=path.as_posix(), reason=failed.reason) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise Stop("create-failed", path=path.as_posix(), reason=reason) from None


def _not_taken(identifier: str, folder: Path) -> None:
    """Refuse an id that a file of the register has already, whatever that file is called."""
    if folder.is_dir():
        for entry in load([folder]).entries:
            if entry.agreement.id == identifier:
                raise Stop("id-taken", id=identifier, file=entry.file)


def _asked(session: Session, draft: Draft, folder: Path, ask: Callable[[str], str]) -> Draft:
    """Ask for the title and the signing day where they were not given; an empty answer leaves them open."""
    for name in ("title", "signed"):
        while not getattr(draft, name) and (answer := ask(session.words.say("prompt", name))):
            filled = replace(draft, title=answer) if name == "title" else replace(draft, signed=answer)
            try:
                _text(session, filled, folder)
            except Stop as stop:
                write(shown(session.words.say("fault", stop.name, **stop.values)) + "\n", STDERR)
            else:
                draft = filled
    return draft


def _text(session: Session, draft: Draft, folder: Path) -> str:
    """Return the draft's text in the user's language."""
    values = {
        "id": draft.identifier,
        "title": scalar(_read(session, "--title", checked, draft.title)),
        "signed": _read(session, "--signed", parse_date, draft.signed),
        "parties": _parties(session, draft.parties),
    }
    text = modeline(folder) + session.words.say("new", "draft", **values)
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _read(session: Session, option: str, parse: Callable[[str], object], text: str) -> str:
    """Read an option's value and return it as the file spells it; nothing stays nothing."""
    try:
        return str(parse(text.strip())) if text.strip() else ""
    except Fault as fault:
        raise session.misuse(option, fault) from None


def _parties(session: Session, given: Sequence[str]) -> str:
    """Return the lines of at least two parties: those given as ROLE=NAME, else 甲 (our own name) and 乙."""
    named = [_party(session, text) for text in given] or [("甲", session.settings.own_name or "")]
    if len(named) == 1:
        named.append(("甲" if named[0][0] == "乙" else "乙", ""))
    return "\n".join(f"  - role: {scalar(role)}\n    name: {scalar(name)}".rstrip() for role, name in named)


def _party(session: Session, text: str) -> tuple[str, str]:
    """Return the role and the name in ROLE=NAME; the name may be left open."""
    role, sign, name = (part.strip() for part in _read(session, "--party", checked, text).partition("="))
    if not (sign and role):
        raise Stop("party-invalid", party=text)
    return role, name
