"""What a command may import: each library costs every run of it, most of them more than the work itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest

from command_line_for_tests import AS_OF, OURS, PACKAGE
from registers_for_tests import put, text

if TYPE_CHECKING:
    from pathlib import Path

# What is loaded by the end of a run that was not before it, and which files were opened that we care for.
RUN = """
import sys
before, opened = set(sys.modules), []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from kyotei.__main__ import main
status = main(sys.argv[1:])
after = set(sys.modules) - before
import json
names = {name.replace("\\\\", "/").rpartition("/")[2] for name in opened}
data = sorted(name for name in names if name.endswith((".csv", ".toml", "entry_points.txt", "Tokyo")))
print(json.dumps({"status": status, "modules": sorted(after), "data": data}), file=sys.stderr)
"""

TYPER = {"annotated_doc", "shellingham", "typer", "typing_extensions"}  # with what it brings
READER = {"_ruamel_yaml", "ruamel"}
MODEL = {"annotated_types", "pydantic", "pydantic_core", "typing_extensions", "typing_inspection"}
QUESTION = TYPER | READER | MODEL

# Of the standard library, what takes more than three milliseconds; but pydantic loads importlib.metadata, and
# all that we can do is to keep it from asking.
SLOW = {
    "asyncio",
    "http",
    "multiprocessing",
    "pdb",
    "sqlite3",
    "ssl",
    "urllib.request",
    "xml",  # junit
}
NOT_FOR_VERSION = {
    "argparse",
    "dataclasses",
    "inspect",
    "json",
    "kyotei.cli",
    "pathlib",
    "tomllib",
    "zoneinfo",
}
ELSEWHERE = {  # modules of ours that other commands need
    "kyotei.changed",
    "kyotei.edit",
    "kyotei.explain",
    "kyotei.formats",
    "kyotei.gate",
    "kyotei.git",
    "kyotei.memory",
    "kyotei.recording",
    "kyotei.schema",
    "kyotei.snapshot",
    "kyotei.writing",
}

ARTEFACTS = ("__", "_cython_", "cython_runtime", "_sysconfigdata_")  # what compilers leave among the modules

Loaded = dict[str, list[str]]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One sound agreement, as `agreements/a.yaml`."""
    folder = tmp_path_factory.mktemp("register")
    put(folder / "agreements", text())
    return folder


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One agreement with a mistake."""
    folder = tmp_path_factory.mktemp("broken")
    put(folder / "agreements", text(term="term: {start: 2026-04-01, end: 2027-02-29}\n"))
    return folder


@cache
def loaded(folder: Path, *args: str, status: int = 0) -> Loaded:
    """What a run loads, in a process of its own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    ran = subprocess.run(
        [sys.executable, "-c", RUN, *args],
        cwd=folder,
        env={**plain, "KYOTEI_LANG": "en", "PYTHONPATH": PACKAGE},
        capture_output=True,
        text=True,
        check=False,
    )
    told = json.loads(ran.stderr.strip().splitlines()[-1])
    assert told["status"] == status, ran.stderr
    return {"modules": told["modules"], "data": told["data"]}


def libraries(found: Loaded) -> set[str]:
    """The libraries of others that were loaded."""
    tops = {name.partition(".")[0] for name in found["modules"]}
    others = tops - sys.stdlib_module_names - {"kyotei"}
    return {name for name in others if not name.startswith(ARTEFACTS)}


def within(found: Loaded, names: set[str]) -> set[str]:
    """Those of `names` that were loaded, or something in them."""
    return {name for name in names for one in found["modules"] if f"{one}.".startswith(f"{name}.")}


def test_version_loads_no_library_and_reads_no_file(register: Path) -> None:
    found = loaded(register, "--version")
    assert libraries(found) == set()
    assert within(found, SLOW | ELSEWHERE | NOT_FOR_VERSION) == set()
    assert found["data"] == []


def test_help_loads_what_reads_the_command_line_only(register: Path) -> None:
    found = loaded(register, "--help")
    assert libraries(found) <= TYPER
    assert within(found, SLOW | ELSEWHERE | {"zoneinfo", "kyotei.register", "kyotei.render"}) == set()
    assert "holidays.csv" not in found["data"]


@pytest.mark.parametrize(
    "args",
    [
        ("validate",),
        ("status", "--format", "json"),
        ("deadlines", "--format", "json"),
    ],
)
def test_answers_without_a_table_draw_none(register: Path, args: tuple[str, ...]) -> None:
    found = loaded(register, *args, *AS_OF)
    assert libraries(found) <= QUESTION
    assert within(found, SLOW | ELSEWHERE) == set()


def test_nobody_asks_which_packages_are_installed(register: Path) -> None:
    assert "entry_points.txt" not in loaded(register, "validate", *AS_OF)["data"]


def test_findings_in_a_pipe_draw_no_table_either(broken: Path) -> None:
    found = loaded(broken, "validate", *AS_OF, status=1)
    assert libraries(found) <= QUESTION
    assert within(found, SLOW | ELSEWHERE) == set()


def test_validate_asks_for_no_holiday(register: Path) -> None:
    # Assumed: no rule needs to know which day an office is closed.
    assert "holidays.csv" not in loaded(register, "validate", *AS_OF)["data"]


def test_a_day_that_is_given_needs_no_time_zone(register: Path) -> None:
    assert "Tokyo" in loaded(register, "validate")["data"]  # whatever day it is
    assert "Tokyo" not in loaded(register, "validate", *AS_OF)["data"]


def test_a_table_draws_with_rich_but_highlights_no_code(register: Path) -> None:
    found = loaded(register, "status", *AS_OF)
    assert libraries(found) <= QUESTION | {"rich"}
    assert within(found, SLOW | ELSEWHERE | {"rich.markdown", "rich.syntax", "rich.traceback"}) == set()


def test_only_the_sentences_that_are_said_are_read(register: Path) -> None:
    assert "explain.toml" not in loaded(register, "status", *AS_OF)["data"]
    assert "explain.toml" not in loaded(register, "validate", *AS_OF)["data"]
