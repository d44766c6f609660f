"""The kernel of cohorts: the decision tables of the engine, for many records at once.

A record's combination of facts and its stretch of time are numbered (`keys.py`, `states.py`); what
each comes to is computed once, by the same rules as a single answer. What single factors say
(`singles.py`) is added record by record: the stricter of the two decides.
"""

from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from primum.model.levels import Level, Screening, Verdict, verdict
from primum.model.spans import Span
from primum.reasoning.cohort.changes import Changes, Standing
from primum.reasoning.cohort.claims import Claims, Marks, Scale
from primum.reasoning.cohort.clashes import Clashes
from primum.reasoning.cohort.clock import Clock, Times
from primum.reasoning.cohort.columns import Audited, Codes, Columns, Levels, Numbers, Small
from primum.reasoning.cohort.dense import Listed
from primum.reasoning.cohort.factors import Factors
from primum.reasoning.cohort.keys import Keys, Stated
from primum.reasoning.cohort.outcomes import LEVELS, Outcoming
from primum.reasoning.cohort.parted import Parted
from primum.reasoning.cohort.singles import Singles
from primum.reasoning.cohort.states import States
from primum.reasoning.engine import Engine

_VERDICTS = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class _Found:
    """Where records stand: combinations, contradictions, times, states, and factors as listed."""

    keys: Numbers
    contradicts: NDArray[np.bool_]
    times: Times
    states: Numbers
    present: Listed
    absent: Listed


class Kernel:
    """Answers many records over one knowledge base; safe to share between threads.

    `rules` are those that findings count in, and `bounds` the ways in which the ends of windows
    are printed.
    """

    def __init__(self, engine: Engine, screening: Screening) -> None:
        """Write the tables of an engine as arrays."""
        tables, knowledge = engine.tables, engine.knowledge
        parted, scale = Parted.of(tables), Scale.of(tables)
        treatments = [term.iri for term in knowledge.treatments]
        claims = Claims.of(tables, treatments, parted.rest, scale)
        alone = Claims.of(tables, treatments, parted.single, scale)
        outcoming = Outcoming(tables, knowledge, claims, screening)
        self.rules, self.bounds = scale.rules, tuple(dict.fromkeys(outcoming.bounds))
        self._scale, self._group = scale, claims.group
        self._ages = _bands_of_ages(engine)
        self._clock = Clock(tables.hours)
        factors = Factors.of(tables, knowledge)
        self._clashes = Clashes(factors)
        self._singles = Singles(tables, factors, alone, scale, screening)
        stated = Stated.of(tables, factors, parted)
        self._keys = Keys(
            outcoming, stated, injuries=len(knowledge.injuries), bands=len(tables.ages.cuts)
        )
        self._states = States(self._keys, claims, scale, bands=len(tables.hours.cuts))
        bounds = [self.bounds.index(bound) for bound in outcoming.bounds]
        self._changes = Changes(self._clock, self._keys, self._states, scale, bounds)
        self._verdicts = _verdicts(engine)

    def audit(self, columns: Columns, treatments: Codes) -> Audited:
        """What is found of one treatment for each record; treatments as the knowledge counts."""
        found = self._find(columns)
        groups = self._group.take(treatments)
        certain, possible = self._marks(found.states, groups)
        added = self._singles.marks(treatments, found.present, found.absent)
        standing = Standing(found.keys, groups, *added, *self._levels(*added))
        certain, possible = np.maximum(certain, added[0]), np.maximum(possible, added[1])
        levels = self._levels(certain, possible)
        changes_at, bound = self._changes.of(columns, found.times, standing, levels)
        return Audited(
            contradicts=found.contradicts,
            certain=levels[0],
            possible=levels[1],
            verdict=self._verdict(treatments, levels),
            rule=self._scale.numbers.take(np.where(levels[0], certain, possible)),
            hours_from=found.times.since,
            hours_until=found.times.until,
            changes_at=changes_at,
            bound=bound,
        )

    def everything(self, columns: Columns) -> Levels:
        """What is found of all treatments for each record."""
        found = self._find(columns)
        certain, possible = (
            tuple(one.take(found.states, axis=0) for one in sets) for sets in self._states.sets
        )
        self._singles.add(certain, possible, found.present, found.absent)
        times = found.times
        return Levels(found.contradicts, certain, possible, times.since, times.until)

    def _find(self, columns: Columns) -> _Found:
        """The combinations and states of records."""
        present, absent = Listed.of(columns.present), Listed.of(columns.absent)
        band = self._ages.take(columns.age + 1, mode="clip")
        keys = self._keys.of(columns, band, present, absent)
        contradicts = self._keys.outcomes.contradicts.take(keys)
        contradicts |= self._clashes.of(len(columns), present, absent)
        times = self._clock.times(columns)
        states = self._states.of(keys, times.first, times.last)
        return _Found(keys, contradicts, times, states, present, absent)

    def _marks(self, states: Numbers, groups: Codes) -> tuple[Marks, Marks]:
        """The certain and the possible marks of groups in states."""
        certain, possible = self._states.marks
        places = states * certain.shape[1]
        places += groups
        return certain.ravel().take(places), possible.ravel().take(places)

    def _verdict(self, treatments: Codes, levels: tuple[Small, Small]) -> Small:
        """The verdicts on treatments of these levels."""
        places = treatments.astype(np.intp)
        for level in levels:
            places *= LEVELS
            places += level
        return self._verdicts.take(places)

    def _levels(self, certain: Marks, possible: Marks) -> tuple[Small, Small]:
        """The levels of certain and possible marks."""
        levels = self._scale.levels
        return levels.take(certain), levels.take(possible)


def _bands_of_ages(engine: Engine) -> Small:
    """The band of each age from -1, which is that of none, to beyond the last cut."""
    ages = engine.tables.ages
    years = range(floor(ages.cuts[-1].at) + 2)
    return np.asarray([-1, *(ages.of(Span.at(year)).start for year in years)], np.int8)


def _verdicts(engine: Engine) -> Small:
    """The verdict on each treatment by its levels, as certain * LEVELS + possible."""
    barring = engine.tables.at_least[Level.PRECAUTION]
    spoken = [bool(engine.tables.treatments[t.iri] & barring) for t in engine.knowledge.treatments]
    return np.asarray(
        [
            [
                _VERDICTS.index(verdict(certain, possible, spoken_of=spoken_of))
                for certain in Level
                for possible in Level
            ]
            for spoken_of in spoken
        ],
        np.int8,
    )
