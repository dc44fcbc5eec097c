"""The page in a real browser: it is drawn, asks for nothing, sorts, filters, prints, and lets no data run."""

from __future__ import annotations

import re
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

import kyotei.__main__
from command_line_for_tests import AS_OF, ROOT, settle
from registers_for_tests import YEARLY, put, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

Open: TypeAlias = "Callable[..., Page]"

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
HOSTILE = "</title></script><script>hacked=1</script><img src=x onerror=hacked=1><svg onload=hacked=1>"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 700}
ACT_BY = [
    "yokohama-shibuya",
    "higashiyama-leapday",
    "minato-sakura-aoba",
    "kitahama-nankai",
    "midorigawa-saigai",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open the page of a register; what the browser complains of fails the test."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(
        language: str = "en",
        register: Path = ROOT / "agreements",
        **options: Any,  # noqa: ANN401 (as playwright takes them)
    ) -> Page:
        settle(monkeypatch, ROOT, language)
        file = tmp_path / "page.html"
        kyotei.__main__.main(["export", "html", str(register), *AS_OF, "-o", str(file)])
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        contexts.append(context)
        found = context.new_page()
        found.on("console", lambda message: complaints.append(message.text))
        found.on("pageerror", lambda error: complaints.append(str(error)))
        found.on("dialog", lambda dialog: complaints.append(dialog.message))
        found.on(
            "request",
            lambda request: complaints.append(request.url) if request.url != file.as_uri() else None,
        )
        found.goto(file.as_uri())
        return found

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def ids(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "table.sortable tbody tr:not([hidden])", "rows => rows.map(row => row.dataset.of)"
    )
    return found


@pytest.mark.parametrize(
    ("language", "theme", "viewport"),
    [("ja", "light", DESKTOP), ("ja", "dark", PHONE), ("en", "dark", DESKTOP), ("en", "light", PHONE)],
)
def test_it_is_drawn_without_a_complaint_and_fits(
    page: Open, language: str, theme: str, viewport: dict[str, int]
) -> None:
    shown = page(language, color_scheme=theme, viewport=viewport)
    assert shown.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    ground = shown.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(252, 252, 250)", "dark": "rgb(20, 25, 27)"}[theme]
    bars = shown.eval_on_selector_all(
        ".track rect.held", "all => all.map(one => one.getBoundingClientRect().width)"
    )
    assert len(bars) == 8
    assert min(bars) > 10


def test_a_server_is_asked_for_the_page_and_for_nothing_else(
    page: Open, browser: Browser, tmp_path: Path
) -> None:
    page()
    asked: list[str] = []

    class Handler(SimpleHTTPRequestHandler):
        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            asked.append(f"{self.path} {code} {size}")

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context()
        shown = context.new_page()
        shown.goto(f"http://127.0.0.1:{server.server_port}/page.html")
        shown.wait_for_timeout(500)
        context.close()
        server.shutdown()
    assert asked == ["/page.html 200 -"]


def test_the_register_sorts_and_says_how(page: Open) -> None:
    shown = page()
    by_id = sorted(ACT_BY)
    assert ids(shown) == by_id
    head = shown.get_by_role("columnheader", name="act by").first
    head.get_by_role("button").click()
    assert (ids(shown), head.get_attribute("aria-sort")) == (ACT_BY, "ascending")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert ids(shown) == [*reversed(ACT_BY[:3]), "kitahama-nankai", "midorigawa-saigai"]
    assert shown.locator("th[aria-sort]").count() == 1
    shown.get_by_role("columnheader", name="agreement").first.get_by_role("button").click()
    assert ids(shown) == by_id


def test_the_keyboard_is_enough(page: Open) -> None:
    shown = page()
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.className") == "skip"
    assert shown.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    shown.keyboard.press("Enter")
    assert shown.evaluate("document.activeElement.id") == "content"
    shown.keyboard.press("Tab")
    shown.keyboard.type("ＹＯＫＯＨＡＭＡ")
    assert ids(shown) == ["yokohama-shibuya"]
    assert shown.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_whole_page_is_filtered(page: Open) -> None:
    shown = page()
    shown.get_by_label("Containing").fill("渋谷　横浜市")
    assert shown.get_by_role("status").text_content() == "1 of 5 agreements shown"
    assert shown.locator("article:visible").count() == shown.locator(".month:visible").count() == 1
    assert shown.locator(".lane[data-of]:visible").count() == 1
    shown.get_by_role("button", name="Show all").click()
    assert shown.get_by_role("status").text_content() == "5 of 5 agreements shown"
    shown.get_by_label("state").select_option("ending")
    assert ids(shown) == ["kitahama-nankai"]
    shown.get_by_label("Containing").fill("渋谷")
    assert (ids(shown), shown.locator(".month:visible").count()) == ([], 0)


