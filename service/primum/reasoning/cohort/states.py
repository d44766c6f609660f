"""Combinations of facts over stretches of time, by number, with what they come to."""

from threading import Lock

import numpy as np

from primum.reasoning.cohort.claims import Claims, Marks, Scale
from primum.reasoning.cohort.columns import Numbers, Small
from primum.reasoning.cohort.grown import Grown
from primum.reasoning.cohort.keys import Keys
from primum.reasoning.cohort.matrices import words
from primum.reasoning.cohort.singles import LEVELS, Words

_UNSEEN = -1


class States:
    """The states seen so far; safe to share between threads."""

    def __init__(self, keys: Keys, claims: Claims, scale: Scale, *, bands: int) -> None:
        """See none yet; `claims` are those of what is more than a single factor."""
        self._keys, self._claims, self._scale, self._bands = keys, claims, scale, bands
        self._lock = Lock()
        self._place = Grown(np.zeros(0, np.int32))
        self._certain = Grown(np.zeros((0, len(claims.starts)), np.int32))
        self._possible = Grown(np.zeros((0, len(claims.starts)), np.int32))
        nothing = words(np.zeros((0, len(claims.group)), np.bool_))
        self._certain_sets = tuple(Grown(nothing) for _ in LEVELS)
        self._possible_sets = tuple(Grown(nothing) for _ in LEVELS)

    def of(self, keys: Numbers, first: Small, last: Small) -> Numbers:
        """The states of combinations from a first band of time to a last one."""
        wanted = (keys * self._bands + first) * self._bands + last
        known = self._place.rows
        if len(wanted) and wanted.max() >= len(known):
            return self._with_new(wanted)
        found: Numbers = known.take(wanted)
        return self._with_new(wanted) if (found == _UNSEEN).any() else found

    @property
    def marks(self) -> tuple[Marks, Marks]:
        """The certain and the possible mark of each state for each group, shape (n, groups)."""
        return self._certain.rows, self._possible.rows

    @property
    def sets(self) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
        """The treatments that are barred for certain, and possibly, by level, in each state."""
        every = self._certain_sets, self._possible_sets
        certain, possible = (tuple(grown.rows for grown in sets) for sets in every)
        return certain, possible

    def _with_new(self, wanted: Numbers) -> Numbers:
        """The states of places in the table of states, some of which were not seen before."""
        with self._lock:
            size = len(self._keys.outcomes.contradicts) * self._bands**2
            if size > len(self._place):
                self._place.add(np.full(size - len(self._place), _UNSEEN, np.int32))
            place = self._place.rows
            new = np.unique(wanted[place.take(wanted) == _UNSEEN])
            start = len(self._certain)
            self._add(new)
            place[new] = np.arange(start, start + len(new))
            found: Numbers = place.take(wanted)
            return found

    def _add(self, new: Numbers) -> None:
        """Keep what further states come to."""
        rest, last = np.divmod(new, self._bands)
        keys, first = np.divmod(rest, self._bands)
        outcomes = self._keys.outcomes
        sure = np.ones((len(new), len(self._claims.marks)), np.bool_)
        maybe = np.zeros_like(sure)
        level = np.full((len(new), len(self._claims.starts)), max(LEVELS), np.int8)
        for band in range(self._bands):
            now = (first <= band) & (band <= last)
            sure[now] &= outcomes.sure[keys[now], band]
            maybe[now] |= outcomes.maybe[keys[now], band]
            level[now] = np.minimum(level[now], outcomes.level[keys[now], band])
        together = level.astype(np.int32) * self._scale.width
        certain, possible = np.maximum(self._claims.best(sure), together), self._claims.best(maybe)
        self._keep(self._certain_sets, certain)
        self._keep(self._possible_sets, possible)
        self._possible.add(possible)
        self._certain.add(certain)

    def _keep(self, sets: tuple[Grown, ...], marks: Marks) -> None:
        """Keep the sets of treatments that marks bar."""
        levels = self._scale.levels[marks][:, self._claims.group]
        for level, grown in zip(LEVELS, sets, strict=True):
            grown.add(words(levels >= level))
