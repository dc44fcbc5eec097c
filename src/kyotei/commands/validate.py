"""`kyotei validate`: what is wrong, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.commands.session import FINDINGS, Session, status_of, write_json
from kyotei.output import STDERR, STDOUT, write
from kyotei.render.findings import findings_text, summary
from kyotei.shapes import findings_shape

if TYPE_CHECKING:
    from collections.abc import Sequence


def validate(session: Session, paths: Sequence[str], *, as_json: bool, strict: bool) -> int:
    """Show the findings; with `strict` a warning fails too."""
    register = session.judged(paths)
    findings = register.diagnostics
    if as_json:
        write_json(findings_shape(register.checked, findings, session.words))
    else:
        write(findings_text(session.screen(STDOUT), findings))
        write(summary(session.words, findings, register.checked) + "\n", STDERR)
    return FINDINGS if strict and findings else status_of(register)
