from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from kyotei.dates.closed_days import ClosedDay, Closure
from kyotei.dates.length import Length, Unit, parse_length
from kyotei.diagnostics import Diagnostic, Place, Severity
from kyotei.messages import LOCALE, Language, Words, words
from kyotei.term import periods
from kyotei.text import cells
from registers_for_tests import entry

if TYPE_CHECKING:
    from collections.abc import Iterator

JA, EN = words(Language.JA), words(Language.EN)
SECTIONS = {spoken: sorted(path.stem for path in (LOCALE / spoken).glob("*.toml")) for spoken in Language}
SOURCES = [
    path.read_text(encoding="utf-8")
    for path in sorted((Path(__file__).parent.parent / "src" / "kyotei").rglob("*.py"))
]
# Where a module names a finding: raised, yielded, or kept in a table of pydantic's errors.
RAISED = re.compile(
    r'(?:Fault|Refusal|_fault|_wrong_?\w*)\(\s*"([a-z-]+(?:\.[a-z-]+)?)"'
    r'|finding\(\s*(?:ERROR|WARNING|Severity\.\w+),\s*"([a-z.-]+)"'
    r'|_finding\([^"\n]*,\s*"([a-z.-]+)"'
    r'|source\.finding\(\s*"([a-z.-]+)"'
    r'|return "([a-z]+-[a-z.-]+)", \{'
)


def sentences(spoken: Words) -> Iterator[tuple[str, str, str]]:
    for section in SECTIONS[spoken.language]:
        for name, sentence in spoken.table[section].items():
            yield section, name, sentence


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def is_singular(section: str, name: str) -> bool:
    return name.endswith("-one") and name.removesuffix("-one") in EN.table[section]


def test_both_catalogues_have_the_same_sentences() -> None:
    """Japanese has no singular, so English alone has `-one`."""
    english = {(section, name) for section, name, _ in sentences(EN) if not is_singular(section, name)}
    assert english == {(section, name) for section, name, _ in sentences(JA)}


def test_a_sentence_needs_the_same_values_in_both_languages() -> None:
    for section, name, sentence in sentences(JA):
        differ = placeholders(sentence) ^ placeholders(EN.table[section][name])
        assert differ <= {"wareki"}, (section, name)  # which only Japanese shows


@pytest.mark.parametrize("spoken", [JA, EN], ids=["ja", "en"])
def test_a_singular_needs_no_value_that_the_plural_lacks(spoken: Words) -> None:
    for section, name, sentence in sentences(spoken):
        if is_singular(section, name):
            assert placeholders(sentence) <= placeholders(EN.table[section][name.removesuffix("-one")])


@pytest.mark.parametrize("spoken", [JA, EN], ids=["ja", "en"])
def test_every_finding_that_can_be_raised_has_its_sentence(spoken: Words) -> None:
    raised = {next(filter(None, found)) for source in SOURCES for found in RAISED.findall(source)}
    assert len(raised) > 40
    known = {*spoken.table["finding"], *spoken.table["usage"]}
    assert {name for name in raised if name not in known} == set()


