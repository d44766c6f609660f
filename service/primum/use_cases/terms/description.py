"""What a release says of a term, as RDF: its concise bounded description.

That is every statement about the term in any graph, what is said of nodes without a name in it,
the annotations of its axioms, and for a rule the regions it is compiled to. A graph and the
ontology are given whole; a word that nothing is said of, by the statements that use it.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import (
    ONTOLOGY,
    OWL,
    PHRASE_BASE,
    PREFIXES,
    REGION_BASE,
    SH,
    SHAPE_BASE,
    Flat,
    Graph,
)
from primum.knowledge.rdf import Node
from primum.use_cases.terms.kinds import TermKind, kind_of
from primum.use_cases.terms.known import Known

_ANNOTATED: Final = ox.NamedNode(OWL + "annotatedSource")
_OF_RULE: Final = ox.NamedNode(Flat.OF_RULE)
_PREFIXES: Final = {
    **PREFIXES,
    "region": REGION_BASE,
    "phrase": PHRASE_BASE,
    "shape": SHAPE_BASE,
    "sh": SH,
}
FORMS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
"""The formats of RDF, by media type."""


def described(known: Known, iri: str, media: str) -> bytes:
    """A term in a format of RDF: the same bytes each time."""
    triples = canonical(description(known, iri), first=iri)
    return ox.serialize(triples, format=FORMS[media], prefixes=_PREFIXES) or b""


def description(known: Known, iri: str) -> set[ox.Triple]:
    """The statements that describe a term."""
    store, kind = known.release.store, kind_of(known, iri)
    if kind is TermKind.GRAPH:
        return _graph(store, iri)
    if iri == ONTOLOGY:
        return _graph(store, Graph.ASSERTED)
    found = set(_bounded(store, _starts(store, ox.NamedNode(iri))))
    return found or _uses(store, ox.NamedNode(iri))


def canonical(triples: Iterable[ox.Triple], *, first: str) -> list[ox.Triple]:
    """Triples in a fixed order, what is said of one term first, nodes without a name renamed.

    A store names such nodes anew whenever it is loaded; here each has the name that its place in
    the graph gives it (RDFC-1.0).
    """
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    subject = ox.NamedNode(first)
    return sorted((q.triple for q in dataset), key=lambda t: (t.subject != subject, str(t)))


def _graph(store: ox.Store, name: str) -> set[ox.Triple]:
    """All statements of a graph."""
    quads = store.quads_for_pattern(None, None, None, ox.NamedNode(name))
    return {quad.triple for quad in quads}


def _starts(store: ox.Store, node: ox.NamedNode) -> Iterator[Node]:
    """The term, the annotations of its axioms, and its regions."""
    yield node
    for prop in (_ANNOTATED, _OF_RULE):
        for quad in store.quads_for_pattern(None, prop, node, None):
            if not isinstance(quad.subject, ox.Triple):
                yield quad.subject


def _bounded(store: ox.Store, starts: Iterable[Node]) -> Iterator[ox.Triple]:
    """What is said of some nodes, and of the nodes without a name that this leads to."""
    todo, seen = list(starts), set[Node]()
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        for quad in store.quads_for_pattern(node, None, None, None):
            yield quad.triple
            if isinstance(quad.object, ox.BlankNode):
                todo.append(quad.object)


def _uses(store: ox.Store, node: ox.NamedNode) -> set[ox.Triple]:
    """The statements that a word is used in, as a property or as a value.

    What is said of a node without a name is told whole.
    """
    as_value = store.quads_for_pattern(None, None, node, None)
    as_property = store.quads_for_pattern(None, node, None, None)
    quads = [*as_value, *as_property]
    unnamed = [q.subject for q in quads if isinstance(q.subject, ox.BlankNode)]
    return {quad.triple for quad in quads} | set(_bounded(store, unnamed))
