"""In which format `/sparql` answers the headers that real clients send."""

import pytest
from flask.testing import FlaskClient
from tests.sparql.asking import get, problem

from primum.use_cases.sparql.formats import GRAPHS, ROWS, Format

SELECT = "SELECT ?s { ?s ?p ?o } LIMIT 3"
CONSTRUCT = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 3"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
SPARQLWRAPPER = "application/sparql-results+xml"
SPARQLWRAPPER_RDF = (
    "application/rdf+xml,text/turtle,application/turtle,text/rdf+n3,application/n-triples,*/*;q=0.1"
)
STORE = "application/sparql-results+xml,application/rdf+xml"
YASGUI = "application/sparql-results+json,*/*;q=0.9"
COMUNICA = "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7"
COMUNICA_RDF = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,text/turtle;q=0.6"
)
JENA = "text/csv,application/sparql-results+json;q=0.9,*/*;q=0.1"
VALIDATOR = "application/json"


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (SELECT, "", "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, SPARQLWRAPPER, "application/sparql-results+xml"),
        (SELECT, STORE, "application/sparql-results+xml"),
        (SELECT, YASGUI, "application/sparql-results+json"),
        (SELECT, COMUNICA, "application/sparql-results+json"),
        (SELECT, JENA, "text/csv"),
        (SELECT, VALIDATOR, "application/json"),
        (SELECT, "application/xml", "application/xml"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values"),
        (SELECT, "text/csv; header=present", "text/csv"),
        (SELECT, BROWSER, "text/html"),
        (SELECT, "application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        ("ASK {}", SPARQLWRAPPER, "application/sparql-results+xml"),
        (CONSTRUCT, "", "text/turtle"),
        (CONSTRUCT, "*/*", "text/turtle"),
        (CONSTRUCT, SPARQLWRAPPER_RDF, "text/turtle"),
        (CONSTRUCT, STORE, "application/rdf+xml"),
        (CONSTRUCT, YASGUI, "text/turtle"),
        (CONSTRUCT, COMUNICA_RDF, "application/n-quads"),
        (CONSTRUCT, VALIDATOR, "application/json"),
        (CONSTRUCT, "text/plain", "text/plain"),
    ],
)
def test_each_client_gets_what_it_reads(
    client: FlaskClient, query: str, accept: str, media: str
) -> None:
    """The type that is named in the answer is one that was asked for."""
    answer = get(client, query, accept)
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize("form", [*ROWS, *GRAPHS], ids=lambda form: form.name)
def test_a_format_may_be_named_where_no_header_can(client: FlaskClient, form: Format) -> None:
    """Text is said to be UTF-8, so that nobody guesses."""
    query = CONSTRUCT if form.is_graph else SELECT
    for name in (form.name, form.media_type):
        answer = get(client, query, BROWSER, format=name)
        assert (answer.status_code, answer.mimetype) == (200, form.media_type)
        charset = answer.mimetype_params.get("charset")
        assert charset == ("utf-8" if form.media_type.startswith("text/") else None)


@pytest.mark.parametrize("name", ["output", "results"])
def test_other_names_of_the_parameter_are_known(client: FlaskClient, name: str) -> None:
    """SPARQLWrapper sends all of them."""
    assert get(client, SELECT, **{name: "csv"}).mimetype == "text/csv"


def test_names_mean_what_the_form_of_the_query_allows(client: FlaskClient) -> None:
    """`xml` and `json` of a graph are RDF/XML and JSON-LD."""
    assert get(client, CONSTRUCT, format="xml").mimetype == "application/rdf+xml"
    assert get(client, CONSTRUCT, format="json").mimetype == "application/ld+json"
    assert get(client, SELECT, format="xml").mimetype == "application/sparql-results+xml"


@pytest.mark.parametrize("query", [SELECT, CONSTRUCT])
def test_what_is_not_offered_is_a_406_that_says_what_is(client: FlaskClient, query: str) -> None:
    """Nothing is computed for it."""
    found = problem(get(client, query, "image/png"), 406, "not-acceptable")
    assert ("text/turtle" in found["detail"]) == (query == CONSTRUCT)


def test_a_graph_that_rdf_xml_cannot_say_is_a_406(client: FlaskClient) -> None:
    """A property must be the name of an XML element there, and `http://e/1` ends in none."""
    query = "CONSTRUCT { ?s <http://e/1> ?o } WHERE { ?s ?p ?o } LIMIT 1"
    found = problem(get(client, query, "application/rdf+xml"), 406, "unwritable-result")
    assert "http://e/1" in found["detail"]
    assert get(client, query, "text/turtle").status_code == 200
