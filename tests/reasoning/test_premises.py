"""Premises say of a record what is so: each stands as listing all completions shows it to.

A premise is met where it holds in every completion at every instant, open where it holds in some,
and failed where it holds in none.
"""

import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import pytest
from hypothesis import event, given, settings
from tests.reasoning.bases import cases, knowledge_bases
from tests.reasoning.oracle import (
    FACTORS,
    World,
    completions,
    covers,
    holds,
    instants,
    within,
    worlds_of,
)

from primum.foundation.errors import Contradiction
from primum.model.answers import Finding, Reason
from primum.model.cases import Case
from primum.model.explanations import WhyNot
from primum.model.knowledge import Knowledge
from primum.model.levels import Holds, Level, Screening
from primum.model.premises import About, Premise, Stands
from primum.model.regions import GRADES, UNGRADED, Region
from primum.model.rules import Rule
from primum.model.spans import Number, Span
from primum.model.terms import Term
from primum.reasoning.engine import Engine
from primum.use_cases.service import Primum

Full = tuple[World, Number]
CLASSES = {About.INJURY, About.FACTOR}
ORACLE = settings(max_examples=50)


@dataclass(frozen=True)
class Told:
    """What is told of one treatment: the rules that may hold, and those that cannot."""

    treatment: Term
    reasons: tuple[Reason, ...]
    why_not: tuple[WhyNot, ...]


def told(engine: Engine, case: Case, finding: Finding) -> Told:
    """What is told of a treatment beside its finding."""
    decision, bands = engine.decision(case), engine.tables.hours.of(case.hours)
    why_not = decision.why_not(decision.barring(finding.treatment), bands)
    return Told(finding.treatment, (*finding.reasons, *finding.recommended), why_not)


@dataclass(frozen=True)
class Completed:
    """A case over a small base, with every full record that agrees with it."""

    knowledge: Knowledge
    case: Case

    @cached_property
    def worlds(self) -> list[World]:
        """Every world that the axioms allow."""
        return worlds_of(self.knowledge.axioms)

    @cached_property
    def fulls(self) -> list[Full]:
        """Every completion at every instant that windows can tell apart."""
        times = instants(self.knowledge, self.case.hours)
        return [(world, at) for world in completions(self.worlds, self.case) for at in times]

    @cached_property
    def unscreened(self) -> list[World]:
        """The completions if nothing were assumed of factors that are not mentioned."""
        return completions(self.worlds, replace(self.case, screening=Screening.UNKNOWN))

    @cached_property
    def told(self) -> list[Told]:
        """What is told of each treatment; nothing where the facts exclude each other."""
        engine = Engine(self.knowledge)
        try:
            findings = engine.answer(self.case).findings
        except Contradiction:
            return []
        return [told(engine, self.case, finding) for finding in findings]

    @cached_property
    def reasons(self) -> list[Reason]:
        """All reasons and recommendations of all treatments."""
        return [reason for each in self.told for reason in each.reasons]

    @cached_property
    def why_not(self) -> list[WhyNot]:
        """All rules that cannot hold, of all treatments."""
        return [why_not for each in self.told for why_not in each.why_not]


def is_so(premise: Premise, full: Full) -> bool:
    """Whether a full record has what a premise asks."""
    world, instant = full
    span = premise.span or Span()
    return {
        About.TREATMENT: True,
        About.INJURY: (premise.iri in world.true) == premise.wanted,
        About.FACTOR: (premise.iri in world.true) == premise.wanted,
        About.GRADE: world.grade in premise.grades,
        About.HOURS: within(instant, span),
        About.AGE: within(world.age, span),
    }[premise.about]


def standing(premises: Collection[Premise], fulls: Iterable[Full]) -> Stands:
    """How premises stand all together."""
    found = {all(is_so(premise, full) for premise in premises) for full in fulls}
    return {
        (True,): Stands.MET,
        (False,): Stands.FAILED,
        (False, True): Stands.OPEN,
    }[tuple(sorted(found))]


def all_premises(why_not: Iterable[WhyNot], reasons: Iterable[Reason]) -> list[Premise]:
    """The premises of what does not apply and of what does."""
    failed = [premise for each in why_not for premise in each.premises]
    return failed + [premise for reason in reasons for premise in reason.premises]


def asked(premises: Iterable[Premise], about: About, *, wanted: bool = True) -> set[str]:
    """The classes that premises ask for, or ask not to be."""
    return {p.iri for p in premises if p.about is about and p.wanted is wanted}


@ORACLE
@given(knowledge=knowledge_bases, case=cases)
def test_a_premise_stands_as_it_does_in_all_completions(knowledge: Knowledge, case: Case) -> None:
    """Met, open and failed, of reasons and of rules that do not apply."""
    known = Completed(knowledge, case)
    for premise in all_premises(known.why_not, known.reasons):
        event(f"{premise.about} {premise.stands}")
        assert standing([premise], known.fulls) == premise.stands, premise


