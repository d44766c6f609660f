"""The axioms of a release are those of its files, triple by triple, and say where they stand."""

import pyoxigraph as ox
import pytest
from tests.graphs import triples

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import BASE
from primum.knowledge import files
from primum.knowledge.axiom_base import axiom_base_of, check_written, read_axiom_base
from primum.knowledge.locate import Place
from primum.knowledge.origins import Origins, origin_triples
from primum.knowledge.rdf import Triples
from primum.model.expressions import Named
from primum.model.proofs import Axiom, Kind
from primum.use_cases.service import Primum

RULE = """
:Rule owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( :TreatmentSituation
  [ a owl:Restriction ; owl:onProperty :hoursSinceOnset ; owl:someValuesFrom
    [ a rdfs:Datatype ; owl:onDatatype xsd:decimal ; owl:withRestrictions ( %s ) ] ] ) ] .
"""


@pytest.fixture(scope="module")
def axioms(primum: Primum) -> tuple[Axiom, ...]:
    """The axioms of the shipped release."""
    return read_axiom_base(primum.place.release / primum.release.manifest.dataset)


def read_files(place: Place) -> tuple[Axiom, ...]:
    """The same axioms, read from the files themselves."""
    sources = files.read(place)
    paths = {
        iri: path.relative_to(place.root).as_posix() for path, iri in sources.ontologies.items()
    }
    heads = {head: sources.ontologies[path] for head, path in sources.heads.items()}
    origins = Origins.read(ox.Quad(*triple) for triple in origin_triples(heads, paths))
    return axiom_base_of(Triples(sources.dataset), origins)


def base_of(turtle: str) -> list[Axiom]:
    """The axioms of a small graph."""
    return list(axiom_base_of(triples(turtle), Origins({}, {})))


def test_each_axiom_says_in_which_file_it_stands(axioms: tuple[Axiom, ...], place: Place) -> None:
    """What the release says of files and triples is what the files say."""
    expected = {(axiom.file, axiom.triples) for axiom in read_files(place)}
    assert expected == {(axiom.file, axiom.triples) for axiom in axioms}
    assert all((place.root / axiom.file).is_file() for axiom in axioms)


def test_an_axiom_that_stands_apart_has_its_own_file(axioms: tuple[Axiom, ...]) -> None:
    """That injuries are disjoint with a class of the core is said in the file of injuries."""
    graded = Named(BASE + "GradedInjury")
    where = {axiom.kind: axiom.file for axiom in axioms if axiom.parts[0] == graded}
    assert where[Kind.EQUIVALENT] == "ontology/core.ttl"
    assert where[Kind.DISJOINT] == "ontology/injuries.ttl"


def test_each_axiom_is_shown_as_it_is_written(axioms: tuple[Axiom, ...]) -> None:
    """None of the shipped axioms is one that a proof could not show."""
    for axiom in axioms:
        check_written(axiom)


def test_links_to_what_no_rule_asks_about_are_left_out() -> None:
    """A risk factor restricts no situation."""
    link = "[ a owl:Restriction ; owl:onProperty :hasRiskFactor ; owl:someValuesFrom :Fall ]"
    [axiom] = base_of(f":Strain rdfs:subClassOf :Condition , {link} .")
    assert (Named(BASE + "Strain"), Named(BASE + "Condition")) == axiom.parts


@pytest.mark.parametrize(
    "facets",
    ["[ xsd:maxExclusive 72.0 ]", "[ xsd:maxExclusive 72.0 ] [ xsd:minInclusive 0.0 ]"],
    ids=["no lower bound", "upper bound first"],
)
def test_a_range_that_proofs_cannot_show_is_refused(facets: str) -> None:
    """The error names the axiom and says what to write instead."""
    [axiom] = base_of(RULE % facets)
    with pytest.raises(OutsideFragment, match=r"`Rule .* a range needs a lower bound"):
        check_written(axiom)


@pytest.mark.parametrize("number", ["48", "48.0", "48.00", "48.50"])
def test_how_a_number_is_spelled_is_the_curators_choice(number: str) -> None:
    """All spellings of a decimal number are shown as they are written."""
    literal = f'"{number}"^^xsd:decimal'
    [axiom] = base_of(RULE % f"[ xsd:minInclusive {literal} ]")
    check_written(axiom)
    assert [line for line in axiom.triples if f'"{number}"' in line]


def test_blank_nodes_are_numbered_as_they_are_met() -> None:
    """The same axiom has the same triples, whatever its blank nodes were called."""
    one, other = (
        base_of(f":A rdfs:subClassOf _:{name} . _:{name} a owl:Class ; owl:complementOf :B .")
        for name in ("x", "y")
    )
    assert one[0].triples == other[0].triples
