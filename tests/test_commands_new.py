"""`kyotei new`: a draft that `validate` accepts once it is filled in."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import Command, settle
from kyotei import writing
from kyotei.commands import new as drafter
from kyotei.writing import NotWritten
from registers_for_tests import put, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# A commented clause: `# key:`, `#   key: value`, `#   - item`. Uncommented, it loses "# ", as in editors.
CLAUSE = re.compile(r"^# ( *(?:- \S|[a-z_]+:(?: |$)))", re.MULTILINE)


@pytest.fixture(params=["ja", "en"])
def run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> Command:
    settle(monkeypatch, tmp_path, request.param)
    return Command(capfd)


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    return Command(capfd)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return tmp_path / "agreements" / "a.yaml"


def filled(written: str) -> str:
    """What a person would make of it: each empty field and each … filled in."""
    uncommented = CLAUSE.sub(r"\1", written).replace("name:\n", "name: 渋谷区\n", 1)
    values = {"title": "連携協定", "signed": "2026-03-20", "name": "横浜市", "end": "2027-03-31"}
    for key, value in values.items():
        uncommented = re.sub(rf"^( *{key}:)(?=$| +#)", rf"\1 {value}", uncommented, flags=re.MULTILINE)
    uncommented = uncommented.replace("date: …", "date: 2026-03-20").replace("…", "記載")
    return uncommented.replace("\n  length: 1 year\n", "\n", 1)  # instead of the end


def test_an_empty_draft_says_what_is_missing(run: Command, draft: Path) -> None:
    ran = run("new", "a")
    assert (ran.status, ran.err) == (0, "")
    assert "agreements/a.yaml" in ran.out
    assert "kyotei validate agreements/a.yaml" in ran.out
    found = [line.split()[0] for line in run.at("validate", "agreements").out.splitlines()]
    lines = draft.read_text(encoding="utf-8").splitlines()
    assert [lines[int(place.split(":")[1]) - 1].split("#")[0].strip() for place in found] == [
        "title:",
        "signed:",
        "name:",
        "name:",
        "end:",
    ]


def test_a_draft_filled_in_as_it_stands_is_accepted(run: Command, draft: Path) -> None:
    run(
        "new",
        "a",
        "--title",
        "連携協定",
        "--signed",
        "令和8年3月20日",
        "--party",
        "甲=横浜市",
        "--party",
        "乙=渋谷区",
    )
    draft.write_text(
        draft.read_text(encoding="utf-8").replace("  end:", "  end: 2027-03-31"), encoding="utf-8"
    )
    ran = run.at("validate", "--strict", "agreements")
    assert (ran.status, ran.out) == (0, "")


def test_a_draft_with_every_clause_uncommented_is_accepted(run: Command, draft: Path) -> None:
    run("new", "a")
    written = filled(draft.read_text(encoding="utf-8"))
    assert len(CLAUSE.findall(draft.read_text(encoding="utf-8"))) == 25
    assert "…" not in written
    draft.write_text(written, encoding="utf-8")
    ran = run.at("validate", "--strict", "agreements")
    assert (ran.status, ran.out) == (0, "")
    shown = run.at("show", "a").out
    assert "記載" in shown
    assert "第4条第1項" in shown or "Article 4(1)" in shown


def test_a_length_may_stand_instead_of_the_end(run: Command, draft: Path) -> None:
    run("new", "a", "--title", "連携協定", "--signed", "2026-03-20", "--party", "甲=あ", "--party", "乙=い")
    lines = [line for line in draft.read_text(encoding="utf-8").split("\n") if not line.startswith("  end:")]
    lines[lines.index("#   length: 1 year")] = "  length: 1 year"
    draft.write_text("\n".join(lines), encoding="utf-8")
    assert run.at("validate", "--strict", "agreements").status == 0


def test_what_was_given_stands_in_the_draft(english: Command, draft: Path) -> None:
    ran = english(
        "new",
        "a",
        "--title",
        "協定: A",
        "--signed",
        "R8.3.20",
        "--party",
        "甲=横浜市",
        "--party",
        " 丙 = 青葉町 ",
    )
    assert ran.status == 0
    assert draft.read_text(encoding="utf-8").startswith(
        'id: a\ntitle: "協定: A"\n'
        "# The day of signing: 2026-04-01, or as on paper: 令和8年4月1日\n"
        "signed: 2026-03-20\nparties:\n"
        "  - role: 甲\n    name: 横浜市\n  - role: 丙\n    name: 青葉町\n"
    )


@pytest.mark.parametrize(
    ("options", "parties"),
    [
        ((), "  - role: 甲\n    name: 横浜市\n  - role: 乙\n    name:\n"),
        (("--party", "乙=渋谷区"), "  - role: 乙\n    name: 渋谷区\n  - role: 甲\n    name:\n"),
        (("--party", "丙="), "  - role: 丙\n    name:\n  - role: 乙\n    name:\n"),
    ],
)
def test_there_are_two_parties_at_least_and_we_are_the_first(
    english: Command, tmp_path: Path, draft: Path, options: tuple[str, ...], parties: str
) -> None:
    (tmp_path / "kyotei.toml").write_text('self = "横浜市"\n', encoding="utf-8")
    english("new", "a", *options)
    assert f"parties:\n{parties}#     representative" in draft.read_text(encoding="utf-8")


def test_the_schema_is_named_where_there_is_one(english: Command, tmp_path: Path, draft: Path) -> None:
    english("new", "a")
    assert draft.read_text(encoding="utf-8").startswith("id: a\n")
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "agreement.schema.json").write_text("{}")
    english("new", "b", "-r", "台帳/部")
    first = (tmp_path / "台帳" / "部" / "b.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schemas/agreement.schema.json"


def test_the_register_of_the_settings_is_written_to(english: Command, tmp_path: Path) -> None:
    (tmp_path / "kyotei.toml").write_text('register = "台帳"\n', encoding="utf-8")
    english("new", "a")
    assert (tmp_path / "台帳" / "a.yaml").is_file()


# --- What is refused


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("A",), "kyotei: ID: an id has 1 to 63 characters: "),
        (("a_b",), "kyotei: ID: an id has 1 to 63 characters: "),
        (("a", "--signed", "2026-02-29"), "kyotei: --signed: 2026-02-29 is not a day: "),
        (("a", "--title", "\u202e"), "kyotei: --title: a character that cannot be seen "),
        (("a", "--party", "甲=\udcff"), "kyotei: --party: a character that cannot be seen "),
        (("a", "--party", "横浜市"), "kyotei: --party 横浜市: write ROLE=NAME, "),
        (("a", "--party", "=横浜市"), "kyotei: --party =横浜市: write ROLE=NAME, "),
        (("a", "-r", ""), 'kyotei: there is no file or folder ""'),
        (("a", "-r", "x", "-r", "y"), "kyotei: a draft goes into one folder, not into x, y"),
        (("a", "-r", "file"), "kyotei: file is not a folder; "),
    ],
)
def test_a_wrong_use_is_refused(
    english: Command, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    (tmp_path / "file").write_bytes(b"")
    ran = english("new", *options)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert ran.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("content", [b"", b"id: b", b"id: ["])
def test_a_file_is_never_overwritten(english: Command, draft: Path, content: bytes) -> None:
    draft.parent.mkdir()
    draft.write_bytes(content)
    ran = english("new", "a")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "kyotei: agreements/a.yaml exists already and was not touched\n"
    assert draft.read_bytes() == content


def test_a_link_that_leads_nowhere_is_not_followed(english: Command, draft: Path) -> None:
    draft.parent.mkdir()
    draft.symlink_to("elsewhere.yaml")
    assert english("new", "a").status == 2
    assert not (draft.parent / "elsewhere.yaml").exists()


def test_a_file_made_meanwhile_is_not_overwritten(
    english: Command, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = writing.create

    def late(path: Path, content: bytes) -> None:
        draft.write_bytes(b"x")
        original(path, content)

    monkeypatch.setattr(drafter, "create", late)
    ran = english("new", "a")
    assert (ran.status, ran.err) == (2, "kyotei: agreements/a.yaml exists already and was not touched\n")
    assert draft.read_bytes() == b"x"


@pytest.mark.parametrize(
    "rest", ["", "events:\n  - {on: 2026-11-20, type: withdrawal}\n"], ids=["sound", "faulty"]
)
def test_an_id_taken_in_another_file_is_refused(english: Command, draft: Path, rest: str) -> None:
    put(draft.parent, text("0"))
    put(draft.parent, text("a") + rest, "other.yaml")
    ran = english("new", "a")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "kyotei: the id a is taken by agreements/other.yaml\n"
    assert not draft.exists()


def refuse(error: Exception) -> Callable[..., None]:
    def refusal(*_: object, **__: object) -> None:
        raise error

    return refusal


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ("pathlib.Path.mkdir", OSError(13, "Permission denied")),
        ("kyotei.commands.new.create", NotWritten("write-failed", "Permission denied")),
    ],
)
def test_a_folder_that_takes_nothing_is_told(
    english: Command, monkeypatch: pytest.MonkeyPatch, what: str, error: Exception
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(what, refuse(error))
        ran = english("new", "a")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "kyotei: agreements/a.yaml was not written: Permission denied\n"


# --- Asking


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Somebody at the terminal with these answers; the questions are left in their place."""
    answers: list[str] = []
    questions: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        return answers.pop(0)

    monkeypatch.setattr(drafter, "asker", lambda: ask)
    yield answers
    answers[:] = questions


