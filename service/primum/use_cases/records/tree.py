"""A case record as a tree of nodes, in the values that checks compare and cases are made of."""

from primum.model.moments import Moment


class Iri(str):
    """The IRI of a class; text that is no IRI stays `str`."""

    __slots__ = ()


class Node:
    """One object of a record: the values of each property, and the node it hangs on.

    `via` is the property that leads here from `parent`; "" and None for the record itself. `family`
    are all nodes of the record.
    """

    __slots__ = ("family", "parent", "values", "via")

    def __init__(self, via: str = "", parent: "Node | None" = None) -> None:
        """An object without values, so far; it joins the list of all nodes of the record."""
        self.via = via
        self.parent = parent
        self.values: dict[str, list[Value]] = {}
        self.family: list[Node] = [] if parent is None else parent.family
        self.family.append(self)

    def all(self, iri: str) -> "list[Value]":
        """The values of a property; none where it is not given."""
        return self.values.get(iri, [])

    def one(self, iri: str) -> "Value | None":
        """The value of a property that has at most one."""
        found = self.values.get(iri)
        return found[0] if found else None

    def node(self, iri: str) -> "Node | None":
        """The value of a property, where it is a node."""
        found = self.one(iri)
        return found if isinstance(found, Node) else None


Value = Node | Iri | Moment | str | int | bool
