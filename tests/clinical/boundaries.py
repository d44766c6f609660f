"""Boundaries of rules: what each region asks, and what lies just inside and just outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tests.clinical.mutants import Operator

from primum.foundation.names import local_name
from primum.model.regions import GRADES, UNGRADED, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Span

_ONE = 1  # hour, year, grade


class Side(StrEnum):
    """Where a record stands: in a region, or kept out of it by one thing alone."""

    INSIDE = "inside"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Boundary:
    """One thing that a region of a rule asks, and so keeps apart; `says` what, in words.

    `iri` is the class it asks for. `edges` are the numbers next to it, inside and outside: of
    hours, of years, or a grade.
    """

    rule: Rule
    region: Region
    about: Operator
    says: str
    iri: str = ""
    edges: tuple[Span, Span] | None = None

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that records can stand on; a level has no outside."""
        return (Side.INSIDE,) if self.about is Operator.LEVEL else tuple(Side)


def boundaries_of(rule: Rule) -> Iterator[Boundary]:
    """The boundaries of a rule."""
    yield Boundary(rule, rule.regions[0], Operator.LEVEL, rule.word)
    for region in rule.regions:
        for about, classes in constraints(region):
            for iri in sorted(classes.required):
                yield Boundary(rule, region, about, local_name(iri), iri)
            for iri in sorted(classes.excluded):
                yield Boundary(rule, region, about, f"not {local_name(iri)}", iri)
        for inside, outside in _grades(region.grades):
            edges = Span.at(inside), Span.at(outside)
            says = f"{inside}, not {outside}"
            yield Boundary(rule, region, Operator.GRADE, says, edges=edges)
        for about, span in ((Operator.HOURS, region.hours), (Operator.AGE, region.ages)):
            for says, edges in _ends(span):
                yield Boundary(rule, region, about, says, edges=edges)


def constraints(region: Region) -> tuple[tuple[Operator, Classes], ...]:
    """What a region asks of classes."""
    return (
        (Operator.TREATMENT, region.treatments),
        (Operator.INJURY, region.injuries),
        (Operator.FACTOR, region.factors),
    )


def _grades(grades: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Pairs of a grade that is asked for and a neighbouring one that is not."""
    graded = grades - {UNGRADED}
    for inside in sorted(graded if grades != GRADES else ()):
        for outside in (inside - _ONE, inside + _ONE):
            if outside in GRADES - graded - {UNGRADED}:
                yield inside, outside


def _ends(span: Span) -> Iterator[tuple[str, tuple[Span, Span]]]:
    """The ends of a span, but for its natural beginning, each with what lies beside it."""
    if span.start > Cut(0):
        before, after = _beside(span.start)
        yield f"from {span.start.at}", (after, before)
    if span.end is not None:
        before, after = _beside(span.end)
        yield f"until {span.end.at}", (before, after)


def _beside(cut: Cut) -> tuple[Span, Span]:
    """The last before a cut, and the first after it."""
    before, after = Cut(cut.at - _ONE, cut.after), Cut(cut.at + _ONE, cut.after)
    return Span(before, cut), Span(cut, after)
