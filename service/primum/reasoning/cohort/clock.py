"""Which bands of time records lie in, and when they pass into others.

A cut of the knowledge becomes a place (`columns.py`); one that is no whole number of microseconds
lies between two places that instants can have.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

import numpy as np

from primum.model.moments import HOURS_PER_DAY
from primum.model.spans import Cut
from primum.reasoning.cohort.columns import (
    AFTER,
    MICROSECONDS,
    STEP,
    UNKNOWN,
    Columns,
    Flags,
    Hours,
    Places,
    Small,
)
from primum.reasoning.tables import Bands

NEVER: Final = 1 << 60
"""A place beyond all that are met; twice it is no overflow."""


@dataclass(frozen=True, slots=True)
class Times:
    """n records in time: the first and the last band that the instant asked about may lie in.

    `steady` records pass from band to band at their cuts, `vague` ones in a course of their own;
    of the rest no instant is known. `since` and `until` bound the hours since onset.
    """

    first: Small
    last: Small
    steady: Flags
    vague: Flags
    since: Hours
    until: Hours


class Clock:
    """The cuts of one knowledge base as places."""

    def __init__(self, hours: Bands) -> None:
        """Place the cuts; `hours` are theirs, from band to band."""
        self.hours = np.asarray([float(cut.at) for cut in hours.cuts])
        self.places = np.asarray([_place(cut) for cut in hours.cuts], np.int64)
        self.after = np.asarray([cut.after for cut in hours.cuts], np.bool_)
        self.whole = self.places % STEP != STEP - 1
        # An onset just after its instant passes a cut later: at the earliest with either, at the
        # latest with both.
        none, every = np.zeros_like(self.after), np.ones_like(self.after)
        self._tops = np.asarray([*self._passing(self.after), *self._passing(every)])
        self._lows = np.asarray([*self._passing(none), *self._passing(self.after)])

    def times(self, columns: Columns) -> Times:
        """Where records stand in time."""
        known = (columns.at != UNKNOWN) & (columns.latest != UNKNOWN)
        bounded = known & (columns.earliest != UNKNOWN)
        now = columns.at * STEP
        now += AFTER
        start, end = now - columns.latest, now - columns.earliest
        if columns.whole_day.any():
            day = HOURS_PER_DAY * MICROSECONDS * STEP
            end = np.where(columns.whole_day, start + day, end)
        steady = bounded & ((end - start == AFTER) | columns.whole_day)
        first = self._reached(start, strictly=False)
        last = self._reached(end, strictly=True)
        first[~known], last[~bounded] = 0, len(self.places) - 1
        since, until = _hours(start), _hours(end)
        since[~known], until[~bounded] = np.nan, np.nan
        return Times(first, last, steady, known & ~steady, since, until)

    def _reached(self, places: Places, *, strictly: bool) -> Small:
        """How many cuts but the first lie up to a place, or before it."""
        found = np.zeros(len(places), np.int8)
        for cut in self.places[1:]:
            found += (places > cut if strictly else places >= cut).view(np.int8)
        return found

    def base(self, onset: Places) -> tuple[Places, Flags]:
        """An end of the onset as events count from it: whole microseconds, and whether after."""
        known = onset != UNKNOWN
        return np.where(known, onset & ~(STEP - 1), NEVER), known & ((onset & AFTER) != 0)

    def tops(self, base: Places, late: Flags, band: Small) -> Places:
        """When an onset at the earliest reaches a band; NEVER or later, where it does not."""
        found: Places = base + self._tops.take(band + late * np.int8(len(self.places) + 1))
        return found

    def lows(self, base: Places, late: Flags, band: Small) -> Places:
        """When an onset at the latest reaches a band; NEVER or later, where it does not."""
        found: Places = base + self._lows.take(band + late * np.int8(len(self.places) + 1))
        return found

    def _passing(self, after: Flags) -> list[int]:
        """How long after an end of the onset each cut is passed; `after` tells for whole ones."""
        whole = self.places & ~(STEP - 1)
        passing = np.where(self.whole, whole + np.where(after, AFTER, 0), self.places)
        return [*passing.tolist(), NEVER]


def _hours(places: Places) -> Hours:
    """Places as hours."""
    found = (places // STEP).astype(np.float64)
    found /= MICROSECONDS
    return found


def _place(cut: Cut) -> int:
    """The place of a cut of hours."""
    exact = Fraction(cut.at) * MICROSECONDS
    if exact.denominator == 1:
        return STEP * int(exact) + (AFTER if cut.after else 0)
    return STEP * ceil(exact) - 1
