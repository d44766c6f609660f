"""The check of service descriptions catches what is against their vocabulary."""

import pytest
from rdflib import Graph
from tests.conformance.schema import faults

PREFIXES = """
@prefix : <urn:> .
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix format: <http://www.w3.org/ns/formats/> .
@prefix void: <http://rdfs.org/ns/void#> .
"""
RIGHT = """
:service a sd:Service ; sd:endpoint :sparql ; sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:EmptyGraphs ; sd:resultFormat format:SPARQL_Results_JSON , format:Turtle ;
    sd:defaultEntailmentRegime <http://www.w3.org/ns/entailment/Simple> ;
    sd:extensionFunction :distance ; sd:availableGraphs :dataset ; sd:defaultDataset :dataset .
:distance a sd:Function .
:dataset a sd:Dataset , void:Dataset ; void:triples 3 ; sd:defaultGraph [ a sd:Graph ] ;
    sd:namedGraph [ a sd:NamedGraph ; sd:name :one ; sd:graph [ a sd:Graph , void:Dataset ] ] .
"""


def found(turtle: str) -> list[str]:
    """The faults of a description."""
    return sorted(faults(Graph().parse(data=PREFIXES + turtle, format="turtle")))


def test_a_right_description_has_no_faults() -> None:
    """Terms of other vocabularies do not matter, nor named things that others describe."""
    assert found(RIGHT) == []


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (":service sd:endpoint :other .", "sd:endpoint of urn:service stands more than once"),
        (':other a sd:Service ; sd:endpoint "x" .', "sd:endpoint leads to x, which is no IRI"),
        (":other a sd:Service .", "urn:other is an sd:Service without sd:endpoint"),
        (":other a sd:NamedGraph .", "urn:other is an sd:NamedGraph without sd:name"),
        (":service sd:url :sparql .", "sd:url is no term of the vocabulary"),
        (":dataset a sd:Dataste .", "sd:Dataste is no term of the vocabulary"),
        (":dataset sd:feature :x .", "sd:feature stands at urn:dataset, which is no sd:Service"),
        (":service sd:feature sd:SPARQL11Query .", "which is no sd:Feature"),
        (":service sd:supportedLanguage sd:EmptyGraphs .", "which is no sd:Language"),
        (':service sd:resultFormat "Turtle" .', "leads to Turtle, which is no"),
        (":service sd:extensionFunction :one . :one a sd:Aggregate .", "which is no sd:Function"),
        (":service sd:availableGraphs :graphs .", "which is no sd:GraphCollection"),
        (":dataset sd:namedGraph :dataset .", "which is no sd:NamedGraph"),
        (":dataset sd:defaultGraph [ a sd:Graph ] .", "stands more than once"),
        (":service sd:defaultDataset [] .", "which is no sd:Dataset"),
    ],
)
def test_a_fault_is_caught(more: str, fault: str) -> None:
    """Each statement is against the vocabulary, and the fault says how."""
    assert any(fault in each for each in found(RIGHT + more))


def test_a_description_without_a_service_is_none() -> None:
    """Some service must be described."""
    assert found(":dataset a sd:Dataset .") == ["nothing is an sd:Service"]
