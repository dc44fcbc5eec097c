"""The steps from clause to date: every shape of agreement, with its days, its clauses and its articles."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from agreements_for_tests import THREE_MONTHS, YEARLY, agreement, yearly
from kyotei.__main__ import main
from kyotei.dates.closed_days import OfficeCalendar
from kyotei.entry import Entry
from kyotei.explain.case import case_of
from kyotei.explain.steps import explanation
from kyotei.explain.ways import way_of
from kyotei.messages import Language, words
from kyotei.model import Confidentiality
from kyotei.render.explain import clause, explain_page
from kyotei.render.screen import Screen
from kyotei.source import read
from kyotei.tables import status_row
from kyotei.text import cells

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from agreements_for_tests import Clause
    from kyotei.model import Agreement

Row: TypeAlias = "tuple[str, tuple[str, ...], dict[str, Any]]"

ROOT = Path(__file__).parent.parent
DAY = re.compile(r"2\d{3}-\d{2}-\d{2}")  # not the day of the judgment of 1935
UNFOLDED = 1000
"""A width at which every sentence stands in one line, its clauses and articles far to the right of it."""

SIGNING_YEAR: Clause = {"start": "signing", "length": "1 year", "clause": "第4条第1項"}
NOTICE: Clause = {**THREE_MONTHS, "clause": "第4条第2項", "by": ["甲"], "form": "written"}
CONSENT: Clause = {"mode": "by-consent", "length": "2 years", "clause": "第5条第2項"}
LIMITED: Clause = {"mode": "automatic", "length": "1 year", "limit": {"times": "2"}}
AT_WILL: Clause = {"notice": "6 months", "clause": "第10条第2項"}
INDEFINITE: Clause = {"start": "signing", "end": "indefinite"}


def page(
    told: Agreement, as_of: str, language: str = "ja", width: int = UNFOLDED, *, colour: bool = False
) -> str:
    """Return the page of an agreement, runs of spaces folded into one."""
    day, calendar = date.fromisoformat(as_of), OfficeCalendar()
    entry = Entry("test.yaml", told, read(b"id: test"))
    screen = Screen(words(Language(language)), width, colour=colour, tty=False)
    drawn = explain_page(screen, status_row(entry, day, calendar), explanation(told, day, calendar))
    return re.sub(" +", " ", drawn)


def row(as_of: str, *lines: str, **clauses: Any) -> Row:  # noqa: ANN401 (as `agreement` takes them)
    """One row: the day asked for, what the page must say, and the clauses of the agreement."""
    return as_of, lines, clauses


FIRST_PERIOD = {
    "the day of signing is not counted": row(
        "2021-01-10",
        "締結の日から数える期間なので、締結日 2020-11-18 は算入せず、翌日の 2020-11-19 から数える。",
        "2020-11-19 から数えて1年後の応当日は 2021-11-19。その前日の 2021-11-18 が末日。",
        "2 第1期（当初の有効期間） 第4条第1項",
        "民法140条、143条2項",
        "2020-11-18 に締結し、その日から効力を生じる。",
        signed="2020-11-18",
        term=SIGNING_YEAR,
    ),
    "a stated first day is counted": row(
        "2026-05-01",
        "2026-03-20 に締結し、2026-04-02 から効力を生じる。",
        "始期の 2026-04-02 は日付で定められ、その日の午前零時から始まるので、初日を算入する。",
        "その前日の 2027-04-01 が末日。",
        "民法140条ただし書、143条2項",
        "末日は、閉庁日に当たっても動かない（民法142条の適用はない）。",
        term={"start": "2026-04-02", "length": "1 year"},
    ),
    "a stated end is itself": row(
        "2026-05-01",
        "末日は 2027-03-31 と定められている。",
        "末日が日付で定められているので、締結日を算入するかどうか（民法140条）は結果に影響しない。",
        term={"start": "signing", "end": "2027-03-31"},
    ),
    "a month without the corresponding day": row(
        "2024-03-01",
        "2024-02-29 から数えて1年後の月には応当日（29日）がないので、その月の末日の 2025-02-28 が末日。",
        "民法140条ただし書、143条2項ただし書",
        signed="2024-02-20",
        term={"start": "2024-02-29", "length": "1 year"},
    ),
    "months that begin with a month": row(
        "2026-05-01",
        "2026-04-01 は月又は年の初めの日なので暦に従って数え、6か月の末日は 2026-09-30。",
        "民法140条ただし書、143条1項",
        term={"start": "2026-04-01", "length": "6 months"},
    ),
    "a year that begins with the year": row(
        "2026-05-01",
        "2026-01-01 は月又は年の初めの日なので暦に従って数え、1年の末日は 2026-12-31。",
        "2026-03-20 に締結し、2026-01-01 にさかのぼって適用する。",
        term={"start": "2026-01-01", "length": "1 year"},
    ),
    "days": row(
        "2026-05-01",
        "2026-04-01 を1日目として数え、90日の末日は 2026-06-29。",
        "民法140条ただし書、141条",
        term={"start": "2026-04-01", "length": "90 days"},
    ),
    "weeks": row(
        "2026-04-05",
        "2026-04-01 から数えて2週間後の応当日（同じ曜日）は 2026-04-15。その前日の 2026-04-14 が末日。",
        term={"start": "2026-04-01", "length": "2 weeks"},
    ),
    "no end": row(
        "2026-05-01",
        "期間の定めはない。満了することも、更新されることもない。",
        "終期も更新もないため、申出期限はない。",
        "・期間の定めなく続く。",
        term=INDEFINITE,
    ),
    "a stated first day that is the signing day": row(
        "2026-05-01",
        "2026-03-20 に締結し、その日から効力を生じる。",
        "締結の時から始まると読めば、初日を算入せず、第1期の末日は 2027-03-20 となる（民法140条）。",
        term={"start": "2026-03-20", "length": "1 year"},
    ),
}

RENEWALS = {
    "presumed": row(
        "2028-05-01",
        "期間が満了すると、その翌日を始期として更に1年、自動で更新し、以降も同様とする。",
        "更新は第3期までに2回。終了の申出の記録がないことによる推定である。",
        "第3期は、前の期の末日 2028-03-31 の翌日である 2028-04-01 に始まった。",
        "2028-04-01 から数えて1年後の応当日は 2029-04-01。その前日の 2029-03-31 が末日。",
        "・更新2回は、終了の申出が記録されていないことによる推定である。",
        renewal=YEARLY,
        notice=NOTICE,
    ),
    "confirmed": row(
        "2028-05-01",
        "更新は第3期までに2回。1回は記録があり、1回は終了の申出の記録がないことによる推定である。",
        "第3期は、2027-10-01 に記録された更新により 2028-04-01 に始まった。",
        "2027-10-01 (金) 更新の合意又は確認。",
        "第3期（2028-04-01 から 2029-03-31 まで）の更新を確認した。",
        renewal=YEARLY,
        notice=NOTICE,
        events="2027-10-01 renewal",
    ),
    "to a day of the year": row(
        "2027-11-01",
        "期間が満了すると、その翌日から次の3月31日まで自動で更新し、以降も同様とする。",
        "2027-07-01 以後の最初の3月31日である 2028-03-31 が末日。",
        term={"start": "2026-07-01", "end": "2027-06-30"},
        renewal={"mode": "automatic", "to": "03-31"},
        notice=NOTICE,
    ),
    "at most so many": row(
        "2027-05-01",
        "更新は2回まで。",
        "この限度まで更新されると、第3期の末日である 2029-03-31 に終了する。",
        renewal=LIMITED,
        notice=NOTICE,
    ),
    "the limit reached": row(
        "2028-05-01",
        "第3期の末日 2029-03-31 (土) に満了する。",
        "更新の限度に達しているため、その後の期間はない。",
        "2029-03-31 (土) 土曜日〔地方自治法4条の2〕",
        "2029-03-30 (金) 開庁日 ← 終了前の最後の開庁日",
        "この後に、申出がなければ更新されるという期間はないため、申出期限はない。",
        "・2029-03-31 に終了する。",
        renewal=LIMITED,
        notice=NOTICE,
    ),
    "until a day that cuts the last period": row(
        "2028-05-01",
        "更新の限度は 2028-12-31。その翌日以後に始まる期間はなく、最後の期間はその日で終わる。",
        "その前日の 2029-03-31 が末日。",
        "ただし、更新の限度により 2028-12-31 まで。",
        renewal={"mode": "automatic", "length": "1 year", "limit": {"until": "2028-12-31"}},
        notice=NOTICE,
    ),
    "a total from the first counted day": row(
        "2027-05-01",
        "更新の限度は、初めから通算して5年。",
        "2026-04-01 から数えて5年後の応当日は 2031-04-01。その前日の 2031-03-31 が末日。",
        "この限度まで更新されると、第5期の末日である 2031-03-31 に終了する。",
        renewal={"mode": "automatic", "length": "1 year", "limit": {"total": "5 years"}},
        notice=NOTICE,
    ),
    "by consent, agreed to a day": row(
        "2027-05-01",
        "当事者が合意したときに限り、2年更新する。",
        "更新は第2期までに1回。全て記録がある。",
        "第2期は、2027-02-14 に記録された更新により 2027-04-01 に始まった。",
        "末日は 2028-09-30 と定められている。",
        "更新には当事者の合意が要るが、その後の更新は記録されていない。",
        "第2期（2027-04-01 から 2028-09-30 まで）を定めた。",
        renewal=CONSENT,
        events="2027-02-14 renewal, until 2028-09-30",
    ),
    "by consent, agreed for a length": row(
        "2027-05-01",
        "当事者が合意したときに限り、次の3月31日まで更新する。",
        "2027-04-01 から数えて3年後の応当日は 2030-04-01。その前日の 2030-03-31 が末日。",
        renewal={"mode": "by-consent", "to": "03-31"},
        events="2027-02-14 renewal, length 3 years",
    ),
    "by consent, for the clause's length": row(
        "2027-02-20",
        "2027-04-01 からの更新は記録されている。申出を待つものではない。",
        "この後に申出で止めることのできる更新はない。",
        "・2027-04-01 に更新され、第2期は 2029-03-31 まで続く。",
        "・その後の更新はなく、2029-03-31 に終了する。",
        renewal=CONSENT,
        events="2027-02-14 renewal",
    ),
    "confirmed beyond the limit": row(
        "2028-05-01",
        "第3期は、2028-02-14 に記録された更新により 2028-04-01 に始まった。",
        "2028-04-01 から数えて1年後の応当日は 2029-04-01。その前日の 2029-03-31 が末日。",
        renewal={"mode": "automatic", "length": "1 year", "limit": {"until": "2028-03-31"}},
        notice=NOTICE,
        events="2028-02-14 renewal",
    ),
    "by consent, not agreed": row(
        "2026-05-01",
        "当事者が合意したときに限り更新する。",
        "第1期の末日 2027-03-31 (水) に満了する。",
        "更新には当事者の合意が要るが、その後の更新は記録されていない。",
        renewal={"mode": "by-consent"},
    ),
    "none": row(
        "2026-05-01",
        "更新の定めはない。",
        "更新の定めがないため、その後の期間はない。",
        renewal={"mode": "none", "clause": "第4条第3項"},
    ),
    "over": row(
        "2027-05-01",
        "終了日 2027-03-31 (水) 満了",
        "第1期の末日 2027-03-31 (水) に満了した。",
    ),
    "without a notice that could stop it": row(
        "2027-05-01",
        "自動更新を止める申出の定めがないため、申出期限はない。",
        "・自動更新を申出で止めることができない。終了させるには、当事者の合意その他の方法による。",
        renewal=YEARLY,
    ),
}

DEADLINES = {
    "four readings": row(
        "2026-11-22",
        "2027-04-01 からの更新を止めるには、第1期の末日 2027-03-31 の3か月前までに申し出る。",
        "遡って数える規定はない。数え方は次の四つがある。",
        "応当日 2026-12-31 (木) ← 申出期限\n 末日の3か月前の同じ日（その月にない日は月末）〔通常の読み方〕",
        "満了時 2026-12-31 (木)\n 末日の24時を終点とし、末日も1日と数える〔労働契約、賃貸借の実務〕",
        (
            "逆算 2026-12-31 (木)\n 民法140条から143条までを逆向きに用い、末日を算入しない〔"
            "自治体法務の質疑応答〕"
        ),
        (
            "中N 2026-12-30 (水) ← 安全日（どの数え方でも間に合う）\n 末日との間に丸3か月を置く。"
            "最も厳しい〔会議の通知に関する大判昭10・7・15、税務の通達〕"
        ),
        "2026-12-30 (水) 年末年始の閉庁〔地方自治法4条の2〕",
        "2026-12-29 (火) 年末年始の閉庁〔地方自治法4条の2〕",
        "2026-12-28 (月) 開庁日 ← 実務期限",
        (
            "・遡って数える方法は法令にも協定にも定めがない。数え方により、期限は 2026-12-30 "
            "(水) から 2026-12-31 (木) までの間で異なる。"
        ),
        "・2027-04-01 に更新され、第2期は 2028-03-31 まで続く。",
        "・その次の更新を止める申出期限は、2027-12-31 (金)。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
    ),
    "before it is in force": row(
        "2026-03-25",
        "状態 発効前",
        "2027-04-01 からの更新を止めるには、第1期の末日 2027-03-31 の3か月前までに申し出る。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
    ),
    "on a day between the readings": row(
        "2026-12-31",
        (
            "基準日 2026-12-31 (木) は安全日 2026-12-30 (水) を過ぎている。今からの申出は、"
            "数え方によっては遅いとされる。"
        ),
        "実務期限は既に過ぎている。",
        "実務期限 2026-12-28 (月) 3日前 !!",
        renewal=YEARLY,
        notice=THREE_MONTHS,
    ),
    "passed": row(
        "2027-01-10",
        "第1期の申出期限 2026-12-31 (木) は過ぎており、2027-04-01 からの更新は確定している。",
        "2028-04-01 からの更新を止めるには、第2期の末日 2028-03-31 の3か月前までに申し出る。",
        "・その次の更新を止める申出期限は、2027-12-31 (金)。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
    ),
    "passed by the printed reading alone": row(
        "2026-11-29",
        "第1期の申出期限 2026-11-28 (土) は過ぎており、2027-03-01 からの更新は確定している。",
        "ただし、最も遅い数え方では 2026-11-30 (月) まで間に合う。",
        term={"start": "2026-03-01", "end": "2027-02-28"},
        renewal={"mode": "automatic", "to": "02-28"},
        notice=THREE_MONTHS,
    ),
    "before the signing": row(
        "2026-05-25",
        "第1期の申出期限 2025-09-30 (火) は締結日 2026-03-20 より前なので、",
        "その更新を止める申出は誰にもできなかった。",
        "この期限は、第2期が始まる 2027-04-01 より前に当たる。",
        renewal=YEARLY,
        notice={"before_end": "18 months"},
    ),
    "asked for before the signing": row(
        "2025-09-01",
        "この期限は締結日 2026-03-20 より前に当たる。",
        renewal=YEARLY,
        notice={"before_end": "18 months"},
    ),
    "a reading that the parties agreed": row(
        "2026-11-22",
        (
            "この協定は数え方を「中N」と定めている。当事者の定めが優先するので、これを申出期限とし、"
            "他の数え方は参考に示す（民法138条）。"
        ),
        "中N 2026-12-30 (水) ← 申出期限 ← 安全日（どの数え方でも間に合う）",
        (
            "・数え方「中N」は協定の定めによる。その定めがなければ、期限は 2026-12-30 "
            "(水) から 2026-12-31 (木) までの間で異なり得る。"
        ),
        "民法138条",
        renewal=YEARLY,
        notice={"before_end": "3 months", "reading": "clear"},
    ),
    "days": row(
        "2026-05-01",
        "日又は週で数える期間なので、異なるのは「中N」だけである。",
        "応当日 2027-01-30 (土) ← 申出期限\n 末日から60日を引いた日〔通常の読み方〕",
        "中N 2027-01-29 (金) ← 安全日（どの数え方でも間に合う）\n 末日との間に丸60日を置く。",
        renewal=YEARLY,
        notice={"before_end": "60 days"},
    ),
    "until the last day": row(
        "2026-05-01",
        "2027-04-01 からの更新を止めるには、第1期の末日 2027-03-31 までに申し出る。",
        "応当日 2027-03-31 (水) ← 申出期限\n 末日その日〔通常の読み方〕",
        "中N 2027-03-30 (火) ← 安全日（どの数え方でも間に合う）\n 末日の前日。最も厳しい",
        renewal=YEARLY,
        notice={"before_end": "0 days"},
    ),
    "by a day of the year": row(
        "2026-05-01",
        (
            "2027-04-01 からの更新を止めるには、第1期の末日 2027-03-31 以前の最後の1月31日、"
            "すなわち 2027-01-31 (日) までに申し出る。日付で定められているので、数え方による違いはない。"
        ),
        "2027-01-31 (日) 日曜日〔地方自治法4条の2〕",
        "2027-01-30 (土) 土曜日〔地方自治法4条の2〕",
        "2027-01-29 (金) 開庁日 ← 実務期限",
        renewal=YEARLY,
        notice={"by_date": "01-31"},
    ),
    "a holiday on the way": row(
        "2027-05-01",
        "2027-05-05 (水) こどもの日〔祝日法3条、地方自治法4条の2〕",
        "2027-05-04 (火) みどりの日〔祝日法3条、地方自治法4条の2〕",
        "2027-05-03 (月) 憲法記念日〔祝日法3条、地方自治法4条の2〕",
        "2027-04-30 (金) 開庁日 ← 実務期限",
        "国民の祝日に関する法律3条",
        term={"start": "2026-04-01", "end": "2027-08-06"},
        renewal=YEARLY,
        notice=THREE_MONTHS,
    ),
    "holidays not yet announced": row(
        "2040-05-01",
        "2041-04-01 からの更新を止めるには、第1期の末日 2041-03-31 の3か月前までに申し出る。",
        "2040年の祝日は予測",
        signed="2040-03-20",
        term={"start": "2040-04-01", "end": "2041-03-31"},
        renewal=YEARLY,
        notice=THREE_MONTHS,
    ),
    "holidays not known": row(
        "2160-05-01",
        "不明（2160年の祝日データなし）",
        signed="2160-03-20",
        term={"start": "2160-04-01", "end": "2161-02-15"},
        renewal=YEARLY,
        notice=THREE_MONTHS,
    ),
    "who may give it, and how": row(
        "2026-05-01",
        "申し出ることができるのは、甲（横浜市）。",
        "申出は書面による。",
        "申出は、相手方に到達した時に効力を生じる。到達に要する日数をみて発送する。",
        "申出の方法と効力 第4条第2項",
        "民法97条1項",
        renewal=YEARLY,
        notice=NOTICE,
    ),
    "dispatch counts": row(
        "2026-05-01",
        "いずれの当事者も申し出ることができる。",
        "協定の定めにより、申出は発送の時に効力を生じる。到達の時とする民法97条1項によらない。",
        "・申出の方式は台帳に記録されていない。書面によるのが確実である。",
        renewal=YEARLY,
        notice={"before_end": "3 months", "effective": "dispatch"},
    ),
}

TERMINATIONS = {
    "at will": row(
        "2025-08-31",
        "いつでも、6か月前の通知により解約することができる。",
        "通知が基準日 2025-08-31 に到達したとすると、その日は算入せず、翌日の 2025-09-01 から数える。",
        "2025-09-01 は月又は年の初めの日なので暦に従って数え、6か月の末日は 2026-02-28。",
        "最も早い終了日は 2026-02-28 (土)。",
        "最短の終了日 2026-02-28 (土)",
        "4 中途解約 第10条第2項",
        "民法97条1項、140条、143条1項",
        signed="2019-08-30",
        term=INDEFINITE,
        termination=AT_WILL,
    ),
    "at will, by one party, at once": row(
        "2025-08-31",
        "いつでも、通知により解約することができる。",
        "解約することができるのは、乙（渋谷区）。",
        "通知が基準日 2025-08-31 に到達したとすると、その日に終了する。",
        "・中途解約の予告期間は台帳に記録されていない。到達した日に終了するものとして数えた。",
        signed="2019-08-30",
        term=INDEFINITE,
        termination={"by": ["乙"]},
    ),
    "at will, later than the end": row(
        "2027-01-31",
        "最も早い終了日は 2027-07-31 (土)。",
        "ただし、それより前の 2027-03-31 に終了する予定である。",
        termination=AT_WILL,
    ),
    "recorded": row(
        "2027-05-25",
        "2026-12-10 (木) 甲（横浜市）による解約。",
        "2027-06-30 (水) に終了させる。",
        "第2期は、前の期の末日 2027-03-31 の翌日である 2027-04-01 に始まった。",
        "解約により、第2期は 2027-06-30 で終わる。",
        "解約により、第2期の 2027-06-30 (水) に終了する。",
        renewal=YEARLY,
        notice=NOTICE,
        events="2026-12-10 termination, effective 2027-06-30, by 甲",
    ),
    "recorded after the end": row(
        "2027-06-01",
        "2027-05-10 (月) 解約。",
        "協定は 2027-03-31 に終了するため、効力はない。",
        events="2027-05-10 termination, effective 2027-06-30",
    ),
    "recorded twice, the later after the end": row(
        "2027-01-20",
        "2027-01-15 (金) 解約。",
        "協定は 2026-12-31 に終了するため、効力はない。",
        "解約により、第1期の 2026-12-31 (木) に終了した。",
        events="2026-12-10 termination, effective 2026-12-31; 2027-01-15 termination, effective 2027-02-28",
    ),
    "before the first day": row(
        "2026-03-26",
        "効力が生じる前の 2026-03-28 に終了するため、期間はない。",
        "・効力を生じないまま終了する。",
        events="2026-03-25 termination, effective 2026-03-28",
    ),
    "superseded": row(
        "2026-12-25",
        "2026-12-10 (木) 協定 new-one に移行。",
        "別の協定に移行したため、第1期は 2026-12-10 で終わる。",
        "別の協定への移行により、第1期の 2026-12-10 (木) に終了した。",
        events="2026-12-10 superseded, by new-one",
    ),
}

NOTICES = {
    "safe": row(
        "2026-12-15",
        "2026-12-10 (木) 乙（渋谷区）による終了の申出。2026-12-11 (金) に到達。",
        (
            "安全日 2026-12-30 (水) までの申出であり、どの数え方でも間に合う。第1期の末日 "
            "2027-03-31 に終了させる。"
        ),
        "注記: 公印あり",
        "出典: 文書第5号",
        "終了の申出により、第1期の末日 2027-03-31 (水) に終了する。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2026-12-10 notice, by 乙, arrived 2026-12-11, note 公印あり, source 文書第5号",
    ),
    "contested": row(
        "2027-01-05",
        (
            "申出期限 2026-12-31 (木) には間に合うが、安全日 2026-12-30 (水) を過ぎており、"
            "争いの余地がある。第1期の末日 2027-03-31 に終了させる。"
        ),
        "・2026-12-31 の終了の申出が間に合ったかは、数え方によって異なる。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2026-12-31 notice, by 乙",
    ),
    "late under every reading": row(
        "2027-01-15",
        "第1期の申出期限 2026-12-31 (木) に遅れ、どの数え方でも間に合わない。その期の次の更新は止まらない。",
        (
            "安全日 2027-12-30 (木) までの申出であり、どの数え方でも間に合う。第2期の末日 "
            "2028-03-31 に終了させる。"
        ),
        "第1期の申出期限 2026-12-31 (木) は過ぎており、2027-04-01 からの更新は確定している。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2027-01-10 notice, by 乙",
    ),
    "late under the printed reading": row(
        "2026-12-01",
        (
            "第1期の申出期限 2026-11-28 (土) に遅れたが、最も遅い数え方では 2026-11-30 "
            "(月) まで間に合い、争いの余地がある。"
        ),
        "・2026-11-29 の終了の申出が間に合ったかは、数え方によって異なる。",
        term={"start": "2026-03-01", "end": "2027-02-28"},
        renewal={"mode": "automatic", "to": "02-28"},
        notice=THREE_MONTHS,
        events="2026-11-29 notice, by 乙",
    ),
    "accepted": row(
        "2027-01-15",
        "相手方が承諾したので、申出期限にかかわらず第1期の末日 2027-03-31 に終了させる（民法138条）。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2027-01-10 notice, by 乙, accepted true",
    ),
    "by a party that may not": row(
        "2026-12-15",
        "乙（渋谷区）は、協定により申し出ることができる当事者ではないため、効力はない。",
        renewal=YEARLY,
        notice=NOTICE,
        events="2026-12-10 notice, by 乙",
    ),
    "with nothing to stop": row(
        "2026-12-15",
        "申出で止めることのできる更新がないため、効力はない。",
        events="2026-12-10 notice, by 乙",
    ),
    "after the end": row(
        "2027-05-15",
        "協定は 2027-03-31 に終了しており、申出に効力はない。",
        events="2027-05-10 notice, by 乙",
    ),
    "under way": row(
        "2026-12-12",
        "基準日にはまだ到達していない。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2026-12-10 notice, by 乙, arrived 2026-12-14",
    ),
    "dispatched": row(
        "2027-01-05",
        "乙（渋谷区）による終了の申出。2026-12-28 (月) に発送。",
        "安全日 2026-12-30 (水) までの申出であり",
        renewal=YEARLY,
        notice={"before_end": "3 months", "effective": "dispatch"},
        events="2026-12-28 notice, by 乙, arrived 2027-01-04",
    ),
    "withdrawn": row(
        "2026-12-25",
        "2026-12-20 (日) 2026-12-10 の終了の申出を取り下げた。",
        "その申出はなかったものとして数える。",
        "状態 有効",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2026-12-10 notice, by 乙; 2026-12-20 withdrawal, by 乙",
    ),
    "withdrawn too late": row(
        "2027-05-25",
        "取下げは、協定が 2027-03-31 に終了した後なので、効力はない。",
        "終了の申出により、第1期の末日 2027-03-31 (水) に終了した。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2026-12-10 notice, by 乙; 2027-05-20 withdrawal",
    ),
    "withdrawn without effect": row(
        "2026-12-25",
        "期間に影響はない。",
        events="2026-12-10 notice, by 乙; 2026-12-20 withdrawal",
    ),
    "nothing to withdraw": row(
        "2026-12-25",
        "取下げ。取り下げる申出は記録されていない。",
        events="2026-12-20 withdrawal",
    ),
}

CHANGES = {
    "of the end, the renewal and the notice": row(
        "2028-01-25",
        "2026-06-10 (水) 2026-07-01 から次のとおり変更。",
        "有効期間の末日を 2027-09-30 とする。",
        "満了日の6か月前までに終了の申出がなければ更新される。",
        "第1期の末日が 2027-03-31 から 2027-09-30 に変わる。",
        "第1期の申出期限が 2026-12-31 (木) から 2027-03-30 (火) に変わる。",
        "2026-06-10 に記録された変更（2026-07-01 から適用）により、第1期の末日が改められた。",
        "この条項は、変更により 2026-07-01 から適用されるもの。",
        "2027-10-01 から数えて2年後の応当日は 2029-10-01。その前日の 2029-09-30 が末日。",
        "2029-10-01 からの更新を止めるには、第2期の末日 2029-09-30 の6か月前までに申し出る。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2026-06-10 amendment, effective 2026-07-01, changes.term.end 2027-09-30, "
        "changes.renewal.mode automatic, changes.renewal.length 2 years, changes.notice.before_end 6 months",
    ),
    "of the length of a later period": row(
        "2027-10-25",
        "有効期間を2年とする。",
        "2027-06-10 に記録された変更（2027-07-01 から適用）により、第2期の末日が改められた。",
        "2027-04-01 から数えて2年後の応当日は 2029-04-01。その前日の 2029-03-31 が末日。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2027-06-10 amendment, effective 2027-07-01, changes.term.length 2 years",
    ),
    "to no end": row(
        "2027-10-25",
        "有効期間の定めをなくす。",
        "第2期の末日が改められた。",
        "期間の定めはない。満了することも、更新されることもない。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2027-06-10 amendment, effective 2027-07-01, changes.term.end indefinite",
    ),
    "to no end, announced for the next period": row(
        "2027-01-25",
        "・2027-04-01 に更新され、第2期は期間の定めなく続く。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2026-06-10 amendment, effective 2027-07-01, changes.term.end indefinite",
    ),
    "of termination at will": row(
        "2026-10-25",
        "いつでも、2か月前の通知により解約することができる。",
        "最も早い終了日は 2026-12-25 (金)。",
        events="2026-06-10 amendment, effective 2026-07-01, changes.termination.notice 2 months",
    ),
    "of the renewal, too late for a period that is over": row(
        "2029-05-25",
        "第4期は、前の期の末日 2029-03-31 の翌日である 2029-04-01 に始まった。",
        "その前日の 2030-03-31 が末日。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2028-06-10 amendment, effective 2027-01-01, changes.renewal.mode automatic, "
        "changes.renewal.length 1 year",
    ),
    "of the renewal, after the period that it shortens": row(
        "2027-09-25",
        "2027-04-01 は月又は年の初めの日なので暦に従って数え、3か月の末日は 2027-06-30。",
        renewal=YEARLY,
        events="2027-09-01 amendment, effective 2027-03-15, changes.renewal.mode automatic, "
        "changes.renewal.length 3 months, changes.renewal.limit.times 1",
    ),
    "of the end, then of the notice alone": row(
        "2027-10-25",
        "2027-06-10 に記録された変更（2027-07-01 から適用）により、第2期の末日が改められた。",
        "末日は 2028-09-30 と定められている。",
        "2028-10-01 からの更新を止めるには、第2期の末日 2028-09-30 の1か月前までに申し出る。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2027-06-10 amendment, effective 2027-07-01, changes.term.end 2028-09-30;"
        "2027-06-11 amendment, effective 2027-07-02, changes.notice.before_end 1 month",
    ),
    "of the notice, then an end within a presumed period": row(
        "2027-10-25",
        "第2期は、前の期の末日 2027-03-31 の翌日である 2027-04-01 に始まった。",
        "解約により、第2期は 2027-12-31 で終わる。",
        renewal=YEARLY,
        notice=THREE_MONTHS,
        events="2026-06-11 amendment, effective 2026-07-02, changes.notice.before_end 1 month;"
        "2027-06-10 termination, effective 2027-12-31",
    ),
    "an end within a period that was agreed": row(
        "2027-10-25",
        "更新は第2期までに1回。全て記録がある。",
        "第2期は、前の期の末日 2027-03-31 の翌日である 2027-04-01 に始まった。",
        "解約により、第2期は 2027-12-31 で終わる。",
        renewal={"mode": "by-consent"},
        events="2027-02-14 renewal, until 2028-09-30; 2027-06-10 termination, effective 2027-12-31",
    ),
    "to no renewal, back-dated": row(
        "2027-05-25",
        "第1期の末日 2027-03-31 (水) に満了した。",
        "更新の定めがないため、その後の期間はない。",
        renewal=YEARLY,
        events="2027-05-01 amendment, effective 2027-03-01, changes.renewal.mode none",
    ),
    "to no renewal, back-dated, of a chain to a day of the year": row(
        "2027-05-25",
        "第1期の末日 2027-03-31 (水) に満了した。",
        "更新の定めがないため、その後の期間はない。",
        renewal={"mode": "automatic", "to": "03-31"},
        events="2027-05-01 amendment, effective 2027-03-01, changes.renewal.mode none",
    ),
    "of a chain that was over": row(
        "2030-05-25",
        "第3期の末日 2029-03-31 (土) に満了した。",
        "更新の限度に達しているため、その後の期間はない。",
        "更新は2回まで。",
        renewal=LIMITED,
        events="2029-05-01 amendment, effective 2027-03-01, changes.renewal.mode none",
    ),
    "of a chain that was over on a day": row(
        "2030-05-25",
        "更新の限度に達しているため、その後の期間はない。",
        renewal={"mode": "automatic", "length": "1 year", "limit": {"until": "2028-03-31"}},
        events="2028-05-01 amendment, effective 2027-03-01, changes.renewal.mode none",
    ),
    "a successor and a review": row(
        "2026-10-25",
        "2026-08-01 (土) 乙（渋谷区）を新渋谷区が承継し、又は改称した。協定は続く。",
        "2026-09-01 (火) 見直しを行い、変更なし。",
        events="2026-08-01 succession, party 乙, name 新渋谷区; 2026-09-01 review",
    ),
    "a renewal recorded where none can follow": row(
        "2026-12-25",
        "更新の合意又は確認。",
        "期間に影響はない。",
        renewal={"mode": "by-consent"},
        events="2026-12-10 renewal",
    ),
}

TABLES = {
    "first period": FIRST_PERIOD,
    "renewal": RENEWALS,
    "deadline": DEADLINES,
    "termination": TERMINATIONS,
    "notice": NOTICES,
    "change": CHANGES,
}
ROWS = [
    pytest.param(*one, id=f"{name}: {why}") for name, table in TABLES.items() for why, one in table.items()
]


@pytest.mark.parametrize(("as_of", "lines", "clauses"), ROWS)
def test_the_page_leads_from_clause_to_day(
    as_of: str, lines: tuple[str, ...], clauses: dict[str, Any]
) -> None:
    found = page(agreement(**clauses), as_of)
    assert [line for line in lines if line not in found] == []


@pytest.mark.parametrize(("as_of", "lines", "clauses"), ROWS)
def test_both_languages_name_the_same_days(
    as_of: str, lines: tuple[str, ...], clauses: dict[str, Any]
) -> None:
    told = agreement(**clauses)
    japanese, english = (set(DAY.findall(page(told, as_of, language))) for language in ("ja", "en"))
    assert japanese == english >= set(DAY.findall(" ".join(lines)))


@pytest.mark.parametrize(
    ("as_of", "survives", "clauses", "lines"),
    [
        (
            "2026-05-01",
            None,
            {},
            [
                "終了後の存続は定められていない。協定の終了とともに終わるものとして扱う。",
                "・守秘義務が協定の終了後も続くかは、台帳に記録されていない。",
            ],
        ),
        ("2026-05-01", "indefinitely", {}, ["協定の終了後も、期限なく存続する。"]),
        (
            "2026-05-01",
            "3 years",
            {},
            [
                "協定の最終日は 2027-03-31。その翌日の 2027-04-01 から数える。",
                "2027-04-01 から数えて3年後の応当日は 2030-04-01。その前日の 2030-03-31 が末日。",
                "守秘義務は 2030-03-31 まで続く。",
                "民法140条、143条2項",
            ],
        ),
        (
            "2027-01-10",
            "1 year",
            {"renewal": YEARLY, "notice": THREE_MONTHS},
            [
                "仮に第2期の末日 2028-03-31 に終了するとすれば、その翌日の 2028-04-01 から数える。",
                "その場合、守秘義務は 2029-03-31 まで続く。",
            ],
        ),
        ("2026-05-01", "1 year", {"term": INDEFINITE}, ["協定の終了後も、1年存続する。"]),
    ],
    ids=["not said", "for ever", "from the end", "from the earliest end", "no end to count from"],
)
def test_confidentiality_is_counted_from_the_day_after_the_end(
    as_of: str, survives: str | None, clauses: dict[str, Any], lines: list[str]
) -> None:
    secrecy = {"clause": "第8条"} | ({} if survives is None else {"survives": survives})
    told = agreement(**clauses).model_copy(
        update={"confidentiality": Confidentiality.model_validate(secrecy)}
    )
    found = page(told, as_of)
    assert [line for line in ("守秘義務 第8条", *lines) if line not in found] == []


def test_an_agreement_that_ends_before_it_begins_has_no_period_to_explain() -> None:
    told = agreement(events="2026-03-25 termination, effective 2026-03-28")
    assert "終了日 2026-03-28 (土) 解約" in page(told, "2026-04-10")


def test_a_period_that_no_clause_explains_is_still_named_with_its_days() -> None:
    case = case_of(yearly(), date(2026, 5, 1), OfficeCalendar())
    found = way_of(case, case.chain[1]._replace(end=date(2028, 1, 15)))
    assert [said.name for said in found.said] == ["period-plain"]
    assert found.said[0].values["end"] == date(2028, 1, 15)


def test_events_of_later_days_are_not_told() -> None:
    told = yearly("2026-12-10 notice, by 乙")
    assert "経緯" not in page(told, "2026-12-09")
    assert "2026-12-10 (木) 乙（渋谷区）による終了の申出。" in page(told, "2026-12-10")


def test_the_page_ends_with_what_it_is_not() -> None:
    assert page(yearly(), "2026-05-01").endswith(
        "kyotei は日数を数えて根拠を示すもので、法的助言ではありません。\n"
    )


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("第4条", "Article 4"),
        ("第4条第2項", "Article 4(2)"),
        ("第４条第２項第１号", "Article 4(2), item 1"),
        ("第四条の二第3号", "Article 4-2, item 3"),
        ("第十二条", "Article 12"),
        ("別表2", "別表2"),
    ],
)
def test_a_clause_is_cited_in_the_readers_language(written: str, english: str) -> None:
    assert clause(words(Language.EN), written) == english
    assert clause(words(Language.JA), written) == written


def test_articles_of_one_law_stand_together_in_english() -> None:
    told = agreement(signed="2020-11-18", term=SIGNING_YEAR, renewal=YEARLY, notice=NOTICE)
    found = page(told, "2021-01-10", "en")
    assert "Civil Code Arts. 140, 143(2)" in found
    assert "Civil Code Art. 97(1)" in found


@pytest.mark.parametrize("width", [20, 36, 60, 80, 100, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_line_is_wider_than_the_screen_and_no_day_is_cut(width: int, language: str) -> None:
    told = yearly("2026-12-10 notice, by 乙, arrived 2026-12-11; 2026-12-20 withdrawal")
    narrow, wide = (page(told, "2026-12-25", language, columns) for columns in (width, UNFOLDED))
    assert DAY.findall(narrow) == DAY.findall(wide)
    assert max(cells(line) for line in narrow.split("\n")) <= max(width, 28)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_colour_adds_nothing_to_the_words(width: int) -> None:
    told = yearly("2026-12-10 notice, by 乙, arrived 2026-12-11; 2026-12-20 withdrawal")
    coloured = page(told, "2026-12-25", width=width, colour=True)
    plain = re.sub("\x1b\\[[0-9;]*m", "", coloured)
    assert coloured != plain
    assert plain.split() == page(told, "2026-12-25", width=width).split()


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_of_the_real_agreement(
    width: str,
    language: str,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", width)
    monkeypatch.setenv("KYOTEI_LANG", language)
    assert main(["explain", "yokohama-shibuya", "--as-of", "2026-11-22"]) == 0
    assert capfd.readouterr().out == snapshot