def named_in(source: str) -> Iterator[str]:
    """Patterns of the names that a module can ask for: its strings (f"idea-{reading}" too), its arguments."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        if isinstance(node, ast.arg):
            yield re.escape(node.arg)
        if isinstance(node, ast.JoinedStr):
            fixed = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            if any(text and re.fullmatch("[a-z-]+", str(text)) for text in fixed):
                yield "".join("[a-z-]+" if text is None else re.escape(str(text)) for text in fixed)


def test_no_sentence_is_without_a_use() -> None:
    """A name is used if it stands in the source, whole or as the case behind a dot. Units lose their s."""
    completion = {"install_completion", "show_completion"}  # options that typer adds
    names = {name for section, name, _ in sentences(JA) if section != "schema"}  # by the model's names
    patterns = {pattern for source in SOURCES for pattern in named_in(source)}
    used = re.compile("|".join(sorted(patterns)))
    parts = {name: {name, f"{name}s", name.partition(".")[0], name.rpartition(".")[2]} for name in names}
    unused = {name for name in names if not any(used.fullmatch(part) for part in parts[name])}
    assert unused - completion == set()


@pytest.mark.parametrize("spoken", [JA, EN], ids=["ja", "en"])
def test_every_sentence_can_be_written_in_the_old_encoding_of_japanese_offices(spoken: Words) -> None:
    for section, name, sentence in sentences(spoken):
        assert sentence.encode("cp932").decode("cp932") == sentence, (section, name)


def test_a_sentence_takes_its_values() -> None:
    assert EN.say("fault", "path-missing", path="x") == "kyotei: there is no file or folder x"
    assert JA.say("fault", "path-missing", path="{y}") == "kyotei: {y} というファイルやフォルダーはありません"


def test_a_finding_is_said_with_what_was_perhaps_meant() -> None:
    found = Diagnostic(Place("a"), Severity.ERROR, "field-unknown", {"key": "notise", "near": "notice"})
    assert EN.finding(found) == 'unknown key "notise"; did you mean "notice"?'
    assert JA.finding(found) == "「notise」という項目はありません。「notice」の誤りではありませんか"


@pytest.mark.parametrize(
    ("guess", "end"), [("", "save it as UTF-8"), ("cp932", "it seems to be cp932. Save it as UTF-8")]
)
def test_a_guessed_encoding_is_told(guess: str, end: str) -> None:
    found = Diagnostic(Place("a"), Severity.ERROR, "encoding-invalid", {"guess": guess})
    assert EN.finding(found) == f"the file is not UTF-8; {end}"


def test_a_day_to_act_on_has_its_weekday() -> None:
    day = date(2026, 12, 28)
    assert (JA.day(day), EN.day(day)) == ("2026-12-28 (月)", "Mon 2026-12-28")
    assert (JA.weekday(day), EN.weekday(day)) == ("月", "Mon")
    assert {cells(spoken.day(day)) for spoken in (JA, EN)} == {14, 15}


def test_the_head_names_the_day_in_the_japanese_calendar_too() -> None:
    assert JA.head(date(2026, 11, 22)) == "2026-11-22（令和8年11月22日・日）"
    assert EN.head(date(2026, 11, 22)) == "2026-11-22, Sun"


@pytest.mark.parametrize(
    ("closed", "ja", "en"),
    [
        (ClosedDay(date(2027, 1, 2), Closure.SATURDAY), "土曜日", "Saturday"),
        (ClosedDay(date(2027, 1, 1), Closure.YEAR_END), "年末年始の閉庁", "year-end closure"),
        (
            ClosedDay(date(2026, 5, 5), Closure.HOLIDAY, ("こどもの日", "Children's Day")),
            "こどもの日",
            "Children's Day",
        ),
        (ClosedDay(date(2027, 6, 2), Closure.EXTRA), "閉庁日", "office closed"),
    ],
)
def test_a_closed_day_has_a_reason(closed: ClosedDay, ja: str, en: str) -> None:
    assert (JA.closure(closed), EN.closure(closed)) == (ja, en)


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        ("1 day", "1日", "1 day"),
        ("90 days", "90日", "90 days"),
        ("1 week", "1週間", "1 week"),
        ("2 weeks", "2週間", "2 weeks"),
        ("1 month", "1か月", "1 month"),
        ("3 months", "3か月", "3 months"),
        ("1 year", "1年", "1 year"),
        ("5 years", "5年", "5 years"),
    ],
)
def test_a_length_is_said_in_words(text: str, ja: str, en: str) -> None:
    assert (JA.length(parse_length(text)), EN.length(parse_length(text))) == (ja, en)


def test_no_days_are_plural() -> None:
    assert EN.length(Length(0, Unit.DAYS)) == "0 days"


def test_a_stretch_of_days_may_have_no_end() -> None:
    start, end = date(2026, 4, 1), date(2027, 3, 31)
    assert JA.span(start, end) == EN.span(start, end) == "2026-04-01 → 2027-03-31"
    assert (JA.span(start, None), EN.span(start, None)) == ("2026-04-01 → 定めなし", "2026-04-01 → no end")


@pytest.mark.parametrize(
    ("days", "ja", "en"),
    [
        (36, "あと36日", "in 36 days"),
        (1, "あと1日", "in 1 day"),
        (0, "本日", "today"),
        (-1, "1日前", "1 day ago"),
        (-5, "5日前", "5 days ago"),
    ],
)
def test_how_far_off_a_day_is_said_in_words(days: int, ja: str, en: str) -> None:
    assert (JA.days_until(days), EN.days_until(days)) == (ja, en)


@pytest.mark.parametrize(("count", "en"), [(0, "0 agreements"), (1, "1 agreement"), (2, "2 agreements")])
def test_english_has_a_singular(count: int, en: str) -> None:
    assert EN.counted("status", "agreements", count) == en
    assert JA.counted("status", "agreements", count) == f"{count}件"


def test_a_period_is_called_by_its_number() -> None:
    (first,) = periods(entry().agreement, date(2026, 11, 22), future=0)
    assert (JA.number(first), EN.number(first)) == ("第1期", "period 1")


def test_a_catalogue_is_read_once() -> None:
    assert words(Language.JA) is JA
