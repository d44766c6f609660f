"""The axioms of a file, from the triples that state them.

Each axiom is keyed as the OWL API compares it: by its kind, its parts and its annotations.
"""

from collections.abc import Callable
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import shorten
from primum.knowledge.layout import words
from primum.knowledge.layout.expressions import Expressions
from primum.knowledge.layout.kinds import DECLARED, Kinds
from primum.knowledge.layout.objects import Axiom, Expression, Kind, Members, Rank, Term, by_key
from primum.knowledge.layout.statements import Object, Statements

_SUBPROPERTY: Final = {
    Kind.OBJECT_PROPERTY: Rank.SUB_OBJECT_PROPERTY,
    Kind.DATA_PROPERTY: Rank.SUB_DATA_PROPERTY,
    Kind.ANNOTATION_PROPERTY: Rank.SUB_ANNOTATION_PROPERTY,
}
_DOMAIN: Final = {
    Kind.OBJECT_PROPERTY: (Rank.OBJECT_DOMAIN, Kind.CLASS),
    Kind.DATA_PROPERTY: (Rank.DATA_DOMAIN, Kind.CLASS),
    Kind.ANNOTATION_PROPERTY: (Rank.ANNOTATION_DOMAIN, Kind.VALUE),
}
_RANGE: Final = {
    Kind.OBJECT_PROPERTY: (Rank.OBJECT_RANGE, Kind.CLASS),
    Kind.DATA_PROPERTY: (Rank.DATA_RANGE, Kind.DATATYPE),
    Kind.ANNOTATION_PROPERTY: (Rank.ANNOTATION_RANGE, Kind.VALUE),
}
_EQUIVALENT: Final = {
    Kind.OBJECT_PROPERTY: Rank.EQUIVALENT_OBJECT_PROPERTIES,
    Kind.DATA_PROPERTY: Rank.EQUIVALENT_DATA_PROPERTIES,
}
DISJOINT: Final = {
    Kind.OBJECT_PROPERTY: Rank.DISJOINT_OBJECT_PROPERTIES,
    Kind.DATA_PROPERTY: Rank.DISJOINT_DATA_PROPERTIES,
}
"""The place of the axiom that properties of a kind never link the same."""

Subject = ox.NamedNode | ox.BlankNode


Side = Term | Expression


def pair(statements: Statements, rank: Rank, predicate: str, sides: tuple[Side, Side]) -> Axiom:
    """An axiom whose two sides mean the same either way: the lesser is written first."""
    first, second = sorted(sides, key=by_key)
    if first.key == second.key:
        raise statements.refusal(f"{shorten(predicate)} between a thing and itself")
    return Axiom((rank, (first.key, second.key)), first, predicate, second)


