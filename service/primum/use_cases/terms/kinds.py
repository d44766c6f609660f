"""What kind of thing an IRI stands for."""

from enum import StrEnum
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import GRAPH_BASE, OWL, RDF, SH, Flat, Kind
from primum.use_cases.terms.known import Known

_TYPE: Final = RDF + "type"


class TermKind(StrEnum):
    """The kinds of terms that pages are about, in the order in which they are listed."""

    CLASS = "class"
    RULE = "rule"
    OBJECT_PROPERTY = "object-property"
    DATA_PROPERTY = "data-property"
    ANNOTATION_PROPERTY = "annotation-property"
    SOURCE = "source"
    INDIVIDUAL = "individual"
    PHRASE = "phrase"
    SHAPE = "shape"
    ONTOLOGY = "ontology"
    GRAPH = "graph"
    WORD = "word"
    """A class or property that the build writes its graphs in, and that no file describes."""
    REGION = "region"


_BY_TYPE: Final = {
    OWL + "Ontology": TermKind.ONTOLOGY,
    Flat.REGION: TermKind.REGION,
    OWL + "Class": TermKind.CLASS,
    OWL + "ObjectProperty": TermKind.OBJECT_PROPERTY,
    OWL + "DatatypeProperty": TermKind.DATA_PROPERTY,
    OWL + "AnnotationProperty": TermKind.ANNOTATION_PROPERTY,
    Kind.SOURCE: TermKind.SOURCE,
    Kind.PHRASE: TermKind.PHRASE,
    OWL + "NamedIndividual": TermKind.INDIVIDUAL,
    SH + "NodeShape": TermKind.SHAPE,
    SH + "PropertyShape": TermKind.SHAPE,
}
_PLAIN: Final = frozenset(name for name in _BY_TYPE if name.startswith((OWL, SH)))


def kind_of(known: Known, iri: str) -> TermKind:
    """The kind of a term of a release."""
    if iri.startswith(GRAPH_BASE):
        return TermKind.GRAPH
    if iri in known.speaking.rules:
        return TermKind.RULE
    types = set(types_of(known, iri))
    return next((kind for name, kind in _BY_TYPE.items() if name in types), TermKind.WORD)


def further_types(known: Known, iri: str) -> set[str]:
    """The types of a term that say more than its kind does."""
    return {name for name in types_of(known, iri) if name not in _PLAIN}


def types_of(known: Known, iri: str) -> list[str]:
    """The types of a term, as the files state them and the build derives them."""
    node = ox.NamedNode(iri)
    return [*known.stated.iris(node, _TYPE), *known.derived.iris(node, _TYPE)]
