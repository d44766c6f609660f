"""The pages for those who use a keyboard, a screen reader, or a small screen."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page
from tests.editor.visits import found, open_editor, run, visit, write, written

_AXE = Path(__file__).parents[2] / "build/axe/axe.min.js"
_FEW = "SELECT ?kind WHERE { ?any a ?kind } LIMIT 60"
_QUERIES = {
    "a table": _FEW,
    "an answer": "ASK {}",
    "a graph": "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 30",
    "a problem": "SELECT nonsense",
}


@pytest.fixture(scope="session")
def axe() -> str:
    """The program that looks for what would keep people out."""
    if not _AXE.is_file():
        pytest.skip("axe-core was not set up: `make test` does it where npm is")
    return _AXE.read_text(encoding="utf-8")


def barriers(page: Page, axe: str) -> list[str]:
    """What keeps people out of a page, as axe-core tells it."""
    page.evaluate(axe)  # evaluated by the debugger, not the page, which has no say in it
    told = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in told["violations"]]


@pytest.mark.parametrize("width", [1280, 375])
def test_the_editor_has_no_barriers(browser: Browser, address: str, axe: str, width: int) -> None:
    """At first, with a table, the response, an error, the link to share, and as a form."""
    with visit(browser, width=width) as seen:
        page = open_editor(seen, address)
        page.wait_for_timeout(500)
        assert barriers(page, axe) == []
        write(page, _FEW)
        run(page)
        page.wait_for_selector(".yasr table td")
        page.wait_for_timeout(500)
        assert barriers(page, axe) == []
        page.click(".select_response")
        page.wait_for_timeout(500)
        assert barriers(page, axe) == []
        write(page, "SELECT nonsense")
        run(page)
        page.wait_for_selector(".problem")
        page.click(".yasqe_share")
        page.wait_for_timeout(500)
        assert barriers(page, axe) == []
        page.click("text=Use a plain form")
        assert barriers(page, axe) == []


@pytest.mark.parametrize("what", _QUERIES)
def test_the_pages_without_a_script_have_no_barriers(
    browser: Browser, plain_address: str, axe: str, what: str
) -> None:
    """A page with what a query found, or what was wrong, is whole."""
    with visit(browser) as seen:
        seen.page.goto(f"{plain_address}/sparql?{urlencode({'query': _QUERIES[what]})}")
        assert barriers(seen.page, axe) == []


def test_tab_leaves_the_editor(browser: Browser, address: str) -> None:
    """Tab goes on from the query to the buttons, Shift and Tab back; neither writes anything."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        write(page, "ASK {}")
        page.keyboard.press("Tab")
        assert "yasqe_share" in page.evaluate("document.activeElement.className")
        page.keyboard.press("Shift+Tab")
        assert "CodeMirror-code" in page.evaluate("document.activeElement.className")
        page.keyboard.press("Shift+Tab")
        assert "CodeMirror-code" not in page.evaluate("document.activeElement.className")
        assert written(page) == "ASK {}"


def test_a_query_is_asked_with_the_keyboard_alone(browser: Browser, address: str) -> None:
    """From the top of the page: to the named questions, open one, change it, run it."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "named":
                break
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(".tab:nth-child(2).active")
        page.keyboard.press("Control+A")
        page.keyboard.type("SELECT ('typed' AS ?word) {}")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector(".tabPanel.active .yasr table td")
        assert "typed" in found(page)


def test_what_is_drawn_has_a_name(browser: Browser, address: str) -> None:
    """The editor, its buttons, the tabs and the result can be found by role and name."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        write(page, _FEW)
        page.get_by_role("button", name="Run query").click()
        page.wait_for_selector(".yasr table td")
        page.wait_for_timeout(500)
        for role, name in (
            ("main", ""),
            ("textbox", "SPARQL query."),
            ("tablist", "Queries"),
            ("tab", "Query"),
            ("region", "Result"),
            ("combobox", "Named question"),
            ("combobox", "Rows on a page"),
            ("button", "Share query"),
        ):
            assert page.get_by_role(role, name=name).count() == 1, (role, name)  # type: ignore[arg-type]
        assert "60 results" in page.inner_text("[role=status].yasr_response_chip")


def test_an_unreadable_line_is_told(browser: Browser, address: str) -> None:
    """What the editor marks with a colour is also said."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        write(page, "SELECT *\nnonsense {}")
        page.wait_for_selector("text=The editor cannot read line 2.")
        write(page, "ASK {}")
        page.wait_for_selector("text=The editor cannot read line 2.", state="detached")


@pytest.mark.parametrize("query", [None, *_QUERIES.values()])
def test_no_page_is_wider_than_a_small_screen(
    browser: Browser, address: str, query: str | None
) -> None:
    """At 375 pixels the text of a page needs no scrolling to the side; tables scroll themselves."""
    asked = f"?{urlencode({'query': query})}" if query else ""
    with visit(browser, width=375) as seen:
        seen.page.goto(f"{address}/sparql{asked}")
        seen.page.wait_for_timeout(500)
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 375
