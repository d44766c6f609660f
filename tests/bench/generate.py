"""Rule bases and questions of any size, drawn over the shipped ontology from a seed.

How the mix was chosen. Of the shipped rules about two thirds are bound to one patient factor and
a third to an injury, so generated rules are too. Half of the injury rules have a window, as
shipped; its span is one that the shipped rules use, as often as they use it, because sources
repeat the same few ends; one window in twenty ends at an odd hour instead. A quarter of the
injury rules ask for a grade or a worse one: more than shipped, so that grades are exercised.
Factor rules take the levels of shipped contraindications; injury rules take the effects of all
shipped rules. The ontology does not grow: in a large base several rules share one condition, as
when several sources state one fact.

    python tests/bench/generate.py --rules 1000 --seed 7 -o cases.nt

writes `cases.nt` (the rules graph, with the axioms that queries need) and `cases.jsonl`
(questions with their expected levels).
"""

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, Self

import pyoxigraph as ox

from primum.foundation.names import BASE
from primum.knowledge.flat import axiom_triples, rule_triples
from primum.model.answers import Answer
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Appraisal, Level
from primum.model.manchester import spell
from primum.model.moments import HOURS_PER_DAY
from primum.model.regions import GRADES, UNGRADED, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.model.terms import Term
from primum.reasoning.engine import Engine
from primum.use_cases.drawing import Draw, Situation
from primum.use_cases.service import Primum

OF_FACTOR = 2 / 3
WINDOWED = 1 / 2
ODD_END = 1 / 20
GRADED = 1 / 4
LAST_ODD_HOUR = 10 * 7 * HOURS_PER_DAY
LOOSE = 3  # every third question is about 24 hours, the others about an instant


@dataclass(frozen=True, slots=True)
class Mix:
    """What the shipped rules offer to draw from, each as often as they use it."""

    levels: tuple[Level, ...]
    effects: tuple[Level | Appraisal, ...]
    windows: tuple[Span, ...]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Self:
        """The mix of a knowledge base."""
        spans = [region.hours for rule in knowledge.rules for region in rule.regions]
        return cls(
            levels=tuple(rule.level for rule in knowledge.rules if rule.level),
            effects=tuple(rule.effect for rule in knowledge.rules),
            windows=tuple(span for span in spans if span != Span()),
        )


def generated(knowledge: Knowledge, *, rules: int, seed: int) -> Knowledge:
    """The same ontology with so many generated rules instead of its own."""
    chance = random.Random(seed)  # noqa: S311 - samples, not secrets
    mix = Mix.of(knowledge)
    numbers = range(1, rules + 1)
    return replace(knowledge, rules=tuple(_rule(knowledge, mix, chance, n) for n in numbers))


def _rule(knowledge: Knowledge, mix: Mix, chance: random.Random, number: int) -> Rule:
    """One generated rule."""
    treatments = _one_of([term.iri for term in knowledge.treatments], chance)
    effect: Level | Appraisal
    if chance.random() < OF_FACTOR:
        factors = _one_of([term.iri for term in knowledge.factors], chance)
        region, effect = Region(treatments, factors=factors), chance.choice(mix.levels)
    else:
        region = replace(_injury_region(knowledge, mix, chance), treatments=treatments)
        effect = chance.choice(mix.effects)
    bound = "stated" if region.hours.end is not None else ""
    name = f"Generated{number}"
    return Rule(BASE + name, f"generated-{number}", name, effect, (region,), (bound,))


def _one_of(iris: Sequence[str], chance: random.Random) -> Classes:
    """The constraint to one class of these."""
    return Classes(frozenset({chance.choice(iris)}))


def _injury_region(knowledge: Knowledge, mix: Mix, chance: random.Random) -> Region:
    """An injury, perhaps of some grade and worse, perhaps in a window."""
    injury = chance.choice(knowledge.injuries).iri
    own = sorted(knowledge.axioms.grades[injury] - {UNGRADED})
    asks_grade = bool(own) and chance.random() < GRADED
    least = chance.choice(own) if asks_grade else UNGRADED
    return Region(
        injuries=Classes(frozenset({injury})),
        grades=frozenset(grade for grade in GRADES if grade >= least),
        hours=_window(mix, chance) if chance.random() < WINDOWED else Span(),
    )


