"""Instants are spelled without rounding, and hours since onset are those of every onset left.

Onsets and instants are multiples of a half, hours are looked at in eighths, so every hour that
could be told apart is.
"""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primum.model.moments import Moment, Onset
from primum.model.spans import Cut, Number, Span, exact

HALVES = st.integers(-8, 8).map(lambda n: exact(Fraction(n, 2)))
HOURS = [exact(Fraction(n, 8)) for n in range(-8, 160)]
DAY = (date(2026, 11, 19).toordinal() - 1) * 24


@st.composite
def onsets(draw: st.DrawFn) -> Onset:
    """An instant, or an interval that is open or closed at its end, or endless on one side."""
    first, last = sorted((draw(HALVES), draw(HALVES)))
    kinds = [Onset.at(first), Onset(Cut(first), None), Onset(Cut(first), Cut(last, after=True))]
    kinds += [Onset(None, Cut(last, after)) for after in (False, True)]
    kinds += [Onset(Cut(first), Cut(last))] if first < last else []
    return draw(st.sampled_from(kinds))


def lies_in(onset: Onset, instant: Number) -> bool:
    """Whether an injury that began at an instant agrees with what is known of its onset."""
    first, last = onset.earliest, onset.latest
    early = first is not None and instant < first.at
    late = last is not None and (instant > last.at or (instant == last.at and not last.after))
    return not early and not late


def members(span: Span) -> set[Number]:
    """The hours that lie in a span."""
    start, end = span.start, span.end
    above = {n for n in HOURS if n > start.at or (n == start.at and not start.after)}
    return {n for n in above if end is None or n < end.at or (n == end.at and end.after)}


@given(onsets(), HALVES)
def test_the_hours_at_an_instant_are_those_of_every_onset_that_is_not_after_it(
    onset: Onset, instant: Number
) -> None:
    """So many hours are possible as there are onsets so many hours before, and none below zero."""
    expected = {hours for hours in HOURS if hours >= 0 and lies_in(onset, instant - hours)}
    found = onset.hours_at(instant)
    assert expected == members(found)
    assert (not expected) == found.is_empty


@given(onsets(), HALVES)
def test_an_onset_known_by_an_instant_lies_at_or_before_it(onset: Onset, instant: Number) -> None:
    """No onset after the instant is left, and every other one; so hours at it stay the same."""
    known = onset.by(instant)
    every = [*HOURS, *(-hours for hours in HOURS)]
    expected = [begun for begun in every if begun <= instant and lies_in(onset, begun)]
    assert expected == [begun for begun in every if lies_in(known, begun)]
    assert onset.hours_at(instant) == known.hours_at(instant)


@given(onsets(), HALVES, HALVES)
def test_moving_onset_and_instant_together_changes_no_hours(
    onset: Onset, instant: Number, shift: Number
) -> None:
    """Hours since onset do not depend on where the calendar begins."""
    cuts = [cut and Cut(exact(cut.at + shift), cut.after) for cut in (onset.earliest, onset.latest)]
    moved = Onset(*cuts)
    assert onset.hours_at(instant) == moved.hours_at(exact(instant + shift))
    assert onset.since_zero() == moved.since_zero()


@given(onsets())
def test_the_clock_starts_at_the_earliest_onset_or_else_the_latest(onset: Onset) -> None:
    """Counted from its own zero, one end of an onset lies at zero."""
    ends = [cut.at for cut in (onset.earliest, onset.latest) if cut is not None]
    assert ends[0] == onset.zero
    moved = onset.since_zero()
    assert moved.zero == 0
    assert [end - ends[0] for end in ends] == [
        cut.at for cut in (moved.earliest, moved.latest) if cut is not None
    ]


@given(onsets())
def test_an_onset_is_exact_where_one_instant_is_left(onset: Onset) -> None:
    """Also where an interval begins and ends at the same instant."""
    left = [instant for instant in HOURS if lies_in(onset, instant)]
    left += [-instant for instant in HOURS if instant > 1 and lies_in(onset, -instant)]
    assert (len(left) == 1) == onset.is_exact


@pytest.mark.parametrize(
    ("expected", "moment"),
    [
        ("2026-11-19T10:00:00Z", Moment(DAY + 10)),
        ("2026-11-19T00:00:00Z", Moment(DAY)),
        ("2026-11-18T23:59:59Z", Moment(DAY - Fraction(1, 3600))),
        ("2026-11-19T12:00:00+02:00", Moment(DAY + 10, 120)),
        ("2026-11-19T04:30:00-05:30", Moment(DAY + 10, -330)),
        ("2026-11-20T00:00:00+14:00", Moment(DAY + 10, 840)),
        ("2026-11-18T20:00:00-14:00", Moment(DAY + 10, -840)),
        ("2026-11-19T10:00:00.5Z", Moment(DAY + 10 + Fraction(1, 7200))),
        ("2026-11-19T10:00:00.000000001Z", Moment(DAY + 10 + Fraction(1, 3600 * 10**9))),
        ("2026-11-19T10:01:05.25Z", Moment(DAY + 10 + Fraction(6525, 360_000))),
        ("2028-02-29T00:00:00Z", Moment((date(2028, 2, 28).toordinal()) * 24)),
        ("0001-01-01T00:00:00Z", Moment(0)),
    ],
)
def test_a_moment_is_spelled_as_an_xsd_date_time(expected: str, moment: Moment) -> None:
    """With its zone, with two digits of whole seconds, and a fraction only where there is one."""
    assert expected == str(moment)


def test_later_keeps_the_zone_and_loses_nothing() -> None:
    """A third of an hour three times is an hour."""
    third, start = Fraction(1, 3), Moment(DAY, 60)
    assert Moment(DAY + 1, 60) == start.later(third).later(third).later(third)
    assert type(start.later(third).later(third).later(third).hours) is int
