"""Each real client is answered in a type that it reads, whatever way it says so."""

from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from tests.clients.asked import ASK, CONSTRUCT, SELECT
from tests.clients.sent import GRAPHS, LOOKS, ROWS, TRUTHS, Sent

CASES = [
    pytest.param(query, sent, id=f"{what}-{sent}")
    for what, query, table in (
        ("rows", SELECT, ROWS),
        ("truth", ASK, TRUTHS),
        ("graph", CONSTRUCT, GRAPHS),
        ("description", "", LOOKS),
    )
    for sent in table
]


def answered(
    endpoint: str, query: str, accept: str | None, method: str = "GET"
) -> tuple[str, bytes]:
    """The content type and the body of an answer that must be a good one."""
    address = f"{endpoint}?{urlencode({'query': query})}" if query else endpoint
    headers = {} if accept is None else {"Accept": accept}
    with urlopen(Request(address, headers=headers, method=method), timeout=30) as reply:  # noqa: S310 - a server of ours
        return reply.headers["Content-Type"], reply.read()


@pytest.mark.parametrize(("query", "sent"), CASES)
def test_a_client_gets_the_type_that_it_asks_for(endpoint: str, query: str, sent: Sent) -> None:
    """The header as the client sends it is answered with the type that it reads best."""
    kind, body = answered(endpoint, query, sent.accept)
    assert kind == sent.gets
    assert body


@pytest.mark.parametrize(("query", "sent"), CASES)
def test_head_tells_the_same_type(endpoint: str, query: str, sent: Sent) -> None:
    """And no body comes."""
    assert answered(endpoint, query, sent.accept, "HEAD") == (sent.gets, b"")


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (SELECT, "text/turtle"),
        (CONSTRUCT, "text/csv"),
        (ASK, "application/x-binary-rdf-results-table"),
    ],
)
def test_a_type_that_does_not_fit_is_refused(endpoint: str, query: str, accept: str) -> None:
    """A client that reads nothing else is told so with 406, not given what it cannot read."""
    with pytest.raises(HTTPError) as caught:
        answered(endpoint, query, accept)
    with caught.value as error:
        assert error.code == 406
        assert error.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("parameters", "kind"),
    [
        ("format=csv", "text/csv; charset=utf-8"),
        ("format=text/csv", "text/csv; charset=utf-8"),
        ("output=xml", "application/sparql-results+xml"),
        ("results=json", "application/sparql-results+json"),
        ("format=tsv&format=text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("format=json&output=json&results=json", "application/sparql-results+json"),
        ("format=&output=csv", "text/csv; charset=utf-8"),
    ],
)
def test_a_parameter_stands_for_the_header(endpoint: str, parameters: str, kind: str) -> None:
    """By the names that clients give it, more than once, as a short name or a media type."""
    address = f"{endpoint}?{parameters}&{urlencode({'query': SELECT})}"
    with urlopen(Request(address, headers={"Accept": "text/html"}), timeout=30) as reply:  # noqa: S310 - a server of ours
        assert reply.headers["Content-Type"] == kind
