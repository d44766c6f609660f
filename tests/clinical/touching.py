"""Which sides of the boundaries of rules the cases stand on.

A side is touched by a case that says what follows for a treatment, whose record lies on it for
certain and next to the boundary, and meets all else that the region asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.clinical.boundaries import Boundary, Side, boundaries_of, constraints
from tests.clinical.keys import TIMELINE
from tests.clinical.mutants import Operator
from tests.clinical.reach import STRICT, Reach, Reaches
from tests.clinical.reading import CERTAIN

from primum.model.levels import Level, Verdict
from primum.model.regions import Region
from primum.model.rules import Rule
from primum.model.spans import Span

Failing = frozenset[tuple[Operator, str]]
NAMING = {"recommended", "not-recommended"}
OF_BOTH = {"for-certain"}
OF_RECOMMENDATIONS = NAMING | OF_BOTH | {"appraised"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A case that asks about a treatment at some hours, and what keeps it out of a region.

    `failing` is empty where the case is in the region, and names one thing where it is not.
    """

    reach: Reach
    treatment: str
    hours: Span
    failing: Failing

    def side(self, boundary: Boundary) -> Side | None:
        """The side of a boundary on which the case stands, next to it; None if on neither."""
        if self.failing - {(boundary.about, boundary.iri)}:
            return None
        side = Side.OUTSIDE if self.failing else Side.INSIDE
        if boundary.about is Operator.LEVEL:
            return side if tells_effect(self.reach, self.treatment, boundary.rule) else None
        if boundary.edges is None:
            return side
        own, edge = self._number(boundary.about), boundary.edges[side is Side.OUTSIDE]
        return side if own is not None and own.overlaps(edge) else None

    def _number(self, about: Operator) -> Span | None:
        """The hours, the age or the grade of the record, if it tells them."""
        if about is Operator.HOURS:
            return self.hours
        record = self.reach.case.record
        number = record.age if about is Operator.AGE else record.grade
        return None if number is None else Span.at(number)


@dataclass(frozen=True, slots=True)
class Touched:
    """A side of a boundary, and the sentence of a case that stands on it, "" if none does."""

    boundary: Boundary
    side: Side
    by: str


def touched(rule: Rule, reaches: Reaches) -> list[Touched]:
    """Each side of each boundary of a rule, with the first case that touches it."""
    boundaries = list(boundaries_of(rule))
    found: dict[tuple[Boundary, Side], str] = {}
    for region in rule.regions:
        own = [boundary for boundary in boundaries if boundary.region == region]
        for standing in standings(region, rule, reaches):
            for boundary in own:
                side = standing.side(boundary)
                if side is not None:
                    found.setdefault((boundary, side), standing.reach.case.says)
    return [Touched(b, side, found.get((b, side), "")) for b in boundaries for side in b.sides]


def standings(region: Region, rule: Rule, reaches: Reaches) -> Iterator[Standing]:
    """The cases that are in a region for certain, or out of it by one thing alone."""
    asked, above = region.treatments, reaches.knowledge.axioms.above
    for reach in reaches.all:
        facts = failing_facts(region, reach, reaches)
        for treatment in sorted(reach.treatments) if facts is not None else ():
            named = (asked.required - above[treatment]) | (asked.excluded & above[treatment])
            failing = (facts or frozenset()) | {(Operator.TREATMENT, iri) for iri in named}
            for hours in instants(region, rule, reach, treatment) if len(failing) < 2 else ():
                if region.hours.covers(hours):
                    yield Standing(reach, treatment, hours, failing)
                elif not failing and not region.hours.overlaps(hours):
                    yield Standing(reach, treatment, hours, frozenset({(Operator.HOURS, "")}))


def failing_facts(region: Region, reach: Reach, reaches: Reaches) -> Failing | None:
    """What a record fails of what a region asks but treatment and time; None if some is open."""
    bits, cells = reaches.tables.atoms.bit, reach.cells
    bands = frozenset(reaches.tables.ages.of(region.ages))
    met: dict[tuple[Operator, str], set[bool | None]] = {
        (Operator.GRADE, ""): {cell.grade in region.grades for cell in cells},
        (Operator.AGE, ""): {cell.age in bands for cell in cells},
    }
    for about, classes in constraints(region)[1:]:
        for iri in classes.required:
            met[about, iri] = {_is(cell.true, cell.false, bits[iri]) for cell in cells}
        for iri in classes.excluded:
            met[about, iri] = {_is(cell.false, cell.true, bits[iri]) for cell in cells}
    if any(len(states) > 1 or None in states for states in met.values()):
        return None
    return frozenset(what for what, states in met.items() if states == {False})


def _is(yes: int, no: int, bit: int) -> bool | None:
    """Whether an atom is in one set, in the other, or in neither."""
    return True if yes >> bit & 1 else False if no >> bit & 1 else None


def instants(region: Region, rule: Rule, reach: Reach, treatment: str) -> Iterator[Span]:
    """The hours for which a case says what follows for a treatment by rules of a kind."""
    expected = {
        key: found[treatment] for key, found in reach.case.expected.items() if treatment in found
    }
    if TIMELINE in expected and rule.level:
        yield region.hours
        for boundary in boundaries_of(rule):
            if boundary.about is Operator.HOURS and boundary.edges is not None:
                yield from boundary.edges
    if any(speaks(key, value, rule) for key, value in expected.items()):
        yield reach.case.record.hours


def speaks(key: str, value: object, rule: Rule) -> bool:
    """Whether what is expected under a key, at an instant, depends on rules of this kind."""
    if key in NAMING:
        return isinstance(value, frozenset) and rule.slug in value
    return key in OF_BOTH or (
        key != TIMELINE and (key in OF_RECOMMENDATIONS) is not bool(rule.level)
    )


def tells_effect(reach: Reach, treatment: str, rule: Rule) -> bool:
    """Whether a case says at which level a rule holds, or what it recommends."""
    expected = reach.case.expected
    named = (expected.get(key, {}).get(treatment, ()) for key in STRICT)
    verdict = expected.get("verdict", {}).get(treatment, Verdict.NO_RULE)
    decides = bool(rule.level) and CERTAIN.get(verdict, Level.NONE) == rule.level
    return decides or any((rule.slug, rule.word) in pairs for pairs in named)
