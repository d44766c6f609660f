"""Every IRI of a release dereferences: to a page whose links lead somewhere, and to RDF of it."""

from collections.abc import Iterable, Mapping
from itertools import islice
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from tests.page.outline import Outline
from tests.terms.served import iris_of
from tests.terms.skeletons import Skeleton, skeleton

from primum.foundation.names import BASE, FOLDERS, OWL
from primum.foundation.names import Graph as Names
from primum.use_cases.service import Primum
from primum.use_cases.terms.description import FORMS
from primum.web.app import create_app
from primum.web.term_paths import FORMS as ENDINGS

pytestmark = pytest.mark.slow
VERSION = ox.NamedNode(OWL + "versionIRI")


@pytest.fixture(scope="module")
def client(primum: Primum) -> FlaskClient:
    """A client of the application, without a server."""
    return create_app(primum).test_client()


@pytest.fixture(scope="module")
def paths(primum: Primum) -> list[str]:
    """The path of every IRI."""
    return [f"/{quote(iri.removeprefix(BASE))}" for iri in iris_of(primum.release)]


@pytest.fixture(scope="module")
def pages(client: FlaskClient, paths: list[str]) -> Mapping[str, Outline]:
    """The page of every IRI, read whole; each is answered with 200."""
    found = {}
    for path in paths:
        response = client.get(path, headers={"Accept": "text/html"})
        assert (response.status_code, response.mimetype) == (200, "text/html"), path
        found[path] = Outline(response.text)
    return found


def statements(quads: Iterable[ox.Quad]) -> Skeleton:
    """The statements of some quads, whatever graph they stand in."""
    text = ox.serialize({quad.triple for quad in quads}, format=ox.RdfFormat.N_TRIPLES)
    return skeleton(Graph().parse(data=text, format="nt"))


@pytest.fixture(scope="module")
def whole(primum: Primum) -> Skeleton:
    """All statements of the release."""
    return statements(primum.release.store)


@pytest.fixture(scope="module")
def described(client: FlaskClient, paths: list[str]) -> Mapping[str, Skeleton]:
    """The Turtle of every IRI, read by another library; each is answered with 200."""
    found = {}
    for path in paths:
        response = client.get(path, headers={"Accept": "text/turtle"})
        assert (response.status_code, response.mimetype) == (200, "text/turtle"), path
        found[path] = skeleton(Graph().parse(data=response.data, format="turtle"))
    return found


def test_there_are_as_many_terms_as_the_release_speaks_of(paths: list[str]) -> None:
    """The walk reaches classes, properties, rules, sources, and all that has a folder."""
    folders = {path.split("/")[1] for path in paths if path.count("/") > 1}
    assert folders == set(FOLDERS)
    assert len(paths) > 1500


def test_every_iri_has_a_page_that_is_whole(pages: Mapping[str, Outline]) -> None:
    """One first heading, headings in order, landmarks, no script, no style of its own."""
    for path, page in pages.items():
        assert page.headings[0] == 1, path
        assert page.headings.count(1) == 1, path
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after - before <= 1 for before, after in steps), path
        assert len(page.ids) == len(set(page.ids)), path
        assert {"main", "header", "footer", "nav"} <= page.tags, path
        assert not page.tags & {"script", "iframe", "img", "object", "style"}, path
        assert not [name for name in page.attributes if name == "style" or name.startswith("on")]


def test_every_link_within_the_service_leads_somewhere(
    pages: Mapping[str, Outline], client: FlaskClient
) -> None:
    """To a place on the page, or to 200."""
    links = {link for page in pages.values() for link in page.links if link.startswith("/")}
    assert links >= pages.keys() - versions(pages)
    for link in sorted(links - pages.keys()):
        assert client.head(link).status_code == 200, link
    for path, page in pages.items():
        places = {link[1:] for link in page.links if link.startswith("#")}
        assert places <= set(page.ids), path
        assert all(link[0] in "/#" or link.startswith("http") for link in page.links), path


def versions(pages: Mapping[str, Outline]) -> set[str]:
    """The paths of versions of ontologies, to which not every page need link."""
    return {path for path in pages if path.rpartition("/")[2][0].isdigit()}


def test_the_turtle_of_every_iri_is_part_of_the_release(
    described: Mapping[str, Skeleton], whole: Skeleton
) -> None:
    """It says something, and nothing else than the release does."""
    for path in described.keys() - given_whole(described):
        assert described[path], path
        assert described[path] <= whole, path


def given_whole(paths: Iterable[str]) -> set[str]:
    """The paths of what is not described, but given: the graphs, and the ontology."""
    return {path for path in paths if path.startswith("/graph/")} | {
        *("/ontology", "/ontology/0.1.0")
    }


def test_a_graph_is_given_whole(described: Mapping[str, Skeleton], primum: Primum) -> None:
    """And the ontology is the graph that the files state."""
    store = primum.release.store
    for graph in (Names.ASSERTED, Names.INFERRED, Names.RULES, Names.MAPPINGS, Names.SHAPES):
        expected = statements(store.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
        assert described[f"/{graph.removeprefix(BASE)}"] == expected
    assert described["/ontology"] == described["/graph/asserted"]
    assert described["/ontology/0.1.0"] == described["/graph/asserted"]


def test_a_statement_that_the_release_has_not_is_noticed(whole: Skeleton) -> None:
    """With a name or without one, in a nested node as anywhere else."""
    planted = f"<{BASE}Massage> <{BASE}partOf> [ <{BASE}partOf> <{BASE}Massage> ] ."
    assert not skeleton(Graph().parse(data=planted, format="turtle")) & whole


def test_all_that_is_said_of_a_term_is_in_its_description(
    described: Mapping[str, Skeleton], whole: Skeleton
) -> None:
    """In whatever graph it is said, with what is said of nodes without a name."""
    said: dict[str, Skeleton] = {}
    for subject, predicate, value in whole:
        if isinstance(subject, URIRef) and subject.startswith(BASE):
            path = f"/{quote(subject.removeprefix(BASE))}"
            said.setdefault(path, set()).add((subject, predicate, value))
    assert len(said) > 1500
    for path in said.keys() - given_whole(said):
        assert said[path] <= described[path], path


def test_every_form_says_the_same(client: FlaskClient, paths: list[str]) -> None:
    """The four syntaxes are of one graph."""
    endings = {ending: FORMS[media] for ending, media in ENDINGS.items() if media in FORMS}
    for path in islice(paths, 0, None, 23):
        graphs = set()
        for ending, form in endings.items():
            dataset = ox.Dataset(ox.parse(client.get(f"{path}.{ending}").data, format=form))
            dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
            graphs.add("".join(sorted(f"{quad}\n" for quad in dataset)))
        assert len(graphs) == 1, path


def test_the_version_of_each_ontology_is_the_ontology(client: FlaskClient, primum: Primum) -> None:
    """`owl:versionIRI` dereferences to what is served under that version."""
    quads = list(primum.release.store.quads_for_pattern(None, VERSION, None, None))
    assert len(quads) > 30
    for quad in quads:
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode)
        ontology, version = (f"/{n.value.removeprefix(BASE)}" for n in (quad.subject, quad.object))
        of_version, of_ontology = client.get(f"{version}.ttl"), client.get(f"{ontology}.ttl")
        assert of_version.data == of_ontology.data
        assert of_version.headers["Content-Location"] == f"{ontology}.ttl"
