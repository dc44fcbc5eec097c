"""Of what a day or a length is said: of the agreement's own term, of another thing, of another agreement.

A sentence names its topic with 「は」: 「本協定の有効期間は、…」. A day that is said of something else is no
day of the term (「第6条の規定は、令和12年3月31日まで効力を有する」), or is to be looked at (「貸与期間は…」).
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kyotei.drafting.sentences import Sentence


class Whose(Enum):
    """Of what something is said."""

    OURS = auto()
    PERHAPS = auto()
    NOT_OURS = auto()


_TOPIC = re.compile("(?:^|[、。)「」])([^、。()「」]{1,60}?)(?:に(?:ついて|関して|つき))?は(?!じ|る|か)")
_EITHER_OR = re.compile(
    "又は|または|あるいは|ないしは|もしくは|では|には|とは|からは|よりは|までは|後は|ときは|場合は|限りは"
)
"""「は」 that names no topic."""
_NOT_OURS = re.compile(
    "^(?:旧|原|従前)|締結した(?!本|この)|締結された|付けの|規定$|条$|項$|際現に|経過措置|従前の"
)
_OURS = re.compile(
    "(?:協定|契約|覚書|規約|協約|合意|確認|取決め?|申合せ?|要綱|議定書|MOU|有効|効力|更新|延長|継続)書?(?:の効力(?:発生日)?)?$"
    "|(?:始|終|満)期$|(?:期[間限]|満了|終了|施行|発効|効力発生|適用|開始)の?(?:年?月?日|期日)$|期[間限](?:満了)?$|同日$|その日$"
)
_PERIOD = re.compile("([一-龠ァ-ヶー々]{0,12})の?期[間限](?!満了|の満了)")
_OUR_PERIOD = re.compile(
    "(?:^|有効|協定|契約|覚書|協約|規約|申合|締結|存続|連携|指定|当初|前項|前条|同項|上記|該)$"
)
_OF_OTHERS = re.compile("(?:者|団体|規定|[条項])の(?:有効)?期[間限]$")


def whose(one: Sentence, index: int) -> Whose:
    """Return of what a sentence says what stands at a sign."""
    topic = _topic(one.text, index)
    if topic is not None and _NOT_OURS.search(topic):
        return Whose.NOT_OURS
    period = _PERIOD.search(one.text)
    if period is not None and not _OUR_PERIOD.search(period[1]):
        return Whose.PERHAPS
    if topic is None or (_OURS.search(topic) and not _OF_OTHERS.search(topic)):
        return Whose.OURS
    return Whose.PERHAPS


def _topic(text: str, index: int) -> str | None:
    """Return the last topic that is named before a sign."""
    plain = _EITHER_OR.sub(lambda match: "ワ" * len(match[0]), text[:index])
    topics = _TOPIC.findall(plain)
    return topics[-1] if topics else None
