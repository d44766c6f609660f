"""The plain form: a browser without scripts, or a service without YASGUI, asks all the same."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page
from tests.editor.app import Site
from tests.editor.visits import visit

_FEW = "SELECT ?kind WHERE { ?any a ?kind } ORDER BY ?kind LIMIT 3"
_HOSTILE = "</textarea><script>document.title='taken'</script><img src=x onerror=alert(1)>"


def asked(page: Page, address: str, query: str) -> None:
    """Ask a query with the form, as a person does."""
    page.goto(f"{address}/sparql")
    page.fill("#query", query)
    page.locator("form", has=page.locator("#query")).get_by_role("button", name="Run").click()


def test_without_scripts_a_query_is_asked_and_answered(browser: Browser, address: str) -> None:
    """The form shows what was found as a table, with the query to change and ask again."""
    with visit(browser, scripts=False) as seen:
        asked(seen.page, address, _FEW)
        assert seen.page.inner_text("#found-heading") == "3 rows"
        assert seen.page.locator("table th").all_inner_texts() == ["kind"]
        assert seen.page.locator("table tbody tr").count() == 3
        assert seen.page.input_value("#query") == _FEW
        assert "not a diagnosis" in seen.page.inner_text("footer")
        assert seen.outside(address) == []


def test_without_scripts_an_error_is_said_beside_the_query(browser: Browser, address: str) -> None:
    """A bad query is kept, and the page says what is wrong and points to the place."""
    query = "SELECT *\nWHERE { ?any far:away ?other }"
    with visit(browser, scripts=False) as seen:
        asked(seen.page, address, query)
        assert "the prefix far: is not declared" in seen.page.inner_text(".problem")
        line, mark = seen.page.inner_text(".problem pre").split("\n")
        assert (line, mark.index("^")) == ("WHERE { ?any far:away ?other }", 13)
        assert seen.page.input_value("#query") == query


def test_without_scripts_a_named_question_is_asked(
    browser: Browser, address: str, plain_site: Site
) -> None:
    """Each named question stands in the page with its words, and runs from there."""
    with visit(browser, scripts=False) as seen:
        seen.page.goto(f"{address}/sparql")
        assert len(plain_site.examples) == seen.page.locator("details.example").count()
        first = seen.page.locator("details.example").first
        first.locator("summary").click()
        assert plain_site.examples[0].question == first.locator(".question").inner_text()
        first.get_by_role("button", name="Run").click()
        assert seen.page.locator("table tbody tr").count() > 0
        assert plain_site.examples[0].text.strip() == seen.page.input_value("#query").strip()


def test_without_yasgui_the_form_serves(browser: Browser, plain_address: str) -> None:
    """Where YASGUI was not set up, the page has no script and the form does all."""
    with visit(browser) as seen:
        asked(seen.page, plain_address, "ASK {}")
        assert seen.page.inner_text(".answer") == "Yes"
        asked(seen.page, plain_address, "CONSTRUCT { <x:a> <x:b> 'c' } WHERE {}")
        assert '<x:a> <x:b> "c"' in seen.page.inner_text("pre")
        assert seen.page.locator("script").count() == 0
        assert seen.faults == []
        assert seen.stopped() == []


@pytest.mark.parametrize(
    "query",
    [_HOSTILE, f"ASK {{}} # {_HOSTILE}", f'SELECT ("{_HOSTILE}" AS ?told) {{}}'],
)
def test_what_a_caller_writes_stays_text(browser: Browser, address: str, query: str) -> None:
    """A query with markup in it is shown as it was written, in results and in errors."""
    with visit(browser) as seen:
        seen.page.goto(f"{address}/sparql?{urlencode({'query': query})}")
        assert query == seen.page.input_value("#query")
        assert "taken" not in seen.page.title()
        assert seen.page.locator("main script, main img").count() == 0
        assert seen.stopped() == []


def test_the_query_goes_from_the_results_to_the_editor(browser: Browser, address: str) -> None:
    """A link on the page of results opens the query in the editor and runs it there."""
    with visit(browser) as seen:
        seen.page.goto(f"{address}/sparql?{urlencode({'query': 'ASK { } # a + b & c'})}")
        seen.page.click("text=Open in the editor")
        seen.page.wait_for_selector(".booleanResult")
        assert "# a + b & c" in seen.page.inner_text(".tabPanel.active .CodeMirror-code")
