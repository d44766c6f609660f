"""A result says what was found, or it is refused: no format is ever broken by it."""

import io
from collections import Counter
from collections.abc import Callable

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic
from tests.sparql.made import (
    Rows,
    all_texts,
    asked,
    failed,
    graph,
    quads,
    runner,
    table,
    texts,
    triples,
    whole,
)

from primum.foundation.names import RDF, XMLNS
from primum.use_cases.sparql.exchange import Failed
from primum.use_cases.sparql.writable import XmlOnly

COPY = "CONSTRUCT WHERE { ?s ?p ?o }"
EVERY = "SELECT ?s ?p ?o { ?s ?p ?o }"


@pytest.mark.parametrize("control", ["\\u0000", "\\u0001", "\\u000B", "\\u001F", "\\uFFFE"])
@pytest.mark.parametrize("around", ["", "x" * 8190, "x" * 8191])
def test_xml_without_a_way_to_say_a_character_is_refused(control: str, around: str) -> None:
    """It is named; every other format has it, wherever the engine breaks off what it writes."""
    text = f"{around}{control}é"
    query = f"SELECT ('{text}' AS ?x) {{}}"
    found = failed(runner(), query, "xml")
    code = control.removeprefix("\\u")
    assert found.kind == "format"
    assert found.detail == f"The result cannot be written as xml: XML has no way to say U+{code}."
    expected = ox.Literal(around + chr(int(code, 16)) + "é")
    for form in ("json", "tsv"):
        assert table(whole(runner(), query, form), form)[1] == [(expected,)]
    query = f"CONSTRUCT {{ <urn:s> <urn:p> '{text}' }} {{}}"
    assert failed(runner(), query, "rdf").kind == "format"
    for form in ("nt", "ttl", "jsonld"):
        assert {each.object for each in graph(whole(runner(), query, form), form)} == {expected}


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_xml_is_looked_at_however_it_is_cut(size: int) -> None:
    """A character that comes in parts is found; others go on as they came."""

    def passed_on(text: str) -> bytes:
        held, data = io.BytesIO(), text.encode()
        checked = XmlOnly(held)
        for at in range(0, len(data), size):
            assert checked.write(data[at : at + size]) == len(data[at : at + size])
        return held.getvalue()

    for text in ("<x>\ufffe</x>", "\uffff", "abc\x01", "\x0b"):
        with pytest.raises(ValueError, match=r"XML has no way to say U\+"):
            passed_on(text)
    fine = "<x>\t\n\ufffd\uffee\U0001ffbf\ud7ff\uf0bf é</x>"
    assert passed_on(fine).decode() == fine
    assert passed_on("\r\n\r") == b"&#13;\n&#13;"


@pytest.mark.parametrize("text", ["a\\rb", "\\r", "\\r\\n", "a\\r\\r\\nb ", "\\t\\n"])
def test_xml_keeps_the_ends_of_lines(text: str) -> None:
    """A parser would make a line feed of a bare carriage return."""
    expected = ox.Literal(text.encode().decode("unicode_escape"))
    query = f"SELECT ('{text}' AS ?x) {{}}"
    assert table(whole(runner(), query, "xml"), "xml")[1] == [(expected,)]
    query = f"CONSTRUCT {{ <urn:s> <urn:p> '{text}' }} {{}}"
    (read,) = rdflib.Graph().parse(data=whole(runner(), query, "rdf"), format="xml").objects()
    assert str(read) == expected.value


@pytest.mark.parametrize(
    "name",
    [
        *("urn:1", "urn:x:", "http://e.org/", "http://e.org/#", "http://e.org/p(x)", "urn:x:-a²"),
        *("urn:x:²", "urn:x:\u3001", "urn:x:\U00010000", "urn:x:é\u0301²", "urn:x:p%41²"),
        *(f"{RDF}li", f"{RDF}Description", f"{RDF}about", f"{RDF}bagID", f"{XMLNS}p"),
    ],
)
def test_a_property_that_is_no_name_in_xml_is_refused(name: str) -> None:
    """It is named, and nothing that no parser reads is sent; other formats have it."""
    query = f"CONSTRUCT {{ <urn:s> <{name}> 1 }} {{}}"
    found = failed(runner(), query, "rdf")
    assert found.kind == "format"
    assert f"<{name}> is no name of an XML element" in found.detail
    assert {each.predicate.value for each in graph(whole(runner(), query, "ttl"), "ttl")} == {name}


