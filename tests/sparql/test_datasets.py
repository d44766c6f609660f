"""Datasets that SPARQL is asked of: a release with the merge of its graphs, and any RDF file."""

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sparql.made import asked, iri, kept, literals, quads, texts, typed, typed_literals

from primum.foundation.errors import KnowledgeNotFound, UnreadableFile
from primum.knowledge.datasets import merged, read_dataset, rewritten, served_store
from primum.use_cases.service import Primum
from primum.use_cases.sparql.exchange import Asked
from primum.use_cases.sparql.running import Runner

DEFAULT = ox.DefaultGraph()
ENDINGS = ("nq", "trig", "nt", "ttl", "rdf", "jsonld")
TRIPLES_ALONE = ("nt", "ttl", "rdf")


# --- A release -----------------------------------------------------------------------------------


def test_the_default_graph_of_a_release_is_the_union_of_its_graphs(primum: Primum) -> None:
    """Each statement once, and the named graphs beside it as they are."""
    store = served_store(primum.release)
    named = [quad for quad in store if quad.graph_name != DEFAULT]
    default = [quad.triple for quad in store if quad.graph_name == DEFAULT]
    assert set(named) == set(primum.release.store)
    assert set(default) == {quad.triple for quad in named}
    assert len(default) == len(set(default)) < len(named)


def test_the_release_is_left_as_it_is(primum: Primum) -> None:
    """What is served is a store of its own."""
    before = len(primum.release.store)
    served_store(primum.release).clear()
    assert len(primum.release.store) == before > 0


@given(st.lists(quads(texts), max_size=12))
def test_a_merge_holds_each_statement_once(found: list[ox.Quad]) -> None:
    """In however many graphs it stands."""
    store = ox.Store()
    store.extend(merged(found))
    expected = ox.Store()
    expected.extend(ox.Quad(q.subject, q.predicate, q.object, DEFAULT) for q in found)
    assert set(store) == set(expected)
    assert len(store) == len(set(store))


# --- A file --------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_tells_the_format(tmp_path: Path, ending: str) -> None:
    """The quads are those that the file states, in their graphs where the format has such."""
    graph = DEFAULT if ending in TRIPLES_ALONE else iri("g")
    found = {ox.Quad(iri("s"), iri("p"), ox.Literal("é\n"), graph)}
    form = ox.RdfFormat.from_extension(ending)
    assert form is not None
    path = tmp_path / f"data.{ending}"
    path.write_bytes(ox.serialize(found, format=form) or b"")
    dataset = read_dataset(path)
    assert set(dataset.store) == found
    assert dataset.written == {}


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """And so is a folder, which is none."""
    for path in (tmp_path / "no.nq", tmp_path):
        with pytest.raises(KnowledgeNotFound, match=str(path)):
            read_dataset(path)


@pytest.mark.parametrize("name", ["data", "data.csv", "data.nq.gz", ".nq", "nq"])
def test_an_ending_that_names_no_format_is_refused(tmp_path: Path, name: str) -> None:
    """Those that do are listed."""
    path = tmp_path / name
    path.write_bytes(b"")
    with pytest.raises(UnreadableFile, match=r"one of \.nq, \.trig, \.nt, \.ttl, \.rdf, \.jsonld"):
        read_dataset(path)


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        ("nq", b"<urn:s> <urn:p> ."),
        ("nq", b'<urn:s> <urn:p> "\xff" .'),
        ("nt", b"<s> <urn:p> <urn:o> ."),
        ("ttl", b"<s> <urn:p> <urn:o> ."),
        ("ttl", b"ex:s ex:p ex:o ."),
        ("trig", b"<urn:g> { <urn:s> <urn:p> <urn:o>"),
        ("rdf", b"<rdf:RDF"),
        ("jsonld", b'{"@context": "https://e.org/context.jsonld", "@id": "urn:s"}'),
        ("jsonld", b"[{"),
    ],
)
def test_a_file_that_is_no_rdf_is_told_with_its_mistake(
    tmp_path: Path, ending: str, text: bytes
) -> None:
    """Nothing is fetched to make sense of it, and what came before the mistake is not served."""
    path = tmp_path / f"data.{ending}"
    path.write_bytes(b"<urn:a> <urn:b> <urn:c> .\n" * (ending == "nt") + text)
    with pytest.raises(UnreadableFile, match=rf"{path}: ."):
        read_dataset(path)


