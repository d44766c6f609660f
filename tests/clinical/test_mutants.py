"""Mutants are the slips that a hand can make in a rule, each once."""

from dataclasses import replace

import pytest
from tests.clinical.mutants import Mutant, Mutator, Operator
from tests.clinical.shipped import knowledge

from primum.model.levels import Appraisal, Level
from primum.model.regions import Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Span

KNOWLEDGE = knowledge().release.knowledge
RULES = {rule.slug: rule for rule in KNOWLEDGE.rules}
WEEK = RULES["massage-strain-grade2-3-week"]


def mutants(rule: Rule, operator: Operator) -> list[Mutant]:
    """The mutants of a rule by one operator."""
    return [m for m in Mutator.of(KNOWLEDGE).mutants(rule) if m.operator is operator]


def said(rule: Rule, operator: Operator) -> list[str]:
    """What the mutants of a rule by one operator say of themselves."""
    return [mutant.says for mutant in mutants(rule, operator)]


def test_no_mutant_is_its_rule_or_another_mutant() -> None:
    """Each mutant differs from its rule and from the other mutants of the rule."""
    mutator = Mutator.of(KNOWLEDGE)
    for rule in KNOWLEDGE.rules:
        found = [
            (m.becomes.effect, m.regions) if m.becomes else None for m in mutator.mutants(rule)
        ]
        assert len(set(found)) == len(found)
        assert (rule.effect, rule.regions) not in found
        assert None in found


def test_every_operator_is_applied_somewhere() -> None:
    """No operator is without a rule that it changes, but for age, which no rule bounds itself."""
    mutator = Mutator.of(KNOWLEDGE)
    found = {m.operator for rule in KNOWLEDGE.rules for m in mutator.mutants(rule)}
    assert set(Operator) - {Operator.AGE} <= found


def test_level_becomes_each_other_level() -> None:
    """A contraindication is made stricter and milder, a recommendation says each other thing."""
    assert said(WEEK, Operator.LEVEL) == [
        "relative becomes precaution",
        "relative becomes absolute",
    ]
    appraised = RULES["recommend-massage-in-muscle-strain"]
    assert {m.becomes and m.becomes.effect for m in mutants(appraised, Operator.LEVEL)} == {
        Appraisal.AGAINST,
        Appraisal.UNCERTAIN,
    }
    assert Level.NONE not in {m.becomes and m.becomes.effect for m in mutants(WEEK, Operator.LEVEL)}


def test_window_is_moved_an_hour_either_way_closed_and_opened() -> None:
    """The end of a window moves by an hour, takes in its own instant, and vanishes."""
    assert said(WEEK, Operator.HOURS) == [
        "until 168 becomes 167",
        "until 168 becomes 169",
        "until 168 changes sides",
        "until 168 left out",
    ]
    assert {m.regions[0].hours.end for m in mutants(WEEK, Operator.HOURS)} == {
        Cut(167),
        Cut(169),
        Cut(168, after=True),
        None,
    }


def test_grade_is_moved_at_each_end_that_can_move() -> None:
    """Grades 2 and 3 become 1 to 3, 3, 2 and any; no grade beyond the ontology's is made up."""
    assert said(WEEK, Operator.GRADE) == ["any grade", "1 added", "2 left out", "3 left out"]
    assert all(m.regions[0].grades <= frozenset(range(4)) for m in mutants(WEEK, Operator.GRADE))


def test_classes_become_their_neighbours() -> None:
    """An injury becomes wider, narrower, another one, or any; so does a factor."""
    found = said(WEEK, Operator.INJURY)
    assert {"MuscleStrain left out", "MuscleStrain becomes AcuteSoftTissueInjury"} < set(found)
    assert {"MuscleStrain becomes CalfStrain", "MuscleStrain becomes LigamentSprain"} < set(found)
    assert said(RULES["massage-open-wound"], Operator.FACTOR) == [
        "OpenWound left out",
        "OpenWound becomes Burn",
    ]
    assert "Massage becomes ManualTherapy" in said(WEEK, Operator.TREATMENT)


def test_factor_that_must_be_absent_is_left_out() -> None:
    """What a rule excludes is one of the things that a slip can lose."""
    rule = RULES["uncertain-heat-therapy-in-quadriceps-contusion"]
    assert said(rule, Operator.FACTOR) == ["not ActiveBleedingAtSite left out"]


@pytest.mark.parametrize("ages", [Span.half_open(12, 65)])
def test_ages_of_a_rule_are_moved_like_hours(ages: Span) -> None:
    """A rule with a bound of its own on age has it moved at both ends."""
    aged = replace(WEEK, regions=(Region(ages=ages),), bounds=("",))
    found = said(aged, Operator.AGE)
    assert len(found) == 8
    assert {"from 12 becomes 11", "from 12 left out", "until 65 changes sides"} < set(found)
