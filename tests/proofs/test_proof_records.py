"""What a case says is asserted, what the conventions of a question add is assumed, and no more."""

from fractions import Fraction

import pytest

from primum.foundation.names import BASE, Datatype, Kind, Link
from primum.model.cases import Case
from primum.model.expressions import Named, Not, Some, SomeNumber
from primum.model.levels import Screening
from primum.model.proofs import Member, Standing
from primum.model.spans import Cut, Span
from primum.use_cases.proof_records import INJURY, SITUATION, TREATMENT, record_of
from primum.use_cases.service import Primum

STRAIN, MASSAGE = BASE + "HamstringStrain", BASE + "Massage"


def hours(primum: Primum, span: Span) -> Span:
    """The span of hours that is asserted for a case."""
    record = record_of(primum.engine, Case(STRAIN, hours=span), MASSAGE)
    kinds = [fact.kind for fact in record.members]
    [found] = [kind for kind in kinds if isinstance(kind, SomeNumber)]
    return found.span


def test_a_case_that_says_nothing_asserts_nothing_of_it(primum: Primum) -> None:
    """Without grade, time and age, only the situation, its injury and its treatment are said."""
    record = record_of(primum.engine, Case(STRAIN), MASSAGE)
    expected = {
        (SITUATION, Named(Kind.SITUATION)),
        (INJURY, Named(STRAIN)),
        (TREATMENT, Named(MASSAGE)),
    }
    assert expected == {(fact.thing, fact.kind) for fact in record.members}


def test_screening_decides_what_is_assumed_of_factors(primum: Primum) -> None:
    """Assumed absent are the factors nobody mentions, and none where screening is unknown."""
    present = primum.release.knowledge.factors[0].iri
    clear = Case(STRAIN, present=frozenset({present}))
    unknown = Case(STRAIN, screening=Screening.UNKNOWN)
    absences = [
        {
            kind
            for thing, kind in record_of(primum.engine, case, MASSAGE).assumed
            if thing == SITUATION
        }
        for case in (clear, unknown)
    ]
    assert len(absences[0]) > 50
    assert Not(Some(Link.HAS_FACTOR, Named(present))) not in absences[0]
    assert absences[1] == set()


def test_the_treatment_is_exactly_the_one_named(primum: Primum) -> None:
    """It is assumed to be no narrower one, and nothing is assumed of what it is a kind of."""
    assumed = record_of(primum.engine, Case(STRAIN), MASSAGE).assumed
    narrower = Not(Named(BASE + "DeepFrictionMassage"))
    fact = assumed[TREATMENT, narrower]
    assert Member(TREATMENT, narrower, Standing.ASSUMED) == fact
    above = primum.release.knowledge.axioms.above[MASSAGE]
    assert not [iri for iri in above if (TREATMENT, Not(Named(iri))) in assumed]


@pytest.mark.parametrize(
    "span", [Span.at(72), Span.half_open(72, 96), Span(Cut(Fraction(7, 4), True), Cut(9, True))]
)
def test_decimal_hours_are_asserted_as_they_are(span: Span, primum: Primum) -> None:
    """An instant, a day, and odd ends."""
    assert span == hours(primum, span)


def test_hours_without_decimal_notation_are_enclosed(primum: Primum) -> None:
    """Twenty minutes are a third of an hour; what is asserted holds of it and of hardly more."""
    third = Span.at(Fraction(1, 3))
    found = hours(primum, third)
    assert found.covers(third)
    assert found.end is not None
    assert found.end.at - found.start.at == Fraction(1, 10**12)


def test_an_injury_without_a_grade_has_none(primum: Primum) -> None:
    """Grade 0 stands for no grade: that any number is the grade is denied."""
    record = record_of(primum.engine, Case(STRAIN, grade=0), MASSAGE)
    [denied] = [fact.kind for fact in record.members if isinstance(fact.kind, Not)]
    assert denied == Not(
        SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, Span(Cut(1), Cut(3, after=True)))
    )
