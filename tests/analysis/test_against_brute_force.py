"""The analysis of small random rule bases against all their complete situations, listed."""

from dataclasses import replace
from itertools import combinations

from hypothesis import Phase, event, given, settings
from tests.analysis.brute_force import BruteForce, Situation, is_told
from tests.reasoning.bases import cases, knowledge_bases
from tests.reasoning.oracle import Oracle, completions, instants, outlines, within

from primum.foundation.errors import Contradiction
from primum.model.answers import Finding
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Appraisal
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.reasoning.analysis.conflicts import conflicts
from primum.reasoning.analysis.dead import dead
from primum.reasoning.analysis.duplicates import duplicates
from primum.reasoning.analysis.gaps import gaps
from primum.reasoning.analysis.shadows import shadows
from primum.reasoning.analysis.survey import Survey
from primum.reasoning.analysis.unused import unused
from primum.reasoning.engine import Engine

# Listing all situations is slow, so that shrinking a failure would take minutes.
several = settings(max_examples=40, phases=(Phase.generate,))


@several
@given(knowledge=knowledge_bases)
def test_dead_rules_and_regions_are_those_without_a_situation(knowledge: Knowledge) -> None:
    """A rule or a region is dead exactly where no complete situation lies in it."""
    force, found = BruteForce(knowledge), list(dead(Survey.of(knowledge)))
    event(f"{len(found)} dead")
    rules = {rule.iri for rule in knowledge.rules if not force.held[rule.iri]}
    assert {one.rule.iri for one in found if one.region is None} == rules
    regions = {
        (rule.iri, region)
        for rule in knowledge.rules
        if rule.iri not in rules
        for region in rule.regions
        if not force.of([region])
    }
    assert {(one.rule.iri, one.region) for one in found if one.region is not None} == regions


@several
@given(knowledge=knowledge_bases)
def test_duplicates_are_the_pairs_that_hold_in_the_same_situations(knowledge: Knowledge) -> None:
    """Two rules are duplicates exactly where effect and situations are equal."""
    force = BruteForce(knowledge)
    found = {(one.one.iri, one.other.iri) for one in duplicates(Survey.of(knowledge))}
    event(f"{len(found)} pairs")
    assert found == set(equal_pairs(force))


@several
@given(knowledge=knowledge_bases)
def test_shadowed_rules_are_those_that_others_cover(knowledge: Knowledge) -> None:
    """A rule is shadowed exactly where others as strict cover it; of those told none is spared."""
    force = BruteForce(knowledge)
    found = {one.rule.iri: one for one in shadows(Survey.of(knowledge))}
    event(f"{len(found)} shadowed, most by {max((len(o.by) for o in found.values()), default=0)}")
    for rule in knowledge.rules:
        own = force.held[rule.iri]
        covered = bool(own) and own <= force.united(shadowing(force, rule))
        assert covered == (rule.iri in found), rule.iri
        if covered:
            shadow = found[rule.iri]
            assert own <= force.united(shadow.by)
            for fewer in combinations(shadow.by, len(shadow.by) - 1):
                assert not own <= force.united(fewer)
            stricter = [r for r in shadowing(force, rule) if r.level > rule.level]
            assert shadow.stricter == (own <= force.united(stricter))


@several
@given(knowledge=knowledge_bases)
def test_conflicts_are_the_pairs_that_hold_at_once(knowledge: Knowledge) -> None:
    """A recommendation and a bar conflict exactly where both hold for a record; each is shown."""
    force, engine = BruteForce(knowledge), Engine(knowledge)
    found = {(c.recommended.iri, c.against.iri): c for c in conflicts(Survey.of(knowledge))}
    event(f"{len(found)} conflicts")
    meetings = {
        (one.iri, other.iri): met
        for one in knowledge.rules
        for other in knowledge.rules
        if one.effect is Appraisal.FOR and (other.level or other.effect is Appraisal.AGAINST)
        if (met := told(force, force.held[one.iri] & force.held[other.iri]))
    }
    assert found.keys() == meetings.keys()
    for pair, conflict in found.items():
        assert set(pair) <= rules_told(engine, conflict.witness, conflict.treatment)
        assert conflict.factors or not conflict.witness.present
        times = {t for t in force.times if any(within(t, span) for span in conflict.hours)}
        meeting = {instant for _, _, instant in meetings[pair]}
        assert times == meeting if conflict.factors else times <= meeting