def test_on_a_terminal_title_and_day_are_asked_for(english: Command, draft: Path, person: list[str]) -> None:
    person += ["連携\u202e協定", "連携協定", "2026-02-30", "令和8年3月20日"]
    ran = english("new", "a")
    assert ran.status == 0
    assert person == []
    assert [line.partition(": ")[2].split()[0] for line in ran.err.splitlines()] == ["--title:", "--signed:"]
    written = draft.read_text(encoding="utf-8")
    assert "title: 連携協定\n" in written
    assert "signed: 2026-03-20\n" in written


def test_an_empty_answer_leaves_it_open(english: Command, draft: Path, person: list[str]) -> None:
    person += ["", ""]
    assert english("new", "a").status == 0
    assert "title:\n" in draft.read_text(encoding="utf-8")


def test_what_was_given_is_not_asked_for(english: Command, draft: Path, person: list[str]) -> None:
    person += ["2026-03-20"]
    assert english("new", "a", "--title", "連携協定").status == 0
    assert "signed: 2026-03-20\n" in draft.read_text(encoding="utf-8")


def test_nothing_is_asked_for_in_vain(english: Command, draft: Path, person: list[str]) -> None:
    draft.parent.mkdir()
    draft.write_bytes(b"")
    assert english("new", "a").status == 2
    assert person == []


def test_the_mode_of_a_draft_is_that_of_any_new_file(english: Command, draft: Path) -> None:
    mask = os.umask(0o027)
    try:
        english("new", "a")
    finally:
        os.umask(mask)
    assert draft.stat().st_mode & 0o777 == 0o640
