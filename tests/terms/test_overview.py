"""The ontology at a glance, and what rests on a source, over a release with a garden in it."""

import pytest
from tests.graphs import quads
from tests.terms.served import planted

from primum.foundation.names import BASE, Graph
from primum.use_cases.service import Primum
from primum.use_cases.terms.kinds import TermKind
from primum.use_cases.terms.known import Known
from primum.use_cases.terms.overview import Branch, Overview, overview
from primum.use_cases.terms.refs import text_of
from primum.use_cases.terms.resting import Fact, Resting

STATED = """
@prefix source: <https://w3id.org/primum/source/> .
:grows a owl:ObjectProperty ; rdfs:label "grows in" .
:Garden a owl:Class ; skos:definition "Where things grow." .
:Tree a owl:Class ; rdfs:label "Tree" ; rdfs:subClassOf :Garden ; dcterms:source source:BOOK .
:Bush a owl:Class ; rdfs:label "Bush" ; rdfs:subClassOf :Garden ; dcterms:source source:LEAFLET .
:Quince a owl:Class ; rdfs:label "Quince" ; rdfs:subClassOf :Tree , :Bush , _:sun .
:Cydonia a owl:Class ; rdfs:label "Cydonia" ; owl:equivalentClass :Quince .
_:sun a owl:Restriction ; owl:onProperty :grows ; owl:someValuesFrom :Bush .
[] a owl:Axiom ; owl:annotatedSource :Tree ; owl:annotatedProperty dcterms:source ;
    owl:annotatedTarget source:BOOK ; :locator "page 1" .
[] a owl:Axiom ; owl:annotatedSource :Quince ; owl:annotatedProperty rdfs:subClassOf ;
    owl:annotatedTarget _:sun ; dcterms:source source:BOOK , source:LEAFLET ;
    :locator "BOOK: page 2 | LEAFLET: back" .
_:general a owl:Class ; owl:intersectionOf ( :Tree :Bush ) ; rdfs:subClassOf :Quince .
[] a owl:Axiom ; owl:annotatedSource _:general ; owl:annotatedProperty rdfs:subClassOf ;
    owl:annotatedTarget :Quince ; dcterms:source source:BOOK .
source:BOOK a owl:NamedIndividual , :Source ; rdfs:label "A book" .
source:LEAFLET a owl:NamedIndividual , :Source ; rdfs:label "A leaflet" .
"""
DERIVED = """
:Tree rdfs:subClassOf :Garden . :Bush rdfs:subClassOf :Garden .
:Quince rdfs:subClassOf :Tree , :Bush , :Garden , :Cydonia .
:Cydonia rdfs:subClassOf :Tree , :Bush , :Garden , :Quince .
"""


@pytest.fixture(scope="module")
def known(primum: Primum) -> Known:
    """What is known of the release and the garden."""
    stated = planted(primum.release, quads(STATED))
    return Known.of(planted(stated, quads(DERIVED), Graph.INFERRED))


@pytest.fixture(scope="module")
def found(known: Known) -> Overview:
    """All of it at a glance."""
    return overview(known)


def garden(branches: tuple[Branch, ...]) -> Branch:
    """The branch of the garden."""
    (branch,) = [each for each in branches if each.ref.iri == f"{BASE}Garden"]
    return branch


def test_a_class_stands_under_each_of_its_parents(found: Overview) -> None:
    """Equals beside each other; each class below is counted once."""
    branch = garden(found.classes)
    assert (branch.size, branch.definition) == (4, "Where things grow.")
    tree = {each.ref.label: [b.ref.label for b in each.below] for each in branch.below}
    assert tree == {"Bush": ["Cydonia", "Quince"], "Tree": ["Cydonia", "Quince"]}
    assert [each.size for each in branch.below] == [2, 2]


def test_each_term_is_listed_once_by_its_kind(found: Overview, known: Known) -> None:
    """Classes and rules apart; a version is the ontology that it is one of."""
    listed = [ref.iri for refs in found.kinds.values() for ref in refs]
    rules = [ref.iri for topic in found.topics for ref in topic.rules]
    assert len(listed) == len(set(listed))
    assert sorted(rules) == sorted(known.speaking.rules)
    assert not {*listed, *rules} & known.versions.keys()
    assert f"{BASE}grows" in {ref.iri for ref in found.kinds[TermKind.OBJECT_PROPERTY]}
    assert f"{BASE}source/BOOK" in {ref.iri for ref in found.kinds[TermKind.SOURCE]}
    assert TermKind.CLASS not in found.kinds


def test_kinds_and_topics_stand_in_order(found: Overview) -> None:
    """Kinds as they are declared, topics by name, terms by label."""
    assert list(found.kinds) == [kind for kind in TermKind if kind in found.kinds]
    names = [topic.name for topic in found.topics]
    assert names == sorted(names)
    for refs in found.kinds.values():
        labels = [ref.label.casefold() for ref in refs]
        assert labels == sorted(labels)


def told(facts: tuple[Fact, ...]) -> list[tuple[str, str, str, str]]:
    """Facts as texts."""
    return [
        (
            text_of(fact.subject),
            fact.property.label if fact.property else "",
            text_of(fact.end),
            fact.locator,
        )
        for fact in facts
    ]


def test_what_rests_on_a_source_has_the_place_in_it(known: Known) -> None:
    """Terms, links, and axioms on classes without a name, each with its own place."""
    resting = Resting.on(
        known.refs.of(f"{BASE}source/BOOK"), known.release.store, known.links, known.speaking
    )
    assert told(resting.terms) == [("Tree", "", "", "page 1")]
    assert told(resting.axioms) == [
        ("Quince", "grows in", "Bush", "page 2"),
        ("Tree and Bush", "sub class of", "Quince", ""),
    ]
    assert resting.rules == ()


def test_another_source_of_the_same_link_has_its_own_place(known: Known) -> None:
    """A locator is read for the source that it names."""
    resting = Resting.on(
        known.refs.of(f"{BASE}source/LEAFLET"), known.release.store, known.links, known.speaking
    )
    assert told(resting.terms) == [("Bush", "", "", "")]
    assert told(resting.axioms) == [("Quince", "grows in", "Bush", "back")]
