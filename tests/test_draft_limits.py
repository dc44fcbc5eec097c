"""A text of any making is drafted soon, and what is not read of it is said."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from command_line_for_tests import PACKAGE, Command, settle
from kyotei.drafting.articles import unmarked
from kyotei.drafting.draft import draft

CAP = 256 * 1024
SENTENCE = "本協定の有効期間は、締結の日から1年間とする。"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    return Command(capfd)


def filled(piece: str, stop: str = "", every: int = 1_900) -> str:
    """As much of a piece as a text may hold, with a full stop (or nothing) after so many signs."""
    many = (piece * every)[:every] + stop if stop else piece
    return (many * (CAP // len(many.encode()) + 1)).encode()[:CAP].decode(errors="ignore")


HOSTILE = {
    "one line": filled("あ"),
    "digits": filled("1"),
    "kanji numerals": filled("一二三十百千"),
    "the sign of an article": filled("第"),
    "articles": "".join(f"第{count}条\u3000{SENTENCE}\n" for count in range(1, 3_000)),
    "nested brackets": filled("（")[: CAP // 6] + "）" * (CAP // 6),
    "brackets left open": filled("("),
    "lines": filled("あ\n"),
    "paragraphs": "".join(f"{count} あ。\n" for count in range(2, 20_000)),
    "parties": "".join(f"市{count}（以下「甲{count}」という。）、" for count in range(5_000)),
    "titles": filled("協定書\n"),
    "the aim": filled("は", "を目的", 400),
    "terms": filled("期間は", "。"),
    "renewals": filled("更新", "。"),
    "days": filled("令和6年4月1日から", "。"),
    "fiscal years": filled("令和6年度の", "。"),
    "lengths": filled("年半", "。"),
    "objections": filled("申出がない場合は、", "。"),
    "Markdown": filled("# "),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_is_drafted_soon(kind: str) -> None:
    """It takes about a second; twenty leave room for a busy machine, and for no quadratic search."""
    done = subprocess.run(
        [sys.executable, "-m", "kyotei", "draft", "-"],
        input=HOSTILE[kind].encode(),
        capture_output=True,
        timeout=20,
        env={"PYTHONPATH": PACKAGE, "KYOTEI_LANG": "en"},
        check=False,
    )
    assert done.returncode == 1
    assert b"Required and not found: id, title" in done.stderr or kind == "titles"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "協定書\n" + "あ" * 2_001 + "。",
            "Not read: the sentence at line 2, longer than 2000 signs",
        ),
        (
            "第1条\u3000" + "はい。\n" * 500 + SENTENCE,
            "Not read for the term and secrecy: what stands from line 501 on, behind 500 sentences",
        ),
        (
            "".join(f"第{count}条\u3000はい。\n" for count in range(1, 301)) + "第301条\u3000" + SENTENCE,
            "Not read: the articles from line 301 on, behind 300 articles",
        ),
    ],
)
def test_what_is_not_read_is_said(run: Command, text: str, said: str) -> None:
    Path("long.txt").write_text(text, encoding="utf-8")
    ran = run("draft", "long.txt")
    assert ran.status == 1
    assert f"\n# {said}\n" in ran.out
    assert f"{said}\n" in ran.err
    assert "length: 1 year" not in ran.out


def test_a_whole_draft_fails_where_a_sentence_was_not_read(run: Command) -> None:
    example = Path(__file__).parent / "examples" / "drafts" / "mimamori.txt"
    text = example.read_text(encoding="utf-8")
    Path("whole.txt").write_text(text, encoding="utf-8")
    assert run("draft", "whole.txt").status == 0
    Path("long.txt").write_text(text.replace("（協議）", "あ" * 2_001 + "。\n（協議）"), encoding="utf-8")
    ran = run("draft", "long.txt", "--format", "json")
    assert (ran.status, json.loads(ran.out)["unread"]) == (1, [{"kind": "sentence-long", "line": 29}])


def test_every_sentence_within_the_limits_is_read() -> None:
    assert draft("第1条\u3000" + "はい。" * 499 + SENTENCE).unread == ()
    assert draft("第1条\u3000" + "あ" * 1_999 + "。" + SENTENCE).data["term"]["length"] == "1 year"
    articles = "".join(f"第{count}条\u3000はい。\n" for count in range(1, 300)) + "第300条\u3000" + SENTENCE
    assert draft(articles).data["term"] == {"clause": "第300条", "start": "signing", "length": "1 year"}


def test_marks_are_taken_out_of_a_text_once_and_not_for_each_article() -> None:
    unmarked.cache_clear()
    draft(HOSTILE["articles"])
    assert unmarked.cache_info().misses == 1