@ORACLE
@given(knowledge=knowledge_bases, case=cases)
def test_a_reason_has_a_premise_for_all_that_its_region_asks(
    knowledge: Knowledge, case: Case
) -> None:
    """Classes wanted and unwanted, time and age; the grade unless the injury leaves no other."""
    for reason in Completed(knowledge, case).reasons:
        region, premises = reason.region, reason.premises
        assert region.treatments.required == asked(premises, About.TREATMENT)
        for about, classes in ((About.INJURY, region.injuries), (About.FACTOR, region.factors)):
            assert classes.required == asked(premises, about)
            assert classes.excluded == asked(premises, about, wanted=False)
        spans = {premise.about: premise.span for premise in premises if premise.span is not None}
        assert spans.get(About.HOURS, Span()) == region.hours
        assert spans.get(About.AGE, Span()) == region.ages
        possible = knowledge.axioms.grades
        left = [possible[name] for name in {case.injury, *region.injuries.required}]
        tells = not any(grades <= region.grades for grades in [GRADES, *left])
        assert tells == any(premise.about is About.GRADE for premise in premises)


@ORACLE
@given(knowledge=knowledge_bases, case=cases)
def test_a_rule_of_one_region_is_certain_just_where_all_its_premises_are_met(
    knowledge: Knowledge, case: Case
) -> None:
    """And no reason has a premise that fails."""
    for reason in Completed(knowledge, case).reasons:
        stands = {premise.stands for premise in reason.premises}
        assert Stands.FAILED not in stands
        if len(reason.rule.regions) == 1:
            assert (reason.holds is Holds.CERTAIN) == (stands <= {Stands.MET})


@ORACLE
@given(knowledge=knowledge_bases, case=cases)
def test_a_rule_is_shown_by_a_region_that_is_met_if_it_has_one(
    knowledge: Knowledge, case: Case
) -> None:
    """Of several regions, one whose premises all hold says more than one that may hold."""
    known = Completed(knowledge, case)
    for each in known.told:
        supers = knowledge.axioms.above[each.treatment.iri]
        for reason in each.reasons:
            met = [
                region
                for region in reason.rule.regions
                if covers(region, supers) and all(lies_in(region, full) for full in known.fulls)
            ]
            stands = {premise.stands for premise in reason.premises}
            assert not met or stands <= {Stands.MET}, (case, reason.rule.regions)


def lies_in(region: Region, full: Full) -> bool:
    """Whether a full record lies in a region, whatever the treatment."""
    return holds(region, full[0]) and within(full[1], region.hours)


@ORACLE
@given(knowledge=knowledge_bases, case=cases)
def test_what_is_found_decides_a_premise_alone(knowledge: Knowledge, case: Case) -> None:
    """A fact is named where it alone makes the class so or not so, but by its grades."""
    known = Completed(knowledge, case)
    for premise in all_premises(known.why_not, known.reasons):
        if premise.about in CLASSES:
            deciding = {
                fact
                for fact in stated(case)
                if premise.iri in decided_by(known.worlds, fact, absent=fact in case.absent)
            }
            if premise.found or not apart_by_grade(knowledge, case.injury, premise.iri):
                assert (premise.found in deciding) if deciding else not premise.found, premise


def apart_by_grade(knowledge: Knowledge, injury: str, other: str) -> bool:
    """Whether no injury can be of both classes only because they share no grade."""
    grades = knowledge.axioms.grades
    return other in grades and grades[injury].isdisjoint(grades[other])


def stated(case: Case) -> frozenset[str]:
    """The classes that a case states of the injury and the factors."""
    return case.present | case.absent | {case.injury}


def decided_by(worlds: list[World], fact: str, *, absent: bool) -> frozenset[str]:
    """The classes that are the same in all worlds with a fact, or without it if it is absent."""
    agreeing = [world.true for world in worlds if (fact in world.true) != absent]
    every = frozenset().union(*(world.true for world in worlds))
    always = frozenset.intersection(*agreeing)
    return always | (every - frozenset().union(*agreeing))


@ORACLE
@given(knowledge=knowledge_bases, case=cases)
def test_a_factor_is_assumed_absent_only_where_nothing_else_settles_it(
    knowledge: Knowledge, case: Case
) -> None:
    """Without screening, what is assumed would be open, and nothing else would."""
    known = Completed(knowledge, case)
    for premise in all_premises(known.why_not, known.reasons):
        ever = {premise.iri in world.true for world in known.unscreened}
        settled = premise.stands is not Stands.OPEN
        expected = premise.about is About.FACTOR and settled and len(ever) > 1
        assert expected == premise.assumed, premise


@ORACLE
@given(knowledge=knowledge_bases, case=cases)
def test_why_not_holds_the_contraindications_that_cannot_hold(
    knowledge: Knowledge, case: Case
) -> None:
    """All that speak of the treatment and are no reason; those impossible in any case at will."""
    known = Completed(knowledge, case)
    for each in known.told:
        supers = knowledge.axioms.above[each.treatment.iri]
        speaking = [rule for rule in knowledge.rules if rule.level and speaks(rule, supers)]
        ever = {rule.iri for rule in speaking if can_hold(rule, supers, known.worlds)}
        listed = [why_not.rule.iri for why_not in each.why_not]
        reasons = {reason.rule.iri for reason in each.reasons}
        event(f"{min(len(listed), 3)} rules that cannot hold")
        assert len(set(listed)) == len(listed)
        assert ever - reasons <= set(listed) <= {rule.iri for rule in speaking} - reasons