@pytest.mark.parametrize("name", ["urn:1", "http://e.org/73211009", "urn:x:a²", f"{RDF}li"])
def test_a_class_that_is_no_name_in_xml_is_refused_where_it_is_one(name: str) -> None:
    """Where nothing else is said of a subject; beside another statement it is a value."""
    alone = "CONSTRUCT {{ <urn:r> <urn:p> 1 . <urn:s> a <{0}>, <{0}/1> . <urn:t> <urn:p> 1 }} {{}}"
    assert failed(runner(), alone.format(name), "rdf").kind == "format"
    assert failed(runner(), f"CONSTRUCT {{ <urn:s> a <{name}> }} {{}}", "rdf").kind == "format"
    for beside in (f"a <{name}> ; <urn:p> 1", f"<urn:p> 1 ; a <{name}>", f"a <urn:C>, <{name}>"):
        query = f"CONSTRUCT {{ <urn:s> {beside} . <urn:r> a <urn:C> }} {{}}"
        read = rdflib.Graph().parse(data=whole(runner(), query, "rdf"), format="xml")
        expected = rdflib.Graph().parse(data=whole(runner(), query, "nt"), format="nt")
        assert isomorphic(read, expected)


def test_a_statement_about_a_statement_is_no_json_ld() -> None:
    """It is told as a matter of the format."""
    query = "CONSTRUCT { <urn:s> <urn:p> <<( <urn:s> <urn:p> 1 )>> } {}"
    found = failed(runner(), query, "jsonld")
    assert found.kind == "format"
    assert "JSON-LD has no way to say a statement about a statement" in found.detail
    assert len(graph(whole(runner(), query, "nt"), "nt")) == 1


@given(st.lists(triples(all_texts).filter(lambda t: "--rtl" not in str(t)), max_size=6))
def test_rdf_xml_is_never_broken(found: list[ox.Triple]) -> None:
    """Another parser reads the very triples, or the result is refused."""
    over = runner(ox.Quad(t.subject, t.predicate, t.object) for t in found)
    body = over.whole(asked(COPY, "rdf"))
    if isinstance(body, Failed):
        assert body.kind == "format"
        return
    expected = rdflib.Graph().parse(data=whole(over, COPY, "nt"), format="nt")
    read = rdflib.Graph().parse(data=body, format="xml")
    assert isomorphic(plain(read), plain(expected))


def plain(found: rdflib.Graph) -> rdflib.Graph:
    """A graph with literals by their letters: rdflib normalises numbers."""
    made = rdflib.Graph()
    for s, p, o in found:
        text = rdflib.Literal(str(o)) if isinstance(o, rdflib.Literal) else o
        made.add((s, p, text))
    return made


@given(st.lists(quads(texts), max_size=8), st.sampled_from(["nt", "nq", "ttl", "trig", "jsonld"]))
def test_a_graph_says_what_was_found(found: list[ox.Quad], form: str) -> None:
    """In each other format, with the labels of blank nodes."""
    over = runner(found)
    expected = {quad.triple for quad in over.dataset.store if quad.graph_name == ox.DefaultGraph()}
    assert graph(whole(over, COPY, form), form) == expected


@given(st.lists(quads(texts), max_size=8), st.sampled_from(["json", "xml", "tsv"]))
def test_rows_say_what_was_found(found: list[ox.Quad], form: str) -> None:
    """In each format that has terms."""
    over = runner(found)
    default = [q.triple for q in over.dataset.store if q.graph_name == ox.DefaultGraph()]
    read: Rows = table(whole(over, EVERY, form), form)[1]
    same = [(t.subject, t.predicate, t.object) for t in default]
    assert Counter(map(tidy(form), read)) == Counter(map(tidy(form), same))


def tidy(form: str) -> Callable[[tuple[object, ...]], tuple[str, ...]]:
    """What two rows have to share: the engine trims what it reads in XML."""
    return lambda row: tuple(" ".join(str(x).split()) if form == "xml" else str(x) for x in row)
