"""Verify: the reasoner as judge over what the engine answers.

Three kinds of question are put to both. Fully known situations over the shipped rules: the rules
that HermiT derives must be exactly those that the engine says hold. Situations with open facts,
over the shipped rules and over random small rule bases: the certain and the possible level must
be the same.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from primum.foundation.errors import Contradiction
from primum.knowledge import files
from primum.model.answers import Finding
from primum.model.levels import Holds, Level
from primum.reasoning.engine import Engine
from primum.use_cases.drawing import Draw, Situation
from primum.use_cases.judging import Judge, rule_classes
from primum.use_cases.service import Primum

_PER_RULE_BASE = 20


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A situation in which the judge and the engine differ, and what each says."""

    situation: Situation
    judged: str
    answered: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a run compared, and where it disagreed."""

    known: int
    open: int
    rule_bases: int
    seed: int
    disagreements: tuple[Disagreement, ...]


def verify(primum: Primum, *, cases: int, seed: int, open_cases: int = 0) -> Report:
    """Compare the engine with HermiT; needs the `build` extra.

    `cases` fully known situations; then `open_cases` with open facts over the shipped rules, and
    as many over random rule bases of their own.
    """
    knowledge, engine = primum.release.knowledge, primum.engine
    draw = Draw(knowledge, random.Random(seed))  # noqa: S311 - samples, not secrets
    shipped = Judge(knowledge.axioms, knowledge.rules, list(files.read(primum.place).dataset))
    found = known_disagreements(shipped, engine, [draw.known() for _ in range(cases)])
    found += open_disagreements(shipped, engine, possible(draw, engine, open_cases))
    bases = -(-open_cases // _PER_RULE_BASE)
    bare = list(files.read(primum.place, rules=False).dataset)
    for _ in range(bases):
        rules = draw.rules()
        judge = Judge(knowledge.axioms, rules, [*bare, *rule_classes(rules)])
        small = Engine(replace(knowledge, rules=rules))
        found += open_disagreements(judge, small, possible(draw, small, _PER_RULE_BASE))
    return Report(cases, open_cases + bases * _PER_RULE_BASE, bases, seed, tuple(found))


def possible(draw: Draw, engine: Engine, number: int) -> list[Situation]:
    """Random situations with open facts that do not contradict each other."""
    found: list[Situation] = []
    while len(found) < number:
        situation = draw.open()
        try:
            engine.answer(situation.case)
        except Contradiction:
            continue
        found.append(situation)
    return found


def known_disagreements(
    judge: Judge, engine: Engine, situations: Sequence[Situation]
) -> list[Disagreement]:
    """The fully known situations in which other rules are entailed than hold for certain."""
    return [
        Disagreement(situation, ", ".join(sorted(entailed)), ", ".join(sorted(answered)))
        for situation, entailed in zip(situations, judge.entailed_rules(situations), strict=True)
        if entailed != (answered := holding(engine, situation))
    ]


def open_disagreements(
    judge: Judge, engine: Engine, situations: Sequence[Situation]
) -> list[Disagreement]:
    """The situations whose certain or possible level the judge and the engine see differently."""
    found = []
    for situation, levels in zip(situations, judge.levels(situations), strict=True):
        finding = _finding(engine, situation)
        if levels != (finding.certain, finding.possible):
            answered = _words((finding.certain, finding.possible))
            found.append(Disagreement(situation, _words(levels), answered))
    return found


def _words(levels: tuple[Level, Level] | None) -> str:
    """A pair of levels in words."""
    if levels is None:
        return "no such situation can be"
    return f"certain {levels[0].word}, possible {levels[1].word}"


def holding(engine: Engine, situation: Situation) -> frozenset[str]:
    """The rules that the engine says hold for certain."""
    found = _finding(engine, situation)
    return frozenset(
        reason.rule.iri
        for reason in (*found.reasons, *found.recommended)
        if reason.holds is Holds.CERTAIN
    )


def _finding(engine: Engine, situation: Situation) -> Finding:
    """The finding for the proposed treatment."""
    findings = engine.answer(situation.case).findings
    return next(f for f in findings if f.treatment.iri == situation.treatment)
