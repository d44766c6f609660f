"""SPARQLWrapper, in every format that it converts, by every way that it sends a query."""

from typing import Any
from xml.dom.minidom import Document

import pytest
from rdflib import Graph
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed
from tests.clients.asked import (
    ASK,
    ASK_IN_VAIN,
    BROKEN,
    COLUMNS,
    CONSTRUCT,
    DESCRIBE,
    SELECT,
    Expected,
)

WAYS = {
    "get": (GET, URLENCODED),
    "post-form": (POST, URLENCODED),
    "post-direct": (POST, POSTDIRECTLY),
}
ROWS = {
    JSON: "application/sparql-results+json",
    XML: "application/sparql-results+xml",
    CSV: "text/csv; charset=utf-8",
    TSV: "text/tab-separated-values; charset=utf-8",
}
GRAPHS = {
    XML: "application/rdf+xml",
    RDFXML: "application/rdf+xml",
    TURTLE: "text/turtle; charset=utf-8",
    N3: "text/turtle; charset=utf-8",
    JSONLD: "application/ld+json",
}
# SPARQLWrapper 2.0.0 reads graphs into a class that rdflib 7 calls deprecated.
OLD_GRAPH = "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"


@pytest.fixture(params=[(way, only) for way in WAYS for only in (False, True)], ids=str)
def asking(request: pytest.FixtureRequest, endpoint: str) -> SPARQLWrapper:
    """A wrapper that sends in one way, with `format` and the like in its parameters or without."""
    way, only_accept = request.param
    method, encoding = WAYS[way]
    client = SPARQLWrapper(endpoint)
    client.setMethod(method)
    client.setRequestMethod(encoding)
    client.setOnlyConneg(only_accept)
    return client


def asked(client: SPARQLWrapper, query: str, form: str) -> tuple[str, Any]:
    """The content type of the answer, and what the client makes of it."""
    client.setQuery(query)
    client.setReturnFormat(form)
    result = client.query()
    return result.info()["content-type"], result.convert()


def labels(graph: Graph) -> set[tuple[str, str]]:
    """The subjects and objects of a graph."""
    return {(str(subject), str(label)) for subject, label in graph.subject_objects()}


def texts(element: Any) -> list[str]:
    """The texts of the bindings below an XML element."""
    return [each.firstChild.firstChild.data for each in element.getElementsByTagName("binding")]


def test_rows_come_as_json(asking: SPARQLWrapper, expected: Expected) -> None:
    """`convert()` gives the dictionary of the standard, with types and languages."""
    kind, found = asked(asking, SELECT, JSON)
    rows = found["results"]["bindings"]
    assert kind == ROWS[JSON]
    assert found["head"]["vars"] == list(COLUMNS)
    assert [(*(row[name]["value"] for name in COLUMNS),) for row in rows] == [
        (iri, label, str(rules), note) for iri, label, rules, note in expected.rows
    ]
    assert {row["label"]["xml:lang"] for row in rows} == {"en"}
    assert {row["rules"]["datatype"] for row in rows} == {
        "http://www.w3.org/2001/XMLSchema#integer"
    }


def test_rows_come_as_xml(asking: SPARQLWrapper, expected: Expected) -> None:
    """`convert()` gives a document with a result for each row."""
    kind, found = asked(asking, SELECT, XML)
    assert kind == ROWS[XML]
    assert isinstance(found, Document)
    assert [texts(each) for each in found.getElementsByTagName("result")] == [
        [iri, label, str(rules), note] for iri, label, rules, note in expected.rows
    ]


@pytest.mark.parametrize(("form", "head"), [(CSV, b"treatment,"), (TSV, b"?treat")])
def test_rows_come_as_a_table(
    asking: SPARQLWrapper, expected: Expected, form: str, head: bytes
) -> None:
    """`convert()` gives the bytes: a line of names, and one for each row."""
    kind, found = asked(asking, SELECT, form)
    assert kind == ROWS[form]
    assert found.startswith(head)
    assert len(found.splitlines()) == len(expected.rows) + 1


@pytest.mark.parametrize(("query", "truth"), [(ASK, True), (ASK_IN_VAIN, False)])
def test_a_truth_value_comes_in_every_format(
    asking: SPARQLWrapper, query: str, truth: bool
) -> None:
    """As JSON, as XML, and as a word in the two that have no standard for it."""
    word = str(truth).lower()
    assert asked(asking, query, JSON)[1]["boolean"] is truth
    found = asked(asking, query, XML)[1]
    assert found.getElementsByTagName("boolean")[0].firstChild.data == word
    for form in (CSV, TSV):
        assert asked(asking, query, form) == (ROWS[form], word.encode())


@pytest.mark.filterwarnings(OLD_GRAPH)
@pytest.mark.parametrize("form", GRAPHS)
def test_a_graph_comes_in_every_format(
    asking: SPARQLWrapper, expected: Expected, form: str
) -> None:
    """`convert()` gives a graph, or Turtle that can be read as one."""
    kind, found = asked(asking, CONSTRUCT, form)
    graph = Graph().parse(found, format="turtle") if isinstance(found, bytes) else found
    assert kind == GRAPHS[form]
    assert labels(graph) == expected.labels


@pytest.mark.filterwarnings(OLD_GRAPH)
@pytest.mark.parametrize("form", GRAPHS)
def test_a_description_comes_in_every_format(asking: SPARQLWrapper, form: str) -> None:
    """What is known of a term is a graph too."""
    kind, found = asked(asking, DESCRIBE, form)
    assert kind == GRAPHS[form]
    assert len(found) > 10


def test_a_mistake_is_told_with_its_place(asking: SPARQLWrapper) -> None:
    """The exception has the line, the column, and the declaration that is missing."""
    with pytest.raises(QueryBadFormed) as caught:
        asked(asking, BROKEN, JSON)
    assert "Line 1, column 22: the prefix `rdfs:` is not declared." in str(caught.value)
