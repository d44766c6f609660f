"""What is compiled is all there is: no term and no rule is lost on the way."""

from dataclasses import replace

import pyoxigraph as ox

from primum.foundation.names import BASE, Kind, Link
from primum.knowledge import files
from primum.knowledge.assembly import terms
from primum.knowledge.locate import Place
from primum.knowledge.rdf import Triples
from primum.use_cases.service import Primum


def test_every_class_of_a_kind_is_a_term(primum: Primum) -> None:
    """Each injury, treatment and factor of the ontology can be named, and nothing else can."""
    knowledge = primum.release.knowledge
    named = {t.iri for t in (*knowledge.injuries, *knowledge.treatments, *knowledge.factors)}
    unnamed = {Kind.INJURY, Kind.FACTOR, BASE + "GradedInjury"}
    assert named == knowledge.axioms.above.keys() - unnamed


def test_a_class_without_a_slug_is_named_by_its_local_name(primum: Primum, place: Place) -> None:
    """A treatment that a curator has just added can be asked about at once."""
    axioms = primum.release.knowledge.axioms
    added = BASE + "CuppingTherapy"
    wider = replace(axioms, above={**axioms.above, added: frozenset({added, Kind.TREATMENT})})
    found = terms(Triples(files.read(place).dataset), wider, Kind.TREATMENT)
    term = next(term for term in found if term.iri == added)
    expected = ("CuppingTherapy", "cupping-therapy", "CuppingTherapy")
    assert expected == (term.id, term.slug, term.label)


def test_every_rule_of_the_files_is_compiled(primum: Primum, place: Place) -> None:
    """Each class that carries a rationale is a rule of the release."""
    dataset = files.read(place).dataset
    reasoned = {
        str(quad.subject.value)
        for quad in dataset.quads_for_predicate(ox.NamedNode(Link.RATIONALE))
        if isinstance(quad.subject, ox.NamedNode)
    }
    assert reasoned == {rule.iri for rule in primum.release.knowledge.rules}
