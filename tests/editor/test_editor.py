"""YASGUI in a browser: it asks this service alone, and shows what is found and what is wrong."""

import json
from collections.abc import Sequence

from playwright.sync_api import Browser, expect
from tests.editor.app import Site
from tests.editor.visits import found, open_editor, run, visit, write

from primum.foundation.names import PREFIXES
from primum.web.editor.examples import Example

_FEW = "SELECT ?kind WHERE { ?any a ?kind } ORDER BY ?kind LIMIT 3"


def test_a_named_question_is_chosen_and_run(
    browser: Browser, address: str, plain_site: Site
) -> None:
    """Choosing a named question shows its words, opens it, and running it shows its rows."""
    chosen = next(each for each in plain_site.examples if each.name == "contraindications")
    rows = len(json.loads(plain_site.ask(chosen.text)[0])["results"]["bindings"])
    with visit(browser) as seen:
        page = open_editor(seen, address)
        page.select_option("#named", label=chosen.title)
        assert page.inner_text("#named-question") == chosen.question
        page.click(".named button")
        run(page)
        page.wait_for_selector(f"text={rows} results")
        assert page.locator(".tabPanel.active .yasr table tbody tr").count() == min(rows, 50)
        assert page.inner_text(".tab.active a > span") == chosen.title


def test_every_named_question_can_be_chosen(
    browser: Browser, address: str, examples: Sequence[Example]
) -> None:
    """The choice has each of them, by title."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        offered = page.locator("#named option").all_inner_texts()
    assert [each.title for each in examples] == offered


def test_a_file_is_asked_without_named_questions(browser: Browser, dataset_address: str) -> None:
    """`primum serve --dataset` has the same editor; the query it begins with finds something."""
    with visit(browser) as seen:
        page = open_editor(seen, dataset_address)
        assert page.locator("#named").count() == 0
        run(page)
        assert "only one" in found(page)
        assert seen.faults == []


def test_nothing_is_asked_of_another_origin(browser: Browser, address: str) -> None:
    """Opening, writing, completing, running, sharing: every request stays with the service."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        write(page, "PREFIX rdf")
        page.wait_for_timeout(300)
        page.keyboard.press("Escape")
        for begun in ("?any a primum:A", "?any rdfs:l"):
            write(page, f"PREFIX rdfs: <{PREFIXES['rdfs']}>\nSELECT * {{ {begun}")
            page.keyboard.press("Control+Space")
            page.wait_for_timeout(500)
            page.keyboard.press("Escape")
        write(page, _FEW)
        run(page)
        page.wait_for_selector(".yasr table td")
        page.click(".yasqe_share")
        page.wait_for_selector(".yasqe_sharePopup input")
        assert seen.outside(address) == []
        assert seen.stopped() == []
        assert len(seen.asked) > 10


def test_the_browser_finds_nothing_to_complain_of(browser: Browser, address: str) -> None:
    """No error is logged and the policy stops nothing, whatever is drawn or pointed at."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        write(page, _FEW)
        run(page)
        page.wait_for_selector(".yasr table td")
        grip = page.locator(".grip-handle .grip-resizable").first
        grip.hover(force=True)
        page.mouse.down()
        page.mouse.move(400, 400)
        page.mouse.up()
        write(page, "ASK {}")
        run(page)
        expect(page.locator(".booleanResult")).to_contain_text("True")
        page.click(".select_response")
        page.wait_for_selector(".yasr_results .CodeMirror")
        write(page, "SELECT nonsense WHERE {")
        page.hover(".parseErrorIcon")
        page.wait_for_selector(".yasqe_tooltip")
        run(page)
        page.wait_for_selector(".problem")
        assert seen.stopped() == []
        assert seen.faults == []


def test_the_policy_stops_what_is_not_of_the_page(browser: Browser, address: str) -> None:
    """A script or style written into the page, and a request elsewhere, are stopped and told."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        page.evaluate(
            """async () => {
              const script = document.createElement("script");
              script.textContent = "window.taken = true";
              document.body.append(script);
              const style = document.createElement("style");
              style.textContent = "body { display: none }";
              document.head.append(style);
              await fetch("http://127.0.0.1:1/").catch(() => {});
            }"""
        )
        assert page.evaluate("window.taken") is None
        told = " ".join(seen.stopped())
        assert "script-src-elem inline" in told
        assert "style-src-elem inline" in told
        assert "connect-src http://127.0.0.1:1/" in told


