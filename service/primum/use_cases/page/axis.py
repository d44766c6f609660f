"""The axis of time of a drawing: hours take most room at first, then days, then weeks.

Positions are per cent of the width. The scale is the logarithm of the hours, moved by half a day so
that onset has a place: the first three days, in which most changes, take about a third of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import log1p
from typing import Final, Self

from primum.model.spans import Number, Span

_HALF_DAY: Final = 12
_SHORTEST: Final = 14 * 24
_ROOM: Final = Fraction(5, 4)
_HOURS: Final = (0, 12, 24, 48, 72, 120, 168, 336, 672, 1008, 2016, 4032, 8760, 17520)
_APART: Final = 5.5


@dataclass(frozen=True, slots=True)
class Tick:
    """A time that is marked on the axis, in hours, and where it stands."""

    hours: int
    at: float


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis from onset to `last`, in hours."""

    last: Number

    @classmethod
    def over(cls, hours: Iterable[Number]) -> Self:
        """The axis on which all these times stand with some room after the last."""
        ends: list[Number] = [_SHORTEST, *(number * _ROOM for number in hours)]
        return cls(max(ends))

    def at(self, hours: Number) -> float:
        """Where a time stands; a time after the axis' end stands at the end."""
        return round(
            100 * log1p(min(hours, self.last) / _HALF_DAY) / log1p(self.last / _HALF_DAY), 3
        )

    def stretch(self, hours: Span) -> tuple[float, float]:
        """Where a span begins, and how wide it is; one without an end goes on to the axis' end."""
        start = self.at(hours.start.at)
        end = 100.0 if hours.end is None else self.at(hours.end.at)
        return start, round(end - start, 3)

    def ticks(self) -> Iterator[Tick]:
        """Round times, far enough apart for their names to stand beneath them."""
        free = 0.0
        for hours in _HOURS:
            place = self.at(hours)
            if hours < self.last and (place >= free or not hours):
                free = place + _APART
                yield Tick(hours, place)
