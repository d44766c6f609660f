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
_FACETS = _LOWER.keys() | _UPPER.keys()
_CONSTRUCTS = tuple(
    OWL + name
    for name in ("intersectionOf", "unionOf", "complementOf", "someValuesFrom", "hasValue")
)


# A node's type adds nothing to its construct, and its axioms are read as axioms.
_ASIDE = frozenset(
    {RDF + "type", RDFS + "subClassOf", OWL + "equivalentClass", OWL + "disjointWith"}
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
    used = [part for part in _CONSTRUCTS if part in triples.predicates(node)]
    match [part.removeprefix(OWL) for part in used]:
        case ["intersectionOf"]:
            return And(_operands(triples, _only(triples, node, *used)[0]))
        case ["unionOf"]:
            return Or(_operands(triples, _only(triples, node, *used)[0]))
        case ["complementOf"]:
            return Not(read_expression(triples, _only(triples, node, *used)[0]))
        case ["someValuesFrom" | "hasValue" as construct]:
            on, filler = _only(triples, node, OWL + "onProperty", *used)
            return _restriction(triples, on, filler, exactly=construct == "hasValue")
        case _:
            raise _unread(triples, node, "and, or, not, some, and value on a data property")


def _only(triples: Triples, node: ox.BlankNode, *predicates: str) -> list[Value]:
    """The values of a node's predicates: each once, and no others but those set aside."""
    if triples.predicates(node) - _ASIDE != frozenset(predicates):
        raise _unread(triples, node, f"{', '.join(map(shorten, predicates))} together")
    values = [triples.values(node, predicate) for predicate in predicates]
    if any(len(each) != 1 for each in values):
        raise _unread(triples, node, f"{', '.join(map(shorten, predicates))} once each")
    return [each[0] for each in values]


def _unread(triples: Triples, node: ox.BlankNode, allowed: str) -> OutsideFragment:
    """The error for a node that says something else, or more, than the compiler reads."""
    written = ", ".join(sorted(map(shorten, triples.predicates(node)))) or "nothing"
    return OutsideFragment(f"An expression uses {written}; the compiler reads {allowed}.")


def _operands(triples: Triples, head: Value) -> tuple[Expression, ...]:
    """The operands of `and` or `or`."""
    return tuple(read_expression(triples, member) for member in triples.list_of(head))


def _restriction(triples: Triples, on: Value, filler: Value, *, exactly: bool) -> Expression:
    """An existential restriction on an object property or a number."""
    if not isinstance(on, ox.NamedNode):
        raise OutsideFragment(f"A restriction is on {describe(on)}; it takes a named property.")
    if exactly:
        return _equal_to(on.value, filler)
    if isinstance(filler, ox.NamedNode) and filler.value in _NUMERIC:
        return SomeNumber(on.value, filler.value, Span())
    if isinstance(filler, ox.BlankNode) and OWL + "onDatatype" in triples.predicates(filler):
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


def read_range(triples: Triples, node: Value) -> tuple[str, Span] | None:
    """The datatype and span of a data range with facets; None for a node that is none."""
    if not isinstance(node, ox.BlankNode):
        return None
    datatype, head = _only(triples, node, OWL + "onDatatype", OWL + "withRestrictions")
    if not isinstance(datatype, ox.NamedNode) or datatype.value not in _NUMERIC:
        raise OutsideFragment(
            f"A data range is of {describe(datatype)}; it takes xsd:integer or xsd:decimal."
        )
    span = Span()
    for facet in triples.list_of(head):
        span = span.intersect(_facet(triples, facet))
    return datatype.value, span


def _faceted(triples: Triples, prop: str, node: ox.BlankNode) -> SomeNumber:
    """`property some datatype[facets]` as a span."""
    try:
        datatype, span = read_range(triples, node) or ("", Span())
    except OutsideFragment as error:
        raise OutsideFragment(f"{shorten(prop)}: {error}") from error
    if span.is_instant:
        raise OutsideFragment(
            f"{shorten(prop)} has facets that admit {spell(span.start.at)} alone, which HermiT "
            f"misjudges; write `{shorten(prop)} value {spell(span.start.at)}`."
        )
    return SomeNumber(prop, datatype, span)


def _facet(triples: Triples, node: Value) -> Span:
    """One facet as a span that is open on the other side."""
    facets = triples.predicates(node) if isinstance(node, ox.BlankNode) else frozenset()
    if (
        isinstance(node, ox.BlankNode)
        and len(facets) == 1
        and facets <= _LOWER.keys() | _UPPER.keys()
    ):
        predicate = next(iter(facets))
        value = _only(triples, node, predicate)[0]
        if isinstance(value, ox.Literal) and value.datatype.value in _NUMERIC:
            number = _number(value)
            if predicate in _LOWER:
                return Span().intersect(Span(Cut(number, _LOWER[predicate])))
            return Span(end=Cut(number, _UPPER[predicate]))
    raise OutsideFragment(
        "A facet is none that the compiler reads: minInclusive, minExclusive, maxInclusive or "
        "maxExclusive, one to a node, with an xsd:integer or xsd:decimal value."
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
