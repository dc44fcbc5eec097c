"""更新を止める申出: where a sentence speaks of it, and where it says what follows without one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kyotei.drafting.wordings import (
    AT_WILL,
    BEFORE,
    BY_DATE,
    END,
    LAPSES,
    OBJECTION,
    RENEW,
    RENEWS,
    SILENCE,
    SPEECH,
    STOPPED,
)

if TYPE_CHECKING:
    from kyotei.drafting.sentences import Sentence

ENDING = re.compile(f"{END}|期間")
"""The end of the term, before which a notice is due."""
_ASKED = re.compile(f"{SPEECH}|書面|文書")
_NO_WISH = re.compile(
    "(?:更新|延長|継続)(?:を)?(?:し|希望し|望ま)ない|終了|満了|解約|異議|申し?出|意思|申し?入れ"
)
_WISHED = re.compile(
    "(?:更新|延長|継続)(?:を|の)?(?:希望|望む|申し?出|申請|申込|依頼|要望|協議)(?!し?(?:ない|ません))|(?:更新|延長|継続)しようと"
)
"""Who asks for a renewal does not stop one."""
_TAIL = 2
"""Signs that may follow a condition at the end: a bracket and a full stop."""
_APPLIED = re.compile("更新申請|更新(?:の|を)(?:申請|申込)")
_FRAGMENT = re.compile(
    f"[^、。]{{0,20}}(?:{BEFORE.pattern})(?:に|の)?(?:書面|文書|通知|申し?出|{OBJECTION})?(?:で|により)?(?:通知)?[。/]?"
)


def objection(one: Sentence) -> tuple[int, int] | None:
    """Return where a sentence speaks of the objection that stops a renewal: 「…申出がないときは」."""
    if silent := _silence(one):
        return 0, silent.end()
    said = stopped(one)
    return (0, said.end()) if said else None


def result_start(one: Sentence) -> int | None:
    """Return where a sentence says what follows when nobody objects; None where it does not wait for that."""
    silent = _silence(one)
    if silent is None:
        return None
    return silent.end() if RENEWS.search(one.text, silent.end()) else 0


@lru_cache(maxsize=1_000)
def stopped(one: Sentence) -> re.Match[str] | None:
    """Return the words for an objection that stops a renewal, which another sentence states."""
    return STOPPED.search(one.text)


@lru_cache(maxsize=1_000)
def _silence(one: Sentence) -> re.Match[str] | None:
    """Return the words for nobody's objection, in front of what follows from it or (in a note) behind it."""
    for match in SILENCE.finditer(one.text):
        spoken = re.search(OBJECTION, one.text[: match.end()])
        note = len(one.text) - match.end() <= _TAIL and re.search(RENEW, one.text[: match.start()])
        if spoken and (note or RENEWS.search(one.text, match.end())) and not LAPSES.search(one.text):
            return match
    return None


def states_a_notice(one: Sentence) -> bool:
    """Tell whether a sentence without a renewal states until when somebody may speak."""
    text = one.text
    back = any(ENDING.search(text[max(0, m.start() - 20) : m.start()]) for m in BEFORE.finditer(text))
    if _FRAGMENT.fullmatch(text):
        return True
    if _APPLIED.search(text) or _WISHED.search(text) or (back and AT_WILL.search(text)):
        return False
    return bool((back or BY_DATE.search(text)) and _NO_WISH.search(text) and _ASKED.search(text))
