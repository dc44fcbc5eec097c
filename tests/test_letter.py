"""What the notice of termination says, and how it is set: literals, as an office would send it."""

from __future__ import annotations

from datetime import date

import pytest

from kyotei.formats.letter import WIDTH, letter_markdown, letter_text
from kyotei.letter import Letter, day, letter, official
from kyotei.messages import LOCALE, document
from kyotei.model import Agreement, NoticeEvent
from kyotei.notifying import effect
from kyotei.source import read
from kyotei.text import cells
from registers_for_tests import text

TODAY = date(2026, 11, 22)
PARTIES = """parties:
  - {role: 甲, name: 湊市, representative: 湊市長}
  - {role: 乙, name: 株式会社波止場, representative: 代表取締役}
  - {role: 丙, name: 港湾組合}
"""
CLAUSES = """renewal: {mode: automatic, length: 1 year}
notice: {clause: 第10条の2第1項, before_end: 3 months}
contacts:
  - {party: 乙, office: 総務部}
  - {party: 甲, office: 企画課, phone: 000-0000-0101, email: kikaku@example.jp}
  - {party: 甲, office: 港湾課, phone: 000-0000-0102}
"""
TEXT = """\
　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　第　　　　号
　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　令和８年12月１日

　株式会社波止場　代表取締役　様
　港湾組合　御中

　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　湊市長

　　　港の利用に関する連携協定の終了の申出について（通知）

　令和８年３月20日付けで締結した標記の協定について、同協定第10条の２第１項の規定
に基づき、有効期間の満了日である令和９年３月31日をもって終了することを、下記のと
おり申し出ます。
　これにより、同協定は同日に終了し、令和９年４月１日を始期とする更新は行われない
こととなりますので、御了知くださるようお願いします。

　　　　　　　　　　　　　　　　　　　 記

１　協定の名称　　　港の利用に関する連携協定
２　締結年月日　　　令和８年３月20日
３　有効期間満了日　令和９年３月31日
４　根拠条項　　　　第10条の２第１項
５　担当　　　　　　企画課
　　　　　　　　　　電話　000-0000-0101
　　　　　　　　　　電子メール　kikaku@example.jp

　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　　以上
"""
MARKDOWN = """\
<div align="right">

　　　第　　　　号\\
令和８年12月１日

</div>

株式会社波止場　代表取締役　様\\
港湾組合　御中

<div align="right">

湊市長

</div>

<div align="center">

**港の利用に関する連携協定の終了の申出について（通知）**

</div>

　令和８年３月20日付けで締結した標記の協定について、同協定第10条の２第１項の規定に基づき、有効期間の満了日である令和９年３月31日をもって終了することを、下記のとおり申し出ます。

　これにより、同協定は同日に終了し、令和９年４月１日を始期とする更新は行われないこととなりますので、御了知くださるようお願いします。

<div align="center">

記

</div>

1. 協定の名称　港の利用に関する連携協定
2. 締結年月日　令和８年３月20日
3. 有効期間満了日　令和９年３月31日
4. 根拠条項　第10条の２第１項
5. 担当　企画課\\
   電話　000-0000-0101\\
   電子メール　kikaku\\@example.jp

<div align="right">

以上

</div>
"""


def written(more: str = "", *, by: str = "甲", clauses: str = CLAUSES, **changes: str) -> Letter:
    """The letter of 2026-12-01 about a file; `changes` replace words of it."""
    file = text("a", clauses + more, title="港の利用に関する連携協定")
    old = file[file.index("parties:") : file.index("term:")]
    file = file.replace(old, PARTIES)
    for name, new in changes.items():
        file = file.replace({"title": "港の利用に関する連携協定", "name": "湊市,"}[name], new)
    agreement = Agreement.model_validate(read(file.encode()).data)
    event = NoticeEvent.model_validate({"type": "notice", "on": "2026-12-01", "by": by})
    return letter(agreement, event, effect(agreement, event, TODAY))


def item(found: Letter, name: str) -> tuple[str, ...]:
    return dict(found.items)[name]


def test_the_letter_as_text() -> None:
    assert letter_text(written()) == TEXT


def test_the_letter_as_markdown() -> None:
    assert letter_markdown(written()) == MARKDOWN


def test_what_the_file_does_not_say_is_left_blank_and_named() -> None:
    found = written(
        by="丙", clauses="renewal: {mode: automatic, length: 1 year}\nnotice: {before_end: 3 months}\n"
    )
    assert found.blanks == ("number", "clause", "contact")
    assert found.sender == "港湾組合"
    assert "同協定第　　条第　　項の規定に基づき" in found.body[0]
    assert item(found, "根拠条項") == ("第　　条第　　項",)
    assert item(found, "担当") == ("　　　　　　　　電話　　　　　　　　",)
    assert "５　担当　　　　　　　　　　　　　　電話\n" in letter_text(found)


