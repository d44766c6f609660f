"""HermiT finds the shipped knowledge sound, and what is planted in it to make it unsound."""

import pyoxigraph as ox
import pytest
from tests.conftest import CopyKnowledge
from tests.graphs import PREFIXES, names, quads

from primum.foundation.errors import InconsistentKnowledge
from primum.foundation.names import BASE
from primum.knowledge import files
from primum.knowledge.locate import Place
from primum.knowledge.reasoner import Entailed, demand_satisfiable, ntriples, reason, tool_versions
from primum.use_cases.build import build


@pytest.fixture(scope="module")
def dataset(place: Place) -> ox.Dataset:
    """The shipped files."""
    return files.read(place).dataset


@pytest.fixture(scope="module")
def entailed(dataset: ox.Dataset) -> Entailed:
    """What HermiT derives from the shipped files."""
    return reason(dataset)


def test_each_shipped_class_can_have_members(entailed: Entailed, dataset: ox.Dataset) -> None:
    """The ontology and the rules are consistent, and no class is empty by definition."""
    assert frozenset() == entailed.unsatisfiable
    demand_satisfiable(entailed, dataset)


def test_a_class_is_above_itself_and_below_what_is_stated(entailed: Entailed) -> None:
    """The closure is reflexive and transitive, and stays within Primum."""
    expected = names("HamstringStrain MuscleStrain Condition")
    assert expected <= entailed.above[BASE + "HamstringStrain"]
    assert all(iri in supers for iri, supers in entailed.above.items())
    assert all(s.startswith(BASE) for supers in entailed.above.values() for s in supers)


def test_each_rule_is_found_below_its_level(entailed: Entailed) -> None:
    """A reasoner derives that a situation is contraindicated, which Protégé's queries rely on."""
    below = {iri for iri, s in entailed.above.items() if BASE + "AbsolutelyContraindicated" in s}
    assert len(below) > 10
    assert all(names("Contraindicated TreatmentSituation") <= entailed.above[iri] for iri in below)


PLANTED_CLASS = ":Both a owl:Class ; rdfs:subClassOf :HamstringStrain, :CalfStrain .\n"
PLANTED_INDIVIDUAL = ":both a owl:NamedIndividual, :HamstringStrain, :CalfStrain .\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("message", "planted"),
    [
        ("Both can have no member, because:", PLANTED_CLASS),
        ("The ontology and the rules contradict each other, because:", PLANTED_INDIVIDUAL),
    ],
    ids=["class-without-members", "contradiction"],
)
def test_a_planted_clash_fails_the_build_with_the_axioms_at_fault(
    message: str, planted: str, copy_knowledge: CopyKnowledge
) -> None:
    """The error names the class and each axiom that takes part; no release is written."""
    place = copy_knowledge()
    (place.ontology / "planted.ttl").write_text(PREFIXES + planted)
    with pytest.raises(InconsistentKnowledge) as caught:
        build(place)
    said = str(caught.value)
    assert said.startswith(message)
    assert {True} == {part in said for part in ("DisjointClasses", "HamstringStrain", "CalfStrain")}
    assert not place.release.exists()


@pytest.mark.slow
def test_only_the_first_unsatisfiable_classes_are_explained() -> None:
    """One wrong axiom can empty a hundred classes; the message stays short and counts the rest."""
    graph = quads(
        ":A a owl:Class ; owl:disjointWith :B . :B a owl:Class ."
        + "".join(f":C{n} a owl:Class ; rdfs:subClassOf :A, :B ." for n in range(7))
    )
    entailed = reason(graph)
    assert names(" ".join(f"C{n}" for n in range(7))) == entailed.unsatisfiable
    with pytest.raises(InconsistentKnowledge, match="2 more classes can have no member either"):
        demand_satisfiable(entailed, graph)


GRADES = """
:hasGrade a owl:DatatypeProperty, owl:FunctionalProperty .
:High a owl:Class ; owl:equivalentClass [ a owl:Restriction ; owl:onProperty :hasGrade ;
  owl:someValuesFrom [ a rdfs:Datatype ; owl:onDatatype xsd:integer ;
    owl:withRestrictions ([xsd:minInclusive 2]) ] ] .
:one a owl:NamedIndividual, [ a owl:Restriction ; owl:onProperty :hasGrade ; %s ] .
"""


@pytest.mark.parametrize(
    ("expected", "grade"),
    [
        ("High", "owl:hasValue 2"),
        (
            "",  # wrong: the day HermiT says High, facets that admit one number may be written
            "owl:someValuesFrom [ a rdfs:Datatype ; owl:onDatatype xsd:integer ;"
            " owl:withRestrictions ([xsd:minInclusive 2] [xsd:maxInclusive 2]) ]",
        ),
        (
            "High",
            "owl:someValuesFrom [ a rdfs:Datatype ; owl:onDatatype xsd:integer ;"
            " owl:withRestrictions ([xsd:minInclusive 2] [xsd:maxInclusive 3]) ]",
        ),
    ],
    ids=["value", "facets-of-one-number", "facets-of-two-numbers"],
)
def test_hermit_misjudges_facets_that_admit_one_number(expected: str, grade: str) -> None:
    """Why the fragment has `value`: HermiT does not see that a number in `[2, 2]` is 2.

    See service/decisions/0004. When HermiT is mended this fails, and the refusal can go.
    """
    assert names(expected) == reason(quads(GRADES % grade)).types[BASE + "one"]


def test_annotations_and_imports_are_kept_from_the_reasoner() -> None:
    """owlready2 would fetch imports; annotated axioms mean nothing to a reasoner."""
    graph = quads(
        "<https://w3id.org/primum/ontology> owl:imports <https://w3id.org/nowhere> ."
        ":A a owl:Class ; rdfs:subClassOf :B ."
        "[] a owl:Axiom ; owl:annotatedSource :A ; owl:annotatedProperty rdfs:subClassOf ;"
        " owl:annotatedTarget :B ; rdfs:comment 'why' ."
    )
    lines = ntriples(graph).decode().splitlines()
    assert {f"<{BASE}A>"} == {line.split()[0] for line in lines}


def test_the_tools_are_named_with_their_versions() -> None:
    """The manifest of a release tells what reasoned."""
    versions = tool_versions()
    assert {"owlready2", "java"} == set(versions)
    assert {True} == {version[0].isdigit() for version in versions.values()}
