"""Markdown (CommonMark with GitHub's tables): a list page for a city's site or wiki.

It has neither contacts nor notes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyotei.exports.cells import silence_cell
from kyotei.text import one_line, shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kyotei.exports import Account, Exported
    from kyotei.messages import Words

COLUMNS = ("title", "parties", "signed", "state", "period", "deadline", "act-by", "end", "silence", "id")
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~#!$^:@.]")
"""Signs that mean something inside a line; CommonMark shows each as it is behind a backslash."""


def list_page(exported: Exported) -> bytes:
    """Return a heading, the day, and one row per agreement."""
    words = exported.words
    count = words.counted("status", "agreements", len(exported.accounts))
    lines = [
        f"# {words.say('status', 'title')}",
        "",
        words.say("export", "about", day=words.head(exported.as_of), agreements=count),
        "",
        *_unread(exported),
    ]
    if exported.accounts:
        lines += [_row(words.say("sheet", f"head-{name}") for name in COLUMNS), _row("---" for _ in COLUMNS)]
        lines += [_row(_cells(words, account)) for account in exported.accounts]
    else:
        lines.append(words.say("status", "empty"))
    lines += ["", words.say("explain", "foot"), ""]
    return "\n".join(lines).encode(errors="kyotei.spare")


def _unread(exported: Exported) -> list[str]:
    if not exported.unread:
        return []
    files = exported.words.say("deadlines", "and").join(written(shown(file)) for file in exported.unread)
    return [exported.words.say("export", "unread", files=files), ""]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(words: Words, account: Account) -> Iterable[str]:
    """Yield the cells of a row; what an agreement does not have is a dash."""
    row, stands = account.row, account.row.standing
    period = stands.period or row.coming
    due = row.due
    last = stands.ended.on if stands.ended else stands.ends
    parties = words.say("deadlines", "and").join(one_line(party.name) for party in row.parties)
    cells = (
        written(one_line(account.agreement.title)),
        written(parties),
        account.agreement.signed.isoformat(),
        words.say("term", stands.state),
        None if period is None else f"{words.number(period)} {words.span(period.start, period.end)}",
        _day(words, None if due is None else due.date),
        _day(words, None if due is None else due.act_by.day),
        _day(words, last),
        silence_cell(words, stands.silence),
        account.agreement.id,
    )
    return (words.say("status", "none") if cell is None else cell for cell in cells)


def _day(words: Words, day: date | None) -> str | None:
    return None if day is None else words.day(day)


def written(text: str) -> str:
    """Return a text of one line in which nothing is markup, a link or the end of a cell."""
    return _MARKUP.sub(r"\\\g<0>", text)
