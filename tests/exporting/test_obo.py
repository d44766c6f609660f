"""OBO graphs, and the module of definitions for OBO tools."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.conftest import CopyKnowledge
from tests.exporting.conftest import Exported
from tests.graphs import PREFIXES

from primum.foundation.names import BASE, OBO_DEFINITION
from primum.knowledge.locate import Place
from primum.knowledge.owl import Triple
from primum.use_cases.exporting.obo_definitions import obo_definitions
from primum.use_cases.exporting.obographs import obograph

SMALL = f"""
<{BASE}ontology> a owl:Ontology ; owl:versionIRI <{BASE}ontology/1.0.0> .
:note a owl:AnnotationProperty . :has a owl:ObjectProperty ; rdfs:domain :A ; rdfs:range :B .
:A a owl:Class ; rdfs:label "An A"@en ; <{OBO_DEFINITION}> "A letter."@en ; :note "first" ;
  skos:altLabel "alpha"@en ; rdfs:subClassOf :B , [ owl:onProperty :has ; owl:someValuesFrom :C ] ,
  [ owl:complementOf :C ] .
:C a owl:Class ; owl:deprecated true ;
  owl:equivalentClass [
    owl:intersectionOf ( :A [ owl:onProperty :has ; owl:someValuesFrom :B ] ) ] .
:D a owl:Class ; owl:equivalentClass [ owl:intersectionOf ( :A [ owl:complementOf :B ] ) ] .
:i a owl:NamedIndividual , :A .
"""


def small() -> list[Triple]:
    """The statements of the small ontology."""
    quads = ox.parse(PREFIXES + SMALL, format=ox.RdfFormat.TURTLE)
    return [(q.subject, q.predicate, q.object) for q in quads]


def test_a_graph_has_nodes_links_and_definitions() -> None:
    """And leaves out what an OBO graph cannot say: negations, and definitions by them."""
    exact = "http://www.w3.org/2004/02/skos/core#exactMatch"
    text = obograph(small(), [(f"{BASE}A", exact, "https://example.org/a")])
    (graph,) = json.loads(text)["graphs"]
    assert graph["meta"]["version"] == f"{BASE}ontology/1.0.0"
    nodes = {node["id"].removeprefix(BASE): node for node in graph["nodes"]}
    assert nodes.keys() == {"A", "C", "D", "i", "has", "note"}
    assert nodes["A"] == {
        "id": f"{BASE}A",
        "lbl": "An A",
        "type": "CLASS",
        "meta": {
            "definition": {"val": "A letter."},
            "synonyms": [{"pred": "hasRelatedSynonym", "val": "alpha"}],
            "xrefs": [{"val": "https://example.org/a"}],
            "basicPropertyValues": [{"pred": f"{BASE}note", "val": "first"}],
        },
    }
    assert nodes["C"]["meta"] == {"deprecated": True}
    short = [tuple(part.removeprefix(BASE) for part in edge.values()) for edge in graph["edges"]]
    assert short == [("A", "has", "C"), ("A", "is_a", "B"), ("i", "type", "A")]
    assert graph["logicalDefinitionAxioms"] == [
        {
            "definedClassId": f"{BASE}C",
            "genusIds": [f"{BASE}A"],
            "restrictions": [{"propertyId": f"{BASE}has", "fillerId": f"{BASE}B"}],
        }
    ]
    assert graph["domainRangeAxioms"] == [
        {
            "predicateId": f"{BASE}has",
            "domainClassIds": [f"{BASE}A"],
            "rangeClassIds": [f"{BASE}B"],
        }
    ]


def test_the_whole_ontology_is_in_the_graph(exported: Exported) -> None:
    """With a definition for each class, as OBO tools ask for."""
    (graph,) = json.loads(exported("obograph")["primum.obographs.json"])["graphs"]
    classes = [node for node in graph["nodes"] if node["type"] == "CLASS"]
    assert len(classes) > 800
    assert [node["id"] for node in classes if "definition" not in node["meta"]] == []


def test_the_module_of_definitions_is_up_to_date(place: Place) -> None:
    """Byte for byte; else `primum export --format obo-definitions -o ontology/obo.ttl`."""
    assert obo_definitions(place) == (place.ontology / "obo.ttl").read_text()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("ontology/core.ttl", "Something the patient feels and reports.", "What a patient tells."),
        (
            "rules/contraindications/deep-friction-massage.ttl",
            "Deep friction is not for acute injuries.",
            "Acute injuries bear no deep friction.",
        ),
    ],
)
def test_an_edit_shows_in_the_module(
    file: str, old: str, new: str, copy_knowledge: CopyKnowledge
) -> None:
    """Of a definition, or of what a rule says; the head of the file stays."""
    here = copy_knowledge()
    path: Path = here.root / file
    before = obo_definitions(here)
    path.write_text(path.read_text().replace(old, new))
    after = obo_definitions(here)
    assert before.replace(old, new) == after != before
