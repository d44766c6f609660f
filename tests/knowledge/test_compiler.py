"""The regions of a condition hold exactly the situations that the condition itself holds for.

The judge is a few lines that evaluate a class expression on one fully known situation.
"""

from dataclasses import dataclass

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import strategies
from tests.strategies import FACTORS, INJURIES, TREATMENTS, VOCABULARY, WINDOWS, conditions

from primum.foundation.errors import OutsideFragment
from primum.foundation.names import BASE, Datatype, Kind, Link
from primum.knowledge.compiler import Compiler, Vocabulary, grades_in
from primum.knowledge.express import express
from primum.knowledge.owl import Lifter, read_expression
from primum.knowledge.rdf import Triples
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.regions import EVERYWHERE, NOWHERE, UNGRADED, Classes, Region
from primum.model.spans import Cut, Number, Span

INJURY = Named(INJURIES[1])
TREATMENT = Named(TREATMENTS[1])
FACTOR, OTHER_FACTOR, THIRD_FACTOR = map(Named, FACTORS)
COMPILER = Compiler(VOCABULARY)


@dataclass(frozen=True)
class Known:
    """A fully known situation; injury and treatment belong to several classes."""

    injury: frozenset[str]
    treatment: frozenset[str]
    factors: frozenset[str]
    grade: int
    hours: Number
    age: Number


def some_of(iris: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    """Some of the classes, or none."""
    return st.frozensets(st.sampled_from(iris))


def known() -> st.SearchStrategy[Known]:
    """Fully known situations, at the edges of windows or close to them."""
    return st.builds(
        Known,
        injury=some_of(INJURIES),
        treatment=some_of(TREATMENTS),
        factors=some_of(FACTORS),
        grade=st.integers(0, 3),
        hours=strategies.hours(),
        age=strategies.ages(),
    )


def within(span: Span, number: Number) -> bool:
    """Whether a number lies in a span."""
    if number < span.start.at or (number == span.start.at and span.start.after):
        return False
    return span.end is None or number < span.end.at or (number == span.end.at and span.end.after)


def true_of(situation: Known, condition: Expression) -> bool:
    """Whether a condition is true of a situation, by the meaning of each construct."""
    match condition:
        case And(operands):
            return all(true_of(situation, part) for part in operands)
        case Or(operands):
            return any(true_of(situation, part) for part in operands)
        case Not(operand):
            return not true_of(situation, operand)
        case Named(iri):
            return iri == Kind.SITUATION or true_of(situation, WINDOWS[iri])
        case Some(prop, filler):
            return any(belongs(filler, *thing) for thing in values(situation, prop))
        case SomeNumber(prop, _, span):
            return within(span, situation.hours if prop == Link.HOURS else situation.age)


def values(situation: Known, prop: str) -> list[tuple[frozenset[str], int]]:
    """What a situation has by a property: the classes and the grade of each thing."""
    by_property = {
        Link.FOR_INJURY: [(situation.injury, situation.grade)],
        Link.PROPOSES: [(situation.treatment, UNGRADED)],
        Link.HAS_FACTOR: [(frozenset({factor}), UNGRADED) for factor in situation.factors],
    }
    return by_property[prop]


def belongs(filler: Expression, classes: frozenset[str], grade: int) -> bool:
    """Whether a thing of these classes and this grade belongs to a class expression."""
    match filler:
        case And(operands):
            return all(belongs(part, classes, grade) for part in operands)
        case Or(operands):
            return any(belongs(part, classes, grade) for part in operands)
        case Not(operand):
            return not belongs(operand, classes, grade)
        case Named(iri):
            return iri in classes
        case SomeNumber(_, _, span):
            return grade != UNGRADED and within(span, grade)
        case _:
            raise AssertionError(filler)


def lies_in(situation: Known, region: Region) -> bool:
    """Whether a situation meets each constraint of a region."""
    classes = (
        (region.injuries, situation.injury),
        (region.treatments, situation.treatment),
        (region.factors, situation.factors),
    )
    return (
        all(asked.required <= has and not asked.excluded & has for asked, has in classes)
        and situation.grade in region.grades
        and within(region.hours, situation.hours)
        and within(region.ages, situation.age)
    )


@given(conditions(), st.lists(known(), min_size=10, max_size=10))
def test_regions_hold_the_situations_that_the_condition_holds_for(
    condition: Expression, situations: list[Known]
) -> None:
    """Membership in some region is the truth of the condition, situation by situation."""
    regions = COMPILER.compile(condition)
    expected = [true_of(one, condition) for one in situations]
    assert expected == [any(lies_in(one, region) for region in regions) for one in situations]


@given(conditions())
def test_a_condition_and_its_negation_share_no_region(condition: Expression) -> None:
    """`C and not C` compiles to regions that no ontology can fill: each is empty by itself."""
    regions = COMPILER.compile(And((condition, Not(condition))))
    assert not [region for region in regions if not region.is_empty]


@given(conditions())
def test_no_region_is_given_twice(condition: Expression) -> None:
    """A reason is shown once."""
    regions = COMPILER.compile(condition)
    assert len(set(regions)) == len(regions)


def some(prop: str, filler: Expression) -> Some:
    """An existential restriction."""
    return Some(prop, filler)


def test_a_rule_is_compiled_to_one_box() -> None:
    """The usual rule, an intersection, is one region with a constraint per dimension."""
    grade = SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, Span(Cut(2)))
    rule = And(
        (
            Named(Kind.SITUATION),
            some(Link.PROPOSES, TREATMENT),
            some(Link.FOR_INJURY, And((INJURY, grade))),
            some(Link.HAS_FACTOR, FACTOR),
            SomeNumber(Link.HOURS, Datatype.DECIMAL, Span.half_open(0, 168)),
            SomeNumber(Link.AGE, Datatype.INTEGER, Span(end=Cut(18))),
        )
    )
    expected = Region(
        treatments=Classes(frozenset({TREATMENT.iri})),
        injuries=Classes(frozenset({INJURY.iri})),
        factors=Classes(frozenset({FACTOR.iri})),
        grades=frozenset({2, 3}),
        hours=Span.half_open(0, 168),
        ages=Span(end=Cut(18)),
    )
    assert (expected,) == COMPILER.compile(rule)


