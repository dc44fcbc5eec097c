"""`kyotei draft`: what a text states becomes a file that validates, and nothing else does."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from command_line_for_tests import Command, settle
from kyotei.content import content
from kyotei.drafting.draft import draft
from kyotei.entry import read_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent
EXAMPLE = (ROOT / "tests" / "examples" / "drafts" / "mimamori.txt").read_text(encoding="utf-8")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path, columns=100)
    return Command(capfd)


def data(text: str) -> dict[str, Any]:
    return draft(text, "example").data


def reasons(text: str) -> dict[str, str]:
    return {".".join(field.path): field.reason for field in draft(text).fields if field.reason}


def missing(text: str) -> Sequence[str]:
    return [".".join(path) for path in draft(text, "example").required]


def test_a_whole_text_becomes_a_file() -> None:
    assert data(EXAMPLE) == {
        "id": "example",
        "title": "見守り活動に関する連携協定",
        "signed": "2026-06-01",
        "parties": [
            {
                "role": "甲",
                "name": "みどり市",
                "representative": "みどり市長",
                "address": "みどり県みどり市中央１丁目２番３号",
            },
            {
                "role": "乙",
                "name": "株式会社とまと運輸",
                "representative": "代表取締役社長",
                "address": "みどり県みどり市本町４番地５",
            },
        ],
        "purpose": (
            "この協定は、甲及び乙が連携して高齢者等の見守り活動を行い、"
            "安心して暮らせる地域をつくることを目的とする。"
        ),
        "cooperation": [
            "高齢者等の異変の発見及び通報に関すること",
            "道路の損傷等の情報提供に関すること",
            "その他前条の目的を達するために必要な事項",
        ],
        "term": {"clause": "第4条第1項", "start": "signing", "end": "2027-03-31"},
        "renewal": {"clause": "第4条第2項", "mode": "automatic", "length": "1 year"},
        "notice": {"clause": "第4条第2項", "before_end": "2 months", "by": "either", "form": "written"},
        "termination": {"clause": "第5条", "notice": "3 months", "by": "either"},
        "confidentiality": {"clause": "第3条", "survives": "3 years"},
        "amendment": {
            "clause": "第6条",
            "how": "この協定の内容を変更するときは、甲乙協議の上、書面により行うものとする",
        },
        "consultation": {"clause": "第7条"},
        "originals": 2,
    }


def test_a_number_parted_by_a_line_end_is_to_be_looked_at() -> None:
    assert reasons(EXAMPLE) == {"term.end": "digits-parted"}


def test_nobody_s_own_name_is_taken_over() -> None:
    found = draft(EXAMPLE)
    assert not [field for field in found.fields if "花子" in field.text or "一郎" in field.text]


def test_every_field_is_traced_to_its_words(run: Command) -> None:
    Path("example.txt").write_text(EXAMPLE, encoding="utf-8")
    shape = json.loads(run("draft", "example.txt", "--format", "json").out)
    lines = EXAMPLE.split("\n")
    for one in shape["evidence"]:
        rest = "".join("".join(lines[one["line"] - 1 :])[one["column"] - 1 :].split())
        assert rest.startswith("".join(one["text"].split())), one
    notice = next(one for one in shape["evidence"] if one["path"] == "notice.before_end")
    assert notice == {
        "path": "notice.before_end",
        "line": 21,
        "column": 14,
        "text": "２か月前まで",
        "confidence": "sure",
        "reason": None,
    }
    assert shape["missing"] == []


def test_the_yaml_says_the_same_as_the_json(run: Command) -> None:
    Path("example.txt").write_text(EXAMPLE, encoding="utf-8")
    entry, findings = read_entry(run("draft", "example.txt").out.encode(), "example.yaml")
    assert entry is not None
    assert findings == []
    shape = json.loads(run("draft", "example.txt", "--format", "json").out)
    assert content(entry.agreement) == shape["agreement"]


def test_a_draft_validates_and_is_never_written_twice(run: Command) -> None:
    Path("example.txt").write_text(EXAMPLE, encoding="utf-8")
    Path("agreements").mkdir()
    assert run("draft", "example.txt", "-o", "agreements/mimamori.yaml").status == 0
    assert run("validate", "--as-of", "2026-11-22").status == 0
    written = Path("agreements/mimamori.yaml").read_bytes()
    again = run("draft", "example.txt", "-o", "agreements/mimamori.yaml")
    assert (again.status, again.err) == (
        2,
        "kyotei: agreements/mimamori.yaml exists already and was not touched\n",
    )
    assert Path("agreements/mimamori.yaml").read_bytes() == written


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_missing_is_said_at_the_top_and_fails(run: Command, language: str) -> None:
    Path("協定.txt").write_text("本協定の有効期間は、令和●年●月●日から1年間とする。", encoding="utf-8")
    ran = run("draft", "協定.txt", "--lang", language)
    assert ran.status == 1
    assert "id, title, signed, parties, term.start" in ran.out.split("\n")[1]
    assert "purpose, cooperation, renewal, notice" in ran.out.split("\n")[2]
    assert ran.out.rstrip().endswith("length: 1 year")
    assert "id, title, signed, parties, term.start" in ran.err


@pytest.mark.parametrize(
    ("said", "blank", "path"),
    [
        ("令和８年６月１日", "令和　年　月　日", "signed"),
        ("令和８年６月１日", "令和〇〇年〇月〇日", "signed"),
        ("２か月前", "●か月前", "notice.before_end"),
        ("１年間更新", "○年間更新", "renewal.length"),
        ("株式会社とまと運輸（以下", "○○○○（以下", "parties"),
    ],
)
def test_a_blank_of_a_template_is_no_value(said: str, blank: str, path: str) -> None:
    assert missing(EXAMPLE.replace(said, blank, 1)) == [path]


def test_a_termination_whose_notice_is_blank_is_left_out() -> None:
    assert "termination" not in data(EXAMPLE.replace("３か月前", "　か月前"))


def test_two_days_of_signing_compete() -> None:
    text = EXAMPLE.replace("令和８年６月１日", "令和８年６月１日\n令和８年６月２日")
    assert data(text)["signed"] == "2026-06-01"
    assert reasons(text)["signed"] == "readings-compete"


def test_a_day_of_signing_that_only_a_note_states() -> None:
    text = "連携協定の概要\n協定締結日：令和３年１２月２４日\n協定施行日：令和４年１月１日\n"
    assert data(text)["signed"] == "2021-12-24"
    assert data(text)["term"] == {"start": "2022-01-01"}


def test_some_of_three_parties_are_named() -> None:
    text = EXAMPLE.replace(
        "（以下「乙」という。）は", "（以下「乙」という。）及びみどり大学（以下「丙」という。）は"
    )
    assert data(text)["notice"]["by"] == ["甲", "乙"]
    assert reasons(text)["notice.by"] == "some-parties"
    either = text.replace("甲又は乙から書面", "甲、乙及び丙のいずれからも書面")
    assert data(either)["notice"]["by"] == "either"


def test_markdown_is_read_as_its_words(run: Command) -> None:
    marked = EXAMPLE.replace("見守り活動に関する連携協定書", "# 見守り活動に関する連携協定書", 1)
    marked = marked.replace("（有効期間）\n第４条", "## **第４条**（有効期間）\n\n")
    Path("example.md").write_text(marked, encoding="utf-8")
    found = json.loads(run("draft", "example.md", "--format", "json").out)["agreement"]
    assert found == {**data(EXAMPLE)}


def test_articles_are_numbered_in_every_way() -> None:
    for written in ("第4条", "第 ４ 条", "第四条"):
        assert data(EXAMPLE.replace("第４条", written))["term"]["clause"] == "第4条第1項"


def test_a_text_without_articles_is_read_too() -> None:
    text = (
        "災害時応援に関する覚書\n\n"
        "あお市（以下「甲」という。）とあか町（以下「乙」という。）は、次のとおり合意する。\n"
        "本覚書の有効期間は、令和7年4月1日から令和8年3月31日までとする。\n\n"
        "令和7年3月20日\n甲　あお市\n　　市長\n乙　あか町\n　　町長\n"
    )
    assert data(text)["title"] == "災害時応援に関する覚書"
    assert data(text)["term"] == {"start": "2025-04-01", "end": "2026-03-31"}
    assert [party["representative"] for party in data(text)["parties"]] == ["あお市長", "あか町長"]
    assert data(text)["signed"] == "2025-03-20"


def test_parties_that_only_sign_are_found() -> None:
    text = (
        "連携協定書\n\n第1条　本協定の有効期間は、締結の日から令和8年3月31日までとする。\n\n令和7年3月20日\n"
        "（甲）住所　みどり県あお市1番地\n　　　名称　あお市\n　　　代表者　あお市長　山田太郎\n"
        "（乙）〒100-0001　みどり県あか市2-3\n　　　一般社団法人あか協会\n　　　代表理事　海野波子\n"
    )
    assert data(text)["parties"] == [
        {"role": "甲", "name": "あお市", "representative": "あお市長", "address": "みどり県あお市1番地"},
        {
            "role": "乙",
            "name": "一般社団法人あか協会",
            "representative": "代表理事",
            "address": "みどり県あか市2-3",
        },
    ]


def test_stdin_has_no_name_for_an_id(run: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text(EXAMPLE, encoding="cp932")
    with (tmp_path / "in.txt").open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert "id: mimamori" in run("draft", "-", "--id", "mimamori").out
    with (tmp_path / "in.txt").open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        ran = run("draft", "-")
    assert (ran.status, "found: id" in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["none.txt"], "there is no file or folder none.txt"),
        (["."], "is not a regular file"),
        (["bad.txt", "--id", "あ"], "--id"),
        (["bad.txt"], "bad.txt:2:3: error character-forbidden"),
        (["empty.txt"], "empty.txt:1:1: error file-empty"),
        (["huge.txt"], "huge.txt:1:1: error file-too-large"),
        (["old.doc"], "old.doc:1:1: error document-old"),
        (["good.txt", "-o", "none/good.yaml"], "none/good.yaml was not written"),
    ],
)
def test_what_cannot_be_drafted_is_refused_with_its_place(run: Command, args: list[str], said: str) -> None:
    Path("bad.txt").write_text("連携協定書\n協定\x1b[31m", encoding="utf-8")
    Path("good.txt").write_text(EXAMPLE, encoding="utf-8")
    Path("empty.txt").write_text("\n　\n", encoding="utf-8")
    Path("huge.txt").write_bytes(b"a" * (256 * 1024 + 1))
    Path("old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 64)
    ran = run("draft", *args)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_a_draft_that_breaks_a_rule_is_told_and_fails(run: Command) -> None:
    text = EXAMPLE.replace("令和９年３月３\n１日", "令和７年３月31日")
    Path("example.txt").write_text(text, encoding="utf-8")
    ran = run("draft", "example.txt")
    assert ran.status == 1
    assert "error end-before-start" in ran.err


def test_the_page_s_example_is_what_the_commands_print(run: Command) -> None:
    page = (ROOT / "docs" / "draft.md").read_text(encoding="utf-8")
    assert f"```text\n{EXAMPLE}```" in page
    Path("mimamori.txt").write_text(EXAMPLE, encoding="utf-8")
    Path("agreements").mkdir()
    for command, answer in re.findall(r"```console\n\$ kyotei ([^\n]*)\n(.*?)```", page, re.DOTALL):
        ran = run(*command.split())
        assert ran.out + ran.err == answer
    assert f"```yaml\n{Path('agreements/mimamori.yaml').read_text(encoding='utf-8')}```" in page


STATED = ("title", "signed", "parties", "cooperation", "term", "renewal", "notice", "confidentiality")
SEED = (ROOT / "tests" / "examples" / "drafts" / "yokohama-shibuya.txt").read_text(encoding="utf-8")
RELEASE = """記者発表資料
あさひ市と連携協定を締結しました。

