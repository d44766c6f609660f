"""In which file each class axiom stands: as triples of a release, and back.

As a rule all axioms on a subject stand in one file, and `rdfs:isDefinedBy` names its ontology. An
axiom that stands in another file than the first one on its subject is named on its own, as an
`rdf:Statement`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

import pyoxigraph as ox

from primum.foundation.names import OWL, RDF, RDFS, Flat
from primum.knowledge.owl import Triple
from primum.knowledge.rdf import Node, Triples, Value

_PREDICATES = frozenset(
    {RDFS + "subClassOf", OWL + "equivalentClass", OWL + "disjointWith", RDFS + "range"}
)
_TYPES = frozenset({OWL + "AllDisjointClasses", OWL + "FunctionalProperty"})
_TYPE, _DEFINED_BY = ox.NamedNode(RDF + "type"), ox.NamedNode(RDFS + "isDefinedBy")
_STATEMENT = ox.NamedNode(RDF + "Statement")
_PARTS = tuple(ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))


def is_head(head: Triple) -> bool:
    """Whether a triple is the head of an axiom on classes, or on what a property can have."""
    _, predicate, value = head
    if predicate == _TYPE:
        return isinstance(value, ox.NamedNode) and value.value in _TYPES
    return predicate.value in _PREDICATES


def origin_triples(heads: Mapping[Triple, str], files: Mapping[str, str]) -> Iterator[Triple]:
    """What a release says of where axioms stand.

    `heads` gives the ontology of each axiom, in the order in which they were read; `files` the
    path of each ontology, relative to the folder of the knowledge.
    """
    for ontology, path in files.items():
        yield ox.NamedNode(ontology), ox.NamedNode(Flat.FILE), ox.Literal(path)
    homes: dict[Node, str] = {}
    for head, ontology in heads.items():
        subject = head[0]
        if subject not in homes:
            homes[subject] = ontology
            yield subject, _DEFINED_BY, ox.NamedNode(ontology)
        elif homes[subject] != ontology:
            statement = ox.BlankNode()
            yield statement, _TYPE, _STATEMENT
            yield from ((statement, name, part) for name, part in zip(_PARTS, head, strict=True))
            yield statement, _DEFINED_BY, ox.NamedNode(ontology)


@dataclass(frozen=True, slots=True)
class Origins:
    """The files of the axioms of a release, by subject, and by axiom where one stands apart."""

    homes: Mapping[Node, str]
    apart: Mapping[tuple[Value, ...], str]

    @classmethod
    def read(cls, generated: Iterable[ox.Quad]) -> Self:
        """The origins that the `inferred` graph of a release tells."""
        triples = Triples(generated)
        paths = {n.value: triples.text(n, Flat.FILE) for n in triples.subjects_of(Flat.FILE)}
        homes = {
            node: paths.get(ontology, "")
            for node in triples.every_subject_of(_DEFINED_BY.value)
            for ontology in triples.iris(node, _DEFINED_BY.value)
        }
        apart = {
            tuple(triples.values(node, name.value)[0] for name in _PARTS): homes[node]
            for node in triples.of_type(_STATEMENT.value)
        }
        return cls(homes, apart)

    def file(self, head: Triple) -> str:
        """The path of the file an axiom stands in, or "" where the release does not say."""
        return self.apart.get(head) or self.homes.get(head[0], "")
