"""Expressions are spelled as Protégé shows them, and numbers exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primum.foundation.names import BASE, Datatype, Link, shorten
from primum.model.expressions import And, Expression, Named, Not, Or, Some, SomeNumber
from primum.model.manchester import facets, manchester, spell
from primum.model.spans import Cut, Number, Span

A, B, C = (Named(BASE + name) for name in "ABC")
EARLY = SomeNumber(Link.HOURS, Datatype.DECIMAL, Span.half_open(0, 48))
HIGH = SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, Span(Cut(2)))


@pytest.mark.parametrize(
    ("expected", "expression"),
    [
        ("A", A),
        ("A and B and C", And((A, B, C))),
        ("A or B", Or((A, B))),
        ("not A", Not(A)),
        ("not (not A)", Not(Not(A))),
        ("A and (B or C)", And((A, Or((B, C))))),
        ("(A and B) or C", Or((And((A, B)), C))),
        ("not (A or B)", Not(Or((A, B)))),
        ("forInjury some A", Some(Link.FOR_INJURY, A)),
        ("forInjury some (A and B)", Some(Link.FOR_INJURY, And((A, B)))),
        ("hoursSinceOnset some xsd:decimal[>= 0, < 48]", EARLY),
        ("hasGrade some xsd:integer[>= 2]", HIGH),
        ("hasGrade value 2", SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, Span.at(2))),
        (
            "A and (forInjury some (B and (hasGrade some xsd:integer[>= 2])))",
            And((A, Some(Link.FOR_INJURY, And((B, HIGH))))),
        ),
    ],
)
def test_expressions_are_spelled_in_manchester_syntax(
    expected: str, expression: Expression
) -> None:
    """Every kind of expression has its spelling; all but plain names stand in brackets."""
    assert expected == manchester(expression)


def test_the_caller_chooses_how_names_are_written() -> None:
    """Names can be written with a prefix, for messages."""
    expected = "primum:forInjury some primum:A"
    assert expected == manchester(Some(Link.FOR_INJURY, A), name=shorten)


def test_a_foreign_name_is_written_in_full() -> None:
    """Only names of Primum are shortened, so that no two classes look the same."""
    foreign = "http://example.org/A"
    assert foreign == manchester(Named(foreign))


@pytest.mark.parametrize(
    ("expected", "span"),
    [
        (">= 0", Span()),
        (">= 0, < 168", Span.half_open(0, 168)),
        ("> 0, <= 168", Span(Cut(0, after=True), Cut(168, after=True))),
        (">= 48, <= 48", Span.at(48)),
        ("> 1.5", Span(Cut(Fraction(3, 2), after=True))),
    ],
)
def test_spans_are_spelled_as_facets(expected: str, span: Span) -> None:
    """Each end is written as the facet that Protégé takes."""
    assert expected == facets(span)


@pytest.mark.parametrize(
    ("expected", "number"),
    [
        ("45", 45),
        ("0", 0),
        ("1000", 1000),
        ("-7", -7),
        ("0.000001", Fraction(1, 10**6)),
        ("-2.5", Fraction(-5, 2)),
        ("-0.05", Fraction(-1, 20)),
        ("0.125", Fraction(1, 8)),
        ("167.999999", Fraction(167_999_999, 10**6)),
        ("1/3", Fraction(1, 3)),
        ("-22/7", Fraction(-22, 7)),
    ],
)
def test_numbers_are_spelled_exactly(expected: str, number: Number) -> None:
    """A decimal where it ends, a fraction where it does not, and never an exponent."""
    assert expected == spell(number)


@given(st.fractions() | st.integers())
def test_no_number_is_rounded(number: Number) -> None:
    """The spelling of any number reads back as that number."""
    assert number == Fraction(spell(number))
