"""What single cells state: days, lengths, clauses, words, and what is wrong with them."""

# A cell holds anything:
# ruff: noqa: ANN401, E501 (rows of tables)

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from kyotei.importing.facts import Origin, Unread
from kyotei.importing.readers import Around, facts_of
from kyotei.importing.sheet import Cell
from kyotei.importing.values import hold_to_values, is_blank, listed, long_text, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNED = date(2020, 11, 18)
AROUND = Around(SIGNED, date(1899, 12, 30))
NOON = datetime(2021, 3, 31, 12)  # noqa: DTZ001 (Excel's days have no zone)
MIDNIGHT = datetime(2021, 3, 31)  # noqa: DTZ001 (as above)


def origin(value: Any, *, formula: bool = False) -> Origin:
    return Origin(Cell(5, 4, value, formula), "見出し")


def stated(field: str, value: Any, around: Around = AROUND) -> dict[str, Any]:
    """Path -> value, with ? behind what is to be looked at."""
    found = facts_of(field, origin(value), around)
    return {".".join(map(str, fact.path)) + ("?" if fact.check else ""): fact.value for fact in found}


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2020-11-18", "2020-11-18"),
        ("2020/11/18", "2020-11-18"),
        ("2020.1.8", "2020-01-08"),
        ("20201118", "2020-11-18"),
        (20201118, "2020-11-18"),
        ("令和２年１１月１８日", "2020-11-18"),
        ("令和2年11月18日（水）", "2020-11-18"),
        ("R2.11.18", "2020-11-18"),
        ("平成元年1月8日", "1989-01-08"),
        ("昭和六十三年四月一日", "1988-04-01"),
        ("2020-11-18 00:00:00", "2020-11-18"),
        ("2020/11/18 0:00", "2020-11-18"),
        (date(2020, 11, 18), "2020-11-18"),
        (MIDNIGHT, "2021-03-31"),
        ("令和3年3月31日まで", "2021-03-31"),
        ("2021/3/31迄", "2021-03-31"),
    ],
)
def test_a_day_is_read_as_it_is_written(value: Any, day: str) -> None:
    assert stated("signed", value) == {"signed": day}


@pytest.mark.parametrize("value", [44153, 44153.0, "44153", "４４１５３"])
def test_a_bare_number_is_excels_day_and_to_be_looked_at(value: Any) -> None:
    assert stated("signed", value) == {"signed?": "2020-11-18"}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2021/13/1", "date-invalid.no-such-month"),
        ("2021/2/29", "date-invalid.no-such-day"),
        ("令和2年11月", "date-invalid"),
        (2020, "date-invalid"),
        (44153.5, "date-invalid"),
        (18000, "date-invalid"),
        ("18000", "date-invalid"),
        (True, "date-invalid"),
        (NOON, "date-invalid.has-time"),
        ("令和2年11月18日（火）", "date-invalid.weekday-wrong"),
        ("未定", "date-invalid"),
    ],
)
def test_what_is_no_day_is_at_fault(value: Any, message: str) -> None:
    with pytest.raises(Unread) as unread:
        stated("signed", value)
    assert (unread.value.problem.said.section, unread.value.problem.said.name) == ("finding", message)


