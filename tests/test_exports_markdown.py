"""The list page, as a Markdown parser with tables reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from command_line_for_tests import ROOT, Command, settle
from registers_for_tests import YEARLY, put, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from markdown_it.token import Token


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    return Command(capfd)


def tokens(written: str) -> Iterator[Token]:
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(written):
        yield token
        yield from token.children or []


def table(written: str) -> list[list[str]]:
    """The rows of the page's only table as a reader sees them."""
    rows: list[list[str]] = []
    inside = False
    for token in tokens(written):
        if token.type == "tr_open":
            rows.append([])
        inside = {"th_open": True, "td_open": True, "th_close": False, "td_close": False}.get(
            token.type, inside
        )
        if token.type == "inline" and inside:
            rows[-1].append("".join(part.content for part in token.children or []))
    return rows


def test_the_page_lists_every_agreement(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    settle(monkeypatch, ROOT, "ja")
    ran = Command(capfd).at("export", "markdown", "agreements")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("# 協定台帳\n\n基準日 2026-11-22（令和8年11月22日・日）  5件\n\n")
    head, *rows = table(ran.out)
    assert head == [
        "協定名",
        "当事者",
        "締結日",
        "状態",
        "現在の期",
        "申出期限",
        "実務期限",
        "終了（予定）日",
        "申出がないとき",
        "id",
    ]
    assert rows[4] == [
        "グローバル拠点都市の形成及びオープンイノベーションの実現に関する連携協定",
        "横浜市、渋谷区",
        "2020-11-18",
        "有効",
        "第7期 2026-04-01 → 2027-03-31",
        "2026-12-31 (木)",
        "2026-12-28 (月)",
        "-",
        "2027-04-01 → 2028-03-31 に更新",
        "yokohama-shibuya",
    ]
    assert "045-671-3913" not in ran.out


def test_data_is_text_and_never_markup(run: Command, tmp_path: Path) -> None:
    hostile = (
        r"""[a](javascript:x) ![b](c) <script>|</td> `d` *e* _f_ ~~g~~ \| &amp; https://h.jp www.i.jp # j"""
    )
    put(tmp_path / "r", text("a", title=f"'{hostile}'").replace("渋谷区", f"'{hostile}'"))
    put(tmp_path / "r", "id: b\n", "<b>|*c*.yaml")
    ran = run.at("export", "markdown", "r")
    assert ran.status == 1
    _, (title, parties, *_) = table(ran.out)
    assert (title, parties) == (hostile, f"横浜市, {hostile}")
    kinds = {token.type for token in tokens(ran.out)}
    assert not kinds & {"link_open", "image", "html_inline", "html_block", "code_inline", "em_open", "s_open"}
    assert r"Left out, because they cannot be read: r/\<b\>\|\*c\*\.yaml" in ran.out


def test_an_agreement_that_is_over_has_its_last_day(run: Command, tmp_path: Path) -> None:
    put(tmp_path, text("a", f"{YEARLY}events: [{{on: 2026-06-01, type: superseded, by: b}}]\n"))
    _, row = table(run.at("export", "markdown", "a.yaml").out)
    assert row[3:9] == ["ended", "-", "-", "-", "Mon 2026-06-01", "-"]


def test_a_page_without_agreements_says_so(run: Command, tmp_path: Path) -> None:
    put(tmp_path, text("a"))
    ran = run.at("export", "markdown", "a.yaml", "--state", "ended")
    assert ran.out.splitlines()[2:5] == ["As of 2026-11-22, Sun: 0 agreements", "", "No agreement to show."]
