"""What files say, in words that can be compared whatever blank nodes are called."""

import pyoxigraph as ox

from primum.foundation.names import BASE, OWL, RDFS
from primum.use_cases.diffing.statements import Statement, marked, statements, unmarked

HEAD = f"""
@prefix : <{BASE}> .
@prefix owl: <{OWL}> .
@prefix rdfs: <{RDFS}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def said(turtle: str) -> set[Statement]:
    """The statements of a graph."""
    quads = ox.parse(HEAD + turtle, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    return set(statements(quads))


def test_blank_nodes_have_no_names() -> None:
    """Two readings of one text say the same."""
    text = ":A a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; "
    text += "owl:someValuesFrom :B ] ."
    assert said(text) == said(text)
    assert Statement(BASE + "A", RDFS + "subClassOf", f"{m('p')} some {m('B')}") in said(text)


def m(name: str) -> str:
    """A term within words."""
    return marked(BASE + name)


def test_words_are_shown_with_the_names_of_terms() -> None:
    """The IRIs within words become names."""
    assert unmarked(f"{m('p')} some {m('B')}", lambda iri: iri.removeprefix(BASE)) == "p some B"


def test_annotations_stand_with_their_axiom() -> None:
    """A changed locator is a change of the statement that it annotates."""
    text = """:A rdfs:subClassOf :B .
        [] a owl:Axiom ; owl:annotatedSource :A ; owl:annotatedProperty rdfs:subClassOf ;
           owl:annotatedTarget :B ; :locator "page 3" ."""
    expected = Statement(
        BASE + "A", RDFS + "subClassOf", m("B"), frozenset({(BASE + "locator", "page 3")})
    )
    assert expected in said(text)
    assert said(text) != said(text.replace("page 3", "page 4"))
    assert len(said(text)) == 1


def test_general_axioms_and_disjoint_classes_are_said() -> None:
    """What has no named subject is still compared."""
    general = """[ a owl:Class ; owl:intersectionOf ( :A :B ) ] rdfs:subClassOf :C ."""
    assert {
        Statement("", RDFS + "subClassOf", f"{m('A')} and {m('B')} SubClassOf {m('C')}")
    } == said(general)
    disjoint = "[] a owl:AllDisjointClasses ; owl:members ( :A :B ) ."
    (found,) = said(disjoint)
    assert f"{m('A')}, {m('B')}" in found.value
    assert said(disjoint) != said(disjoint.replace(":B", ":C"))


def test_a_number_is_one_number_however_it_is_spelled() -> None:
    """A store writes 1.0 as 1; that is no change."""
    assert said(":A :hours 48.0 .") == said(':A :hours "48"^^xsd:decimal .')
