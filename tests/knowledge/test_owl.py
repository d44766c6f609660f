"""Class expressions survive the way to RDF and back, and what we cannot read is refused."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from tests.graphs import closure, triples
from tests.strategies import conditions

from primum.foundation.errors import KnowledgeError, OutsideFragment
from primum.foundation.names import BASE, RDFS, Datatype, Link
from primum.knowledge.axioms import sort_axioms
from primum.knowledge.owl import Lifter, read_expression
from primum.knowledge.rdf import Triples
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.spans import Cut, Span, exact

ABOVE = closure(Rule="TreatmentSituation", TreatmentSituation="", A="Condition", B="Condition")
A, B = Named(BASE + "A"), Named(BASE + "B")


def hours(span: Span) -> SomeNumber:
    """Hours since onset within a span."""
    return SomeNumber(Link.HOURS, Datatype.DECIMAL, span)


def faceted(facets: str, datatype: str = "xsd:decimal") -> str:
    """Turtle of `hoursSinceOnset some datatype[facets]`, from the members of the facet list."""
    return (
        "[ a owl:Restriction ; owl:onProperty :hoursSinceOnset ; owl:someValuesFrom"
        f" [ a rdfs:Datatype ; owl:onDatatype {datatype} ; owl:withRestrictions ({facets}) ] ]"
    )


def restriction(rest: str) -> str:
    """Turtle of a restriction on `forInjury`."""
    return f"[ a owl:Restriction ; owl:onProperty :forInjury ; {rest} ]"


def read(turtle: str) -> Expression:
    """The expression that is the superclass of a class in a small graph."""
    graph = triples(f":Rule rdfs:subClassOf {turtle} .")
    node = graph.value(ox.NamedNode(BASE + "Rule"), RDFS + "subClassOf")
    assert node is not None
    return read_expression(graph, node)


@given(conditions())
def test_what_is_lifted_reads_back_as_the_same_expression(expression: Expression) -> None:
    """Lifting, writing N-Triples, parsing and reading give the expression that went in."""
    lifter = Lifter()
    node = lifter.lift(expression)
    written = ox.serialize(
        (ox.Triple(*one) for one in lifter.triples), format=ox.RdfFormat.N_TRIPLES
    )
    assert written is not None
    graph = Triples(ox.parse(written, format=ox.RdfFormat.N_TRIPLES))
    assert expression == read_expression(graph, node)


def test_a_single_number_is_lifted_as_a_value() -> None:
    """HermiT misjudges facets that admit one number, so `value` is written for it."""
    lifter = Lifter()
    lifter.lift(hours(Span.at(48)))
    written = {predicate.value.rpartition("#")[2] for _, predicate, _ in lifter.triples}
    assert {"type", "onProperty", "hasValue"} == written


def test_two_lifters_with_their_own_prefixes_share_no_node() -> None:
    """Expressions lifted apart can be put into one graph."""
    one, other = Lifter("one"), Lifter("other")
    assert one.lift(Not(A)) != other.lift(Not(A))


READ = {
    ":A": A,
    "[ a owl:Class ; owl:intersectionOf (:A :B) ]": And((A, B)),
    "[ a owl:Class ; owl:unionOf (:B :A) ]": Or((B, A)),
    "[ a owl:Class ; owl:complementOf :A ]": Not(A),
    restriction("owl:someValuesFrom :A"): Some(Link.FOR_INJURY, A),
    "[ owl:onProperty :hoursSinceOnset ; owl:someValuesFrom xsd:decimal ]": hours(Span()),
    "[ owl:onProperty :hoursSinceOnset ; owl:hasValue 1.5 ]": hours(Span.at(exact("1.5"))),
    faceted("[xsd:minInclusive 0.0] [xsd:maxExclusive 48.0]"): hours(Span.half_open(0, 48)),
    faceted("[xsd:minInclusive 0] [xsd:maxExclusive 48]"): hours(Span.half_open(0, 48)),
    faceted("[xsd:maxInclusive 3.0] [xsd:minExclusive 1.5]"): hours(
        Span(Cut(exact("1.5"), after=True), Cut(3, after=True))
    ),
    faceted("[xsd:minInclusive 0.0] [xsd:maxExclusive 9.0] [xsd:minInclusive 3.0]"): hours(
        Span.half_open(3, 9)
    ),
    faceted("[xsd:minInclusive -5.0]"): hours(Span()),
    faceted('[xsd:minInclusive "+03."^^xsd:decimal]'): hours(Span.half_open(3)),
}


@pytest.mark.parametrize(("turtle", "expected"), READ.items())
def test_each_construct_of_the_fragment_is_read(turtle: str, expected: Expression) -> None:
    """The Turtle that Protégé writes for each construct reads as its expression."""
    assert expected == read(turtle)


OUTSIDE = {
    "only": restriction("owl:allValuesFrom :A"),
    "self": restriction("owl:hasSelf true"),
    "value-individual": restriction("owl:hasValue :patient"),
    "value-text": restriction('owl:hasValue "two"'),
    "value-double": restriction("owl:hasValue 2e0"),
    "min": restriction('owl:minCardinality "1"^^xsd:nonNegativeInteger'),
    "max": restriction('owl:maxCardinality "1"^^xsd:nonNegativeInteger'),
    "exactly": restriction('owl:cardinality "1"^^xsd:nonNegativeInteger'),
    "exactly-qualified": restriction(
        'owl:qualifiedCardinality "1"^^xsd:nonNegativeInteger ; owl:onClass :A'
    ),
    "one-of": "[ a owl:Class ; owl:oneOf (:patient) ]",
    "inverse": "[ a owl:Restriction ; owl:onProperty [ owl:inverseOf :forInjury ] ;"
    " owl:someValuesFrom :A ]",
    "no-property": "[ a owl:Restriction ; owl:someValuesFrom :A ]",
    "nothing": "[ a owl:Class ]",
    "literal": '"a class"',
    "and-and-or": "[ a owl:Class ; owl:intersectionOf (:A :B) ; owl:unionOf (:A :B) ]",
    "some-literal": restriction("owl:someValuesFrom 2"),
    "data-one-of": restriction("owl:someValuesFrom [ a rdfs:Datatype ; owl:oneOf (1 2) ]"),
    "data-complement": restriction(
        "owl:someValuesFrom [ a rdfs:Datatype ; owl:datatypeComplementOf xsd:decimal ]"
    ),
    "double": faceted("[xsd:minInclusive 0e0]", datatype="xsd:double"),
    "date": faceted('[xsd:minInclusive "2026-11-22T00:00:00"^^xsd:dateTime]', "xsd:dateTime"),
    "anonymous-datatype": faceted("[xsd:minInclusive 0.0]", datatype="[]"),
    "no-facets": restriction("owl:someValuesFrom [ owl:onDatatype xsd:decimal ]"),
    "pattern": faceted('[xsd:pattern "[0-9]+"]'),
    "length": faceted("[xsd:totalDigits 2]"),
    "facet-is-literal": faceted("48.0"),
    "facet-of-node": faceted("[xsd:minInclusive :A]"),
    "single-closed": faceted("[xsd:minInclusive 48.0] [xsd:maxInclusive 48.0]"),
    "single-other-order": faceted("[xsd:maxInclusive 48.0] [xsd:minInclusive 48.0]"),
    "exponent": faceted('[xsd:minInclusive "4e1"^^xsd:decimal]'),
    "infinity": faceted('[xsd:maxExclusive "INF"^^xsd:decimal]'),
    "fraction": faceted('[xsd:maxExclusive "1/3"^^xsd:decimal]'),
    "underscore": faceted('[xsd:maxExclusive "1_000"^^xsd:decimal]'),
    "nested": "[ a owl:Class ; owl:complementOf [ a owl:Class ; owl:oneOf (:patient) ] ]",
}


@pytest.mark.parametrize("construct", OUTSIDE)
def test_a_construct_outside_the_fragment_is_refused_by_name(construct: str) -> None:
    """The error says on which class the axiom stands, so that a curator finds it."""
    axiom = f":Rule a owl:Class ; owl:equivalentClass {OUTSIDE[construct]} ."
    with pytest.raises(OutsideFragment, match="axiom on primum:Rule: "):
        sort_axioms(triples(axiom), ABOVE)


MORE_THAN_ONE_THING_SAID = {
    "some-and-only": restriction("owl:someValuesFrom :A ; owl:allValuesFrom :B"),
    "some-and-cardinality": restriction(
        'owl:someValuesFrom :A ; owl:maxCardinality "1"^^xsd:nonNegativeInteger'
    ),
    "two-fillers": restriction("owl:someValuesFrom :A, :B"),
    "two-properties": restriction("owl:onProperty :proposes ; owl:someValuesFrom :A"),
    "two-complements": "[ a owl:Class ; owl:complementOf :A, :B ]",
    "two-intersections": "[ a owl:Class ; owl:intersectionOf (:A :B), (:A) ]",
    "and-with-one-of": "[ a owl:Class ; owl:intersectionOf (:A :B) ; owl:oneOf (:patient) ]",
    "two-facets-in-one-node": faceted("[xsd:minInclusive 0.0 ; xsd:maxExclusive 48.0]"),
    "a-facet-twice-in-one-node": faceted("[xsd:minInclusive 0.0, 24.0]"),
    "facet-with-pattern": faceted('[xsd:minInclusive 0.0 ; xsd:pattern "[0-9]"]'),
    "facet-of-another-datatype": faceted('[xsd:minInclusive "48"^^xsd:double]'),
    "facet-of-text": faceted('[xsd:minInclusive "48"]'),
}


@pytest.mark.parametrize("construct", MORE_THAN_ONE_THING_SAID)
def test_no_part_of_an_expression_is_skipped(construct: str) -> None:
    """Where one node says two things, reading only the first would change the rule in silence."""
    axiom = f":Rule a owl:Class ; owl:equivalentClass {MORE_THAN_ONE_THING_SAID[construct]} ."
    with pytest.raises(OutsideFragment, match="axiom on primum:Rule: "):
        sort_axioms(triples(axiom), ABOVE)


BROKEN_LISTS = {
    "no-list": "[ a owl:Class ; owl:intersectionOf :A ]",
    "literal": "[ a owl:Class ; owl:intersectionOf 2 ]",
    "no-rest": "[ a owl:Class ; owl:intersectionOf [ rdf:first :A ] ]",
    "no-first": "[ a owl:Class ; owl:intersectionOf [ rdf:rest () ] ]",
    "two-firsts": "[ a owl:Class ; owl:unionOf [ rdf:first :A, :B ; rdf:rest () ] ]",
    "two-rests": "[ a owl:Class ; owl:unionOf [ rdf:first :A ; rdf:rest (), (:B) ] ]",
    "circle": "[ a owl:Class ; owl:unionOf _:cell ] . _:cell rdf:first :A ; rdf:rest _:cell",
    "facets": restriction(
        "owl:someValuesFrom [ owl:onDatatype xsd:decimal ; owl:withRestrictions [] ]"
    ),
}


@pytest.mark.parametrize("fault", BROKEN_LISTS)
def test_a_broken_list_is_an_error(fault: str) -> None:
    """A list that ends nowhere, forks or bites its tail is never read in part."""
    axiom = f":Rule a owl:Class ; owl:equivalentClass {BROKEN_LISTS[fault]} ."
    with pytest.raises(KnowledgeError, match="An RDF list is broken at "):
        sort_axioms(triples(axiom), ABOVE)


def test_the_error_on_a_broken_list_names_the_axiom() -> None:
    """A blank node's name helps nobody; the class on which the axiom stands does."""
    axiom = f":Rule a owl:Class ; owl:equivalentClass {BROKEN_LISTS['no-rest']} ."
    with pytest.raises(KnowledgeError, match="axiom on primum:Rule: "):
        sort_axioms(triples(axiom), ABOVE)


def test_facets_that_admit_one_number_are_refused_with_what_to_write() -> None:
    """The error gives the spelling that HermiT judges rightly."""
    with pytest.raises(OutsideFragment, match="write `primum:hoursSinceOnset value 48`"):
        read(OUTSIDE["single-closed"])
