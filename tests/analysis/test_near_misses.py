"""Boundaries of windows that all but meet, over small rule bases."""

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.reasoning.test_engine_against_brute_force import small

from primum.foundation.names import Kind
from primum.model.knowledge import Knowledge
from primum.model.levels import Appraisal, Level
from primum.model.regions import GRADES, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Number, Span
from primum.reasoning.analysis.near_misses import Miss, NearMiss, near_misses
from primum.reasoning.analysis.survey import Survey
from primum.reasoning.engine import Engine


def base(*windows: Span, effect: Level | Appraisal = Level.RELATIVE) -> Knowledge:
    """A base with one rule for each window, on an arm injury; the first is absolute."""
    regions = [Region(injuries=Classes(frozenset({"Arm"})), hours=span) for span in windows]
    rules = [
        Rule(f"Rule{n}", "", "", effect if n else Level.ABSOLUTE, (region,), ("",))
        for n, region in enumerate(regions)
    ]
    knowledge = small(Region())
    root = {Kind.INJURY: frozenset({Kind.INJURY})}
    axioms = replace(
        knowledge.axioms,
        above={**knowledge.axioms.above, **root},
        grades={**knowledge.axioms.grades, Kind.INJURY: GRADES},
    )
    return replace(knowledge, rules=tuple(rules), axioms=axioms)


def found(knowledge: Knowledge) -> list[NearMiss]:
    """The near-misses of a base."""
    return list(near_misses(Survey.of(knowledge)))


@pytest.mark.parametrize(
    ("other", "miss", "between"),
    [
        (Span.half_open(49, 72), Miss.GAP, Span.half_open(48, 49)),
        (Span.half_open(Fraction(97, 2)), Miss.GAP, Span.half_open(48, Fraction(97, 2))),
        (Span.half_open(47, 72), Miss.OVERLAP, Span.half_open(47, 48)),
        (Span.half_open(1, 72), Miss.STARTS, Span.half_open(0, 1)),
        (Span.half_open(24, Fraction(95, 2)), Miss.ENDS, Span.half_open(Fraction(95, 2), 48)),
        (Span(Cut(0), Cut(48, after=True)), Miss.ENDS, Span.at(48)),
        (Span(Cut(48, after=True), Cut(72)), Miss.GAP, Span.at(48)),
    ],
)
@pytest.mark.parametrize("effect", [Level.RELATIVE, Level.ABSOLUTE, Appraisal.FOR])
def test_boundaries_within_an_hour_are_found(
    other: Span, miss: Miss, between: Span, effect: Level | Appraisal
) -> None:
    """Each way in which two windows miss each other is told, with the stretch in between."""
    knowledge = base(Span.half_open(0, 48), other, effect=effect)
    (one,) = found(knowledge)
    assert (one.miss, one.hours) == (miss, between)
    assert {one.one.iri, one.other.iri} == {"Rule0", "Rule1"}
    assert between.covers(one.witness.hours)


@pytest.mark.parametrize("start", [48, 50, Fraction(4901, 100), 0])
def test_boundaries_that_meet_or_lie_further_apart_are_none(start: Number) -> None:
    """A window that begins where another ends, with it, or over an hour later is no near-miss."""
    assert not found(base(Span.half_open(0, 48), Span.half_open(start, 96)))


def test_conditions_that_differ_are_none() -> None:
    """Windows for an arm injury and for a leg injury have nothing to do with each other."""
    knowledge = base(Span.half_open(0, 48), Span.half_open(49))
    arm, leg = knowledge.rules
    other = replace(leg.regions[0], injuries=Classes(frozenset({"Leg"})))
    rules = (arm, replace(leg, regions=(other,)))
    assert not found(replace(knowledge, rules=rules))


def test_in_the_gap_neither_rule_holds() -> None:
    """The witness of a gap is answered by neither of the two rules."""
    knowledge = base(Span.half_open(0, 48), Span.half_open(49, 72))
    (one,) = found(knowledge)
    findings = Engine(knowledge).answer(one.witness).findings
    assert not any(finding.reasons for finding in findings)