def test_named_situations_are_followed() -> None:
    """A shared window gives the hours of its definition, also where one refers to another."""
    assert (Region(hours=Span.half_open(48)),) == COMPILER.compile(Named(strategies.LATE))


def test_every_situation_is_a_situation() -> None:
    """The class of all situations constrains nothing; its complement holds nothing."""
    everything = Named(Kind.SITUATION)
    expected = (EVERYWHERE, NOWHERE)
    assert expected == (COMPILER.compile(everything), COMPILER.compile(Not(everything)))


def test_an_ungraded_injury_has_no_grade_in_any_span() -> None:
    """`not (hasGrade some [>= 2])` is true of grade 1 and of an injury without a grade."""
    low = Not(SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, Span(Cut(2))))
    expected = (Region(grades=frozenset({UNGRADED, 1})),)
    assert expected == COMPILER.compile(some(Link.FOR_INJURY, low))


@pytest.mark.parametrize(
    ("expected", "span"),
    [
        ({1, 2, 3}, Span()),
        ({2, 3}, Span(Cut(2))),
        ({3}, Span(Cut(2, after=True))),
        ({1, 2}, Span(end=Cut(2, after=True))),
        ({2}, Span.at(2)),
        (set(), Span(Cut(4))),
    ],
)
def test_grades_lie_in_spans_as_whole_numbers(expected: set[int], span: Span) -> None:
    """Spans of grades are read at the grades there are."""
    assert expected == grades_in(span)


@pytest.mark.parametrize(
    "cycle",
    [
        {"One": Named(BASE + "One")},
        {"One": Not(Named(BASE + "Two")), "Two": And((Named(BASE + "One"), Named(BASE + "Two")))},
    ],
)
def test_a_window_that_refers_to_itself_is_refused(cycle: dict[str, Expression]) -> None:
    """A definition in a circle says nothing, and is never followed for ever."""
    windows = {BASE + name: body for name, body in cycle.items()}
    vocabulary = Vocabulary(frozenset(), frozenset(), frozenset(), windows)
    with pytest.raises(OutsideFragment, match=r"The definition of primum:\w+ refers to itself"):
        Compiler(vocabulary).compile(Named(BASE + "One"))


def test_a_window_may_be_used_twice() -> None:
    """Only a circle is refused, not two mentions side by side."""
    twice = And((Named(strategies.EARLY), Or((Named(strategies.EARLY), Named(strategies.LATE)))))
    assert (Region(hours=strategies.EARLY_SPAN),) == COMPILER.compile(twice)


