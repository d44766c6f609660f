"""A case and a treatment as facts about a situation, its injury, its treatment and its factors."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from primum.foundation.names import SITUATION_BASE, Datatype, Kind, Link
from primum.model import proofs
from primum.model.cases import Case
from primum.model.expressions import Expression, Named, Not, Some, SomeNumber
from primum.model.knowledge import Knowledge
from primum.model.levels import Screening
from primum.model.proofs import Fact, Member, Standing
from primum.model.regions import GRADES, UNGRADED
from primum.model.spans import Cut, Span, exact
from primum.reasoning.atoms import members_of
from primum.reasoning.engine import Engine
from primum.reasoning.proofs.known import Record
from primum.reasoning.worlds import facts_of

SITUATION = SITUATION_BASE + "situation"
INJURY = SITUATION_BASE + "injury"
TREATMENT = SITUATION_BASE + "treatment"
_FINEST = 10**12
_ANY_GRADE = SomeNumber(
    Link.HAS_GRADE, Datatype.INTEGER, Span(Cut(min(GRADES - {UNGRADED})), Cut(max(GRADES), True))
)


def record_of(engine: Engine, case: Case, treatment: str) -> Record:
    """What a case says of one treatment, and what the conventions of a question add.

    Assumed are the absence of the factors that screening clears, and that the treatment is exactly
    the one named. Raises Contradiction where the facts exclude each other.
    """
    facts = (*_about_situation(case), *_about_injury(case), *_about_treatment(treatment))
    cleared = [Some(Link.HAS_FACTOR, Named(iri)) for iri in _cleared(engine, case)]
    others = [Named(iri) for iri in _other_treatments(engine.knowledge, treatment)]
    assumed = [Member(SITUATION, Not(each), Standing.ASSUMED) for each in cleared]
    assumed += [Member(TREATMENT, Not(each), Standing.ASSUMED) for each in others]
    return Record(SITUATION, facts, {(fact.thing, fact.kind): fact for fact in assumed})


def _about_situation(case: Case) -> Iterator[Fact]:
    """What it is, its time, its age and the factors that are present or absent."""
    yield Member(SITUATION, Named(Kind.SITUATION))
    if case.hours != Span():
        yield Member(SITUATION, SomeNumber(Link.HOURS, Datatype.DECIMAL, _decimal(case.hours)))
    if case.age is not None:
        yield Member(SITUATION, SomeNumber(Link.AGE, Datatype.INTEGER, Span.at(case.age)))
    for number, iri in enumerate(sorted(case.present), start=1):
        factor = f"{SITUATION_BASE}factor-{number}"
        yield proofs.Link(SITUATION, Link.HAS_FACTOR, factor)
        yield Member(factor, Named(iri))
    for iri in sorted(case.absent):
        yield Member(SITUATION, Not(Some(Link.HAS_FACTOR, Named(iri))))


def _about_injury(case: Case) -> Iterator[Fact]:
    """What the injury is, and its grade."""
    yield proofs.Link(SITUATION, Link.FOR_INJURY, INJURY)
    yield Member(INJURY, Named(case.injury))
    if case.grade is not None:
        grade = SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, Span.at(case.grade))
        has: Expression = Not(_ANY_GRADE) if case.grade == UNGRADED else grade
        yield Member(INJURY, has)


def _about_treatment(treatment: str) -> Iterator[Fact]:
    """What is proposed."""
    yield proofs.Link(SITUATION, Link.PROPOSES, TREATMENT)
    yield Member(TREATMENT, Named(treatment))


def _cleared(engine: Engine, case: Case) -> Iterator[str]:
    """The factors that neither the case nor the ontology settles, if screening clears them."""
    open_factors = facts_of(engine.tables, case).open_factors
    if case.screening is Screening.ASSUME_CLEAR:
        names = {number: iri for iri, number in engine.tables.atoms.bit.items()}
        yield from (names[number] for number in members_of(open_factors))


def _other_treatments(knowledge: Knowledge, treatment: str) -> Iterator[str]:
    """The treatments that the one named is no kind of."""
    above = knowledge.axioms.above
    for iri, supers in above.items():
        if Kind.TREATMENT in supers and iri not in above[treatment]:
            yield iri


def _decimal(span: Span) -> Span:
    """The least span around another whose ends are decimal numbers, to a billionth of a second.

    A third of an hour has no decimal notation; no rule's window ends that close to it.
    """
    end = None if span.end is None else _beside(span.end, down=False)
    return Span(_beside(span.start, down=True), end)


def _beside(cut: Cut, *, down: bool) -> Cut:
    """A cut itself, or the nearest decimal number on one side of it."""
    finest = cut.at * _FINEST
    if finest.denominator == 1:
        return cut
    nearest = floor(finest) if down else ceil(finest)
    return Cut(exact(Fraction(nearest, _FINEST)))
