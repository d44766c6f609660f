"""Whether one graph is part of another, whatever their nodes without a name are called.

A node without a name stands for all that is said of it; a description holds the whole of that.
"""

from rdflib import BNode, Graph
from rdflib.term import Node

Skeleton = set[tuple[object, object, object]]


def skeleton(graph: Graph) -> Skeleton:
    """The statements of a graph, each node without a name written as what it says."""
    known: dict[Node, object] = {}
    return {(_name(graph, s, known), p, _name(graph, o, known)) for s, p, o in graph}


def _name(graph: Graph, node: Node, known: dict[Node, object]) -> object:
    """A node, or a number that two nodes without a name share where they say the same."""
    if not isinstance(node, BNode):
        return node
    if node not in known:
        said = ((p, _name(graph, o, known)) for p, o in graph.predicate_objects(node))
        known[node] = hash(frozenset(said))
    return known[node]
