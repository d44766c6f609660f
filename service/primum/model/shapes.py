"""Shapes of case records as data: the part of SHACL core that `rules/shapes/record.ttl` uses.

A form says what may stand in one kind of node, member by member; a check is any further demand,
as a tree of constraints on a focus node (SHACL, https://www.w3.org/TR/shacl/, section 4).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# --- Paths ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Forward:
    """From a node to the values of a property."""

    iri: str


@dataclass(frozen=True, slots=True)
class Back:
    """From a value to the nodes that have it as the value of a property."""

    iri: str


@dataclass(frozen=True, slots=True)
class Either:
    """Along any of several paths."""

    paths: tuple["Path", ...]


@dataclass(frozen=True, slots=True)
class Optional:
    """Along a path, or not at all."""

    path: "Path"


Step = Forward | Back | Either | Optional
Path = tuple[Step, ...]

# --- Constraints ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Property:
    """A demand on the values that a path leads to."""

    path: Path
    demands: tuple["Demand", ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many values there are; `most` is None where nothing bounds them."""

    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Qualified:
    """How many values satisfy a shape."""

    shape: "Shape"
    count: Count


@dataclass(frozen=True, slots=True)
class HasValue:
    """One of the values is this one: an IRI, a text, a number or a truth value."""

    value: str | int | bool


@dataclass(frozen=True, slots=True)
class IsNode:
    """Each value is a node, or each is a literal."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class IsInstant:
    """Each value is a well-formed dateTime."""


@dataclass(frozen=True, slots=True)
class NotAfter:
    """No value exceeds a value that the focus node has for a property."""

    iri: str


@dataclass(frozen=True, slots=True)
class Apart:
    """No value is one that the focus node has for a property."""

    iri: str


@dataclass(frozen=True, slots=True)
class Between:
    """Each value is a number from `least` to `most`, where these are given."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Any:
    """Some of the shapes is satisfied."""

    shapes: tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class Never:
    """The shape is not satisfied."""

    shape: "Shape"


Demand = (
    Property
    | Count
    | Qualified
    | HasValue
    | IsNode
    | IsInstant
    | NotAfter
    | Apart
    | Between
    | Any
    | Never
)
Shape = tuple[Demand, ...]

# --- Forms ---------------------------------------------------------------------------------------


class Holds(StrEnum):
    """What kind of value a member holds."""

    TEXT = "text"
    WHOLE = "whole"
    INSTANT = "instant"
    TERM = "term"
    NODE = "node"


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a form: its name in JSON, the property, and what may stand there.

    `holds` lists the kinds of value (an onset is an instant or a node). `count` bounds how many
    values there are. `least` and `most` bound a whole number, or the length of a text; `options`
    are the only texts there may be; `pattern` is what a text or a dateTime must match; `term` is
    the shape of the classes that may be named.
    """

    key: str
    iri: str
    order: int = 0
    holds: frozenset[Holds] = frozenset()
    count: Count = Count()
    least: int | None = None
    most: int | None = None
    options: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    term: Shape = ()

    @property
    def many(self) -> bool:
        """Whether there may be several values, which then stand in a list."""
        return self.count.most != 1


@dataclass(frozen=True, slots=True)
class Check:
    """A demand on the nodes of a form; where `given` is set, only on those with that property."""

    code: str
    shape: Shape
    given: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of node: its members by their name in JSON, and what else must be so."""

    name: str
    members: Mapping[str, Member] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraint:
    """What is told of a result of the constraint with this code.

    `severity` is `violation`, `warning` or `info`; `allowed` says in words what may stand there;
    `about` is the member at fault where the path of a result does not tell: from the focus node,
    or from the record where it begins with a slash.
    """

    iri: str
    code: str
    severity: str
    message: str
    allowed: str = ""
    about: str = ""


Facts = Mapping[str, Mapping[str, frozenset[str | int | bool]]]


@dataclass(frozen=True, slots=True)
class RecordShapes:
    """All that the shapes of case records say.

    `forms` maps the property that leads to a node to its form; the record itself is at `""`.
    `constraints` are found by the IRI of their shape. `facts` maps the properties that checks
    follow out of the record, into the ontology, to their values by class.
    """

    forms: Mapping[str, Form]
    constraints: Mapping[str, Constraint]
    facts: Facts
