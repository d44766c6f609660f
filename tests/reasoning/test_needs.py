"""The facts to ask for are sufficient and none is idle, as listing all completions shows.

Every world that agrees with a case is a full record. A set of facts settles an answer when worlds
and instants that agree on the set never differ in level; the smallest such sets, found by trying
all sets of facts, are those that the engine asks for.
"""

from collections.abc import Callable, Iterable
from itertools import chain, combinations

from hypothesis import event, given, settings
from tests.reasoning.bases import cases, knowledge_bases
from tests.reasoning.oracle import (
    FACTORS,
    INJURIES,
    World,
    completions,
    covers,
    holds,
    instants,
    within,
    worlds_of,
)

from primum.foundation.errors import Contradiction
from primum.model.answers import Fact, Finding, Question
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Level
from primum.model.regions import Region
from primum.model.rules import Rule
from primum.model.spans import Number
from primum.reasoning.engine import Engine

Full = tuple[World, Number]
Asked = tuple[Fact, str]
Smallest = set[frozenset[Asked]]


def level_of(knowledge: Knowledge, treatment: str, full: Full) -> Level:
    """The strictest level of a treatment in one world at one instant."""
    world, instant = full
    supers = knowledge.axioms.above[treatment]
    return max(
        (
            rule.level
            for rule in knowledge.rules
            for region in rule.regions
            if holds(region, world) and covers(region, supers) and within(instant, region.hours)
        ),
        default=Level.NONE,
    )


def reading(knowledge: Knowledge, asked: Asked) -> Callable[[Full], object]:
    """What a full record answers to a question."""
    fact, name = asked
    defined = knowledge.axioms.by_grade.keys()
    return {
        Fact.INJURY: lambda full: full[0].true & set(INJURIES) - defined,
        Fact.GRADE: lambda full: full[0].grade,
        Fact.TIME: lambda full: full[1],
        Fact.AGE: lambda full: full[0].age,
        Fact.FACTOR: lambda full: name in full[0].true,
    }[fact]


def settles(knowledge: Knowledge, levels: dict[Full, Level], known: Iterable[Asked]) -> bool:
    """Whether full records that agree on some facts never differ in level."""
    readings = [reading(knowledge, asked) for asked in known]
    seen: dict[tuple[object, ...], Level] = {}
    return all(
        seen.setdefault(tuple(read(full) for read in readings), level) == level
        for full, level in levels.items()
    )


def open_facts(knowledge: Knowledge, treatment: str, possible: set[Full]) -> list[Asked]:
    """Every fact that differs between full records, factors only where a rule asks for them."""
    regions = [region for rule, region in could_hold(knowledge, treatment, possible) if rule.level]
    named = {n for r in regions for n in r.factors.required | r.factors.excluded}
    named |= {n for r in regions for n in r.injuries.required | r.injuries.excluded}
    every = [(fact, "") for fact in (Fact.GRADE, Fact.TIME, Fact.AGE, Fact.INJURY)]
    factors = sorted(named & set(FACTORS) - knowledge.axioms.by_age.keys())
    every += [(Fact.FACTOR, name) for name in factors]
    return [
        asked for asked in every if len({reading(knowledge, asked)(full) for full in possible}) > 1
    ]


def could_hold(
    knowledge: Knowledge, treatment: str, possible: set[Full]
) -> list[tuple[Rule, Region]]:
    """The regions that speak of a treatment and hold in some full record, whatever the instant."""
    supers, worlds = knowledge.axioms.above[treatment], {world for world, _ in possible}
    return [
        (rule, region)
        for rule in knowledge.rules
        for region in rule.regions
        if covers(region, supers) and any(holds(region, world) for world in worlds)
    ]


def smallest(knowledge: Knowledge, treatment: str, possible: set[Full]) -> Smallest:
    """The sets of facts that settle the level of a treatment and of which no part does."""
    levels = {full: level_of(knowledge, treatment, full) for full in possible}
    facts = open_facts(knowledge, treatment, possible)
    every = chain.from_iterable(combinations(facts, size) for size in range(len(facts) + 1))
    found: Smallest = set()
    for known in map(frozenset, every):
        if not any(part <= known for part in found) and settles(knowledge, levels, known):
            found.add(known)
    return found


def asked_for(finding: Finding) -> Smallest:
    """The sets of questions that the engine gives, in the oracle's words."""
    return {frozenset(map(in_words, questions)) for questions in finding.needs}


def in_words(question: Question) -> Asked:
    """A question in the oracle's words."""
    factor = question.about is Fact.FACTOR
    return question.about, question.terms[0].iri if factor else ""


@settings(max_examples=150)
@given(knowledge=knowledge_bases, case=cases)
def test_needs_are_the_smallest_sets_that_settle_the_answer(
    knowledge: Knowledge, case: Case
) -> None:
    """What the engine asks for is what trying all sets of facts on all full records gives."""
    engine, worlds = Engine(knowledge), worlds_of(knowledge.axioms)
    times = instants(knowledge, case.hours)
    possible = {(world, at) for world in completions(worlds, case) for at in times}
    try:
        findings = engine.answer(case).findings
    except Contradiction:
        return
    for finding in findings:
        event(f"sets {len(finding.needs)}, longest {max(map(len, finding.needs), default=0)}")
        if finding.certain == finding.possible:
            assert not finding.needs
        else:
            expected = smallest(knowledge, finding.treatment.iri, possible)
            assert expected == asked_for(finding), (case, finding.treatment.iri)
