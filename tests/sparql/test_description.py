"""What `/sparql` says of itself: a service description and VoID, in every RDF format."""

from typing import Any

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.namespace import RDF, VOID
from tests.sparql.asking import get, problem, rows

from primum.foundation.names import BASE, SD, SH, Graph
from primum.use_cases.named.questions import Questions
from primum.use_cases.service import Primum
from primum.use_cases.sparql.formats import GRAPHS, Format

URL = rdflib.URIRef("http://localhost/sparql")
sd = rdflib.Namespace(SD)
sh = rdflib.Namespace(SH)
FORMS = (sh.select, sh.construct, sh.ask)
PARSERS = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "rdf": "xml", "jsonld": "json-ld"}
# rdflib's own parsers use what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def described(client: FlaskClient, accept: str = "text/turtle") -> rdflib.Graph:
    """The description."""
    answer = client.get("/sparql", headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    return rdflib.Graph().parse(data=answer.data, format="turtle")


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
def test_every_format_says_the_same(client: FlaskClient, form: Format) -> None:
    """By Accept and by `format`."""
    expected = set(described(client))
    for answer in (
        client.get("/sparql", headers={"Accept": form.media_type}),
        client.get("/sparql", query_string={"format": form.name}),
    ):
        assert (answer.status_code, answer.mimetype) == (200, form.media_type)
        found = rdflib.Dataset(default_union=True)
        found.parse(data=answer.data, format=PARSERS.get(form.name, form.name))
        assert {quad[:3] for quad in found.quads()} == expected


def test_it_names_its_endpoint_language_formats_and_features(client: FlaskClient) -> None:
    """As the three tests of the W3C ask, and more."""
    found = described(client)
    assert (URL, RDF.type, sd.Service) in found
    assert (URL, sd.endpoint, URL) in found
    assert (URL, sd.supportedLanguage, sd.SPARQL11Query) in found
    assert (URL, sd.feature, sd.UnionDefaultGraph) in found
    assert (URL, sd.feature, sd.BasicFederatedQuery) not in found
    assert len(set(found.objects(URL, sd.resultFormat))) == 10


def test_it_knows_the_graphs_and_their_triples(client: FlaskClient) -> None:
    """As a query counts them."""
    found = described(client)
    dataset = found.value(URL, sd.defaultDataset)
    told = {
        str(found.value(named, sd.name)): number(found, found.value(named, sd.graph), VOID.triples)
        for named in found.objects(dataset, sd.namedGraph)
    }
    counted = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    assert told == {iri: int(n or 0) for iri, n in rows(get(client, counted))}
    assert set(told) == {
        *(Graph.ASSERTED, Graph.INFERRED, Graph.RULES, Graph.MAPPINGS, Graph.SHAPES)
    }


def number(graph: rdflib.Graph, subject: Any, predicate: rdflib.URIRef) -> int:
    """A count."""
    found = graph.value(subject, predicate)
    assert isinstance(found, rdflib.Literal)
    return int(found)


def test_it_counts_by_property_and_by_class(client: FlaskClient) -> None:
    """What editors complete from."""
    found = described(client)
    graph = found.value(found.value(URL, sd.defaultDataset), sd.defaultGraph)
    parts = {
        str(found.value(part, VOID.property)): number(found, part, VOID.triples)
        for part in found.objects(graph, VOID.propertyPartition)
    }
    assert sum(parts.values()) == number(found, graph, VOID.triples)
    assert parts[f"{BASE}ofRule"] > 0
    classes = {
        str(found.value(c, VOID["class"])) for c in found.objects(graph, VOID.classPartition)
    }
    assert f"{BASE}Region" in classes


def test_each_named_question_is_an_example_that_runs(client: FlaskClient, primum: Primum) -> None:
    """With its text, its title and the question in words."""
    found = described(client)
    examples = set(found.subjects(RDF.type, sh.SPARQLExecutable))
    assert len(examples) == len(Questions.of(primum).all) >= 30
    for example in examples:
        (text,) = (t for form in FORMS if (t := found.value(example, form)) is not None)
        assert found.value(example, rdflib.RDFS.label)
        assert get(client, str(text)).status_code == 200


def test_a_host_that_is_none_is_refused(client: FlaskClient) -> None:
    """Its name would stand in every IRI of the description."""
    for host in ('e"><x', "a b", "{x}"):
        answer = client.get("/sparql", headers={"Host": host, "Accept": "text/turtle"})
        assert answer.status_code == 400, host


def test_a_description_is_not_given_to_another_host(client: FlaskClient) -> None:
    """Not even when it is asked for again."""
    for _ in range(3):
        client.get("/sparql", headers={"Host": "evil.example"})
    assert (URL, sd.endpoint, URL) in described(client, "*/*")


def test_no_other_format_is_offered(client: FlaskClient) -> None:
    """Results of queries are no description."""
    answer = client.get("/sparql", headers={"Accept": "application/sparql-results+json"})
    problem(answer, 406, "not-acceptable")
