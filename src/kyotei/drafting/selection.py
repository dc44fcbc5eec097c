"""Which sentences of a whole text speak of its term: by their heading, else by their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kyotei.drafting.secrecy import secrecy_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyotei.drafting.sentences import Sentence

_TERM_HEADING = re.compile("期[間限]|効力|更新|解約|解除|終了|廃止|失効|施行|発効|附則|脱退")
_TERM_WORDS = re.compile(
    "(?:有効|協定|契約|実施)の?期[間限]|期間満了|効力を生|施行(?:する|し)|更新|(?:協定|契約|覚書)を?(?:解約|解除|廃止|終了)"
)


def sentences_of_the_term(said: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences that speak of the term: by their heading, else by their words."""
    secret = secrecy_sentences(said)
    if not any(one.clause for one in said):
        return [one for one in said if one not in secret]
    headed = [one for one in said if _TERM_HEADING.search(one.heading) and one not in secret]
    if any(re.search("期[間限]|効力", one.heading) for one in headed):
        return headed
    clauses = {one.clause for one in said if _TERM_WORDS.search(one.text) and one not in secret}
    return [one for one in said if one.clause in clauses and one not in secret and not _headed_otherwise(one)]


def _headed_otherwise(one: Sentence) -> bool:
    return (
        bool(one.heading)
        and not _TERM_HEADING.search(one.heading)
        and not re.search("有効期|協定の?期", one.text)
    )
