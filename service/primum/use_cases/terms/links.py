"""How classes are linked: stated as existential restrictions, or following from such."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Self

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment, UnreadableFile
from primum.foundation.names import OWL, RDFS
from primum.knowledge.owl import read_expression
from primum.knowledge.rdf import Node, Triples, Value
from primum.model.expressions import And, Expression, Named, Not, Or, Some
from primum.use_cases.terms.hierarchy import Order
from primum.use_cases.terms.refs import Piece, Pieces, Ref, References, text_of
from primum.use_cases.terms.statements import Evidence, evidence_of

SUBCLASS = RDFS + "subClassOf"
_TARGET = OWL + "annotatedTarget"
_OBJECT_PROPERTY = OWL + "ObjectProperty"


_NOTHING: Final = Evidence()


@dataclass(frozen=True, slots=True)
class Link:
    """A class, a property, and what some value of it belongs to; `axiom` is where it is stated."""

    subject: str
    property: str
    filler: Expression
    axiom: Node | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One end of a link; `through` is the wider class that it is stated of, where it is another."""

    target: Pieces
    evidence: Evidence = _NOTHING
    through: Ref | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """The ends of all links by one property."""

    property: Ref
    ends: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """The links that a release states, by the class they are stated of and by what they name."""

    stated: Triples
    derived: Triples
    refs: References
    order: Order
    wider: Mapping[str, frozenset[str]]
    of: Mapping[str, tuple[Link, ...]]
    naming: Mapping[str, tuple[Link, ...]]
    annotated: Mapping[Node, Link]

    @classmethod
    def over(
        cls, graphs: tuple[Triples, Triples], refs: References, classes: Order, properties: Order
    ) -> Self:
        """The links of a release; `graphs` are what is stated and what is derived."""
        stated, derived = graphs
        found = list(_stated(stated))
        named = [(iri, link) for link in found for iri in sorted(names_in(link.filler))]
        links = [node.value for node in stated.named_of_type(_OBJECT_PROPERTY)]
        wider = {prop: properties.above.get(prop, frozenset({prop})) for prop in links}
        return cls(
            *(stated, derived, refs, classes, wider),
            of=_grouped((link.subject, link) for link in found),
            naming=_grouped(named),
            annotated={link.axiom: link for link in found if link.axiom is not None},
        )

    def stated_of(self, iri: str) -> tuple[Linked, ...]:
        """The links that are stated of a class, with what they rest on."""
        return self._by_property(
            (link.property, Shown(self.end(link.filler), self.evidence(link)))
            for link in self.of.get(iri, ())
        )

    def stated_to(self, iri: str) -> tuple[Linked, ...]:
        """The links that name a class, each by the class that it is stated of."""
        return self._by_property(
            (link.property, Shown(self._named(link.subject), self.evidence(link)))
            for link in self.naming.get(iri, ())
        )

    def following(self, iri: str) -> tuple[Linked, ...]:
        """The links that follow for a class and are not stated of it, the narrowest alone."""
        node = ox.NamedNode(iri)
        ends = {prop: self.derived.iris(node, prop) for prop in self.wider}
        said = {(link.property, link.filler) for link in self.of.get(iri, ())}
        return self._by_property(
            (prop, Shown(self._named(to), through=self._through(iri, prop, to)))
            for prop, found in ends.items()
            for to in found
            if (prop, Named(to)) not in said and not self._wide(prop, to, ends)
        )

    def evidence(self, link: Link) -> Evidence:
        """What a link rests on."""
        if link.axiom is None:
            return _NOTHING
        return evidence_of(self.stated, link.axiom, self.refs)

    def _wide(self, prop: str, to: str, ends: Mapping[str, Collection[str]]) -> bool:
        """Whether a narrower link says as much: to a narrower class, or by a narrower property."""
        return any(self.order.strictly_above(to, end) for end in ends[prop]) or any(
            to in found and other != prop and prop in self.wider[other]
            for other, found in ends.items()
        )

    def _named(self, iri: str) -> Pieces:
        """A class by its label."""
        ref = self.refs.of(iri)
        return (Piece(ref.label, ref),)

    def end(self, filler: Expression) -> Pieces:
        """What a link leads to: a class by its label, anything else in Manchester syntax."""
        return self._named(filler.iri) if isinstance(filler, Named) else self.refs.pieces(filler)

    def _through(self, iri: str, prop: str, to: str) -> Ref | None:
        """The wider class of which a link is stated."""
        for wider in sorted(self.order.above.get(iri, frozenset()) - {iri}):
            for link in self.of.get(wider, ()):
                if (link.property, link.filler) == (prop, Named(to)):
                    return self.refs.of(wider)
        return None

    def _by_property(self, ends: Iterable[tuple[str, Shown]]) -> tuple[Linked, ...]:
        """Ends of links under their properties, both by label."""
        labelled = [(self.refs.of(prop), shown) for prop, shown in ends]
        labelled.sort(key=lambda each: (each[0].label, each[0].iri, text_of(each[1].target)))
        groups = groupby(labelled, key=lambda each: each[0])
        return tuple(Linked(prop, tuple(shown for _, shown in group)) for prop, group in groups)


def names_in(expression: Expression) -> frozenset[str]:
    """The classes that an expression names."""
    match expression:
        case Named(iri):
            return frozenset({iri})
        case And(operands) | Or(operands):
            return frozenset().union(*map(names_in, operands))
        case Not(operand):
            return names_in(operand)
        case Some(_, filler):
            return names_in(filler)
        case _:
            return frozenset()


def readable(triples: Triples, node: Value) -> Expression | None:
    """A class expression, or None where it is outside what Primum reads."""
    try:
        return read_expression(triples, node)
    except (OutsideFragment, UnreadableFile):
        return None


def _stated(triples: Triples) -> Iterator[Link]:
    """Every restriction that a named class is put under."""
    for node in triples.named_of_type(OWL + "Class"):
        axioms = {triples.value(a, _TARGET): a for a in triples.annotating(node, SUBCLASS)}
        for whole in triples.values(node, SUBCLASS):
            read = readable(triples, whole) if isinstance(whole, ox.BlankNode) else None
            if isinstance(read, Some):
                yield Link(node.value, read.property, read.filler, axioms.get(whole))


def _grouped(pairs: Iterable[tuple[str, Link]]) -> dict[str, tuple[Link, ...]]:
    """Links by a name."""
    found: dict[str, list[Link]] = {}
    for name, link in pairs:
        found.setdefault(name, []).append(link)
    return {name: tuple(links) for name, links in found.items()}
