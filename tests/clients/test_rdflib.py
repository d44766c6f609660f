"""rdflib: the service as a store, and as a SERVICE of a query over a graph of one's own."""

from urllib.parse import urlencode

import pytest
from rdflib import RDFS, Graph, Literal, Namespace, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from tests.clients.asked import ASK, ASK_IN_VAIN, CONSTRUCT, DESCRIBE, SELECT, Expected

from primum.foundation.names import BASE
from primum.foundation.names import SD as SERVICE_DESCRIPTION
from primum.foundation.names import Graph as Named

PRIMUM = Namespace(BASE)
SD = Namespace(SERVICE_DESCRIPTION)
GOT = URIRef("urn:cohort:got")
PATIENT = URIRef("urn:cohort:17")
# rdflib 7.6 reads JSON-LD and N3 by ways that it calls deprecated itself.
OLD_WAYS = "ignore:(ConjunctiveGraph|Dataset.default_context) is deprecated:DeprecationWarning"
METHODS = ("GET", "POST", "POST_FORM")
# A store asks for one format, which must fit the form of the query.
ROWS = ("xml", "json", "csv", "tsv")
TRUTHS = ("xml", "json")
GRAPHS = ("xml", "turtle", "application/rdf+xml")


def remote(endpoint: str, *, method: str = "GET", form: str = "xml", graph: str = "") -> Graph:
    """The knowledge as a graph that is asked over HTTP, whole or one of its named graphs."""
    store = SPARQLStore(endpoint, method=method, returnFormat=form)
    return Graph(store=store, identifier=URIRef(graph) if graph else None)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("form", ROWS)
def test_the_store_gives_rows(endpoint: str, expected: Expected, method: str, form: str) -> None:
    """Each row has its terms; numbers are numbers where the format tells types."""
    found = remote(endpoint, method=method, form=form).query(SELECT)
    rows = [tuple(map(str, row)) for row in found]  # type: ignore[arg-type]
    assert rows == [(iri, label, str(rules), note) for iri, label, rules, note in expected.rows]
    first: Literal = next(iter(found))[2]  # type: ignore[index,assignment]
    assert first.toPython() == (str(expected.rows[0][2]) if form == "csv" else expected.rows[0][2])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("form", TRUTHS)
def test_the_store_gives_truth_values(endpoint: str, method: str, form: str) -> None:
    """An ASK is answered either way."""
    graph = remote(endpoint, method=method, form=form)
    assert graph.query(ASK).askAnswer is True
    assert graph.query(ASK_IN_VAIN).askAnswer is False


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("form", GRAPHS)
def test_the_store_gives_graphs(endpoint: str, expected: Expected, method: str, form: str) -> None:
    """A CONSTRUCT gives a graph with the same statements; a DESCRIBE gives one too."""
    graph = remote(endpoint, method=method, form=form)
    built, described = graph.query(CONSTRUCT).graph, graph.query(DESCRIBE).graph
    assert built is not None
    assert {(str(s), str(o)) for s, o in built.subject_objects(RDFS.label)} == expected.labels
    assert described is not None
    assert (PRIMUM.Massage, RDFS.label, Literal("Massage", lang="en")) in described


def test_the_store_is_a_graph_like_any_other(endpoint: str, expected: Expected) -> None:
    """Patterns, membership, values and the length work, each of which is a query of its own."""
    graph = remote(endpoint)
    treatments = {str(each) for each in graph.subjects(PRIMUM.entails, PRIMUM.Massage)}
    assert treatments == {iri for iri, _ in expected.labels}
    assert (PRIMUM.SportsMassage, PRIMUM.entails, PRIMUM.Massage) in graph
    assert (PRIMUM.Massage, PRIMUM.entails, PRIMUM.SportsMassage) not in graph
    assert graph.value(PRIMUM.Massage, RDFS.label) == Literal("Massage", lang="en")
    assert len(graph) > 1000


def test_a_named_graph_is_asked_alone(endpoint: str) -> None:
    """The identifier of the graph goes out as `default-graph-uri`."""
    rules, whole = remote(endpoint, graph=Named.RULES), remote(endpoint)
    assert 0 < len(rules) < len(whole)
    assert not list(rules.subjects(RDFS.label))
    assert len(list(rules.subjects(PRIMUM.effect))) == len(list(whole.subjects(PRIMUM.effect)))


def test_the_store_lists_the_named_graphs(endpoint: str) -> None:
    """They are those of the release."""
    found = {str(each) for each in remote(endpoint).store.contexts()}
    assert {Named.ASSERTED, Named.INFERRED, Named.RULES, Named.MAPPINGS, Named.SHAPES} == found


@pytest.mark.filterwarnings(OLD_WAYS)
@pytest.mark.parametrize("form", [None, "turtle", "n3", "nt", "xml", "json-ld"])
def test_a_graph_is_read_from_its_address(
    endpoint: str, expected: Expected, form: str | None
) -> None:
    """`parse(url)` sends what it reads; without a format it takes what is answered."""
    graph = Graph().parse(f"{endpoint}?{urlencode({'query': CONSTRUCT})}", format=form)
    assert {(str(s), str(o)) for s, o in graph.subject_objects(RDFS.label)} == expected.labels


def test_the_service_describes_itself(endpoint: str) -> None:
    """Its address alone is a graph that says what it is."""
    described = Graph().parse(endpoint)
    assert (URIRef(endpoint), SD.endpoint, URIRef(endpoint)) in described


def cohort() -> Graph:
    """A graph of one's own: what a patient got."""
    graph = Graph()
    graph.add((PATIENT, GOT, PRIMUM.SportsMassage))
    return graph


def test_a_local_query_asks_the_service_for_what_it_lacks(endpoint: str) -> None:
    """`SERVICE` joins what is known here with what is known there."""
    found = cohort().query(f"""
        PREFIX primum: <{BASE}>
        PREFIX rdfs: <{RDFS}>
        SELECT ?patient ?label WHERE {{
          ?patient <{GOT}> ?treatment
          SERVICE <{endpoint}> {{ ?treatment primum:entails ?wider . ?wider rdfs:label ?label }}
        }}""")
    rows = {(str(patient), str(label)) for patient, label in found}  # type: ignore[misc]
    assert {(str(PATIENT), "Sports massage"), (str(PATIENT), "Massage")} <= rows
    assert (str(PATIENT), "Foam rolling") not in rows


def test_a_local_query_reads_rows_of_the_service_alone(endpoint: str, expected: Expected) -> None:
    """`SERVICE` with nothing to join gives all rows."""
    found = Graph().query(f"""
        PREFIX primum: <{BASE}>
        SELECT ?treatment WHERE {{
          SERVICE <{endpoint}> {{ ?treatment primum:entails primum:Massage }}
        }}""")
    assert {str(row[0]) for row in found} == {iri for iri, _ in expected.labels}  # type: ignore[index]
