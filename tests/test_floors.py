"""The house's order: modules import from lower floors; libraries, prose and the clock each have one home."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parent.parent / "src" / "kyotei"
FILES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(SOURCE.rglob("*.py"))
}
MODULES = {"kyotei" if module == "__init__" else module: path for module, path in FILES.items()}

LOWER = "filters|held|home|session|validate"  # what other commands build on
COMMANDS = " ".join(module for module in MODULES if re.fullmatch(rf"commands\.(?!({LOWER})$).+", module))

# From the lowest up; a new module takes the lowest floor on which it can stand.
FLOORS = [
    floor.split()
    for floor in (
        (
            "commands dates diagnostics drafting drafting.evidence drafting.gaps drafting.nesting explain"
            " formats git importing importing.romaji importing.sheet importing.vocabulary kyotei output"
            " processes render spare_parser text writing"
        ),
        (
            "codes dates.length dates.month_day dates.wareki drafting.normal drafting.numerals"
            " importing.columns importing.data importing.facts importing.ids importing.workbook progress"
            " source"
        ),
        (
            "dates.closed_days dates.counting drafting.articles drafting.decoding drafting.docx"
            " drafting.names drafting.pdf drafting.signatures drafting.signs edit importing.records"
        ),
        (
            "drafting.outline drafting.provisions drafting.reading drafting.spellings drafting.wordings"
            " history importing.separated model settings"
        ),
        (
            "content drafting.parties drafting.tokens entry explain.said formats.github formats.junit"
            " importing.opened messages render.screen rules.clauses rules.names schema usage walk"
        ),
        (
            "drafting.limits drafting.objections drafting.secrecy drafting.sentences drafting.signing"
            " drafting.starts drafting.topics explain.clauses exports.clauses formats.sarif language"
            " recording register render.findings render.grid rules.ignoring rules.traces rules.whole term"
        ),
        (
            "drafting.ends drafting.modes drafting.notices drafting.selection drafting.terminations"
            " explain.case explain.doubts explain.notices explain.ways importing.values moved render.chain"
            " render.moves render.urgency rules.events rules.notices rules.terms rules.upkeep"
            " rules.wording snapshot tables"
        ),
        (
            "changed drafting.renewals drafting.terms explain.events exports.public importing.parties"
            " letter notifying render.diff render.explain render.status rules.slips timeline"
        ),
        (
            "drafting.clauses explain.steps exports.lanes formats.letter gate render.deadlines"
            " render.recorded render.show render.strip rules shapes"
        ),
        (
            "commands.session drafting.draft drafting.page exports exports.description exports.lists"
            " exports.names exports.objects formats.rules importing.clauses memory render.timeline"
        ),
        (
            "cli.options commands.filters commands.held commands.home commands.validate exports.cells"
            " exports.occasions exports.sections importing.readers render.rules"
        ),
        "exports.html exports.ics exports.markdown exports.sheets importing.completing importing.rows",
        "exports.delimited exports.xlsx importing.drafts importing.yaml_text",
        "importing.mended importing.outcomes",
        "importing.imported render.imported",
        COMMANDS,
        "cli.asking cli.comparing cli.exporting cli.importing cli.judging cli.writing",
        "cli",
        "__main__",
    )
]
HEIGHT = {module: height for height, floor in enumerate(FLOORS) for module in floor}
HOMES = {
    "docx": {"drafting.docx"},
    "cutlet": {"importing.romaji"},
    "defusedxml": {"importing.workbook"},
    "openpyxl": {"importing.workbook"},
    "pypdf": {"drafting.pdf"},
    "dateutil": set(),  # the oracle of the tests
    "icalendar": {"exports.ics"},
    "jinja2": {"exports.html"},
    "markupsafe": {"exports.html"},  # comes with Jinja
    "pydantic": {"model", "entry", "schema"},  # entry turns pydantic's errors into findings
    "pydantic_core": {"model", "entry"},
    "subprocess": {"git"},
    "rich": {module for module in MODULES if module.startswith("render.")},
    "ruamel": {"source", "spare_parser"},  # the second is read where the C parser is missing
    "tomllib": {"messages", "settings"},
    "typer": {module for module in MODULES if module.partition(".")[0] == "cli"},
    "concurrent": {"processes"},
    "multiprocessing": {"processes"},
    "xlsxwriter": {"exports.xlsx"},
    "zoneinfo": {"settings"},
}
CLOCK = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "time.localtime"}
STOPWATCH = {"progress": {"monotonic"}}  # how long a run takes: no day can come of it
IN_TWO_LANGUAGES = {
    "model",
    "schema",
    "text",
    "dates.length",
    "dates.wareki",
    "importing.vocabulary",
    "drafting.articles",
    "drafting.decoding",
    "drafting.draft",
    "drafting.ends",
    "drafting.limits",
    "drafting.modes",
    "drafting.names",
    "drafting.notices",
    "drafting.numerals",
    "drafting.objections",
    "drafting.outline",
    "drafting.parties",
    "drafting.provisions",
    "drafting.renewals",
    "drafting.secrecy",
    "drafting.selection",
    "drafting.sentences",
    "drafting.signatures",
    "drafting.signing",
    "drafting.spellings",
    "drafting.starts",
    "drafting.terminations",
    "drafting.terms",
    "drafting.tokens",
    "drafting.topics",
    "drafting.wordings",
    "exports.names",
}  # what files may say, not what we say


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[tuple[str, bool]]:
    """Every module that is imported, at the top or in a function, and whether for its types only."""
    guarded = {
        inner
        for node in ast.walk(tree(module))
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from ((name.name, node in guarded) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative imports hide the floor"
            yield from ((full(node.module or "", name.name), node in guarded) for name in node.names)


def full(package: str, name: str) -> str:
    """`from kyotei.commands import status` imports a module, `from kyotei.term import State` a name."""
    inner = f"{package}.{name}".removeprefix("kyotei.")
    return f"{package}.{name}" if package.startswith("kyotei") and inner in MODULES else package


def from_time(module: str) -> Iterator[str]:
    """What is taken from `time`; `time` itself if it is imported whole."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name == "time")
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (name.name for name in node.names)


