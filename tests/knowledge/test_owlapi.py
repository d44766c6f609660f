"""What Protégé would say: the OWL API loads the ontology by its catalog and finds no fault in it.

`owlapi_check.py` asks it, in one process for all tests of this file.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.graphs import PREFIXES, names

from primum.foundation.names import BASE, ONTOLOGY, OWL
from primum.knowledge import files
from primum.knowledge.locate import Place

SCRIPT = Path(__file__).with_name("owlapi_check.py")
MINUTES = 3 * 60

DECLARED = "<urn:planted> a owl:Ontology . :A a owl:Class . :B a owl:Class . :i a :A . "
PLANTED = {
    "good": DECLARED + ":A rdfs:subClassOf :B .",
    "date-facet": DECLARED
    + ":day a owl:DatatypeProperty . :A rdfs:subClassOf [ a owl:Restriction ;"
    " owl:onProperty :day ; owl:someValuesFrom [ a rdfs:Datatype ; owl:onDatatype xsd:date ;"
    ' owl:withRestrictions ([ xsd:minInclusive "2026-11-22"^^xsd:date ]) ] ] .',
    "undeclared-property": DECLARED
    + ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :near ; owl:someValuesFrom :B ] .",
    "undeclared-class": DECLARED + ":A rdfs:subClassOf :Nowhere .",
    "transitive-and-functional": DECLARED
    + ":near a owl:ObjectProperty, owl:TransitiveProperty, owl:FunctionalProperty .",
    "lost-import": f"<urn:planted> a owl:Ontology ; owl:imports <{BASE}ontology/nowhere> .",
    "no-turtle": "This is no Turtle.",
    "unsatisfiable": DECLARED
    + ":A owl:disjointWith :B . :C a owl:Class ; rdfs:subClassOf :A, :B .",
    "inconsistent": DECLARED + ":A owl:disjointWith :B . :i a :B .",
}


@pytest.fixture(scope="module")
def said(place: Place, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the OWL API says of the root ontology, as `shipped`, and of each planted file."""
    folder = tmp_path_factory.mktemp("planted")
    documents = {"shipped": place.ontology / "primum.ttl"}
    for name, turtle in PLANTED.items():
        documents[name] = folder / f"{name}.ttl"
        documents[name].write_text(PREFIXES + turtle)
    run = subprocess.run(
        [sys.executable, str(SCRIPT), str(catalog_file(place)), *map(str, documents.values())],
        capture_output=True,
        text=True,
        timeout=MINUTES,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout.splitlines()[-1])
    return {name: report[str(document)] for name, document in documents.items()}


def catalog_file(place: Place) -> Path:
    """The catalog by which Protégé finds imports."""
    return place.ontology / "catalog-v001.xml"


def catalogued(place: Place) -> dict[str, Path]:
    """The file of each ontology in the catalog."""
    catalog = catalog_file(place)
    entries = ElementTree.parse(catalog).getroot()  # noqa: S314 - our own file
    return {e.attrib["name"]: (catalog.parent / e.attrib["uri"]).resolve() for e in entries}


def headers(place: Place) -> dict[str, Path]:
    """The file of each ontology, by the IRI that the file itself states."""
    stated = re.compile(r"^<(\S+)> rdf:type owl:Ontology", re.MULTILINE)
    return {
        iri: path.resolve()
        for path in files.knowledge_files(place)
        for iri in stated.findall(path.read_text(encoding="utf-8"))
    }


def test_the_catalog_lists_each_file_under_the_iri_it_states(place: Place) -> None:
    """A new file of terms or rules that is not in the catalog would be missed by Protégé."""
    expected = catalogued(place)
    assert {path.resolve() for path in files.knowledge_files(place)} == set(expected.values())
    assert expected == headers(place)


def test_the_root_imports_each_other_file(place: Place) -> None:
    """A file that nothing imports is not seen by who opens the root."""
    quads = files.read(place).dataset
    imported = {
        quad.object.value
        for quad in quads
        if quad.predicate.value == OWL + "imports" and f"<{ONTOLOGY}>" == str(quad.subject)
    }
    assert set(catalogued(place)) - {ONTOLOGY} == imported


def test_the_ontology_loads_by_its_catalog(said: dict[str, Any], place: Place) -> None:
    """All modules are found without a network."""
    shipped = said["shipped"]
    assert "error" not in shipped, shipped
    assert sorted(catalogued(place)) == shipped["modules"]
    assert shipped["axioms"] > 1000


def test_the_ontology_is_in_the_owl_2_dl_profile(said: dict[str, Any]) -> None:
    """Outside the profile, reasoners refuse or differ."""
    violations = said["shipped"]["violations"]
    assert not violations, "\n".join(violations)


def test_hermit_within_the_owl_api_finds_no_fault(said: dict[str, Any]) -> None:
    """The reasoner as Protégé runs it agrees with that of the build."""
    expected: tuple[bool, list[str]] = (True, [])
    shipped = said["shipped"]
    assert expected == (shipped["consistent"], shipped["unsatisfiable"])


def test_a_good_file_passes(said: dict[str, Any]) -> None:
    """What is planted below fails for what is wrong with it, not for being planted."""
    expected: dict[str, object] = {"violations": [], "consistent": True, "unsatisfiable": []}
    assert expected == {key: said["good"][key] for key in expected}


@pytest.mark.parametrize(
    ("message", "planted"),
    [
        ("Use of undeclared object property: .*/near>", "undeclared-property"),
        ("Use of undeclared class: .*/Nowhere>", "undeclared-class"),
        ("non-simple property .*/near>", "transitive-and-functional"),
    ],
)
def test_a_planted_fault_is_out_of_profile(
    message: str, planted: str, said: dict[str, Any]
) -> None:
    """Each fault is told with the term it concerns, and nothing is reasoned from it."""
    report = said[planted]
    assert [one for one in report["violations"] if re.search(message, one)], report
    assert "consistent" not in report


@pytest.mark.parametrize(
    ("message", "planted"),
    [
        ("ontology/nowhere", "lost-import"),
        ("no-turtle.ttl", "no-turtle"),
        ("XMLSchema#date is not a built in datatype", "date-facet"),
    ],
)
def test_what_cannot_be_checked_is_told(message: str, planted: str, said: dict[str, Any]) -> None:
    """A missing import, a syntax error or a facet on dates is an error that names it."""
    assert message in said[planted]["error"]


def test_what_hermit_rejects_is_told(said: dict[str, Any]) -> None:
    """A class that can have no member, and a contradiction, are both found."""
    unsatisfiable = [f"<{iri}>" for iri in names("C")]
    assert unsatisfiable == said["unsatisfiable"]["unsatisfiable"]
    assert said["inconsistent"]["consistent"] is False
