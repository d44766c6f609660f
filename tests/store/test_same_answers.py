"""What a server elsewhere answers is what the embedded store answers: the real server, asked."""

import pytest
from flask.testing import FlaskClient
from tests.sparql.asking import get, problem
from tests.store.comparing import said

from primum.foundation.names import BASE, Graph, Stored
from primum.use_cases.named.questions import Questions
from primum.use_cases.service import Primum

PRIMUM = f"PREFIX : <{BASE}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
FROM_TWO = f"FROM <{Graph.ASSERTED}> FROM <{Graph.INFERRED}>"
ROWS = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT ?g { GRAPH ?g {} }",
    f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{Graph.RULES}> {{ ?s ?p ?o }} }}",
    f"SELECT (COUNT(*) AS ?n) FROM <{Graph.RULES}> {{ ?s ?p ?o }}",
    f"SELECT (COUNT(*) AS ?n) {FROM_TWO} {{ ?s ?p ?o }}",
    f"SELECT ?s ?o {FROM_TWO} FROM <{Graph.SHAPES}> {{ ?s rdfs:subClassOf ?o }}",
    f"SELECT ?g (COUNT(*) AS ?n) FROM NAMED <{Graph.MAPPINGS}> {{ GRAPH ?g {{ ?s ?p ?o }} }} "
    "GROUP BY ?g",
    f"SELECT (COUNT(*) AS ?n) FROM NAMED <{Graph.MAPPINGS}> {{ ?s ?p ?o }}",
    "SELECT (COUNT(*) AS ?n) FROM <http://example.org/none> { ?s ?p ?o }",
    "SELECT ?s ?label { ?s rdfs:label ?label } ORDER BY ?label LIMIT 200",
    "SELECT ?s ?note { ?s :rationale ?note FILTER (CONTAINS(?note, ',')) }",
    "SELECT ?x ?y { ?x rdfs:subClassOf+ :Intervention . OPTIONAL { ?x :nothing ?y } }",
    "SELECT ?r ?n { ?r :regionUntilHours ?n FILTER (?n > 24) }",
    f"SELECT ?b ?p {{ ?s rdfs:subClassOf ?b . GRAPH <{Graph.ASSERTED}> {{ ?b ?p ?o }} "
    "FILTER (isBlank(?b)) }",
    "SELECT (<relative> AS ?a) (IRI('other') AS ?b) {}",
    "BASE <further/> SELECT (<relative> AS ?a) {}",
    "SELECT * {}",
    "SELECT (1.50 AS ?a) (1e3 AS ?b) (true AS ?c) ('a\\tb\\n\"c\"\\\\' AS ?d) ('é'@fr AS ?e) {}",
    "SELECT (<urn:unknown>(1) AS ?a) {}",
    "SELECT ('no service' AS ?a) {}",
    "SELECT ?x { VALUES ?x { '' ',' '\\r' 'true' 'ü' UNDEF } }",
    "SELECT * FROM <http://example.org/other> { ?s ?p ?o }",
    "SELECT * { GRAPH <http://example.org/other> { ?s ?p ?o } }",
    f"SELECT * {{ GRAPH <{Stored.RELEASE}> {{ ?s ?p ?o }} }}",
    f"SELECT * FROM <{Stored.UNION}> FROM <{Stored.RELEASE}> {{ ?s ?p ?o }} LIMIT 9",
    "SELECT ?s { ?s rdfs:label 'of somebody else' }",
    "ASK { :Massage a ?class }",
    "ASK { :Massage a :Massage }",
    "# a comment\nSELECT ?s { ?s a <http://www.w3.org/2002/07/owl#Ontology> }",
)
GRAPHS = (
    "CONSTRUCT { ?s rdfs:subClassOf ?o } WHERE { ?s rdfs:subClassOf ?o FILTER (isIRI(?o)) }",
    "CONSTRUCT WHERE { ?s :rationale ?o }",
    "CONSTRUCT { [] :of ?s } WHERE { ?s :confidence ?o }",
    f"CONSTRUCT {{ ?s ?p ?o }} {FROM_TWO} WHERE {{ ?s ?p ?o }} LIMIT 0",
    "DESCRIBE :Massage",
    f"DESCRIBE <relative> FROM <{Graph.ASSERTED}>",
)


