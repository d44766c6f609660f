"""What the ontology entails, as direct triples that need no OWL to be queried.

`rdfs:subClassOf` is closed, and each existential link `A SubClassOf p some B` becomes a triple
`A p B`, for A and all its subclasses, B and all its superclasses, p and all its superproperties,
and along transitive properties (the relation-graph form that biomedical ontologies publish).
"""

from collections.abc import Iterator

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import OWL, RDFS
from primum.knowledge.owl import read_expression
from primum.knowledge.rdf import Triples, Value
from primum.model.expressions import And, Expression, Named, Some
from primum.model.knowledge import Closure

Link = tuple[str, str, str]
_OBJECT_PROPERTY = OWL + "ObjectProperty"


def class_closure(above: Closure) -> Iterator[Link]:
    """`rdfs:subClassOf` between every named class and each of its proper superclasses."""
    for iri, supers in above.items():
        for wider in supers - {iri}:
            yield iri, RDFS + "subClassOf", wider


def existential_links(triples: Triples, above: Closure) -> frozenset[Link]:
    """Every link that the existential restrictions on named classes entail."""
    stated = {
        (node.value, link.property, link.filler.iri)
        for node in triples.named_of_type(OWL + "Class")
        for whole in triples.values(node, RDFS + "subClassOf")
        for link in _links(_readable(triples, whole))
        if isinstance(link.filler, Named)
    }
    transitive = [node.value for node in triples.named_of_type(OWL + "TransitiveProperty")]
    found: set[Link] = set()
    while found != stated:
        found = stated
        stated = _inherited(_wider_properties(triples, found), above)
        for prop in transitive:
            stated = _transitive(stated, prop)
    return frozenset(found)


def _readable(triples: Triples, whole: Value) -> Expression:
    """The superclass expression; one that the compiler does not read yields no link here."""
    try:
        return read_expression(triples, whole)
    except OutsideFragment:
        return And(())


def _links(expression: Expression) -> Iterator[Some]:
    """The existential restrictions that an expression entails by itself."""
    if isinstance(expression, Some):
        yield expression
    elif isinstance(expression, And):
        for part in expression.operands:
            yield from _links(part)


def _wider_properties(triples: Triples, links: set[Link]) -> set[Link]:
    """The links, and the same links by each superproperty."""
    wider = {node.value: _above(triples, node) for node in triples.named_of_type(_OBJECT_PROPERTY)}
    return {(a, above, b) for a, p, b in links for above in wider.get(p, {p})}


def _above(triples: Triples, prop: ox.NamedNode) -> set[str]:
    """A property and all its superproperties."""
    found: set[str] = set()
    todo = [prop.value]
    while todo:
        current = todo.pop()
        if current not in found:
            found.add(current)
            todo += triples.iris(ox.NamedNode(current), RDFS + "subPropertyOf")
    return found


def _inherited(links: set[Link], above: Closure) -> set[Link]:
    """The links, for each subclass of the first class and superclass of the second."""
    below: dict[str, set[str]] = {}
    for iri, supers in above.items():
        for wider in supers:
            below.setdefault(wider, set()).add(iri)
    return {
        (narrower, p, wider)
        for a, p, b in links
        for narrower in below.get(a, {a})
        for wider in above.get(b, {b})
    }


def _transitive(links: set[Link], prop: str) -> set[Link]:
    """The links with those of one property closed under composition."""
    closed = {(a, b) for a, p, b in links if p == prop}
    while True:
        further = {(a, d) for a, b in closed for c, d in closed if b == c} - closed
        if not further:
            return links | {(a, prop, b) for a, b in closed}
        closed |= further
