"""Sets of records by the factors they state: met, taken away and put together exactly."""

from hypothesis import given
from hypothesis import strategies as st

from primum.reasoning.moves.presence import (
    ALWAYS,
    Presence,
    complement,
    meet,
    minus,
    presence,
    simplified,
    split,
)

FACTORS = 4
EVERY = range(1 << FACTORS)
bits = st.integers(1, (1 << FACTORS) - 1)
presences = st.builds(
    presence, st.frozensets(bits, max_size=3), st.integers(0, (1 << FACTORS) - 1)
).filter(lambda found: found is not None)
alternatives = st.lists(presences, max_size=4)


def members(found: Presence | None) -> set[int]:
    """The sets of stated factors, one by one."""
    if found is None:
        return set()
    return {
        stated
        for stated in EVERY
        if not stated & found.none and all(stated & one for one in found.some)
    }


@given(st.frozensets(st.integers(0, (1 << FACTORS) - 1), max_size=3), st.integers(0, 15))
def test_a_presence_holds_what_was_asked_for_and_is_never_empty(
    some: frozenset[int], none: int
) -> None:
    """None stands for nothing, and for nothing else."""
    expected = {n for n in EVERY if not n & none and all(n & one for one in some)}
    found = presence(some, none)
    assert expected == members(found)
    assert (found is None) == (not expected)


@given(presences, presences)
def test_two_sets_meet_in_what_both_hold(one: Presence, other: Presence) -> None:
    """The meet is the intersection."""
    assert members(one) & members(other) == members(meet(one, other))


@given(presences, presences)
def test_what_is_left_is_in_disjoint_parts(one: Presence, other: Presence) -> None:
    """The difference is exact, and no record is in two parts."""
    parts = minus(one, other)
    assert members(one) - members(other) == set().union(*map(members, parts))
    assert sum(len(members(part)) for part in parts) == len(members(one) - members(other))


@given(presences, alternatives)
def test_a_set_is_split_by_alternatives(one: Presence, others: list[Presence]) -> None:
    """Inside and outside are disjoint parts that make up the whole."""
    inside, outside = split(one, others)
    covered = set().union(*map(members, others))
    assert members(one) & covered == set().union(*map(members, inside))
    assert members(one) - covered == set().union(*map(members, outside))
    assert len(members(one)) == sum(len(members(part)) for part in (*inside, *outside))


@given(alternatives)
def test_alternatives_in_fewer_sets_hold_the_same(others: list[Presence]) -> None:
    """Neither simplifying nor taking the complement changes what is meant."""
    covered = set().union(*map(members, others))
    assert covered == set().union(*map(members, simplified(others)))
    assert set(EVERY) - covered == set().union(*map(members, complement(others)))


def test_factors_that_serve_alike_become_one_set() -> None:
    """Either of two factors, each enough by itself, reads as some of both."""
    one, other = Presence(frozenset({1})), Presence(frozenset({2}))
    assert frozenset({Presence(frozenset({3}))}) == simplified([one, other])
    assert frozenset({ALWAYS}) == simplified([one, ALWAYS])