def test_a_number_in_a_workbook_that_counts_from_1904_is_no_day() -> None:
    with pytest.raises(Unread):
        stated("signed", 44153, Around(None, date(1904, 1, 1)))


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("term.start", "締結の日", {"term.start": "signing"}),
        ("term.start", "令和2年4月1日から", {"term.start": "2020-04-01"}),
        ("term.end", "期間の定めなし", {"term.end": "indefinite"}),
        ("term.length", "３年間", {"term.length": "3 years"}),
        ("term", MIDNIGHT, {"term.end?": "2021-03-31"}),
        ("term", 44286, {"term.end?": "2021-03-31"}),
        ("term", "令和3年3月31日", {"term.end?": "2021-03-31"}),
        ("term", "令和3年3月31日まで", {"term.end": "2021-03-31"}),
        ("term", "無期限", {"term.end": "indefinite"}),
        ("term", "2020/4/1～2021/3/31", {"term.start": "2020-04-01", "term.end": "2021-03-31"}),
        ("term", "締結の日から1年間", {"term.start": "signing", "term.length": "1 year"}),
        (
            "term",
            "締結の日から１年間（自動更新）",
            {"term.start": "signing", "term.length": "1 year", "renewal.mode": "automatic"},
        ),
        (
            "term",
            "令和2年4月1日から令和3年3月31日まで。ただし、満了日の3か月前までに申出がないときは更に1年間更新し、以後も同様とする。",
            {
                "term.start": "2020-04-01",
                "term.end": "2021-03-31",
                "renewal.mode": "automatic",
                "renewal.length": "1 year",
                "notice.before_end": "3 months",
            },
        ),
        ("renewal", "自動更新", {"renewal.mode": "automatic"}),
        ("renewal", "無", {"renewal.mode": "none"}),
        ("renewal", "協議により更新", {"renewal.mode": "by-consent"}),
        ("renewal", "自動更新（1年）", {"renewal.mode": "automatic", "renewal.length": "1 year"}),
        ("renewal", "１年ごとに自動更新", {"renewal.mode": "automatic", "renewal.length": "1 year"}),
        ("renewal", "by consent", {"renewal.mode": "by-consent"}),
        ("renewal.automatic", "○", {"renewal.mode": "automatic"}),
        ("renewal.automatic", "無", {"renewal.mode?": "none"}),
        ("renewal.automatic", "2年", {"renewal.mode": "automatic", "renewal.length": "2 years"}),
        ("renewal.to", "03-31", {"renewal.to": "03-31"}),
        ("renewal.limit", "2回まで", {"renewal.limit.times": "2"}),
        ("renewal.limit", "2 times", {"renewal.limit.times": "2"}),
        ("renewal.limit", "通算5年", {"renewal.limit.total": "5 years"}),
        ("renewal.limit", "5 years in all", {"renewal.limit.total": "5 years"}),
        ("renewal.limit", "2030-03-31", {"renewal.limit.until": "2030-03-31"}),
        ("notice", "３ヶ月前", {"notice.before_end": "3 months"}),
        ("notice", "有効期間満了の日の90日前までに", {"notice.before_end": "90 days"}),
        ("notice", "毎年1月31日まで", {"notice.by_date": "01-31"}),
        ("notice", "毎年2月末日", {"notice.by_date": "02-29"}),
        ("notice", "毎年12月末", {"notice.by_date": "12-31"}),
        ("notice", "なし", {}),
        ("notice", "３か月前（書面）", {"notice.before_end": "3 months", "notice.form": "written"}),
        ("renewal.automatic", "有（１年）", {"renewal.mode": "automatic", "renewal.length": "1 year"}),
        ("renewal.automatic", "自動更新しない", {"renewal.mode": "none"}),
        ("notice.before_end", "0日", {"notice.before_end": "0 days"}),
        ("notice.by_date", "01-31", {"notice.by_date": "01-31"}),
        ("notice.by", "いずれの当事者も", {"notice.by": "either"}),
        ("notice.by", "甲、乙及び丙", {"notice.by": ["甲", "乙", "丙"]}),
        ("notice.by", "甲\n乙", {"notice.by": ["甲", "乙"]}),
        ("notice.form", "書面", {"notice.form": "written"}),
        ("notice.effective", "dispatch", {"notice.effective": "dispatch"}),
        ("notice.reading", "中N", {"notice.reading": "clear"}),
        ("termination", "なし", {}),
        (
            "termination",
            "甲又は乙は、いつでも、6か月前までに相手方に通知することにより、本協定を解約することができる。",
            {"termination.notice": "6 months", "termination.by": "either"},
        ),
        ("termination.notice", "6か月", {"termination.notice": "6 months"}),
        ("termination.notice", "予告なし", {"termination": {}}),
        ("confidentiality.survives", "期限なし", {"confidentiality.survives": "indefinitely"}),
        ("confidentiality.survives", "3年", {"confidentiality.survives": "3 years"}),
        ("confidentiality.survives", "終了まで", {"confidentiality": {}}),
        ("clauses", "有効期間：第4条第1項\n更新：第4条第2項", {"term.clause": "第4条第1項", "renewal.clause": "第4条第2項"}),
        ("originals", "２通", {"originals": "2"}),
        ("contacts", "甲：課／045／／用件", {
            "contacts.0.party": "甲", "contacts.0.office": "課", "contacts.0.phone": "045", "contacts.0.for": "用件",
        }),
        ("contacts", "045-671-3913", {"notes": "見出し: 045-671-3913"}),
        ("tags", "防災、 子育て/福祉\n環境", {"tags": ["防災", "子育て", "福祉", "環境"]}),
        ("cooperation", "一 防災\n\n二 福祉", {"cooperation": ["一 防災", "二 福祉"]}),
        ("events", '{"on": "2026-01-01", "type": "notice", "by": "乙", "accepted": true}', {
            "events": [{"on": "2026-01-01", "type": "notice", "by": "乙", "accepted": "true"}],
        }),
        ("events", '{"changes": {"notice": {"by": ["甲"]}}, "n": 1}', {
            "events": [{"changes": {"notice": {"by": ["甲"]}}, "n": "1"}],
        }),
        ("notes", " 一行目 \n\n 二行目", {"notes": "一行目\n二行目"}),
        ("id", "Yokohama-1", {"id": "yokohama-1"}),
    ],
)  # fmt: skip
def test_a_cell_states_its_field(field: str, value: Any, expected: Mapping[str, Any]) -> None:
    assert stated(field, value) == expected


