"""The pages in a real browser: the question asked, changed, understood; by mouse, keys and link."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.editor.test_accessible import barriers
from tests.editor.visits import visit

DESIGN = "injury=hamstring-strain&grade=2&day=3"
PAGES = [
    "/",
    f"/answer?{DESIGN}&screening=unknown",
    "/answer?injury=hamstring-strain",
    f"/answer?{DESIGN}&factor=fever",
    "/answer?injury=nonsense",
    f"/why?{DESIGN}&treatment=massage&proof=true",
    f"/compare?{DESIGN}&other-grade=1&other-day=8",
    "/browse/treatments",
    "/browse/rules?level=absolute&topic=massage",
    "/browse/sources",
    "/search?q=knee",
    "/changes",
    "/browse/injuries",
    "/browse/factors",
    "/browse/rules",
    "/ontology",
    "/docs",
    "/HamstringStrain",
    "/Massage",
]
UNDERSTOOD = "#understood"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1440, 320])
def test_a_page_has_no_barriers_and_no_faults(
    browser: Browser, service: str, axe: str, path: str, width: int
) -> None:
    """Nothing keeps anybody out, nothing is logged, nobody else is asked; it fits its screen."""
    with visit(browser, width=width) as seen:
        seen.page.goto(f"{service}{path}")
        for each in seen.page.query_selector_all("details:not([open])")[:6]:
            each.evaluate("each => { each.open = true }")
        assert barriers(seen.page, axe) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert [f for f in seen.faults if "status of 400" not in f] == []
        assert seen.outside(service) == []
        assert seen.stopped() == []


def test_the_design_question_is_answered_from_end_to_end(browser: Browser, service: str) -> None:
    """It stands there at first; its verdict opens to rule, premises, window and source."""
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{service}/")
        expect(page.locator(UNDERSTOOD)).to_have_text(re.compile("grade 2, 72 to 96 hours"))
        page.click("#Massage > summary")
        card = page.locator("#Massage")
        expect(card).to_contain_text("may still be bleeding after two days")
        expect(card).to_contain_text("asked for: less than 168 hours")
        expect(card.locator(".sources").first).to_contain_text("project seed document")
        card.get_by_role("link", name="Why, why not, and what would change this").click()
        expect(page.locator("h1")).to_contain_text("relatively contraindicated")
        expect(page.locator("#why-not")).to_be_visible()


def test_a_change_is_answered_at_once(browser: Browser, service: str) -> None:
    """Without loading the page anew; the address follows, and going back brings the old answer."""
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{service}/answer?{DESIGN}")
        page.evaluate("window.stayed = true")
        page.get_by_role("radio", name="1", exact=True).check(force=True)
        expect(page.locator(UNDERSTOOD)).to_have_text(re.compile("grade 1"))
        assert "grade=1" in page.url
        page.fill("[name=day]", "8")
        page.press("[name=day]", "Tab")
        expect(page.locator(UNDERSTOOD)).to_have_text(re.compile("192 to 216 hours"))
        assert page.evaluate("window.stayed")
        page.go_back()
        expect(page.locator(UNDERSTOOD)).to_have_text(re.compile("grade 1, 72 to 96 hours"))


def test_another_injury_is_found_by_typing(browser: Browser, service: str) -> None:
    """One without grades takes the grade out of the question."""
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{service}/answer?{DESIGN}")
        page.fill("#injury", "itbs")
        page.press("#injury", "Tab")
        expect(page.locator(UNDERSTOOD)).to_have_text(re.compile("Iliotibial band syndrome"))
        assert "grade" not in page.url


def test_an_open_question_is_answered_with_one_click(browser: Browser, service: str) -> None:
    """The verdict was open; the answer settles it."""
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{service}/answer?injury=hamstring-strain&day=3")
        group = page.locator("section[aria-labelledby=undetermined]")
        expect(group).to_be_visible()
        group.locator("details").first.click(position={"x": 20, "y": 20})
        group.get_by_role("link", name="grade 2").first.click()
        expect(page.locator(UNDERSTOOD)).to_have_text(re.compile("grade 2"))
        expect(page.locator("#relatively-contraindicated")).to_be_visible()


def test_a_factor_is_added_and_taken_back(browser: Browser, service: str) -> None:
    """By typing; it stands in the question as a chip."""
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{service}/answer?{DESIGN}")
        page.fill("#factor", "Fever")
        page.press("#factor", "Tab")
        chip = page.locator(".chip")
        expect(chip).to_contain_text("Fever: present")
        expect(page.locator("#contraindicated")).to_be_visible()
        chip.get_by_role("link").click()
        expect(page.locator(".chip")).to_have_count(0)


def test_all_is_done_with_the_keyboard(browser: Browser, service: str) -> None:
    """From the top of the page to the reason of a verdict, without a mouse."""
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{service}/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        _tab_to(page, "document.activeElement.id === 'injury'")
        page.keyboard.press("Control+A")
        page.keyboard.type("calf strain")
        page.keyboard.press("Enter")
        expect(page.locator(UNDERSTOOD)).to_have_text(re.compile("Calf strain"))
        _tab_to(page, "document.activeElement.matches('.card > summary')")
        page.keyboard.press("Enter")
        expect(page.locator(".card[open]")).to_have_count(1)
        _tab_to(page, "document.activeElement.matches('a.row')")
        page.keyboard.press("Enter")
        expect(page.locator("h1.verdict")).to_be_visible()


def _tab_to(page: Page, there: str) -> None:
    """Go on with Tab until something has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate(there):
            return
    raise AssertionError(there)


