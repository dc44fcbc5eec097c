"""What a title calls an agreement where there is little room: its parties and its kind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kyotei.text import one_line

if TYPE_CHECKING:
    from kyotei.exports import Account, Exported
    from kyotei.messages import Words
    from kyotei.model import Agreement

MOST_NAMES = 3
"""Parties that a title names; of more, it names two and counts the others."""
TAIL = "に関する"
"""What stands before the kind of an agreement in its title: …の実現に関する|連携協定."""


def names(exported: Exported) -> dict[int, str]:
    """Return what a title calls each agreement: parties and kind, or the whole title if that is unclear."""
    words = exported.words
    short = {id(each): _called(words, each, _kind(each.agreement)) for each in exported.accounts}
    often = Counter(short.values())
    return {
        id(each): short[id(each)]
        if often[short[id(each)]] == 1
        else _called(words, each, one_line(each.agreement.title))
        for each in exported.accounts
    }


def _kind(agreement: Agreement) -> str:
    """Return the kind of an agreement, the end of its title: 連携協定."""
    title = one_line(agreement.title)
    return title.rpartition(TAIL)[2] or title


def _called(words: Words, account: Account, kind: str) -> str:
    called = [one_line(signer.name) for signer in account.row.parties]
    parties = words.say("ics", "and").join(called[:MOST_NAMES])
    if len(called) > MOST_NAMES:
        first = words.say("ics", "and").join(called[: MOST_NAMES - 1])
        parties = words.say("ics", "others", names=first, count=len(called) - MOST_NAMES + 1)
    return words.say("ics", "name", parties=parties, kind=kind)
