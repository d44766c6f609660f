"""What rests on a source: rules, links between classes, further axioms, and terms."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

import pyoxigraph as ox

from primum.foundation.names import DCTERMS, OWL, Graph
from primum.knowledge.rdf import Node, Triples
from primum.use_cases.terms.links import Links, readable
from primum.use_cases.terms.nesting import shown
from primum.use_cases.terms.refs import Piece, Pieces, Ref, References, text_of
from primum.use_cases.terms.speaking import Speaking
from primum.use_cases.terms.statements import Citing, citations_of, evidence_of

_SOURCE: Final = ox.NamedNode(DCTERMS + "source")
_PARTS: Final = ("annotatedSource", "annotatedProperty", "annotatedTarget")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a source is cited for, and where in it that stands; a link has a property and an end."""

    subject: Pieces
    locator: str = ""
    property: Ref | None = None
    end: Pieces = ()


@dataclass(frozen=True, slots=True)
class Resting:
    """All that rests on one source; `axioms` are links and whatever else is said of classes."""

    rules: tuple[Fact, ...] = ()
    axioms: tuple[Fact, ...] = ()
    terms: tuple[Fact, ...] = ()

    @classmethod
    def on(cls, source: Ref, store: ox.Store, links: Links, speaking: Speaking) -> Self:
        """What rests on a source, each kind by label."""
        node, graph = ox.NamedNode(source.iri), ox.NamedNode(Graph.ASSERTED)
        citing = [q.subject for q in store.quads_for_pattern(None, _SOURCE, node, graph)]
        named = [one.value for one in citing if isinstance(one, ox.NamedNode)]
        axioms = [one for one in citing if isinstance(one, ox.BlankNode)]
        return cls(
            rules=_terms(links, source, [iri for iri in named if iri in speaking.rules]),
            axioms=tuple(sorted(_axioms(links, source, axioms), key=_order)),
            terms=_terms(links, source, [iri for iri in named if iri not in speaking.rules]),
        )


def _terms(links: Links, source: Ref, iris: list[str]) -> tuple[Fact, ...]:
    """Terms and rules that cite a source."""
    found = []
    for ref in links.refs.every(iris):
        cited = citations_of(links.stated, ox.NamedNode(ref.iri), links.refs)
        found.append(Fact((Piece(ref.label, ref),), _locator(cited, source)))
    return tuple(found)


def _axioms(links: Links, source: Ref, axioms: list[ox.BlankNode]) -> Iterator[Fact]:
    """Annotated axioms that cite a source."""
    triples, refs = links.stated, links.refs
    for axiom in axioms:
        locator = _locator(evidence_of(triples, axiom, refs).citations, source)
        subject, prop, end = (_part(triples, axiom, part, refs) for part in _PARTS)
        stated = links.annotated.get(axiom)
        if stated is None:
            yield Fact(subject, locator, prop[0].ref, end)
        else:
            yield Fact(subject, locator, refs.of(stated.property), links.end(stated.filler))


def _part(triples: Triples, axiom: Node, part: str, refs: References) -> Pieces:
    """One part of an annotated axiom: a class expression in Manchester syntax, a term by label."""
    value = triples.value(axiom, OWL + part)
    if value is None:
        return (Piece(""),)
    read = readable(triples, value) if isinstance(value, ox.BlankNode) else None
    return shown(triples, value, refs) if read is None else refs.pieces(read)


def _locator(cited: tuple[Citing, ...], source: Ref) -> str:
    """Where in a source a fact stands."""
    return next((each.locator for each in cited if each.source == source), "")


def _order(fact: Fact) -> tuple[str, ...]:
    """Facts are listed by subject, property and end."""
    label = "" if fact.property is None else fact.property.label
    return text_of(fact.subject).casefold(), label, text_of(fact.end).casefold()