def texts(module: str) -> Iterator[str]:
    """Every string but the docstrings."""
    statements = [node.value for node in ast.walk(tree(module)) if isinstance(node, ast.Expr)]
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in statements:
            yield node.value


def test_every_module_has_a_floor_and_every_floor_its_modules() -> None:
    assert sorted(HEIGHT) == sorted(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down_and_types_never_up(module: str) -> None:
    for name, types_only in imports(module):
        if name.partition(".")[0] == "kyotei":
            height = HEIGHT[name.removeprefix("kyotei.")]
            assert height < HEIGHT[module] + types_only, name


@pytest.mark.parametrize("module", MODULES)
def test_a_library_is_used_in_its_home_only(module: str) -> None:
    used = {name.partition(".")[0] for name, _ in imports(module)} & set(HOMES)
    assert {library for library in used if module not in HOMES[library]} == set()


@pytest.mark.parametrize("module", sorted(set(MODULES) - {"settings"}))
def test_the_clock_is_asked_in_the_settings_only(module: str) -> None:
    assert set(from_time(module)) <= STOPWATCH.get(module, set())
    asked = {ast.unparse(node) for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}
    assert {name for name in asked if ".".join(name.split(".")[-2:]) in CLOCK} == set()


@pytest.mark.parametrize("module", sorted(set(MODULES) - IN_TWO_LANGUAGES))
def test_sentences_stand_in_the_catalogues_only(module: str) -> None:
    """A sentence: two hiragana in a row, or three English words; a pattern of another's sentence is none."""
    prose = re.compile("[ぁ-ん]{2}|[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
    assert [text for text in texts(module) if prose.search(text) and "(?:" not in text] == []
