"""The axioms on a term in Manchester syntax, as Protégé shows them."""

from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import OWL, RDFS, XSD
from primum.knowledge.owl import read_range
from primum.knowledge.rdf import Triples, Value
from primum.model.manchester import facets
from primum.use_cases.terms.disjointness import DISJOINT
from primum.use_cases.terms.known import Known
from primum.use_cases.terms.links import readable
from primum.use_cases.terms.nesting import shown
from primum.use_cases.terms.page import Axiom
from primum.use_cases.terms.refs import Piece, Pieces, in_order

KEYWORDS: Final = {
    OWL + "equivalentClass": "EquivalentTo",
    RDFS + "subClassOf": "SubClassOf",
    RDFS + "subPropertyOf": "SubPropertyOf",
    RDFS + "domain": "Domain",
    RDFS + "range": "Range",
    DISJOINT: "DisjointWith",
}
"""The keywords of axioms, by the property that states them."""


def axioms_on(known: Known, node: ox.NamedNode) -> tuple[Axiom, ...]:
    """The axioms that the files state of a term, in the order of the keywords."""
    found = [
        Axiom(keyword, body)
        for prop, keyword in KEYWORDS.items()
        if prop != DISJOINT
        for body in in_order(_written(known, v) for v in known.stated.values(node, prop))
    ]
    apart = known.refs.every(known.apart.get(node.value, ()))
    return (*found, *(Axiom(KEYWORDS[DISJOINT], (known.refs.named(r.iri),)) for r in apart))


def _written(known: Known, value: Value) -> Pieces:
    """An expression or a data range in Manchester syntax; anything else as Turtle nests it."""
    read = None if isinstance(value, ox.Literal) else readable(known.stated, value)
    if read is not None:
        return known.refs.pieces(read)
    return _range(known.stated, value) or shown(known.stated, value, known.refs)


def _range(triples: Triples, value: Value) -> Pieces:
    """A data range with facets; nothing for a value that is none."""
    try:
        found = read_range(triples, value)
    except OutsideFragment:
        return ()
    if found is None:
        return ()
    datatype, span = found
    return (Piece(f"xsd:{datatype.removeprefix(XSD)}[{facets(span)}]"),)
