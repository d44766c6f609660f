"""What a comparison reports reproduces, and undoing what it blames restores the old answer."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from tests.diffing.brute import SUBSETS, all_hours, differences, records, said
from tests.diffing.test_finding import SEEDS, UNSHRUNK, drawn, edited
from tests.reasoning.oracle import INJURIES

from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.spans import Span
from primum.reasoning.engine import Engine
from primum.reasoning.moves.comparing import compare
from primum.reasoning.moves.edits import RuleEdit, edits_between, taken_back
from primum.reasoning.moves.merging import Move
from primum.reasoning.moves.sides import Shared
from primum.reasoning.moves.states import State

Versions = tuple[Knowledge, Knowledge]


def shown(state: State) -> tuple[object, ...]:
    """What of a state an answer shows."""
    return state.certain, state.possible, state.verdict


def answered(knowledge: Knowledge, case: Case, treatment: str) -> tuple[object, ...] | None:
    """What the engine answers on one treatment; None where it refuses the record."""
    states = said(Engine(knowledge), case)
    return None if states is None else shown(states[treatment])


def holds(shared: Shared, move: Move, case: Case) -> bool:
    """Whether a record is one of those of a move."""
    stated = sum(1 << n for n, iri in enumerate(shared.factors) if iri in case.present)
    aged = not move.ages or any(
        case.age is None
        if span is None
        else case.age is not None and span.covers(Span.at(case.age))
        for span in move.ages
    )
    return (
        case.injury in move.injuries
        and case.grade in move.grades
        and aged
        and any(span.covers(case.hours) for span in move.hours)
        and all(stated & one for one in move.stated.some)
        and not stated & move.stated.none
    )


@settings(max_examples=8, phases=UNSHRUNK)
@given(edited())
def test_every_reported_move_reproduces_in_both_engines(versions: Versions) -> None:
    """The witness of each move is answered as the move says, before and after."""
    old, new = versions
    for move in compare(old, new).moves:
        assert shown(move.old) == answered(old, move.witness, move.witnessed)
        assert shown(move.new) == answered(new, move.witness, move.witnessed)


@settings(max_examples=12, phases=UNSHRUNK)
@given(edited())
def test_undoing_the_blamed_edits_restores_the_old_answer(versions: Versions) -> None:
    """And where several rules are blamed, none of them can be spared."""
    old, new = versions
    for move in compare(old, new).moves[:20]:
        assert move.edits
        restored = taken_back(new, move.edits)
        assert shown(move.old) == answered(restored, move.witness, move.witnessed)
        if len(move.edits) > 1 and all(isinstance(edit, RuleEdit) for edit in move.edits):
            for fewer in combinations(move.edits, len(move.edits) - 1):
                left = answered(taken_back(new, fewer), move.witness, move.witnessed)
                assert shown(move.old) != left


@settings(max_examples=8, phases=UNSHRUNK)
@given(edited(), SEEDS)
def test_moves_put_together_hold_the_same_records(versions: Versions, seed: int) -> None:
    """Merging for reading adds no record and loses none."""
    old, new = versions
    comparison = compare(old, new)
    engines = Engine(old), Engine(new)
    every = records(all_hours(old, new))
    for case in drawn(seed).sample(every, min(60, len(every))):
        expected = differences(*engines, case)
        if expected is not None:
            found = [m for m in comparison.moves if holds(comparison.shared, m, case)]
            moved = {iri: (m.old, m.new) for m in found for iri in m.treatments}
            assert expected == moved
            assert len(moved) == sum(len(move.treatments) for move in found)


@settings(max_examples=8, phases=UNSHRUNK)
@given(edited())
def test_undoing_all_edits_gives_the_old_version(versions: Versions) -> None:
    """The edits are all there is between two versions."""
    old, new = versions
    assert edits_between(old, taken_back(new, edits_between(old, new))) == ()


@settings(max_examples=8, phases=UNSHRUNK)
@given(edited())
def test_refusals_reproduce_and_none_is_missed(versions: Versions) -> None:
    """A record without age is refused by one version alone only as some refusal says."""
    old, new = versions
    found = compare(old, new).refusals
    engines = Engine(old), Engine(new)
    for refusal in found:
        refused = [said(engine, refusal.facts) is None for engine in engines]
        assert [not refusal.now, refusal.now] == refused
    small = [subset for subset in SUBSETS if len(subset) <= 1]
    for injury in INJURIES:
        for present in small:
            case = Case(injury, present=present)
            before, after = (said(engine, case) is None for engine in engines)
            if before != after:
                assert any(
                    refusal.facts.injury == injury and refusal.facts.present <= present
                    for refusal in found
                )


@settings(max_examples=8, phases=UNSHRUNK)
@given(edited())
def test_a_rule_reaches_where_it_holds_in_one_version_alone(versions: Versions) -> None:
    """On the witness of each reach the rule holds in one version and in the other it does not."""
    old, new = versions
    for reach in compare(old, new).reaches:
        for move in reach.moves:
            for knowledge, rule, state in (
                (old, reach.edit.old, move.old),
                (new, reach.edit.new, move.new),
            ):
                alone = replace(knowledge, rules=() if rule is None else (rule,))
                answer = Engine(alone).answer(move.witness)
                finding = next(f for f in answer.findings if f.treatment.iri == move.witnessed)
                assert bool(state.possible) == bool(finding.reasons or finding.recommended)
