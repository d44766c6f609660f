"""What a release holds, indexed once, so that each of its terms can be looked up."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

import pyoxigraph as ox

from primum.foundation.names import BASE, DCTERMS, ONTOLOGY, OWL, RDFS, Graph
from primum.knowledge.flat import read_closure
from primum.knowledge.rdf import Triples
from primum.knowledge.release import Release
from primum.use_cases.terms.disjointness import disjoint_classes
from primum.use_cases.terms.hierarchy import Order
from primum.use_cases.terms.links import Links
from primum.use_cases.terms.refs import References
from primum.use_cases.terms.speaking import Speaking

_VERSION: Final = OWL + "versionIRI"
_SUBPROPERTY: Final = RDFS + "subPropertyOf"
_GRAPHS: Final = ({Graph.ASSERTED, Graph.SHAPES}, {Graph.INFERRED, Graph.RULES}, {Graph.MAPPINGS})
_NAMES: Final = (DCTERMS + "title", RDFS + "label")


@dataclass(frozen=True, slots=True)
class Known:
    """One release: what its files state, what the build derives, and mappings.

    `uses` counts the statements of each property, `sizes` those of each graph. `apart` maps
    classes to those that they share no member with, `versions` the IRI of each version of an
    ontology to that of the ontology.
    """

    release: Release
    stated: Triples
    derived: Triples
    mapped: Triples
    refs: References
    classes: Order
    properties: Order
    links: Links
    speaking: Speaking
    uses: Counter[str]
    sizes: Counter[str]
    apart: Mapping[str, frozenset[str]]
    versions: Mapping[str, str]

    @classmethod
    def of(cls, release: Release) -> Self:
        """Index a release."""
        quads = list(release.store)
        stated, derived, mapped = (Triples(_in(quads, names)) for names in _GRAPHS)
        refs = References(_ours(quads), _labels(stated))
        classes = Order.over(read_closure(derived))
        properties = Order.over(_superproperties(stated))
        return cls(
            release=release,
            stated=stated,
            derived=derived,
            mapped=mapped,
            refs=refs,
            classes=classes,
            properties=properties,
            links=Links.over((stated, derived), refs, classes, properties),
            speaking=Speaking.over(release.knowledge, stated, refs),
            uses=Counter(quad.predicate.value for quad in quads),
            sizes=Counter(map(_graph, quads)),
            apart=disjoint_classes(stated),
            versions=_versions(stated),
        )


def _in(quads: Iterable[ox.Quad], graphs: Container[str]) -> Iterator[ox.Quad]:
    """The statements of some graphs."""
    return (quad for quad in quads if _graph(quad) in graphs)


def _graph(quad: ox.Quad) -> str:
    """The name of the graph that a statement stands in, "" for the default graph."""
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _ours(quads: Iterable[ox.Quad]) -> set[str]:
    """Every IRI under the base that stands anywhere in a release, names of graphs included."""
    nodes = (n for q in quads for n in (q.subject, q.predicate, q.object, q.graph_name))
    iris = {node.value for node in nodes if isinstance(node, ox.NamedNode)}
    return {iri for iri in iris if iri.startswith(BASE) and iri != BASE} | {ONTOLOGY}


def _labels(stated: Triples) -> dict[str, str]:
    """The labels of terms, and the titles of ontologies."""
    return {
        node.value: text
        for prop in _NAMES
        for node in stated.subjects_of(prop)
        if (text := stated.text(node, prop))
    }


def _superproperties(stated: Triples) -> dict[str, frozenset[str]]:
    """Each property with itself and all that are wider."""
    direct = {n.value: set(stated.iris(n, _SUBPROPERTY)) for n in stated.subjects_of(_SUBPROPERTY)}
    return {iri: frozenset(_reached(iri, direct)) for iri in direct}


def _reached(start: str, direct: Mapping[str, Iterable[str]]) -> set[str]:
    """All that is reached from somewhere, that itself included."""
    found, todo = set[str](), [start]
    while todo:
        current = todo.pop()
        if current not in found:
            found.add(current)
            todo += direct.get(current, ())
    return found


def _versions(stated: Triples) -> dict[str, str]:
    """The ontologies by the IRIs of their versions."""
    ontologies = stated.named_of_type(OWL + "Ontology")
    return {version: node.value for node in ontologies for version in stated.iris(node, _VERSION)}
