"""When the levels of records change next, and how sources print the end of what ends there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from primum.reasoning.cohort.claims import Marks, Scale
from primum.reasoning.cohort.clock import NEVER, Clock, Times
from primum.reasoning.cohort.columns import (
    MICROSECONDS,
    STEP,
    Codes,
    Columns,
    Flags,
    Hours,
    Numbers,
    Places,
    Small,
)
from primum.reasoning.cohort.keys import Keys
from primum.reasoning.cohort.outcomes import LEVELS
from primum.reasoning.cohort.states import States


@dataclass(frozen=True, slots=True)
class Standing:
    """n records, each with one treatment: combinations, groups, and what single factors add.

    `certain` and `possible` are the marks of single factors, the levels those of these marks.
    """

    keys: Numbers
    groups: Codes
    certain: Marks
    possible: Marks
    certain_level: Small
    possible_level: Small


@dataclass(frozen=True, slots=True)
class _Course:
    """Records on their way in time, from band `first` to band `last`; the onset as its bases."""

    rows: Numbers
    first: Small
    last: Small
    earliest: Places
    latest: Places
    top_late: Flags
    low_late: Flags

    def some(self, chosen: Flags | Numbers) -> "_Course":
        """Some of the records."""
        return _Course(*(getattr(self, name)[chosen] for name in _Course.__slots__))


class Changes:
    """Finds the next change of records; `bounds` number the bounds by the mark of an end."""

    def __init__(
        self, clock: Clock, keys: Keys, states: States, scale: Scale, bounds: Sequence[int]
    ) -> None:
        """Share what is known of combinations and states."""
        self._clock, self._keys, self._states, self._scale = clock, keys, states, scale
        self._bounds = np.asarray(bounds, np.int8)

    def of(
        self, columns: Columns, times: Times, standing: Standing, levels: tuple[Small, Small]
    ) -> tuple[Hours, Small]:
        """The hours at which levels change next (NaN: never), and the bounds (-1: no change)."""
        following = self._following(standing, times.first)
        at = np.full(len(columns), np.nan)
        bound = np.full(len(columns), -1, np.int8)
        rows = np.flatnonzero((following != 0) & times.steady)
        band = following[rows]
        at[rows] = self._clock.hours.take(band)
        bound[rows] = self._bounds.take(self._ends(standing, rows, band))
        # Where no band from the first on has other levels, no stretch of them has.
        rows = np.flatnonzero((following != 0) & times.vague)
        if len(rows):
            earliest, top_late = self._clock.base(columns.earliest[rows])
            latest, low_late = self._clock.base(columns.latest[rows])
            first, last = times.first[rows], times.last[rows]
            course = _Course(rows, first, last, earliest, latest, top_late, low_late)
            self._follow(course, standing, levels, (at, bound))
        return at, bound

    def _following(self, standing: Standing, band: Small) -> Small:
        """The next band with other levels than one has, for each record; 0 where there is none."""
        change = self._keys.outcomes.change
        _, bands, groups, added = change.shape
        place = standing.keys * bands
        place += band
        place *= groups
        place += standing.groups
        place *= added
        place += standing.certain_level * np.int8(LEVELS)
        place += standing.possible_level
        found: Small = change.ravel().take(place)
        return found

    def _follow(
        self,
        course: _Course,
        standing: Standing,
        levels: tuple[Small, Small],
        found: tuple[Hours, Small],
    ) -> None:
        """Find the next change of records whose onset is vague, event by event."""
        at, bound = found
        while True:
            tops = self._clock.tops(course.earliest, course.top_late, course.last + np.int8(1))
            lows = self._clock.lows(course.latest, course.low_late, course.first + np.int8(1))
            on = np.flatnonzero(np.minimum(tops, lows) < NEVER // 2)
            if not len(on):
                return
            course, tops, lows = course.some(on), tops[on], lows[on]
            top, low = tops <= lows, lows <= tops
            course = replace(
                course, first=course.first + low.view(np.int8), last=course.last + top.view(np.int8)
            )
            differs = self._differs(course, standing, levels)
            moved, top, low = course.some(differs), top[differs], low[differs]
            at[moved.rows] = self._hours(moved, top)
            bound[moved.rows] = self._ended(moved, standing, top, low)
            course = course.some(~differs)

    def _differs(self, course: _Course, standing: Standing, levels: tuple[Small, Small]) -> Flags:
        """Whether records have other levels where they are now."""
        rows, groups = course.rows, standing.groups[course.rows]
        states = self._states.of(standing.keys[rows], course.first, course.last)
        certain, possible = self._states.marks
        marks = np.maximum(certain[states, groups], standing.certain[rows])
        found: Flags = self._scale.levels.take(marks) != levels[0][rows]
        marks = np.maximum(possible[states, groups], standing.possible[rows])
        found |= self._scale.levels.take(marks) != levels[1][rows]
        return found

    def _ended(self, course: _Course, standing: Standing, top: Flags, low: Flags) -> Small:
        """The bounds of what ends where records have just passed a cut, or two."""
        at_top = np.where(top, self._ends(standing, course.rows, course.last), 0)
        at_low = np.where(low, self._ends(standing, course.rows, course.first), 0)
        return self._bounds.take(np.maximum(at_top, at_low))

    def _ends(self, standing: Standing, rows: Numbers, band: Small) -> Small:
        """The marks of what ends where some records reach a band."""
        ends: Small = self._keys.outcomes.ends[standing.keys[rows], band, standing.groups[rows]]
        return ends

    def _hours(self, course: _Course, top: Flags) -> Hours:
        """The hours since the earliest onset, or the latest where there is none, of an event."""
        earliest = np.where(course.earliest == NEVER, course.latest, course.earliest)
        lag = (course.latest // STEP - earliest // STEP).astype(np.float64)
        whole = self._clock.places.take(course.first) // STEP
        exact = (lag + whole) / MICROSECONDS
        rounded = lag / MICROSECONDS + self._clock.hours.take(course.first)
        late = np.where(self._clock.whole.take(course.first), exact, rounded)
        return np.where(top, self._clock.hours.take(course.last), late)
