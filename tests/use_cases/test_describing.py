"""Situations are described so that HermiT sees each case that their numbers leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies as ours
from tests.graphs import names, quads

from primum.foundation.names import BASE
from primum.knowledge.reasoner import reason
from primum.model.spans import Cut, Number, Span
from primum.use_cases.describing import told_apart

AGES = """
:ageInYears a owl:DatatypeProperty, owl:FunctionalProperty .
:Young a owl:Class ; owl:equivalentClass %s .
:Either a owl:Class ; owl:equivalentClass [ owl:unionOf (%s %s) ] .
"""


def aged(facets: str) -> str:
    """The class of what has an age within facets."""
    return (
        "[ a owl:Restriction ; owl:onProperty :ageInYears ; owl:someValuesFrom"
        f" [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ({facets}) ] ]"
    )


UNDER_12 = aged("[xsd:minInclusive 0] [xsd:maxExclusive 12]")
UNDER_13 = aged("[xsd:minInclusive 0] [xsd:maxExclusive 13]")
OF_12_OR_13 = aged("[xsd:minInclusive 12] [xsd:maxExclusive 14]")
OF_12 = "[ a owl:Restriction ; owl:onProperty :ageInYears ; owl:hasValue 12 ]"
TOLD_APART = f"[ owl:intersectionOf ({UNDER_13} [ owl:unionOf ({UNDER_12} {OF_12}) ]) ]"


@given(
    spans=st.lists(ours.spans(ours.hours()).filter(lambda span: not span.is_empty)),
    number=ours.hours(),
)
def test_told_apart_is_all_of_time_and_no_instant_twice(spans: list[Span], number: Number) -> None:
    """The stretches cover each instant once; none but an instant by itself is cut down to one."""
    cuts = {cut for span in spans for cut in (span.start, span.end) if cut is not None}
    stretches = told_apart(cuts)
    assert len([s for s in stretches if s.covers(Span.at(number))]) == 1
    alone = {Cut(number), Cut(number, after=True)} <= cuts | {Cut(0)}
    assert alone == (Span.at(number) in stretches)


def test_ages_next_to_each_other_single_out_the_one_between() -> None:
    """12 lies between the cuts before 12 and before 13, and so do 0 and 13 between theirs."""
    cuts = [Cut(12), Cut(13), Cut(14), Cut(65)]
    expected = [Span.half_open(0, 12), Span.at(12), Span.at(13), Span.half_open(14)]
    assert expected == told_apart(cuts, apart=1)
    assert [Span.at(0), Span.half_open(1)] == told_apart([Cut(1)], apart=1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("expected", "young"),
    [
        ("Young", UNDER_13),  # wrong: the day HermiT says Either too, nothing need be told apart
        ("Young Either", TOLD_APART),
    ],
    ids=["as it stands", "told apart"],
)
def test_hermit_overlooks_a_number_that_denied_ranges_leave(expected: str, young: str) -> None:
    """Under 13 is under 12, or 12 to 13; HermiT must be told that 12 is a case of its own.

    See service/decisions/0004.
    """
    found = reason(quads(AGES % (young, UNDER_12, OF_12_OR_13)))
    assert names(expected) == found.above[BASE + "Young"]
