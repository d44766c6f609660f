"""Reading the Turtle files of the ontology and the rules, and their digest."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from primum.foundation.errors import UnreadableFile, UnsafeAnnotation
from primum.foundation.names import ONTOLOGY, OWL, OWLREADY, RDF, Graph
from primum.knowledge.locate import Place
from primum.knowledge.origins import is_head
from primum.knowledge.owl import Triple

_ASSERTED = ox.NamedNode(Graph.ASSERTED)
_RUNS_CODE = ox.NamedNode(OWLREADY + "python_module")
_TYPE, _ONTOLOGY = ox.NamedNode(RDF + "type"), ox.NamedNode(OWL + "Ontology")


@dataclass(frozen=True, slots=True)
class Sources:
    """The asserted graph of all files, and the file in which each rule or term is declared.

    `ontologies` maps each file to the IRI of its ontology, `heads` the head of each axiom to the
    first file in which it stands. `digest` was taken before anything was read: of files that are
    edited meanwhile it is stale, never wrongly that of the files as they stand.
    """

    dataset: ox.Dataset
    declared_in: dict[str, Path]
    ontologies: dict[Path, str]
    heads: dict[Triple, Path]
    version: str
    digest: str = ""


def knowledge_files(place: Place) -> list[Path]:
    """The Turtle files that make up the ontology, in a fixed order; shapes are not among them.

    Nor are hidden files: editors keep locks and copies in them while a file is open.
    """
    found = [
        *place.ontology.glob("*.ttl"),
        *place.rules.glob("contraindications/*.ttl"),
        *place.rules.glob("recommendations/*.ttl"),
    ]
    return sorted(path for path in found if not path.name.startswith("."))


def mappings_file(place: Place) -> Path:
    """The SSSOM file of mappings to public vocabularies."""
    return place.ontology / "mappings.sssom.tsv"


def record_shapes_file(place: Place) -> Path:
    """The shapes of case records, which decide what is answered at all."""
    return place.rules / "shapes" / "record.ttl"


def digest(place: Place) -> str:
    """`sha256:` over names and bytes of every input, so that a release names what it is of."""
    total = hashlib.sha256()
    for path in [*knowledge_files(place), mappings_file(place), record_shapes_file(place)]:
        content = path.read_bytes() if path.is_file() else b""
        total.update(f"{path.relative_to(place.root).as_posix()}\n{len(content)}\n".encode())
        total.update(content)
    return f"sha256:{total.hexdigest()}"


def read(place: Place, *, rules: bool = True) -> Sources:
    """All files, or those of the ontology alone, as one dataset in the `asserted` graph.

    Raises UnreadableFile with file and line, and UnsafeAnnotation for an annotation that would
    make a tool run Python.
    """
    found = Sources(ox.Dataset(), {}, {}, {}, "", digest(place))
    for path in knowledge_files(place):
        if not rules and path.parent != place.ontology:
            continue
        for triple in triples_of(path):
            found.dataset.add(ox.Quad(*triple, _ASSERTED))
            _note(found, path, triple)
    return replace(found, version=_version(found.dataset))


def read_record_shapes(place: Place) -> list[ox.Quad]:
    """The shapes of case records, in the graph that a release keeps them in."""
    graph = ox.NamedNode(Graph.SHAPES)
    return [ox.Quad(*triple, graph) for triple in triples_of(record_shapes_file(place))]


def _note(found: Sources, path: Path, triple: Triple) -> None:
    """Note what a triple declares, or says as an axiom, and refuse one that runs Python."""
    subject, predicate, value = triple
    if predicate == _RUNS_CODE:
        raise UnsafeAnnotation(
            f"{path}: {subject} is annotated with {predicate.value}, which makes a tool "
            "import a Python module. Remove the annotation."
        )
    if is_head(triple):
        found.heads.setdefault(triple, path)
    if predicate == _TYPE and isinstance(subject, ox.NamedNode):
        found.declared_in.setdefault(subject.value, path)
        if value == _ONTOLOGY:
            found.ontologies.setdefault(path, subject.value)


def triples_of(path: Path) -> Iterator[Triple]:
    """The triples of a file; blank nodes are renamed so that those of two files never meet.

    Raises UnreadableFile with file and line where it does not parse.
    """
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
                raise UnreadableFile(f"{path}: a triple term stands in a Turtle 1.1 file.")
            yield quad.subject, quad.predicate, quad.object
    except SyntaxError as error:
        raise UnreadableFile(f"{path}:{error.lineno}: {error.msg}") from error


def _version(dataset: ox.Dataset) -> str:
    """The version that the root ontology states."""
    root = ox.NamedNode(ONTOLOGY)
    stated = [
        quad.object.value
        for quad in dataset.quads_for_subject(root)
        if quad.predicate.value == OWL + "versionInfo" and isinstance(quad.object, ox.Literal)
    ]
    if not stated:
        raise UnreadableFile("ontology/primum.ttl states no owl:versionInfo.")
    return stated[0]