def test_of_a_contact_what_is_known_is_shown() -> None:
    assert item(written(by="乙"), "担当") == ("総務部",)


def test_parties_are_named_as_on_the_day_of_the_letter() -> None:
    """A succession of a later day is not known to its reader yet."""
    found = written(
        "events:\n"
        "  - {on: 2026-11-30, type: succession, party: 丙, name: 新港湾組合, representative: 組合長}\n"
        "  - {on: 2026-12-02, type: succession, party: 乙, name: 株式会社桟橋}\n"
    )
    assert found.addressees == ("株式会社波止場　代表取締役　様", "新港湾組合　組合長　様")
    assert item(found, "当事者の承継") == ("丙　新港湾組合（締結時は港湾組合）",)
    assert [name for name, _ in found.items][-2:] == ["当事者の承継", "担当"]


def test_an_amended_clause_says_since_when_it_reads_so() -> None:
    found = written(
        "events:\n  - {on: 2026-06-01, type: amendment, effective: 2026-07-01,"
        " changes: {notice: {clause: 第11条, before_end: 2 months}}}\n"
    )
    assert item(found, "根拠条項") == ("第11条（令和８年７月１日から適用の変更後のもの）",)
    assert "同協定第11条の規定" in found.body[0]


def test_a_number_given_is_the_document_s() -> None:
    agreement = Agreement.model_validate(read(text("a").encode()).data)
    event = NoticeEvent.model_validate({"type": "notice", "on": "2026-12-01", "by": "甲"})
    found = letter(agreement, event, effect(agreement, event, TODAY), "企第12号")
    assert found.number == "企第12号"
    assert "number" not in found.blanks


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (date(2019, 5, 1), "令和元年５月１日"),
        (date(2019, 4, 30), "平成31年４月30日"),
        (date(2026, 12, 31), "令和８年12月31日"),
    ],
)
def test_a_day_is_written_as_municipalities_write_it(given: date, said: str) -> None:
    assert day(given) == said


def test_one_digit_is_wide_and_more_are_narrow() -> None:
    assert official("第4条の2第10項第1号") == "第４条の２第10項第１号"


def test_no_line_is_wider_than_forty_characters_and_the_right_side_is_straight() -> None:
    """An odd number of columns before the text takes one narrow space."""
    found = written(title="海" * 100, name="湊市a,")
    lines = letter_text(found).splitlines()
    assert max(cells(line) for line in lines) == WIDTH
    assert [cells(lines[number]) for number in (0, 1, -1)] == [78, 78, 78]
    sender = next(line for line in lines if line.endswith(" 湊市a　湊市長"))
    assert cells(sender) == 78
    assert not any(line != line.rstrip() for line in lines)


def test_a_name_wider_than_the_line_is_not_cut() -> None:
    assert f"\n{'湊' * 41}　湊市長\n" in letter_text(written(name="湊" * 41 + ","))


def test_a_date_is_not_parted_at_the_end_of_a_line() -> None:
    for line in letter_text(written(title="海" * 36)).splitlines():
        assert not line.endswith(("令", "令和", "令和９", "令和９年", "令和９年３", "令和９年３月"))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("'[x](http://a) *b* <i>'", r"\[x\](http://a) \*b\* \<i\>"),
        ("'# 見出し'", r"\# 見出し"),
        ("'1. 港'", r"1\. 港"),
        ("'12) 港'", r"12\) 港"),
        ("'- 港'", r"\- 港"),
        ("'a-1.2'", "a-1.2"),
        (r"'\_'", r"\\\_"),
        ('"二\\n行"', "二 行"),
    ],
)
def test_no_datum_is_markup(title: str, shown: str) -> None:
    assert f"**{shown}の終了の申出について（通知）**" in letter_markdown(written(title=title))
    assert f"1. 協定の名称　{shown}\n" in letter_markdown(written(title=title))


def test_its_words_can_be_written_in_the_old_encoding_of_japanese_offices() -> None:
    for name, sentence in document("letter").items():
        assert sentence.encode("cp932").decode("cp932") == sentence, name


def test_every_word_has_a_use() -> None:
    source = (LOCALE.parent / "letter.py").read_text(encoding="utf-8")
    assert [name for name in document("letter") if f'"{name}"' not in source] == []
