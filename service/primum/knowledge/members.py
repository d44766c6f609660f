"""What property shapes say of the members of a form: kind, number, bounds, options, terms."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import SH, Datatype
from primum.knowledge.rdf import Node, Triples, describe
from primum.knowledge.shacl import demands, literal, pattern, shape_at, whole
from primum.model.shapes import Count, Holds, IsNode, Member

_QUALIFIED: Final = SH + "qualifiedValueShape"
_KINDS: Final = {
    Datatype.STRING: Holds.TEXT,
    Datatype.INTEGER: Holds.WHOLE,
    Datatype.DATE_TIME: Holds.INSTANT,
}


def merged(triples: Triples, node: Node, member: Member) -> Member:
    """A member with what a shape says of it beside what is known already."""
    for predicate in sorted(triples.predicates(node) & OF_MEMBERS):
        member = _SAY[predicate](triples, node, member)
    key = triples.text(node, SH + "name") or member.key
    return replace(member, key=key, order=whole(triples, node, SH + "order") or member.order)


def _count(triples: Triples, node: Node, member: Member) -> Member:
    """Bounds on the number of values."""
    least = whole(triples, node, SH + "minCount") or 0
    most = whole(triples, node, SH + "maxCount")
    known = member.count
    merged = Count(max(least, known.least), known.most if most is None else most)
    return replace(member, count=merged)


def _node_count(triples: Triples, node: Node, member: Member) -> Member:
    """A bound on the number of values that are nodes; what is none is refused for that."""
    shapes = [shape_at(triples, one) for one in triples.values(node, _QUALIFIED)]
    if shapes != [(IsNode(wanted=True),)]:
        raise OutsideFragment(f"{describe(node)} counts values of a shape that is not read.")
    most = whole(triples, node, SH + "qualifiedMaxCount")
    return replace(member, count=Count(member.count.least, most))


def _kind(triples: Triples, node: Node, member: Member) -> Member:
    """The kind of value that a datatype stands for."""
    datatype = triples.iris(node, SH + "datatype")[0]
    if datatype not in _KINDS:
        raise OutsideFragment(f"{describe(node)} has a datatype that is not read.")
    return replace(member, holds=member.holds | {_KINDS[datatype]})


def _bounds(triples: Triples, node: Node, member: Member) -> Member:
    """Bounds on a number."""
    least, most = (
        whole(triples, node, SH + "minInclusive"),
        whole(triples, node, SH + "maxInclusive"),
    )
    return replace(member, least=least, most=most)


def _length(triples: Triples, node: Node, member: Member) -> Member:
    """Bounds on the length of a text."""
    least, most = whole(triples, node, SH + "minLength"), whole(triples, node, SH + "maxLength")
    return replace(member, least=least, most=most)


def _matching(triples: Triples, node: Node, member: Member) -> Member:
    """The pattern of a text or of a date and time."""
    return replace(member, pattern=pattern(triples, node))


def _options(triples: Triples, node: Node, member: Member) -> Member:
    """The only texts there may be."""
    heads = triples.values(node, SH + "in")
    options = tuple(str(literal(one)) for head in heads for one in triples.list_of(head))
    return replace(member, holds=member.holds | {Holds.TEXT}, options=options)


def _described(triples: Triples, node: Node, member: Member) -> Member:
    """That the value is a node of its own."""
    if demands(triples, node, leave=OF_MEMBERS - {SH + "nodeKind"}) != (IsNode(wanted=True),):
        raise OutsideFragment(f"{describe(node)} has a node kind that no member can have.")
    return replace(member, holds=member.holds | {Holds.NODE})


def _term(triples: Triples, node: Node, member: Member) -> Member:
    """That the value is a class of some kind."""
    shapes = [shape_at(triples, one) for one in triples.values(node, SH + "node")]
    term = tuple(demand for shape in shapes for demand in shape)
    return replace(member, holds=member.holds | {Holds.TERM}, term=term)


def _alternatives(triples: Triples, node: Node, member: Member) -> Member:
    """Several kinds of value, each in a shape of its own."""
    for head in triples.values(node, SH + "or"):
        for one in triples.list_of(head):
            if isinstance(one, ox.Literal) or demands(triples, one, leave=OF_MEMBERS):
                raise OutsideFragment(f"{describe(node)} has an alternative that is not read.")
            member = merged(triples, one, member)
    return member


_SAY: Final[dict[str, Callable[[Triples, Node, Member], Member]]] = {
    SH + "minCount": _count,
    SH + "maxCount": _count,
    SH + "qualifiedMaxCount": _node_count,
    _QUALIFIED: lambda _, __, member: member,  # read with the count
    SH + "datatype": _kind,
    SH + "minInclusive": _bounds,
    SH + "maxInclusive": _bounds,
    SH + "minLength": _length,
    SH + "maxLength": _length,
    SH + "pattern": _matching,
    SH + "in": _options,
    SH + "nodeKind": _described,
    SH + "node": _term,
    SH + "or": _alternatives,
}
OF_MEMBERS: Final = frozenset(_SAY)