@several
@given(knowledge=knowledge_bases)
def test_gaps_are_the_cells_in_which_nothing_can_hold(knowledge: Knowledge) -> None:
    """A treatment, injury and instant lie in a gap exactly where no rule holds for the record."""
    force, above = BruteForce(knowledge), knowledge.axioms.above
    every = gaps(Survey.of(knowledge))
    found = {
        (treatment, term.iri, instant)
        for gap in every.found
        for treatment in gap.treatments
        for term in knowledge.injuries
        if any(wide in above[term.iri] for wide in gap.injuries) or term.iri in gap.others
        for instant in force.times
        if any(within(instant, span) for span in gap.hours)
    }
    silent = set()
    for term in knowledge.injuries:
        possible = outlines(knowledge, completions(force.worlds, Case(term.iri)))
        for treatment in knowledge.treatments:
            oracle = Oracle(knowledge, treatment.iri, possible)
            for instant in instants(knowledge, Span()):
                if not any(oracle.rules_at(instant)):
                    silent.add((treatment.iri, term.iri, instant))
    event(f"{bool(found)} gaps")
    assert found == silent


@several
@given(knowledge=knowledge_bases, case=cases)
def test_an_unused_factor_changes_no_answer(knowledge: Knowledge, case: Case) -> None:
    """An answer is the same with an unused factor present as without it."""
    engine = Engine(knowledge)
    for one in unused(Survey.of(knowledge)):
        event("an unused factor")
        if one.factor in case.present | case.absent:
            continue
        with_it = replace(case, present=case.present | {one.factor})
        try:
            answers = engine.answer(case), engine.answer(with_it)
        except Contradiction:
            continue
        assert list(map(decided, answers[0].findings)) == list(map(decided, answers[1].findings))


def decided(finding: Finding) -> tuple[object, ...]:
    """What an answer says of one treatment."""
    rules = [(r.rule.iri, r.holds) for r in (*finding.reasons, *finding.recommended)]
    return finding.treatment.iri, finding.verdict, finding.certain, finding.possible, rules


def equal_pairs(force: BruteForce) -> list[tuple[str, str]]:
    """The pairs of living rules with the same effect and the same situations."""
    return [
        (one.iri, other.iri)
        for one, other in combinations(force.knowledge.rules, 2)
        if one.effect == other.effect
        and force.held[one.iri]
        and force.held[one.iri] == force.held[other.iri]
    ]


def shadowing(force: BruteForce, rule: Rule) -> list[Rule]:
    """The rules that may shadow one: as strict or stricter, or of the same appraisal."""
    return [
        other
        for other in force.knowledge.rules
        if other.iri != rule.iri
        and (other.effect == rule.effect or (rule.level and other.level > rule.level))
        and not (other.effect == rule.effect and force.held[other.iri] == force.held[rule.iri])
    ]


def told(force: BruteForce, situations: frozenset[Situation]) -> set[Situation]:
    """The situations that a record, which names one injury, can tell."""
    axioms = force.knowledge.axioms
    return {each for each in situations if is_told(axioms, each[1])}


def rules_told(engine: Engine, case: Case, treatment: str) -> set[str]:
    """The rules that an answer gives for a treatment, by IRI."""
    found = next(f for f in engine.answer(case).findings if f.treatment.iri == treatment)
    return {reason.rule.iri for reason in (*found.reasons, *found.recommended)}
