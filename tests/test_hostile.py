"""No file crashes, hangs, hides another or gets a wrong verdict: with ruamel's C parser and without it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from command_line_for_tests import PACKAGE, Command, settle
from hostile.generator import CLASSES, SOUND, TITLE, depth, files, main, sizes
from kyotei import source
from kyotei.entry import read_entry
from kyotei.text import FORBIDDEN, lines
from registers_for_tests import put
from registers_for_tests import text as sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hostile.generator import Case

BOUNDS = Path(__file__).parent / "hostile" / "bounds.py"
SECONDS, MEBIBYTES = 2.0, 200
NAMES = [kind.__name__ for kind in CLASSES]

Findings = list[dict[str, Any]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    return Command(capfd)


def written(folder: Path, kind: Callable[[], Iterator[Case]]) -> Path:
    folder.mkdir()
    for name, raw in files(kind).items():
        (folder / name).write_bytes(raw)
    return folder


def validated(run: Command, folder: Path) -> Findings:
    """The findings of `kyotei validate` about a folder, which it reads whole."""
    ran = run.at("validate", folder.name, "--format", "json")
    told = json.loads(ran.out)
    assert (ran.status, ran.err) == (any(one["severity"] == "error" for one in told["findings"]), "")
    assert told["checked"] == len(list(folder.iterdir()))
    return list(told["findings"])


def misjudged(folder: Path, findings: Findings) -> list[str]:
    """The files with another verdict than their name says."""
    errors = {name: set[str]() for name in sorted(file.name for file in folder.iterdir())}
    for found in findings:
        if found["severity"] == "error":
            errors[Path(found["file"]).name].add(found["code"])
    return [name for name, codes in errors.items() if not fits(name, codes)]


def fits(name: str, codes: set[str]) -> bool:
    verdict = name.partition("--")[0]
    if verdict == "accepted":
        return not codes
    wanted = verdict.removeprefix("refused").removeprefix("-")
    return wanted in codes if wanted else bool(codes)


def misplaced(folder: Path, findings: Findings) -> Findings:
    """The findings that stand nowhere in their file."""
    wrong = []
    for found in findings:
        raw = (folder / Path(found["file"]).name).read_bytes()
        written = list(lines(raw.decode("utf-8-sig", errors="replace")))
        line, column = found["line"], found["column"]
        if not (1 <= line <= len(written) and 1 <= column <= len(written[line - 1]) + 1):
            wrong.append(found)
    return wrong


def test_there_are_hundreds_of_files_and_always_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["generator", str(tmp_path / "all")])
    main()
    first = {file.name: file.read_bytes() for file in (tmp_path / "all").iterdir()}
    assert len(first) > 1000
    assert first == {name: raw for kind in CLASSES for name, raw in files(kind).items()}


@pytest.mark.parametrize("kind", CLASSES, ids=NAMES)
def test_every_file_has_its_verdict_and_every_finding_a_place_with_both_parsers(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Callable[[], Iterator[Case]]
) -> None:
    folder = written(tmp_path / "files", kind)
    findings = validated(run, folder)
    assert misjudged(folder, findings) == []
    assert misplaced(folder, findings) == []
    if kind.__name__ != "sizes":  # which are slow, and judged below
        monkeypatch.setattr(source, "CParser", None)
        assert validated(run, folder) == findings


@pytest.mark.parametrize(
    ("kind", "parser"),
    [*((kind, "C") for kind in CLASSES), (depth, "spare"), (sizes, "spare")],
    ids=[*NAMES, "depth-spare", "sizes-spare"],
)
def test_no_file_takes_two_seconds_or_200_megabytes(
    tmp_path: Path, kind: Callable[[], Iterator[Case]], parser: str
) -> None:
    folder = written(tmp_path / "files", kind)
    command = [sys.executable, str(BOUNDS), str(folder), parser]
    ran = subprocess.run(command, env={**os.environ, "PYTHONPATH": PACKAGE}, capture_output=True, check=True)
    worst = json.loads(ran.stdout)
    assert worst["wrong"] == []
    assert worst["seconds"] < SECONDS, worst
    assert worst["memory"] < MEBIBYTES, worst


def test_bad_files_among_a_thousand_good_ones_hide_none_and_are_all_named(
    run: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "agreements"
    for number in range(1000):
        put(folder, sound(f"good-{number:03}", title=f"協定{number}"))
    bad = {name: raw for kind in CLASSES for name, raw in list(files(kind).items())[:2] if "refused" in name}
    for name, raw in bad.items():
        (folder / name).write_bytes(raw)
    ran = run.at("status", "--format", "json")
    assert ran.status == 1
    shown = [one["id"] for one in json.loads(ran.out)["agreements"]]
    assert [name for name in shown if name.startswith("good-")] == [
        f"good-{number:03}" for number in range(1000)
    ]
    named = {Path(line.partition(":")[0]).name for line in ran.err.splitlines() if ": error " in line}
    assert named == set(bad)


@given(st.text(max_size=40))
@example("\x85\u2028")
@example("\r\n \t")
@example("𠮷\U000e0100：\ufe0f")
def test_any_text_in_quotes_is_read_as_it_is_or_refused_by_its_sign(title: str) -> None:
    raw = SOUND.replace("ID", "a").replace(TITLE, json.dumps(title, ensure_ascii=False)).encode()
    expected = "text-empty" if title == "" else "character-forbidden"
    for parser in (source.__dict__["CParser"], None):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(source, "CParser", parser)
            entry, found = read_entry(raw, "a.yaml")
        if title == "" or FORBIDDEN.search(title):
            assert [one.code for one in found] == [expected]
        else:
            assert entry is not None
            assert entry.agreement.title == title


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=40))
def test_any_text_in_a_block_keeps_its_lines(notes: str) -> None:
    """A block has no escapes: what it may hold stands in it as it is."""
    lines_of_it = notes.split("\n")
    block = "".join(f"  {line}\n" for line in lines_of_it)
    raw = f"{SOUND.replace('ID', 'a')}notes: |2-\n{block}".encode()
    entry, found = read_entry(raw, "a.yaml")
    if entry is not None:
        assert entry.agreement.notes == "\n".join(lines_of_it).rstrip("\n")
    else:
        assert {one.code for one in found} <= {"character-forbidden", "text-empty"}


def test_a_reader_without_its_limit_of_depth_turns_this_red(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shallow() -> Iterator[Case]:
        yield from (case for case in depth() if case[1].endswith("-25"))

    folder = written(tmp_path / "files", shallow)
    assert misjudged(folder, validated(run, folder)) == []
    monkeypatch.setattr(source, "MOST_DEPTH", 1000)
    assert "refused-yaml-too-deep--shallow-dashes-25.yaml" in misjudged(folder, validated(run, folder))


def test_a_reader_that_lets_unseen_signs_through_turns_this_red(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kind,) = (kind for kind in CLASSES if kind.__name__ == "characters")
    folder = written(tmp_path / "files", kind)
    monkeypatch.setattr(source, "FORBIDDEN", re.compile("(?!)"))
    wrong = misjudged(folder, json.loads(run.at("validate", "files", "--format", "json").out)["findings"])
    assert "refused-character-forbidden--characters-comment-202e.yaml" in wrong
