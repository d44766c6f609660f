"""The limits of results hold for a server elsewhere, which has no idea of them."""

import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from tests.sparql.asking import get, problem, rows
from tests.store.oxigraph import oxigraph
from tests.store.services import service
from tests.web.wire import free_port, until

from primum.use_cases.service import Primum
from primum.use_cases.sparql.exchange import MOST_ROWS
from primum.use_cases.sparql.lexer import texts
from primum.use_cases.store.sendable import MOST_NESTING, MOST_TOKENS, sendable

pytestmark = pytest.mark.alone

MANY = "SELECT ?s ?x { ?s ?p ?o VALUES ?x { 1 2 3 4 } }"
WIDE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
FOR_EVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

HEAVY = {
    "brackets": ("SELECT * ", "{", "}", ""),
    "conditions": ("SELECT (", "IF(1,", ",1)", " AS ?x) {}"),
    "negations": ("SELECT (", "!", "", "1 AS ?x) {}"),
    "sums": ("SELECT (1", "+1", "", " AS ?x) {}"),
    "alternatives": ("SELECT (1", "||1", "", " AS ?x) {}"),
    "optional parts": ("SELECT * {", "OPTIONAL {?a ?b ?c}", "", "}"),
    "parts taken away": ("SELECT * {?a ?b ?c ", "MINUS {?a ?b ?c}", "", "}"),
    "unions": ("SELECT * {{}", "UNION {}", "", "}"),
    "parts in parts": ("SELECT * ", "{SELECT * {?a ?b ?c} ", "}", ""),
    "conditions on conditions": ("SELECT * {", "FILTER EXISTS {", "}", "}"),
    "lists": ("SELECT * {?a ?b (", "1 ", "", ")}"),
    "lists in lists": ("SELECT * {?a ?b ", "(", ")", "}"),
    "nodes in nodes": ("SELECT * {?a ?b ", "[?b ", "]", "}"),
    "paths": ("SELECT * {?a <urn:p>", "/<urn:p>", "", " ?b}"),
    "paths in paths": ("SELECT * {?a ", "(<urn:p>/", ")*", " ?b}"),
    "patterns": ("SELECT * {", "?a ?b ?c.", "", "}"),
}


@pytest.fixture(scope="module")
def hurried(primum: Primum) -> Iterator[FlaskClient]:
    """A client of a service with a second for each query, on a server that nobody else asks."""
    with oxigraph(free_port()) as server:
        server.load(primum.release)
        with service(primum, PRIMUM_STORE=server.url, PRIMUM_CAGE_SECONDS="1") as client:
            yield client


@pytest.mark.parametrize("seconds", [None, "0.5", "30"])
def test_a_query_that_takes_too_long_is_left(hurried: FlaskClient, seconds: str | None) -> None:
    """At the limit of the service, or that of the caller where it is lower."""
    start = time.monotonic()
    more = {"timeout": seconds} if seconds else {}
    response = get(hurried, FOR_EVER, **more)
    limit = min(1.0, float(seconds or 1))
    assert problem(response, 503, "query-timeout")["detail"].endswith(
        f"{limit:g} seconds, its limit."
    )
    assert response.headers["Retry-After"] == "1"
    assert limit <= time.monotonic() - start < limit + 15


def test_others_are_answered_while_one_takes_too_long(hurried: FlaskClient) -> None:
    """The server is looked at again, found fit, and asked."""
    problem(get(hurried, FOR_EVER, timeout="0.2"), 503, "query-timeout")
    assert rows(get(hurried, "SELECT (1 AS ?n) { ?s ?p ?o } LIMIT 1")) == [("1",)]


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("query", [MANY, WIDE])
def test_a_result_that_is_too_large_is_refused(
    elsewhere: FlaskClient, query: str, form: str
) -> None:
    """Of too many rows, or too many bytes; nothing of it is sent."""
    detail = problem(get(elsewhere, query, format=form), 503, "result-too-large")["detail"]
    assert "stream=true" in detail


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf"])
def test_a_graph_that_is_too_large_is_refused(elsewhere: FlaskClient, form: str) -> None:
    """Of too many triples."""
    query = "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"
    detail = problem(get(elsewhere, query, format=form), 503, "result-too-large")["detail"]
    assert detail.startswith(f"The result has more than {MOST_ROWS} triples.")


@pytest.mark.parametrize("form", ["csv", "tsv", "json"])
def test_a_stream_may_be_larger(elsewhere: FlaskClient, form: str) -> None:
    """It is passed on while it arrives."""
    ((triples,),) = rows(get(elsewhere, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    response = get(elsewhere, MANY, format=form, stream="true")
    assert response.status_code == 200
    found = response.data.count(b'"s":{') if form == "json" else response.data.count(b"\n") - 1
    assert found == 4 * int(triples or 0) > MOST_ROWS


def test_a_stream_takes_no_longer_than_it_may(elsewhere: FlaskClient) -> None:
    """The caller's limit holds for it too; it has no proper end then."""
    start = time.monotonic()
    response = get(elsewhere, WIDE, format="csv", stream="true", timeout="3")
    assert response.status_code == 200
    with pytest.raises(Exception, match="stopped after 3 seconds"):
        response.get_data()
    assert time.monotonic() - start < 20


@pytest.mark.parametrize("shape", HEAVY)
def test_no_query_that_is_sent_ends_the_server(hurried: FlaskClient, shape: str) -> None:
    """As long and as deep as it may be, in ways that end one when longer or deeper."""
    before, again, after, end = HEAVY[shape]
    length = (MOST_TOKENS - len(texts(before + end))) // len(texts(again + after))
    depth = (MOST_NESTING - 2) // max(again.count("{") + again.count("("), 1)
    times = min(length, depth) if after else length
    query = f"{before}{again * times}{after * times}{end}"
    assert sendable(query)
    response = get(hurried, query, timeout="0.3")
    assert response.status_code in (200, 400, 503)
    assert "store-unreachable" not in response.text
    until(lambda: get(hurried, "SELECT * { ?s ?p 7 } # " + shape).status_code == 200)
