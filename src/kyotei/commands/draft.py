"""`kyotei draft`: an agreement's text as a draft of its file, with the source behind every field."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

from kyotei.commands.session import FINDINGS, FINE, WRONG_USE, Session, Stop
from kyotei.diagnostics import Diagnostic, Fault, Place, Severity
from kyotei.drafting.draft import draft as drafted
from kyotei.drafting.page import dotted, not_read, page, shape
from kyotei.drafting.reading import MOST_DOCUMENT, text_of
from kyotei.entry import read_entry
from kyotei.model import ID_PATTERN
from kyotei.output import STDERR, write
from kyotei.register import Files, gathered
from kyotei.render.findings import findings_text
from kyotei.shapes import dumped
from kyotei.source import Refusal
from kyotei.text import shown
from kyotei.writing import NotWritten, create

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.drafting.draft import Draft

STDIN_NAME = "-"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be drafted, under which id, and where the draft goes (empty: to stdout)."""

    file: str
    identifier: str = ""
    target: str = ""
    form: str = "yaml"


def draft(session: Session, request: Request) -> int:
    """Write the draft; 1 where it lacks what a file must have, was not read whole, or would not validate."""
    identifier = _identifier(session, request)
    if request.target and os.path.lexists(request.target):
        raise Stop("file-exists", path=request.target)
    raw = _bytes(request.file)
    try:
        source = text_of(raw)
    except Refusal as refusal:
        _refused(session, request.file, refusal)
        return WRONG_USE
    except Fault as fault:
        raise session.misuse(_name(request.file), fault) from None
    made = drafted(source, identifier)
    name = _name(request.file)
    text = page(session.words, made, name)
    as_json = dumped(shape(made)) + "\n"
    findings = () if made.required else _findings(session, request.target or f"{identifier}.yaml", text)
    _put(request.target, as_json if request.form == "json" else text)
    if findings:
        write(findings_text(session.screen(STDERR), findings), STDERR)
    for said in not_read(session.words, made):
        write(said + "\n", STDERR)
    write(shown(_summary(session, request, made)) + "\n", STDERR)
    return FINDINGS if made.required or made.unread or _grave(findings) else FINE


def _identifier(session: Session, request: Request) -> str:
    """Return the id asked for, else the name of the file if that may be one, else none."""
    if request.identifier:
        if not re.fullmatch(ID_PATTERN, request.identifier):
            raise session.misuse("--id", Fault("id-invalid"))
        return request.identifier
    stem = Path(request.target or request.file).stem.lower()
    return stem if re.fullmatch(ID_PATTERN, stem) else ""


def _bytes(file: str) -> bytes:
    """Return what stands in a file, one byte more than may be at most, or what comes from stdin."""
    if file == STDIN_NAME:
        return sys.stdin.buffer.read(MOST_DOCUMENT + 1)
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if not S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise Stop("draft-not-file", path=file)
        with os.fdopen(handle, "rb") as stream:
            return stream.read(MOST_DOCUMENT + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a NUL in a name is a ValueError
        raise Stop("path-missing", path=file) from None
    except OSError as error:
        raise Stop("draft-unreadable", path=file, reason=error.strerror or str(error)) from None


def _refused(session: Session, file: str, refusal: Refusal) -> None:
    """Say with its place why a file cannot be read."""
    spot = refusal.spot
    place = Place(_name(file), spot.line + 1, spot.column + 1)
    found = Diagnostic(place, Severity.ERROR, refusal.code, refusal.values)
    write(findings_text(session.screen(STDERR), [found]), STDERR)


def _name(file: str) -> str:
    return "stdin" if file == STDIN_NAME else file


def _findings(session: Session, name: str, text: str) -> Sequence[Diagnostic]:
    """Return what `validate` would say of the draft."""
    files = Files([text.encode("utf-8")], lambda raw: read_entry(raw, name))
    return session.judge(gathered(files), whole=False).diagnostics


def _grave(findings: Sequence[Diagnostic]) -> bool:
    return any(found.severity is Severity.ERROR for found in findings)


def _put(target: str, text: str) -> None:
    """Write the draft into a new file, else to stdout."""
    if not target:
        write(text, utf8=True)
        return
    try:
        create(Path(target), text.encode("utf-8"))
    except FileExistsError:
        raise Stop("file-exists", path=target) from None
    except NotWritten as failed:
        raise Stop("create-failed", path=target, reason=failed.reason) from None


def _summary(session: Session, request: Request, made: Draft) -> str:
    """Return how much was found, what is to be looked at, and what comes next."""
    doubtful = sum(field.reason is not None for field in made.fields)
    counts = {"count": len(made.fields), "doubtful": doubtful}
    head = session.words.say("draft", "summary", **counts)
    if made.required:
        hint = session.words.say("draft", "name-it") if ("id",) in made.required else ""
        return (
            head + session.words.say("draft", "fill-in", paths=", ".join(map(dotted, made.required))) + hint
        )
    return head + session.words.say("draft", "next", path=request.target or "FILE")
