"""The triples of a file, each handed out once it is understood; what is left over is not."""

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from primum.foundation.errors import UnwritableAxiom
from primum.foundation.names import shorten
from primum.knowledge.layout.words import FIRST, LIST, NIL, REST, TYPE
from primum.knowledge.owl import Triple

Node = ox.NamedNode | ox.BlankNode
Object = ox.NamedNode | ox.BlankNode | ox.Literal


class Statements:
    """The triples of one file, by subject and predicate."""

    __slots__ = ("_left", "_of", "name")

    def __init__(self, triples: Iterable[Triple], name: str) -> None:
        """Take the triples of the file of this name."""
        self.name = name
        self._of: dict[Node, dict[str, list[Object]]] = defaultdict(lambda: defaultdict(list))
        self._left: dict[tuple[Node, str, Object], None] = {}
        for subject, predicate, value in triples:
            if isinstance(value, ox.Triple):
                raise self.refusal("a triple term, which OWL does not have")
            if (subject, predicate.value, value) not in self._left:
                self._of[subject][predicate.value].append(value)
                self._left[subject, predicate.value, value] = None

    def refusal(self, what: str) -> UnwritableAxiom:
        """The error that names what cannot be written exactly."""
        return UnwritableAxiom(
            f"{self.name}: {what}. The OWL API's layout of this is not known here; "
            "take it out, or save the file from Protégé."
        )

    def left(self) -> list[tuple[Node, str, Object]]:
        """The triples that nobody has taken yet."""
        return list(self._left)

    def subjects(self, predicate: str, value: str) -> list[Node]:
        """The nodes that have a named value."""
        wanted = ox.NamedNode(value)
        return [node for node, said in self._of.items() if wanted in said.get(predicate, ())]

    def says(self, node: Node, predicate: str) -> list[Object]:
        """All values of a node, which stay where they are."""
        return self._of[node][predicate] if node in self._of else []

    def predicates(self, node: Node) -> list[str]:
        """What is said of a node at all."""
        return list(self._of[node]) if node in self._of else []

    def take(self, node: Node, predicate: str, value: Object) -> None:
        """Note that a triple is understood."""
        self._left.pop((node, predicate, value), None)

    def take_all(self, node: Node, predicate: str) -> list[Object]:
        """All values of a node, understood."""
        values = self.says(node, predicate)
        for value in values:
            self.take(node, predicate, value)
        return values

    def has_left(self, node: Node, predicate: str) -> bool:
        """Whether a node has values that nobody has taken yet."""
        return any((node, predicate, value) in self._left for value in self.says(node, predicate))

    def take_type(self, node: Node, kind: str) -> None:
        """Note that the type of a node is understood."""
        self.take(node, TYPE, ox.NamedNode(kind))

    def one(self, node: Node, predicate: str) -> Object:
        """The only value of a node, understood."""
        values = self.take_all(node, predicate)
        if len(values) != 1:
            raise self.refusal(f"a node with {len(values)} values of {shorten(predicate)}")
        return values[0]

    def listed(self, head: Object) -> list[Object]:
        """The members of a list, understood."""
        members: list[Object] = []
        seen: set[Object] = set()
        while head != ox.NamedNode(NIL):
            if isinstance(head, ox.Literal) or head in seen:
                raise self.refusal("a list without an end")
            seen.add(head)
            self.take_type(head, LIST)
            members.append(self.one(head, FIRST))
            head = self.one(head, REST)
        return members