def test_an_error_is_said_in_words(browser: Browser, address: str) -> None:
    """What the service says of a bad query is shown, and a button goes to the place."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        write(page, "SELECT *\nWHERE { ?any far:away ?other }")
        run(page)
        told = found(page)
        assert "the prefix far: is not declared" in told
        assert "PREFIX primum: <https://w3id.org/primum/>" in told
        page.click("text=Go to line 2, column 14")
        place = page.evaluate(
            "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getCursor()"
        )
        assert (place["line"], place["ch"]) == (1, 13)
        page.click("text=What this kind of error means")
        page.wait_for_url("**/docs/problems/invalid-query")


def test_a_service_that_is_gone_is_said_in_words(browser: Browser, address: str) -> None:
    """Where no answer comes, the page says so."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        page.context.set_offline(True)
        write(page, "ASK {}")
        run(page)
        assert "The service gave no answer that can be read" in found(page)


def test_a_graph_is_shown_as_a_table_of_its_statements(browser: Browser, address: str) -> None:
    """CONSTRUCT is asked for as Turtle and shown by subject, predicate and object."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        write(page, "CONSTRUCT { <x:a> <x:b> 'c' } WHERE {}")
        run(page)
        page.wait_for_selector(".yasr table td")
        heads = page.locator(".yasr table th").all_inner_texts()
    assert [head.strip() for head in heads][1:] == ["subject", "predicate", "object"]


def test_a_link_from_elsewhere_cannot_redirect_a_query(browser: Browser, address: str) -> None:
    """A link opens and runs its query here, with neither the endpoint nor the headers it names."""
    link = "#query=ASK%20%7B%7D&endpoint=http%3A%2F%2F127.0.0.1%3A1%2F&headers=%7B%22X%22%3A1%7D"
    with visit(browser) as seen:
        seen.page.goto(f"{address}/sparql{link}")
        expect(seen.page.locator(".booleanResult")).to_contain_text("True")
        assert seen.outside(address) == []
        assert seen.faults == []


def test_an_endpoint_that_the_browser_keeps_is_not_asked(browser: Browser, address: str) -> None:
    """What an earlier visit left as the endpoint of a tab is set right when the page opens."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        page.evaluate(
            """() => {
              const kept = JSON.parse(localStorage.getItem("primum_config"));
              for (const tab of Object.values(kept.val.tabConfig))
                tab.requestConfig.endpoint = "http://127.0.0.1:1/";
              localStorage.setItem("primum_config", JSON.stringify(kept));
            }"""
        )
        open_editor(seen, address)
        write(page, "ASK {}")
        run(page)
        expect(page.locator(".booleanResult")).to_contain_text("True")
        assert seen.outside(address) == []


def test_the_browser_keeps_queries_and_no_results(browser: Browser, address: str) -> None:
    """After a reload the query is there; what it found was never written down."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        write(page, "SELECT ('kept query' AS ?a) (CONCAT('not', ' kept') AS ?b) {}")
        run(page)
        page.wait_for_selector("text=not kept")
        assert "not kept" not in page.evaluate("JSON.stringify(localStorage)")
        open_editor(seen, address)
        assert "kept query" in page.inner_text(".tabPanel.active .CodeMirror-code")


def test_editor_and_form_hand_the_query_over(browser: Browser, address: str) -> None:
    """The form takes over what was written in the editor, and the editor what was in the form."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        expect(page.locator("#plain")).to_be_hidden()
        write(page, "ASK { ?a ?b 1 }")
        page.click("text=Use a plain form")
        assert page.input_value("#query") == "ASK { ?a ?b 1 }"
        page.fill("#query", "ASK { ?a ?b 2 }")
        page.click("text=Use the editor")
        assert "ASK { ?a ?b 2 }" in page.inner_text(".tabPanel.active .CodeMirror-code")


def test_queries_are_opened_and_closed_with_buttons(browser: Browser, address: str) -> None:
    """A query can be added and closed without a mouse; the last one leaves an empty one."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        page.click("text=New query")
        assert page.locator(".tab[role=presentation]").count() == 2
        page.click("text=Close this query")
        page.click("text=Close this query")
        assert page.locator(".tab[role=presentation]").count() == 1
        assert "?subject ?predicate ?object" in page.inner_text(".tabPanel.active .CodeMirror-code")


def test_a_term_leads_to_its_page_here(browser: Browser, address: str) -> None:
    """In a table, terms of the knowledge are links to the pages of this service."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        write(page, "SELECT (<https://w3id.org/primum/Condition> AS ?term) {}")
        run(page)
        page.wait_for_selector('.yasr td a[href="/Condition"]')
        page.goto(f"{address}/sparql?query=SELECT(primum%3ACondition%20AS%20%3Fterm)%7B%7D")
        assert "prefix primum: is not declared" in page.inner_text("main")


def test_what_was_not_asked_is_not_fetched(browser: Browser, address: str) -> None:
    """Opening the page asks no query; terms are asked for when they are first completed."""
    with visit(browser) as seen:
        page = open_editor(seen, address)
        page.wait_for_timeout(500)
    assert not [url for url in seen.asked if "query=" in url]
    assert not any(seen.sent)