４ 協定の期間

  令和 2 年 11 月 18 日から令和 4 年 3 月 31 日まで

"""


@pytest.mark.parametrize("before", ["", RELEASE], ids=["the agreement alone", "behind a press release"])
def test_the_register_s_first_agreement_is_drafted_as_it_stands_there(before: str) -> None:
    entry, _ = read_entry(
        (ROOT / "agreements" / "yokohama-shibuya.yaml").read_bytes(), "yokohama-shibuya.yaml"
    )
    assert entry is not None
    ours, drafted = content(entry.agreement), draft(before + SEED, "yokohama-shibuya").data
    for field in (*STATED, "amendment", "consultation", "originals"):
        assert drafted[field] == ours[field], field


@pytest.mark.parametrize(
    ("clause", "secrecy"),
    [
        ("前条の秘密は、この協定の終了後も漏らしてはならないものとする。", {"survives": "indefinitely"}),
        ("秘密を第三者に漏らしてはならない。有効期間の満了後●年間も同様とする。", {}),
        ("乙は、甲の承諾なく秘密を第三者に開示してはならない。", {"exceptions": "乙は、甲の承諾"}),
        (
            "秘密を漏らしてはならない。ただし、法令に定めがある場合は、この限りでない。",
            {"exceptions": "法令に定めがある場合"},
        ),
    ],
)
def test_secrecy_and_how_long_it_survives(clause: str, secrecy: dict[str, str]) -> None:
    if "exceptions" in secrecy and "承諾" in clause:
        secrecy = {"exceptions": "甲の承諾を得た場合"}
    text = f"第1条（守秘義務）　{clause}\n第2条（有効期間）　本協定の有効期間は、締結の日から1年間とする。"
    assert data(text)["confidentiality"] == {"clause": "第1条", **secrecy}
    assert data(text)["term"] == {"clause": "第2条", "start": "signing", "length": "1 year"}


def test_secrecy_without_a_heading_is_found_by_its_words() -> None:
    text = (
        "第1条　本協定の期間は、締結の日から1年間とする。\n"
        "第2条　秘密は、本協定の終了後2年間、漏らしてはならない。"
    )
    assert data(text)["confidentiality"] == {"clause": "第2条", "survives": "2 years"}
    assert data(text)["term"]["length"] == "1 year"
    assert "confidentiality" not in data("第1条　本協定の期間は、締結の日から1年間とする。")


def test_the_purpose_of_a_preamble() -> None:
    text = (
        "協定書\n\nあお市（以下「甲」という。）とあか町（以下「乙」という。）とは、子育てを支えることを目的として、"
        "次のとおり協定（以下「本協定」という。）を締結する。\n第1条　本協定の期間は1年間とする。"
    )
    assert data(text)["purpose"] == "子育てを支えること"
    assert [party["name"] for party in data(text)["parties"]] == ["あお市", "あか町"]


def test_a_title_in_two_lines_below_an_address() -> None:
    text = (
        "https://example.jp/\n災害時における\n物資の供給に関する協定書\n\n"
        "あお市（以下「甲」という。）とあか町（以下「乙」という。）は、協定を締結する。\n"
        "第1条　期間は1年間とする。"
    )
    assert data(text)["title"] == "災害時における物資の供給に関する協定"


def test_a_renewal_of_which_only_the_limit_is_said_lacks_its_mode() -> None:
    assert "renewal.mode" in missing("第1条（期間）　更新は、2回を限度とする。")


def test_a_third_party_without_a_name_is_missing() -> None:
    text = EXAMPLE.replace(
        "（以下「乙」という。）は", "（以下「乙」という。）及び○○○○（以下「丙」という。）は"
    )
    assert "parties.2.name" in missing(text)


def test_some_parties_and_a_limit_in_yaml(run: Command) -> None:
    text = EXAMPLE.replace("甲又は乙から書面", "乙から書面").replace(
        "以後も同様とする。", "以後も同様とする。ただし、更新は2回を限度とする。"
    )
    Path("example.txt").write_text(text, encoding="utf-8")
    out = run("draft", "example.txt").out
    assert "  by: [乙]\n" in out
    assert re.search(r"\n  limit:\n    # sure 第4条第2項 21:[0-9]+ 「2回を限度」\n    times: 2\n", out)
    entry, _ = read_entry(out.encode(), "example.yaml")
    assert entry is not None


def test_signs_of_private_use_are_no_tokens() -> None:
    assert data("第1条（期間）　本協定の期間は、\ue000から\ue006とする。").get("term") is None


def test_spaces_stay_between_words_of_narrow_signs() -> None:
    text = EXAMPLE.replace("見守り活動に関する", "Open  Data の 活用に関する", 1)
    assert data(text)["title"] == "Open Dataの活用に関する連携協定"


def test_an_extra_that_is_not_installed_is_named(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("scan.pdf").write_bytes(b"%PDF-1.7")
    monkeypatch.setitem(sys.modules, "pypdf", None)
    ran = run("draft", "scan.pdf")
    assert (ran.status, "pip install 'kyotei[pdf]'" in ran.err) == (2, True)


def test_a_file_that_the_system_does_not_open_is_told(run: Command) -> None:
    ran = run("draft", "x" * 300)
    assert (ran.status, ran.err) == (2, f"kyotei: {'x' * 300} cannot be read: File name too long\n")


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("example.txt").write_text(EXAMPLE, encoding="utf-8")
    Path("there.yaml").write_text("old", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("kyotei.commands.draft.os.path.lexists", lambda _: False)
        assert run("draft", "example.txt", "-o", "there.yaml").status == 2
    assert Path("there.yaml").read_text(encoding="utf-8") == "old"


def test_a_preamble_without_a_title_and_parties_without_names() -> None:
    text = (
        "次のとおりとする。\n（以下「甲」という。）とあか町（以下「乙」という。）は、協定を締結する。\n"
        "秘密は、終了後2年間漏らしてはならない。"
    )
    assert missing(text) == ["title", "signed", "parties", "term.start", "term.end"]
    assert data(text)["confidentiality"] == {"survives": "2 years"}


def test_a_title_with_a_blank_is_none() -> None:
    assert "title" in missing(EXAMPLE.replace("見守り活動に関する連携協定書", "○○○○に関する連携協定書", 1))


def test_a_role_may_stand_on_a_line_of_its_own() -> None:
    text = "連携協定書\n\n令和7年3月20日\n甲\n　あお市\n　あお市長\n乙\n　あか町2番地\n"
    assert data(text)["parties"] == [{"role": "甲", "name": "あお市", "representative": "あお市長"}]


def test_an_address_that_begins_with_the_party_s_name_stays_whole() -> None:
    text = EXAMPLE.replace("みどり市（以下", "みどり県みどり市（以下").replace(
        "　みどり市\n", "　みどり県みどり市\n"
    )
    party = data(text)["parties"][0]
    assert (party["name"], party["address"]) == ("みどり県みどり市", "みどり県みどり市中央１丁目２番３号")


def test_a_name_in_front_of_an_office_is_no_part_of_it() -> None:
    party = data(EXAMPLE.replace("　　代表取締役社長", "　株式会社とまと運輸代表取締役社長"))["parties"][1]
    assert (party["name"], party["representative"]) == ("株式会社とまと運輸", "代表取締役社長")


@pytest.mark.parametrize("name", ["△△大学", "○○市", "株式会社□□", "＿＿＿＿"])
def test_a_name_that_is_left_open_is_none(name: str) -> None:
    assert missing(EXAMPLE.replace("株式会社とまと運輸（", f"{name}（")) != ["parties", "parties.1.name"]
    assert "parties" in missing(EXAMPLE.replace("株式会社とまと運輸（", f"{name}（"))


def test_how_an_id_is_given_is_said(run: Command) -> None:
    Path("協定.txt").write_text(EXAMPLE, encoding="utf-8")
    assert run("draft", "協定.txt").err.endswith("not found: id (an id is given with --id ID)\n")


@pytest.mark.parametrize(
    ("articles", "term"),
    [
        (
            (
                "（貸与期間）\n第1条 貸与の期間は、令和6年4月1日から令和8年3月31日までとする。\n"
                "（有効期間）\n第2条 本協定の有効期間は、令和6年4月1日から令和9年3月31日までとする。"
            ),
            {"clause": "第2条", "start": "2024-04-01", "end": "2027-03-31"},
        ),
        (
            (
                "（旧協定の廃止）\n第1条 令和元年5月付けで締結した協定は、令和6年3月31日に終了する。\n"
                "（有効期間）\n第2条 本協定の有効期間は、令和6年4月1日から3年間とする。"
            ),
            {"clause": "第2条", "start": "2024-04-01", "length": "3 years"},
        ),
        (
            (
                "（有効期間）\n第1条 本協定の有効期間は、締結の日から令和9年3月31日までとする。\n"
                "２ 第3条の規定は、本協定の終了後も、令和14年3月31日まで効力を有する。"
            ),
            {"clause": "第1条第1項", "start": "signing", "end": "2027-03-31"},
        ),
    ],
    ids=["a loan", "an older agreement", "one article that survives"],
)
def test_days_of_other_things_are_not_those_of_the_term(articles: str, term: dict[str, str]) -> None:
    assert data(articles)["term"] == term
    assert not {path for path in reasons(articles) if path.startswith("term")}
