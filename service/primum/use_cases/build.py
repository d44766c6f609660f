"""Build: read the files, reason, compile, and write one release."""

from collections.abc import Iterator
from importlib.metadata import version

import pyoxigraph as ox

from primum.foundation.errors import KnowledgeNotFound
from primum.foundation.names import Graph, Record
from primum.knowledge import files
from primum.knowledge.flat import asking_triples, axiom_triples, rule_triples
from primum.knowledge.links import class_closure, existential_links
from primum.knowledge.locate import Place
from primum.knowledge.mappings import read_mappings
from primum.knowledge.origins import origin_triples
from primum.knowledge.rdf import Triples
from primum.knowledge.reasoner import tool_versions
from primum.knowledge.record_shapes import read_record_shapes
from primum.knowledge.release import Manifest, canonical, read_manifest, write_release
from primum.model.answers import Fact
from primum.model.knowledge import Knowledge
from primum.reasoning.asking import asked_for
from primum.use_cases.compiling import Compiled, compile_knowledge

_WORDS = {
    Fact.GRADE: Record.GRADE,
    Fact.TIME: Record.ONSET,
    Fact.AGE: Record.AGE,
    Fact.FACTOR: Record.FACTORS,
}


def is_current(place: Place) -> bool:
    """Whether the release is that of the files as they stand."""
    try:
        made = read_manifest(place.release)
        return made.digest == files.digest(place) and made.tools["primum"] == version("primum")
    except KnowledgeNotFound:
        return False


def build(place: Place, *, force: bool = False) -> Manifest:
    """Make the release of a place, or keep the one there is when nothing changed.

    Raises KnowledgeError where a file does not parse, the reasoner finds a contradiction, or an
    axiom lies outside the fragment that compiles.
    """
    if not force and is_current(place):
        return read_manifest(place.release)
    return write_release(place.release, *make(place, compile_knowledge(place)))


def make(place: Place, compiled: Compiled) -> tuple[Manifest, bytes]:
    """The manifest and the dataset of a release of compiled knowledge; nothing is written.

    Raises KnowledgeError where what is not compiled, mappings and shapes, cannot be read.
    """
    sources, edition = compiled.sources, compiled.knowledge.edition
    quads = [*sources.dataset, *_generated(compiled, place), *_origins(sources, place)]
    shapes = files.read_record_shapes(place)
    read_record_shapes(Triples(shapes), lambda _: {})  # refuses what no release could be read with
    quads += shapes
    manifest = Manifest(
        version=edition.version,
        digest=edition.digest,
        counts=_counts(compiled.knowledge, quads),
        tools={**tool_versions(), "pyoxigraph": ox.__version__, "primum": version("primum")},
    )
    return manifest, canonical(quads)


def _generated(compiled: Compiled, place: Place) -> Iterator[ox.Quad]:
    """The quads of the three graphs that a build adds to what is asserted."""
    knowledge, above = compiled.knowledge, compiled.entailed.above
    inferred, rules, mapped = map(ox.NamedNode, (Graph.INFERRED, Graph.RULES, Graph.MAPPINGS))
    for links in (class_closure(above), existential_links(compiled.triples, above)):
        for one, by, other in links:
            yield ox.Quad(ox.NamedNode(one), ox.NamedNode(by), ox.NamedNode(other), inferred)
    for subject, predicate, value in axiom_triples(knowledge.axioms):
        yield ox.Quad(subject, predicate, value, inferred)
    for subject, predicate, value in asking_triples(*_asked(knowledge)):
        yield ox.Quad(subject, predicate, value, inferred)
    for rule in knowledge.rules:
        for subject, predicate, value in rule_triples(rule):
            yield ox.Quad(subject, predicate, value, rules)
    for one, by, other in read_mappings(files.mappings_file(place)):
        yield ox.Quad(ox.NamedNode(one), ox.NamedNode(by), ox.NamedNode(other), mapped)


def _asked(knowledge: Knowledge) -> tuple[dict[str, list[str]], frozenset[str]]:
    """What rules ask records for, in the words of records."""
    asked = asked_for(knowledge)
    facts = {iri: sorted(_WORDS[fact] for fact in found) for iri, found in asked.facts.items()}
    return facts, asked.factors


def _origins(sources: files.Sources, place: Place) -> Iterator[ox.Quad]:
    """The quads that tell in which file each axiom stands."""
    named = sources.ontologies
    heads = {head: named[path] for head, path in sources.heads.items() if path in named}
    paths = {iri: path.relative_to(place.root).as_posix() for path, iri in named.items()}
    for triple in origin_triples(heads, paths):
        yield ox.Quad(*triple, ox.NamedNode(Graph.INFERRED))


def _counts(knowledge: Knowledge, quads: list[ox.Quad]) -> dict[str, int]:
    """How much there is of what."""
    contraindications = sum(1 for rule in knowledge.rules if rule.level)
    return {
        "injuries": len(knowledge.injuries),
        "treatments": len(knowledge.treatments),
        "factors": len(knowledge.factors),
        "contraindications": contraindications,
        "recommendations": len(knowledge.rules) - contraindications,
        "regions": sum(len(rule.regions) for rule in knowledge.rules),
        "triples": len(quads),
    }
