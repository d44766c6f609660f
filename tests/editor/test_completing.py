"""What the editor completes: prefixes, properties and terms, all of the dataset that is served."""

from playwright.sync_api import Browser, Page, expect
from tests.editor.app import Site
from tests.editor.visits import open_editor, visit, write

from primum.foundation.names import PREFIXES


def offered(page: Page) -> list[str]:
    """The completions that are offered once they are asked for."""
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".CodeMirror-hints li")
    return page.locator(".CodeMirror-hints li").all_inner_texts()


def some_term(site: Site) -> str:
    """The local name of a class of the dataset."""
    body, _ = site.ask(
        "PREFIX owl: <http://www.w3.org/2002/07/owl#> SELECT ?class { ?class a owl:Class "
        f"FILTER STRSTARTS(STR(?class), '{PREFIXES['primum']}') }} ORDER BY ?class LIMIT 1"
    )
    return body.decode().rpartition(PREFIXES["primum"])[2].partition('"')[0]


def test_a_term_is_completed_by_its_beginning(
    browser: Browser, address: str, plain_site: Site
) -> None:
    """After the first letters of a class, in any case, its name is offered first."""
    name = some_term(plain_site)
    with visit(browser) as seen:
        page = open_editor(seen, address)
        typed = f"primum:{name[:6].lower()}"
        write(page, f"PREFIX primum: <{PREFIXES['primum']}>\nSELECT * {{ ?any a {typed}")
        assert f"primum:{name}" == offered(page)[0]


def test_a_property_is_completed_where_one_stands(browser: Browser, address: str) -> None:
    """Where a property must stand, properties of the dataset are offered and nothing else."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        write(page, f"PREFIX rdfs: <{PREFIXES['rdfs']}>\nSELECT * {{ ?any rdfs:la")
        found = offered(page)
    assert found[0] == "rdfs:label"
    assert "rdfs:Class" not in found


def test_a_prefix_is_declared_when_it_is_used(browser: Browser, address: str) -> None:
    """Typing a prefix that the service knows declares it."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        write(page, "SELECT * { ?any a ")
        page.keyboard.type("skos:c")
        declared = f"PREFIX skos: <{PREFIXES['skos']}>"
        expect(page.locator(".tabPanel.active .CodeMirror-code")).to_contain_text(declared)


def test_terms_are_asked_for_once(browser: Browser, address: str) -> None:
    """Completing twice asks the service once."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        for _ in range(2):
            write(page, f"PREFIX rdfs: <{PREFIXES['rdfs']}>\nSELECT * {{ ?any rdfs:la")
            offered(page)
            page.keyboard.press("Escape")
    assert len([url for url in seen.asked if "query=" in url]) == 1
