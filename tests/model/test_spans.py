"""The algebra of spans agrees with looking at the numbers one by one.

Ends are multiples of a half, so the multiples of an eighth stand for every number there is.
"""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import cuts, spans

from primum.model.spans import Cut, Number, Span, exact

HALVES = st.integers(0, 8).map(lambda n: exact(Fraction(n, 2)))
POINTS = [exact(Fraction(n, 8)) for n in range(42)]


def holds(span: Span, number: Number) -> bool:
    """Whether a number lies in a span, by comparing it with both ends."""
    start, end = span.start, span.end
    above = number > start.at if start.after else number >= start.at
    below = end is None or (number <= end.at if end.after else number < end.at)
    return above and below


def members(span: Span) -> set[Number]:
    """The points that lie in a span."""
    return {point for point in POINTS if holds(span, point)}


@given(cuts(HALVES), cuts(HALVES))
def test_cuts_are_ordered_by_the_numbers_below_them(one: Cut, other: Cut) -> None:
    """A cut is less than another just where fewer numbers lie below it."""
    below = [
        {p for p in POINTS if p < cut.at or (cut.after and p == cut.at)} for cut in (one, other)
    ]
    assert (below[0] < below[1]) == (one < other)


@given(spans(HALVES), spans(HALVES))
def test_intersection_holds_the_numbers_in_both(one: Span, other: Span) -> None:
    """A number lies in the intersection just where it lies in both spans."""
    assert members(one) & members(other) == members(one.intersect(other))


@given(spans(HALVES), spans(HALVES))
def test_intersection_does_not_depend_on_order(one: Span, other: Span) -> None:
    """Intersection is commutative, not only in its members."""
    assert other.intersect(one) == one.intersect(other)


@given(spans(HALVES), spans(HALVES))
def test_overlap_is_a_common_number(one: Span, other: Span) -> None:
    """Two spans overlap just where some number lies in both."""
    assert bool(members(one) & members(other)) == one.overlaps(other)


@given(spans(HALVES), spans(HALVES))
def test_a_span_covers_what_lies_wholly_in_it(one: Span, other: Span) -> None:
    """One span covers another just where each number of the other lies in it."""
    assert (members(other) <= members(one)) == one.covers(other)


@given(spans(HALVES))
def test_span_and_complement_part_the_time_line(span: Span) -> None:
    """Each number from 0 lies either in a span or in exactly one piece of its complement."""
    pieces = [span, *span.complement()]
    assert [1 for _ in POINTS] == [sum(holds(piece, p) for piece in pieces) for p in POINTS]


@given(spans(HALVES))
def test_complement_has_no_empty_piece(span: Span) -> None:
    """Nothing empty is left over, so that a rule gets no region that none can lie in."""
    assert not [piece for piece in span.complement() if piece.is_empty]


@given(spans(HALVES))
def test_emptiness_and_instants_are_told_by_counting(span: Span) -> None:
    """A span is empty where it holds no number, and an instant where it holds just one."""
    assert (len(members(span)) == 0, len(members(span)) == 1) == (span.is_empty, span.is_instant)


@given(HALVES)
def test_a_half_open_span_holds_its_start_but_not_its_end(start: Number) -> None:
    """`[start, until)` is what windows of hours are."""
    span = Span.half_open(start, start + 1)
    expected = {start: True, start + 1: False}
    assert expected == {number: holds(span, number) for number in expected}


def test_the_default_span_is_all_time_from_onset() -> None:
    """Without ends, a span is `[0, ∞)`, and nothing is left beside it."""
    assert Span(Cut(0), None) == Span()
    assert not Span().complement()


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        (48, "48"),
        (48, "48.0"),
        (48, 48),
        (48, Decimal("48.00")),
        (48, Fraction(96, 2)),
        (Fraction(1, 10), "0.1"),
        (Fraction(1, 10), Decimal("0.1")),
        (Fraction(1, 3), "1/3"),
        (Fraction(-5, 2), "-2.5"),
    ],
)
def test_exact_keeps_the_value_and_makes_whole_numbers_int(
    expected: Number, value: int | str | Decimal | Fraction
) -> None:
    """No value is rounded, and a whole one is an int, which compares fastest."""
    assert (expected, type(expected)) == (exact(value), type(exact(value)))


@pytest.mark.parametrize("text", ["", "two", "1,5", "inf", "nan"])
def test_exact_refuses_what_is_no_number(text: str) -> None:
    """Text that is no finite number is an error, never a guess."""
    with pytest.raises(ValueError, match="Invalid literal"):
        exact(text)
