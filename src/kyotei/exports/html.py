"""The register as one page: a file that needs no network, and no script to be read. The home of Jinja2.

Data reaches the page through `text.shown` and through Jinja's escaping, which is on; style and script are
ours, stand in the page, and are the only ones that its Content Security Policy lets run (by their hash).
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kyotei.dates.length import Length, Unit
from kyotei.exports.lanes import middle, picture, ticks
from kyotei.exports.lists import months_due, register_row
from kyotei.exports.public import public_row
from kyotei.exports.sections import section
from kyotei.tables import soon
from kyotei.term import State
from kyotei.text import shown
from kyotei.timeline import Look, Sign, lane, usual_span

if TYPE_CHECKING:
    from kyotei.exports import Account, Exported

TEMPLATES = Path(__file__).with_name("templates")
YEAR = Length(1, Unit.YEARS)
LABELS = (
    *("skip", "contents", "filter", "search", "any-state", "sort", "due", "due-none", "register", "timeline"),
    *("legend", "agreements", "periods", "why", "says", "to-top", "window", "empty", "reset"),
)
"""What the page says besides data, by its names in the section [page]."""


def page(exported: Exported) -> bytes:
    """Return the page: what is due, the register, the timeline, and each agreement with its reasons."""
    public = exported.options.public
    accounts = [_public(exported, account) for account in exported.accounts] if public else exported.accounts
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    content = _content(replace(exported, accounts=tuple(accounts)))
    return environment.get_template("page.html").render(content).encode()


def _public(exported: Exported, account: Account) -> Account:
    return replace(account, row=public_row(account.row, exported.calendar))


def _content(exported: Exported) -> dict[str, Any]:
    """Return all that the template shows."""
    words, as_of, own = exported.words, exported.as_of, exported.own_name
    rows = [account.row for account in exported.accounts]
    span = usual_span(as_of)
    lanes = [lane(row, span, as_of, exported.calendar) for row in rows]
    drawn = [picture(words, each, span, as_of) for each in lanes]
    sections = [
        section(words, *parts, public=exported.options.public)
        for parts in zip(exported.accounts, lanes, drawn, strict=True)
    ]
    agreements, near = words.counted("status", "agreements", len(rows)), soon(rows, as_of, exported.calendar)
    due = words.counted("status", "due", near) if near else words.say("status", "nothing-due")
    return {
        "language": words.language,
        "title": words.say("status", "title"),
        "head": words.say("page", "head", day=words.head(as_of), agreements=agreements, due=due),
        "unread": _unread(exported),
        "months": months_due(words, exported.within(YEAR), own),
        "rows": [register_row(words, row, own) for row in rows],
        "states": [(state, words.say("term", state)) for state in State],
        "sections": sections,
        "note": words.say("page", "timeline-note", span=words.span(span.first, span.last)),
        "ticks": ticks(words, span),
        "today": middle(span, as_of),
        "today_name": words.say("timeline", "today", day=as_of.isoformat()),
        "kinds": KINDS,
        "signs": [(name, words.say("timeline", f"sign-{name}")) for name in KINDS if name != Sign.START],
        "headings": [words.say("status", name) for name in HEADINGS],
        "chain": [words.say("chain", name) for name in CHAIN],
        "foot": words.say("explain", "foot"),
        "doubts": words.say("explain", "doubts"),
        "outcome": words.say("explain", "outcome"),
        "shown": words.say("page", "shown", count="{count}", all="{all}"),  # the script counts
        "say": {name: words.say("page", name) for name in LABELS},
        **_assets(),
    }


KINDS = (*Look, *Sign, "today")
"""What the timeline draws. Where a period begins its bar does, so the legend does not name that."""
HEADINGS = ("agreement", "parties", "state", "period", "silence", "deadline", "act-by")
CHAIN = ("period", "start", "end", "basis", "deadline", "act-by")


def _unread(exported: Exported) -> str:
    """Say which files are missing from the page because they could not be read; in public only how many."""
    if not exported.unread:
        return ""
    name = "unread-public" if exported.options.public else "unread"
    files = exported.words.say("deadlines", "and").join(map(shown, exported.unread))
    return exported.words.counted("page", name, len(exported.unread), files=files)


def _assets() -> dict[str, Any]:
    """Return style and script, and the policy that lets these two run and nothing else."""
    style, script = ((TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    allowed = " ".join(
        [
            "default-src 'none';",
            f"style-src {_hash(style)};",
            f"script-src {_hash(script)};",
            "img-src data:;",  # the empty icon, so that no browser asks a server for one
            "base-uri 'none';",
            "form-action 'none'",
        ]
    )
    return {"policy": allowed, "style": Markup(style), "script": Markup(script)}  # noqa: S704 (our own files)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
