"""`kyotei letter`: the notice of termination as an official letter, if it would stop a renewal."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass
from errno import EISDIR
from pathlib import Path
from typing import TYPE_CHECKING

from kyotei.commands.session import FINDINGS, FINE, Session, Stop
from kyotei.diagnostics import Fault
from kyotei.formats.letter import letter_markdown, letter_text
from kyotei.history import parties
from kyotei.letter import letter as written
from kyotei.model import NoticeEvent
from kyotei.notifying import NothingStopped, effect
from kyotei.output import STDERR, STDOUT, is_terminal, write
from kyotei.recording import checked, event_fields
from kyotei.render.explain import sentence
from kyotei.text import shown
from kyotei.writing import NotWritten, create, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from kyotei.letter import Letter
    from kyotei.model import Agreement
    from kyotei.notifying import Effect

OPTIONS = {"arrived": "--arrives"}
"""Fields of a notice whose option here has another name."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: the notice's fields as given, the day of the end, and how to write the letter."""

    identifier: str
    given: Mapping[str, str]
    ends: str | None
    number: str
    form: str | None
    output: str | None
    force: bool


def letter(session: Session, request: Request, paths: Sequence[str]) -> int:
    """Write the letter; what to mind and what to do next goes to stderr. Refuse one that stops nothing."""
    number = _number(session, request.number)
    ends = None if request.ends is None else session.day("--ends", request.ends)
    agreement = session.entry(session.register(paths), request.identifier).agreement
    event = _notice(session, request.given, agreement)
    try:
        found = effect(agreement, event, session.as_of, ends)
    except NothingStopped as refused:
        _tell(session.words.say("letter", "refused", reasons=_sentences(session, refused)))
        return FINDINGS
    made = written(agreement, event, found, number)
    _put(request, made)
    end, command = session.words.day(found.ends), _recording(request.identifier, event, paths)
    told = [*_paper(session, request, made), *_timing(session, found)]
    _tell(*told, session.words.say("letter", "next", end=end), f"  {command}")
    return FINE


def _number(session: Session, text: str) -> str:
    try:
        return checked(text)
    except Fault as fault:
        raise session.misuse("--number", fault) from None


def _notice(session: Session, given: Mapping[str, str], agreement: Agreement) -> NoticeEvent:
    """Return the notice as `kyotei record` would read it: today's, by ourselves, unless told otherwise."""
    roles = [party.role for party in agreement.parties]
    fields = {"on": session.as_of.isoformat(), **given}
    fields["by"] = given.get("by") or _own_role(session, agreement, roles)
    try:
        event = NoticeEvent.model_validate(event_fields("notice", fields, None))
    except Fault as fault:
        key = fault.values["key"]
        raise session.misuse(OPTIONS.get(key, f"--{key}"), fault) from None
    if event.by not in roles:
        raise session.misuse("--by", Fault("role-unknown", role=event.by, roles=", ".join(roles)))
    if event.arrived is not None and event.arrived < event.on:
        values = {"key": "--arrives", "day": str(event.arrived), "on": str(event.on)}
        raise session.misuse("--arrives", Fault("effective-before-event", **values))
    return event


def _own_role(session: Session, agreement: Agreement, roles: Sequence[str]) -> str:
    """Return the role of the party that kyotei.toml names as our own, under its old name or its new one."""
    named = (*agreement.parties, *parties(agreement, session.as_of))
    ours = {party.role for party in named if party.name == session.settings.own_name}
    if len(ours) != 1:
        raise Stop("sender-missing", roles=", ".join(roles))
    return ours.pop()


def _sentences(session: Session, refused: NothingStopped) -> str:
    between = session.words.say("show", "between")
    return between.join(sentence(session.words, said, "letter") for said in refused.said)


def _tell(*lines: str) -> None:
    write("".join(f"{shown(line)}\n" for line in lines), STDERR)


def _put(request: Request, made: Letter) -> None:
    """Write the letter to its file, or to standard output: for a pipe in UTF-8, so that no sign is lost."""
    path = None if request.output is None else Path(request.output)
    form = request.form or ("text" if path is not None and path.suffix == ".txt" else "markdown")
    text = letter_text(made) if form == "text" else letter_markdown(made)
    if path is None:
        write(text, utf8=not is_terminal(STDOUT))
    else:
        _save(path, text.encode(), force=request.force)


def _save(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file whole or not at all; one that exists only by force."""
    known = os.path.lexists(path)
    if path.is_dir():
        raise Stop("create-failed", path=path.as_posix(), reason=os.strerror(EISDIR))
    try:
        (replace if force and known else create)(path, content)
    except FileExistsError:
        raise Stop("file-kept", path=path.as_posix()) from None
    except NotWritten as failed:
        name = "output-link" if failed.name == "write-link" else "write-failed" if known else "create-failed"
        raise Stop(name, path=path.as_posix(), reason=failed.reason) from None


def _paper(session: Session, request: Request, made: Letter) -> Iterator[str]:
    """Yield where the letter is, and what is left to fill in."""
    words = session.words
    if request.output is not None:
        yield words.say("letter", "written", path=request.output)
    if made.blanks:
        names = words.say("deadlines", "and").join(words.say("letter", name) for name in made.blanks)
        yield words.say("letter", "blanks", names=names)


def _timing(session: Session, found: Effect) -> Iterator[str]:
    """Yield what to mind about the day: by when the letter must arrive, and whether anybody opens then."""
    words, due = session.words, found.due
    days = {"day": words.day(found.day), "date": words.day(due.date), "safe": words.day(due.safe)}
    if found.day < session.as_of:
        yield words.say("letter", "dated", day=days["day"], today=session.as_of.isoformat())
    if found.contested:
        yield words.say("letter", "contested", **days)
    elif found.clause.effective == "arrival":
        last = session.settings.calendar.act_by(due.safe).day
        open_then = last in {None, due.safe}
        act_by = "" if last is None else words.day(last)
        yield words.say("letter", "send" if open_then else "send-closed", **days, **{"act-by": act_by})
    if found.clause.effective == "arrival":
        yield from _closed(session, found.day)


def _closed(session: Session, day: date) -> Iterator[str]:
    """Say that nobody opens on the day of arrival."""
    words, act_by = session.words, session.settings.calendar.act_by(day)
    if act_by.skipped and act_by.day is not None:
        values = {"day": words.day(day), "act-by": words.day(act_by.day)}
        yield words.say("letter", "closed", reason=words.closure(act_by.skipped[0]), **values)


def _recording(identifier: str, event: NoticeEvent, paths: Sequence[str]) -> str:
    """Return the command line that records the notice."""
    line = ["kyotei", "record", identifier, "notice", "--by", event.by, "--on", event.on.isoformat()]
    if event.arrived is not None:
        line += ["--arrived", event.arrived.isoformat()]
    return " ".join(_quoted(word) for word in (*line, *(part for path in paths for part in ("-r", path))))


def _quoted(word: str) -> str:
    """Return a word as a shell reads it; letters of any script are themselves."""
    return word if re.fullmatch(r"[\w./:+-]+", word) else shlex.quote(word)
