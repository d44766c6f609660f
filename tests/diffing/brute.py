"""All records of a small knowledge base, and what its engine says of each: the judge of moves."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, combinations, product

from tests.reasoning.oracle import AGES, FACTORS, INJURIES, TREATMENTS, instants

from primum.foundation.errors import Contradiction
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Level
from primum.model.spans import Number, Span
from primum.reasoning.engine import Engine
from primum.reasoning.moves.finding import Moved, Pair
from primum.reasoning.moves.states import State

SUBSETS = tuple(
    map(frozenset, chain.from_iterable(combinations(FACTORS, n) for n in range(len(FACTORS) + 1)))
)


def records(hours: Iterable[Number]) -> list[Case]:
    """Every record with an instant: injury, grade or none, age or none, any factors."""
    every = product(INJURIES, (None, 1, 2, 3), (None, *AGES), SUBSETS, hours)
    return [
        Case(injury, grade, Span.at(hour), stated, age=age)
        for injury, grade, age, stated, hour in every
    ]


def all_hours(old: Knowledge, new: Knowledge) -> list[Number]:
    """Every cut of either version, and an instant between any two."""
    both = replace(old, rules=(*old.rules, *new.rules))
    return instants(both, Span())


def said(engine: Engine, case: Case) -> dict[str, State] | None:
    """What the engine says of each treatment, or None where it refuses the record."""
    try:
        findings = engine.answer(case).findings
    except Contradiction:
        return None
    barring = engine.tables.at_least[Level.PRECAUTION]
    return {
        found.treatment.iri: State(
            found.certain,
            found.possible,
            bool(engine.tables.treatments[found.treatment.iri] & barring),
        )
        for found in findings
    }


def differences(old: Engine, new: Engine, case: Case) -> dict[str, tuple[State, State]] | None:
    """The treatments for which two engines differ on a record; None where either refuses it."""
    before, after = said(old, case), said(new, case)
    if before is None or after is None:
        return None
    return {
        treatment: (before[treatment], after[treatment])
        for treatment in TREATMENTS
        if (before[treatment], before[treatment].verdict)
        != (after[treatment], after[treatment].verdict)
        and not _silent(before[treatment], after[treatment])
    }


def _silent(one: State, other: State) -> bool:
    """Whether two states differ in nothing that an answer shows."""
    shown = [(state.certain, state.possible, state.verdict) for state in (one, other)]
    return shown[0] == shown[1]


def reported(pair: Pair, moved: Iterable[Moved], case: Case) -> dict[str, tuple[State, State]]:
    """The treatments for which moves are reported on a record."""
    found: dict[str, tuple[State, State]] = {}
    for move in _holding(pair, moved, case):
        for treatment in move.treatments:
            assert treatment not in found, "two moves hold one record"
            found[treatment] = move.old, move.new
    return found


def _holding(pair: Pair, moved: Iterable[Moved], case: Case) -> Iterator[Moved]:
    """The moves that a record lies in."""
    stated = sum(1 << n for n, iri in enumerate(pair.shared.factors) if iri in case.present)
    for move in moved:
        kept = move.kept
        aged = not kept.aged or (
            case.age is None if move.ages is None else _within(case.age, move.ages)
        )
        if (
            (kept.injury, kept.grade) == (case.injury, case.grade)
            and aged
            and move.hours.covers(case.hours)
            and all(stated & one for one in move.stated.some)
            and not stated & move.stated.none
        ):
            yield move


def _within(age: int | None, ages: Span) -> bool:
    """Whether an age is given and lies in a band."""
    return age is not None and ages.covers(Span.at(age))
