"""The parts about HTTP, against small servers that are right or wrong on purpose."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pyoxigraph as ox
import pytest
from tests.conformance import description, protocol
from tests.conformance.endpoint import Endpoint
from tests.conformance.small import write_suite
from tests.conformance.suite import PUBLISHED, Suite

Said = tuple[int, str, bytes]
Says = Callable[[BaseHTTPRequestHandler, bytes], Said]
TRUE = b'{"head": {}, "boolean": true}'
JSON = "application/sparql-results+json"
TURTLE = b"""@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
[] a sd:Service ; sd:endpoint <http://HOST/ask> ; sd:supportedLanguage sd:SPARQL11Query ."""


@contextmanager
def serving(says: Says) -> Iterator[Endpoint]:
    """A server that says what it is told to."""

    class Handler(BaseHTTPRequestHandler):
        """Answers every method alike."""

        def answer(self) -> None:
            """Read the request and answer."""
            length = int(self.headers.get("Content-Length", 0))
            status, name, body = says(self, self.rfile.read(length))
            self.send_response(status)
            self.send_header("Content-Type", name)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer  # noqa: N815 - the library's names

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield Endpoint(server.server_address[1], "/ask")
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """A small suite."""
    return Suite.of(write_suite(tmp_path_factory.mktemp("rdf-tests")))


def spoken(suite: Suite, says: Says) -> dict[str, str | None]:
    """Why the tests of the protocol fail against a server, by name."""
    with serving(says) as endpoint:
        return {each.name: each.reason for each in protocol.run("protocol", suite, endpoint)}


def told(suite: Suite, says: Says) -> dict[str, str | None]:
    """Why the tests of the service description fail against a server, by name."""
    with serving(says) as endpoint:
        return {each.name: each.reason for each in description.run("description", suite, endpoint)}


def right(request: BaseHTTPRequestHandler, _body: bytes) -> Said:
    """What the small suite expects."""
    bad = request.command == "POST"
    return (415, "text/plain", b"no") if bad else (200, f"{JSON}; charset=utf-8", TRUE)


def test_a_request_is_sent_to_the_letter(suite: Suite) -> None:
    """Path, header and encoding are those of the manifest; updates are not sent."""
    seen: dict[str, tuple[str, str | None, bytes]] = {}

    def says(request: BaseHTTPRequestHandler, body: bytes) -> Said:
        seen[request.command] = (request.path, request.headers["content-type"], body)
        return right(request, body)

    assert spoken(suite, says) == {"query_get": None, "bad_query": None}
    assert seen["GET"] == ("/ask?query=ASK", None, b"")
    assert ("/ask", "text/plain", "ASK {}".encode("utf-16")) == seen["POST"]


def test_the_graphs_of_the_tests_go_by_their_labels(suite: Suite) -> None:
    """The dataset of the protocol is what its tests name."""
    (source,) = protocol.data(suite)
    assert (source.graph, source.base) == ("urn:g", PUBLISHED + "protocol/data.nt")


@pytest.mark.parametrize(
    "said",
    [
        (500, JSON, TRUE),
        (400, JSON, TRUE),
        (200, JSON, TRUE.replace(b"true", b"false")),
        (200, JSON, b'{"head": {"vars": []}, "results": {"bindings": []}}'),
        (200, "application/sparql-results+xml", TRUE),
        (200, "text/html", TRUE),
    ],
)
def test_a_wrong_answer_fails(suite: Suite, said: Said) -> None:
    """Status, boolean, kind and format must all be right."""
    assert spoken(suite, lambda *_: said)["query_get"] is not None


@pytest.mark.parametrize("status", [200, 500])
def test_a_request_that_must_fail_and_does_not_is_caught(suite: Suite, status: int) -> None:
    """Neither success nor a fault of the server is a refusal."""
    assert spoken(suite, lambda *_: (status, JSON, TRUE))["bad_query"] is not None


def test_a_dropped_connection_fails(suite: Suite) -> None:
    """No answer is a reason, and not the end of the run."""
    with serving(right) as endpoint:
        pass
    reasons = [each.reason or "" for each in protocol.run("protocol", suite, endpoint)]
    assert all(reason.startswith("no answer") for reason in reasons)


def describing(turtle: bytes, *, only: str | None = None) -> Says:
    """A server with a description in the format that is asked for, or in one only."""

    def says(request: BaseHTTPRequestHandler, _body: bytes) -> Said:
        host = request.headers["Host"].encode()
        triples = ox.parse(turtle.replace(b"HOST", host), format=ox.RdfFormat.TURTLE)
        name = only or request.headers.get("Accept", "*/*").replace("*/*", "text/turtle")
        form = ox.RdfFormat.from_media_type(name)
        assert form is not None
        return 200, name, ox.serialize((quad.triple for quad in triples), format=form) or b""

    return says


def test_a_right_description_passes(suite: Suite) -> None:
    """It comes in each format, names its endpoint and keeps to the vocabulary."""
    assert [*told(suite, describing(TURTLE)).values()] == [None] * 3


def test_a_description_in_one_format_fails(suite: Suite) -> None:
    """Who asks for RDF/XML does not get Turtle."""
    faults = told(suite, describing(TURTLE, only="text/turtle"))
    assert [name for name, reason in faults.items() if reason] == ["returns-rdf"]


def test_a_description_of_another_endpoint_fails(suite: Suite) -> None:
    """The endpoint is the URL that the description was got from."""
    faults = told(suite, describing(TURTLE.replace(b"/ask", b"/sparql")))
    assert [name for name, reason in faults.items() if reason] == ["has-endpoint-triple"]


def test_a_description_against_the_vocabulary_fails(suite: Suite) -> None:
    """A property that there is not is told."""
    faults = told(suite, describing(TURTLE.replace(b"supportedLanguage", b"language")))
    assert {name: reason for name, reason in faults.items() if reason} == {
        "conforms-to-schema": "sd:language is no term of the vocabulary"
    }


def test_a_page_is_no_description(suite: Suite) -> None:
    """All three fail where no RDF comes."""
    assert None not in told(suite, lambda *_: (200, "text/html", b"<p>hello</p>")).values()
