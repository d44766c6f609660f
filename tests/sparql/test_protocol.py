"""`/sparql` by the SPARQL 1.1 Protocol: how it is asked, and what every mistake is told."""

import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from tests.sparql.asking import DIRECT, FORM, get, graph, problem, rows

from primum.foundation.names import BASE, Graph, Kind

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ASK = "ASK {}"


def count_of(client: FlaskClient, **more: str) -> int:
    """How many triples the default graph has."""
    ((number,),) = rows(get(client, COUNT, **more))
    return int(number or 0)


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_a_query_may_come_in_three_ways(client: FlaskClient, path: str) -> None:
    """In the query string, in a form, and as the body; with and without a slash at the end."""
    answers = (
        client.get(path, query_string={"query": ASK}),
        client.post(path, data={"query": ASK}),
        client.post(path, data=ASK, content_type=DIRECT),
        client.post(path, data=ASK, content_type=f"{DIRECT}; charset=UTF-8"),
    )
    for answer in answers:
        assert answer.status_code == 200, answer.text
        assert answer.get_json(force=True) == {"head": {}, "boolean": True}


def test_parameters_of_a_post_may_stand_in_the_address_too(client: FlaskClient) -> None:
    """The dataset of a query that is sent as a body can stand nowhere else."""
    path = f"/sparql?default-graph-uri={quote(Graph.RULES)}"
    expected = count_of(client, default_graph_uri=Graph.RULES)
    assert expected > 0
    for answer in (
        client.post(path, data=COUNT, content_type=DIRECT),
        client.post(path, data={"query": COUNT}),
        client.post("/sparql", data={"query": COUNT, "default-graph-uri": Graph.RULES}),
    ):
        assert rows(answer) == [(str(expected),)]


