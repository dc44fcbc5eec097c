"""`kyotei validate`: what is wrong, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kyotei.commands.session import FINDINGS, Session, status_of, write_json
from kyotei.output import STDERR, STDOUT, write
from kyotei.render.findings import findings_text, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.entry import Entry
    from kyotei.rules import Surveyed


def validate(session: Session, paths: Sequence[str], *, form: str, strict: bool) -> int:
    """Show the findings; with `strict` a warning fails too."""
    return told(session, session.surveyed(paths, nothing, session.as_of), form=form, strict=strict)


def nothing(_: Entry) -> None:
    """Ask an agreement nothing: that it can be judged is enough."""


def told(session: Session, survey: Surveyed[Any], *, form: str, strict: bool) -> int:
    """Write what a survey found as text, json, github, sarif or junit; return the exit status."""
    words, found = session.words, survey.diagnostics
    match form:
        case "json":
            from kyotei.shapes import findings_shape  # noqa: PLC0415 (each form is asked for by itself)

            write_json(findings_shape(survey.checked, found, words))
        case "sarif":
            from kyotei.formats.sarif import sarif_log  # noqa: PLC0415 (as above)

            write_json(sarif_log(words, found))
        case "junit":
            from kyotei.formats.junit import junit_report  # noqa: PLC0415 (as above)

            write(junit_report(words, _files(survey), found, strict=strict), utf8=True)
        case "github":
            from kyotei.formats.github import annotation_lines  # noqa: PLC0415 (as above)

            write(annotation_lines(words, found), utf8=True)
        case _:
            write(findings_text(session.screen(STDOUT), found))
    if form in {"text", "github"}:
        write(summary(words, found, survey.checked) + "\n", STDERR)
    return FINDINGS if strict and found else status_of(survey)


def _files(survey: Surveyed[Any]) -> list[str]:
    """Return the files that were read, with or without a finding."""
    return [trace.file for trace in survey.traces]