def test_a_doubt_of_the_grammar_is_to_be_looked_at() -> None:
    found = facts_of("renewal", origin("3か月前までに申出がなければ1年更新"), AROUND)
    doubts = {fact.path: fact.check.section for fact in found if fact.check}
    assert set(doubts.values()) == {"draft"}


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("term", "なし", "cell-clause"),
        ("term", "別に定める", "cell-clause"),
        ("term", f"締結の日から令和9年3月31日までとする。{'なお' * 1500}更新しない。", "cell-clause"),
        ("renewal", "有", "cell-renewal-how"),
        ("renewal", "要確認", "cell-clause"),
        ("renewal", "有（1年）", "cell-clause"),
        ("renewal", "令和3年3月31日まで", "cell-clause"),
        ("notice", date(2026, 12, 31), "cell-notice-day"),
        ("notice", "令和8年12月31日", "cell-notice-day"),
        ("notice", "随時", "cell-clause"),
        ("notice", "毎年2月30日", "month-day-invalid.no-such-day"),
        ("notice.form", "メール", "cell-word"),
        ("term.length", "3", "length-invalid"),
        ("clauses", "第4条", "cell-word"),
        ("clauses", "前文：第4条", "cell-word"),
        ("events", "notice", "cell-events"),
        ("events", "[" * 5000, "cell-events"),
    ],
)
def test_a_cell_of_which_nothing_can_be_made_is_at_fault(field: str, value: Any, name: str) -> None:
    with pytest.raises(Unread) as unread:
        stated(field, value)
    assert unread.value.problem.said.name == name
    assert unread.value.problem.origin == origin(value)


@pytest.mark.parametrize(
    ("value", "formula", "name"),
    [
        ("", True, "cell-formula"),
        ("#REF!", False, "cell-error"),
        ("########", False, "cell-error"),
        ("〃", False, "cell-ditto"),
        ("同上", False, "cell-ditto"),
        ("a\x1bb", False, "character-forbidden"),
        ("a\u202eb", False, "character-forbidden"),
    ],
)
def test_a_cell_without_a_value_of_its_own_is_at_fault(value: str, formula: bool, name: str) -> None:  # noqa: FBT001 (a table's column)
    with pytest.raises(Unread) as unread:
        hold_to_values(origin(value, formula=formula))
    assert unread.value.problem.said.name == name


def test_the_value_of_a_formula_is_to_be_looked_at() -> None:
    (fact,) = facts_of("title", origin("協定", formula=True), AROUND)
    assert fact.check is not None
    assert fact.check.name == "check-formula"


@pytest.mark.parametrize(
    ("value", "blank"), [("-", True), ("―", True), ("－", True), ("なし", False), (0, False)]
)
def test_a_dash_is_as_good_as_nothing(value: Any, blank: bool) -> None:  # noqa: FBT001 (as above)
    assert is_blank(Cell(1, 1, value)) is blank


def test_lines_are_joined_as_the_language_wants() -> None:
    assert text_of(origin("連携\n協定")) == "連携協定"
    assert text_of(origin("Smart \n City 協定")) == "Smart City 協定"
    assert long_text(origin("a\n \n b")) == "a\nb"
    assert listed(origin("a,b，c")) == ["a", "b", "c"]
