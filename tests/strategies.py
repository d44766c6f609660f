"""Hypothesis strategies: spans, and class expressions over a tiny vocabulary.

`conditions` are conditions on a situation, all within the fragment that compiles. Numbers come
from a small pool with close neighbours, so that spans meet at their edges.
"""

from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from primum.foundation.names import BASE, Datatype, Kind, Link
from primum.knowledge.compiler import Vocabulary
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.spans import Cut, Number, Span, exact

INJURIES = (Kind.INJURY, BASE + "Sprain", BASE + "Strain", BASE + "CalfStrain")
TREATMENTS = (Kind.TREATMENT, BASE + "Massage", BASE + "FrictionMassage", BASE + "Heat")
FACTORS = (BASE + "Thrombosis", BASE + "Bleeding", BASE + "Pregnancy")
EARLY, LATE = BASE + "EarlySituation", BASE + "LateSituation"
EARLY_SPAN = Span.half_open(0, 48)
WINDOWS: dict[str, Expression] = {
    EARLY: SomeNumber(Link.HOURS, Datatype.DECIMAL, EARLY_SPAN),
    LATE: And((Named(Kind.SITUATION), Not(Named(EARLY)))),
}
VOCABULARY = Vocabulary(frozenset(INJURIES), frozenset(TREATMENTS), frozenset(FACTORS), WINDOWS)

NEAR = Fraction(1, 10**6)
HOURS = (0, 12, 48, Fraction(97, 2), 72, 168)


def near(numbers: SearchStrategy[Number]) -> SearchStrategy[Number]:
    """A number that is not negative, or one a millionth beside it."""
    moved = st.builds(lambda n, step: exact(n + step * NEAR), numbers, st.sampled_from((-1, 0, 1)))
    return moved.map(lambda number: max(number, 0))


def cuts(numbers: SearchStrategy[Number]) -> SearchStrategy[Cut]:
    """Places before or after a number."""
    return st.builds(Cut, numbers, st.booleans())


def spans(numbers: SearchStrategy[Number]) -> SearchStrategy[Span]:
    """Spans of all sorts: empty, of one number, open or closed at either end, endless."""
    ends = st.none() | cuts(numbers)
    return st.builds(Span, cuts(numbers), ends) | st.builds(Span.at, numbers)


def hours() -> SearchStrategy[Number]:
    """Hours since onset, at the edge of a window or close to it."""
    return near(st.sampled_from(HOURS))


def ages() -> SearchStrategy[Number]:
    """Ages in completed years, at the edge of a span or close to it."""
    return st.sampled_from((0, 17, 18, 19, 64, 65))


def grade_conditions() -> SearchStrategy[Expression]:
    """`hasGrade` with facets or a value, on either side of the grades there are."""
    return st.builds(
        SomeNumber, st.just(Link.HAS_GRADE), st.just(Datatype.INTEGER), spans(st.integers(0, 4))
    )


def _combined(leaves: SearchStrategy[Expression], most: int) -> SearchStrategy[Expression]:
    """Boolean combinations of leaves."""

    def grow(parts: SearchStrategy[Expression]) -> SearchStrategy[Expression]:
        several = st.lists(parts, min_size=2, max_size=3).map(tuple)
        return st.builds(And, several) | st.builds(Or, several) | st.builds(Not, parts)

    return st.recursive(leaves, grow, max_leaves=most)


def named(iris: tuple[str, ...]) -> SearchStrategy[Expression]:
    """One of the classes."""
    return st.sampled_from(iris).map(Named)


def injury_conditions() -> SearchStrategy[Expression]:
    """Conditions on an injury: its class and its grade."""
    return _combined(named(INJURIES) | grade_conditions(), most=4)


def treatment_conditions() -> SearchStrategy[Expression]:
    """Conditions on a treatment: its class."""
    return _combined(named(TREATMENTS), most=3)


def factor_conditions() -> SearchStrategy[Expression]:
    """Conditions on a factor: one class, or any of several."""
    some = st.lists(named(FACTORS), min_size=2, max_size=3).map(tuple)
    return named(FACTORS) | st.builds(Or, some)


def conditions() -> SearchStrategy[Expression]:
    """Conditions on a situation."""
    leaves: list[SearchStrategy[Expression]] = [
        st.builds(Some, st.just(Link.FOR_INJURY), injury_conditions()),
        st.builds(Some, st.just(Link.PROPOSES), treatment_conditions()),
        st.builds(Some, st.just(Link.HAS_FACTOR), factor_conditions()),
        st.builds(SomeNumber, st.just(Link.HOURS), st.just(Datatype.DECIMAL), spans(hours())),
        st.builds(SomeNumber, st.just(Link.AGE), st.just(Datatype.INTEGER), spans(ages())),
        named((Kind.SITUATION, EARLY, LATE)),
    ]
    return _combined(st.one_of(leaves), most=5)
