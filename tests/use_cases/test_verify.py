"""HermiT judges the engine: it finds no fault with the shipped one, and finds a planted one."""

import random
from dataclasses import replace

import pytest

from primum.model.knowledge import Knowledge
from primum.model.regions import Region
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.reasoning.engine import Engine
from primum.use_cases.drawing import Draw
from primum.use_cases.service import Primum
from primum.use_cases.verify import holding, verify

SEED = 20261122
NEVER_YET = Span.half_open(10**9)


def with_engine_over(primum: Primum, rules: tuple[Rule, ...]) -> Primum:
    """The same release, but an engine that answers from other rules."""
    return replace(primum, engine=Engine(replace(primum.release.knowledge, rules=rules)))


def held_by_the_clock(primum: Primum, *, cases: int) -> Rule:
    """A rule with a window that holds in one of the situations that a run will draw."""
    knowledge = primum.release.knowledge
    draw = Draw(knowledge, random.Random(SEED))  # noqa: S311 - samples, no secrets
    held = frozenset[str]().union(*(holding(primum.engine, draw.known()) for _ in range(cases)))
    timed = [r for r in knowledge.rules if r.iri in held and r.regions[0].hours != Span()]
    return timed[0]


def moved(rule: Rule) -> Rule:
    """The rule with its window moved to where nobody asks."""
    regions: tuple[Region, ...] = tuple(replace(r, hours=NEVER_YET) for r in rule.regions)
    return replace(rule, regions=regions)


@pytest.mark.slow
def test_hermit_and_the_engine_agree(primum: Primum) -> None:
    """300 fully known situations, every other one on a window's edge: no disagreement."""
    report = verify(primum, cases=300, seed=SEED)
    assert report.disagreements == ()
    assert (report.known, report.seed) == (300, SEED)


@pytest.mark.slow
def test_hermit_and_the_engine_agree_on_open_facts(primum: Primum) -> None:
    """Certain is what HermiT finds entailed, possible what it finds satisfiable."""
    report = verify(primum, cases=0, seed=SEED, open_cases=20)
    assert report.disagreements == ()
    assert report.open >= 20


@pytest.mark.slow
def test_an_engine_with_one_window_changed_is_found_out(primum: Primum) -> None:
    """A planted fault in a single rule is reported, with that rule on one side only."""
    wrong = held_by_the_clock(primum, cases=40)
    rules = primum.release.knowledge.rules
    planted = tuple(moved(rule) if rule == wrong else rule for rule in rules)
    report = verify(with_engine_over(primum, planted), cases=40, seed=SEED)
    assert report.disagreements
    for found in report.disagreements:
        assert wrong.id in found.judged
        assert wrong.id not in found.answered


def test_what_is_drawn_depends_on_the_seed_alone(primum: Primum) -> None:
    """The same seed draws the same situations, so that a finding can be repeated."""
    knowledge: Knowledge = primum.release.knowledge

    def drawn(seed: int) -> list[object]:
        draw = Draw(knowledge, random.Random(seed))  # noqa: S311 - samples, no secrets
        return [draw.known() for _ in range(5)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
