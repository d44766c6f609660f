"""From the RDF of SHACL shapes to shapes as data.

Only the part of SHACL core that the shapes of case records use is read; anything else raises
OutsideFragment with the shape named, so that no constraint is ever skipped.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import RDF, SH, Datatype, shorten
from primum.knowledge.rdf import Node, Triples, Value, describe
from primum.model.shapes import (
    Any,
    Apart,
    Back,
    Between,
    Count,
    Demand,
    Either,
    Forward,
    HasValue,
    IsInstant,
    IsNode,
    Never,
    NotAfter,
    Optional,
    Path,
    Property,
    Qualified,
    Shape,
)

# What tells something of a shape without demanding anything.
SILENT: Final = frozenset(
    {RDF + "type", SH + "message", SH + "severity", SH + "name", SH + "order", SH + "path"}
    | {SH + "targetClass", SH + "targetSubjectsOf", SH + "targetObjectsOf"}
)
_RANGE = frozenset({SH + "minInclusive", SH + "maxInclusive"})
_COUNT = frozenset({SH + "minCount", SH + "maxCount"})
_QUALIFIED = frozenset(
    {SH + "qualifiedValueShape", SH + "qualifiedMinCount", SH + "qualifiedMaxCount"}
)
_BOOLEANS = {"true": True, "false": False, "1": True, "0": False}


def demands(triples: Triples, node: Node, *, leave: Iterable[str] = ()) -> Shape:
    """What a shape demands of its focus node, or, if it has a path, of the values of that path.

    Predicates in `leave` are the caller's; raises OutsideFragment for any that is not known.
    """
    left = frozenset(leave)
    found: list[Demand] = []
    known = {p for p in triples.predicates(node) if p.startswith(SH)} - SILENT - left
    for predicate in sorted(known):
        if predicate not in _READERS:
            raise OutsideFragment(
                f"{describe(node)} has {shorten(predicate)}; shapes of case records use only "
                f"{', '.join(sorted(map(shorten, _READERS)))}."
            )
        found += _READERS[predicate](triples, node, predicate)
    return tuple(dict.fromkeys(found))


def shape_at(triples: Triples, node: Value) -> Shape:
    """A shape that stands inside another one: what it demands, behind its path if it has one."""
    if isinstance(node, ox.Literal):
        raise OutsideFragment(f"{describe(node)} stands where a shape is due.")
    inner = demands(triples, node)
    path = triples.value(node, SH + "path")
    return inner if path is None else (Property(read_path(triples, path), inner),)


def read_path(triples: Triples, node: Value) -> Path:
    """A property path; sequences, inverse, alternative and optional paths are read."""
    if isinstance(node, ox.NamedNode):
        return (Forward(node.value),)
    if isinstance(node, ox.Literal):
        raise OutsideFragment(f"{describe(node)} stands where a path is due.")
    if (inverse := triples.value(node, SH + "inversePath")) is not None:
        return (Back(_iri(inverse)),)
    if (several := triples.value(node, SH + "alternativePath")) is not None:
        return (Either(tuple(read_path(triples, one) for one in triples.list_of(several))),)
    if (optional := triples.value(node, SH + "zeroOrOnePath")) is not None:
        return (Optional(read_path(triples, optional)),)
    if triples.value(node, RDF + "first") is None:
        raise OutsideFragment(f"The path {describe(node)} is of a kind that is not read.")
    return tuple(step for part in triples.list_of(node) for step in read_path(triples, part))


def literal(value: Value) -> str | int | bool:
    """A term as a plain value: an IRI or text as text, a number, a truth value."""
    if isinstance(value, ox.Literal) and value.datatype.value == Datatype.INTEGER:
        return int(value.value)
    if isinstance(value, ox.Literal) and value.datatype.value == Datatype.BOOLEAN:
        return _BOOLEANS[value.value]
    return value.value


def whole(triples: Triples, node: Node, predicate: str) -> int | None:
    """The whole number that a shape gives for a parameter, or None."""
    text = triples.text(node, predicate)
    return int(text) if text else None


def pattern(triples: Triples, node: Node) -> re.Pattern[str]:
    """The pattern that a text must match, as SPARQL's REGEX has it."""
    return re.compile(triples.text(node, SH + "pattern"), re.ASCII)


