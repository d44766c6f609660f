"""An oracle for the engine: all completions of a case, listed one by one.

It shares no arithmetic and no closure with the engine, and is as slow as that sounds: it works only
on the few names below.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, pairwise, product

from primum.foundation.names import Kind
from primum.model.cases import Case
from primum.model.knowledge import Axioms, Knowledge
from primum.model.levels import Holds, Level, Screening
from primum.model.regions import GRADES, Region
from primum.model.rules import Rule
from primum.model.spans import Number, Span

INJURIES = ("Graded", "Limb", "Arm", "Leg", "Mixed")
FACTORS = ("Bleeding", "Bruise", "Clot", "Young", "Old")
TREATMENTS = ("Rub", "DeepRub", "Ice")
AGES = (0, 5, 6, 11, 12, 40)
Subset = frozenset[str]


@dataclass(frozen=True, slots=True)
class World:
    """A full record but for its instant: all classes that hold, the grade, the age."""

    true: Subset
    grade: int
    age: int


def closed_sets(
    names: tuple[str, ...],
    follows: Callable[[str], Subset],
    conflicts: Collection[Subset],
) -> list[Subset]:
    """All sets of names that hold what follows from their members, and no conflict."""
    subsets = chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))
    return [
        found
        for found in map(frozenset, subsets)
        if all(follows(name) & set(names) <= found for name in found)
        and not any(pair <= found for pair in conflicts)
    ]


def worlds_of(axioms: Axioms) -> list[World]:
    """Every world that the axioms allow."""

    def brought(name: str) -> Subset:
        return axioms.implied.get(name, frozenset())

    injuries = closed_sets(INJURIES, axioms.above.__getitem__, axioms.disjoint)
    factors = closed_sets(FACTORS, lambda name: axioms.above[name] | brought(name), axioms.apart)
    graded = [(found, g) for found, g in product(injuries, GRADES) if fits(axioms, found, g)]
    aged = [
        (found, age)
        for found, age in product(factors, AGES)
        if all((name in found) == within(age, span) for name, span in axioms.by_age.items())
    ]
    return [
        World(injury | factor | {Kind.INJURY, Kind.FACTOR}, grade, age)
        for (injury, grade), (factor, age) in product(graded, aged)
        if all(brought(name) <= factor for name in injury)
    ]


def fits(axioms: Axioms, injury: Subset, grade: int) -> bool:
    """Whether an injury of just these classes can have a grade."""
    return all(grade in axioms.grades[name] for name in injury) and all(
        (grade in grades) == (name in injury) for name, grades in axioms.by_grade.items()
    )


def within(number: Number, span: Span) -> bool:
    """Whether a number lies in a span, said without the span's own arithmetic."""
    start, end = span.start, span.end
    above = number > start.at or (number == start.at and not start.after)
    below = end is None or number < end.at or (number == end.at and end.after)
    return above and below


def completions(worlds: list[World], case: Case) -> list[World]:
    """The worlds that agree with a case, screening included."""
    agreeing = [
        world
        for world in worlds
        if case.injury in world.true
        and case.grade in (None, world.grade)
        and case.age in (None, world.age)
        and case.present <= world.true
        and case.absent.isdisjoint(world.true)
    ]
    if case.screening is Screening.UNKNOWN or not agreeing:
        return agreeing
    settled = frozenset(FACTORS).intersection(*(world.true for world in agreeing))
    return [world for world in agreeing if world.true & set(FACTORS) == settled]


def holds(region: Region, world: World) -> bool:
    """Whether a region covers a world at some time for some treatment."""
    return (
        region.injuries.required | region.factors.required <= world.true
        and (region.injuries.excluded | region.factors.excluded).isdisjoint(world.true)
        and world.grade in region.grades
        and within(world.age, region.ages)
    )


def covers(region: Region, treatment: Subset) -> bool:
    """Whether a region covers a treatment that belongs to just these classes."""
    asked = region.treatments
    return asked.required <= treatment and asked.excluded.isdisjoint(treatment)


Covered = frozenset[tuple[Rule, Region]]


def outlines(knowledge: Knowledge, worlds: Iterable[World]) -> set[Covered]:
    """The regions that cover each world, whatever treatment and time; worlds alike are one."""
    every = [(rule, region) for rule in knowledge.rules for region in rule.regions]
    return {frozenset(pair for pair in every if holds(pair[1], world)) for world in worlds}


def instants(knowledge: Knowledge, within_span: Span) -> list[Number]:
    """Every cut, every midpoint between two cuts and one instant after all, within a span."""
    spans_of = [region.hours for rule in knowledge.rules for region in rule.regions]
    cuts = [cut.at for s in (*spans_of, within_span) for cut in (s.start, s.end) if cut]
    ordered = sorted({0, *cuts})
    middles = [Fraction(one + other) / 2 for one, other in pairwise(ordered)]
    every = sorted({*ordered, *middles, ordered[-1] + 1})
    return [instant for instant in every if within(instant, within_span)]


@dataclass(frozen=True, slots=True)
class Oracle:
    """What every completion of a case says of one treatment at one instant, listed."""

    knowledge: Knowledge
    treatment: str
    outlines: set[Covered]

    def rules_at(self, instant: Number) -> set[frozenset[Rule]]:
        """For each completion, the rules that hold in it; those alike put together."""
        supers = self.knowledge.axioms.above[self.treatment]
        return {
            frozenset(
                rule
                for rule, region in covered
                if within(instant, region.hours) and covers(region, supers)
            )
            for covered in self.outlines
        }

    def levels(self, instants: Iterable[Number]) -> tuple[Level, Level]:
        """The strictest level in every completion, and in some."""
        strictest = [
            max((rule.level for rule in rules), default=Level.NONE)
            for instant in instants
            for rules in self.rules_at(instant)
        ]
        return min(strictest), max(strictest)

    def reasons(self, instants: Iterable[Number]) -> dict[str, Holds]:
        """The rules that hold in some completion, and whether they hold in every one."""
        found = [rules for instant in instants for rules in self.rules_at(instant)]
        everywhere = frozenset[Rule].intersection(*found)
        return {
            rule.iri: Holds.CERTAIN if rule in everywhere else Holds.POSSIBLE
            for rule in frozenset[Rule]().union(*found)
        }

    def change(self, span: Span) -> Number | None:
        """The last instant known to be like the first one before the levels differ, if any."""
        later = instants(self.knowledge, Span(span.start))
        before = self.levels(later[:1])
        differing = (instant for instant in later if self.levels([instant]) != before)
        return next(differing, None)
