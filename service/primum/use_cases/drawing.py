"""Random situations for the reasoner to judge.

What is drawn depends on the knowledge and the source of chance alone, never on an answer. Numbers
are drawn on and beside the edges that rules and age factors have, where mistakes are made.
"""

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Self

from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Screening
from primum.model.regions import UNGRADED, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Number, Span, exact
from primum.model.terms import Term

_NEAR = exact("0.000001")
_MOST_HOURS = 1500
_MOST_YEARS = 100
_FACTORS = 3
_Asked = Callable[[Region], Classes]


@dataclass(frozen=True, slots=True)
class Situation:
    """A case and the one treatment that is proposed, by IRI."""

    case: Case
    treatment: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A situation, and the drawn rules that speak of it; None stands for the shipped rules."""

    situation: Situation
    rules: tuple[Rule, ...] | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws from one knowledge base with one source of chance."""

    knowledge: Knowledge
    chance: random.Random

    def over(self, rules: tuple[Rule, ...]) -> Self:
        """The same source of chance, for situations that other rules speak of."""
        return replace(self, knowledge=replace(self.knowledge, rules=rules))

    def known(self) -> Situation:
        """A fully known situation: each factor that it does not name is absent."""
        aim = self._aim()
        injury, age = self._one_of(self.knowledge.injuries, aim, _injuries), self._age()
        grades = self._grades(injury)
        case = Case(
            injury=injury,
            grade=self.chance.choice(grades) if grades else None,
            hours=Span.at(self.instant()),
            present=self._together(injury, age, self._factors(aim)),
            age=age,
        )
        return Situation(case, self._one_of(self.knowledge.treatments, aim, _treatments))

    def open(self) -> Situation:
        """A situation in which grade, time, age and factors may be unknown or only bounded.

        Now and then what is absent contradicts the rest, so that no such situation can be.
        """
        aim = self._aim()
        injury, age = self._one_of(self.knowledge.injuries, aim, _injuries), self._age()
        factors = self._factors(aim)
        split = self.chance.randint(0, len(factors))
        case = Case(
            injury=injury,
            grade=self.chance.choice([None, None, *self._grades(injury)]),
            hours=self.span(),
            present=self._together(injury, age, factors[:split]),
            absent=frozenset(factors[split:]),
            age=age,
            screening=self.chance.choice(list(Screening)),
        )
        return Situation(case, self._one_of(self.knowledge.treatments, aim, _treatments))

    def _aim(self) -> Region:
        """A region of some rule, for a situation to come near to."""
        return self.chance.choice([r for rule in self.knowledge.rules for r in rule.regions])

    def _one_of(self, terms: Sequence[Term], aim: Region, asked: _Asked) -> str:
        """One of the terms, by IRI; mostly one that the region asks for."""
        required, above = asked(aim).required, self.knowledge.axioms.above
        fitting = [term for term in terms if required <= above[term.iri]]
        return self.chance.choice(fitting if fitting and self.happens(0.7) else terms).iri

    def _factors(self, aim: Region) -> list[str]:
        """A few factors, by IRI, in any order; often one that the region speaks of."""
        spoken_of = sorted(aim.factors.required | aim.factors.excluded)
        few = self.chance.sample(self.knowledge.factors, self.chance.randint(0, _FACTORS))
        near = spoken_of[:1] if self.happens(0.6) else []
        found = list(dict.fromkeys([*near, *(term.iri for term in few)]))[:_FACTORS]
        self.chance.shuffle(found)
        return found

    def _together(self, injury: str, age: int | None, factors: list[str]) -> frozenset[str]:
        """The factors, without those that the injury, the age or an earlier one keeps out."""
        kept: list[str] = []
        ages = Span() if age is None else Span.at(age)
        for factor in factors:
            left = ages.intersect(self._ages(factor))
            if not left.is_empty and not any(self._apart(factor, k) for k in (injury, *kept)):
                kept, ages = [*kept, factor], left
        return frozenset(kept)

    def _ages(self, factor: str) -> Span:
        """The ages at which a factor can be present."""
        axioms = self.knowledge.axioms
        spans = [axioms.by_age[iri] for iri in axioms.entailed_by(factor) if iri in axioms.by_age]
        return reduce(Span.intersect, spans, Span())

    def _apart(self, one: str, other: str) -> bool:
        """Whether an axiom keeps two classes from being present together."""
        axioms = self.knowledge.axioms
        return any(
            frozenset({above, above_other}) in axioms.apart
            for above in axioms.entailed_by(one)
            for above_other in axioms.entailed_by(other)
        )

    def _grades(self, injury: str) -> list[int]:
        """The grades that an injury can have."""
        return sorted(self.knowledge.axioms.grades[injury] - {UNGRADED})

    def happens(self, share: float) -> bool:
        """Whether something happens that does in this share of draws."""
        return self.chance.random() < share

    def span(self) -> Span:
        """An instant, an interval with one of four kinds of ends, or nothing known."""
        kind = self.chance.random()
        if kind < 0.3:  # noqa: PLR2004 - three in ten
            return Span.at(self.instant())
        if kind < 0.4:  # noqa: PLR2004 - one in ten
            return Span()
        start, end = sorted((self.instant(), self.instant()))
        span = Span(Cut(start, self.happens(0.2)), Cut(end, self.happens(0.2)))
        return Span() if span.is_empty or span.is_instant else span

    def instant(self) -> Number:
        """An instant on or beside an edge, or anywhere in the first two months."""
        if self.happens(0.5):
            step = self.chance.choice((-_NEAR, 0, _NEAR))
            return max(0, exact(self.chance.choice(self._edges()) + step))
        return exact(f"{self.chance.randint(0, _MOST_HOURS)}.{self.chance.randint(0, 99):02}")

    def _edges(self) -> list[Number]:
        """The instants at which some rule's window begins or ends."""
        return _ends_of([r.hours for rule in self.knowledge.rules for r in rule.regions])

    def _age(self) -> int | None:
        """An age in completed years on or beside a birthday that matters, or None."""
        if self.happens(0.5):
            return None
        return max(0, self.chance.choice(self.birthdays()) + self.chance.choice((-1, 0, 1)))

    def years(self) -> Span:
        """A half-open span of ages, of more than one year (service/decisions/0004)."""
        start = self.chance.choice(self.birthdays())
        later = [age for age in self.birthdays() if age > start + 1]
        return Span.half_open(start, self.chance.choice([None, *later]))

    def birthdays(self) -> list[int]:
        """The ages at which a factor by age or a region begins or ends, and one far beyond."""
        regions = [region.ages for rule in self.knowledge.rules for region in rule.regions]
        ends = _ends_of([*self.knowledge.axioms.by_age.values(), *regions])
        return [*map(int, ends), _MOST_YEARS]


def _ends_of(spans: Collection[Span]) -> list[Number]:
    """The numbers at which spans begin or end, ascending."""
    return sorted({cut.at for s in spans for cut in (s.start, s.end) if cut is not None})


def _injuries(region: Region) -> Classes:
    return region.injuries


def _treatments(region: Region) -> Classes:
    return region.treatments
