"""What the analysis finds on the shipped rules: every witness shows what is claimed of it."""

from functools import cache

import pytest

from primum.foundation.errors import Contradiction
from primum.foundation.names import local_name
from primum.model.answers import Finding
from primum.model.cases import Case
from primum.model.levels import Holds, Screening, Verdict
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.reasoning.analysis.conflicts import conflicts
from primum.reasoning.analysis.dead import dead
from primum.reasoning.analysis.duplicates import duplicates
from primum.reasoning.analysis.gaps import Silence, gaps
from primum.reasoning.analysis.near_misses import near_misses
from primum.reasoning.analysis.shadows import shadows
from primum.reasoning.analysis.survey import Survey
from primum.reasoning.analysis.unused import unused
from primum.reasoning.engine import Engine
from primum.use_cases.service import Primum


@pytest.fixture(scope="module")
def survey(primum: Primum) -> Survey:
    """The shipped rules, laid out."""
    return Survey.of(primum.release.knowledge)


@pytest.fixture(scope="module")
def engine(primum: Primum) -> Engine:
    """The engine over the shipped knowledge."""
    return Engine(primum.release.knowledge)


def told(engine: Engine, case: Case | None, treatment: str) -> Finding:
    """What the answer to a witness says of a treatment."""
    assert case is not None
    return next(f for f in engine.answer(case).findings if f.treatment.iri == treatment)


def holding(found: Finding) -> set[str]:
    """The rules that hold for certain or may hold."""
    return {reason.rule.id for reason in (*found.reasons, *found.recommended)}


def test_no_shipped_rule_is_dead_and_no_two_windows_all_but_meet(survey: Survey) -> None:
    """Every rule and region can hold; windows end at the hours that sources print."""
    assert not list(dead(survey))
    assert not list(near_misses(survey))


def test_what_is_shadowed_or_said_twice_holds_beside_the_others(
    survey: Survey, engine: Engine
) -> None:
    """The record of a shadow or a duplicate is answered by both rules, for each treatment."""
    pairs: list[tuple[Case | None, tuple[str, ...], set[str]]] = [
        (one.witness, one.treatments, {one.one.id, one.other.id}) for one in duplicates(survey)
    ]
    pairs += [
        (one.witness, one.treatments, {one.rule.id, one.by[0].id})
        for one in shadows(survey)
        if len(one.by) == 1
    ]
    assert pairs
    for witness, treatments, rules in pairs:
        for treatment in treatments:
            found = told(engine, witness, treatment)
            if rules & holding(found):
                assert rules <= holding(found)
        assert any(rules <= holding(told(engine, witness, each)) for each in treatments)


def test_what_conflicts_holds_at_once(survey: Survey, engine: Engine) -> None:
    """The record of each conflict is answered by both rules; without factors where it says so."""
    found = list(conflicts(survey))
    assert {one.factors for one in found} == {True, False}
    answers = cache(lambda case, treatment: holding(told(engine, case, treatment)))
    for one in found:
        assert {one.recommended.id, one.against.id} <= answers(one.witness, one.treatment)
        assert one.factors == bool(one.witness.present or one.witness.age is not None)


def test_gaps_are_silent_at_their_first_instant_and_the_rest_speaks(
    survey: Survey, engine: Engine
) -> None:
    """In a gap no rule holds, with every factor open only where it says so; elsewhere one does."""
    every = gaps(survey)
    silent = {
        (treatment, gap.witness.injury, gap.witness.hours): gap.silence
        for gap in every.found
        for treatment in gap.treatments
    }
    for (treatment, injury, hours), silence in silent.items():
        assert not holding(told(engine, Case(injury, hours=hours), treatment))
        unknown = Case(injury, hours=hours, screening=Screening.UNKNOWN)
        opened = told(engine, unknown, treatment)
        assert bool(holding(opened)) == (silence is Silence.FACTOR)
        if silence is Silence.TREATMENT:
            assert opened.verdict is Verdict.NO_RULE
    assert sum(every.silent.values()) == silent_cells(survey, engine)


def silent_cells(survey: Survey, engine: Engine) -> int:
    """How many cells the engine is silent in, asked one by one."""
    bands = range(len(survey.tables.hours.cuts))
    return sum(
        not holding(found)
        for term in survey.knowledge.injuries
        for band in bands
        for found in engine.answer(
            Case(term.iri, hours=Span.at(survey.tables.hours.cuts[band].at))
        ).findings
    )


def test_an_unused_factor_changes_no_answer_and_a_used_one_some(
    survey: Survey, engine: Engine
) -> None:
    """With an unused factor all answers stay as they are; with any other, one changes."""
    without = {local_name(one.factor) for one in unused(survey)}
    assert without == {"CalcificationAtSite", "FragileSkin", "LymphNodeRemoval"}
    injuries = [term.iri for term in survey.knowledge.injuries]
    for term in survey.knowledge.factors:
        changed = any(said(engine, injury, term.iri) != said(engine, injury) for injury in injuries)
        if term.iri not in survey.knowledge.axioms.by_age:
            assert changed == (term.id not in without), term.id


def said(engine: Engine, injury: str, *factors: str) -> object:
    """What the answer to a record says, by treatment; None where the record contradicts itself."""
    try:
        findings = engine.answer(Case(injury, present=frozenset(factors))).findings
    except Contradiction:
        return None
    return [(f.treatment.id, f.verdict, f.certain, f.possible, held(f)) for f in findings]


def held(found: Finding) -> list[tuple[Rule, Holds]]:
    """The rules of a finding, and whether they hold for certain."""
    return [(r.rule, r.holds) for r in (*found.reasons, *found.recommended)]
