"""A read-only view on a set of triples: what a node says, in a fixed order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from primum.foundation.errors import UnreadableFile
from primum.foundation.names import OWL, RDF, shorten

Node = ox.NamedNode | ox.BlankNode
Value = ox.NamedNode | ox.BlankNode | ox.Literal

_FIRST, _REST, _NIL = RDF + "first", RDF + "rest", RDF + "nil"
_TYPE = RDF + "type"
_ANNOTATED, _BY = OWL + "annotatedSource", OWL + "annotatedProperty"


class Triples:
    """Triples indexed by subject and predicate, and by type.

    Predicates and types are given as IRIs, subjects as nodes. Values come sorted, so that
    everything derived from them is the same on every run.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Index the quads; the graph they stand in plays no part."""
        self._values: dict[Node, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        self._typed: dict[str, set[Node]] = defaultdict(set)
        self._annotations: dict[Value, list[Node]] = defaultdict(list)
        for quad in quads:
            if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
                continue
            self._values[quad.subject][quad.predicate.value].append(quad.object)
            if quad.predicate.value == _TYPE and isinstance(quad.object, ox.NamedNode):
                self._typed[quad.object.value].add(quad.subject)
            elif quad.predicate.value == _ANNOTATED:
                self._annotations[quad.object].append(quad.subject)

    def values(self, subject: Node, predicate: str) -> list[Value]:
        """All values of a property, sorted by their text."""
        if subject not in self._values:
            return []
        return sorted(self._values[subject].get(predicate, ()), key=str)

    def value(self, subject: Node, predicate: str) -> Value | None:
        """The one value of a property, the first where there are several, or None."""
        found = self.values(subject, predicate)
        return found[0] if found else None

    def text(self, subject: Node, predicate: str) -> str:
        """The text of a literal value, or "" where there is none."""
        return next(iter(self.texts(subject, predicate)), "")

    def texts(self, subject: Node, predicate: str) -> list[str]:
        """The texts of all literal values."""
        return [v.value for v in self.values(subject, predicate) if isinstance(v, ox.Literal)]

    def iris(self, subject: Node, predicate: str) -> list[str]:
        """The IRIs of all named values."""
        return [v.value for v in self.values(subject, predicate) if isinstance(v, ox.NamedNode)]

    def subjects_of(self, predicate: str) -> list[ox.NamedNode]:
        """The named nodes that have a property, sorted."""
        found = [n for n, said in self._values.items() if predicate in said]
        return sorted((n for n in found if isinstance(n, ox.NamedNode)), key=str)

    def every_subject_of(self, *predicates: str) -> list[Node]:
        """The nodes, named or not, that have one of the properties, sorted."""
        wanted = frozenset(predicates)
        return sorted((n for n, said in self._values.items() if wanted & said.keys()), key=str)

    def predicates(self, subject: Node) -> frozenset[str]:
        """The properties that a node has."""
        return frozenset(self._values[subject]) if subject in self._values else frozenset()

    def of_type(self, type_iri: str) -> list[Node]:
        """The nodes of a type, sorted by their text."""
        return sorted(self._typed.get(type_iri, ()), key=str)

    def named_of_type(self, type_iri: str) -> list[ox.NamedNode]:
        """The nodes of a type that have an IRI, sorted."""
        return [node for node in self.of_type(type_iri) if isinstance(node, ox.NamedNode)]

    def annotating(self, subject: Node, predicate: str) -> list[Node]:
        """The annotated axioms that state something of a subject by a predicate."""
        of_subject = self._annotations.get(subject, ())
        wanted = ox.NamedNode(predicate)
        return [node for node in of_subject if self.value(node, _BY) == wanted]

    def list_of(self, head: Value) -> Iterator[Value]:
        """The members of an RDF list; raises UnreadableFile where the list is broken."""
        seen: set[Node] = set()
        while not (isinstance(head, ox.NamedNode) and head.value == _NIL):
            if isinstance(head, ox.Literal) or head in seen:
                raise UnreadableFile(f"An RDF list is broken at {describe(head)}.")
            seen.add(head)
            first, rest = self.values(head, _FIRST), self.values(head, _REST)
            if len(first) != 1 or len(rest) != 1:
                raise UnreadableFile(f"An RDF list is broken at {describe(head)}.")
            yield first[0]
            head = rest[0]


def describe(node: Value) -> str:
    """A node in a message."""
    return shorten(node.value) if isinstance(node, ox.NamedNode) else str(node)
