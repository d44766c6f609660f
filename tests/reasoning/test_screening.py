"""The factors to screen for are those that, if found, make the answer stricter."""

import random
from dataclasses import replace

import pytest

from primum.foundation.errors import Contradiction
from primum.model.answers import Finding
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Level, Screening
from primum.model.regions import UNGRADED
from primum.model.spans import Span
from primum.reasoning.engine import Engine
from primum.use_cases.service import Primum

INSTANTS = (0, 47, 60, 100, 200, 2000)


def known_cases(knowledge: Knowledge) -> list[Case]:
    """Every injury once, in one of its grades and at one instant, all factors unmentioned."""
    chance = random.Random(20)  # noqa: S311 - a sample, no secret
    found = []
    for term in knowledge.injuries:
        grades = sorted(knowledge.axioms.grades[term.iri] - {UNGRADED})
        grade = chance.choice(grades) if grades else None
        found.append(Case(term.iri, grade, Span.at(chance.choice(INSTANTS))))
    return found


def findings(engine: Engine, case: Case) -> dict[str, Finding]:
    """What is found for each treatment, by IRI."""
    return {found.treatment.iri: found for found in engine.answer(case).findings}


def with_each_listed(engine: Engine, case: Case) -> dict[str, dict[str, Finding]]:
    """For each factor that some treatment lists, what is found when it is present."""
    every = findings(engine, case).values()
    listed = {screen.factor.iri for found in every for screen in found.screen_for}
    return {iri: findings(engine, replace(case, present=frozenset({iri}))) for iri in listed}


def test_a_listed_factor_makes_the_treatment_as_strict_as_listed(primum: Primum) -> None:
    """Add any factor of `screen_for`, and the certain level is at least the one it is listed at."""
    for case in known_cases(primum.release.knowledge)[::2]:
        worse = with_each_listed(primum.engine, case)
        for iri, found in findings(primum.engine, case).items():
            for screen in found.screen_for:
                assert screen.level > found.certain
                assert screen.level <= worse[screen.factor.iri][iri].certain


def test_a_factor_that_is_not_listed_makes_nothing_stricter(primum: Primum) -> None:
    """A factor that neither is listed nor brings a listed one along raises no level."""
    knowledge, engine = primum.release.knowledge, primum.engine
    for case in known_cases(knowledge)[1::4]:
        before = findings(engine, case)
        for factor in knowledge.factors:
            brought = knowledge.axioms.entailed_by(factor.iri)
            after = with_factor(engine, case, factor.iri)
            for iri, found in before.items():
                listed = {screen.factor.iri for screen in found.screen_for}
                if after and listed.isdisjoint(brought):
                    assert after[iri].certain <= found.certain, (case, iri, factor.id)


def with_factor(engine: Engine, case: Case, factor: str) -> dict[str, Finding]:
    """The findings with one more factor, or nothing where the injury rules it out."""
    try:
        return findings(engine, replace(case, present=frozenset({factor})))
    except Contradiction:
        return {}


def test_a_factor_already_settled_is_not_listed(primum: Primum) -> None:
    """What is present, absent, or comes with the injury is no question any more."""
    for case in known_cases(primum.release.knowledge):
        first = next(iter(primum.engine.answer(case).findings[0].screen_for), None)
        settled = {first.factor.iri} if first else set()
        for known in (replace(case, absent=frozenset(settled)), case):
            brought = primum.release.knowledge.axioms.entailed_by(known.injury) | known.absent
            for found in findings(primum.engine, known).values():
                assert brought.isdisjoint(screen.factor.iri for screen in found.screen_for)


@pytest.mark.parametrize("hours", [Span(), Span.half_open(24, 96)])
def test_in_an_open_case_a_listed_factor_makes_its_level_possible(
    primum: Primum, hours: Span
) -> None:
    """Where grade or time is open, a listed factor may bar the treatment only in part of it."""
    for known in known_cases(primum.release.knowledge)[::4]:
        case = replace(known, grade=None, hours=hours)
        worse = with_each_listed(primum.engine, case)
        for iri, found in findings(primum.engine, case).items():
            for screen in found.screen_for:
                assert screen.level <= worse[screen.factor.iri][iri].possible


def test_unknown_screening_asks_for_the_same_factors_and_counts_them_as_open(
    primum: Primum,
) -> None:
    """Both modes list the same factors; only with `unknown` does a listed level count as open."""
    for case in known_cases(primum.release.knowledge):
        open_case = replace(case, screening=Screening.UNKNOWN)
        unknown = findings(primum.engine, open_case)
        for iri, clear in findings(primum.engine, case).items():
            assert clear.screen_for == unknown[iri].screen_for
            strictest = max((screen.level for screen in clear.screen_for), default=Level.NONE)
            assert unknown[iri].possible >= max(strictest, clear.possible)
