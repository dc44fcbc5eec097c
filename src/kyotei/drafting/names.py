"""Names of parties as one cell or one line lists them: 「○○市、△△町及び□□村」."""

from __future__ import annotations

import re

from kyotei.drafting.normal import tidy

_BETWEEN = re.compile("、|，|,|(?<=[都道府県市区町村])・|及び|並びに|および|ならびに|／|/|;|；|\n|\t")
_AND = re.compile(
    "(?:(?<=[都道府県市区町村])|(?<=[^、，び]{2}大学)|(?<=[^、，びとに]{2}(?:株式|有限|合同)会社))と(?=[^、，]{2})"
)
_ROLE = re.compile("^[(（]?[甲乙丙丁戊己庚辛壬癸][)）]?[ \u3000:：]+")
_CALLED = re.compile("[(（]以下[^()（）]*[)）]")


def party_names(text: str) -> tuple[str, ...]:
    """Return the names in 「○○市、△△町及び□□村」, in their order, each once.

    「と」 parts two names only behind a municipality: elsewhere it may be a sign of a name (株式会社とき).
    """
    said = _CALLED.sub("", text)
    said = _AND.sub("、", said)
    names = (tidy(_ROLE.sub("", name.strip())) for name in _BETWEEN.split(said))
    return tuple(dict.fromkeys(name for name in names if name))
