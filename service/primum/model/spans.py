"""Spans of an ordered quantity (hours since onset, years of age), in exact arithmetic.

A cut is a place between two numbers: `Cut(48)` lies just before 48, `Cut(48, True)` just
after it. Every interval, open or closed at either end, is then the stretch from one cut to
another, and all comparisons are comparisons of tuples. No floating point is involved.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, Self

Number = int | Fraction


def exact(value: int | str | Decimal | Fraction) -> Number:
    """The value as an exact number, whole where it is whole (comparing ints is cheapest)."""
    if type(value) is int:
        return value
    number = value if type(value) is Fraction else Fraction(value)
    return number.numerator if number.denominator == 1 else number


class Cut(NamedTuple):
    """A place on the number line: before `at`, or after it when `after` is true."""

    at: Number
    after: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers from one cut to another; `end` is None where nothing bounds the span above."""

    start: Cut = Cut(0)
    end: Cut | None = None

    @classmethod
    def half_open(cls, start: Number, until: Number | None = None) -> Self:
        """The span `[start, until)`."""
        return cls(Cut(start), None if until is None else Cut(until))

    @classmethod
    def at(cls, number: Number) -> Self:
        """The span that holds one number only."""
        return cls(Cut(number), Cut(number, after=True))

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in the span."""
        return self.end is not None and self.end <= self.start

    @property
    def is_instant(self) -> bool:
        """Whether exactly one number lies in the span."""
        return self.end == Cut(self.start.at, after=True) and not self.start.after

    def intersect(self, other: Self) -> Self:
        """The numbers that lie in both spans (empty where there are none)."""
        ends = [end for end in (self.end, other.end) if end is not None]
        return type(self)(max(self.start, other.start), min(ends) if ends else None)

    def overlaps(self, other: Self) -> bool:
        """Whether some number lies in both spans."""
        return not self.intersect(other).is_empty

    def covers(self, other: Self) -> bool:
        """Whether every number of the other span lies in this one."""
        return other.is_empty or self.intersect(other) == other

    def complement(self) -> tuple[Self, ...]:
        """What is left of `[0, ∞)` without this span: up to two spans."""
        inside = self.intersect(type(self)())
        if inside.is_empty:
            return (type(self)(),)
        before = type(self)(Cut(0), inside.start)
        after = () if inside.end is None else (type(self)(inside.end),)
        return (*(() if before.is_empty else (before,)), *after)
