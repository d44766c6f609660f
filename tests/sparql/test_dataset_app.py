"""`primum serve --dataset FILE`: SPARQL alone, over any RDF file, as it stands there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from tests.sparql.asking import get, problem, rows

from primum.foundation.errors import KnowledgeNotFound
from primum.foundation.settings import read_settings
from primum.web.app import create_dataset_app
from primum.web.dataset import ServedFile

DATA = """\
<http://e/a> <http://e/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://e/a> <http://e/p> "-3"^^<http://www.w3.org/2001/XMLSchema#negativeInteger> .
<http://e/b> <http://e/p> "1.0E6"^^<http://www.w3.org/2001/XMLSchema#double> <http://g/1> .
<http://e/b> <http://e/p> "x" <http://g/2> .
"""
SETTINGS = read_settings({"PRIMUM_CAGE_WORKERS": "1"})


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of an application over a small file."""
    path = tmp_path_factory.mktemp("dataset") / "small.nq"
    path.write_text(DATA)
    served = ServedFile.over(path, SETTINGS)
    yield create_dataset_app(served, SETTINGS).test_client()
    served.endpoint.close()


def test_the_default_graph_is_that_of_the_file(over: FlaskClient) -> None:
    """It is no union: named graphs are asked by name."""
    assert rows(get(over, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")) == [("2",)]
    graphs = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    assert rows(get(over, graphs)) == [("http://g/1", "1"), ("http://g/2", "1")]


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv", "nt"])
def test_literals_come_back_as_they_were_written(over: FlaskClient, form: str) -> None:
    """Though the store holds values alone."""
    query = "SELECT ?o { ?s ?p ?o }" if form != "nt" else "CONSTRUCT WHERE { ?s ?p ?o }"
    found = get(over, query, format=form).text
    assert "01" in found
    if form != "csv":
        assert "negativeInteger" in found


def test_what_a_query_computes_is_its_own(over: FlaskClient) -> None:
    """A sum that equals a literal of the file is not written as that one was."""
    found = get(over, "SELECT (0 + 1 AS ?one) ?o { ?s ?p ?o FILTER (?o = 1) }")
    assert rows(found) == [("1", "01")]


def test_the_description_is_of_the_file(over: FlaskClient) -> None:
    """By its name, without a union and without questions of ours."""
    found = over.get("/sparql").text
    assert "small.nq" in found
    assert "UnionDefaultGraph" not in found
    assert "SPARQLExecutable" not in found


def test_it_serves_sparql_alone(over: FlaskClient) -> None:
    """And says how it is."""
    problem(over.get("/v1/contraindications"), 404, "not-found")
    assert over.get("/").get_json()["links"]["sparql"] == "/sparql"
    assert over.get("/readyz").get_json()["status"] == "ready"
    assert over.get("/healthz").status_code == over.get("/limits").status_code == 200
    assert over.get("/metrics").status_code == 200


def test_a_browser_gets_the_page(over: FlaskClient) -> None:
    """To ask from, and with what was found."""
    accept = {"Accept": "text/html"}
    assert "<form" in over.get("/sparql", headers=accept).text
    found = get(over, "SELECT ?s { ?s ?p ?o }", "text/html")
    assert (found.status_code, found.mimetype) == (200, "text/html")
    mistaken = get(over, "SELECT ?s { ?s ?p }", "text/html")
    assert (mistaken.status_code, mistaken.mimetype) == (400, "text/html")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Before anything is served."""
    with pytest.raises(KnowledgeNotFound, match="There is no file"):
        ServedFile.over(tmp_path / "none.nq", SETTINGS)


@pytest.mark.parametrize(("name", "text"), [("bad.nq", "<a"), ("odd.docx", "")])
def test_a_file_that_cannot_be_read_answers_nothing(tmp_path: Path, name: str, text: str) -> None:
    """The caller hears that the service cannot answer, the log why."""
    path = tmp_path / name
    path.write_text(text)
    served = ServedFile.over(path, SETTINGS)
    client = create_dataset_app(served, SETTINGS).test_client()
    found = problem(get(client, "ASK {}"), 503, "service-unavailable")
    assert str(tmp_path) not in found["detail"]
    served.endpoint.close()
