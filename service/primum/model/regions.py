"""Regions: a rule's condition as a conjunction of simple constraints, one per dimension.

A rule is a union of regions. Each dimension of a situation is constrained on its own, so that
a region is a box: treatments and injuries by classes, factors by presence and absence, grade by
the values it may take (0 stands for an injury without a grade), time and age by a span.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final, Self

from primum.model.spans import Span

UNGRADED: Final = 0
GRADES: Final = frozenset({UNGRADED, 1, 2, 3})


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes a thing must belong to, and classes it must not belong to (IRIs)."""

    required: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()

    @property
    def contradictory(self) -> bool:
        """Whether some class is both required and excluded."""
        return not self.required.isdisjoint(self.excluded)

    def both(self, other: Self) -> Self:
        """The constraint that asks for this one and the other."""
        return type(self)(self.required | other.required, self.excluded | other.excluded)


@dataclass(frozen=True, slots=True)
class Region:
    """A conjunction of constraints on a situation; the default constrains nothing.

    `hours` counts hours since onset, `ages` completed years.
    """

    treatments: Classes = Classes()
    injuries: Classes = Classes()
    factors: Classes = Classes()
    grades: frozenset[int] = GRADES
    hours: Span = Span()
    ages: Span = Span()

    @property
    def is_empty(self) -> bool:
        """Whether no situation can lie in the region, whatever the ontology says."""
        classes = (self.treatments, self.injuries, self.factors)
        return (
            not self.grades
            or self.hours.is_empty
            or self.ages.is_empty
            or any(constraint.contradictory for constraint in classes)
        )

    def intersect(self, other: Self) -> Self:
        """The situations that lie in both regions."""
        return type(self)(
            treatments=self.treatments.both(other.treatments),
            injuries=self.injuries.both(other.injuries),
            factors=self.factors.both(other.factors),
            grades=self.grades & other.grades,
            hours=self.hours.intersect(other.hours),
            ages=self.ages.intersect(other.ages),
        )


Regions = tuple[Region, ...]
EVERYWHERE: Final[Regions] = (Region(),)
NOWHERE: Final[Regions] = ()


def union(parts: Iterable[Regions]) -> Regions:
    """The regions of all parts, each once, in the order they come."""
    return tuple(dict.fromkeys(region for part in parts for region in part))


def intersection(parts: Iterable[Regions]) -> Regions:
    """The non-empty intersections of one region from each part."""
    met = EVERYWHERE
    for part in parts:
        pairs = (one.intersect(other) for one, other in product(met, part))
        met = tuple(dict.fromkeys(region for region in pairs if not region.is_empty))
    return met
