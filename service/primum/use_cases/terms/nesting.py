"""Values as pages show them; nodes without a name are written as Turtle nests them."""

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import RDF, SH, local_name, shorten
from primum.knowledge.rdf import Node, Triples, Value
from primum.use_cases.terms.refs import Piece, Pieces, References, in_order

_FIRST: Final = RDF + "first"
_Within = frozenset[Node]


def shown(triples: Triples, value: Value, refs: References) -> Pieces:
    """A value: a term by its label, a literal by its text, a nested node by what it says."""
    match value:
        case ox.NamedNode():
            ref = refs.of(value.value)
            return (Piece(ref.label, ref),)
        case ox.Literal():
            return (Piece(value.value),)
        case ox.BlankNode():
            return tuple(_nested(triples, value, refs, frozenset()))


def _nested(triples: Triples, value: Value, refs: References, within: _Within) -> Iterator[Piece]:
    """A node without a name as Turtle nests it; one that stands within itself is cut short."""
    if not isinstance(value, ox.BlankNode):
        yield _term(value, refs)
    elif value in within:
        yield Piece("…")
    elif members := _members(triples, value):
        yield Piece("( ")
        for member in members:
            yield from _nested(triples, member, refs, within | {value})
            yield Piece(" ")
        yield Piece(")")
    else:
        yield Piece("[ ")
        for predicate in sorted(triples.predicates(value)):
            yield from _said(triples, value, predicate, refs, within | {value})
        yield Piece("]")


def _said(
    triples: Triples, node: Node, predicate: str, refs: References, within: _Within
) -> Iterator[Piece]:
    """What a nested node says by one property."""
    values = triples.values(node, predicate)
    for pieces in in_order(tuple(_nested(triples, v, refs, within)) for v in values):
        yield from (_term(ox.NamedNode(predicate), refs), Piece(" "), *pieces, Piece(" ; "))


def _members(triples: Triples, node: Node) -> list[Value]:
    """The members of a list; none for a node that begins no list, or a broken one."""
    if _FIRST not in triples.predicates(node):
        return []
    try:
        return list(triples.list_of(node))
    except UnreadableFile:
        return []


def _term(value: Value, refs: References) -> Piece:
    """A name or a literal within a nested node."""
    if not isinstance(value, ox.NamedNode):
        return Piece(value.value)
    iri = value.value
    if iri.startswith(SH):
        text = f"sh:{iri.removeprefix(SH)}"
    else:
        text = local_name(iri) if iri in refs else shorten(iri)
    return Piece(text, refs.of(iri))
