"""`kyotei validate`: what is wrong, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.commands.session import FINDINGS, Session, status_of, write_json
from kyotei.formats.github import annotation_lines
from kyotei.formats.junit import junit_report
from kyotei.formats.sarif import sarif_log
from kyotei.output import STDERR, STDOUT, write
from kyotei.render.findings import findings_text, summary
from kyotei.shapes import findings_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.register import Register


def validate(session: Session, paths: Sequence[str], *, form: str, strict: bool) -> int:
    """Show the findings; with `strict` a warning fails too."""
    return told(session, session.judged(paths, session.as_of), form=form, strict=strict)


def told(session: Session, register: Register, *, form: str, strict: bool) -> int:
    """Write a judged register's findings as text, json, github, sarif or junit; return the exit status."""
    words, found = session.words, register.diagnostics
    match form:
        case "json":
            write_json(findings_shape(register.checked, found, words))
        case "sarif":
            write_json(sarif_log(words, found))
        case "junit":
            write(junit_report(words, register, strict=strict), utf8=True)
        case "github":
            write(annotation_lines(words, found), utf8=True)
        case _:
            write(findings_text(session.screen(STDOUT), found))
    if form in {"text", "github"}:
        write(summary(words, found, register.checked) + "\n", STDERR)
    return FINDINGS if strict and found else status_of(register)
