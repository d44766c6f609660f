"""Verify: the reasoner as judge over what the engine answers.

Random fully known situations are put to HermiT, together with the ontology and the rules, and to
the engine. For each, the rules whose class HermiT derives must be exactly those that the engine
says hold.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from primum.foundation.names import OWL, RDF, SITUATION_BASE, Datatype, Graph, Kind, Link
from primum.knowledge import files
from primum.knowledge.owl import Lifter
from primum.knowledge.reasoner import reason
from primum.model.cases import Case
from primum.model.expressions import And, Expression, Named, Not, Some, SomeNumber
from primum.model.knowledge import Knowledge
from primum.model.levels import Holds
from primum.model.regions import UNGRADED
from primum.model.spans import Number, Span, exact
from primum.reasoning.engine import Engine
from primum.use_cases.service import Primum

_NEAR = exact("0.000001")
_MOST_FACTORS = 3
_BATCH = 50


@dataclass(frozen=True, slots=True)
class Situation:
    """A fully known case and one proposed treatment, by IRI."""

    case: Case
    treatment: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A situation in which the judge and the engine find different rules, by IRI."""

    situation: Situation
    entailed: frozenset[str]
    answered: frozenset[str]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run compared, and where it disagreed."""

    cases: int
    seed: int
    rules_entailed: int
    disagreements: tuple[Disagreement, ...]


def verify(primum: Primum, *, cases: int, seed: int) -> Report:
    """Compare the engine with HermiT over random situations; needs the `build` extra."""
    knowledge = primum.release.knowledge
    situations = draw(knowledge, cases=cases, seed=seed)
    entailed = judge(primum, situations)
    found = []
    for situation, derived in zip(situations, entailed, strict=True):
        answered = holding(primum.engine, situation)
        if answered != derived:
            found.append(Disagreement(situation, derived, answered))
    return Report(cases, seed, sum(map(len, entailed)), tuple(found))


def draw(knowledge: Knowledge, *, cases: int, seed: int) -> list[Situation]:
    """Random situations: every other instant lies on a window's edge, or a millionth beside it."""
    chance = random.Random(seed)  # noqa: S311 - samples, not secrets
    edges = sorted(
        {
            cut.at
            for rule in knowledge.rules
            for region in rule.regions
            for cut in (region.hours.start, region.hours.end)
            if cut is not None
        }
    )
    return [_situation(knowledge, chance, edges) for _ in range(cases)]


def _situation(knowledge: Knowledge, chance: random.Random, edges: list[Number]) -> Situation:
    """One random situation whose facts do not contradict each other."""
    injury = chance.choice(knowledge.injuries).iri
    grades = knowledge.axioms.grades[injury] - {UNGRADED}
    some = chance.sample(knowledge.factors, chance.randint(0, _MOST_FACTORS))
    case = Case(
        injury=injury,
        grade=chance.choice(sorted(grades)) if grades else None,
        hours=Span.at(_instant(chance, edges)),
        present=_together(knowledge, [factor.iri for factor in some]),
    )
    return Situation(case, chance.choice(knowledge.treatments).iri)


def _instant(chance: random.Random, edges: list[Number]) -> Number:
    """An instant on or beside an edge, or anywhere in the first two months."""
    if chance.random() < 0.5:  # noqa: PLR2004 - every other one
        return max(0, exact(chance.choice(edges) + chance.choice((-_NEAR, 0, _NEAR))))
    return exact(f"{chance.randint(0, 1500)}.{chance.randint(0, 99):02}")


def _together(knowledge: Knowledge, factors: list[str]) -> frozenset[str]:
    """The factors, without those that an earlier one keeps out."""
    engine_axioms = knowledge.axioms
    kept: list[str] = []
    for factor in factors:
        above = engine_axioms.above[factor]
        clash = any(
            frozenset({one, other}) in engine_axioms.apart
            for kept_factor in kept
            for one in engine_axioms.above[kept_factor]
            for other in above
        )
        aged = [f for f in (*kept, factor) if f in engine_axioms.by_age]
        apart = len(aged) > 1 and not engine_axioms.by_age[aged[0]].overlaps(
            engine_axioms.by_age[aged[-1]]
        )
        if not (clash or apart):
            kept.append(factor)
    return frozenset(kept)


def holding(engine: Engine, situation: Situation) -> frozenset[str]:
    """The rules that the engine says hold for certain."""
    answer = engine.answer(situation.case)
    found = next(f for f in answer.findings if f.treatment.iri == situation.treatment)
    return frozenset(
        reason.rule.iri
        for reason in (*found.reasons, *found.recommended)
        if reason.holds is Holds.CERTAIN
    )


def judge(primum: Primum, situations: list[Situation]) -> list[frozenset[str]]:
    """The rules whose class HermiT derives for each situation.

    HermiT's time grows faster than the number of individuals, so it is asked in batches.
    """
    knowledge = primum.release.knowledge
    asserted = list(files.read(primum.place).dataset)
    rules = {rule.iri for rule in knowledge.rules}
    found = []
    for start in range(0, len(situations), _BATCH):
        batch = situations[start : start + _BATCH]
        types = reason([*asserted, *_individuals(knowledge, batch)]).types
        found += [types[f"{SITUATION_BASE}{number}"] & rules for number in range(len(batch))]
    return found


def _individuals(knowledge: Knowledge, situations: list[Situation]) -> Iterator[ox.Quad]:
    """Each situation as an individual that belongs to the expression of all that is known."""
    lifter, graph = Lifter("situation"), ox.NamedNode(Graph.ASSERTED)
    for number, situation in enumerate(situations):
        individual = ox.NamedNode(f"{SITUATION_BASE}{number}")
        known = lifter.lift(described(knowledge, situation))
        for kind in (known, ox.NamedNode(OWL + "NamedIndividual")):
            yield ox.Quad(individual, ox.NamedNode(RDF + "type"), kind, graph)
    for subject, predicate, value in lifter.triples:
        yield ox.Quad(subject, predicate, value, graph)


def described(knowledge: Knowledge, situation: Situation) -> Expression:
    """All that is known of a situation as a class expression.

    The treatment is exactly the class that is named, and factors not present are absent. Only
    what some rule excludes is denied in so many words: the rest cannot make a rule hold.
    """
    case, axioms = situation.case, knowledge.axioms
    regions = [region for rule in knowledge.rules for region in rule.regions]
    injury: list[Expression] = [Named(case.injury)]
    if case.grade is not None:
        injury.append(SomeNumber(Link.HAS_GRADE, Datatype.INTEGER, Span.at(case.grade)))
    banned = {iri for region in regions for iri in region.treatments.excluded}
    others = banned - axioms.above[situation.treatment]
    treatment: list[Expression] = [Named(situation.treatment)]
    treatment += [Not(Named(iri)) for iri in sorted(others)]
    true = {iri for known in {case.injury, *case.present} for iri in axioms.entailed_by(known)}
    absent = {iri for region in regions for iri in region.factors.excluded} - true
    return And(
        (
            Named(Kind.SITUATION),
            Some(Link.PROPOSES, _and(treatment)),
            Some(Link.FOR_INJURY, _and(injury)),
            SomeNumber(Link.HOURS, Datatype.DECIMAL, case.hours),
            *(Some(Link.HAS_FACTOR, Named(iri)) for iri in sorted(case.present)),
            *(Not(Some(Link.HAS_FACTOR, Named(iri))) for iri in sorted(absent)),
        )
    )


def _and(parts: list[Expression]) -> Expression:
    """The conjunction of one or more parts."""
    return parts[0] if len(parts) == 1 else And(tuple(parts))
