"""Premises: what a rule asks of a situation, beside what the record says of it."""

from dataclasses import dataclass
from enum import StrEnum

from primum.model.spans import Span


class About(StrEnum):
    """What a premise is about, in the order in which premises are listed."""

    TREATMENT = "treatment"
    INJURY = "injury"
    GRADE = "grade"
    HOURS = "hours"
    AGE = "age"
    FACTOR = "factor"


class Stands(StrEnum):
    """Whether a premise holds in every completion of the record, in some, or in none."""

    MET = "met"
    OPEN = "open"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Premise:
    """One thing that a rule asks.

    A class of treatment, injury or factor by its IRI, which must apply (`wanted`) or must not;
    or grades; or a span of hours since onset or of completed years. `found` is the IRI of the
    stated fact that decides it, "" where none does. `assumed` tells that a factor counts as absent
    only because the record does not mention it.
    """

    about: About
    stands: Stands
    iri: str = ""
    wanted: bool = True
    grades: frozenset[int] = frozenset()
    span: Span | None = None
    found: str = ""
    assumed: bool = False
