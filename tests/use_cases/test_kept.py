"""What was last used is kept, up to a bound on its bytes."""

from collections.abc import Iterable
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from primum.use_cases.kept import Kept

MOST = 10


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something of a size."""

    size: int


def filled(sizes: Iterable[int]) -> Kept[Parcel]:
    """A store in which parcels of these sizes were put, by their position."""
    kept = Kept[Parcel](MOST)
    for number, size in enumerate(sizes):
        kept.put(number, Parcel(size))
    return kept


def test_what_is_kept_is_found() -> None:
    """A value is found under its key, and no other."""
    kept = filled([3])
    assert (kept.get(0), kept.get(1), kept.size) == (Parcel(3), None, 3)


def test_what_was_not_used_for_longest_makes_room() -> None:
    """Finding a value counts as using it."""
    kept = filled([4, 4])
    kept.get(0)
    kept.put(2, Parcel(4))
    assert [kept.get(key) for key in (0, 1, 2)] == [Parcel(4), None, Parcel(4)]


def test_a_value_replaces_the_one_under_its_key() -> None:
    """The bytes of the one before no longer count."""
    kept = filled([4])
    kept.put(0, Parcel(7))
    assert (kept.get(0), kept.size) == (Parcel(7), 7)


def test_what_is_beyond_the_bound_is_not_kept() -> None:
    """It drives nothing else out."""
    kept = filled([4, MOST + 1])
    assert (kept.get(0), kept.get(1), kept.size) == (Parcel(4), None, 4)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, MOST + 2)), max_size=20))
def test_the_bound_holds_whatever_is_put(puts: list[tuple[int, int]]) -> None:
    """The size is the sum of what is found, and at most the bound."""
    kept = Kept[Parcel](MOST)
    for key, size in puts:
        kept.put(key, Parcel(size))
        found = [value for value in map(kept.get, range(5)) if value is not None]
        assert kept.size == sum(value.size for value in found) <= MOST
