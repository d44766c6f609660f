"""Which term a path names: by its IRI first, then by its own names, then by synonyms."""

import pytest
from tests.graphs import quads
from tests.terms.served import planted

from primum.foundation.errors import AmbiguousName, UnknownName
from primum.foundation.names import BASE, GRAPH_BASE, ONTOLOGY
from primum.use_cases.service import Primum
from primum.use_cases.terms.directory import Directory
from primum.use_cases.terms.known import Known

PLANTED = """
:Quince a owl:Class ; rdfs:label "Quince" ; skos:altLabel "golden apple" .
:quince a owl:AnnotationProperty ; rdfs:label "is quince" .
:Medlar a owl:Class ; rdfs:label "Medlar" ; skos:altLabel "golden apple" , "Quince tree" .
:QuinceTree a owl:Class ; rdfs:label "Tree of quinces" ; dcterms:identifier "arbor" .
:R2D2Robot a owl:Class .
<https://w3id.org/primum/source/ONE> a owl:NamedIndividual ; rdfs:label "Quince" .
<https://w3id.org/primum/ontology/garden> a owl:Ontology ; dcterms:title "Garden" ;
    owl:versionIRI <https://w3id.org/primum/ontology/garden/7> .
"""


@pytest.fixture(scope="module")
def directory(primum: Primum) -> Directory:
    """The terms of the release and a garden."""
    return Directory.over(Known.of(planted(primum.release, quads(PLANTED))))


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        ("Quince", "Quince"),
        ("quince", "quince"),
        ("Medlar", "medlar"),
        ("Medlar", "quince tree"),
        ("QuinceTree", "quince-tree"),
        ("QuinceTree", "arbor"),
        ("QuinceTree", "ARBOR"),
        ("QuinceTree", "tree  of   quinces"),
        ("QuinceTree", "primum:QuinceTree"),
        ("QuinceTree", f"{BASE}QuinceTree"),
        ("R2D2Robot", "r2d2robot"),
        ("R2D2Robot", "r2-d2-robot"),
        ("source/ONE", "source/ONE"),
        ("source/ONE", "source/one"),
        ("source/ONE", "source/quince"),
        ("ontology/garden", "ontology/garden"),
        ("ontology/garden", "ontology/garden/7"),
        ("ontology/garden", "ontology/Garden"),
        ("ontology", "ontology"),
        ("graph/rules", "graph/Rules"),
    ],
)
def test_a_path_names_a_term(expected: str, path: str, directory: Directory) -> None:
    """In any case, unless case alone tells two terms apart; a synonym hides no name."""
    assert directory.find(path, where="term") == BASE + expected
    assert directory.known_as(path) == BASE + expected


@pytest.mark.parametrize(
    ("path", "candidates"),
    [
        ("QUINCE", ("Quince", "quince")),
        ("golden apple", ("Medlar", "Quince")),
        ("Golden-Apple", ()),
    ],
)
def test_a_name_of_several_terms_lists_them(
    path: str, candidates: tuple[str, ...], directory: Directory
) -> None:
    """Each by its path; a spelling that is no name is that of none."""
    error = AmbiguousName if candidates else UnknownName
    with pytest.raises(error) as raised:
        directory.find(path, where="term")
    assert (raised.value.where, raised.value.found) == ("term", path)
    if candidates:
        assert raised.value.allowed == candidates
    assert directory.known_as(path) is None


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("Medlarr", "Medlar"),
        ("source/TWO-ONE", "source/ONE"),
        ("ontology/gardens", "ontology/garden"),
        ("ontology/garden/8", "ontology/garden/7"),
        ("phrase/askd", "phrase/asked"),
        ("graph/rule", "graph/rules"),
    ],
)
def test_a_name_of_nothing_lists_the_nearest(path: str, nearest: str, directory: Directory) -> None:
    """Of the same folder, each as a path that may be asked for."""
    with pytest.raises(UnknownName) as raised:
        directory.find(path, where="term")
    assert nearest in raised.value.allowed
    assert raised.value.found == path
    for other in raised.value.allowed:
        assert directory.known_as(other), other


def test_a_name_in_another_folder_is_not_taken(directory: Directory) -> None:
    """A source is found among the sources alone."""
    assert directory.known_as("one") is None
    assert directory.known_as("region/ONE") is None
    assert directory.known_as("garden/ONE") is None


def test_every_term_is_found_by_its_own_path(directory: Directory) -> None:
    """Whatever else bears its name."""
    versions = directory.known.versions
    for ref in directory.known.refs:
        found = directory.find(ref.iri.removeprefix(BASE), where="term")
        assert found == versions.get(ref.iri, ref.iri)
    assert ONTOLOGY in directory.known.refs
    assert GRAPH_BASE + "asserted" in directory.known.refs
