"""JSON-LD of the ontology, with a context that gives short names and the kinds of values."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyoxigraph as ox

from primum.foundation.names import OBO, PREFIXES, RDF, VANN, XSD
from primum.knowledge.owl import Triple
from primum.knowledge.rdf import Node, Triples, Value

_PREFIXES: Final = {**PREFIXES, "obo": OBO, "vann": VANN}
_TYPE, _FIRST, _REST = RDF + "type", RDF + "first", RDF + "rest"
_NIL: Final = ox.NamedNode(RDF + "nil")
_STRING: Final = ox.NamedNode(XSD + "string")
Json = dict[str, Any]


def jsonld(triples: Iterable[Triple]) -> str:
    """The document: a context, and a graph with an object for each term."""
    document = _Document(list(triples))
    return json.dumps(document.whole(), indent=1, ensure_ascii=False, sort_keys=False) + "\n"


class _Document:
    """The statements, and which blank nodes are used but once and so can stand in place."""

    def __init__(self, triples: list[Triple]) -> None:
        self.order = list(dict.fromkeys(subject for subject, _, _ in triples))
        self.triples = Triples(ox.Quad(*triple) for triple in triples)
        self.used = Counter(value for _, _, value in triples if isinstance(value, ox.BlankNode))
        self.kinds: dict[str, set[str]] = defaultdict(set)
        for _, predicate, value in triples:
            self.kinds[predicate.value].add(_kind(value))

    def whole(self) -> Json:
        """The context and the graph."""
        tops = [node for node in self.order if not self._stands_in_place(node)]
        return {"@context": self._context(), "@graph": [self._node(node) for node in tops]}

    def _context(self) -> Json:
        """The prefixes, and how the values of a property are read where all are of one kind."""
        context: Json = dict(sorted(_PREFIXES.items()))
        for iri in sorted(self.kinds):
            if iri != _TYPE and (read_as := _read_as(self.kinds[iri])):
                context[_short(iri)] = {"@id": iri, **read_as}
        return context

    def _stands_in_place(self, node: Value) -> bool:
        return isinstance(node, ox.BlankNode) and self.used[node] == 1

    def _node(self, node: Node) -> Json:
        """An object with all that is said of a node."""
        found: Json = {} if self._stands_in_place(node) else {"@id": _name(node)}
        for iri in sorted(self.triples.predicates(node)):
            values = self.triples.values(node, iri)
            if iri == _TYPE:
                found["@type"] = [_name(value) for value in values if not _is_literal(value)]
            else:
                said = [self._value(value, self.kinds[iri]) for value in values]
                found[_short(iri)] = said[0] if len(said) == 1 else said
        return found

    def _value(self, value: Value, kinds: set[str]) -> Any:
        """A value as the context has it read, or in full."""
        if isinstance(value, ox.Literal):
            return value.value if _read_as(kinds) is not None else _literal(value)
        if value == _NIL or self._is_list(value):
            return {"@list": [self._value(member, set()) for member in self._members(value)]}
        if isinstance(value, ox.BlankNode) and self._stands_in_place(value):
            return self._node(value)
        return _name(value) if _read_as(kinds) else {"@id": _name(value)}

    def _is_list(self, node: Value) -> bool:
        """Whether a node begins a list of which no part is used elsewhere."""
        while isinstance(node, ox.BlankNode):
            if not self._stands_in_place(node) or self.triples.predicates(node) != {_FIRST, _REST}:
                return False
            node = self.triples.values(node, _REST)[0]
        return node == _NIL

    def _members(self, node: Value) -> Iterator[Value]:
        """The members of a list."""
        return self.triples.list_of(node)


def _kind(value: Value) -> str:
    """How a value is read: as a node, as text in a language, or as a literal of a type."""
    if not isinstance(value, ox.Literal):
        return "node"
    return f"@{value.language}" if value.language else value.datatype.value


def _read_as(kinds: set[str]) -> Json | None:
    """The entry of a context for values of one kind; None for values of several."""
    if len(kinds) != 1:
        return None
    kind = next(iter(kinds))
    if kind == "node":
        return {"@type": "@id"}
    if kind == _STRING.value:
        return {}
    return {"@language": kind[1:]} if kind.startswith("@") else {"@type": _short(kind)}


def _literal(value: ox.Literal) -> Any:
    """A literal in full; text without a language as it is."""
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype == _STRING:
        return value.value
    return {"@value": value.value, "@type": _short(value.datatype.value)}


def _is_literal(value: Value) -> bool:
    return isinstance(value, ox.Literal)


def _name(node: Value) -> str:
    """The short name of a node."""
    return _short(node.value) if isinstance(node, ox.NamedNode) else str(node)


def _short(iri: str) -> str:
    """An IRI by the longest prefix that leaves a plain name."""
    for prefix, base in sorted(_PREFIXES.items(), key=lambda item: -len(item[1])):
        name = iri.removeprefix(base)
        if name != iri and name and "/" not in name and "#" not in name:
            return f"{prefix}:{name}"
    return iri
