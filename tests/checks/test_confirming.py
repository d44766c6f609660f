"""HermiT and the algebra of regions agree on rule bases that were drawn at random."""

import random
from dataclasses import replace

import pyoxigraph as ox
import pytest

from primum.knowledge import files
from primum.knowledge.locate import Place
from primum.knowledge.rdf import Triples
from primum.knowledge.reasoner import Entailed
from primum.model.knowledge import Knowledge
from primum.model.levels import Level
from primum.model.regions import Region
from primum.model.rules import Rule
from primum.reasoning.analysis.survey import Survey
from primum.use_cases.checks.confirming import confirmed
from primum.use_cases.checks.rule_findings import Findings
from primum.use_cases.compiling import Compiled
from primum.use_cases.drawing import Draw
from primum.use_cases.inventing import Inventor, drawn_rule
from primum.use_cases.judging import rule_classes
from primum.use_cases.service import Primum
from primum.use_cases.words import Words


def drawn(knowledge: Knowledge, seed: int) -> tuple[Rule, ...]:
    """Random rules, and for each region of each a rule of its own that may be less strict."""
    chance = random.Random(seed)  # noqa: S311 - samples, not secrets
    rules = Inventor.over(Draw(knowledge, chance)).rules()
    parts = [(rule, region) for rule in rules for region in rule.regions]
    narrower = [
        drawn_rule(f"Part{number}", chance.choice([rule.level, Level.PRECAUTION]), (part,))
        for number, (rule, region) in enumerate(parts)
        for part in [replace(region, injuries=chance.choice([region.injuries, Region().injuries]))]
    ]
    return (*rules, *narrower)


def compiled(knowledge: Knowledge, place: Place) -> Compiled:
    """The ontology with other rules, of which nothing was derived, so that all is put to HermiT."""
    sources = files.read(place, rules=False)
    dataset = ox.Dataset([*sources.dataset, *rule_classes(knowledge.rules)])
    nothing = Entailed({}, {}, frozenset())
    return Compiled(replace(sources, dataset=dataset), Triples(dataset), nothing, knowledge)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_hermit_bears_out_what_is_found_in_random_rule_bases(
    seed: int, primum: Primum, place: Place
) -> None:
    """Dead rules, duplicates and shadows of drawn rules are those that HermiT derives."""
    shipped = primum.release.knowledge
    knowledge = replace(shipped, rules=drawn(shipped, seed))
    base = compiled(knowledge, place)
    found = list(Findings(base, Survey.of(knowledge), Words(knowledge)).all())
    claims = [claim for finding in found for claim in finding.claims]
    assert len({finding.remark.code for finding in found}) > 1
    assert all(confirmed(base, claims))