def _iri(value: Value) -> str:
    """The IRI that stands somewhere."""
    if not isinstance(value, ox.NamedNode):
        raise OutsideFragment(f"{describe(value)} stands where an IRI is due.")
    return value.value


def _count(triples: Triples, node: Node, _: str) -> Iterator[Demand]:
    yield Count(whole(triples, node, SH + "minCount") or 0, whole(triples, node, SH + "maxCount"))


def _between(triples: Triples, node: Node, _: str) -> Iterator[Demand]:
    least, most = SH + "minInclusive", SH + "maxInclusive"
    yield Between(whole(triples, node, least), whole(triples, node, most))


def _qualified(triples: Triples, node: Node, _: str) -> Iterator[Demand]:
    shape = triples.value(node, SH + "qualifiedValueShape")
    if shape is None:
        raise OutsideFragment(f"{describe(node)} counts values of no shape.")
    least = whole(triples, node, SH + "qualifiedMinCount") or 0
    yield Qualified(
        shape_at(triples, shape), Count(least, whole(triples, node, SH + "qualifiedMaxCount"))
    )


def _node_kind(triples: Triples, node: Node, predicate: str) -> Iterator[Demand]:
    kind = triples.value(node, predicate)
    kinds = {SH + "Literal": False, SH + "BlankNodeOrIRI": True}
    if not isinstance(kind, ox.NamedNode) or kind.value not in kinds:
        raise OutsideFragment(f"{describe(node)} has a node kind that is not read.")
    yield IsNode(kinds[kind.value])


def _instant(triples: Triples, node: Node, predicate: str) -> Iterator[Demand]:
    if triples.iris(node, predicate) != [Datatype.DATE_TIME]:
        raise OutsideFragment(f"{describe(node)} asks for a datatype that is not read here.")
    yield IsInstant()


def _any(triples: Triples, node: Node, predicate: str) -> Iterator[Demand]:
    for head in triples.values(node, predicate):
        yield Any(tuple(shape_at(triples, one) for one in triples.list_of(head)))


def _never(triples: Triples, node: Node, predicate: str) -> Iterator[Demand]:
    for one in triples.values(node, predicate):
        yield Never(shape_at(triples, one))


def _properties(triples: Triples, node: Node, predicate: str) -> Iterator[Demand]:
    for one in triples.values(node, predicate):
        yield from shape_at(triples, one)


def _node(triples: Triples, node: Node, predicate: str) -> Iterator[Demand]:
    for one in triples.values(node, predicate):
        yield Any((shape_at(triples, one),))


def _has_value(triples: Triples, node: Node, predicate: str) -> Iterator[Demand]:
    for value in triples.values(node, predicate):
        yield HasValue(literal(value))


def _not_after(triples: Triples, node: Node, predicate: str) -> Iterator[Demand]:
    for value in triples.values(node, predicate):
        yield NotAfter(_iri(value))


def _apart(triples: Triples, node: Node, predicate: str) -> Iterator[Demand]:
    for value in triples.values(node, predicate):
        yield Apart(_iri(value))


_READERS: Final[dict[str, Callable[[Triples, Node, str], Iterator[Demand]]]] = {
    **dict.fromkeys(_COUNT, _count),
    **dict.fromkeys(_RANGE, _between),
    **dict.fromkeys(_QUALIFIED, _qualified),
    SH + "datatype": _instant,
    SH + "nodeKind": _node_kind,
    SH + "or": _any,
    SH + "not": _never,
    SH + "node": _node,
    SH + "property": _properties,
    SH + "hasValue": _has_value,
    SH + "lessThanOrEquals": _not_after,
    SH + "disjoint": _apart,
}
