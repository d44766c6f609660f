"""Existential links are inherited down and up, by superproperties and along transitive ones."""

import subprocess
import sys
from itertools import product

import pytest
from tests.graphs import PREFIXES, closure, triples

from primum.foundation.names import BASE, RDFS
from primum.knowledge.links import class_closure, existential_links

ABOVE = closure(
    Injury="",
    Strain="Injury",
    CalfStrain="Strain Injury",
    Finding="",
    Pain="Finding",
    Calf="",
    Leg="",
    Body="",
)
PROPERTIES = """
:hasSymptom a owl:ObjectProperty ; rdfs:subPropertyOf :hasFeature .
:hasFeature a owl:ObjectProperty ; rdfs:subPropertyOf :concerns .
:concerns a owl:ObjectProperty .
:partOf a owl:ObjectProperty, owl:TransitiveProperty .
"""


def some(prop: str, filler: str) -> str:
    """Turtle of an existential restriction."""
    return f"[ a owl:Restriction ; owl:onProperty :{prop} ; owl:someValuesFrom :{filler} ]"


def links(turtle: str) -> set[str]:
    """The links of a Turtle text, each as three local names."""
    found = existential_links(triples(PROPERTIES + turtle), ABOVE)
    return {" ".join(part.removeprefix(BASE) for part in link) for link in found}


def test_the_class_closure_joins_each_class_to_its_proper_superclasses() -> None:
    """No class is listed as its own superclass."""
    below = closure(Strain="Injury", CalfStrain="Strain Injury", Injury="")
    part_of = RDFS + "subClassOf"
    expected = {
        (BASE + "Strain", part_of, BASE + "Injury"),
        (BASE + "CalfStrain", part_of, BASE + "Strain"),
        (BASE + "CalfStrain", part_of, BASE + "Injury"),
    }
    assert expected == set(class_closure(below))


def test_a_link_is_inherited_by_subclasses_and_reaches_superclasses() -> None:
    """What every strain has, every calf strain has; a pain is a finding."""
    pairs = product(("Strain", "CalfStrain"), ("Pain", "Finding"))
    expected = {f"{narrow} hasSite {wide}" for narrow, wide in pairs}
    assert expected == links(f":Strain a owl:Class ; rdfs:subClassOf {some('hasSite', 'Pain')} .")


def test_a_link_is_not_inherited_by_superclasses() -> None:
    """What calf strains have, strains need not have."""
    found = links(f":CalfStrain a owl:Class ; rdfs:subClassOf {some('hasSite', 'Calf')} .")
    assert {"CalfStrain hasSite Calf"} == found


def test_a_link_holds_by_all_superproperties() -> None:
    """A symptom is a feature, and a feature concerns its injury."""
    found = links(f":CalfStrain a owl:Class ; rdfs:subClassOf {some('hasSymptom', 'Finding')} .")
    expected = {f"CalfStrain {by} Finding" for by in ("hasSymptom", "hasFeature", "concerns")}
    assert expected == found


CHAIN = (
    f":Calf a owl:Class ; rdfs:subClassOf {some('partOf', 'Leg')} ."
    f":Leg a owl:Class ; rdfs:subClassOf {some('partOf', 'Body')} ."
)


def test_a_transitive_property_is_closed() -> None:
    """Part of a part is a part."""
    assert {"Calf partOf Leg", "Leg partOf Body", "Calf partOf Body"} == links(CHAIN)


def test_another_property_is_not_closed() -> None:
    """Only properties declared transitive compose."""
    assert {"Calf near Leg", "Leg near Body"} == links(CHAIN.replace("partOf", "near"))


def test_a_transitive_link_is_inherited() -> None:
    """Composition and inheritance work together."""
    turtle = (
        f":Strain a owl:Class ; rdfs:subClassOf {some('partOf', 'Pain')} ."
        f":Finding a owl:Class ; rdfs:subClassOf {some('partOf', 'Body')} ."
    )
    expected = {
        f"{one} partOf {other}"
        for one, others in {
            "Strain": ("Pain", "Finding", "Body"),
            "CalfStrain": ("Pain", "Finding", "Body"),
            "Finding": ("Body",),
            "Pain": ("Body",),
        }.items()
        for other in others
    }
    assert expected == links(turtle)


def test_a_circle_of_parts_ends() -> None:
    """A circle in the data is closed, not followed for ever."""
    circle = CHAIN + f":Body a owl:Class ; rdfs:subClassOf {some('partOf', 'Calf')} ."
    parts = ("Calf", "Leg", "Body")
    assert {f"{one} partOf {other}" for one in parts for other in parts} == links(circle)


def test_links_within_an_intersection_count() -> None:
    """`A SubClassOf B and (p some C)` states a link as well."""
    both = f"[ a owl:Class ; owl:intersectionOf (:Injury {some('hasSite', 'Leg')}) ]"
    assert {"CalfStrain hasSite Leg"} == links(
        f":CalfStrain a owl:Class ; rdfs:subClassOf {both} ."
    )


@pytest.mark.parametrize(
    "whole",
    [
        f"[ a owl:Class ; owl:unionOf ({some('hasSite', 'Leg')} {some('hasSite', 'Calf')}) ]",
        f"[ a owl:Class ; owl:complementOf {some('hasSite', 'Leg')} ]",
        "[ a owl:Restriction ; owl:onProperty :hasSite ; owl:allValuesFrom :Leg ]",
        "[ a owl:Restriction ; owl:onProperty :hasGrade ; owl:hasValue 2 ]",
        "[ a owl:Restriction ; owl:onProperty :hasSite ; owl:someValuesFrom"
        " [ a owl:Class ; owl:unionOf (:Leg :Calf) ] ]",
    ],
)
def test_what_states_no_link_to_a_named_class_gives_none(whole: str) -> None:
    """A choice, a denial, a universal or a number entails no link to one class."""
    assert not links(f":CalfStrain a owl:Class ; rdfs:subClassOf {whole} .")


def test_a_composed_link_holds_by_superproperties() -> None:
    """Where a transitive property has a superproperty, the composed links hold by it too."""
    wider = ":partOf rdfs:subPropertyOf :concerns ."
    pairs = (("Calf", "Leg"), ("Leg", "Body"), ("Calf", "Body"))
    expected = {f"{a} {by} {b}" for (a, b), by in product(pairs, ("partOf", "concerns"))}
    assert expected == links(CHAIN + wider)


def test_properties_that_are_each_other_s_superproperty_end() -> None:
    """Two properties declared below each other are one; the closure must not run for ever."""
    turtle = (
        PREFIXES
        + ":p a owl:ObjectProperty ; rdfs:subPropertyOf :q ."
        + ":q a owl:ObjectProperty ; rdfs:subPropertyOf :p ."
        + f":Calf a owl:Class ; rdfs:subClassOf {some('p', 'Leg')} ."
    )
    code = (
        "import sys, pyoxigraph as ox\n"
        "from primum.knowledge.links import existential_links\n"
        "from primum.knowledge.rdf import Triples\n"
        "quads = ox.parse(sys.argv[1], format=ox.RdfFormat.TURTLE)\n"
        "print(len(existential_links(Triples(quads), {})))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, turtle],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    expected = "2\n"
    assert expected == run.stdout
