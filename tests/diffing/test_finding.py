"""The moves between two rule bases are exactly the records on which their engines differ."""

from dataclasses import replace
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.diffing.brute import all_hours, differences, records, reported
from tests.reasoning.bases import knowledge_bases, named
from tests.reasoning.oracle import FACTORS, INJURIES, TREATMENTS

from primum.foundation.names import Kind
from primum.model.knowledge import Axioms, Edition, Knowledge
from primum.model.levels import Level
from primum.model.regions import GRADES, Region
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.reasoning.engine import Engine
from primum.reasoning.moves.finding import Pair, moves

# Two whole bases shrink for minutes and are no clearer for it.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
SEEDS = st.integers(0, 2**32)
PAIRS = st.tuples(knowledge_bases, knowledge_bases)


def drawn(seed: int) -> Random:
    """Chance that a failing test can repeat."""
    return Random(seed)  # noqa: S311 - nothing is secret


@st.composite
def edited(draw: st.DrawFn) -> tuple[Knowledge, Knowledge]:
    """A base and the same with some rules, or all axioms, of another one."""
    old, other = draw(PAIRS)
    kept = draw(st.integers(0, len(old.rules)))
    if draw(st.booleans()):
        return old, replace(old, axioms=other.axioms)
    return old, replace(old, rules=(*old.rules[:kept], *other.rules[kept:]))


def agree(versions: tuple[Knowledge, Knowledge], seed: int, *, number: int) -> None:
    """The moves hold what the engines differ on, on so many records drawn at random."""
    old, new = versions
    pair = Pair.of(old, new)
    found = list(moves(pair))
    engines = Engine(old), Engine(new)
    every = records(all_hours(old, new))
    for case in drawn(seed).sample(every, min(number, len(every))):
        expected = differences(*engines, case)
        if expected is not None:
            assert expected == reported(pair, found, case), case


@settings(max_examples=8, phases=UNSHRUNK)
@given(edited(), SEEDS)
def test_the_moves_of_an_edit_are_the_records_on_which_engines_differ(
    versions: tuple[Knowledge, Knowledge], seed: int
) -> None:
    """On records of every kind: what is reported moved as reported, what is not did not."""
    agree(versions, seed, number=100)


@settings(max_examples=8, phases=UNSHRUNK)
@given(PAIRS, SEEDS)
def test_the_moves_of_two_unrelated_bases_are_the_records_on_which_engines_differ(
    versions: tuple[Knowledge, Knowledge], seed: int
) -> None:
    """Rules and axioms all differ, the names alone are shared."""
    agree(versions, seed, number=100)


@settings(max_examples=10, phases=UNSHRUNK)
@given(knowledge_bases)
def test_nothing_moves_between_a_version_and_itself(base: Knowledge) -> None:
    """Identical versions give an empty diff."""
    assert list(moves(Pair.of(base, base))) == []


@settings(max_examples=8, phases=UNSHRUNK)
@given(knowledge_bases, SEEDS)
def test_rules_in_other_words_move_nothing(base: Knowledge, seed: int) -> None:
    """Names, labels and the order of rules and regions decide nothing."""
    renamed = [replace(rule, iri=f"{rule.iri}Again", label="another") for rule in base.rules]
    drawn(seed).shuffle(renamed)
    assert list(moves(Pair.of(base, replace(base, rules=tuple(renamed))))) == []


def test_a_grade_that_brings_a_factor_of_an_age_is_possible_at_that_age_alone() -> None:
    """No rule asks for the factor, but whether the rule's grade is possible depends on it."""
    names = {Kind.INJURY: INJURIES, Kind.FACTOR: FACTORS, Kind.TREATMENT: TREATMENTS}
    axioms = Axioms(
        above={iri: frozenset({iri, kind}) for kind in names for iri in (kind, *names[kind])},
        disjoint=frozenset(),
        implied={},
        apart=frozenset(),
        grades=dict.fromkeys((Kind.INJURY, *INJURIES), GRADES) | {"Graded": frozenset({1, 2, 3})},
        by_grade={"Graded": frozenset({1, 2, 3})},
        by_age={"Young": Span.half_open(0, 12), "Old": Span.half_open(6, 30)},
    )
    graded = Region(grades=frozenset({1, 2, 3}))
    rules = (Rule("Rule0", "", "", Level.RELATIVE, (graded,), ("stated",)),)
    terms = named(INJURIES), named(TREATMENTS), named(FACTORS)
    old = Knowledge(Edition("1", "sha256:1"), "", "", *terms, rules=rules, axioms=axioms)
    new = replace(old, axioms=replace(axioms, implied={"Graded": frozenset({"Old"})}))
    assert list(moves(Pair.of(old, new)))
    agree((old, new), 0, number=5_000)
