"""Hypothesis strategies: the facts of a case, asked about at several times and in several ways.

`grid` lists times so close together that many fall between the same cuts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from random import Random

from hypothesis import strategies as st

from primum.model.cases import Case, Dating
from primum.model.knowledge import Knowledge
from primum.model.levels import Screening
from primum.model.moments import Moment, Onset
from primum.model.spans import Cut, Number, Span, exact
from primum.use_cases.drawing import Draw
from primum.use_cases.question import at_instant

ZEROS: tuple[Number, ...] = (17_700_000, Fraction(106_200_007, 6))
OFFSETS = (0, 60, -570)
STEPS: tuple[Number, ...] = (0, Fraction(1, 3600), Fraction(-1, 60), Fraction(1, 2), 5)
WIDTHS: tuple[Number, ...] = (Fraction(1, 60), 1, 24, 24, 100)
Time = Callable[[Case], Case]


def edges_of(knowledge: Knowledge) -> list[Number]:
    """Where the windows of rules begin and end."""
    spans = [Span(), *(region.hours for rule in knowledge.rules for region in rule.regions)]
    return sorted({cut.at for span in spans for cut in (span.start, span.end) if cut is not None})


def instants(edges: Sequence[Number]) -> st.SearchStrategy[Number]:
    """Hours at the edge of a window or near it."""
    near = st.builds(
        lambda n, step: exact(n + step), st.sampled_from(edges), st.sampled_from(STEPS)
    )
    return near.map(lambda number: max(number, 0))


def spans(edges: Sequence[Number]) -> st.SearchStrategy[Span]:
    """Instants, days, spans with all sorts of ends, and all time."""
    at = instants(edges)
    days = st.integers(0, 60).map(lambda day: Span.half_open(24 * day, 24 * day + 24))
    between = st.builds(
        lambda ends, start, end: Span(Cut(min(ends), start), Cut(max(ends), end)),
        st.tuples(at, at),
        st.booleans(),
        st.booleans(),
    )
    known = st.one_of(at.map(Span.at), at.map(Span.at), days, between, at.map(Span.half_open))
    return st.one_of(known, st.just(Span())).filter(lambda span: not span.is_empty)


onsets = st.one_of(
    st.sampled_from(ZEROS).map(Onset.at),
    st.builds(
        lambda zero, width, after: Onset(Cut(zero), Cut(exact(zero + width), after)),
        st.sampled_from(ZEROS),
        st.sampled_from(WIDTHS),
        st.booleans(),
    ),
    st.sampled_from(ZEROS).map(lambda zero: Onset(Cut(zero), None)),
    st.builds(
        lambda zero, after: Onset(None, Cut(zero, after)), st.sampled_from(ZEROS), st.booleans()
    ),
)


def undated(hours: Span) -> Time:
    """Asking about hours since onset."""
    return lambda case: replace(case, hours=hours, dating=None)


def dated(onset: Onset, offset: int, since: Number) -> Time:
    """Asking about an instant of the calendar, so many hours after the onset's zero."""
    moment = Moment(exact(onset.zero + since), offset)
    return lambda case: at_instant(replace(case, dating=Dating(onset, offset)), moment)


def times(knowledge: Knowledge) -> st.SearchStrategy[list[Time]]:
    """A few times to ask about."""
    edges = edges_of(knowledge)
    on_calendar = st.builds(dated, onsets, st.sampled_from(OFFSETS), instants(edges))
    return st.lists(spans(edges).map(undated) | on_calendar, min_size=2, max_size=4)


def facts(knowledge: Knowledge) -> st.SearchStrategy[Case]:
    """Cases near to what rules speak of, known or open; some contradict themselves."""

    def drawn(chance: Random, known: bool) -> Case:
        draw = Draw(knowledge, chance)
        return (draw.known() if known else draw.open()).case

    return st.builds(drawn, st.randoms(use_true_random=False), st.booleans())


def grid(knowledge: Knowledge) -> list[Time]:
    """Times at, before and after each edge, and stretches between any two of them."""
    edges = edges_of(knowledge)
    beyond = exact(edges[-1] + 7)
    points = [*edges, *(Fraction(one + other) / 2 for one, other in pairwise(edges)), beyond]
    clocks = [Onset.at(zero) for zero in ZEROS] + list(_vague(edges[-1] or 1))
    return [
        *map(undated, _spans(sorted(map(exact, points)))),
        *(dated(onset, OFFSETS[1], point) for onset, point in product(clocks, points)),
    ]


def _spans(points: Sequence[Number]) -> Iterator[Span]:
    """Instants, stretches with and without their ends, and all that follows or precedes."""
    yield Span()
    for one, other in product(points, points):
        if one == other:
            yield from (Span.at(one), Span.half_open(one))
        elif one < other:
            yield from (Span.half_open(one, other), Span(Cut(one, after=True), Cut(other, True)))


def _vague(width: Number) -> Iterator[Onset]:
    """Onsets that are known to lie within some time, at two dates, and half-known ones."""
    for zero, part in product(ZEROS, (4, 1)):
        yield Onset(Cut(zero), Cut(exact(zero + Fraction(width) / part)))
    yield from (Onset(Cut(ZEROS[0]), None), Onset(None, Cut(ZEROS[0], after=True)))


def variants(case: Case) -> list[Case]:
    """The facts and others that differ from them in one point."""
    return [
        case,
        replace(case, grade=None),
        replace(case, age=None),
        replace(case, absent=frozenset()),
        replace(case, present=frozenset()),
        *(replace(case, screening=screening) for screening in Screening),
    ]