def question_names() -> list[str]:
    """The names of the questions that are shipped."""
    return sorted(Questions.of(Primum.load()).all)


@pytest.mark.parametrize("name", question_names())
def test_a_named_question_has_the_same_rows(
    primum: Primum, embedded: FlaskClient, elsewhere: FlaskClient, name: str
) -> None:
    """With the examples of its parameters."""
    query = Questions.of(primum).all[name]
    asked = {each.name: each.example for each in query.parameters}
    expected, found = (
        client.get(f"/v1/queries/{name}", query_string=asked) for client in (embedded, elsewhere)
    )
    assert said(expected) == said(found)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("query", ROWS)
def test_rows_are_the_same(
    embedded: FlaskClient, elsewhere: FlaskClient, query: str, form: str
) -> None:
    """In each format; whole, and while they are found."""
    asked = PRIMUM + query if query.startswith(("SELECT", "ASK")) else query
    expected = said(get(embedded, asked, format=form))
    assert said(get(elsewhere, asked, format=form)) == expected
    assert said(get(elsewhere, asked, format=form, stream="true")) == expected


@pytest.mark.parametrize("form", ["ttl", "nt", "nq", "rdf", "jsonld", "trig"])
@pytest.mark.parametrize("query", GRAPHS)
def test_graphs_are_the_same(
    embedded: FlaskClient, elsewhere: FlaskClient, query: str, form: str
) -> None:
    """In each format; whole, and while they are found."""
    expected = said(get(embedded, PRIMUM + query, format=form))
    assert said(get(elsewhere, PRIMUM + query, format=form)) == expected
    assert said(get(elsewhere, PRIMUM + query, format=form, stream="true")) == expected


@pytest.mark.parametrize(
    "graphs",
    [
        {"default_graph_uri": Graph.RULES},
        {"default_graph_uri": Graph.RULES, "named_graph_uri": Graph.SHAPES},
        {"named_graph_uri": Graph.SHAPES},
        {"default_graph_uri": "http://example.org/none"},
        {"named_graph_uri": "http://example.org/none"},
    ],
)
def test_the_graphs_of_a_request_are_heeded(
    embedded: FlaskClient, elsewhere: FlaskClient, graphs: dict[str, str]
) -> None:
    """As the SPARQL 1.1 Protocol has them: before those of the query."""
    for query in (
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
        f"SELECT (COUNT(*) AS ?n) FROM <{Graph.MAPPINGS}> {{ ?s ?p ?o }}",
    ):
        expected, found = (get(client, query, **graphs) for client in (embedded, elsewhere))
        assert said(expected) == said(found)


def test_the_description_counts_the_same(embedded: FlaskClient, elsewhere: FlaskClient) -> None:
    """Graphs, classes and properties, so that editors complete the same."""
    accept = {"Accept": "application/n-triples"}
    assert said(embedded.get("/sparql", headers=accept)) == said(
        elsewhere.get("/sparql", headers=accept)
    )


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT ?s WERE { ?s ?p ?o }", 1, 11),
        ("SELECT ?s\nWHERE { ?s ?p ?o FILTER }", 2, 25),
        ("SELECT ?s { ?s ?p ?o", 1, 21),
    ],
)
def test_mistakes_are_told_as_ever(
    embedded: FlaskClient, elsewhere: FlaskClient, query: str, line: int, column: int
) -> None:
    """With line, column and what may stand there, not in the words of the server."""
    expected, found = (
        problem(get(client, query), 400, "invalid-query") for client in (embedded, elsewhere)
    )
    assert expected == found
    assert (found["errors"][0]["line"], found["errors"][0]["column"]) == (line, column)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("CONSTRUCT { <urn:s> <urn:p/> <urn:o> } WHERE {}", "rdf"),
        ("CONSTRUCT { <urn:s> <urn:p> '\x01' } WHERE {}", "rdf"),
        ("SELECT ('\x01' AS ?a) {}", "xml"),
    ],
)
def test_what_a_format_cannot_say_is_told_as_ever(
    embedded: FlaskClient, elsewhere: FlaskClient, query: str, form: str
) -> None:
    """Though the server writes a document that no XML parser reads."""
    for more in ({}, {"stream": "true"}):
        expected, found = (
            problem(get(client, query, format=form, **more), 406, "unwritable-result")
            for client in (embedded, elsewhere)
        )
        assert expected == found
