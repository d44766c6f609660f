"""The shipped files: Protégé's library saves what it loaded, and an edit shows as itself."""

import re
from collections import Counter
from pathlib import Path

import pytest
from tests.layout.judging import Judge, without_version

from primum.foundation.names import BASE, RDFS, SKOS
from primum.knowledge import files
from primum.knowledge.layout import normalised
from primum.knowledge.locate import Place
from primum.use_cases.normalising import changed_lines

LINES_OF_A_CLASS = 15
_LABELS = re.compile(r"_:genid\d+")

NAMED = [
    ("ontology/injuries.ttl", "MuscleStrain", "AcuteSoftTissueInjury"),
    ("ontology/factors.ttl", "PatientFactor", "AgeUnder14"),
    ("ontology/treatments.ttl", "Massage", "Intervention"),
    ("ontology/findings.ttl", "ClinicalFeature", "Overpronation"),
]
LINKED = [
    ("ontology/treatments.ttl", "Massage", "DeepFrictionMassage"),
    ("ontology/findings.ttl", "ClinicalFeature", "Massage"),
    ("rules/contraindications/heat.ttl", "AbsolutelyContraindicated", "Massage"),
    ("rules/recommendations/strains.ttl", "Recommended", "Massage"),
]


def catalog(place: Place) -> Path:
    """The catalog by which Protégé finds imports."""
    return place.ontology / "catalog-v001.xml"


def new_class(name: str, above: str, other: str, link: str = "") -> dict[str, str]:
    """A class with label, definition and two axioms, of which the second may be a link."""
    return {
        "iri": BASE + name,
        "label": "New thing",
        "labelBy": RDFS + "label",
        "definition": "A thing that was not there before.",
        "definitionBy": SKOS + "definition",
        "above": BASE + above,
        "other": BASE + other,
        "link": link and BASE + link,
    }


def ontology_of(file: str) -> str:
    """The IRI of the ontology in a file."""
    return BASE + file.removesuffix(".ttl")


def test_protege_saves_every_file_as_it_was(place: Place, protege: Judge) -> None:
    """Zero changed lines, to the last line, for the OWL API that Protégé 5.6 carries."""
    saved = protege.saved_files(catalog(place))
    assert {path.resolve() for path in files.knowledge_files(place)} == set(saved)
    changed = {path.name for path, text in saved.items() if path.read_text() != text}
    assert not changed


def test_the_newer_line_saves_every_file_as_it_was(place: Place, newer: Judge) -> None:
    """Zero changed lines for 5.1, but for the last one, in which it names its own version."""
    saved = newer.saved_files(catalog(place))
    changed = {
        path.name
        for path, text in saved.items()
        if without_version(path.read_text()) != without_version(text)
    }
    assert not changed
    assert {changed_lines(path.read_text(), text) for path, text in saved.items()} == {2}


def test_every_file_is_in_the_layout(place: Place) -> None:
    """What Primum writes without Java is what stands there."""
    paths = files.knowledge_files(place)
    assert not [
        path.name for path in paths if path.read_text() != normalised(path.read_text(), name="x")
    ]


@pytest.mark.parametrize("name", ["AaaNew", "MmmNew", "ZzzNew"])
@pytest.mark.parametrize(("file", "above", "other"), NAMED)
def test_a_new_class_changes_few_lines(
    name: str, file: str, above: str, other: str, place: Place, protege: Judge
) -> None:
    """A class with label, definition and two superclasses, wherever it sorts."""
    saved = protege.with_class(catalog(place), ontology_of(file), new_class(name, above, other))
    lines = changed_lines((place.root / file).read_text(), saved)
    assert 1 < lines <= LINES_OF_A_CLASS
    assert saved == normalised(saved, name=file)


@pytest.mark.parametrize("name", ["AaaNew", "ZzzNew"])
@pytest.mark.parametrize(("file", "above", "other"), LINKED)
def test_a_new_class_with_a_link_changes_few_lines(
    name: str, file: str, above: str, other: str, place: Place, protege: Judge
) -> None:
    """The second axiom is an existential restriction."""
    made = new_class(name, above, other, link="proposes")
    saved = protege.with_class(catalog(place), ontology_of(file), made)
    lines = changed_lines((place.root / file).read_text(), saved)
    assert 1 < lines <= LINES_OF_A_CLASS
    assert saved == normalised(saved, name=file)


@pytest.mark.parametrize("file", ["ontology/injuries.ttl", "ontology/factors.ttl"])
def test_annotated_links_are_numbered_anew(file: str, place: Place, protege: Judge) -> None:
    """Where links carry sources, their nodes are numbered and sorted anew; nothing is added."""
    made = new_class("AaaNew", "Condition", "Massage", link="proposes")
    saved = protege.with_class(catalog(place), ontology_of(file), made)
    before = without_numbers((place.root / file).read_text())
    after = without_numbers(saved)
    assert not before - after
    assert 1 < (after - before).total() <= LINES_OF_A_CLASS
    assert saved == normalised(saved, name=file)


def without_numbers(text: str) -> Counter[str]:
    """How often each line stands in a text, its indentation and the numbers of nodes apart."""
    return Counter(_LABELS.sub("_:", line).strip() for line in text.split("\n"))
