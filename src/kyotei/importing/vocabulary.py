"""The words that lists use: headings by field, and words for values. Data, compared after `plain`.

They are what files of others may say, in Japanese and English, not what we say; `export` writes some of them.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

COMPUTED = "computed"
"The field of columns that a computer made from others: "
"never read, for their days are those of one day."
IGNORED = "ignore"

_HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "id": "id ID 識別子 協定ID 管理ID",
        "title": (
            "協定名 協定名称 協定の名称 協定書名 協定書名称 "
            "名称 件名 協定件名 協定等名称 協定等の名称 締結協定名 "
            "事業名 タイトル title agreement"
        ),
        "signed": (
            "締結日 締結年月日 協定締結日 協定締結年月日 協定日 協定年月日 締結の日 調印日 締結期日 "
            "締結日(西暦) signed signingdate"
        ),
        "parties": "当事者 協定当事者 締結者 協定締結者 締結当事者 協定者 甲乙 parties",
        "others": (
            "相手方 相手先 締結先 協定先 協定締結先 "
            "締結相手 締結相手方 締結相手先 協定相手 協定相手方 協定相手先 "
            "相手方名 相手方名称 団体名 締結団体 協定締結団体 事業者名 "
            "企業名 企業・団体名 連携先 連携相手 提携先 with"
        ),
        "term": "有効期間 協定期間 期間 契約期間 協定の期間 協定の有効期間 有効期間等 協定有効期間 term",
        "term.start": (
            "始期 開始日 有効期間の始期 有効期間始期 "
            "有効期間(始期) 有効期間(自) 有効期間(開始) 有効期間開始日 "
            "協定開始日 期間開始 開始 自 効力発生日 発効日 協定施行日 施行日 開始年月日 termfrom"
        ),
        "term.end": (
            "終期 終了日 満了日 有効期限 期限 "
            "有効期間の終期 有効期間終期 有効期間(終期) 有効期間(至) 有効期間(終了) "
            "有効期間満了日 協定終了日 期間終了 終了 至 期間満了日 終了年月日 当初満了日 当初終期 termto"
        ),
        "term.length": "有効期間の長さ termlength",
        "renewal": "更新 更新の有無 更新有無 更新条項 更新方法 更新の方法 更新規定 延長 renewal",
        "renewal.automatic": (
            "自動更新 自動更新の有無 自動更新有無 自動更新条項 "
            "自動更新規定 自動延長 自動継続 automaticrenewal"
        ),
        "renewal.length": "更新期間 更新後の期間 更新後期間 自動更新期間 更新の期間 更新年数 renewallength",
        "renewal.to": "更新後の終期 更新後終期 renewalto",
        "renewal.limit": "更新の限度 更新限度 更新回数の上限 更新上限 renewallimit",
        "notice": (
            "申出期限 終了の申出 終了申出 終了申出期限 解約申出期限 更新拒絶 更新拒絶期限 更新拒絶の期限 "
            "意思表示期限 更新しない場合の申出期限 通告期限 noticedeadline"
        ),
        "notice.before_end": "申出期間 申出の時期 noticebeforeend",
        "notice.by_date": "申出期日 noticebydate",
        "notice.by": "申出のできる者 noticeby",
        "notice.form": "申出の方式 noticeform",
        "notice.effective": "申出の効力 noticeeffective",
        "notice.reading": "数え方 reading",
        "termination": "解約 中途解約 解除 中途解除 解約条項 termination",
        "termination.notice": "中途解約の予告 解約予告 解約予告期間 terminationnotice",
        "termination.by": "解約のできる者 terminationby",
        "confidentiality.survives": "守秘義務の存続 confidentialitysurvives",
        "clauses": "条項 clauses",
        "purpose": "目的 協定の目的 協定目的 purpose",
        "cooperation": "連携事項 協力事項 連携協力事項 連携内容 協定内容 協定の内容 内容 cooperation",
        "originals": "本書の通数 通数 originals",
        "office": (
            "所管課 担当課 所管 主管課 担当所属 所管部署 担当部署 所管課名 担当課名 担当 主務課 所属 office"
        ),
        "phone": "電話 電話番号 連絡先電話 連絡先電話番号 内線 TEL phone",
        "email": "メール メールアドレス 電子メール Eメール email",
        "contacts": "連絡先 contacts",
        "tags": "分野 区分 種別 分類 協定分野 協定種別 タグ 連携分野 カテゴリ カテゴリー tags",
        "notes": "備考 摘要 メモ 特記事項 備考欄 注記 notes remarks",
        "events": "経緯(データ) events(data)",
        "event-count": "経緯の件数 events",
        IGNORED: "No No. 番号 連番 項番 通番 整理番号 管理番号 # 取込元 取込エラー sourcerow importerrors",
        COMPUTED: (
            "状態 現在の期 期の始期 期の終期 安全日 実務期限 実務期限(和暦) 残り日数 緊急度 申出がないとき "
            "現在の期間 ファイル 終了(予定)日 終了の理由 signed(wareki) ends reasonoftheend state period "
            "periodfrom periodto deadline deadline(wareki) safeday actby "
            "actby(wareki) daystoact urgency ifnobodyacts file"
        ),
    }
)

OF_FAILED_ROWS = frozenset({"取込元", "取込エラー", "sourcerow", "importerrors"})
"""The headings that `--errors` adds; a list of failed rows that fails again gets new ones."""

MANY = frozenset(
    {
        "parties",
        "others",
        "cooperation",
        "tags",
        "notes",
        "term",
        "renewal",
        "notice",
        "termination",
        IGNORED,
        COMPUTED,
        "events",
    }
)
"""Fields that several columns may fill."""

YIELDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "others": frozenset({"parties"}),
        "notice": frozenset({"notice.before_end", "notice.by_date"}),
        "office": frozenset({"contacts"}),
    }
)
"""A field -> those that say the same in more detail: where one of them has a column, it is not read."""

FIELDS: tuple[str, ...] = tuple(field for field in _HEADINGS if field not in {COMPUTED, "event-count"})
"""What a column may be mapped to."""


DEFAULTED: tuple[str, ...] = (
    "term.start",
    "term.end",
    "term.length",
    "renewal.mode",
    "renewal.length",
    "renewal.to",
    "notice.before_end",
    "notice.by_date",
    "notice.by",
    "notice.form",
    "tags",
    "notes",
)
"""What may be given for all rows that leave it open."""


def plain(text: str) -> str:
    """Return what is equal for words that people take for equal: one width, no spaces, small letters."""
    return "".join(normalize("NFKC", text).split()).lower()


_FIELD_OF = {plain(word): field for field, words in _HEADINGS.items() for word in words.split(" ") if word}
_BESIDE = re.compile(r"[(\[【〔<].*?[)\]】〕>]|[※★☆●○◎*:：]")


def field_of(heading: str) -> tuple[str, bool] | None:
    """Return a heading's field, and whether it says so plainly; 締結日（西暦） only without its brackets."""
    said = plain(heading)
    if said in _FIELD_OF:
        return _FIELD_OF[said], True
    bare = _BESIDE.sub("", said)
    return (_FIELD_OF[bare], False) if bare in _FIELD_OF else None


