"""Literals come back as the dataset has them; what a query computes or states is left alone."""

from collections.abc import Sequence

import pyoxigraph as ox
import pytest
from tests.sparql.made import graph, iri, kept, rows, typed, whole

from primum.foundation.names import XSD
from primum.knowledge.datasets import Dataset, rewritten
from primum.use_cases.sparql.lexer import tokens
from primum.use_cases.sparql.restoring import computed
from primum.use_cases.sparql.restoring import rows as restored
from primum.use_cases.sparql.running import Runner

PREFIXES = f"PREFIX : <urn:x:> PREFIX xsd: <{XSD}> "
SEVEN, TEN = typed("007", "integer"), typed("1e1", "double")
TRUE = typed("1", "boolean")
WRITTEN = {iri("a"): SEVEN, iri("b"): TEN, iri("c"): TRUE, iri("d"): ox.Literal("007")}


def over(literals: Sequence[ox.Literal]) -> Runner:
    """What evaluates queries over subjects `:0`, `:1` and so on that have each a literal."""
    store = ox.Store()
    store.extend(ox.Quad(iri(at), iri("p"), each) for at, each in enumerate(literals))
    return Runner(Dataset(store, rewritten(literals)))


@pytest.fixture(scope="module")
def runner() -> Runner:
    """What evaluates queries over four literals, three of which a store writes otherwise."""
    store = ox.Store()
    store.extend(ox.Quad(subject, iri("p"), literal) for subject, literal in WRITTEN.items())
    return Runner(Dataset(store, rewritten(WRITTEN.values())))


def values(runner: Runner, query: str) -> list[object]:
    """The values of the one variable of a query."""
    return [value for (value,) in rows(runner, PREFIXES + query)]


# --- What a pattern has matched ------------------------------------------------------------------


def test_a_row_has_literals_as_they_were_written(runner: Runner) -> None:
    """A plain string of the same letters is left as it is."""
    assert set(rows(runner, PREFIXES + "SELECT ?s ?o { ?s :p ?o }")) == set(WRITTEN.items())


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?o { :a :p ?o }",
        "SELECT $o { :a :p $o }",
        "SELECT * { :a :p ?o }",
        "SELECT DISTINCT ?o { { :a :p ?o } UNION { :a :p ?o } }",
        "SELECT ?o { ?s :p ?o FILTER (?o = 7) }",
        "SELECT ?o { ?s :p ?o FILTER (?o = 7.0) }",
        "SELECT ?o { :a :p ?o BIND (1 AS ?x) }",
        "SELECT ?o { VALUES ?s { :a } ?s :p ?o }",
        "SELECT ?o { VALUES (?s) { (:a) } ?s :p ?o }",
        "SELECT ?o { OPTIONAL { :a :p ?o } }",
        "SELECT ?o { { SELECT ?o { :a :p ?o } } }",
        "SELECT ?o { { SELECT ?o (COUNT(*) AS ?n) { :a :p ?o } GROUP BY ?o } }",
        "SELECT ?o { :a :p|:q ?o } ORDER BY ?o LIMIT 1",
        'SELECT ?o { :a :p ?o BIND ("(1 AS ?o) VALUES ?o {" AS ?text) }',
        "SELECT ?o { :a :p ?o } # (1 AS ?o)",
        "SELECT ?as { :a :p ?as }",
        "PREFIX as: <urn:x:> SELECT ?o { as:a as:p ?o }",
    ],
)
def test_a_variable_of_a_pattern_is_restored(runner: Runner, query: str) -> None:
    """However the query goes on, and whatever it computes beside."""
    assert values(runner, query) == [SEVEN]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (?v AS ?o) { :a :p ?v }",
        "SELECT (7 AS ?o) {}",
        "SELECT (6 + 1 AS ?o) {}",
        "SELECT (MAX(?v) AS ?o) { ?s :p ?v FILTER (DATATYPE(?v) = xsd:integer) }",
        "SELECT ?o { BIND (7 AS ?o) }",
        "SELECT ?o { VALUES ?o { 7 } }",
        "SELECT ?o { VALUES (?s ?o) { (:a 7) } }",
        "SELECT ?o {} VALUES ?o { 7 }",
        "SELECT ?o { :a :p ?o } VALUES (?o) { (7) (8) }",
        "SELECT ?o { { SELECT (7 AS ?o) {} } }",
        "SELECT ?o { { SELECT * { VALUES ?o { 7 } } } }",
        "SELECT ?o { ?s :p ?v FILTER (?v = 7) } GROUP BY (xsd:integer(?v) AS ?o)",
        "SELECT ?o { { :a :p ?o FILTER (?o > 7) } UNION { SELECT (7 as ?o) {} } }",
        "select ?o { values ?o { 7 } }",
    ],
)
def test_a_variable_that_is_computed_is_not_restored(runner: Runner, query: str) -> None:
    """Its value is the query's own, though the dataset has one that is equal."""
    assert values(runner, query) == [typed("7", "integer")]


