"""The axis of time: it keeps the order of times, begins at onset, and names round times apart."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from primum.model.spans import Span
from primum.use_cases.page.axis import Axis

HOURS = st.fractions(min_value=0, max_value=20_000)


@given(HOURS, HOURS, HOURS)
def test_a_later_time_never_stands_before_an_earlier_one(
    last: Fraction, one: Fraction, other: Fraction
) -> None:
    """Onset stands at 0, the end at 100 per cent, all else between in its order."""
    axis = Axis.over([last])
    places = [axis.at(hours) for hours in sorted((one, other))]
    assert places == sorted(places)
    assert axis.at(0) == 0
    assert axis.at(axis.last) == 100
    assert all(0 <= place <= 100 for place in places)


@given(HOURS)
def test_what_is_shown_has_room_after_it(last: Fraction) -> None:
    """The last time that matters stands before the end; the axis is two weeks at least."""
    axis = Axis.over([last])
    assert axis.last >= 14 * 24
    assert axis.at(last) < 100


def test_the_first_days_have_most_room() -> None:
    """The first three of six weeks' days take more than a third of the width."""
    axis = Axis.over([6 * 168])
    assert 33 < axis.at(72) < 50


def test_a_span_without_an_end_reaches_the_end_of_the_axis() -> None:
    """Its width is what is left."""
    axis = Axis.over([72])
    start, width = axis.stretch(Span.half_open(48))
    assert start + width == 100


@given(HOURS)
def test_marks_stand_apart(last: Fraction) -> None:
    """Onset is marked, and no two marks are so near that their names would meet."""
    ticks = list(Axis.over([last]).ticks())
    assert ticks[0].hours == 0
    gaps = [after.at - before.at for before, after in pairwise(ticks)]
    assert len(ticks) >= 4
    assert min(gaps) >= 5
