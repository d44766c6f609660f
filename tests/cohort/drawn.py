"""Rows of a cohort, drawn from a seed: wide, and many of them at an edge.

A row is drawn in three parts that are drawn apart, so that many rows share what is slow to answer:
the facts of a patient, when the injury began as seen from an instant, and that instant itself.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from primum.foundation.errors import Contradiction
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.regions import UNGRADED
from primum.model.spans import Span
from primum.model.terms import Term
from primum.reasoning.engine import Engine

HOUR = 3_600_000_000
"""Microseconds."""

_MOST_FACTORS = 6
_MOST_AGE = 120
_BESIDE = (0, 0, 1, -1, 1_000_000, -1_000_000)
_FIRST = -2_000_000_000_000_000
_LAST = 7_000_000_000_000_000

One = TypeVar("One")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a patient and an injury, whenever it began."""

    injury: Term
    grade: int | None
    age: int | None
    present: tuple[Term, ...]
    absent: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Timing:
    """When an injury began and was assessed, in microseconds before and after an instant.

    `onset` is exact; `first` and `last` bound an interval. Each is None where it is not told; so
    is the instant where `asked` is false. `hours` and `day` are told instead of dates.
    """

    onset: int | None = None
    first: int | None = None
    last: int | None = None
    assessed: int | None = None
    asked: bool = True
    hours: float | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: facts, a timing from an instant (microseconds since 1970), and a treatment."""

    facts: Facts
    timing: Timing
    instant: int
    treatment: Term
    spelling: random.Random = field(compare=False)


@dataclass(frozen=True, slots=True)
class Draw:
    """Draws rows over the knowledge of an engine, with one source of chance.

    `bad` is the share of facts that may exclude each other, and of times that may not be.
    """

    engine: Engine
    chance: random.Random
    bad: float

    def rows(self, *, count: int, keys: int, facts: int, dated: bool) -> list[Row]:
        """So many rows that share so many keys (facts, timing and treatment) and facts."""
        pool = [self._facts(number) for number in range(facts)]
        treatments = self._knowledge.treatments
        drawn = [
            (
                pool[number % facts],
                self._dated() if dated else self._undated(),
                treatments[self.chance.randrange(len(treatments))],
            )
            for number in range(keys)
        ]
        picked = sorted([*range(keys), *self.chance.choices(range(keys), k=count - keys)])
        return [self._row(*drawn[number]) for number in picked]

    @property
    def _knowledge(self) -> Knowledge:
        return self.engine.knowledge

    def _happens(self, share: float) -> bool:
        """Whether something happens that does in this share of draws."""
        return self.chance.random() < share

    def _row(self, facts: Facts, timing: Timing, treatment: Term) -> Row:
        """A row with these, at an instant of its own."""
        instant = self.chance.randint(_FIRST, _LAST)
        whole = instant if self._happens(0.5) else instant // 60_000_000 * 60_000_000
        return Row(facts, timing, whole, treatment, random.Random(self.chance.random()))  # noqa: S311 - samples

    def _facts(self, number: int) -> Facts:
        """Facts about each injury in turn; seldom such as exclude each other."""
        while True:
            injuries = self._knowledge.injuries
            found = self._any_facts(injuries[number % len(injuries)])
            if self._happens(self.bad):
                return self._spoiled(found)
            if self._can_be(found):
                return found

    def _spoiled(self, facts: Facts) -> Facts:
        """The same facts with factors that exclude each other, an absent one, or the age."""
        axioms = self._knowledge.axioms
        factors = {term.iri: term for term in self._knowledge.factors}
        kind = self.chance.randrange(3)
        if kind == 0:
            pair = self.chance.choice(sorted(map(sorted, axioms.apart)))
            return replace(facts, present=tuple(factors[iri] for iri in pair))
        narrow = self.chance.choice(sorted(factors if kind == 1 else axioms.by_age))
        if kind == 1:
            wide = self.chance.choice(sorted(axioms.above[narrow] & factors.keys()))
            return replace(facts, present=(factors[narrow],), absent=(factors[wide],))
        age = next(age for age in (40, 0) if not axioms.by_age[narrow].covers(Span.at(age)))
        return replace(facts, present=(factors[narrow],), age=age)

    def _any_facts(self, injury: Term) -> Facts:
        """Facts, whether they go together or not."""
        grades = sorted(self._knowledge.axioms.grades[injury.iri] - {UNGRADED})
        grades = [1, 2, 3] if self._happens(self.bad) else grades
        mentioned = self._factors(self.chance.randint(0, 2 * _MOST_FACTORS))
        split = min(self.chance.randint(0, len(mentioned)), _MOST_FACTORS)
        return Facts(
            injury=injury,
            grade=self.chance.choice(grades) if grades and self._happens(0.6) else None,
            age=self._age() if self._happens(0.65) else None,
            present=mentioned[:split],
            absent=mentioned[split : split + _MOST_FACTORS],
        )

    def _factors(self, number: int) -> tuple[Term, ...]:
        """So many factors, seldom one of them twice."""
        found = self.chance.sample(self._knowledge.factors, number)
        return (*found, found[0]) if found and self._happens(0.02) else tuple(found)

    def _age(self) -> int:
        """An age at or beside a cut between ages, or any."""
        if self._happens(0.5):
            return self.chance.randint(0, _MOST_AGE)
        cut = self.chance.choice(self.engine.tables.ages.cuts).at
        return max(0, int(cut) + self.chance.choice((-1, 0, 1)))

    def _can_be(self, facts: Facts) -> bool:
        """Whether facts go together."""
        case = Case(
            injury=facts.injury.iri,
            grade=facts.grade,
            present=frozenset(term.iri for term in facts.present),
            absent=frozenset(term.iri for term in facts.absent),
            age=facts.age,
        )
        try:
            self.engine.decision(case)
        except Contradiction:
            return False
        return True

    def _ago(self) -> int:
        """How long ago, at a window's edge or a little beside it, or at any time."""
        if self._happens(0.3):
            return self.chance.randrange(0, 2000 * HOUR)
        cut = int(self.chance.choice(self.engine.tables.hours.cuts).at * HOUR)
        return cut + self.chance.choice(_BESIDE)

    def _dated(self) -> Timing:
        """A timing by dates; seldom one that cannot be."""
        timing = self._begun()
        begun = timing.first if timing.onset is None else timing.onset
        assessed = self.chance.choice((None, None, 0, 1, -1, HOUR, 700 * HOUR, -HOUR, -30 * HOUR))
        if assessed is not None and begun is not None and not self._happens(self.bad):
            assessed = max(assessed, begun)
        return replace(timing, assessed=assessed)

    def _begun(self) -> Timing:
        """When an injury began, as far as it is told."""
        kind, beyond = self.chance.random(), self._happens(self.bad)
        if kind < 0.4:
            ago = self._ago()
            return Timing(onset=ago + 1 if beyond else min(-ago, 0))
        if kind < 0.5:
            return Timing(asked=self._happens(0.5))
        first, last = sorted((-self._ago(), -self._ago()), reverse=beyond)
        first = first if beyond else min(first, 0)
        if self._happens(0.3) and not beyond:
            last = self.chance.choice((1, HOUR, 100 * HOUR, 2000 * HOUR))
        opened = self.chance.random()
        return Timing(
            first=None if opened < 0.2 else first,
            last=None if opened > 0.8 else last,
            asked=self._happens(0.9),
        )

    def _undated(self) -> Timing:
        """A timing in hours or days since the onset, or none."""
        kind = self.chance.random()
        if kind < 0.1:
            return Timing()
        if kind < 0.5:
            return Timing(day=self.chance.choice((0, 1, 2, 3, 4, 5, 6, 7, 8, 55, 56, 57, 90)))
        cut = float(self.chance.choice(self.engine.tables.hours.cuts).at)
        beside = self.chance.choice((0, 0, 0.25, -0.25, 2**-10, -(2**-10), 2**-12, 13))
        return Timing(hours=max(0.0, cut + beside))


def in_turn(rows: Sequence[One], size: int) -> Iterator[Sequence[One]]:
    """The rows, so many at a time."""
    return (rows[start : start + size] for start in range(0, len(rows), size))