REFUSED: dict[str, tuple[str, Expression]] = {
    "hours-as-integers": (
        r"`hoursSinceOnset some xsd:integer\[>= 0\]` .* a situation",
        SomeNumber(Link.HOURS, Datatype.INTEGER, Span()),
    ),
    "grade-as-decimal": (
        r"`hasGrade some xsd:decimal\[>= 2\]` .* an injury",
        some(Link.FOR_INJURY, SomeNumber(Link.HAS_GRADE, Datatype.DECIMAL, Span(Cut(2)))),
    ),
    "grade-of-a-situation": (
        r"`hasGrade some xsd:integer\[>= 2\]` .* a situation",
        SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, Span(Cut(2))),
    ),
    "age-of-an-injury": (
        r"`ageInYears some xsd:integer\[>= 0\]` .* an injury",
        some(Link.FOR_INJURY, SomeNumber(Link.AGE, Datatype.INTEGER, Span())),
    ),
    "one-factor-of-two-classes": (
        r"`Thrombosis and Bleeding` .* a patient factor",
        some(Link.HAS_FACTOR, And((FACTOR, OTHER_FACTOR))),
    ),
    "a-factor-of-another-class": (
        r"`not Thrombosis` .* a patient factor",
        some(Link.HAS_FACTOR, Not(FACTOR)),
    ),
    "and-within-or-of-factors": (
        r"`Bleeding and Pregnancy` .* a patient factor",
        some(Link.HAS_FACTOR, Or((FACTOR, And((OTHER_FACTOR, THIRD_FACTOR))))),
    ),
    "unknown-injury": (
        "`Nowhere` .* an injury",
        some(Link.FOR_INJURY, Named(BASE + "Nowhere")),
    ),
    "unknown-treatment": ("`Nowhere` .* a treatment", some(Link.PROPOSES, Named(BASE + "Nowhere"))),
    "unknown-factor": (
        "`Nowhere` .* a patient factor",
        some(Link.HAS_FACTOR, Named(BASE + "Nowhere")),
    ),
    "unknown-situation": (
        "primum:Nowhere is used as a condition but is no defined class of situations",
        Named(BASE + "Nowhere"),
    ),
    "treatment-as-injury": (
        "`Massage` .* an injury",
        some(Link.FOR_INJURY, TREATMENT),
    ),
    "injury-as-situation": ("primum:Sprain is used as a condition", INJURY),
    "another-property": (
        "`hasSite some Sprain` .* a situation",
        some(BASE + "hasSite", INJURY),
    ),
    "property-of-an-injury": (
        "`hasSite some Sprain` .* an injury",
        some(Link.FOR_INJURY, And((INJURY, some(BASE + "hasSite", INJURY)))),
    ),
    "property-of-a-treatment": (
        "`hasSite some Sprain` .* a treatment",
        some(Link.PROPOSES, some(BASE + "hasSite", INJURY)),
    ),
    "under-negation": (
        "`Nowhere` .* an injury",
        Not(Or((some(Link.FOR_INJURY, Named(BASE + "Nowhere")), Named(Kind.SITUATION)))),
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_a_box_is_refused_with_the_part_at_fault(case: str) -> None:
    """The error quotes the offending part in Manchester syntax and says what it stands on."""
    message, condition = REFUSED[case]
    with pytest.raises(OutsideFragment, match=message):
        COMPILER.compile(condition)


def test_a_refusal_points_to_the_description_of_the_fragment() -> None:
    """A curator is told where the allowed forms are listed."""
    with pytest.raises(OutsideFragment, match=r"See rules/README\.md"):
        COMPILER.compile(some(Link.FOR_INJURY, Named(BASE + "Nowhere")))


@given(conditions(), st.lists(known(), min_size=5, max_size=5))
def test_regions_can_be_expressed_lifted_and_compiled_again(
    condition: Expression, situations: list[Known]
) -> None:
    """Compiled, expressed, written as RDF, read and compiled again, a condition says the same."""
    regions = COMPILER.compile(condition)
    if not regions:
        with pytest.raises(OutsideFragment):
            express(regions)
        return
    lifter = Lifter()
    node = lifter.lift(express(regions))
    triples = Triples(ox.Quad(*triple) for triple in lifter.triples)
    again = COMPILER.compile(read_expression(triples, node))
    expected = [true_of(one, condition) for one in situations]
    assert expected == [any(lies_in(one, region) for region in again) for one in situations]
