"""The RDF forms say what the files say, as one ontology; JSON-LD does so to two readers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyld import jsonld as pyld
from rdflib import Graph
from tests.exporting.conftest import Exported

from primum.foundation.names import ONTOLOGY, OWL
from primum.knowledge import files
from primum.knowledge.locate import Place
from primum.knowledge.owl import Triple
from primum.use_cases.exporting.jsonld import jsonld
from primum.use_cases.exporting.merged import canonical

MEDIA = {
    "turtle": ox.RdfFormat.TURTLE,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}
HEAD = ox.NamedNode(ONTOLOGY)
IMPORTS = ox.NamedNode(OWL + "imports")


def text(exported: Exported, form: str) -> str:
    """The one file of a form."""
    return next(iter(exported(form).values()))


def read(content: str | bytes, media: ox.RdfFormat) -> list[Triple]:
    """What a text says, blank nodes named by their place."""
    found: list[Triple] = []
    for quad in ox.parse(content, format=media):
        assert not isinstance(quad.subject, ox.Triple)
        assert not isinstance(quad.object, ox.Triple)
        found.append((quad.subject, quad.predicate, quad.object))
    return canonical(found)


@pytest.fixture(scope="module")
def stated(place: Place) -> list[Triple]:
    """What all files state but for imports and the heads of files other than the root."""
    everything = [t for path in files.knowledge_files(place) for t in files.triples_of(path)]
    heads = {t[0] for t in everything if t[2] == ox.NamedNode(OWL + "Ontology")} - {HEAD}
    return canonical(t for t in everything if t[0] not in heads and t[1] != IMPORTS)


@pytest.mark.parametrize("form", MEDIA)
def test_each_form_says_what_the_files_say(
    form: str, exported: Exported, stated: list[Triple]
) -> None:
    """Not a statement more or less, whatever blank nodes are called."""
    assert len(stated) > 20_000
    assert read(text(exported, form), MEDIA[form]) == stated


@pytest.mark.parametrize("form", MEDIA)
def test_the_whole_is_one_ontology_with_its_version(form: str, exported: Exported) -> None:
    """It imports nothing, for what was imported is in it."""
    found = read(text(exported, form), MEDIA[form])
    kinds = [t[0] for t in found if t[2] == ox.NamedNode(OWL + "Ontology")]
    assert kinds == [HEAD]
    assert not [t for t in found if t[1] == IMPORTS]
    assert [t for t in found if t[0] == HEAD and t[1] == ox.NamedNode(OWL + "versionIRI")]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("form", ["turtle", "rdfxml", "jsonld"])
def test_rdflib_reads_each_form(form: str, exported: Exported, stated: list[Triple]) -> None:
    """With as many statements."""
    media = {"turtle": "turtle", "rdfxml": "xml", "jsonld": "json-ld"}[form]
    assert len(Graph().parse(data=text(exported, form), format=media)) == len(stated)


def test_bytes_do_not_depend_on_chance(exported: Exported, tmp_path: Path) -> None:
    """Another process, whose sets have another order, writes the same file."""
    command = str(Path(sys.executable).with_name("primum"))
    for form in ("rdfxml", "obograph"):
        path = tmp_path / form
        subprocess.run(
            [command, "export", "--format", form, "-o", str(path)],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": "7"},
        )
        assert path.read_text() == text(exported, form)


SMALL = """
@prefix : <https://w3id.org/primum/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:A a owl:Class ; rdfs:label "a"@en ; rdfs:comment "b"@en , "c" , 1.50 ; :grade 07 ;
  owl:equivalentClass [ owl:intersectionOf ( :B [ a owl:Restriction ; :on :p ] () ) ] ;
  rdfs:subClassOf _:shared ; rdfs:seeAlso <https://example.org/a/b#c> , "here" .
_:shared owl:complementOf :B .
[] owl:annotatedTarget _:shared ; owl:members _:list .
:C :also _:list . _:list rdfs:label "no list"@en .
"""


def test_pyld_reads_what_was_meant() -> None:
    """Lists, shared nodes, languages, types and spellings of numbers all come back."""
    meant = read(SMALL, ox.RdfFormat.TURTLE)
    document = json.loads(jsonld(meant))
    quads = pyld.to_rdf(document, {"format": "application/n-quads"})
    assert read(quads, ox.RdfFormat.N_QUADS) == meant
    assert read(jsonld(meant), ox.RdfFormat.JSON_LD) == meant


def test_short_names_and_lists_are_used() -> None:
    """The document is for people too."""
    written = jsonld(read(SMALL, ox.RdfFormat.TURTLE))
    (a,) = [node for node in json.loads(written)["@graph"] if node.get("@id") == "primum:A"]
    assert a["@type"] == ["owl:Class"]
    assert a["owl:equivalentClass"]["owl:intersectionOf"]["@list"][0] == {"@id": "primum:B"}
    assert a["rdfs:label"] == [{"@value": "a", "@language": "en"}] or a["rdfs:label"] == "a"