def _words(**words: str) -> Mapping[str, str]:
    found = ((word, name.replace("_", "-")) for name, said in words.items() for word in said.split("/"))
    return {plain(word): name for word, name in found}


ANSWER = _words(
    yes="有/有り/あり/○/◯/〇/する/yes/y/true",
    no="無/無し/なし/×/✕/✖/しない/no/n/false",
)
BLANK = frozenset(plain(sign) for sign in ("-", "―", "—", "ー", "‐", "–", "…"))
"""Signs that people write where there is nothing to write."""
DITTO = frozenset({"〃", '"', "々", "同上", "同左"})
"""What stands for the value above."""

START = _words(signing="締結の日/締結日/締結した日/締結の日から/締結日から/signing")
END = _words(
    indefinite=(
        "期間の定めなし/期限の定めなし/定めなし/無期限/期間の定め無し/期限なし/期間の定めはない/定めのない/"
        "期限の定めのない/永年/indefinite"
    )
)
RENEWAL = _words(
    automatic="自動更新/自動/自動延長/自動継続/自動更新あり/自動更新有/自動更新有り/automatic",
    by_consent=(
        "合意による更新/協議/合意/協議更新/協議により更新/協議による更新/合意により更新/by consent/by-consent"
    ),
    none="更新なし/更新無/更新無し/更新しない/none",
)
EITHER = _words(either="いずれの当事者も/双方/いずれも/either")
FORM = _words(written="書面/文書/written", any="問わない/方式を問わない/any")
EFFECTIVE = _words(arrival="到達/arrival", dispatch="発送/発信/dispatch")
READING = _words(
    corresponding_day="応当日/corresponding day/corresponding-day",
    clear="中N/clear",
    end_of_term="満了時/end of term/end-of-term",
    mirrored="逆算/mirrored",
)
AT_ONCE = frozenset({plain("予告なし"), plain("at once")})
FOR_EVER = frozenset({plain("期限なし"), plain("indefinitely")})
UNTIL_THE_END = frozenset({plain("終了まで"), plain("until the end")})
CLAUSES = _words(
    term="有効期間/term",
    renewal="更新/renewal",
    notice="終了の申出/notice",
    termination="中途解約/termination",
    confidentiality="守秘義務/confidentiality",
)

