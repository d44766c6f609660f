"""A record as triples, each value with the pointer to where it stands."""

from dataclasses import dataclass, field

import pyoxigraph as ox

from primum.foundation.names import MISPLACED, RDF, Record
from primum.use_cases.records.pointers import iri_of

Object = ox.NamedNode | ox.Literal


@dataclass(slots=True)
class Written:
    """The triples of one record, about nodes that have IRIs.

    `pointers` maps subject, predicate and value to where they stand, a value that stands twice to
    both places. `outside` lists what a graph says beside the record, a line for each subject.
    """

    triples: list[ox.Triple] = field(default_factory=list)
    pointers: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)

    def add(self, subject: str, predicate: str, value: Object, pointer: str) -> None:
        """Add a statement about the node at `subject`."""
        key = (subject, predicate, str(value))
        if key not in self.pointers:
            triple = ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)
            self.triples.append(triple)
        self.pointers.setdefault(key, []).append(pointer)

    def places(self, subject: str, predicate: str, value: str) -> list[str]:
        """Where a value of a property stands, or of any property where none is named."""
        if predicate:
            return self.pointers.get((subject, predicate, value), [])
        return [
            place
            for (one, _, other), places in self.pointers.items()
            if value and (one, other) == (subject, value)
            for place in places
        ]

    def misplace(self, subject: str, key: str, value: Object, pointer: str) -> None:
        """Add a statement by a property of records that nodes of this kind do not have.

        It goes by another name: a property such as `injury` would make a record of any node, and
        all its shapes would be told to be broken.
        """
        self.add(subject, f"{MISPLACED}{key}", value, pointer)

    def begin(self) -> str:
        """Begin the record itself; gives its IRI."""
        root = iri_of("")
        self.add(root, RDF + "type", ox.NamedNode(Record.CASE), "")
        return root
