"""HermiT judges the engine: it finds no fault with the shipped one, and finds a planted one."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from shutil import copytree

import pytest
from tests.conftest import CopyKnowledge
from tests.use_cases.faults import own_knowledge, tells, with_regions

from primum.model.knowledge import Knowledge
from primum.model.levels import Level, Screening
from primum.model.regions import Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Span, exact
from primum.reasoning.engine import Engine
from primum.use_cases.comparing import answered
from primum.use_cases.drawing import Scene, Situation
from primum.use_cases.regressions import passes, read
from primum.use_cases.service import Primum
from primum.use_cases.verify import Mix, drawn, verify

SEED = 20261122
ONE_KNOWN = 4
WINDOW_END = re.compile(r"(xsd:maxExclusive) \d+\.0")


@pytest.mark.slow
def test_hermit_and_the_engine_agree(primum: Primum) -> None:
    """60 situations of all kinds, on and beside all edges: no disagreement."""
    told: list[int] = []
    report = verify(
        primum, cases=60, seed=SEED, progress=lambda _, situations: told.append(situations)
    )
    assert report.disagreements == ()
    assert (Mix(18, 12, 30), SEED) == (report.mix, report.seed)
    assert sum(told) == 60


def test_every_situation_is_of_one_kind() -> None:
    """30 % are known, 20 % are open, the rest are over random rules, 20 to a base."""
    assert Mix(3000, 2000, 5000) == Mix.of(10_000)
    assert Mix.of(10_000).rule_bases == 250
    for cases in range(1, 60):
        mix = Mix.of(cases)
        assert cases == mix.known + mix.open + mix.random
        assert mix.random <= 20 * mix.rule_bases < mix.random + 20


# --- what is drawn --------------------------------------------------------------------------------


def scenes(knowledge: Knowledge, mix: Mix, seed: int = SEED) -> list[Scene]:
    """All scenes of a run."""
    return [scene for _, batch in drawn(knowledge, mix, seed) for scene in batch]


def test_what_is_drawn_depends_on_the_seed_alone(primum: Primum) -> None:
    """The same seed draws the same scenes, and a longer run begins with those of a shorter one."""
    knowledge, mix = primum.release.knowledge, Mix(40, 30, 50)
    assert scenes(knowledge, mix) == scenes(knowledge, mix)
    assert scenes(knowledge, mix) != scenes(knowledge, mix, SEED + 1)
    for kind in (Mix(40, 0, 0), Mix(0, 30, 0), Mix(0, 0, 50)):
        assert set(scenes(knowledge, kind)) <= set(scenes(knowledge, mix))


def test_a_known_situation_leaves_nothing_open_and_can_be(primum: Primum) -> None:
    """Its time is an instant, its grade is stated if it has one, unnamed factors are absent."""
    knowledge = primum.release.knowledge
    for scene in scenes(knowledge, Mix(200, 0, 0)):
        case = scene.situation.case
        assert case.hours.is_instant
        assert (case.grade is None) == (knowledge.axioms.grades[case.injury] == {0})
        assert (Screening.ASSUME_CLEAR, frozenset()) == (case.screening, case.absent)
        assert answered(primum.engine, scene.situation) is not None


def test_open_situations_are_of_every_sort(primum: Primum) -> None:
    """Bounded times, unknown grades, general injuries, ages at an edge, factors either way."""
    knowledge = primum.release.knowledge
    cases = [scene.situation.case for scene in scenes(knowledge, Mix(0, 200, 0))]
    edges = {r.hours.start.at for rule in knowledge.rules for r in rule.regions}
    birthdays = {span.start.at for span in knowledge.axioms.by_age.values()}
    seen = {
        "interval": any(not c.hours.is_instant and c.hours.end for c in cases),
        "closed": any(c.hours.end and c.hours.end.after for c in cases if not c.hours.is_instant),
        "no time": any(c.hours == Span() for c in cases),
        "edge": any(c.hours.is_instant and c.hours.start.at in edges for c in cases),
        "no grade": any(
            c.grade is None and len(knowledge.axioms.grades[c.injury]) > 1 for c in cases
        ),
        "birthday": any(c.age in birthdays for c in cases),
        "day before": any(c.age is not None and c.age + 1 in birthdays for c in cases),
        "no age": any(c.age is None for c in cases),
        "present": any(c.present for c in cases),
        "absent": any(c.absent for c in cases),
        "screening": {c.screening for c in cases} == set(Screening),
        "general": any(c.injury in general(knowledge) for c in cases),
    }
    assert {True} == set(seen.values()), seen


def general(knowledge: Knowledge) -> frozenset[str]:
    """The injuries that have narrower ones."""
    above = knowledge.axioms.above
    return frozenset().union(*(above[term.iri] - {term.iri} for term in knowledge.injuries))


def regions(rules: tuple[Rule, ...] | None) -> list[Region]:
    """All regions of some rules."""
    return [region for rule in rules or () for region in rule.regions]


def test_random_rules_use_the_whole_fragment(primum: Primum) -> None:
    """Every kind of constraint is drawn, and no span of ages that admits one number only."""
    bases = {scene.rules for scene in scenes(primum.release.knowledge, Mix(0, 0, 400))}
    assert len(bases) == 20
    every = [region for rules in bases for region in regions(rules)]
    for asked in ("treatments", "injuries", "factors"):
        classes = [getattr(region, asked) for region in every]
        assert any(each.required for each in classes)
        assert any(each.excluded for each in classes)
    ages = [r.ages for r in every if r.ages != Span()]
    assert any(span.end is None for span in ages)
    assert all(span.end is None or span.end.at - span.start.at > 1 for span in ages)
    assert any(0 in r.grades and len(r.grades) < 4 for r in every)
    assert any(r.hours.is_instant for r in every)


def test_some_random_rules_need_case_analysis(primum: Primum) -> None:
    """Now and then a level is certain although no single rule of it is."""
    found = list(islice(by_cases(primum.release.knowledge), 3))
    assert len(found) == 3


def by_cases(knowledge: Knowledge) -> Iterator[Situation]:
    """The drawn situations whose certain level no certain rule has."""
    for scene in scenes(knowledge, Mix(0, 0, 400)):
        said = answered(Engine(own_knowledge(scene, knowledge)), scene.situation)
        levels = [rule.level for rule in scene.rules or () if said and rule.iri in said.rules]
        if said and said.certain > max(levels, default=Level.NONE):
            yield scene.situation


# --- the command ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_command_finds_shrinks_and_saves_a_planted_fault(
    primum: Primum, copy_knowledge: CopyKnowledge, tmp_path: Path
) -> None:
    """Rules whose windows were cut in the files but not in the release are found out."""
    place, knowledge = copy_knowledge(), primum.release.knowledge
    copytree(primum.place.release, place.release)
    for path in place.root.rglob("*.ttl"):
        path.write_text(WINDOW_END.sub(r"\1 0.5", path.read_text()))
    fault = with_regions(cut_short)
    seed = next(s for s in range(100) if tells(known_of(knowledge, s), knowledge, fault))
    command = Path(sys.executable).with_name("primum")
    options = f"verify --cases {ONE_KNOWN} --seed {seed} --json --save"
    result = subprocess.run(
        [command, *options.split(), tmp_path],
        env={"PRIMUM_KNOWLEDGE": str(place.root)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (result.returncode, result.stderr) == (1, "")
    (path,) = tmp_path.iterdir()
    assert str(path) in json.loads(result.stdout)["disagreements"][0]
    saved = read(path)
    assert (saved.seed, saved.digest) == (seed, knowledge.edition.digest)
    assert not passes(saved, knowledge)


def cut_short(region: Region) -> Region:
    """The region with the end of its window, if it has one, after half an hour."""
    hours = region.hours
    short = Span(hours.start, None if hours.end is None else Cut(exact("0.5")))
    return replace(region, hours=short)


def known_of(knowledge: Knowledge, seed: int) -> Scene:
    """The one fully known scene of a run of four."""
    return scenes(knowledge, Mix.of(ONE_KNOWN), seed)[0]
