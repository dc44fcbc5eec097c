"""What `export` writes of a register comes back with the same standings: its columns, in both languages."""

# A test of a table has as many columns as it needs:
# ruff: noqa: E501, PLR0917 (rows of tables)

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import ROOT, Command, settle
from kyotei.content import content
from kyotei.importing.vocabulary import CLAUSES
from kyotei.register import load
from lists_for_tests import book_bytes, csv_bytes
from registers_for_tests import put, text

if TYPE_CHECKING:
    from pathlib import Path

    from kyotei.model import Agreement

JA = (
    "id 協定名 相手方 状態 申出期限 締結日 締結日（和暦） 当事者 有効期間の始期 有効期間の終期 有効期間の長さ 更新 "
    "更新期間 更新後の終期 更新の限度 申出期間 申出期日 申出のできる者 申出の方式 申出の効力 数え方 中途解約の予告 "
    "解約のできる者 守秘義務の存続 条項 所管課 連絡先 タグ 備考 経緯の件数 経緯（データ）"
)
EN = (
    "id|title|with|state|deadline|signed|signed (wareki)|parties|term from|term to|term length|renewal|"
    "renewal length|renewal to|renewal limit|notice before end|notice by date|notice by|notice form|"
    "notice effective|reading|termination notice|termination by|confidentiality survives|clauses|office|contacts|"
    "tags|notes|events|events (data)"
)
WORDS = {
    "ja": {
        "signing": "締結の日", "indefinite": "期間の定めなし", "automatic": "自動更新", "by-consent": "合意による更新",
        "none": "更新なし", "either": "いずれの当事者も", "written": "書面", "any": "問わない", "arrival": "到達",
        "dispatch": "発送", "clear": "中N", "indefinitely": "期限なし", "at once": "予告なし", "until the end": "終了まで",
    },
    "en": {"by-consent": "by consent"},
}  # fmt: skip
NAMES = {name: word for word, name in reversed(list(CLAUSES.items()))}
OTHER = (
    "term: {start: 2026-04-01, length: 1 year}\n"
    "renewal: {mode: automatic, to: 03-31, limit: {total: 5 years}}\n"
    "notice: {by_date: 01-31, by: [乙], form: any, effective: dispatch, reading: clear}\n"
    "termination: {by: either}\nconfidentiality: {}\n"
)


def row(agreement: Agreement, language: str) -> list[str]:
    """What `export` writes of an agreement; only the columns that are read, the others hold an x."""
    said = WORDS[language]
    data = content(agreement)
    term, renewal, notice = data["term"], data.get("renewal", {}), data.get("notice", {})
    termination, secrecy = data.get("termination"), data.get("confidentiality")
    (limit,) = renewal.get("limit", {"": ""}).items()
    events = [json.dumps(event, ensure_ascii=False) for event in data.get("events", [])]

    def by(clause: dict[str, object]) -> str:
        roles = clause.get("by", "")
        return said.get(roles, roles) if isinstance(roles, str) else "\n".join(map(str, roles))  # type: ignore[call-overload] # a list

    def word(value: str) -> str:
        return said.get(value, value)

    return [
        data["id"], data["title"], "x", "x", "2026-12-31", data["signed"], "x",
        "\n".join(f"{party['role']}：{party['name']}" for party in data["parties"]),
        word(term["start"]), word(term.get("end", "")), term.get("length", ""),
        word(renewal.get("mode", "")), renewal.get("length", ""), renewal.get("to", ""),
        {"times": f"{limit[1]} times", "total": f"{limit[1]} in all"}.get(limit[0], str(limit[1])),
        notice.get("before_end", ""), notice.get("by_date", ""), by(notice), word(notice.get("form", "")),
        word(notice.get("effective", "")), word(notice.get("reading", "")),
        "" if termination is None else termination.get("notice") or word("at once"),
        "" if termination is None else by(termination),
        "" if secrecy is None else word(secrecy.get("survives") or "until the end"),
        "\n".join(f"{name}：{data[name]['clause']}" for name in NAMES if "clause" in data.get(name, {})),
        "x",
        "\n".join(
            f"{one['party']}：{one['office']}／{one.get('phone', '')}／{one.get('email', '')}／{one.get('for', '')}"
            for one in data.get("contacts", [])
        ),
        "\n".join(data.get("tags", [])), data.get("notes", ""), str(len(events)), "\n".join(events),
    ]  # fmt: skip


@pytest.fixture
def register(tmp_path: Path) -> list[Agreement]:
    """The agreements of this repository, and one with every other form of a clause."""
    folder = tmp_path / "before"
    folder.mkdir()
    for file in (ROOT / "agreements").glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    change = "{on: 2026-05-01, type: amendment, effective: 2026-05-01, changes: {notice: {by_date: 02-28, by: [甲]}}}"
    late = "{on: 2026-06-01, type: notice, by: 乙, accepted: true}"
    put(folder, text("z", f"{OTHER}events: [{change}, {late}]\n", term=""))
    return [entry.agreement for entry in load([folder]).entries]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_exported_register_comes_back_with_the_same_standings(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    register: list[Agreement],
    language: str,
    form: str,
) -> None:
    settle(monkeypatch, tmp_path)
    run = Command(capfd)
    headings = JA.split() if language == "ja" else EN.split("|")
    rows = [headings, *(row(agreement, language) for agreement in register)]
    (tmp_path / f"x.{form}").write_bytes(csv_bytes(rows) if form == "csv" else book_bytes(rows))
    ran = run("import", f"x.{form}", "-r", "after")
    assert ran.status == 0, ran.err
    assert "6 rows: 6 made, 0 exist already, 0 with errors (0 files to be looked at)" in ran.err
    for command in (("status", "--ended"), ("deadlines", "--within", "2y"), ("deadlines", "--missed", "5y")):
        before, after = (
            json.loads(run.at(*command, folder, "--format", "json").out.replace(folder, ""))
            for folder in ("before", "after")
        )
        assert before == after
    assert "6 rows: 0 made, 6 exist already" in run("import", f"x.{form}", "-r", "after").err


def test_a_row_whose_events_stand_elsewhere_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    register: list[Agreement],
) -> None:
    settle(monkeypatch, tmp_path)
    rows = [JA.split()[:-1], *(row(agreement, "ja")[:-1] for agreement in register)]
    (tmp_path / "x.csv").write_bytes(csv_bytes(rows))
    ran = Command(capfd)("import", "x.csv", "--dry-run")
    assert ran.status == 1
    assert "x.csv:AD3: error 経緯の件数, 1: this agreement has events, without which its days " in ran.err
    assert "6 rows: 4 would be made, 0 exist already, 2 with errors" in ran.err
