"""One agreement on one page, and in JSON: what its file says, and how it stands."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from agreements_for_tests import THREE_MONTHS, YEARLY, agreement
from kyotei.__main__ import main
from kyotei.dates.closed_days import OfficeCalendar
from kyotei.entry import Entry
from kyotei.explain.events import events_told
from kyotei.messages import Language, words
from kyotei.model import Agreement
from kyotei.render.screen import Screen
from kyotei.render.show import show_page
from kyotei.source import read
from kyotei.tables import status_row

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

ROOT = Path(__file__).parent.parent
UNFOLDED = 1000
"""A width at which every paragraph stands in one line."""

FULL = {
    "id": "test",
    "title": "連携協定",
    "signed": "2026-03-20",
    "parties": [
        {"role": "甲", "name": "横浜市", "representative": "横浜市長", "address": "横浜市中区"},
        {"role": "乙", "name": "渋谷区"},
    ],
    "purpose": "地域の活性化に資する。\n相互に協力する。",
    "cooperation": ["企業誘致", "情報交換"],
    "activities": [{"theme": "広報", "items": ["国内外への広報活動"]}],
    "term": {"clause": "第4条第1項", "start": "2026-04-01", "end": "2027-03-31"},
    "confidentiality": {"clause": "第3条", "exceptions": "法令に定めがある場合"},
    "amendment": {"clause": "第5条", "how": "協議して変更する"},
    "consultation": {"clause": "第6条"},
    "originals": "2",
    "contacts": [
        {"party": "甲", "office": "経済局", "phone": "045-000-0000", "email": "a@example.jp", "for": "協定"}
    ],
    "sources": [
        {"title": "記者発表資料", "date": "2026-03-20", "url": "https://example.jp/", "note": "参考"}
    ],
    "tags": ["防災", "観光"],
    "notes": "架空の例。",
}


def page(told: Agreement, as_of: str = "2026-11-22", language: str = "ja") -> str:
    """Return the page of an agreement, runs of spaces folded into one."""
    day = date.fromisoformat(as_of)
    row = status_row(Entry("agreements/test.yaml", told, read(b"id: test")), day, OfficeCalendar())
    screen = Screen(words(Language(language)), UNFOLDED, colour=False, tty=False)
    return re.sub(" +", " ", show_page(screen, row, events_told(told, day)))


def test_the_page_says_all_that_the_file_says_in_the_order_of_a_press_release() -> None:
    found = page(Agreement.model_validate(FULL))
    assert found[found.index("名称") :] == (
        "名称 連携協定\n\n"
        "当事者 甲（横浜市） 代表者: 横浜市長\n 所在地: 横浜市中区\n 乙（渋谷区）\n\n"
        "締結日 2026-03-20（令和8年3月20日・金）\n\n"
        "基本理念 地域の活性化に資する。\n 相互に協力する。\n\n"
        "連携協力事項 （1）企業誘致\n （2）情報交換\n\n"
        "有効期間 2026-04-01 から 2027-03-31 まで（第4条第1項）\n\n"
        "取組内容 （1）広報\n ・国内外への広報活動\n\n"
        "守秘義務 終了後の存続は定められていない。協定の終了とともに終わるものとして扱う。（第3条）\n"
        " 例外: 法令に定めがある場合\n\n"
        "見直し 協議して変更する（第5条）\n\n"
        "協議 第6条\n\n"
        "本書の通数 2通\n\n"
        "お問合せ先 甲（横浜市） 経済局（協定）\n ・電話 045-000-0000\n ・メール a@example.jp\n\n"
        "出典 記者発表資料 2026-03-20\n ・https://example.jp/\n ・参考\n\n"
        "備考 架空の例。\n\n"
        "タグ 防災、観光\n\n"
        "台帳のファイル agreements/test.yaml\n"
    )


def test_what_is_absent_is_left_out() -> None:
    found = page(agreement())
    labels = [line.split(" ")[0] for line in found.split("\n") if line and not line.startswith(" ")]
    assert labels[4:] == ["名称", "当事者", "締結日", "有効期間", "台帳のファイル"]


@pytest.mark.parametrize(
    ("clauses", "line"),
    [
        ({"term": {"start": "signing", "end": "2027-03-31"}}, "有効期間 締結の日から 2027-03-31 まで"),
        ({"term": {"start": "signing", "length": "1 year"}}, "有効期間 締結の日から1年"),
        ({"term": {"start": "signing", "end": "indefinite"}}, "有効期間 締結の日から（期間の定めなし）"),
        ({"term": {"start": "2026-04-01", "length": "3 years"}}, "有効期間 2026-04-01 から3年"),
        (
            {"term": {"start": "2026-04-01", "end": "indefinite"}},
            "有効期間 2026-04-01 から（期間の定めなし）",
        ),
        ({"renewal": {"mode": "none", "clause": "第4条"}}, "更新 更新の定めはない。（第4条）"),
        (
            {"renewal": {"mode": "by-consent", "length": "2 years"}},
            "更新 当事者が合意したときに限り、2年更新する。",
        ),
        (
            {"renewal": {"mode": "automatic", "to": "03-31", "limit": {"total": "5 years"}}},
            (
                "更新 期間が満了すると、その翌日から次の3月31日まで自動で更新し、以降も同様とする。"
                "更新の限度は、初めから通算して5年。"
            ),
        ),
        (
            {"renewal": YEARLY, "notice": {**THREE_MONTHS, "clause": "第4条第2項", "reading": "clear"}},
            (
                "終了の申出 満了日の3か月前までに終了の申出がなければ更新される。数え方は「中N」による。"
                "申出は到達の時に効力を生じる。いずれの当事者も申し出ることができる。（第4条第2項）"
            ),
        ),
        (
            {
                "renewal": YEARLY,
                "notice": {"by_date": "01-31", "effective": "dispatch", "form": "any", "by": ["甲"]},
            },
            (
                "終了の申出 毎年1月31日までに終了の申出がなければ更新される。申出は発送の時に効力を生じる。"
                "申し出ることができるのは、甲（横浜市）。申出の方式は問わない。"
            ),
        ),
        (
            {"renewal": YEARLY, "notice": {"before_end": "0 days"}},
            "終了の申出 満了日までに終了の申出がなければ更新される。",
        ),
        (
            {"termination": {"notice": "6 months", "by": ["甲", "乙"]}},
            (
                "中途解約 いつでも、6か月前の通知により解約することができる。解約することができるのは、"
                "甲（横浜市）、乙（渋谷区）。"
            ),
        ),
    ],
)
def test_a_clause_is_put_in_words(clauses: dict[str, Any], line: str) -> None:
    assert line in page(agreement(**clauses))


def test_the_page_begins_with_how_the_agreement_stands() -> None:
    told = agreement(renewal=YEARLY, notice=THREE_MONTHS, termination={"notice": "6 months"})
    assert page(told).split("\n")[:9] == [
        "test 基準日 2026-11-22（令和8年11月22日・日）",
        "",
        "状態 有効",
        "現在の期間 第1期 2026-04-01 → 2027-03-31",
        "申出期限 2026-12-31 (木) 第1期 あと39日",
        "安全日 2026-12-30 (水)",
        "実務期限 2026-12-28 (月) あと36日 !",
        "何もしなければ 2027-04-01 → 2028-03-31 に更新",
        "最短の終了日 2027-05-22 (土)（基準日に解約の通知が到達した場合）",
    ]


def test_an_act_by_day_that_is_not_known_is_said_to_be_so() -> None:
    told = agreement(
        signed="2160-03-20",
        term={"start": "2160-04-01", "end": "2161-02-15"},
        renewal=YEARLY,
        notice=THREE_MONTHS,
    )
    assert "実務期限 不明（2160年の祝日データなし）" in page(told, "2160-05-01")


def test_parties_are_named_as_on_the_day_and_as_at_the_signing() -> None:
    told = agreement(events="2026-08-01 succession, party 乙, name 新渋谷区, representative 新渋谷区長")
    assert "乙（新渋谷区）（締結時: 渋谷区） 代表者: 新渋谷区長" in page(told)
    assert "締結時" not in page(told, "2026-07-31")


def test_events_say_what_they_did_and_a_changed_clause_points_to_them() -> None:
    told = agreement(
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2026-06-10 amendment, effective 2026-07-01, changes.notice.before_end 6 months, note 覚書;"
        "2026-09-01 review",
    )
    found = page(told)
    changed = (
        "終了の申出 満了日の3か月前までに終了の申出がなければ更新される。申出は到達の時に効力を生じる。"
        "いずれの当事者も申し出ることができる。"
    )
    assert f"{changed}\n 台帳の記載。その後の変更は経緯を参照。\n" in found
    assert (
        "経緯 2026-06-10 (水) 2026-07-01 から次のとおり変更。\n"
        " ・満了日の6か月前までに終了の申出がなければ更新される。\n"
    ) in found
    assert " ・注記: 覚書\n 2026-09-01 (火) 見直しを行い、変更なし。\n" in found
    assert "2026-06-10" not in page(told, "2026-06-09")


def test_an_office_may_have_neither_subject_nor_telephone() -> None:
    told = Agreement.model_validate({**FULL, "contacts": [{"party": "乙", "office": "産業観光課"}]})
    assert "お問合せ先 乙（渋谷区） 産業観光課\n\n" in page(told)


def test_confidentiality_without_exceptions_is_one_line() -> None:
    told = Agreement.model_validate({**FULL, "confidentiality": {"survives": "2 years"}})
    assert "守秘義務 協定の終了後も、2年存続する。\n\n" in page(told)


def test_text_of_the_file_cannot_command_the_terminal() -> None:
    hostile = "\x1b[2J甲\n乙"
    told = Agreement.model_validate({**FULL, "title": hostile, "notes": hostile, "purpose": hostile})
    found = page(told)
    assert "\x1b" not in found
    assert "名称 \\x1b[2J甲 乙" in found
    assert "基本理念 \\x1b[2J甲\n 乙" in found


@pytest.fixture
def in_the_register(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where the real register is."""
    monkeypatch.chdir(ROOT)


@pytest.mark.usefixtures("in_the_register")
def test_json_holds_the_file_and_the_entry_of_status(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "yokohama-shibuya", "--as-of", "2026-11-22", "--format", "json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert main(["status", "--as-of", "2026-11-22", "--format", "json"]) == 0
    status = json.loads(capfd.readouterr().out)["agreements"]
    assert list(found) == ["schema_version", "as_of", "agreement", "status"]
    assert (found["schema_version"], found["as_of"]) == (1, "2026-11-22")
    assert found["status"] in status
    assert found["agreement"]["renewal"] == {"clause": "第4条第2項", "mode": "automatic", "length": "1 year"}
    assert found["agreement"]["originals"] == 2
    assert found["agreement"]["contacts"][2] == {
        "party": "乙",
        "office": "区民部産業観光課",
        "phone": "03-3463-2369",
        "for": "連携協定に関すること",
    }


@pytest.mark.usefixtures("in_the_register")
@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_of_the_real_agreement(
    width: str,
    language: str,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    monkeypatch.setenv("KYOTEI_LANG", language)
    assert main(["show", "yokohama-shibuya", "--as-of", "2026-11-22"]) == 0
    assert capfd.readouterr().out == snapshot
