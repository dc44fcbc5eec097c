from __future__ import annotations

import pytest

from kyotei.diagnostics import Diagnostic, Place, Severity
from kyotei.messages import Language, words
from kyotei.render.findings import findings_text, summary
from kyotei.render.screen import Screen
from kyotei.text import cells

ERROR, WARNING = Severity.ERROR, Severity.WARNING
EN = words(Language.EN)


def finding(
    column: int = 1, excerpt: str = "", file: str = "a.yaml", severity: Severity = ERROR, **values: str
) -> Diagnostic:
    return Diagnostic(Place(file, 3, column), severity, "field-unknown", {"key": "x", **values}, excerpt)


def drawn(found: Diagnostic, *, tty: bool = True, width: int = 80, colour: bool = False) -> list[str]:
    return findings_text(Screen(EN, width, colour, tty), [found]).splitlines()


def test_a_finding_is_one_line_however_narrow_the_screen() -> None:
    found = finding(7, "notise: x", key="notise", near="notice")
    line = 'a.yaml:3:7: error field-unknown unknown key "notise"; did you mean "notice"?'
    assert drawn(found, tty=False) == drawn(found, tty=False, width=20) == [line]


def test_no_finding_is_no_text() -> None:
    assert findings_text(Screen(EN, 80, colour=False, tty=False), []) == ""


def test_on_a_terminal_the_line_stands_below_with_a_caret() -> None:
    assert drawn(finding(3, "  notise: x"))[1:] == ["    3 |   notise: x", "      |   ^"]


@pytest.mark.parametrize("excerpt", ["", "   "])
def test_a_finding_about_a_file_has_no_line(excerpt: str) -> None:
    assert len(drawn(finding(excerpt=excerpt.strip()))) == 1


@pytest.mark.parametrize(
    ("before", "columns"),
    [
        ("", 0),
        ("id: ", 4),
        ("title: 連携協定、", 17),
        ("か\u3099: ", 4),
        ("\t\ta: ", 5),
        ("a: \x1b[31m", 11),
        ("葛\U000e0100: ", 4),
        ("ｶﾞ: ", 4),
    ],
    ids=["start", "ascii", "japanese", "mark", "tab", "escape", "variant", "half-width"],
)  # fmt: skip
def test_the_caret_stands_under_the_character_whatever_stands_before(before: str, columns: int) -> None:
    _, line, caret = drawn(finding(len(before) + 1, f"{before}notise"))
    assert caret == f"      | {' ' * columns}^"
    assert cells(line[: line.index("notise")]) == 8 + columns


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("sign", ["x", "漢"])
def test_of_a_long_line_what_stands_around_the_caret_is_shown(width: int, sign: str) -> None:
    _, line, caret = drawn(finding(5001, f"{sign * 5000}!{sign * 5000}"), width=width)
    assert cells(line) <= width
    assert cells(line[: line.index("!")]) == len(caret) - 1
    assert line.endswith(sign)


def test_the_end_of_a_line_may_be_meant() -> None:
    assert drawn(finding(4, "a: "))[1:] == ["    3 | a:", "      |    ^"]


def test_nothing_in_a_finding_is_obeyed() -> None:
    found = finding(1, "[red]\x1b]0;t\x07", "[/乙]\n\x1b[2J:bomb:.yaml", key="\x1b[31m[bold]")
    assert drawn(found) == [
        '[/乙]\\x0a\\x1b[2J:bomb:.yaml:3:1: error field-unknown unknown key "\\x1b[31m[bold]"',
        "    3 | [red]\\x1b]0;t\\x07",
        "      | ^",
    ]


def test_severity_is_a_word_and_a_colour() -> None:
    (error, *_), (warning, *_) = (drawn(finding(severity=one), colour=True) for one in (ERROR, WARNING))
    assert "\x1b[1;31merror\x1b[0m" in error
    assert "\x1b[33mwarning\x1b[0m" in warning


@pytest.mark.parametrize(
    ("files", "checked", "expected"),
    [
        ([], 5, "5 files, no findings"),
        ([], 1, "1 file, no findings"),
        (["a"], 1, "1 error, 1 warning in 1 of 1 file"),
        (["a", "b", "b"], 14, "3 errors, 1 warning in 2 of 14 files"),
        (["a"], 0, "1 error, 1 warning; 0 files read"),
    ],
)
def test_the_summary_counts(files: list[str], checked: int, expected: str) -> None:
    found = [finding(file=file) for file in files]
    found += [finding(file=files[0], severity=WARNING)] if files else []
    assert summary(EN, found, checked) == expected


def test_the_summary_counts_in_japanese() -> None:
    found = [finding(), finding(file="b", severity=WARNING)]
    assert summary(words(Language.JA), found, 14) == "14件のファイルのうち2件に 誤り1件、注意1件"
