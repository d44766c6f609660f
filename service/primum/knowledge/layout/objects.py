"""What a file says, as objects that sort as those of the OWL API do.

Every object has a key; two objects are compared by their keys. A key begins with the index of the
object's type (`OWLObjectTypeIndexProvider`, `AxiomType`), so that only keys of one form meet.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from primum.foundation.names import XSD
from primum.knowledge.layout.iris import iri_order, units
from primum.knowledge.layout.words import PLAIN

Key = tuple[Any, ...]
"""Nested tuples of integers and bytes."""


class Kind(IntEnum):
    """What an IRI names, numbered as the OWL API orders them; VALUE is an IRI as such."""

    VALUE = 0
    CLASS = 1001
    OBJECT_PROPERTY = 1002
    DATA_PROPERTY = 1004
    INDIVIDUAL = 1005
    ANNOTATION_PROPERTY = 1006
    DATATYPE = 4001


class Rank(IntEnum):
    """The order of the axioms that say something of one term."""

    DECLARATION = 0
    EQUIVALENT_CLASSES = 1
    SUBCLASS = 2
    DISJOINT_CLASSES = 3
    DISJOINT_UNION = 4
    MEMBER = 5
    DIFFERENT = 7
    OBJECT_VALUE = 8
    DATA_VALUE = 10
    EQUIVALENT_OBJECT_PROPERTIES = 12
    SUB_OBJECT_PROPERTY = 13
    INVERSE = 14
    OBJECT_DOMAIN = 22
    OBJECT_RANGE = 23
    DISJOINT_OBJECT_PROPERTIES = 24
    CHAIN = 25
    EQUIVALENT_DATA_PROPERTIES = 26
    SUB_DATA_PROPERTY = 27
    FUNCTIONAL_DATA_PROPERTY = 28
    DATA_DOMAIN = 29
    DATA_RANGE = 30
    DISJOINT_DATA_PROPERTIES = 31
    ANNOTATION = 34
    SUB_ANNOTATION_PROPERTY = 35
    ANNOTATION_RANGE = 36
    ANNOTATION_DOMAIN = 37
    DATATYPE_DEFINITION = 38


@dataclass(frozen=True, slots=True)
class Term:
    """An IRI, and what it names where it stands."""

    kind: Kind
    iri: str
    key: Key = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", (int(self.kind), *iri_order(self.iri)))


@dataclass(frozen=True, slots=True)
class Text:
    """A literal; `datatype` is that of RDF 1.1 but `rdf:PlainLiteral` where there is a language."""

    lexical: str
    datatype: str = XSD + "string"
    language: str = ""
    key: Key = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        datatype = PLAIN if self.language else self.datatype
        key = (4008, iri_order(datatype), units(self.lexical), units(self.language))
        object.__setattr__(self, "key", key)


@dataclass(frozen=True, slots=True)
class Members:
    """A list, in the order in which it is written."""

    items: "tuple[Part, ...]"

    @property
    def key(self) -> Key:
        """The keys of the members."""
        return tuple(item.key for item in self.items)


@dataclass(frozen=True, slots=True)
class Expression:
    """A class, a range of data or a facet without a name: what its node is said to be, in order."""

    key: Key
    says: "tuple[tuple[str, Part], ...]" = field(compare=False)


Part = Term | Text | Members | Expression
Annotation = tuple[Term, Term | Text]


@dataclass(frozen=True, slots=True)
class Axiom:
    """One statement: a triple with annotations, or, without a subject, a node of its own.

    `predicate` is the type of that node and `value` its members, where there is no subject.
    """

    key: Key
    subject: Term | Expression | None = field(compare=False)
    predicate: str = field(compare=False)
    value: Part = field(compare=False)
    annotations: tuple[Annotation, ...] = field(default=(), compare=False)

    @property
    def rank(self) -> int:
        """Its place among the kinds of axioms."""
        return int(self.key[0])


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: the head of its ontology, and its axioms."""

    iri: str
    version_iri: str
    imports: frozenset[str]
    annotations: frozenset[Annotation]
    axioms: frozenset[Axiom]


def by_key(part: "Part | Axiom") -> Key:
    """The key, for sorting."""
    return part.key


def annotation_order(annotation: Annotation) -> Key:
    """A key that sorts annotations."""
    return annotation[0].key, annotation[1].key


def in_order(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Annotations without repetition, sorted."""
    return tuple(sorted(set(annotations), key=annotation_order))
