"""What callers and data say stays text: in pages, in problem documents and in the log."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest
from tests.hostile.service import Service, running
from tests.hostile.sound import kind
from tests.web.wire import Reply

pytestmark = pytest.mark.slow
MARK: Final = "zq7mark"
SCRIPT: Final = f"</textarea></script><script>alert('{MARK}')</script><img src=x onerror={MARK}()>"
_LEADING: Final = ("/", "#", "http://", "https://", "data:,")
_DATA: Final = f"""
<urn:a> <urn:label> "{SCRIPT}" .
<urn:a> <urn:label> "{SCRIPT}"@en .
<urn:b> <urn:link> <javascript:alert(1)> .
<urn:b> <urn:link> <data:text/html,%3Cscript%3E> .
<urn:b> <urn:link> <http://a.example/'onmouseover='alert(1)> .
<http://a.example/"> <urn:link> <urn:c> .
"""


class Page(HTMLParser):
    """A page as a browser reads it: what it would run, where it leads, what its fields hold."""

    def __init__(self, reply: Reply) -> None:
        """Read an answer."""
        super().__init__()
        self.runs: list[str] = []
        self.links: list[str] = []
        self.fields: list[str] = []
        self._inside = ""
        self.feed(reply.body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element runs or leads to."""
        self._inside = tag
        if tag == "textarea":
            self.fields.append("")
        for name, value in attrs:
            if name.startswith("on") or (tag == "script" and name == "src"):
                self.runs.append(f"{name}={value}")
            if name in ("href", "src", "action"):
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        del tag
        self._inside = ""

    def handle_data(self, data: str) -> None:
        """Note a script, and what a text field holds."""
        if self._inside == "script":
            self.runs.append(data)
        if self._inside == "textarea":
            self.fields[-1] += data


def page(service: Service, path: str) -> Page:
    """A page that nothing but scripts of its own origin can run in."""
    reply = service.ask(path, headers={"Accept": "text/html"})
    kind(reply)
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    found = Page(reply)
    assert all(run.startswith("src=/sparql/assets/") for run in found.runs), found.runs
    assert all(link.startswith(_LEADING) for link in found.links), found.links
    return found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service over a file whose terms are hostile."""
    folder: Path = tmp_path_factory.mktemp("data")
    path = folder / "hostile.nt"
    path.write_text("".join(line for line in _DATA.splitlines(keepends=True) if '/">' not in line))
    with running(folder / "log.jsonl", "--dataset", str(path)) as found:
        yield found


@pytest.mark.parametrize(
    "query",
    [SCRIPT, f"SELECT * {{ ?s ?p '{SCRIPT}' }}", f"ASK {{}} # {SCRIPT}", f"ASK {{}}{SCRIPT}"],
)
def test_a_query_on_a_page_is_the_text_of_a_field(query: str, service: Service) -> None:
    """Whether it is answered or wrong."""
    found = page(service, f"/sparql?query={quote(query)}&format=html")
    assert found.fields[0].removeprefix("\n") == query


def test_the_terms_of_a_dataset_on_a_page_are_text(file: Service) -> None:
    """And no link leads to what would run."""
    for query in (
        "SELECT * { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }",
        "DESCRIBE ?s {?s ?p ?o}",
    ):
        found = page(file, f"/sparql?query={quote(query)}&format=html")
        assert found.fields
    reply = file.ask(f"/sparql?query={quote('SELECT * { ?s ?p ?o }')}&format=html")
    assert MARK in reply.body.decode()


def test_relative_names_are_those_of_the_host_that_was_asked(file: Service) -> None:
    """A result that is kept for one host is no answer for another."""
    path = f"/sparql?format=csv&query={quote('SELECT * { VALUES ?x { <x> } }')}"
    for host in ("one.example", "two.example", "one.example", "two.example"):
        reply = file.ask(path, headers={"Host": host})
        assert reply.body.decode() == f"x\r\nhttp://{host}/x\r\n"


def test_a_value_of_a_named_question_on_a_page_is_text(service: Service) -> None:
    """The page shows the query with the value in it."""
    found = page(service, f"/v1/queries/find-term.html?text={quote(SCRIPT)}")
    assert any(MARK in field for field in found.fields)


@pytest.mark.parametrize("path", ["/", "/docs/problems/", "/v1/queries/", "/ontology?", "/rules/"])
def test_what_is_not_there_is_told_as_json(path: str, service: Service) -> None:
    """A browser that does not guess runs nothing in it."""
    reply = service.ask(path + quote(SCRIPT, safe=""), headers={"Accept": "text/html, */*;q=0.1"})
    assert kind(reply)
    assert reply.headers["content-type"] == "application/problem+json"


def test_the_log_tells_nothing_that_callers_wrote(service: Service) -> None:
    """Each line is a JSON object of ours; line breaks begin no line, and no fault is logged."""
    forged = f'{MARK}\n{{"level": "error", "injected": "{MARK}"}}\n'
    for text in (forged, forged.replace("\n", "\r"), f"\x00{MARK}\u2028"):
        service.query_by_get(f"ASK {{}} # {text}")
        service.query_by_get(f"{text} {{")
        service.query_by_form(text)
        service.ask(f"/{quote(text, safe='')}")
        service.ask(f"/v1/queries/rules?{quote(text, safe='')}=1")
    for name in ("X-Request-ID", "User-Agent", "Accept", "Referer"):
        service.ask("/healthz", headers={name: f"{MARK}|{MARK}"})
    body = f'{{"id": "{MARK}", "injury": {{"type": "{MARK}"}}}}'.encode()
    for path in ("/v1/assessments", "/v1/validations", f"/{MARK}"):
        headers = {"Content-Type": "application/json"}
        service.ask(path, method="POST", body=body, headers=headers)
    lines = service.log_lines()
    assert len(lines) > 20
    assert not [line for line in lines if "injected" in line or line["level"] == "error"]
    assert MARK not in service.log.read_text()