def test_it_is_read_without_scripts(page: Open) -> None:
    shown = page(java_script_enabled=False)
    assert shown.get_by_role("search").count() == 0
    assert shown.get_by_role("columnheader").first.get_by_role("button").count() == 0
    assert shown.locator("table.sortable tbody tr:visible").count() == 5
    assert shown.locator("article:visible").count() == 5


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_screen_reader_finds_the_table_and_the_pictures_in_words(
    page: Open, viewport: dict[str, int]
) -> None:
    shown = page(viewport=viewport)
    told = shown.locator("#register").aria_snapshot()
    assert 'table "The register"' in told
    assert 'columnheader "act by' in told
    assert "rowheader" in told
    picture = shown.get_by_role("img", name="yokohama-shibuya")
    assert "deadline Thu 2026-12-31, still open" in picture.evaluate(
        "one => document.getElementById(one.getAttribute('aria-labelledby').split(' ')[1]).textContent"
    )
    assert shown.evaluate("document.documentElement.lang") == "en"
    levels = shown.eval_on_selector_all("h1,h2,h3,h4,h5", "all => all.map(one => +one.tagName[1])")
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_prints_on_a4_each_agreement_on_a_page_of_its_own(page: Open, language: str) -> None:
    shown = page(language, color_scheme="dark")
    printed = shown.pdf(prefer_css_page_size=True)
    sizes = {tuple(map(float, size.split())) for size in re.findall(rb"/MediaBox \[([0-9. ]+)\]", printed)}
    assert {(round(wide), round(high)) for _, _, wide, high in sizes} == {(595, 842)}
    assert 10 <= len(re.findall(rb"/Type /Page\b", printed)) <= 20
    shown.emulate_media(media="print", color_scheme="dark")
    assert shown.evaluate("getComputedStyle(document.body).color") == "rgb(28, 35, 38)"
    assert shown.evaluate("getComputedStyle(document.querySelector('article')).breakBefore") == "page"
    assert not shown.locator("#filter").is_visible()


def test_no_data_runs(page: Open, tmp_path: Path) -> None:
    quoted = f"'{HOSTILE}'"
    more = (
        f"purpose: {quoted}\nnotes: {quoted}\ntags: [{quoted}]\ncontacts: [{{party: 甲, office: {quoted}}}]\n"
    )
    put(tmp_path / "r", text("a", f"{YEARLY}{more}", title=quoted).replace("渋谷区", quoted))
    shown = page(register=tmp_path / "r")
    assert shown.evaluate("typeof hacked") == "undefined"
    assert shown.locator("img, script:not(:last-child)").count() == 0
    assert shown.locator("h3", has_text=HOSTILE).count() == 1
    shown.get_by_label("Containing").fill(HOSTILE)
    assert ids(shown) == ["a"]


def test_nothing_that_is_put_into_the_page_may_run(browser: Browser, page: Open, tmp_path: Path) -> None:
    """Even if a script got past the escaping, the page's policy would stop it."""
    page()
    whole = (tmp_path / "page.html").read_text(encoding="utf-8")
    bad = "<main><script>hacked=1</script><img src='http://127.0.0.1:9/x'>"
    (tmp_path / "bad.html").write_text(whole.replace("<main", f"{bad}<main", 1), encoding="utf-8")
    context = browser.new_context()
    shown = context.new_page()
    refused: list[str] = []
    shown.on("console", lambda message: refused.append(message.text))
    shown.goto((tmp_path / "bad.html").as_uri())
    assert shown.evaluate("typeof hacked") == "undefined"
    assert len([text for text in refused if "Content Security Policy" in text]) == 2
    context.close()