def speaks(rule: Rule, supers: frozenset[str]) -> bool:
    """Whether a rule speaks of a treatment of these classes."""
    return any(covers(region, supers) for region in rule.regions)


def can_hold(rule: Rule, supers: frozenset[str], worlds: Iterable[World]) -> bool:
    """Whether some world at some time lies in a region of a rule for a treatment."""
    regions = [r for r in rule.regions if covers(r, supers) and not r.hours.is_empty]
    return any(holds(region, world) for region in regions for world in worlds)


@ORACLE
@given(knowledge=knowledge_bases, case=cases)
def test_why_not_names_what_really_fails(knowledge: Knowledge, case: Case) -> None:
    """Each premise fails by itself; if none of a region does, all the open ones do together."""
    known = Completed(knowledge, case)
    for why_not in known.why_not:
        event("together" if why_not.together else "alone")
        expected = {Stands.OPEN} if why_not.together else {Stands.FAILED}
        assert expected == {premise.stands for premise in why_not.premises}
        assert standing(why_not.premises, known.fulls) is Stands.FAILED
        assert not why_not.together or len(why_not.premises) > 1


def shipped_cases(knowledge: Knowledge, count: int) -> list[Case]:
    """Cases drawn at random, known and open."""
    chance = random.Random(7)  # noqa: S311 - a sample, no secret

    def drawn(terms: tuple[Term, ...], most: int) -> frozenset[str]:
        return frozenset(term.iri for term in chance.sample(terms, chance.randint(0, most)))

    found = []
    for _ in range(count):
        injury = chance.choice(knowledge.injuries).iri
        grades = sorted(knowledge.axioms.grades[injury] - {UNGRADED})
        found.append(
            Case(
                injury,
                chance.choice([None, *grades]),
                chance.choice([Span(), Span.at(30), Span.half_open(24, 96), Span.at(2000)]),
                drawn(knowledge.factors, 3),
                drawn(knowledge.factors, 2),
                chance.choice([None, 8, 12, 13, 70]),
                chance.choice(list(Screening)),
            )
        )
    return found


def test_the_shipped_premises_say_how_their_rule_stands(primum: Primum) -> None:
    """Over random cases: certain just where all are met, and none of a reason fails."""
    for case in shipped_cases(primum.release.knowledge, 150):
        try:
            findings = primum.engine.answer(case).findings
        except Contradiction:
            continue
        for reason in [r for f in findings for r in (*f.reasons, *f.recommended)]:
            stands = {premise.stands for premise in reason.premises}
            assert Stands.FAILED not in stands
            if len(reason.rule.regions) == 1:
                assert (reason.holds is Holds.CERTAIN) == (stands == {Stands.MET}), case


def test_the_shipped_rules_are_each_a_reason_or_a_why_not(primum: Primum) -> None:
    """A contraindication that speaks of a treatment is told of once, whatever the case."""
    knowledge, engine = primum.release.knowledge, primum.engine
    above = knowledge.axioms.above
    for number, case in enumerate(shipped_cases(knowledge, 60)):
        term = knowledge.treatments[number % len(knowledge.treatments)]
        try:
            bands = engine.tables.hours.of(case.hours)
            decision = engine.decision(case)
        except Contradiction:
            continue
        barring = decision.barring(term)
        why_not = decision.why_not(barring, bands)
        reasons = decision.reasons(barring, bands)
        barring_rules = [rule for rule in knowledge.rules if rule.level]
        expected = sorted(rule.iri for rule in barring_rules if speaks(rule, above[term.iri]))
        told_of = [each.rule.iri for each in why_not] + [each.rule.iri for each in reasons]
        assert expected == sorted(told_of)
        levels = [each.rule.level for each in why_not]
        assert sorted(levels, reverse=True) == levels
        assert not [p for p in all_premises(why_not, reasons) if p.found not in {"", *stated(case)}]


@pytest.mark.parametrize("age", [5, 70])
def test_an_age_that_brings_a_factor_is_told_by_no_stated_class(primum: Primum, age: int) -> None:
    """What an age defines is met without a factor that anyone stated."""
    ages = primum.release.knowledge.axioms.by_age
    case = Case(primum.release.knowledge.injuries[0].iri, age=age)
    reasons = [r for f in primum.engine.answer(case).findings for r in f.reasons]
    told = [p for r in reasons for p in r.premises if p.iri in ages]
    assert {(Stands.MET, "", False)} == {(p.stands, p.found, p.assumed) for p in told}
    assert Level.NONE not in {reason.rule.level for reason in reasons}
    assert set(ages).isdisjoint(FACTORS)
