"""One Turtle file as triples that can be edited, and written again in the layout of Protégé."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

import pyoxigraph as ox

from primum.foundation.names import OWL, RDF, Datatype
from primum.knowledge import files
from primum.knowledge.layout import normalised
from primum.knowledge.owl import Lifter, Triple
from primum.knowledge.rdf import Node, Value
from primum.model.expressions import Expression

_DECLARATION: Final = re.compile(r"^@(?:prefix|base)\s.*$", re.MULTILINE)
_TYPE: Final = ox.NamedNode(RDF + "type")
_AXIOM: Final = ox.NamedNode(OWL + "Axiom")
_OF, _BY, _TO = (
    ox.NamedNode(OWL + name) for name in ("annotatedSource", "annotatedProperty", "annotatedTarget")
)


@dataclass(slots=True)
class Document:
    """The triples of a file, in the order in which they stand there."""

    name: str
    declarations: str
    triples: dict[Triple, None] = field(default_factory=dict)
    lifted: int = 0

    @classmethod
    def read(cls, path: Path, name: str) -> Self:
        """The document in a file; `name` is the path as messages give it."""
        text = path.read_text(encoding="utf-8")
        document = cls(name, "\n".join(_DECLARATION.findall(text)))
        document.triples = dict.fromkeys(files.triples_of(path))
        return document

    def text(self) -> str:
        """The document as Turtle, laid out as Protégé saves it."""
        # N-Triples are Turtle too, so the triples are handed on in full under the file's prefixes.
        lines = (f"{s} {p} {o} .\n" for s, p, o in self.triples)
        return normalised(f"{self.declarations}\n{''.join(lines)}", name=self.name)

    def values(self, subject: Node, predicate: str) -> list[Value]:
        """The values of a property."""
        wanted = ox.NamedNode(predicate)
        return [o for s, p, o in self.triples if s == subject and p == wanted]

    def add(self, subject: Node, predicate: str, value: Value) -> None:
        """State something."""
        self.triples[subject, ox.NamedNode(predicate), value] = None

    def replace(
        self, subject: Node, predicate: str, old: Iterable[Value], new: Iterable[Value]
    ) -> None:
        """State new values of a property; of the old ones, take back those that are not among them.

        What stands in both stays as it is, with the annotations of its axiom.
        """
        kept = list(new)
        for value in old:
            if value not in kept:
                self.remove(subject, predicate, value)
        for value in kept:
            self.add(subject, predicate, value)

    def remove(self, subject: Node, predicate: str, value: Value) -> None:
        """Take a statement back, with what was said of its axiom and of its expression."""
        for axiom in self.annotating(subject, predicate, value):
            self._drop(axiom)
        self.triples.pop((subject, ox.NamedNode(predicate), value), None)
        if isinstance(value, ox.BlankNode):
            self._drop(value)

    def annotating(self, subject: Node, predicate: str, value: Value) -> list[Node]:
        """The annotated axioms that stand for a statement."""
        wanted = {(_OF, subject), (_BY, ox.NamedNode(predicate)), (_TO, value)}
        axioms = [s for s, p, o in self.triples if p == _OF and o == subject]
        return [a for a in axioms if wanted <= {(p, o) for s, p, o in self.triples if s == a}]

    def annotate(
        self, statement: tuple[Node, str, Value], predicate: str, texts: list[str]
    ) -> None:
        """Give the axiom of a statement these texts for an annotation, and no others of it."""
        subject, stated, value = statement
        axioms = self.annotating(subject, stated, value)
        if not axioms and texts:
            axioms = [self._axiom(subject, ox.NamedNode(stated), value)]
        literals = [ox.Literal(text) for text in texts]
        for axiom in axioms:
            self.replace(axiom, predicate, self.values(axiom, predicate), literals)
            literals = []

    def lift(self, expression: Expression) -> Node:
        """Write an expression; the node that stands for it is given."""
        self.lifted += 1
        lifter = Lifter(f"lifted{self.lifted}x")
        node = lifter.lift(expression)
        for subject, predicate, value in lifter.triples:
            self.triples[subject, predicate, _with_point(value)] = None
        return node

    def _axiom(self, subject: Node, predicate: ox.NamedNode, value: Value) -> Node:
        """A new annotated axiom for a statement."""
        self.lifted += 1
        axiom = ox.BlankNode(f"annotated{self.lifted}")
        for said, of in ((_TYPE, _AXIOM), (_OF, subject), (_BY, predicate), (_TO, value)):
            self.triples[axiom, said, of] = None
        return axiom

    def _drop(self, node: Node) -> None:
        """Forget all that is said of a nameless node, and of those that it leads to."""
        said = [triple for triple in self.triples if triple[0] == node]
        for triple in said:
            self.triples.pop(triple, None)
        for _, _, value in said:
            if isinstance(value, ox.BlankNode):
                self._drop(value)


def _with_point(value: Value) -> Value:
    """A decimal as these files write it: 48.0, not 48."""
    decimal = isinstance(value, ox.Literal) and value.datatype.value == Datatype.DECIMAL
    if not decimal or "." in value.value:
        return value
    return ox.Literal(f"{value.value}.0", datatype=ox.NamedNode(Datatype.DECIMAL))
