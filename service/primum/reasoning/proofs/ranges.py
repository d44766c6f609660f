"""Comparing what expressions say of numbers, whole numbers among them, and cutting them up."""

from math import ceil, floor

from primum.foundation.names import Datatype
from primum.model.expressions import SomeNumber
from primum.model.spans import Cut, Span


def covers(wider: SomeNumber, number: SomeNumber) -> bool:
    """Whether every number that the second asks for is one that the first asks for."""
    return _comparable(wider, number) and _span(wider).covers(_span(number))


def apart(one: SomeNumber, other: SomeNumber) -> bool:
    """Whether no number is asked for by both."""
    return _comparable(one, other) and not _span(one).overlaps(_span(other))


def pieces(whole: SomeNumber, asked: SomeNumber) -> tuple[SomeNumber, ...]:
    """The part of a range that lies in another, then what lies below it and above it."""
    mine, other = _span(whole), _span(asked)
    inside = mine.intersect(other)
    below = mine.intersect(Span(mine.start, inside.start))
    above = () if inside.end is None else (mine.intersect(Span(inside.end)),)
    parts = [part for part in (inside, below, *above) if not part.is_empty]
    return tuple(SomeNumber(whole.property, whole.datatype, _spelled(whole, p)) for p in parts)


def _comparable(one: SomeNumber, other: SomeNumber) -> bool:
    """Whether two ranges are of the same property and datatype."""
    return (one.property, one.datatype) == (other.property, other.datatype)


def _span(number: SomeNumber) -> Span:
    """The span of a range; of whole numbers, from one of them up to but not including another."""
    if number.datatype != Datatype.INTEGER:
        return number.span
    end = number.span.end
    return Span(_whole(number.span.start), None if end is None else _whole(end))


def _whole(cut: Cut) -> Cut:
    """The first whole number at or after a cut, as a cut before it."""
    return Cut(floor(cut.at) + 1 if cut.after else ceil(cut.at))


def _spelled(whole: SomeNumber, part: Span) -> Span:
    """A part as it is written: a single whole number as that number."""
    single = whole.datatype == Datatype.INTEGER and part.end == Cut(part.start.at + 1)
    return Span.at(part.start.at) if single else part
