"""From axioms to triples, with the nodes and numbers that the OWL API gives them.

Nodes are numbered through the whole document, in the order in which they are first met: an
expression before its parts, a list from its last member to its first, an axiom with annotations
after its two sides (`AbstractTranslator`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from primum.knowledge.layout import words
from primum.knowledge.layout.iris import iri_order
from primum.knowledge.layout.objects import (
    Annotation,
    Axiom,
    Document,
    Expression,
    Key,
    Members,
    Part,
    Term,
    Text,
    in_order,
)


@dataclass(frozen=True, slots=True)
class Blank:
    """A node without a name."""

    number: int

    @property
    def label(self) -> str:
        """The name under which it is written where it stands in two places."""
        return f"_:genid{self.number}"


Subject = str | Blank
Value = str | Blank | Text


@dataclass(slots=True)
class Triples:
    """What is said of each node, in the order in which it is written."""

    of: dict[Subject, list[tuple[str, Value]]] = field(default_factory=dict)
    labelled: set[Blank] = field(default_factory=set)

    def add(self, subject: Subject, predicate: str, value: Value) -> None:
        """Add a triple; the target of an annotated axiom stands in two places."""
        said = self.of.setdefault(subject, [])
        if (predicate, value) not in said:
            said.append((predicate, value))
        if predicate == words.TARGET and isinstance(value, Blank):
            self.labelled.add(value)

    def roots(self) -> list[Blank]:
        """The nodes without a name that nothing refers to; sorted by their labels, as texts."""
        referred = {
            value for subject, said in self.of.items() for _, value in said if value != subject
        }
        free = [one for one in self.of if isinstance(one, Blank) and one not in referred]
        return sorted(free, key=lambda node: node.label)


class Translator:
    """Translates axioms; one for a document, so that numbers go on."""

    __slots__ = ("_numbers", "_sides", "_triples")

    def __init__(self) -> None:
        """Begin at 1."""
        self._numbers: Iterator[int] = count(1)
        self._triples = Triples()
        self._sides: dict[tuple[Subject, str, Key], Value] = {}

    @staticmethod
    def head(document: Document) -> Triples:
        """The triples of the head: version, imports and annotations, each sorted."""
        triples = Triples()
        triples.add(document.iri, words.TYPE, words.ONTOLOGY)
        if document.version_iri:
            triples.add(document.iri, words.VERSION_IRI, document.version_iri)
        for iri in sorted(document.imports, key=iri_order):
            triples.add(document.iri, words.IMPORTS, iri)
        for by, value in in_order(document.annotations):
            triples.add(document.iri, by.iri, value.iri if isinstance(value, Term) else value)
        return triples

    def translate(self, axioms: Iterable[Axiom]) -> Triples:
        """The triples of the axioms of one term, or of one general axiom."""
        self._triples, self._sides = Triples(), {}
        for axiom in axioms:
            if axiom.subject is None:
                self._collective(axiom)
            else:
                self._single(axiom, axiom.subject)
        return self._triples

    def _blank(self) -> Blank:
        """The next node."""
        return Blank(next(self._numbers))

    def _single(self, axiom: Axiom, subject: Term | Expression) -> None:
        """An axiom that is one triple, and a node for its annotations."""
        source = subject.iri if isinstance(subject, Term) else self._expression(subject)
        target = self._target(source, axiom)
        self._triples.add(source, axiom.predicate, target)
        if not axiom.annotations:
            return
        node = self._blank()
        self._triples.add(node, words.TYPE, words.AXIOM)
        self._triples.add(node, words.SOURCE, source)
        self._triples.add(node, words.PROPERTY, axiom.predicate)
        self._triples.add(node, words.TARGET, target)
        self._annotate(node, axiom.annotations)

    def _target(self, source: Subject, axiom: Axiom) -> Value:
        """The other side; the same node where only annotations tell two axioms apart."""
        if not isinstance(axiom.value, Expression):
            return self._node(axiom.value)
        side = (source, axiom.predicate, axiom.value.key)
        if side not in self._sides:
            self._sides[side] = self._node(axiom.value)
        return self._sides[side]

    def _collective(self, axiom: Axiom) -> None:
        """An axiom that is a node: of properties, annotations come before the rest."""
        node = self._blank()
        if axiom.predicate == words.ALL_DISJOINT_PROPERTIES:
            self._annotate(node, axiom.annotations)
        different = axiom.predicate == words.ALL_DIFFERENT
        self._triples.add(node, words.TYPE, axiom.predicate)
        members = words.DISTINCT_MEMBERS if different else words.MEMBERS
        self._triples.add(node, members, self._node(axiom.value))
        if axiom.predicate != words.ALL_DISJOINT_PROPERTIES:
            self._annotate(node, axiom.annotations)

    def _annotate(self, node: Blank, annotations: Iterable[Annotation]) -> None:
        """Say annotations of a node."""
        for by, value in annotations:
            self._triples.add(node, by.iri, self._node(value))

    def _node(self, part: Part) -> Value:
        """The node of a part; what is said of it is said at once."""
        match part:
            case Term():
                return part.iri
            case Text():
                return part
            case Members():
                return self._list(part)
            case Expression():
                return self._expression(part)

    def _expression(self, expression: Expression) -> Blank:
        """The node of an expression."""
        node = self._blank()
        for predicate, value in expression.says:
            self._triples.add(node, predicate, self._node(value))
        return node

    def _list(self, members: Members) -> Value:
        """The first cell of a list."""
        head: Value = words.NIL
        for item in reversed(members.items):
            cell = self._blank()
            self._triples.add(cell, words.TYPE, words.LIST)
            self._triples.add(cell, words.FIRST, self._node(item))
            self._triples.add(cell, words.REST, head)
            head = cell
        return head