def test_the_default_graph_is_the_union_of_the_named_ones_once(client: FlaskClient) -> None:
    """A statement that stands in two graphs is one statement of their union."""
    union = "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } }"
    ((expected,),) = rows(get(client, union))
    ((every,),) = rows(get(client, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"))
    assert int(every or 0) > int(expected or 0)
    assert str(count_of(client)) == expected


def test_the_protocol_chooses_the_dataset_before_the_query_does(client: FlaskClient) -> None:
    """Section 2.1.4: graphs of the request take the place of FROM."""
    rules = count_of(client, default_graph_uri=Graph.RULES)
    asked = f"SELECT (COUNT(*) AS ?n) FROM <{Graph.MAPPINGS}> {{ ?s ?p ?o }}"
    mapped = int(rows(get(client, asked))[0][0] or 0)
    assert rules != mapped > 0
    assert rows(get(client, asked, default_graph_uri=Graph.RULES)) == [(str(rules),)]


def test_a_request_that_names_graphs_has_no_others(client: FlaskClient) -> None:
    """Named ones alone leave the default graph empty, and the other way round."""
    assert count_of(client, named_graph_uri=Graph.RULES) == 0
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert rows(get(client, graphs, default_graph_uri=Graph.RULES)) == []
    assert rows(get(client, graphs, named_graph_uri=Graph.RULES)) == [(Graph.RULES,)]


def test_several_default_graphs_are_merged(client: FlaskClient) -> None:
    """What stands in two of them is counted once, whether FROM or the request names them."""
    both = [Graph.ASSERTED, Graph.INFERRED]
    union = f"""SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?p ?o {{
        VALUES ?g {{ {" ".join(f"<{each}>" for each in both)} }} GRAPH ?g {{ ?s ?p ?o }} }} }}"""
    expected = rows(get(client, union))
    clauses = " ".join(f"FROM <{each}>" for each in both)
    assert rows(get(client, COUNT.replace("{", f"{clauses} {{", 1))) == expected
    asked = client.get("/sparql", query_string={"query": COUNT, "default-graph-uri": both})
    assert rows(asked) == expected


@pytest.mark.parametrize("graph_iri", ["file:///etc/passwd", "http://127.0.0.1:9/x", "urn:none"])
def test_a_graph_that_is_not_there_is_empty_and_is_not_fetched(
    client: FlaskClient, graph_iri: str
) -> None:
    """By FROM as by the request."""
    assert count_of(client, default_graph_uri=graph_iri) == 0
    assert rows(get(client, f"SELECT * FROM <{graph_iri}> {{ ?s ?p ?o }}")) == []


def test_relative_iris_are_those_of_the_knowledge(client: FlaskClient) -> None:
    """`<Condition>` is a term of Primum."""
    found = get(client, "SELECT (<Condition> AS ?iri) {}")
    assert rows(found) == [(Kind.INJURY,)]
    assert Kind.INJURY.startswith(BASE)


def test_head_has_the_headers_of_get(client: FlaskClient) -> None:
    """And no body."""
    asked = {"query": ASK}
    full, bare = (call("/sparql", query_string=asked) for call in (client.get, client.head))
    assert (bare.status_code, bare.data) == (200, b"")
    assert bare.content_type == full.content_type
    assert bare.headers["ETag"] == full.headers["ETag"]


@pytest.mark.parametrize(
    ("data", "content_type", "status", "kind"),
    [
        (b"ASK {}", "text/plain", 415, "unsupported-media-type"),
        (b"ASK {}", "", 415, "unsupported-media-type"),
        (b"ASK {}", f"{DIRECT}; charset=UTF-16", 415, "unsupported-media-type"),
        ("ASK {}".encode("utf-16"), DIRECT, 400, "unreadable-body"),
        (b"ASK { ?s ?p '\xff' }", DIRECT, 400, "unreadable-body"),
        (b"query=%FF", FORM, 400, "invalid-value"),
        (b"", DIRECT, 400, "unreadable-body"),
        (b"timeout=2", FORM, 400, "invalid-value"),
        (b"query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400, "invalid-value"),
        (b"query=ASK%7B%7D&timeout=-1", FORM, 400, "invalid-value"),
        (b"query=ASK%7B%7D&timeout=soon", FORM, 400, "invalid-value"),
        (b"query=ASK%7B%7D&stream=maybe", FORM, 400, "invalid-value"),
        (b"query=ASK%7B%7D&format=turtle", FORM, 400, "invalid-value"),
        (b"query=ASK%7B%7D&format=docx", FORM, 400, "invalid-value"),
        (b"query=" + b"x" * 1_000_000, FORM, 413, "request-entity-too-large"),
        (b"query=ASK{}%23" + b"x" * 64_000, FORM, 413, "query-too-complex"),
        (b"query=ASK" + b"%7B" * 500, FORM, 413, "query-too-complex"),
        (b"query=ASK%7B%7B%7D%7B%7D" * 1, FORM, 400, "invalid-query"),
        (b"query=INSERT%20DATA%20%7B%7D", FORM, 403, "update-refused"),
        (b"update=CLEAR%20ALL", FORM, 403, "update-refused"),
        (b"CLEAR ALL", "application/sparql-update", 403, "update-refused"),
        (b"query=ASK%7BSERVICE%3Curn:x%3E%7B%7D%7D", FORM, 403, "service-refused"),
    ],
)
def test_a_request_that_cannot_be_answered_is_told_why(
    client: FlaskClient, data: bytes, content_type: str, status: int, kind: str
) -> None:
    """Each mistake has its status and its kind of problem."""
    problem(client.post("/sparql", data=data, content_type=content_type), status, kind)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_a_405_that_says_which_there_are(
    client: FlaskClient, method: str
) -> None:
    """A query is asked by GET or POST."""
    answer = client.open("/sparql", method=method, query_string={"query": ASK})
    problem(answer, 405, "method-not-allowed")
    assert {"GET", "HEAD", "POST"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("name", ["update", "using-graph-uri"])
def test_an_update_by_get_is_refused(client: FlaskClient, name: str) -> None:
    """It is no query, whatever else the request has."""
    answer = client.get("/sparql", query_string={name: "CLEAR ALL", "query": ASK})
    problem(answer, 403, "update-refused")


def test_a_mistake_is_told_with_its_place_and_what_may_stand_there(client: FlaskClient) -> None:
    """Line and column count from 1."""
    found = problem(get(client, "SELECT *\nWHERE { ?s ?p }"), 400, "invalid-query")
    (error,) = found["errors"]
    assert (error["parameter"], error["line"], error["column"]) == ("query", 2, 15)
    assert error["found"] == "}"
    assert "a variable" in error["allowed"]
    assert found["detail"].startswith("Line 2, column 15: `}` cannot stand here")


def test_a_prefix_that_is_missing_is_named_with_what_to_write(client: FlaskClient) -> None:
    """The known ones are listed."""
    found = problem(get(client, "SELECT * { ?s skos:notation ?o }"), 400, "invalid-query")
    (error,) = found["errors"]
    declared = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
    assert (error["line"], error["column"]) == (1, 15)
    assert f"Write `{declared}` before the query." in found["detail"]
    assert declared in error["allowed"]
    assert len(error["allowed"]) > 3


def test_a_query_is_stopped_when_the_time_is_up_that_its_caller_gave(client: FlaskClient) -> None:
    """`timeout` lowers the limit; the problem says when to try again."""
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    answer = get(client, endless, timeout="0.2")
    found = problem(answer, 503, "query-timeout")
    assert "0.2 seconds" in found["detail"]
    assert answer.headers["Retry-After"] == "1"
    assert rows(get(client, "SELECT (1 AS ?x) {}")) == [("1",)]


def test_a_result_that_is_too_large_is_an_error_and_not_a_part(client: FlaskClient) -> None:
    """The same result is streamed to who asks for that."""
    large = "SELECT (1 AS ?x) { ?a ?b ?c . ?d ?e ?f } LIMIT 100001"
    problem(get(client, large, format="csv"), 503, "result-too-large")
    streamed = get(client, large, format="csv", stream="true")
    assert streamed.status_code == 200
    assert len(streamed.data.splitlines()) == 100_002


def test_a_mistake_in_a_streamed_query_is_told_before_anything_is_sent(
    client: FlaskClient,
) -> None:
    """Its status is that of the same query asked at once."""
    problem(get(client, "SELECT * { ?s ?p }", stream="true"), 400, "invalid-query")


def test_what_a_caller_has_is_confirmed(client: FlaskClient) -> None:
    """A query of the same letters over the same knowledge has the same tag."""
    first = get(client, COUNT)
    again = client.get(
        "/sparql", query_string={"query": COUNT}, headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
    assert get(client, COUNT, format="csv").headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("call", ["NOW()", "rand()", "UUID()", "STRUUID()"])
def test_what_is_another_each_time_has_no_tag_and_is_not_kept(
    client: FlaskClient, call: str
) -> None:
    """Even by who sends the tag of anything."""
    query = f"SELECT ({call} AS ?x) {{}}"
    first, second = get(client, query), get(client, query)
    assert rows(first) != rows(second)
    assert "ETag" not in first.headers
    assert first.headers["Cache-Control"] == "no-store"


def test_pages_of_any_origin_may_ask_in_both_ways(client: FlaskClient) -> None:
    """A query changes nothing, so hosted editors may post it."""
    preflight = client.options(
        "/sparql", headers={"Origin": "https://e.org", "Access-Control-Request-Method": "POST"}
    )
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST"
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    posted = client.post("/sparql", data={"query": ASK}, headers={"Origin": "https://e.org"})
    assert posted.headers["Access-Control-Allow-Origin"] == "*"


def test_parameters_of_other_services_are_passed_over(client: FlaskClient) -> None:
    """Clients send them to every endpoint alike."""
    answer = get(client, ASK, debug="on", should_sponge="")
    assert json.loads(answer.data)["boolean"] is True


def test_a_graph_that_is_constructed_holds_what_the_pattern_found(client: FlaskClient) -> None:
    """In each format alike."""
    query = f"CONSTRUCT WHERE {{ ?s <{BASE}levelRank> ?o }}"
    found = {media: graph(get(client, query, media)) for media in ("text/turtle", FULL, LD)}
    assert len(set(map(frozenset, found.values()))) == 1
    expected = rows(get(client, f"SELECT ?s ?o {{ ?s <{BASE}levelRank> ?o }}"))
    assert len(found[FULL]) == len(expected) > 0


FULL = "application/rdf+xml"
LD = "application/ld+json"