class Axioms:
    """Reads the axiom that a triple states."""

    __slots__ = ("_expressions", "_kinds", "_statements")

    def __init__(self, statements: Statements, kinds: Kinds, expressions: Expressions) -> None:
        """Read from these triples."""
        self._statements = statements
        self._kinds = kinds
        self._expressions = expressions

    def of(self, subject: Subject, predicate: str, value: Object) -> Axiom:
        """The axiom that a triple states; without annotations."""
        self._statements.take(subject, predicate, value)
        read: dict[str, Callable[[Subject, Object], Axiom]] = {
            words.SUBCLASS: self._subclass,
            words.EQUIVALENT: self._equivalent,
            words.DISJOINT: self._disjoint,
        }
        if predicate in read:
            return read[predicate](subject, value)
        if isinstance(subject, ox.BlankNode):
            raise self._statements.refusal(
                f"{shorten(predicate)} said of a node that has no name and is no class"
            )
        return self._of_term(subject, predicate, value)

    def _of_term(self, subject: ox.NamedNode, predicate: str, value: Object) -> Axiom:
        """The axiom on a term that is no relation between classes."""
        read: dict[str, Callable[[ox.NamedNode, Object], Axiom]] = {
            words.TYPE: self._type,
            words.DISJOINT_UNION: self._disjoint_union,
            words.SUBPROPERTY: self._subproperty,
            words.DOMAIN: self._domain,
            words.RANGE: self._range,
            words.EQUIVALENT_PROPERTY: self._equivalent_property,
            words.DISJOINT_PROPERTY: self._disjoint_property,
            words.INVERSE: self._inverse,
            words.CHAIN: self._chain,
            words.DIFFERENT: self._different,
        }
        if predicate in read:
            return read[predicate](subject, value)
        if words.is_vocabulary(predicate) and predicate not in words.ANNOTATIONS:
            raise self._statements.refusal(f"{shorten(predicate)} of {shorten(subject.value)}")
        return self._said(subject, predicate, value)

    def _said(self, subject: ox.NamedNode, predicate: str, value: Object) -> Axiom:
        """An annotation, or what an individual is linked to."""
        kind = self._kinds.of(predicate)
        if kind == Kind.OBJECT_PROPERTY:
            rank, within = Rank.OBJECT_VALUE, Kind.INDIVIDUAL
        elif kind == Kind.DATA_PROPERTY:
            rank, within = Rank.DATA_VALUE, Kind.DATATYPE
        else:
            rank, within = Rank.ANNOTATION, Kind.VALUE
            kind = Kind.ANNOTATION_PROPERTY
        by = Term(kind, predicate)
        of = Term(Kind.VALUE if rank == Rank.ANNOTATION else Kind.INDIVIDUAL, subject.value)
        part = self._expressions.value(value, within)
        return Axiom((rank, of.key, by.key, part.key), of, predicate, part)

    def _subclass(self, subject: Subject, value: Object) -> Axiom:
        """A subclass and its superclass."""
        sub = self._expressions.read(subject, Kind.CLASS)
        above = self._expressions.read(value, Kind.CLASS)
        return Axiom((Rank.SUBCLASS, sub.key, above.key), sub, words.SUBCLASS, above)

    def _equivalent(self, subject: Subject, value: Object) -> Axiom:
        """Two classes that are one, or what a datatype is defined to be."""
        if self._kinds.is_data_range(subject):
            defined = self._expressions.read(subject, Kind.DATATYPE)
            within = self._expressions.read(value, Kind.DATATYPE)
            key = (Rank.DATATYPE_DEFINITION, defined.key, within.key)
            return Axiom(key, defined, words.EQUIVALENT, within)
        return self._classes(Rank.EQUIVALENT_CLASSES, words.EQUIVALENT, subject, value)

    def _disjoint(self, subject: Subject, value: Object) -> Axiom:
        """Two classes with no member in common."""
        return self._classes(Rank.DISJOINT_CLASSES, words.DISJOINT, subject, value)

    def _classes(self, rank: Rank, predicate: str, subject: Subject, value: Object) -> Axiom:
        """An axiom on two classes, whichever is named first."""
        one = self._expressions.read(subject, Kind.CLASS)
        other = self._expressions.read(value, Kind.CLASS)
        return pair(self._statements, rank, predicate, (one, other))

    def _type(self, subject: ox.NamedNode, value: Object) -> Axiom:
        """A declaration, what a property is, or the class of an individual."""
        name = value.value if isinstance(value, ox.NamedNode) else ""
        if name in DECLARED:
            term = Term(DECLARED[name], subject.value)
            of = Term(Kind.VALUE, name)
            return Axiom((Rank.DECLARATION, term.key), term, words.TYPE, of)
        if name in words.CHARACTERISTICS:
            return self._characteristic(subject.value, name)
        if words.is_vocabulary(name) and name not in (words.THING, words.NOTHING):
            raise self._statements.refusal(f"{shorten(subject.value)} as {shorten(name)}")
        member = Term(Kind.INDIVIDUAL, subject.value)
        above = self._expressions.read(value, Kind.CLASS)
        return Axiom((Rank.MEMBER, member.key, above.key), member, words.TYPE, above)

    def _characteristic(self, iri: str, name: str) -> Axiom:
        """A property that is functional, transitive and so on."""
        term, of = Term(self._property(iri), iri), Term(Kind.VALUE, name)
        if name == words.FUNCTIONAL and term.kind == Kind.DATA_PROPERTY:
            return Axiom((Rank.FUNCTIONAL_DATA_PROPERTY, term.key), term, words.TYPE, of)
        if term.kind != Kind.OBJECT_PROPERTY:
            raise self._statements.refusal(f"{shorten(iri)} as {shorten(name)}")
        return Axiom((words.CHARACTERISTICS[name], term.key), term, words.TYPE, of)

    def _property(self, iri: str, value: Object | None = None) -> Kind:
        """The kind of a property; of what it is said to be may tell it."""
        return self._kinds.of_property(iri, value or ox.NamedNode(iri))

    def _disjoint_union(self, subject: ox.NamedNode, value: Object) -> Axiom:
        """A class and the disjoint classes that make it up."""
        term = Term(Kind.CLASS, subject.value)
        parts = self._expressions.several(value, Kind.CLASS)
        key = (Rank.DISJOINT_UNION, term.key, parts.key)
        return Axiom(key, term, words.DISJOINT_UNION, parts)

    def _subproperty(self, subject: ox.NamedNode, value: Object) -> Axiom:
        """A property and one above it."""
        kind = self._property(subject.value, value)
        sub, above = Term(kind, subject.value), self._expressions.read(value, kind)
        return Axiom((_SUBPROPERTY[kind], sub.key, above.key), sub, words.SUBPROPERTY, above)

    def _domain(self, subject: ox.NamedNode, value: Object) -> Axiom:
        """What has a property."""
        return self._side(_DOMAIN, words.DOMAIN, subject, value)

    def _range(self, subject: ox.NamedNode, value: Object) -> Axiom:
        """What a property leads to."""
        return self._side(_RANGE, words.RANGE, subject, value)

    def _side(
        self,
        ranks: dict[Kind, tuple[Rank, Kind]],
        predicate: str,
        subject: ox.NamedNode,
        value: Object,
    ) -> Axiom:
        """One side of a property."""
        kind = self._property(subject.value, value)
        rank, within = ranks[kind]
        term, part = Term(kind, subject.value), self._expressions.read(value, within)
        return Axiom((rank, term.key, part.key), term, predicate, part)

    def _equivalent_property(self, subject: ox.NamedNode, value: Object) -> Axiom:
        """Two properties that are one."""
        return self._properties(_EQUIVALENT, words.EQUIVALENT_PROPERTY, subject, value)

    def _disjoint_property(self, subject: ox.NamedNode, value: Object) -> Axiom:
        """Two properties that never link the same."""
        return self._properties(DISJOINT, words.DISJOINT_PROPERTY, subject, value)

    def _properties(
        self, ranks: dict[Kind, Rank], predicate: str, subject: ox.NamedNode, value: Object
    ) -> Axiom:
        """An axiom on two properties, whichever is named first."""
        kind = self._property(subject.value, value)
        if kind not in ranks:
            raise self._statements.refusal(f"{shorten(predicate)} of {shorten(subject.value)}")
        other = self._expressions.read(value, kind)
        sides = (Term(kind, subject.value), other)
        return pair(self._statements, ranks[kind], predicate, sides)

    def _inverse(self, subject: ox.NamedNode, value: Object) -> Axiom:
        """A property and its inverse, whichever is named first."""
        other = self._expressions.read(value, Kind.OBJECT_PROPERTY)
        sides = (Term(Kind.OBJECT_PROPERTY, subject.value), other)
        return pair(self._statements, Rank.INVERSE, words.INVERSE, sides)

    def _chain(self, subject: ox.NamedNode, value: Object) -> Axiom:
        """Properties that, one after the other, amount to one."""
        nodes = self._statements.listed(value)
        links = Members(tuple(self._expressions.read(node, Kind.OBJECT_PROPERTY) for node in nodes))
        term = Term(Kind.OBJECT_PROPERTY, subject.value)
        return Axiom((Rank.CHAIN, links.key, term.key), term, words.CHAIN, links)

    def _different(self, subject: ox.NamedNode, value: Object) -> Axiom:
        """Two individuals that are not one."""
        other = self._expressions.read(value, Kind.INDIVIDUAL)
        one = Term(Kind.INDIVIDUAL, subject.value)
        return pair(self._statements, Rank.DIFFERENT, words.DIFFERENT, (one, other))
