"""Class expressions between RDF (OWL 2 mapping to RDF graphs) and the syntax tree.

Only the fragment that compiles is read: `and`, `or`, `not`, `some`, `value` on data properties,
numeric facets and named classes. Anything else raises OutsideFragment; nothing is skipped.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import OWL, RDF, RDFS, XSD, shorten
from primum.knowledge.rdf import Node, Triples, Value, describe
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.manchester import spell
from primum.model.spans import Cut, Number, Span, exact

_NUMERIC = frozenset({XSD + "integer", XSD + "decimal"})
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_LOWER = {XSD + "minInclusive": False, XSD + "minExclusive": True}
_UPPER = {XSD + "maxInclusive": True, XSD + "maxExclusive": False}
_PARTS = tuple(
    OWL + name
    for name in ("intersectionOf", "unionOf", "complementOf", "someValuesFrom", "hasValue")
)


def read_expression(triples: Triples, node: Value) -> Expression:
    """The class expression that a node of the graph stands for."""
    match node:
        case ox.NamedNode():
            return Named(node.value)
        case ox.BlankNode():
            return _anonymous(triples, node)
        case _:
            raise OutsideFragment(f"A literal stands where a class is due: {node}.")


def _anonymous(triples: Triples, node: ox.BlankNode) -> Expression:
    """The expression of a blank node, told apart by the one OWL construct it uses."""
    used = [(part, value) for part in _PARTS if (value := triples.value(node, part)) is not None]
    if len(used) != 1:
        written = ", ".join(sorted(shorten(p) for p in triples.predicates(node)))
        raise OutsideFragment(
            f"A class expression uses {written or 'nothing'}; the compiler reads and, or, not, "
            "some, value on a data property, numeric facets and named classes."
        )
    part, value = used[0]
    match part.removeprefix(OWL):
        case "intersectionOf":
            return And(_operands(triples, value))
        case "unionOf":
            return Or(_operands(triples, value))
        case "complementOf":
            return Not(read_expression(triples, value))
        case construct:
            return _restriction(triples, node, value, exactly=construct == "hasValue")


def _operands(triples: Triples, head: Value) -> tuple[Expression, ...]:
    """The operands of `and` or `or`."""
    return tuple(read_expression(triples, member) for member in triples.list_of(head))


def _restriction(triples: Triples, node: Node, filler: Value, *, exactly: bool) -> Expression:
    """An existential restriction on an object property or a number."""
    on = triples.value(node, OWL + "onProperty")
    if not isinstance(on, ox.NamedNode):
        raise OutsideFragment(f"A restriction is on {on}; it takes a named property.")
    if exactly:
        return _equal_to(on.value, filler)
    if isinstance(filler, ox.NamedNode) and filler.value in _NUMERIC:
        return SomeNumber(on.value, filler.value, Span())
    if isinstance(filler, ox.BlankNode) and triples.value(filler, OWL + "onDatatype"):
        return _faceted(triples, on.value, filler)
    return Some(on.value, read_expression(triples, filler))


def _number(literal: ox.Literal) -> Number:
    """The exact value of a numeric literal."""
    if not _DECIMAL.fullmatch(literal.value):
        raise OutsideFragment(f"{literal} is no number in decimal notation.")
    return exact(literal.value)


def _equal_to(prop: str, value: Value) -> SomeNumber:
    """`property value 2` as the span that holds 2 alone."""
    if not isinstance(value, ox.Literal) or value.datatype.value not in _NUMERIC:
        raise OutsideFragment(
            f"{shorten(prop)} value {describe(value)}: only a number may stand after `value`."
        )
    return SomeNumber(prop, value.datatype.value, Span.at(_number(value)))


def _faceted(triples: Triples, prop: str, node: ox.BlankNode) -> SomeNumber:
    """`property some datatype[facets]` as a span."""
    datatype = triples.value(node, OWL + "onDatatype")
    head = triples.value(node, OWL + "withRestrictions")
    if not isinstance(datatype, ox.NamedNode) or datatype.value not in _NUMERIC or head is None:
        raise OutsideFragment(
            f"{shorten(prop)} is restricted to {describe(datatype) if datatype else 'nothing'}; "
            "it takes xsd:integer or xsd:decimal with facets."
        )
    span = Span()
    for facet in triples.list_of(head):
        span = span.intersect(_facet(triples, prop, facet))
    if span.is_instant:
        raise OutsideFragment(
            f"{shorten(prop)} has facets that admit {spell(span.start.at)} alone, which HermiT "
            f"misjudges; write `{shorten(prop)} value {spell(span.start.at)}`."
        )
    return SomeNumber(prop, datatype.value, span)


def _facet(triples: Triples, prop: str, node: Value) -> Span:
    """One facet as a span that is open on the other side."""
    if isinstance(node, ox.BlankNode):
        for predicate in sorted(triples.predicates(node) & (_LOWER.keys() | _UPPER.keys())):
            value = triples.value(node, predicate)
            if isinstance(value, ox.Literal):
                number = _number(value)
                if predicate in _LOWER:
                    return Span().intersect(Span(Cut(number, _LOWER[predicate])))
                return Span(end=Cut(number, _UPPER[predicate]))
    raise OutsideFragment(
        f"{shorten(prop)} has a facet the compiler does not read; it takes minInclusive, "
        "minExclusive, maxInclusive and maxExclusive."
    )


def _literal(number: Number, datatype: str) -> ox.Literal:
    """A number as a literal of a datatype."""
    return ox.Literal(spell(number), datatype=ox.NamedNode(datatype))


Triple = tuple[Node, ox.NamedNode, Value]


class Lifter:
    """Writes expressions back as RDF, with blank nodes numbered from one."""

    def __init__(self, prefix: str = "lifted") -> None:
        """Blank nodes are named by the prefix and a number."""
        self._fresh = (ox.BlankNode(f"{prefix}{number}") for number in count(1))
        self.triples: list[Triple] = []

    def lift(self, expression: Expression) -> Node:  # noqa: PLR0911 - one per construct
        """The node that stands for the expression, its triples added to `triples`."""
        match expression:
            case Named(iri):
                return ox.NamedNode(iri)
            case And(operands):
                return self._class("intersectionOf", self._list(map(self.lift, operands)))
            case Or(operands):
                return self._class("unionOf", self._list(map(self.lift, operands)))
            case Not(operand):
                return self._class("complementOf", self.lift(operand))
            case Some(prop, filler):
                return self._some(prop, self.lift(filler))
            case SomeNumber(prop, datatype, span) if span.is_instant:
                return self._value(prop, datatype, span.start.at)
            case SomeNumber(prop, datatype, span):
                return self._some(prop, self._data_range(datatype, span))

    def _add(self, subject: Node, predicate: str, value: Value) -> None:
        self.triples.append((subject, ox.NamedNode(predicate), value))

    def _class(self, part: str, value: Node) -> Node:
        node = next(self._fresh)
        self._add(node, RDF + "type", ox.NamedNode(OWL + "Class"))
        self._add(node, OWL + part, value)
        return node

    def _some(self, prop: str, filler: Node) -> Node:
        node = next(self._fresh)
        self._add(node, RDF + "type", ox.NamedNode(OWL + "Restriction"))
        self._add(node, OWL + "onProperty", ox.NamedNode(prop))
        self._add(node, OWL + "someValuesFrom", filler)
        return node

    def _value(self, prop: str, datatype: str, number: Number) -> Node:
        # A number on its own is written as a value: HermiT misjudges facets that admit only one
        # (service/decisions/0004).
        node = next(self._fresh)
        self._add(node, RDF + "type", ox.NamedNode(OWL + "Restriction"))
        self._add(node, OWL + "onProperty", ox.NamedNode(prop))
        self._add(node, OWL + "hasValue", _literal(number, datatype))
        return node

    def _data_range(self, datatype: str, span: Span) -> Node:
        node = next(self._fresh)
        self._add(node, RDF + "type", ox.NamedNode(RDFS + "Datatype"))
        self._add(node, OWL + "onDatatype", ox.NamedNode(datatype))
        facets = self._list(self._facets(datatype, span))
        self._add(node, OWL + "withRestrictions", facets)
        return node

    def _facets(self, datatype: str, span: Span) -> Iterator[Node]:
        lower = "minExclusive" if span.start.after else "minInclusive"
        yield self._facet(datatype, lower, span.start)
        if span.end is not None:
            upper = "maxInclusive" if span.end.after else "maxExclusive"
            yield self._facet(datatype, upper, span.end)

    def _facet(self, datatype: str, name: str, cut: Cut) -> Node:
        node = next(self._fresh)
        self._add(node, XSD + name, _literal(cut.at, datatype))
        return node

    def _list(self, members: Iterable[Node]) -> Node:
        head: Node = ox.NamedNode(RDF + "nil")
        for member in reversed(list(members)):
            cell = next(self._fresh)
            self._add(cell, RDF + "first", member)
            self._add(cell, RDF + "rest", head)
            head = cell
        return head
