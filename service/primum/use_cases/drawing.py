"""Random situations and random small rule bases, for the reasoner to judge."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from primum.foundation.names import BASE
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Level, Screening
from primum.model.regions import GRADES, UNGRADED, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Number, Span, exact
from primum.model.terms import Term

_NEAR = exact("0.000001")
_MOST_HOURS = 1500
_RULES = 8


@dataclass(frozen=True, slots=True)
class Situation:
    """A case and the one treatment that is proposed, by IRI."""

    case: Case
    treatment: str


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws from one knowledge base with one source of chance."""

    knowledge: Knowledge
    chance: random.Random

    def known(self) -> Situation:
        """A fully known situation; every other instant is on a window's edge or beside it."""
        injury = self.chance.choice(self.knowledge.injuries).iri
        grades = self._grades(injury)
        case = Case(
            injury=injury,
            grade=self.chance.choice(grades) if grades else None,
            hours=Span.at(self._instant()),
            present=self._together(self._some(self.knowledge.factors, most=3)),
        )
        return Situation(case, self.chance.choice(self.knowledge.treatments).iri)

    def open(self) -> Situation:
        """A situation in which grade, time and factors may be unknown or only bounded."""
        injury = self.chance.choice(self.knowledge.injuries).iri
        factors = self._some(self.knowledge.factors, most=3)
        split = self.chance.randint(0, len(factors))
        case = Case(
            injury=injury,
            grade=self.chance.choice([None, *self._grades(injury)]),
            hours=self._span(),
            present=self._together(factors[:split]),
            absent=frozenset(factors[split:]),
            screening=self.chance.choice(list(Screening)),
        )
        return Situation(case, self.chance.choice(self.knowledge.treatments).iri)

    def rules(self) -> tuple[Rule, ...]:
        """A small rule base over the shipped terms, with exclusions and odd window ends."""
        return tuple(self._rule(number) for number in range(_RULES))

    def _rule(self, number: int) -> Rule:
        """One random contraindication of one or two regions."""
        regions = tuple(dict.fromkeys(self._region() for _ in range(self.chance.randint(1, 2))))
        level = self.chance.choice([level for level in Level if level])
        name = f"Drawn{number}"
        return Rule(BASE + name, name.lower(), name, level, regions, ("",) * len(regions))

    def _region(self) -> Region:
        """A random region; the treatment is often a wide one, so that regions meet."""
        wide = [t for t in self.knowledge.treatments if len(self._above(t.iri)) <= 3]  # noqa: PLR2004
        treatment = frozenset({self.chance.choice(wide).iri})
        return Region(
            treatments=Classes(required=treatment),
            injuries=self._classes(self.knowledge.injuries),
            factors=self._classes(self.knowledge.factors[:12]),
            grades=self.chance.choice([GRADES, frozenset({2, 3}), frozenset({1}), frozenset({0})]),
            hours=self._span(),
        )

    def _classes(self, terms: Sequence[Term]) -> Classes:
        """A constraint on classes: often none, now and then one that excludes."""
        chosen = frozenset({self.chance.choice(terms).iri})
        none: frozenset[str] = frozenset()
        return self.chance.choice(
            [Classes(), Classes(), Classes(chosen, none), Classes(none, chosen)]
        )

    def _grades(self, injury: str) -> list[int]:
        """The grades that an injury can have."""
        return sorted(self.knowledge.axioms.grades[injury] - {UNGRADED})

    def _above(self, iri: str) -> frozenset[str]:
        return self.knowledge.axioms.above[iri]

    def _some(self, terms: Sequence[Term], *, most: int) -> list[str]:
        """A few terms, by IRI."""
        return [t.iri for t in self.chance.sample(terms, self.chance.randint(0, most))]

    def _span(self) -> Span:
        """An instant, an interval with one of four kinds of ends, or nothing known."""
        kind = self.chance.random()
        if kind < 0.3:  # noqa: PLR2004 - three in ten
            return Span.at(self._instant())
        if kind < 0.4:  # noqa: PLR2004 - one in ten
            return Span()
        start, end = self._instant(), self._instant()
        lower = Cut(min(start, end), self.chance.random() < 0.2)  # noqa: PLR2004 - one in five
        span = Span(lower, Cut(max(start, end), self.chance.random() < 0.2))  # noqa: PLR2004
        return Span() if span.is_empty or span.is_instant else span

    def _instant(self) -> Number:
        """An instant on or beside an edge, or anywhere in the first two months."""
        if self.chance.random() < 0.5:  # noqa: PLR2004 - every other one
            step = self.chance.choice((-_NEAR, 0, _NEAR))
            return max(0, exact(self.chance.choice(self._edges()) + step))
        return exact(f"{self.chance.randint(0, _MOST_HOURS)}.{self.chance.randint(0, 99):02}")

    def _edges(self) -> list[Number]:
        """The instants at which some rule's window begins or ends."""
        spans = (region.hours for rule in self.knowledge.rules for region in rule.regions)
        return sorted({cut.at for s in spans for cut in (s.start, s.end) if cut is not None})

    def _together(self, factors: list[str]) -> frozenset[str]:
        """The factors, without those that an earlier one keeps out."""
        kept: list[str] = []
        for factor in factors:
            if not any(self._apart(factor, other) for other in kept):
                kept.append(factor)
        return frozenset(kept)

    def _apart(self, one: str, other: str) -> bool:
        """Whether no situation has both factors."""
        axioms = self.knowledge.axioms
        ages = [axioms.by_age[factor] for factor in (one, other) if factor in axioms.by_age]
        if len(ages) == 2 and not ages[0].overlaps(ages[1]):  # noqa: PLR2004 - both
            return True
        return any(
            frozenset({above, above_other}) in axioms.apart
            for above in axioms.above[one]
            for above_other in axioms.above[other]
        )
