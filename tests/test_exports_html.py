"""The page as text: what it says, that data stays data, and that nothing in it reaches out."""

from __future__ import annotations

import json
import re
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

import kyotei.exports
from command_line_for_tests import ROOT, Command, settle
from kyotei.exports.lists import lines_of
from kyotei.render.grid import Line
from kyotei.text import one_line
from registers_for_tests import YEARLY, put, text

TEMPLATES = Path(kyotei.exports.__file__).with_name("templates")
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7*7 }}"
INTERNAL = """\
contacts: [{party: 甲, office: 経済局, phone: 045-000-0000}]
notes: 先方と調整中
events: [{on: 2026-11-20, type: review, note: 庁内限り}]
"""


class Page(HTMLParser):
    """The elements of a page in order, with attributes, and all its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def having(self, attribute: str) -> list[dict[str, str]]:
        return [found for _, found in self.elements if attribute in found]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, tmp_path)
    return Command(capfd)


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    settle(monkeypatch, ROOT)
    return Command(capfd)


def table(page: str) -> list[dict[str, str]]:
    """The rows of the register: id, and the keys by which the last two columns are sorted."""
    rows = re.findall(r'<tr role="row" data-of="([^"]+)" data-state="([^"]+)">(.*?)</tr>', page, re.DOTALL)
    found = []
    for identifier, state, cells in rows:
        keys = re.findall(r'<td role="cell" data-key="([^"]*)"', cells)
        found.append({"id": identifier, "state": state, "date": keys[-2], "act_by": keys[-1]})
    return found


@pytest.mark.parametrize("as_of", ["2020-01-01", "2026-11-22", "2031-04-01"])
def test_the_days_are_those_of_status(register: Command, as_of: str) -> None:
    asked = ("agreements", "tests/examples/valid", "--as-of", as_of)
    page = register("export", "html", *asked).out
    status = json.loads(register("status", *asked, "--format", "json").out)["agreements"]
    assert len(status) > 20
    none = {"date": "", "act_by": ""}
    assert table(page) == [
        {"id": one["id"], "state": one["state"]}
        | {name: (one["next_deadline"] or none)[name] for name in ("date", "act_by")}
        for one in status
    ]


def test_the_months_list_what_deadlines_lists(register: Command) -> None:
    page = register.at("export", "html", "agreements").out
    listed = json.loads(register.at("deadlines", "agreements", "--within", "1y", "--format", "json").out)
    assert re.findall(r'<li data-of="([^"]+)">\s*<p class="when"><time datetime="([^"]+)">', page) == [
        (one["id"], one["act_by"]) for one in listed["deadlines"]
    ]
    assert re.findall(r"<h3>([A-Z][a-z]+ 20\d\d)</h3>", page) == [
        "December 2026",
        "January 2027",
        "March 2027",
    ]


def test_every_agreement_has_its_reasons(register: Command) -> None:
    page = Page(register.at("export", "html", "agreements", "--lang", "ja").out)
    assert "民法の期間の規定は将来に向かって数えるもので、遡って数える規定はない。" in page.text
    assert "2026-12-30 (水)" in page.text
    assert page.text.count("日付の根拠") == 5


def test_the_same_register_on_the_same_day_gives_the_same_bytes(register: Command) -> None:
    first = register.at("export", "html", "agreements").out
    assert register.at("export", "html", "agreements").out == first


@pytest.mark.parametrize(("language", "title"), [("ja", "協定台帳"), ("en", "Register of agreements")])
def test_the_page_speaks_the_language_and_says_so(register: Command, language: str, title: str) -> None:
    out = register.at("export", "html", "agreements", "--lang", language).out
    assert out.startswith("<!DOCTYPE html>\n")
    assert f'<html lang="{language}">' in out
    assert f"<h1>{title}</h1>" in out


def test_nothing_in_the_page_reaches_out(register: Command) -> None:
    page = Page(register.at("export", "html", "agreements").out)
    links = [value for found in page.having("href") for name, value in found.items() if name == "href"]
    assert {link for link in links if not link.startswith("#")} == {"data:,"}
    assert page.having("src") == page.having("style") == page.having("action") == []
    assert [name for _, found in page.elements for name in found if name.startswith("on")] == []


def test_only_our_own_style_and_script_may_run(register: Command) -> None:
    out = register.at("export", "html", "agreements").out
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', out)
    (style,), (script,) = (re.findall(f"<{tag}>(.*?)</{tag}>", out, re.DOTALL) for tag in ("style", "script"))
    hashes = [b64encode(sha256(part.encode()).digest()).decode() for part in (style, script)]
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}';"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_data_is_text_wherever_it_stands(run: Command, tmp_path: Path) -> None:
    quoted = json.dumps(HOSTILE)
    event = f"{{on: 2026-05-01, type: review, note: {quoted}}}"
    more = f"purpose: {quoted}\ntags: [{quoted}]\nnotes: {quoted}\nevents: [{event}]\n"
    written = text("a", f"{YEARLY}{more}", title=quoted).replace("渋谷区", quoted)
    put(
        tmp_path / "agreements",
        written.replace("before_end: 3 months", f"before_end: 3 months, clause: {quoted}"),
    )
    put(tmp_path / "agreements", "id: [", "<b>&.yaml")
    ran = run.at("export", "html")
    page = Page(ran.out)
    assert ran.status == 1
    assert [tag for tag, _ in page.elements if tag in {"script", "img", "b"}].count("script") == 1
    assert not [tag for tag, _ in page.elements if tag == "img"]
    assert [name for _, found in page.elements for name in found if name.startswith("on")] == []
    assert page.text.count(HOSTILE) > 8
    assert "agreements/<b>&.yaml" in page.text


def test_what_reorders_text_is_shown_by_its_number() -> None:
    """No file may hold such a character; the page would not obey it either."""
    assert lines_of((Line(one_line("a\u202eb"), folds=True),)) == (("aU+202Eb", ""),)


def test_a_public_page_has_no_contacts_notes_or_internal_events(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a", f"{YEARLY}{INTERNAL}"))
    whole, public = run.at("export", "html").out, run.at("export", "html", "--public").out
    secret = ["経済局", "045-000-0000", "先方と調整中", "庁内限り", "Reviewed", "agreements/a.yaml"]
    assert [word in whole for word in secret] == [True] * 6
    assert [word in public for word in secret] == [False] * 6
    assert table(public) == table(whole)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "1 file could not be read and is missing here: agreements/b.yaml"),
        (("--public",), "1 agreement could not be read and is missing here."),
    ],
)
def test_what_is_missing_is_said(run: Command, tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    put(tmp_path / "agreements", text("a"))
    put(tmp_path / "agreements", text("b").replace("2027-03-31", "2027-02-29"))
    ran = run.at("export", "html", *options)
    assert ran.status == 1
    assert f'<p class="unread">{said}</p>' in ran.out


def test_an_empty_page_says_so(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a"))
    page = Page(run.at("export", "html", "--party", "川崎").out)
    assert page.text.count("No agreement to show.") == 2
    assert "Nothing is due within twelve months." in page.text
    assert not [tag for tag, _ in page.elements if tag in {"table", "article"}]


def test_ended_and_unnumbered_agreements_have_their_rows(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a", "", term="term: {start: 2026-04-01, end: indefinite}\n"))
    put(tmp_path / "agreements", text("b", "", term="term: {start: 2020-04-01, end: 2021-03-31}\n"))
    put(tmp_path / "agreements", text("c", term="term: {start: 2027-04-01, end: 2028-03-31}\n"))
    out = run.at("export", "html").out
    assert [(row["id"], row["state"]) for row in table(out)] == [
        ("a", "in-force"),
        ("b", "ended"),
        ("c", "pending"),
    ]
    beyond = run("export", "html", "--as-of", "2110-06-01").out
    assert "unknown: no holiday data for" in beyond


def test_only_the_page_has_a_public_form(run: Command, tmp_path: Path) -> None:
    put(tmp_path / "agreements", text("a"))
    ran = run.at("export", "json", "--public")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "kyotei: --public is for html only, not for json\n"


def test_without_its_library_the_command_says_what_to_install(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "agreements", text("a"))
    monkeypatch.delitem(sys.modules, "kyotei.exports.html", raising=False)
    monkeypatch.setitem(sys.modules, "jinja2", None)
    ran = run.at("export", "html")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith("pip install 'kyotei[report]'\n")


def test_the_template_holds_no_sentence() -> None:
    """Letters stand in tags, in what Jinja reads, and nowhere else."""
    source = (TEMPLATES / "page.html").read_text(encoding="utf-8")
    bare = re.sub(r"\{[{%].*?[%}]\}|<[^>]*>", "", source, flags=re.DOTALL)
    assert bare.split() == []
    said = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"{]*)"', source)
    assert said == []


# --- The colours: WCAG 2.2, 1.4.3 (text 4.5 : 1) and 1.4.11 (what a picture needs 3 : 1)


def palettes() -> list[dict[str, str]]:
    css = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    found = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    ]
    assert [len(palette) for palette in found] == [10, 10]
    return found


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guidelines_do() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "warn", "alarm"])
@pytest.mark.parametrize("ground", ["ground", "raised"])
def test_every_text_can_be_read(palette: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["accent", "mark", "warn", "muted"])
def test_every_mark_can_be_seen(palette: dict[str, str], mark: str) -> None:
    assert contrast(palette[mark], palette["ground"]) >= 3


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_a_closed_window_is_told_from_an_open_one(palette: dict[str, str]) -> None:
    assert contrast(palette["accent"], palette["soft"]) >= 3
