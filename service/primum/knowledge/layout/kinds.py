"""What each name of a file names: declared there, known by itself, or seen from its use."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from primum.foundation.names import OWL, shorten
from primum.knowledge.layout.objects import Kind
from primum.knowledge.layout.statements import Node, Object, Statements
from primum.knowledge.layout.words import (
    ANNOTATIONS,
    CLASS,
    DATATYPE,
    NOTHING,
    ON_CLASS,
    ON_DATA_RANGE,
    SELF,
    THING,
    TYPE,
    is_data_range,
)

DECLARED: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        OWL + "AnnotationProperty": Kind.ANNOTATION_PROPERTY,
        DATATYPE: Kind.DATATYPE,
        OWL + "ObjectProperty": Kind.OBJECT_PROPERTY,
        OWL + "DatatypeProperty": Kind.DATA_PROPERTY,
        CLASS: Kind.CLASS,
        OWL + "NamedIndividual": Kind.INDIVIDUAL,
    }
)
"""The types by which a term is declared, in the order of their sections."""


class Kinds:
    """What names name. A name that nobody declares is taken as one that an import declares."""

    __slots__ = ("_declared", "_statements")

    def __init__(self, statements: Statements) -> None:
        """Read the declarations of a file; a name of two kinds is refused."""
        self._statements = statements
        self._declared: dict[str, Kind] = {}
        for declared, kind in DECLARED.items():
            for node in statements.subjects(TYPE, declared):
                if isinstance(node, ox.NamedNode):
                    self._declare(node.value, kind)

    def _declare(self, iri: str, kind: Kind) -> None:
        """Note one declaration."""
        if self._declared.setdefault(iri, kind) != kind:
            raise self._statements.refusal(f"{shorten(iri)}, which is declared as two kinds")

    def of(self, iri: str) -> Kind | None:
        """What a name names, where it is declared or built in."""
        if iri in ANNOTATIONS:
            return Kind.ANNOTATION_PROPERTY
        if iri in (THING, NOTHING):
            return Kind.CLASS
        return Kind.DATATYPE if is_data_range(iri) else self._declared.get(iri)

    def is_data_range(self, node: Object) -> bool:
        """Whether a node is a range of data rather than a class."""
        if isinstance(node, ox.NamedNode):
            return self.of(node.value) == Kind.DATATYPE
        return isinstance(node, ox.Literal) or ox.NamedNode(DATATYPE) in self._statements.says(
            node, TYPE
        )

    def of_restricted(self, node: Node, on: str, fillers: list[Object]) -> Kind:
        """The kind of the property of a restriction: declared, or seen from what fills it."""
        known = self.of(on)
        if known in (Kind.OBJECT_PROPERTY, Kind.DATA_PROPERTY):
            return known
        said = self._statements.predicates(node)
        if ON_DATA_RANGE in said or any(self.is_data_range(filler) for filler in fillers):
            return Kind.DATA_PROPERTY
        if not fillers and ON_CLASS not in said and SELF not in said:
            raise self._statements.refusal(
                f"a number of {shorten(on)}, of which this file does not say what it is"
            )
        return Kind.OBJECT_PROPERTY

    def of_property(self, iri: str, value: Object) -> Kind:
        """The kind of a property of which an axiom speaks, seen from the other side if need be."""
        known = self.of(iri)
        if known is None and isinstance(value, ox.NamedNode):
            known = self.of(value.value)
            if known in (Kind.CLASS, Kind.DATATYPE):
                known = None
        if known is None and isinstance(value, ox.BlankNode):
            known = Kind.DATA_PROPERTY if self.is_data_range(value) else Kind.OBJECT_PROPERTY
        if known in (Kind.OBJECT_PROPERTY, Kind.DATA_PROPERTY, Kind.ANNOTATION_PROPERTY):
            return known
        raise self._statements.refusal(
            f"an axiom on {shorten(iri)}, of which this file does not say what kind of property "
            "it is"
        )
