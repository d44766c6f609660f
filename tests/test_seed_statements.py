"""Every statement of the seed document is in the knowledge graph, and its loss is noticed.

The statements and the ASK that finds each are in `queries/seed/statements.toml`, the damage that
loses each in `seed/damage.toml`.
"""

import tomllib
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, Store

from primum.foundation.names import PREFIXES
from primum.knowledge.locate import locate
from primum.use_cases.checks.seed import Statement, holds, read_statements

TESTS = Path(__file__).parent
MOST_TRIPLES_LOST = 40


def read_damages() -> dict[str, str]:
    """Read how a careless edit loses each statement."""
    tables = tomllib.loads((TESTS / "seed" / "damage.toml").read_text(encoding="utf-8"))
    return {table["id"]: table["edit"] for table in tables["damage"]}


def damaged(quads: Iterable[Quad], update: str) -> Store:
    """Copy the knowledge into a fresh store and apply an update to the copy."""
    copy = Store()
    copy.extend(quads)
    copy.update(update, prefixes=PREFIXES)
    return copy


STATEMENTS = read_statements(locate())
DAMAGES = read_damages()
each_statement = pytest.mark.parametrize("statement", STATEMENTS, ids=attrgetter("id"))


@pytest.fixture(scope="module")
def knowledge() -> Store:
    """Load the asserted knowledge as it is shipped: the ontology and the rules."""
    store = Store()
    for folder, pattern in (("ontology", "*.ttl"), ("rules", "*/*.ttl")):
        for path in sorted((TESTS.parent / folder).glob(pattern)):
            store.load(path=path, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def quads(knowledge: Store) -> frozenset[Quad]:
    """Hold the shipped knowledge as quads, to copy it and to count what a damage removes."""
    return frozenset(knowledge)


@pytest.fixture(scope="module")
def held(knowledge: Store) -> frozenset[str]:
    """Name the statements that the shipped knowledge carries."""
    return frozenset(statement.id for statement in STATEMENTS if holds(statement, knowledge))


def test_statements_are_numbered_without_gap() -> None:
    """The file holds exactly S1 to S40, in order."""
    assert [f"S{number}" for number in range(1, 41)] == [one.id for one in STATEMENTS]


@each_statement
def test_statement_is_in_the_shipped_knowledge(statement: Statement, knowledge: Store) -> None:
    """The shipped ontology and rules carry the statement with the seed as its source."""
    assert holds(statement, knowledge), f"{statement.id} is not in the graph: {statement.says}"


@each_statement
def test_small_damage_loses_this_statement_and_no_other(
    statement: Statement, quads: frozenset[Quad], held: frozenset[str]
) -> None:
    """A careless edit of a few triples turns the statement's ask false, and no other ask."""
    store = damaged(quads, DAMAGES[statement.id])
    removed = quads.difference(store)
    assert 1 <= len(removed) <= MOST_TRIPLES_LOST
    lost = {one.id for one in STATEMENTS if one.id in held and not holds(one, store)}
    assert {statement.id} == lost


@each_statement
def test_nothing_is_found_in_an_empty_store(statement: Statement) -> None:
    """No ask is true of a store without any knowledge."""
    assert not holds(statement, Store())


def test_nothing_is_found_without_the_seed_as_source(quads: frozenset[Quad]) -> None:
    """When the seed document is struck out as a source, no statement is found any more."""
    store = damaged(quads, "DELETE WHERE { ?fact ?property source:SEED-ITBS }")
    found = {statement.id for statement in STATEMENTS if holds(statement, store)}
    assert set() == found
