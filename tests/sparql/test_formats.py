"""The formats of results: every name and media type that a client may call one by."""

import pyoxigraph as ox
import pytest
from tests.sparql.made import GRAPH_NAMES, RESULT_NAMES, graph, iri, runner, table, whole

from primum.use_cases.sparql.formats import BY_NAME, GRAPHS, ROWS, formats_of, named_format
from primum.use_cases.sparql.screening import Form

TABULAR = (Form.SELECT, Form.ASK)
GRAPHIC = (Form.CONSTRUCT, Form.DESCRIBE)
CALLED = {
    "json": ("json", "JSON", " json ", "application/sparql-results+json", "application/json"),
    "xml": ("xml", "application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("csv", "text/csv", "Text/CSV"),
    "tsv": ("tsv", "text/tab-separated-values"),
}
CALLED_GRAPHS = {
    "ttl": ("ttl", "turtle", "n3", "text/turtle", "application/x-turtle", "text/n3"),
    "nt": ("nt", "ntriples", "n-triples", "application/n-triples", "text/plain"),
    "nq": ("nq", "nquads", "n-quads", "application/n-quads", "text/x-nquads"),
    "rdf": ("rdf", "xml", "rdfxml", "rdf+xml", "RDF/XML", "application/rdf+xml", "text/xml"),
    "jsonld": ("jsonld", "json", "json-ld", "application/ld+json", "application/json"),
    "trig": ("trig", "application/trig", "application/x-trig"),
}


@pytest.mark.parametrize("form", TABULAR)
@pytest.mark.parametrize(("name", "called"), CALLED.items())
def test_rows_are_called_by_names_and_media_types(
    form: Form, name: str, called: tuple[str, ...]
) -> None:
    """In any case, and with space around."""
    assert {named_format(each, form) for each in called} == {BY_NAME[name]}


@pytest.mark.parametrize("form", GRAPHIC)
@pytest.mark.parametrize(("name", "called"), CALLED_GRAPHS.items())
def test_graphs_are_called_by_names_and_media_types(
    form: Form, name: str, called: tuple[str, ...]
) -> None:
    """`xml` and `json` of a graph are RDF/XML and JSON-LD."""
    assert {named_format(each, form) for each in called} == {BY_NAME[name]}


@pytest.mark.parametrize("name", ["ttl", "turtle", "rdf", "jsonld", "application/ld+json"])
@pytest.mark.parametrize("form", TABULAR)
def test_rows_are_no_graph(form: Form, name: str) -> None:
    """No name of a format of RDF stands for one of rows."""
    assert named_format(name, form) is None


@pytest.mark.parametrize("name", ["csv", "tsv", "application/sparql-results+json", "text/csv"])
@pytest.mark.parametrize("form", GRAPHIC)
def test_a_graph_is_no_rows(form: Form, name: str) -> None:
    """No name of a format of rows stands for one of RDF."""
    assert named_format(name, form) is None


@pytest.mark.parametrize("name", ["", "docx", "text/html", "application/*", "*/*", "json;q=1"])
@pytest.mark.parametrize("form", Form)
def test_other_names_stand_for_nothing(form: Form, name: str) -> None:
    """None of them is guessed."""
    assert named_format(name, form) is None


def test_each_form_of_query_has_its_formats() -> None:
    """The first is what a client gets that does not care."""
    assert [each.name for each in formats_of(Form.SELECT)] == list(RESULT_NAMES)
    assert {form: formats_of(form) for form in TABULAR} == dict.fromkeys(TABULAR, ROWS)
    assert [each.name for each in formats_of(Form.DESCRIBE)] == list(GRAPH_NAMES)
    assert {form: formats_of(form) for form in GRAPHIC} == dict.fromkeys(GRAPHIC, GRAPHS)
    assert [each.name for each in (*ROWS, *GRAPHS) if each.is_graph] == list(GRAPH_NAMES)


def test_the_first_media_type_is_the_registered_one() -> None:
    """As the engine, too, calls the format."""
    for each in (*ROWS, *GRAPHS):
        assert each.media_type == each.engine.media_type.partition(";")[0]


def test_no_media_type_stands_for_two_formats_of_one_form() -> None:
    """Which one is meant does not depend on the order of the table."""
    for formats in (ROWS, GRAPHS):
        media = [each for form in formats for each in form.media_types]
        assert len(media) == len(set(media))


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_rows_are_written_in_the_format_of_the_name(name: str) -> None:
    """The engine's reader of that format reads them."""
    found = table(whole(runner(), "SELECT (<urn:x> AS ?x) {}", name), name)
    assert found == (["x"], [(ox.NamedNode("urn:x"),)])


@pytest.mark.parametrize("name", GRAPH_NAMES)
def test_a_graph_is_written_in_the_format_of_the_name(name: str) -> None:
    """The engine's reader of that format reads it."""
    found = whole(runner(), "CONSTRUCT { <urn:x:s> <urn:x:p> <urn:x:o> } {}", name)
    assert graph(found, name) == {ox.Triple(iri("s"), iri("p"), iri("o"))}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("json", b'{"head":{},"boolean":true}'),
        ("csv", b"true"),
        ("tsv", b"true"),
        ("xml", b"<boolean>true</boolean>"),
    ],
)
def test_a_truth_value_is_written_in_the_format_of_the_name(name: str, expected: bytes) -> None:
    """In CSV and TSV it is a word."""
    assert expected in whole(runner(), "ASK {}", name)
