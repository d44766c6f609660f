"""Brute force over a small rule base: every complete situation, and the rules that hold in it.

It shares no arithmetic with the boxes: a situation is a world of the oracle at one instant, with
one exact treatment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from tests.reasoning.oracle import AGES, INJURIES, World, covers, holds, instants, within, worlds_of

from primum.model.cases import Case
from primum.model.knowledge import Axioms, Knowledge
from primum.model.regions import Region
from primum.model.rules import Rule
from primum.model.spans import Number, Span
from primum.reasoning.boxes import Box
from primum.reasoning.tables import Tables

Situation = tuple[str, World, Number]


@dataclass(frozen=True)
class BruteForce:
    """All complete situations of a knowledge base, listed."""

    knowledge: Knowledge

    @cached_property
    def worlds(self) -> list[World]:
        """Every world that the axioms allow."""
        return worlds_of(self.knowledge.axioms)

    @cached_property
    def times(self) -> list[Number]:
        """Every instant that rules can tell apart, and the cuts themselves."""
        return instants(self.knowledge, Span())

    def situations(self) -> Iterator[Situation]:
        """Every treatment in every world at every instant."""
        treatments = [term.iri for term in self.knowledge.treatments]
        return product(treatments, self.worlds, self.times)

    def of(self, regions: Iterable[Region]) -> frozenset[Situation]:
        """The situations that lie in some of the regions."""
        above = self.knowledge.axioms.above
        return frozenset(
            (treatment, world, instant)
            for region in regions
            for treatment in (term.iri for term in self.knowledge.treatments)
            if covers(region, above[treatment])
            for world in self.worlds
            if holds(region, world)
            for instant in self.times
            if within(instant, region.hours)
        )

    @cached_property
    def held(self) -> dict[str, frozenset[Situation]]:
        """For each rule, by IRI, the situations in which it holds."""
        return {rule.iri: self.of(rule.regions) for rule in self.knowledge.rules}

    def united(self, rules: Iterable[Rule]) -> frozenset[Situation]:
        """The situations in which some of the rules hold."""
        return frozenset[Situation]().union(*(self.held[rule.iri] for rule in rules))


def is_told(axioms: Axioms, world: World) -> bool:
    """Whether a record, which names one injury, can tell a world."""
    injuries = world.true & set(INJURIES)
    return any(injuries <= axioms.above[one] for one in injuries)


def as_listed(case: Case) -> Case:
    """A record with the age that the oracle lists for its age: nothing tells them apart."""
    return case if case.age is None or case.age in AGES else replace(case, age=max(AGES))


def lies_in(tables: Tables, box: Box, world: World) -> bool:
    """Whether a world lies in a box, at some instant."""
    true = {iri for iri, bit in tables.atoms.bit.items() if box.true >> bit & 1}
    false = {iri for iri, bit in tables.atoms.bit.items() if box.false >> bit & 1}
    settled = true <= world.true and false.isdisjoint(world.true)
    return settled and box.grade == world.grade and within(world.age, box.ages)