def _window(mix: Mix, chance: random.Random) -> Span:
    """A window with shared ends, or now and then one from onset to an odd hour."""
    if chance.random() < ODD_END:
        return Span.half_open(0, chance.randint(1, LAST_ODD_HOUR))
    return chance.choice(mix.windows)


def questions(knowledge: Knowledge, *, count: int, seed: int) -> list[Case]:
    """Random fully known cases, many of them on a window's edge or a millionth beside it.

    Fully known means that the ontology has no narrower injury: of a wider one the engine also
    says what is possible if it is one of the narrower, and the SPARQL query does not.
    """
    drawn = islice(known_situations(knowledge, seed=seed), count)
    cases = [with_its_age(situation.case, knowledge) for situation in drawn]
    return [case if n % LOOSE else _loosely_dated(case) for n, case in enumerate(cases)]


def known_situations(knowledge: Knowledge, *, seed: int) -> Iterator[Situation]:
    """Random known situations with the narrowest injuries, without end."""
    narrowest = replace(knowledge, injuries=narrowest_injuries(knowledge))
    draw = Draw(narrowest, random.Random(seed))  # noqa: S311 - samples, not secrets
    while True:
        yield draw.known()


def with_its_age(case: Case, knowledge: Knowledge) -> Case:
    """The same case with the factors that its age defines; SPARQL is told of no age."""
    by_age = knowledge.axioms.by_age.items()
    told = None if case.age is None else Span.at(case.age)
    of_age = {iri for iri, ages in by_age if told is not None and ages.covers(told)}
    return replace(case, present=case.present | of_age)


def narrowest_injuries(knowledge: Knowledge) -> tuple[Term, ...]:
    """The injuries that no other is a kind of."""
    above = knowledge.axioms.above
    wider = {iri for term in knowledge.injuries for iri in above[term.iri] - {term.iri}}
    return tuple(term for term in knowledge.injuries if term.iri not in wider)


def _loosely_dated(case: Case) -> Case:
    """The same case, but the instant is somewhere in the day that then begins."""
    start = case.hours.start.at
    return replace(case, hours=Span.half_open(start, start + HOURS_PER_DAY))


def question_document(case: Case) -> dict[str, Any]:
    """A known case under the names of the query's parameters; hours are text, to be exact."""
    if case.hours.end is None:
        raise ValueError(f"The span of hours has no end: {case}")
    return {
        "injury": case.injury,
        "grade": case.grade or UNGRADED,
        "fromHours": spell(case.hours.start.at),
        "untilHours": spell(case.hours.end.at),
        "factor": sorted(case.present),
    }


def levels_document(answer: Answer) -> dict[str, dict[str, str]]:
    """The certain and the possible level of each treatment that has any; all others have none."""
    return {
        found.treatment.iri: {"certain": found.certain.word, "possible": found.possible.word}
        for found in sorted(answer.findings, key=lambda found: found.treatment.iri)
        if found.possible
    }


def ntriples(knowledge: Knowledge) -> list[str]:
    """The rules graph and the axioms, a triple a line, sorted."""
    of_rules = (triple for rule in knowledge.rules for triple in rule_triples(rule))
    triples = chain(axiom_triples(knowledge.axioms), of_rules)
    return sorted({f"{ox.Triple(*triple)} ." for triple in triples})


def jsonl(knowledge: Knowledge, cases: Iterable[Case]) -> Iterator[str]:
    """Each question with the levels that are expected, a document a line."""
    engine = Engine(knowledge)
    for case in cases:
        expected = levels_document(engine.answer(case))
        yield json.dumps({**question_document(case), "levels": expected}, sort_keys=True)


def main() -> None:
    """Write a rule base and questions on it."""
    parser = argparse.ArgumentParser(description="Generate rules and questions from a seed.")
    parser.add_argument("--rules", type=int, default=1000, help="how many (1000)")
    parser.add_argument("--questions", type=int, default=200, help="how many (200)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same files (1)")
    parser.add_argument("-o", "--output", type=Path, required=True, help="file for the triples")
    asked = parser.parse_args()
    knowledge = generated(Primum.load().release.knowledge, rules=asked.rules, seed=asked.seed)
    cases = questions(knowledge, count=asked.questions, seed=asked.seed)
    expected = asked.output.with_suffix(".jsonl")
    for path, lines in ((asked.output, ntriples(knowledge)), (expected, jsonl(knowledge, cases))):
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        print(path)


if __name__ == "__main__":
    main()
