"""Comparing and cutting ranges agrees with trying each number."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import spans

from primum.foundation.names import Datatype, Link
from primum.model.expressions import SomeNumber
from primum.model.spans import Span
from primum.reasoning.proofs.ranges import apart, covers, pieces

WHOLE = [Fraction(number) for number in range(7)]
HALVES = [Fraction(number, 2) for number in range(14)]


def ranges(datatype: str) -> st.SearchStrategy[SomeNumber]:
    """Ranges of one property with edges at small whole numbers."""
    edges = spans(st.integers(0, 5)).filter(lambda span: not span.is_empty)
    return edges.map(lambda span: SomeNumber(Link.AGE, datatype, span))


def members(number: SomeNumber) -> set[Fraction]:
    """The numbers in a range, among those that tell ranges with whole edges apart."""
    tried = WHOLE if number.datatype == Datatype.INTEGER else HALVES
    return {each for each in tried if number.span.covers(Span.at(each))}


both = st.sampled_from([Datatype.INTEGER, Datatype.DECIMAL]).flatmap(
    lambda datatype: st.tuples(ranges(datatype), ranges(datatype))
)


@given(both)
def test_one_range_covers_another_if_it_has_all_its_numbers(
    pair: tuple[SomeNumber, SomeNumber],
) -> None:
    """Whole numbers lie apart: from 1 on, and from above 0 on, are the same."""
    wider, number = pair
    assert (members(wider) >= members(number)) == covers(wider, number)


@given(both)
def test_ranges_are_apart_if_they_share_no_number(pair: tuple[SomeNumber, SomeNumber]) -> None:
    """What lies between two whole numbers is no common number."""
    one, other = pair
    assert (not members(one) & members(other)) == apart(one, other)


@given(both)
def test_pieces_are_the_range_and_tell_the_other_apart(
    pair: tuple[SomeNumber, SomeNumber],
) -> None:
    """Each piece lies in the other range or outside it, and together they are the whole."""
    whole, asked = pair
    parts = pieces(whole, asked)
    assert members(whole) == set().union(*map(members, parts))
    assert sum(len(members(part)) for part in parts) == len(members(whole))
    assert all(covers(asked, part) or apart(asked, part) for part in parts)


def test_ranges_of_different_properties_have_nothing_to_do_with_each_other() -> None:
    """Hours are no years."""
    years = SomeNumber(Link.AGE, Datatype.DECIMAL, Span())
    hours = SomeNumber(Link.HOURS, Datatype.DECIMAL, Span.at(1))
    assert (covers(years, hours), apart(years, hours)) == (False, False)