def test_a_truth_value_of_a_pattern_is_restored(runner: Runner) -> None:
    """One that is computed is not."""
    query = "SELECT ?o ?x { ?s :p ?o FILTER (DATATYPE(?o) = xsd:boolean) BIND (?o || ?o AS ?x) }"
    assert rows(runner, PREFIXES + query) == [(TRUE, typed("true", "boolean"))]


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_every_format_has_literals_as_they_were_written(runner: Runner, form: str) -> None:
    """CSV has only their letters."""
    body = whole(runner, PREFIXES + "SELECT ?o { ?s :p ?o } ORDER BY ?s", form)
    assert all(text in body for text in (b"007", b"1e1"))
    assert whole(runner, PREFIXES + "SELECT ?o { :a :p ?o }", "csv") == b"o\r\n007\r\n"


def test_what_stands_for_two_literals_is_given_as_the_store_has_it() -> None:
    """The others of the dataset are restored all the same."""
    runner = over([typed("01", "integer"), typed("1", "integer"), SEVEN])
    one = typed("1", "integer")
    assert values(runner, "SELECT ?o { ?s :p ?o } ORDER BY ?s") == [one, one, SEVEN]


# --- Graphs --------------------------------------------------------------------------------------


def constructed(runner: Runner, query: str) -> set[object]:
    """The objects of a graph."""
    return {each.object for each in graph(whole(runner, PREFIXES + query, "nt"), "nt")}


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?s :q ?o } WHERE { ?s :p ?o FILTER (?s = :a) }",
        "CONSTRUCT WHERE { :a :p ?o }",
        "CONSTRUCT { ?s :q ?o, :other } WHERE { ?s :p ?o FILTER (?s = :a) }",
        "DESCRIBE :a",
        "DESCRIBE ?s { ?s :p ?o FILTER (?s = :a) }",
    ],
)
def test_a_graph_of_what_was_matched_is_restored(runner: Runner, query: str) -> None:
    """A query that states and computes no literal can have no other."""
    assert SEVEN in constructed(runner, query)


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { :s :q 7 } WHERE { :a :p ?o }",
        "CONSTRUCT { :s :q ?o, 'text' } WHERE { :a :p ?o }",
        'CONSTRUCT { :s :q ?o, """text""" } WHERE { :a :p ?o }',
        "CONSTRUCT { :s :q ?x } WHERE { :a :p ?o BIND (?o + 0 AS ?x) }",
        "CONSTRUCT { :s :q ?o } WHERE { VALUES ?o { 7 } }",
        "CONSTRUCT { :s :q ?o } WHERE { { SELECT (MAX(?v) AS ?o) { :a :p ?v } } }",
    ],
)
def test_a_graph_of_a_query_with_literals_is_left_alone(runner: Runner, query: str) -> None:
    """Nobody could say which of them are its own."""
    found = constructed(runner, query)
    assert typed("7", "integer") in found
    assert SEVEN not in found


@pytest.mark.parametrize("own", ["true", "false"])
def test_a_truth_value_is_a_literal_too(runner: Runner, own: str) -> None:
    """`true` in a template is not the `1` of the dataset."""
    found = constructed(runner, f"CONSTRUCT {{ :s :q {own} }} WHERE {{ :c :p ?o }}")
    assert found == {typed(own, "boolean")}


def test_a_literal_in_a_statement_that_is_spoken_of_is_left_alone(runner: Runner) -> None:
    """It is a part of another term."""
    query = "CONSTRUCT { :s :q <<( ?s :p ?o )>> } WHERE { ?s :p ?o FILTER (?s = :a) }"
    assert constructed(runner, query) == {ox.Triple(iri("a"), iri("p"), typed("7", "integer"))}


# --- Without a store -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?a { ?a ?b ?c }", ""),
        ("SELECT (1 AS ?a) (2 as $b) { ?s ?p ?o }", "a b"),
        ("SELECT * { VALUES ?a { ?b } }", "a"),
        ("SELECT * { VALUES (?a ?b) { (1 2) } ?c ?d ?e } VALUES ?f { 3 }", "a b f"),
        ("SELECT ?a { ?s ?p ?a } GROUP BY ?a (?x + 1 AS ?b)", "b"),
        ("SELECT ?AS ?VALUES { ?AS ?VALUES ?o }", ""),
        ("SELECT ?a { <urn:AS> ?a '?b AS ?c' }", ""),
    ],
)
def test_computed_variables_are_told_by_the_words_before_them(query: str, expected: str) -> None:
    """AS stands right before one, VALUES before those up to the brace."""
    assert computed(list(tokens(query))) == set(expected.split())


def test_values_of_another_service_are_its_own(runner: Runner) -> None:
    """A query that calls one is not restored: nobody could say where a value comes from."""
    store, written = runner.dataset.store, runner.dataset.written
    local = "SELECT ?o { <urn:x:a> ?p ?o }"
    for query, expected in ((local, SEVEN), (f"{local[:-1]} SERVICE ?s {{}} }}", kept(SEVEN))):
        found = store.query(local)
        assert isinstance(found, ox.QuerySolutions)
        assert list(restored(found, query, written)) == [[expected]]
