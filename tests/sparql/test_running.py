"""Queries are evaluated over the right graphs, and mistakes in them are found."""

from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sparql.made import (
    failed,
    graph,
    iri,
    rows,
    runner,
    typed,
    whole,
)

from primum.use_cases.sparql.exchange import Asked
from primum.use_cases.sparql.formats import BY_NAME
from primum.use_cases.sparql.outputs import rows_of

EVERY = "SELECT ?s ?p ?o { ?s ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
COPY = "CONSTRUCT WHERE { ?s ?p ?o }"
NAMES = ("a", "b", "c", "none")
simple = st.builds(
    ox.Quad,
    *[st.sampled_from([iri(1), iri(2)])] * 2,
    st.sampled_from([iri(1), ox.Literal("x"), ox.Literal(7)]),
    st.sampled_from([iri(name) for name in NAMES[:3]]),
)
choices = st.lists(st.sampled_from(NAMES), max_size=5)


def urns(names: list[str]) -> tuple[str, ...]:
    """Graphs by their last parts."""
    return tuple(iri(name).value for name in names)


def inside(found: list[ox.Quad], graphs: tuple[str, ...]) -> list[ox.Quad]:
    """The quads of some graphs."""
    return [quad for quad in found if str(quad.graph_name)[1:-1] in graphs]


# --- Which graphs --------------------------------------------------------------------------------


@given(st.lists(simple, max_size=20), choices.filter(bool), choices)
def test_default_graphs_are_merged_as_sets_are(
    found: list[ox.Quad], graphs: list[str], named: list[str]
) -> None:
    """Rows and count are those of the union, however often a graph is named or has a statement."""
    over, of = runner(found), {"graphs": urns(graphs), "named": urns(named)}
    union = {quad.triple for quad in inside(found, of["graphs"])}
    assert Counter(map(ox_triple, rows(over, EVERY, **of))) == Counter(union)
    assert rows(over, COUNT, **of) == [(ox.Literal(len(union)),)]
    query = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"
    assert Counter(rows(over, query, **of)) == Counter(map(parts, set(inside(found, of["named"]))))


def parts(quad: ox.Quad) -> tuple[object, ...]:
    """A quad as a row."""
    return (quad.subject, quad.predicate, quad.object, quad.graph_name)


def ox_triple(row: tuple[object, ...]) -> ox.Triple:
    """A row as a triple."""
    return ox.Triple(*row)  # type: ignore[arg-type]


@given(st.lists(simple, max_size=12), choices)
def test_named_graphs_alone_leave_the_default_graph_empty(
    found: list[ox.Quad], named: list[str]
) -> None:
    """So do none at all, where the request says so."""
    over = runner(found)
    assert rows(over, EVERY, named=urns(named)) == []
    expected = {quad.graph_name for quad in found} & {iri(name) for name in named}
    assert {graph_ for (graph_,) in rows(over, GRAPHS, named=urns(named))} == expected


@given(st.lists(simple, max_size=12), st.sampled_from(NAMES))
def test_a_default_graph_leaves_no_named_ones(found: list[ox.Quad], name: str) -> None:
    """A query that looks into named graphs finds none."""
    assert rows(runner(found), GRAPHS, graphs=urns([name])) == []


@given(st.lists(simple, max_size=20), choices.filter(bool))
def test_the_graphs_of_a_request_take_the_place_of_those_of_the_query(
    found: list[ox.Quad], graphs: list[str]
) -> None:
    """FROM and FROM NAMED are passed over (SPARQL 1.1 Protocol, section 2.1.4)."""
    over, of = runner(found), urns(graphs)
    query = "SELECT (COUNT(*) AS ?n) FROM <urn:x:a> FROM <urn:x:b> FROM NAMED <urn:x:c> {{ {} }}"
    union = {quad.triple for quad in inside(found, of)}
    assert rows(over, query.format("?s ?p ?o"), graphs=of) == [(ox.Literal(len(union)),)]
    named = rows(over, query.format("GRAPH ?g { ?s ?p ?o }"), graphs=of)
    assert named == [(ox.Literal(0),)]


def test_every_form_of_query_is_asked_of_the_merge() -> None:
    """ASK, CONSTRUCT and DESCRIBE as well as SELECT; a path goes from one graph to the other."""
    over = runner([ox.Quad(iri(1), iri("p"), iri(2), iri("a")),
                   ox.Quad(iri(2), iri("p"), iri(3), iri("b"))])  # fmt: skip
    of = urns(["a", "b"])
    path = "{ <urn:x:1> <urn:x:p>/<urn:x:p> <urn:x:3> }"
    assert whole(over, f"ASK {path}", graphs=of) == b'{"head":{},"boolean":true}'
    assert whole(over, f"ASK {path}", graphs=of[:1]) == b'{"head":{},"boolean":false}'
    both = {ox.Triple(iri(1), iri("p"), iri(2)), ox.Triple(iri(2), iri("p"), iri(3))}
    assert graph(whole(over, COPY, "nt", graphs=of), "nt") == both
    described = whole(over, "DESCRIBE ?s { ?s ?p ?o }", "nt", graphs=of)
    assert graph(described, "nt") == both


