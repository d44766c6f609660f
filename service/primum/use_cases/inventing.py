"""Random small rule bases in the fragment that compiles, over the shipped terms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from primum.foundation.names import BASE
from primum.model.levels import Level
from primum.model.regions import GRADES, Classes, Region, Regions
from primum.model.rules import Rule
from primum.model.spans import Cut, Span
from primum.model.terms import Term
from primum.use_cases.drawing import Draw

_RULES = 8
_WIDE = 3
_TREATMENTS = 3
_FACTORS = 12
_LEVELS = tuple(level for level in Level if level)


def drawn_rule(name: str, level: Level, regions: Regions) -> Rule:
    """A contraindication that was drawn: a name and its regions, without grounds."""
    return Rule(BASE + name, name.lower(), name, level, regions, ("",) * len(regions))


@dataclass(frozen=True, slots=True)
class Inventor:
    """Draws rules over the terms of one knowledge base, and on a few wide treatments only."""

    draw: Draw
    treatments: Sequence[str]

    @classmethod
    def over(cls, draw: Draw) -> Self:
        """An inventor with treatments of its own, few enough for its rules to meet."""
        above, every = draw.knowledge.axioms.above, draw.knowledge.treatments
        wide = [term.iri for term in every if len(above[term.iri]) <= _WIDE]
        return cls(draw, draw.chance.sample(wide, _TREATMENTS))

    def rules(self) -> tuple[Rule, ...]:
        """Eight or nine rules with exclusions, ages and odd window ends.

        Now and then two of them part all situations between them, so that the one or the other
        holds for certain and neither does by itself.
        """
        conditions: list[Regions] = []
        while len(conditions) < _RULES:
            apart = self.draw.happens(0.3)
            conditions += [(half,) for half in self._opposites()] if apart else [self._some()]
        return tuple(
            drawn_rule(f"Drawn{number}", self.draw.chance.choice(_LEVELS), regions)
            for number, regions in enumerate(conditions)
        )

    def _some(self) -> Regions:
        """One or two random regions."""
        number = self.draw.chance.randint(1, 2)
        return tuple(dict.fromkeys(self._region() for _ in range(number)))

    def _region(self) -> Region:
        """A random region, often constrained in few dimensions only, so that regions meet."""
        knowledge = self.draw.knowledge
        return Region(
            treatments=self._proposed(),
            injuries=self._classes(knowledge.injuries),
            factors=self._classes(knowledge.factors[:_FACTORS]),
            grades=self.draw.chance.choice([GRADES, GRADES, self._grades()]),
            hours=self.draw.span(),
            ages=self.draw.years() if self.draw.happens(0.3) else Span(),
        )

    def _opposites(self) -> tuple[Region, Region]:
        """Two regions that part all situations with a treatment between them."""
        wide = Region(treatments=self._proposed())
        parted = self.draw.chance.choice(
            [self._by_injury, self._by_factor, self._by_grade, self._by_hours, self._by_age]
        )
        return parted(wide)

    def _by_injury(self, wide: Region) -> tuple[Region, Region]:
        one, other = self._either(self.draw.knowledge.injuries)
        return replace(wide, injuries=one), replace(wide, injuries=other)

    def _by_factor(self, wide: Region) -> tuple[Region, Region]:
        one, other = self._either(self.draw.knowledge.factors[:_FACTORS])
        return replace(wide, factors=one), replace(wide, factors=other)

    def _by_grade(self, wide: Region) -> tuple[Region, Region]:
        grades = self._grades()
        return replace(wide, grades=grades), replace(wide, grades=GRADES - grades)

    def _by_hours(self, wide: Region) -> tuple[Region, Region]:
        cut = Cut(self.draw.instant() + 1, self.draw.happens(0.2))
        return replace(wide, hours=Span(end=cut)), replace(wide, hours=Span(cut))

    def _by_age(self, wide: Region) -> tuple[Region, Region]:
        cut = Cut(self.draw.chance.choice([age for age in self.draw.birthdays() if age > 1]))
        return replace(wide, ages=Span(end=cut)), replace(wide, ages=Span(cut))

    def _proposed(self) -> Classes:
        """One of the treatments, now and then without some narrower one."""
        knowledge, chance = self.draw.knowledge, self.draw.chance
        wide = chance.choice(self.treatments)
        narrower = [term.iri for term in knowledge.treatments if term.iri != wide]
        kinds = [iri for iri in narrower if wide in knowledge.axioms.above[iri]]
        excluded = [chance.choice(kinds)] if kinds and self.draw.happens(0.3) else []
        return Classes(frozenset({wide}), frozenset(excluded))

    def _classes(self, terms: Sequence[Term]) -> Classes:
        """A constraint on classes: often none, now and then one that excludes."""
        return self.draw.chance.choice([Classes(), Classes(), *self._either(terms)])

    def _either(self, terms: Sequence[Term]) -> tuple[Classes, Classes]:
        """A term required, and the same term excluded."""
        chosen = frozenset({self.draw.chance.choice(terms).iri})
        return Classes(required=chosen), Classes(excluded=chosen)

    def _grades(self) -> frozenset[int]:
        """Some grades but not all, 0 for an injury without one."""
        chance = self.draw.chance
        return frozenset(chance.sample(sorted(GRADES), chance.randint(1, len(GRADES) - 1)))
