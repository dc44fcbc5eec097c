"""`kyotei new`: a commented draft of one agreement's file."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kyotei.commands.session import FINDINGS, FINE, Session, Stop, asker
from kyotei.dates.wareki import parse_date
from kyotei.diagnostics import Fault
from kyotei.edit import scalar
from kyotei.model import ID_PATTERN
from kyotei.output import write
from kyotei.writing import NotWritten, create

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SCHEMA = Path("schemas/agreement.schema.json")


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
    folder = Path(paths[0]) if paths else session.settings.register
    _not_taken(session, draft.identifier, folder)
    draft = _asked(session, draft, ask) if (ask := asker()) is not None else draft
    path = folder / f"{draft.identifier}.yaml"
    try:
        folder.mkdir(exist_ok=True)
        create(path, _text(session, draft, folder).encode("utf-8"))
    except FileExistsError:
        raise Stop("file-exists", FINDINGS, path=path.as_posix()) from None
    except NotWritten as failed:
        raise Stop(failed.name, path=path.as_posix(), reason=failed.reason) from None
    except OSError as error:
        raise Stop("write-failed", path=path.as_posix(), reason=error.strerror or str(error)) from None
    write(session.words.say("new", "written", path=path.as_posix()) + "\n")
    return FINE


def _not_taken(session: Session, identifier: str, folder: Path) -> None:
    """Refuse an id that the register holds already, whatever its file is called."""
    if folder.is_dir():
        for entry in session.judged([str(folder)]).entries:
            if entry.agreement.id == identifier:
                raise Stop("id-taken", FINDINGS, id=identifier, file=entry.file)


def _asked(session: Session, draft: Draft, ask: Callable[[str], str]) -> Draft:
    """Ask for the title and the signing day where they were not given; an empty answer leaves them open."""
    title = draft.title or ask(session.words.say("prompt", "title"))
    return Draft(draft.identifier, title, draft.signed or ask(session.words.say("prompt", "signed")), draft.parties)


def _text(session: Session, draft: Draft, folder: Path) -> str:
    """Return the draft's text in the user's language."""
    try:
        signed = parse_date(draft.signed).isoformat() if draft.signed.strip() else ""
    except Fault as fault:
        raise session.misuse("--signed", fault) from None
    template = session.words.table["new"]["draft"]
    modeline = _modeline(folder)
    body = template.format(
        id=draft.identifier, title=scalar(draft.title.strip()), signed=signed, parties=_parties(session, draft.parties)
    )
    return modeline + body


def _modeline(folder: Path) -> str:
    """Return the line by which editors find the schema, where the repository keeps one."""
    if not SCHEMA.is_file():
        return ""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(SCHEMA, folder)).as_posix()}\n"


def _parties(session: Session, given: Sequence[str]) -> str:
    """Return the parties' lines: those given as ROLE=NAME, else 甲 (our own name, if set) and 乙."""
    pairs = [party.partition("=") for party in given]
    if not all(sign and role.strip() for role, sign, _ in pairs):
        raise Stop("party-invalid", party=next(role for role, sign, _ in pairs if not (sign and role.strip())))
    named = [(role.strip(), name.strip()) for role, _, name in pairs]
    found = named or [("甲", session.settings.own_name or ""), ("乙", "")]
    return "\n".join(f"  - role: {scalar(role)}\n    name: {scalar(name)}".rstrip() for role, name in found)