@pytest.mark.parametrize("word", ["a", "not an iri", "", "urn:x:%zz<"])
def test_a_graph_that_has_no_iri_is_a_mistake_of_the_request(word: str) -> None:
    """It is not blamed on the format of the result."""
    for found in (failed(runner(), EVERY, graphs=(word,)), failed(runner(), EVERY, named=(word,))):
        assert (found.kind, found.line) == ("invalid", 0)
        assert found.detail.startswith("A graph has no absolute IRI: ")


# --- Functions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (<urn:f>(1) AS ?x) {}", [(None,)]),
        ("SELECT (<urn:f>() AS ?x) (<urn:g>(<urn:f>(2)) AS ?y) (1 AS ?z) {}", [(None, None, 1)]),
        ("SELECT (COALESCE(<urn:f>(1), 2) AS ?x) {}", [(2,)]),
        ("SELECT (<urn:f>(1) || true AS ?x) {}", [(True,)]),
        ("SELECT (1 AS ?x) { FILTER (<urn:f>(1)) }", []),
        ("SELECT (1 AS ?x) { FILTER (!<urn:f>(1)) }", []),
        ("SELECT ?x { VALUES ?x { 2 1 } } ORDER BY <urn:f>(?x) ?x", [(1,), (2,)]),
        ("SELECT (SUM(<urn:f>(?x)) AS ?n) { VALUES ?x { 2 1 } }", [(None,)]),
        ("SELECT ?x { VALUES ?y { 1 } } GROUP BY (<urn:f>(?y) AS ?x)", [(None,)]),
    ],
)
def test_an_unknown_function_has_no_value(query: str, expected: list[tuple[object, ...]]) -> None:
    """It is an error of the expression, and not of the query."""
    of = [tuple(None if x is None else ox.Literal(x) for x in row) for row in expected]  # type: ignore[arg-type]
    assert rows(runner(), query) == of


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("integer('7')", typed("7", "integer")),
        ("integer('x')", None),
        ("boolean('1')", typed("true", "boolean")),
        ("decimal('1.50')", typed("1.5", "decimal")),
        ("dateTime('2020-01-01T00:00:00Z')", typed("2020-01-01T00:00:00Z", "dateTime")),
        ("string(7)", ox.Literal("7")),
        ("double('1e3')", typed("1000", "double")),
    ],
)
def test_casts_work_beside_a_function_that_nobody_knows(
    call: str, expected: ox.Literal | None
) -> None:
    """As they do without one."""
    cast = f"<http://www.w3.org/2001/XMLSchema#{call.replace('(', '>(', 1)}"
    assert rows(runner(), f"SELECT ({cast} AS ?x) {{}}") == [(expected,)]
    both = f"SELECT ({cast} AS ?x) (<urn:f>({cast}) AS ?y) {{}}"
    assert rows(runner(), both) == [(expected, None)]


def test_many_unknown_functions_are_each_found() -> None:
    """However many a query calls."""
    calls = " ".join(f"(<urn:f{number}>(1) AS ?x{number})" for number in range(60))
    assert rows(runner(), f"SELECT {calls} {{}}") == [(None,) * 60]


# --- Mistakes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_mistake_has_its_place(form: str) -> None:
    """Line and column, what was found, and what could stand there."""
    found = failed(runner(), "SELECT *\nWHERE { ?s ?p }", form)
    assert (found.kind, found.line, found.column, found.found) == ("invalid", 2, 15, "}")
    assert "a variable" in found.allowed


def test_a_mistake_is_not_hidden_by_a_function_that_nobody_knows() -> None:
    """Nor is the function taken for it."""
    found = failed(runner(), "SELECT (<urn:f>(1) AS ?x) { ?s ?p }")
    assert (found.line, found.column, found.found) == (1, 35, "}")


def test_relative_iris_are_resolved() -> None:
    """Against the base of the question, unless the query has one."""
    found = runner().whole(Asked("SELECT (<o> AS ?x) {}", "csv", "http://e.org/b/"))
    assert found == b"x\r\nhttp://e.org/b/o\r\n"
    own = "BASE <http://e.org/a/> SELECT (<../o> AS ?x) {}"
    assert rows(runner(), own) == [(ox.NamedNode("http://e.org/o"),)]


@pytest.mark.parametrize("name", BY_NAME)
def test_no_result_is_a_result(name: str) -> None:
    """A query that finds nothing is answered in every format."""
    query = COPY if BY_NAME[name].is_graph else EVERY
    body = whole(runner(), query, name)
    assert graph(body, name) == set() if BY_NAME[name].is_graph else rows_of(body, name) == 0
