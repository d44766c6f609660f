"""The records that are asked about: known ones, and the same with facts left open."""

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import islice, pairwise

from tests.bench.generate import known_situations, narrowest_injuries, with_its_age

from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Screening
from primum.model.spans import Number, Span, exact
from primum.reasoning.atoms import members_of
from primum.reasoning.engine import Engine
from primum.reasoning.worlds import facts_of
from primum.use_cases.drawing import Situation

BEYOND = 24  # hours after the last window


def grade_unknown(case: Case) -> Case:
    """The same record without its grade."""
    return replace(case, grade=None)


def grade_and_time_unknown(case: Case) -> Case:
    """The same record at any time, without its grade."""
    return replace(case, grade=None, hours=Span())


def factors_unknown(case: Case) -> Case:
    """The same record without a word on any factor; what the age defines stays known."""
    return replace(case, present=frozenset(), screening=Screening.UNKNOWN)


def all_unknown(case: Case) -> Case:
    """The injury alone."""
    return Case(case.injury, screening=Screening.UNKNOWN)


OPENINGS: dict[str, Callable[[Case], Case]] = {
    "grade unknown": grade_unknown,
    "grade and time unknown": grade_and_time_unknown,
    "every factor unknown": factors_unknown,
    "everything unknown": all_unknown,
}


def known_records(knowledge: Knowledge, *, count: int, seed: int) -> list[Situation]:
    """Situations of which injury, grade, instant, age and all factors are known."""
    drawn = known_situations(knowledge, seed=seed)
    graded = (s for s in drawn if s.case.grade is not None and s.case.age is not None)
    told = (replace(s, case=with_its_age(s.case, knowledge)) for s in graded)
    return list(islice(told, count))


def opened(records: list[Situation], opening: Callable[[Case], Case]) -> list[Situation]:
    """The same records with facts left open."""
    return [replace(record, case=opening(record.case)) for record in records]


def general_records(knowledge: Knowledge, *, count: int, seed: int) -> list[Situation]:
    """An injury that has kinds and nothing else known, each in turn with some treatment."""
    narrowest = narrowest_injuries(knowledge)
    general = [term.iri for term in knowledge.injuries if term not in narrowest]
    chance = random.Random(seed)  # noqa: S311 - samples, not secrets
    return [
        Situation(
            Case(general[number % len(general)], screening=Screening.UNKNOWN),
            chance.choice(knowledge.treatments).iri,
        )
        for number in range(count)
    ]


def open_factors(engine: Engine, case: Case) -> list[str]:
    """The factors that a record leaves open where nothing is assumed, in random order.

    A wider factor comes before the narrower ones, so that those up to any place can be left open
    while the others are absent.
    """
    atoms = engine.tables.atoms
    unsettled = facts_of(engine.tables, replace(case, screening=Screening.UNKNOWN)).open_factors
    order = list(members_of(unsettled))
    random.Random(case.injury).shuffle(order)  # noqa: S311 - samples, not secrets
    found: dict[int, None] = {}
    for factor in order:
        brought = sorted(members_of(atoms.up[factor] & unsettled), key=lambda a: _width(engine, a))
        found |= dict.fromkeys(brought)
    names = {atom: iri for iri, atom in atoms.bit.items()}
    return [names[atom] for atom in found]


def _width(engine: Engine, atom: int) -> int:
    """The narrower an atom, the more holds with it."""
    return engine.tables.atoms.up[atom].bit_count()


def with_open_factors(engine: Engine, case: Case, number: int | None) -> Case:
    """The same record with so many factors open that it does not mention; None leaves all open."""
    absent = [] if number is None else open_factors(engine, case)[number:]
    return replace(case, absent=frozenset(absent), screening=Screening.UNKNOWN)


def instants(knowledge: Knowledge) -> list[Number]:
    """Where windows begin and end, and the middles between, ascending; then one beyond."""
    spans = [region.hours for rule in knowledge.rules for region in rule.regions]
    ends = sorted({0, *(cut.at for s in spans for cut in (s.start, s.end) if cut is not None)})
    ends.append(ends[-1] + BEYOND)
    middles = (exact(Fraction(one + following, 2)) for one, following in pairwise(ends))
    return sorted({*ends, *middles})
