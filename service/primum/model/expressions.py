"""OWL class expressions of the fragment that compiles, as a small frozen syntax tree."""

from dataclasses import dataclass

from primum.model.spans import Span


@dataclass(frozen=True, slots=True)
class Named:
    """A class by its IRI."""

    iri: str


@dataclass(frozen=True, slots=True)
class And:
    """What belongs to every operand."""

    operands: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What belongs to at least one operand."""

    operands: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What does not belong to the operand."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Some:
    """What has a value of the object property that belongs to the filler."""

    property: str
    filler: "Expression"


@dataclass(frozen=True, slots=True)
class SomeNumber:
    """What has a value of the data property in the span; `datatype` is the facets' datatype."""

    property: str
    datatype: str
    span: Span


Expression = Named | And | Or | Not | Some | SomeNumber
