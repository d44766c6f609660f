"""A visit of a browser to a page, and all that went on behind it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from tests.conftest import PATIENCE

_REFUSED: Final = re.compile(r"Failed to load resource: .* status of 4\d\d")
_EDITOR: Final = "document.querySelector('.tabPanel.active .CodeMirror').CodeMirror"
# The browser tells the page itself of what the policy stopped.
_TOLD: Final = """
window.stopped = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.stopped.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


@dataclass  # without slots: the driver keeps something of its own in it
class Visit:
    """A page that is looked at; `asked` are the addresses it asked for, `faults` what it logged."""

    page: Page
    asked: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note what happens from now on."""
        self.page.on("request", self._request)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.add_init_script(_TOLD)

    def outside(self, address: str) -> list[str]:
        """What was asked of other origins."""
        return [url for url in self.asked if not url.startswith((f"{address}/", "data:", "blob:"))]

    def stopped(self) -> Any:
        """What the policy of the page stopped."""
        return self.page.evaluate("window.stopped")

    def _request(self, request: Request) -> None:
        """Note a request."""
        self.asked.append(request.url)
        self.sent.append(request.post_data or "")

    def _console(self, message: ConsoleMessage) -> None:
        """Note an error that was logged; that a query was refused is none of the page."""
        if message.type in ("error", "warning") and not _REFUSED.match(message.text):
            self.faults.append(message.text)


@contextmanager
def visit(browser: Browser, *, scripts: bool = True, width: int = 1280) -> Iterator[Visit]:
    """A page of a new visitor, of whom the browser keeps nothing yet."""
    viewport = {"width": width, "height": 900}
    context = browser.new_context(java_script_enabled=scripts, viewport=viewport)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    seen = Visit(context.new_page())
    seen.watch()
    try:
        yield seen
    finally:
        context.close()


def open_editor(seen: Visit, address: str) -> Page:
    """Go to the editor, and wait for it."""
    seen.page.goto(f"{address}/sparql")
    seen.page.wait_for_selector(".CodeMirror")
    return seen.page


def write(page: Page, query: str) -> None:
    """Put a query in the place of the one that is open, with the cursor at its end."""
    page.click(".tabPanel.active .yasqe .CodeMirror-code")
    page.evaluate(f"query => {{ {_EDITOR}.setValue(query); {_EDITOR}.setCursor(1e6); }}", query)


def written(page: Page) -> str:
    """The query that is open."""
    text: str = page.evaluate(f"{_EDITOR}.getValue()")
    return text


def run(page: Page) -> None:
    """Run the query that is open."""
    page.click(".tabPanel.active .yasqe_queryButton")


def found(page: Page) -> str:
    """What the open query found, once something was."""
    return page.inner_text(".tabPanel.active .yasr_results > *")
