"""What is given of a term as RDF, and that the same graph has the same bytes."""

import pyoxigraph as ox
import pytest
from tests.graphs import PREFIXES, quads
from tests.terms.served import planted

from primum.foundation.names import BASE, RDFS, REGION_BASE, Flat, Graph
from primum.knowledge.release import Release
from primum.use_cases.service import Primum
from primum.use_cases.terms.description import FORMS, canonical, described, description
from primum.use_cases.terms.kinds import TermKind, kind_of
from primum.use_cases.terms.known import Known

STATED = """
:Pear a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :grows ;
    owl:someValuesFrom [ owl:unionOf ( :Orchard [ owl:complementOf :Shed ] ) ] ] .
_:axiom a owl:Axiom ; owl:annotatedSource :Pear ; owl:annotatedProperty rdfs:label ;
    owl:annotatedTarget "pear" ; rdfs:comment _:remark .
_:remark rdfs:label "a remark" .
:Orchard a owl:Class ; rdfs:seeAlso :Pear .
[] rdfs:subClassOf :Pear .
:Gate :latch [ rdfs:label "of iron" ; :hinge :Wood ] .
"""
DERIVED = ":Pear rdfs:subClassOf :Fruit ; :ripe true ."
REGION = "<https://w3id.org/primum/region/Pear-1> :ofRule :Pear ; :regionGrade 2 ."


@pytest.fixture(scope="module")
def release(primum: Primum) -> Release:
    """The release and an orchard, in three of its graphs."""
    found = planted(primum.release, quads(STATED))
    found = planted(found, quads(DERIVED), Graph.INFERRED)
    return planted(found, quads(REGION), Graph.RULES)


@pytest.fixture(scope="module")
def known(release: Release) -> Known:
    """What is known of it."""
    return Known.of(release)


def same(found: set[ox.Triple], turtle: str) -> bool:
    """Whether triples are those of a Turtle text, however their blank nodes are called."""
    expected = {quad.triple for quad in quads(turtle)}
    return canonical(found, first=BASE) == canonical(expected, first=BASE)


def test_a_description_is_bounded(known: Known) -> None:
    """All that is said of a term, in any graph and through nodes without a name, and no more."""
    expected = STATED.partition(":Orchard a")[0] + DERIVED + REGION
    assert same(description(known, f"{BASE}Pear"), expected)


def test_what_leads_to_a_term_is_no_part_of_it(known: Known) -> None:
    """But for annotations of its axioms and the regions of a rule."""
    found = description(known, f"{BASE}Orchard")
    assert same(found, ":Orchard a owl:Class ; rdfs:seeAlso :Pear .")


def test_a_word_that_nothing_is_said_of_is_given_by_its_uses(known: Known) -> None:
    """As a property, and as a value: then with all that the node without a name says."""
    assert same(description(known, f"{BASE}latch"), ":Gate :latch [] .")
    assert same(description(known, f"{BASE}Wood"), '[] :hinge :Wood ; rdfs:label "of iron" .')


def test_a_graph_is_what_stands_in_it(known: Known) -> None:
    """Each triple of it, and none of another."""
    found = description(known, Graph.MAPPINGS)
    assert len(found) == known.sizes[Graph.MAPPINGS] > 100
    assert {t.predicate.value.partition("#")[2][-5:] for t in found} == {"Match"}


@pytest.mark.parametrize("media", FORMS)
def test_the_bytes_do_not_depend_on_names_of_blank_nodes(
    media: str, known: Known, release: Release
) -> None:
    """A store names them anew whenever it is loaded."""
    other = ox.Store()
    dump = release.store.dump(format=ox.RdfFormat.N_QUADS) or b""
    other.bulk_load(dump, format=ox.RdfFormat.N_QUADS)
    again = Known.of(planted(release, []))
    again.release.store.clear()
    again.release.store.extend(other)
    first, second = (described(each, f"{BASE}Pear", media) for each in (known, again))
    assert first == second


def test_the_term_itself_comes_first(known: Known) -> None:
    """So a person who reads Turtle sees at once what it is about."""
    text = described(known, f"{BASE}Pear", "text/turtle").decode()
    prefixes, _, body = text.rpartition("@prefix")
    assert prefixes
    assert body.partition("\n")[2].startswith("primum:Pear ")


def test_prefixes_are_those_of_the_project(known: Known) -> None:
    """Names are short in Turtle."""
    text = described(known, f"{REGION_BASE}MassageStrainGrade2To3Week-1", "text/turtle").decode()
    assert "region:MassageStrainGrade2To3Week-1 a primum:Region" in text
    for line in PREFIXES.splitlines():
        if "w3id" not in line and "owlready" not in line:
            assert line in text


@pytest.mark.parametrize(
    ("kind", "iri"),
    [
        (TermKind.CLASS, f"{BASE}Pear"),
        (TermKind.RULE, f"{BASE}MassageStrainGrade2To3Week"),
        (TermKind.OBJECT_PROPERTY, f"{BASE}hasSite"),
        (TermKind.DATA_PROPERTY, f"{BASE}hasGrade"),
        (TermKind.ANNOTATION_PROPERTY, f"{BASE}confidence"),
        (TermKind.SOURCE, f"{BASE}source/SEED-ITBS"),
        (TermKind.INDIVIDUAL, f"{BASE}StageSubacuteSicG3"),
        (TermKind.PHRASE, f"{BASE}phrase/asked"),
        (TermKind.SHAPE, f"{BASE}shapes/Record"),
        (TermKind.ONTOLOGY, f"{BASE}ontology/anatomy"),
        (TermKind.GRAPH, Graph.RULES),
        (TermKind.ANNOTATION_PROPERTY, Flat.TREATMENT),
        (TermKind.CLASS, Flat.REGION),
        (TermKind.WORD, f"{BASE}latch"),
        (TermKind.REGION, f"{REGION_BASE}MassageStrainGrade2To3Week-1"),
    ],
)
def test_each_term_is_of_one_kind(kind: TermKind, iri: str, known: Known) -> None:
    """By what the release says of it."""
    assert kind_of(known, iri) is kind


def test_what_is_said_in_several_graphs_is_said_once(known: Known) -> None:
    """A subclass that is stated and derived is one triple."""
    found = description(known, f"{BASE}HamstringStrain")
    subclass = ox.NamedNode(RDFS + "subClassOf")
    wider = [t.object for t in found if t.predicate == subclass]
    assert len(wider) == len(set(wider))