def test_entities_of_a_file_are_not_followed(tmp_path: Path) -> None:
    """An RDF/XML document cannot reach another file."""
    secret = tmp_path / "secret"
    secret.write_text("what nobody should read")
    path = tmp_path / "data.rdf"
    path.write_text(
        f"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e SYSTEM "{secret.as_uri()}">]>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="urn:x:">
        <rdf:Description rdf:about="urn:x:s"><p>&e;</p></rdf:Description></rdf:RDF>"""
    )
    with pytest.raises(UnreadableFile):
        read_dataset(path)


# --- How literals were written -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "becomes"),
    [
        (typed("01", "integer"), typed("1", "integer")),
        (typed("+5", "integer"), typed("5", "integer")),
        (typed("-3", "negativeInteger"), typed("-3", "integer")),
        (typed("7", "byte"), typed("7", "integer")),
        (typed("1.50", "decimal"), typed("1.5", "decimal")),
        (typed("1e0", "double"), typed("1", "double")),
        (typed("1", "boolean"), typed("true", "boolean")),
        (typed("2020-01-01T24:00:00", "dateTime"), typed("2020-01-02T00:00:00", "dateTime")),
    ],
)
def test_a_literal_that_a_store_rewrites_is_known(given_: ox.Literal, becomes: ox.Literal) -> None:
    """What comes back is mapped to what was there."""
    assert kept(given_) == becomes
    assert rewritten([given_]) == {becomes: given_}


@pytest.mark.parametrize(
    "literal",
    [
        typed("1", "integer"),
        typed("x", "integer"),
        typed("99999999999999999999999", "integer"),
        typed("true", "boolean"),
        typed("INF", "double"),
        typed(" ", "token"),
        ox.Literal("01"),
        typed("01", "urn:x:own"),
    ],
)
def test_a_literal_that_a_store_keeps_needs_no_word(literal: ox.Literal) -> None:
    """Though it may be of XML Schema, or no number at all."""
    assert kept(literal) == literal
    assert rewritten([literal]) == {}


@pytest.mark.parametrize(
    "same",
    [
        (typed("01", "integer"), typed("1", "integer")),
        (typed("01", "integer"), typed("001", "integer")),
        (typed("7", "int"), typed("7", "byte")),
        (typed("1.0", "decimal"), typed("1.00", "decimal"), typed("1", "decimal")),
    ],
)
def test_what_stands_for_two_literals_is_left_out(same: tuple[ox.Literal, ...]) -> None:
    """Nobody could say which of them it was; others are still known."""
    other = typed("+9", "integer")
    assert rewritten(same) == {}
    assert rewritten([*same, other]) == {typed("9", "integer"): other}


@given(st.lists(literals(texts) | typed_literals, max_size=8))
def test_every_literal_is_given_back_as_it_was_unless_ambiguous(found: list[ox.Literal]) -> None:
    """Compared with asking a store for each of them alone."""
    table = rewritten(found)
    for literal in found:
        mates = {each for each in found if kept(each) == kept(literal)}
        expected = literal if mates == {literal} else kept(literal)
        assert table.get(kept(literal), kept(literal)) == expected


@given(st.lists(quads(texts), max_size=8))
def test_a_file_is_answered_from_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, found: list[ox.Quad]
) -> None:
    """N-Quads go in and come out; of literals of one value that differ, none is made up."""
    path = tmp_path_factory.mktemp("made") / "data.nq"
    path.write_bytes(ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b"")
    runner = Runner(read_dataset(path))
    body = runner.whole(asked("CONSTRUCT WHERE { ?s ?p ?o }", "nt"))
    assert isinstance(body, bytes)
    given_ = {quad.triple for quad in found if quad.graph_name == DEFAULT}
    objects = {q.object for q in found if isinstance(q.object, ox.Literal)}
    table = rewritten(objects)
    expected = {ox.Triple(t.subject, t.predicate, _given_back(t.object, table)) for t in given_}
    assert {quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)} == expected


def _given_back(term: object, table: dict[ox.Literal, ox.Literal]) -> ox.Literal:
    """A term as a store gives it, in the form in which the dataset has it."""
    if not isinstance(term, ox.Literal):
        return term  # type: ignore[return-value]
    return table.get(kept(term), kept(term))


def test_an_iri_with_a_comma_is_one_value_in_csv(tmp_path: Path) -> None:
    """Of a file; a release has none, so that the engine may write it."""
    path = tmp_path / "commas.nt"
    path.write_text('<http://e/a,b> <http://e/p> "c" .\n')
    found = Runner(read_dataset(path)).whole(Asked("SELECT * { ?s ?p ?o }", "csv", "http://e/"))
    assert isinstance(found, bytes)
    rows = list(csv.reader(found.decode().splitlines()))
    assert dict(zip(*rows, strict=True)) == {"s": "http://e/a,b", "p": "http://e/p", "o": "c"}


def test_no_iri_of_the_release_has_a_comma(primum: Primum) -> None:
    """Its results in CSV need no quotes around IRIs."""
    terms = {t for q in primum.release.store for t in (q.subject, q.predicate, q.object)}
    assert not [t for t in terms if isinstance(t, ox.NamedNode) and "," in t.value]
