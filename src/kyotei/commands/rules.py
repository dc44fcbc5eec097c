"""`kyotei rules`: what `kyotei validate` looks for."""

from __future__ import annotations

from kyotei.codes import RULES
from kyotei.commands.session import FINDINGS, FINE, Session, Stop, write_json
from kyotei.formats.rules import rules_markdown, rules_shape
from kyotei.output import STDOUT, write
from kyotei.render.rules import rule_page, rules_table
from kyotei.text import nearest


def rules(session: Session, code: str, *, form: str) -> int:
    """List the rules, or show the page of one."""
    if code and code not in RULES:
        raise _unknown(session, code)
    if form == "markdown":
        write(rules_markdown(session.words), utf8=True)
    elif form == "json":
        shape = rules_shape(session.words, session.settings.levels)
        shape["rules"] = [rule for rule in shape["rules"] if code in {"", rule["code"]}]
        write_json(shape)
    elif code:
        write(rule_page(session.screen(STDOUT), code, session.settings.levels))
    else:
        write(rules_table(session.screen(STDOUT), session.settings.levels))
    return FINE


def _unknown(session: Session, code: str) -> Stop:
    """Return the refusal of a code: it names a fault in a file's form, or perhaps another rule was meant."""
    if any(name.partition(".")[0] == code for name in session.words.table["finding"]):
        return Stop("rule-form", FINDINGS, code=code)
    near = nearest(code, RULES)
    return Stop("rule-unknown.near" if near else "rule-unknown", FINDINGS, code=code, near=near)