def test_the_core_works_without_scripts(browser: Browser, service: str) -> None:
    """Form, answer, reasons, an open question, the timeline and its table."""
    with visit(browser, scripts=False) as seen:
        page = seen.page
        page.goto(f"{service}/")
        page.fill("#injury", "Hamstring strain")
        page.get_by_role("radio", name="3", exact=True).check(force=True)
        page.fill("[name=day]", "1")
        page.click("button[type=submit]")
        expect(page.locator(UNDERSTOOD)).to_have_text(re.compile("grade 3, 24 to 48 hours"))
        page.click("section[aria-labelledby=contraindicated] .card > summary >> nth=0")
        expect(page.locator(".card[open] .rationale").first).to_be_visible()
        page.click(".as-table > summary")
        expect(page.locator(".as-table table")).to_be_visible()
        expect(page.locator(".bars").first).to_be_visible()


def test_a_permalink_shows_the_same(browser: Browser, service: str) -> None:
    """To another visitor."""
    with visit(browser) as first, visit(browser) as second:
        first.page.goto(f"{service}/answer?{DESIGN}&factor=fever")
        link = first.page.get_by_role("link", name="Link to this page").get_attribute("href")
        second.page.goto(f"{service}{link}")
        texts = [seen.page.inner_text("#answer") for seen in (first, second)]
        assert texts[0] == texts[1]


def test_a_later_change_overtakes_an_earlier_one(browser: Browser, service: str) -> None:
    """However the answers arrive, the last question's is shown."""
    with visit(browser) as seen:
        page = seen.page
        page.goto(f"{service}/answer?{DESIGN}")
        for grade in ("1", "3", "1", "3"):
            page.get_by_role("radio", name=grade, exact=True).check(force=True)
        expect(page.locator(UNDERSTOOD)).to_have_text(re.compile("grade 3"))
        page.wait_for_timeout(500)
        expect(page.locator(UNDERSTOOD)).to_have_text(re.compile("grade 3"))


def test_on_paper_the_answer_stands_without_the_form(browser: Browser, service: str) -> None:
    """What can only be clicked is left out; verdicts and timeline stay."""
    with visit(browser) as seen:
        seen.page.emulate_media(media="print")
        seen.page.goto(f"{service}/")
        expect(seen.page.locator("#question")).to_be_hidden()
        expect(seen.page.locator("nav")).to_be_hidden()
        expect(seen.page.locator(".chart")).to_be_visible()
        expect(seen.page.locator("#relatively-contraindicated")).to_be_visible()