TOTALS = re.compile(r"(?:合計|総計|小計|計|総数|件数|total)(?:[0-9]+件?)?|[0-9]+件")
REMARK = re.compile("[※*注]")
OTHERS_UNNAMED = re.compile(
    r"(?:ほか|他|外)[0-9一二三四五六七八九十百]+(?:者|社|市|町|村|団体|法人|県|区|自治体|機関|名)|(?:等|など|ほか)$"
)
"""Parties of whom only the number is told."""

_COUNT = "[0-9一二三四五六七八九十]+"
_UNIT = "(?:年間?|(?:か|ヶ|ヵ|ケ|カ|箇)月間?|月|週間?|日間?)"
_LENGTH = f"(?P<length>{_COUNT}{_UNIT})"
_SELF = "自動(?:更新|延長)?"
_THERE_IS = "(?:有り?|あり|[○〇◯])?"
REPEATED = re.compile(
    rf"{_THERE_IS}(?P<auto>{_SELF})?\(?{_LENGTH}(?:ごと|毎|ずつ)?(?:に|の)?\)?(?P<after>{_SELF}|更新)?"
)
"""A renewal in few words: 自動更新（1年）, 1年ごとに自動更新, 1年; 有（1年） under 自動更新."""
_TERM_END = "(?:(?:有効|協定|契約)?期間の?)?(?:満了|終了)(?:日|の日)?の?"
BEFORE_END = re.compile(rf"(?:{_TERM_END})?{_LENGTH}前(?:まで)?(?:に)?(?P<written>\((?:書面|文書)\))?")
"""A notice in few words: 満了日の3か月前まで, 3か月前（書面）."""
YEARLY = re.compile(r"毎年度?(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2}|末)日?(?:まで)?(?:に)?")
TIMES = re.compile(r"([0-9]+)(?:回(?:まで)?|times?)")
IN_ALL = re.compile(r"通算(.+)|(.+?)inall")
ROLES = "甲乙丙丁戊己庚辛壬癸"
ROLED = re.compile(rf"\s*([{ROLES}]|[^\s：]{{1,9}}(?=：))[：:\s]\s*(\S.*)")
"""A party with its role: 甲：横浜市."""
