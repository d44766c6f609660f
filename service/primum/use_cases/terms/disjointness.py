"""Which classes share no member, as axioms of any form state it."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import OWL
from primum.knowledge.rdf import Triples

DISJOINT: Final = OWL + "disjointWith"


def disjoint_classes(triples: Triples) -> Mapping[str, frozenset[str]]:
    """Each class that an axiom declares disjoint with others, and those others."""
    found: dict[str, set[str]] = {}
    for one, other in _pairs(triples):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {iri: frozenset(others - {iri}) for iri, others in found.items()}


def _pairs(triples: Triples) -> Iterator[tuple[str, str]]:
    """The pairs of named classes that axioms declare disjoint."""
    for node in triples.subjects_of(DISJOINT):
        for other in triples.iris(node, DISJOINT):
            yield node.value, other
    for axiom in triples.of_type(OWL + "AllDisjointClasses"):
        head = triples.value(axiom, OWL + "members")
        listed = [] if head is None else triples.list_of(head)
        members = (member.value for member in listed if isinstance(member, ox.NamedNode))
        yield from combinations(members, 2)
