"""Names with roles, our own first; and ids that are readable, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kyotei.importing.data import nested
from kyotei.importing.facts import Fact, Origin, Unread
from kyotei.importing.ids import make_id
from kyotei.importing.parties import own_role, party_facts
from kyotei.importing.romaji import romanised
from kyotei.importing.sheet import Cell

if TYPE_CHECKING:
    from kyotei.source import Value

OWN = "横浜市"


def parties(*texts: str, own: str | None = OWN, whole: bool = False) -> list[str]:
    origins = [Origin(Cell(2, 3, text), "相手方") for text in texts]
    found = nested(party_facts(origins, own, whole=whole))["parties"]
    return [f"{party['role']} {party['name']}" for party in found if isinstance(party, dict)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["渋谷区"], ["甲 横浜市", "乙 渋谷区"]),
        (["○○市、△△町及び□□村"], ["甲 横浜市", "乙 ○○市", "丙 △△町", "丁 □□村"]),
        (["渋谷区\n川崎市"], ["甲 横浜市", "乙 渋谷区", "丙 川崎市"]),
        (["渋谷区", "川崎市"], ["甲 横浜市", "乙 渋谷区", "丙 川崎市"]),
        (["渋谷区、横浜市"], ["甲 横浜市", "乙 渋谷区"]),
        (["渋谷区、渋谷区"], ["甲 横浜市", "乙 渋谷区"]),
        (["甲：渋谷区\n乙：横浜市"], ["甲 渋谷区", "乙 横浜市"]),
        (["甲　渋谷区　乙：横浜市"], ["甲 渋谷区", "乙 横浜市"]),
        (["発注者：渋谷区\n受注者：横浜市"], ["発注者 渋谷区", "受注者 横浜市"]),
    ],
)
def test_names_get_roles_in_order_and_ours_is_first(texts: list[str], expected: list[str]) -> None:
    assert parties(*texts) == expected


def test_a_cell_that_names_all_parties_gets_none_added() -> None:
    assert parties("渋谷区、横浜市", whole=True) == ["甲 横浜市", "乙 渋谷区"]
    assert parties("渋谷区、川崎市", whole=True) == ["甲 渋谷区", "乙 川崎市"]
    assert parties("渋谷区、横浜市", whole=True, own=None) == ["甲 渋谷区", "乙 横浜市"]


def test_that_we_are_not_among_the_parties_is_to_be_looked_at() -> None:
    first, *_ = party_facts([Origin(Cell(2, 3, "渋谷区、川崎市"), "当事者")], OWN, whole=True)
    assert first.check is not None
    assert first.check.name == "check-not-ours"


def test_more_than_ten_parties_have_distinct_roles() -> None:
    found = parties("、".join(f"第{number}市" for number in range(1, 12)))
    assert found[9:] == ["癸 第9市", "当事者11 第10市", "当事者12 第11市"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A社ほか3社", "cell-parties-unnamed"),
        ("川崎市他２市", "cell-parties-unnamed"),
        ("県内市町村等", "cell-parties-unnamed"),
        ("、", "cell-parties"),
    ],
)
def test_parties_without_a_name_are_at_fault(text: str, name: str) -> None:
    with pytest.raises(Unread) as unread:
        parties(text)
    assert unread.value.problem.said.name == name


def test_our_role_is_that_of_our_name_else_the_first() -> None:
    found: list[Value] = [{"role": "甲", "name": "渋谷区"}, {"role": "乙", "name": "横浜市"}]
    assert (own_role(found, OWN), own_role(found, None), own_role(found, "大和市")) == ("乙", "甲", "甲")


def test_a_clause_of_which_only_is_known_that_there_is_one_takes_nothing_away() -> None:
    origin = Origin(Cell(2, 3, "予告なし"), "中途解約の予告")
    facts = [Fact(("termination", "by"), "either", origin), Fact(("termination",), {}, origin)]
    assert nested(facts) == nested(reversed(facts)) == {"termination": {"by": "either"}}


# --- Ids


def data(*names: str, signed: str = "2020-11-18") -> dict[str, Value]:
    return {"signed": signed, "parties": [{"role": name, "name": name} for name in names]}


@pytest.mark.parametrize(
    ("names", "identifier"),
    [
        (["横浜市", "渋谷区"], "shibuya-ku-2020"),
        (["渋谷区", "横浜市"], "shibuya-ku-2020"),
        (["横浜市", "株式会社さくら"], "sakura-2020"),
        (["横浜市", "学校法人"], "gakkou-houjin-2020"),
        (["横浜市", "渋谷区", "川崎市", "大和市"], "shibuya-ku-kawasaki-shi-2020"),
        (["渋谷区", "川崎市"], "kawasaki-shi-2020"),
        (["横浜市", "◯◯"], "2020-001"),
        (["横浜市", "a" * 80], f"{'a' * 53}-2020"),
        (["横浜市", f"{'b' * 40} {'c' * 40}"], f"{'b' * 40}-2020"),
    ],
)
def test_an_id_names_the_others_and_the_year(names: list[str], identifier: str) -> None:
    assert make_id(data(*names), OWN, set(), romanised) == identifier


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert make_id(data("横浜市", "渋谷区"), OWN, {"shibuya-ku-2020", "shibuya-ku-2020-2"}, romanised) == (
        "shibuya-ku-2020-3"
    )


def test_without_romaji_an_id_is_year_and_number() -> None:
    assert make_id(data("横浜市", "渋谷区"), OWN, {"2020-001"}, None) == "2020-002"


def test_we_may_not_know_who_we_are() -> None:
    assert make_id(data("横浜市", "渋谷区"), None, set(), romanised) == "shibuya-ku-2020"
