"""Literals keep their text and compare by value, where rdflib and pySHACL would not."""

import pyoxigraph as ox
import pytest
from rdflib import Literal

from primum.foundation.names import XSD, Datatype
from primum.knowledge.literals import IllTyped, Instant, literal_of

TIMES = {
    "2026-11-22T24:00:00Z": "2026-11-23T00:00:00Z",
    "2026-11-22T12:00:00+02:00": "2026-11-22T10:00:00Z",
    "2026-11-22T10:00:00": "2026-11-22T10:00:00Z",
    "2026-11-22T10:00:00.000Z": "2026-11-22T10:00:00Z",
}
NO_TIMES = [
    "2026-11-22",
    "2026-02-30T10:00:00Z",
    "2026-11-22T25:00:00Z",
    "2026-11-22T10:00Z",
    "2026-11-22T10:00:00+15:00",
    "2026-W47-7T10:00:00Z",
    "",
    "now",
]
NO_INTEGERS = ["1_0", " 2", "2 ", "٢", "2.0", "1e3", "", "two", "+", "9" * 5000]


def literal(text: str, datatype: str = Datatype.DATE_TIME) -> Literal:
    """A literal as it stands in a record."""
    return literal_of(ox.Literal(text, datatype=ox.NamedNode(datatype)))


@pytest.mark.parametrize(("one", "other"), TIMES.items())
def test_one_instant_is_the_same_however_it_is_spelled(one: str, other: str) -> None:
    """Neither is before the other, and each keeps its text."""
    first, second = literal(one), literal(other)
    assert first <= second <= first
    assert not first < second
    assert not second < first
    assert (str(first), str(second)) == (one, other)


def test_a_nanosecond_counts() -> None:
    """Times are compared to the last digit."""
    early, late = (
        literal("2026-11-22T10:00:00.000000001Z"),
        literal("2026-11-22T10:00:00.000000002Z"),
    )
    assert early < late
    assert late > early
    assert not late <= early


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_is_no_date_and_time_is_ill_typed(text: str) -> None:
    """It keeps its text, and can be compared with nothing without an error."""
    found, time = literal(text), literal("2026-11-22T10:00:00Z")
    assert found.ill_typed
    assert str(found) == text
    assert not any((found <= time, time <= found, found < time, found >= time, found > time))


@pytest.mark.parametrize("text", NO_INTEGERS)
def test_what_is_no_integer_is_ill_typed(text: str) -> None:
    """Python would take some of them."""
    assert isinstance(literal(text, Datatype.INTEGER), IllTyped)


@pytest.mark.parametrize(("text", "value"), [("007", 7), ("+2", 2), ("-0", 0), ("120", 120)])
def test_an_integer_has_its_value(text: str, value: int) -> None:
    """Leading zeros and signs are XSD's."""
    found = literal(text, Datatype.INTEGER)
    assert (str(found), found.value, found.ill_typed) == (text, value, False)


def test_other_literals_keep_their_datatype_and_text() -> None:
    """What no shape asks the value of is left alone; so is plain text."""
    assert literal("1.50", f"{XSD}decimal").datatype is not None
    assert str(literal("1.50", f"{XSD}decimal")) == "1.50"
    assert literal("left", Datatype.STRING) == Literal("left")
    tagged = literal_of(ox.Literal("left", language="en"))
    assert tagged.language == "en"


def test_an_instant_is_no_match_for_a_number() -> None:
    """Values of other kinds have no order with it."""
    assert not literal("2026-11-22T10:00:00Z") <= Literal(3)
    assert isinstance(literal("2026-11-22T10:00:00Z"), Instant)
