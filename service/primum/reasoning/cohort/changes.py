"""When the levels of records change next, and how sources print the end of what ends there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from primum.reasoning.cohort.claims import Marks, Scale
from primum.reasoning.cohort.clock import MICROSECONDS, NEVER, Clock, Times
from primum.reasoning.cohort.columns import Codes, Columns, Flags, Hours, Places, Small
from primum.reasoning.cohort.keys import Keys
from primum.reasoning.cohort.outcomes import LEVELS
from primum.reasoning.cohort.states import States

Numbers = NDArray[np.intp]
_STEP = 4


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

    def some(self, chosen: Numbers | Flags) -> "Standing":
        """Some of the records."""
        return Standing(*(getattr(self, name)[chosen] for name in Standing.__slots__))


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
        at, bound = self._by_band(standing, times)
        rows = np.flatnonzero(times.vague)
        if len(rows):
            earliest, top_late = self._clock.base(columns.earliest[rows])
            latest, low_late = self._clock.base(columns.latest[rows])
            course = _Course(
                np.arange(len(rows)),
                times.first[rows],
                times.last[rows],
                earliest,
                latest,
                top_late,
                low_late,
            )
            own = levels[0][rows], levels[1][rows]
            at[rows], bound[rows] = self._by_course(course, standing.some(rows), own)
        return at, bound

    def _by_band(self, standing: Standing, times: Times) -> tuple[Hours, Small]:
        """The next change of records that pass from band to band at the cuts; none for others."""
        outcomes = self._keys.outcomes
        _, bands, groups, added = outcomes.change.shape
        place = standing.keys * bands
        place += times.first
        place *= groups
        place += standing.groups
        place *= added
        place += standing.certain_level * np.int8(LEVELS)
        place += standing.possible_level
        following = outcomes.change.ravel().take(place)
        following[~times.steady] = 0
        changes = np.flatnonzero(following)
        band = following[changes]
        at = np.full(len(place), np.nan)
        at[changes] = self._clock.hours.take(band)
        bound = np.full(len(place), -1, np.int8)
        ends = outcomes.ends[standing.keys[changes], band, standing.groups[changes]]
        bound[changes] = self._bounds.take(ends)
        return at, bound

    def _by_course(
        self, course: _Course, standing: Standing, levels: tuple[Small, Small]
    ) -> tuple[Hours, Small]:
        """The next change of records whose onset is vague, event by event."""
        at = np.full(len(course.rows), np.nan)
        bound = np.full(len(course.rows), -1, np.int8)
        while True:
            tops = self._clock.tops(course.earliest, course.top_late, course.last + np.int8(1))
            lows = self._clock.lows(course.latest, course.low_late, course.first + np.int8(1))
            on = np.flatnonzero(np.minimum(tops, lows) < NEVER // 2)
            if not len(on):
                return at, bound
            course, tops, lows = course.some(on), tops[on], lows[on]
            top, low = tops <= lows, lows <= tops
            moved = replace(
                course, first=course.first + low.view(np.int8), last=course.last + top.view(np.int8)
            )
            some = standing.some(course.rows)
            now = self._levels(moved, some)
            differs = (now[0] != levels[0][course.rows]) | (now[1] != levels[1][course.rows])
            rows = course.rows[differs]
            at[rows] = self._hours(moved.some(differs), top[differs])
            bound[rows] = self._ended(moved, some, top, low)[differs]
            course = moved.some(~differs)

    def _levels(self, course: _Course, standing: Standing) -> tuple[Small, Small]:
        """The levels of records where they are now."""
        states = self._states.of(standing.keys, course.first, course.last)
        certain, possible = self._states.marks
        levels = self._scale.levels
        return (
            levels.take(np.maximum(certain[states, standing.groups], standing.certain)),
            levels.take(np.maximum(possible[states, standing.groups], standing.possible)),
        )

    def _ended(self, course: _Course, standing: Standing, top: Flags, low: Flags) -> Small:
        """The bounds of what ends where records have just passed a cut, or two."""
        ends = self._keys.outcomes.ends
        at_top = np.where(top, ends[standing.keys, course.last, standing.groups], 0)
        at_low = np.where(low, ends[standing.keys, course.first, standing.groups], 0)
        return self._bounds.take(np.maximum(at_top, at_low))

    def _hours(self, course: _Course, top: Flags) -> Hours:
        """The hours since the earliest onset, or the latest where there is none, of an event."""
        earliest = np.where(course.earliest == NEVER, course.latest, course.earliest)
        lag = (course.latest // _STEP - earliest // _STEP).astype(np.float64)
        whole = self._clock.places.take(course.first) // _STEP
        exact = (lag + whole) / MICROSECONDS
        rounded = lag / MICROSECONDS + self._clock.hours.take(course.first)
        late = np.where(self._clock.whole.take(course.first), exact, rounded)
        return np.where(top, self._clock.hours.take(course.last), late)
