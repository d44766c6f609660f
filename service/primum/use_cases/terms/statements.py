"""What a graph says of a node, property by property, in words and links."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import DCTERMS, OWL, RDF, Link, local_name
from primum.knowledge.rdf import Node, Triples
from primum.use_cases.terms.nesting import shown
from primum.use_cases.terms.refs import Pieces, Ref, References, in_order

_FIRST, _NIL = RDF + "first", ox.NamedNode(RDF + "nil")
_DEEPEST: Final = 12
_SOURCE: Final = DCTERMS + "source"
_TARGET: Final = OWL + "annotatedTarget"
_OF_AXIOMS: Final = frozenset(
    {RDF + "type", OWL + "annotatedSource", OWL + "annotatedProperty", _TARGET}
)


@dataclass(frozen=True, slots=True)
class Statement:
    """All values that something has of one property."""

    property: Ref
    values: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class Citing:
    """A source, and where in it the fact stands."""

    source: Ref
    locator: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an axiom rests on; `notes` are its other annotations, such as the confidence."""

    citations: tuple[Citing, ...] = ()
    notes: tuple[Statement, ...] = ()


def statements(
    triples: Triples, node: Node, refs: References, *, without: Container[str] = ()
) -> tuple[Statement, ...]:
    """What a node says by each property, but for some, in the order of their labels."""
    said = [refs.of(name) for name in triples.predicates(node) if name not in without]
    said.sort(key=lambda ref: (ref.label.casefold(), ref.iri))
    return tuple(
        Statement(ref, in_order(shown(triples, v, refs) for v in triples.values(node, ref.iri)))
        for ref in said
    )


def evidence_of(triples: Triples, axiom: Node, refs: References) -> Evidence:
    """What the annotations of an axiom say."""
    without = {*_OF_AXIOMS, _SOURCE, Link.LOCATOR}
    placed = _placed(triples.texts(axiom, Link.LOCATOR))
    cited = (
        Citing(refs.of(iri), placed.get(local_name(iri)) or placed.get("", ""))
        for iri in triples.iris(axiom, _SOURCE)
    )
    return Evidence(tuple(cited), statements(triples, axiom, refs, without=without))


def _placed(locators: list[str]) -> dict[str, str]:
    """Places by the id of the source; those that name none stand under "".

    The locator of a fact from several sources reads `ONE: place | OTHER: place`.
    """
    found: dict[str, str] = {}
    for part in (part for text in locators for part in text.split(" | ")):
        source, colon, where = part.partition(": ")
        named = colon and " " not in source
        found.setdefault(source if named else "", where if named else part)
    return found


def citations_of(triples: Triples, node: Node, refs: References) -> tuple[Citing, ...]:
    """The sources of a term, each with the locator that annotates it."""
    places = {
        triples.value(axiom, _TARGET): triples.text(axiom, Link.LOCATOR)
        for axiom in triples.annotating(node, _SOURCE)
    }
    found = (
        Citing(refs.of(value.value), places.get(value, ""))
        for value in triples.values(node, _SOURCE)
        if isinstance(value, ox.NamedNode)
    )
    return tuple(found)
