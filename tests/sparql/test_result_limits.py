"""A result is exactly as large as it may be, and a streamed one comes in pieces."""

import pyoxigraph as ox
import pytest
from tests.sparql.made import (
    GRAPH_NAMES,
    RESULT_NAMES,
    asked,
    failed,
    graph,
    iri,
    runner,
    whole,
)

from primum.use_cases.sparql.exchange import MOST_BYTES, MOST_ROWS, Asked, Failed
from primum.use_cases.sparql.outputs import rows_of
from primum.use_cases.sparql.running import Runner

COPY = "CONSTRUCT WHERE { ?s ?p ?o }"
EVERY = "SELECT ?s ?p ?o { ?s ?p ?o }"
CROWD = [ox.Quad(iri(number), iri("p"), iri("o")) for number in range(350)]
PAIRS = "{ ?a ?p ?o . ?b ?p ?o }"


@pytest.fixture(scope="module")
def crowd() -> Runner:
    """What evaluates queries that have up to 122,500 rows."""
    return runner(CROWD)


@pytest.mark.parametrize("form", RESULT_NAMES)
def test_a_result_has_as_many_rows_as_may_be(crowd: Runner, form: str) -> None:
    """One more is refused, with the number that may be."""
    query = f"SELECT ('' AS ?x) {PAIRS} LIMIT "
    assert rows_of(whole(crowd, f"{query}{MOST_ROWS}", form), form) == MOST_ROWS == 100_000
    found = failed(crowd, f"{query}{MOST_ROWS + 1}", form)
    assert found == Failed("large", "The result has more than 100000 rows.")


@pytest.mark.parametrize("form", GRAPH_NAMES)
def test_a_graph_has_as_many_triples_as_may_be(crowd: Runner, form: str) -> None:
    """One more is refused, before it is written."""
    query = f"CONSTRUCT {{ ?a ?p ?b }} WHERE {PAIRS} LIMIT "
    assert len(graph(whole(crowd, f"{query}{MOST_ROWS}", form), form)) == MOST_ROWS
    found = failed(crowd, f"{query}{MOST_ROWS + 1}", form)
    assert found == Failed("large", "The result has more than 100000 triples.")


def test_a_triple_that_is_found_again_is_not_counted(crowd: Runner) -> None:
    """A hundred thousand solutions and more make one triple."""
    query = f"CONSTRUCT {{ <urn:x:1> ?p ?o }} WHERE {PAIRS}"
    assert graph(whole(crowd, query, "nt"), "nt") == {CROWD[1].triple}


@pytest.mark.parametrize("form", [*RESULT_NAMES, *GRAPH_NAMES])
def test_a_result_has_as_many_bytes_as_may_be(form: str) -> None:
    """One more is refused."""
    query = COPY if form in GRAPH_NAMES else "SELECT ?o { ?s ?p ?o }"
    room = MOST_BYTES - len(whole(long_literal(1), query, form)) + 1
    assert len(whole(long_literal(room), query, form)) == MOST_BYTES == 10_000_000
    found = failed(long_literal(room + 1), query, form)
    assert found == Failed("large", "The result has more than 10000000 bytes.")


def long_literal(size: int) -> Runner:
    """What evaluates queries over one literal of some length."""
    return runner([ox.Quad(iri("s"), iri("p"), ox.Literal("x" * size))])


# --- Pieces --------------------------------------------------------------------------------------


def pieces_of(over: Runner, question: Asked) -> tuple[list[bytes], Failed | None]:
    """The pieces of a result, and why there is none."""
    found: list[bytes] = []
    why = over.pieces(question, found.append)
    return found, why


@pytest.mark.parametrize("form", [*RESULT_NAMES, *GRAPH_NAMES])
def test_pieces_are_the_whole_result(crowd: Runner, form: str) -> None:
    """Each is as long as may be, but the last."""
    query = COPY if form in GRAPH_NAMES else f"SELECT * {PAIRS} LIMIT 2000"
    found, why = pieces_of(crowd, asked(query, form))
    assert why is None
    assert b"".join(found) == whole(crowd, query, form)
    assert {len(piece) for piece in found[:-1]} <= {65_536}


@pytest.mark.parametrize("form", RESULT_NAMES)
def test_pieces_may_be_more_than_a_whole_result(crowd: Runner, form: str) -> None:
    """No cap on rows holds for them."""
    found, why = pieces_of(crowd, asked(f"SELECT (1 AS ?x) {PAIRS}", form))
    assert why is None
    assert rows_of(b"".join(found), form) == len(CROWD) ** 2 > MOST_ROWS


def test_a_piece_is_short_though_a_value_is_long() -> None:
    """One of twelve million characters, more than a whole result has, goes out in many."""
    found, why = pieces_of(long_literal(12_000_000), asked(EVERY, "json"))
    assert why is None
    assert max(map(len, found)) == 65_536
    assert sum(map(len, found)) > MOST_BYTES


def test_the_first_piece_comes_before_the_last_row_is_found(crowd: Runner) -> None:
    """A result is not collected first: who has the first piece may stop the rest."""

    class Enough(Exception):
        """Nothing more is wanted."""

    def stop(_: bytes) -> None:
        raise Enough

    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    for query, form in ((endless, "csv"), (endless.replace("SELECT *", WRITING), "nt")):
        with pytest.raises(Enough):
            crowd.pieces(asked(query, form), stop)


WRITING = "CONSTRUCT { ?a ?b ?d . ?g ?b ?j . ?d ?b ?m } WHERE"


@pytest.mark.parametrize(
    ("query", "form", "kind"),
    [
        ("SELECT * { ?s ?p }", "json", "invalid"),
        ("CONSTRUCT { <urn:s> <urn:1> 2 } {}", "rdf", "format"),
        ("SELECT ('\\u0001' AS ?x) {}", "xml", "format"),
    ],
)
def test_a_failure_before_the_first_piece_is_told(query: str, form: str, kind: str) -> None:
    """As that of the whole result is; no piece was handed on."""
    found, why = pieces_of(runner(), asked(query, form))
    assert found == []
    assert why is not None
    assert why.kind == kind
    assert why == failed(runner(), query, form)


def test_a_failure_after_the_first_piece_breaks_the_result_off() -> None:
    """It raises, since a result that was begun cannot be taken back; its end never came."""
    filler = [ox.Quad(iri(number), iri("p"), ox.Literal("x" * 100)) for number in range(2000)]
    over = runner([*filler, ox.Quad(iri("z"), iri(1), iri("o"), iri("g"))])
    query = "CONSTRUCT { ?s ?p ?o } { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    query = f"{query} ORDER BY DESC(?p)"
    found: list[bytes] = []
    with pytest.raises(ValueError, match="no name of an XML element"):
        over.pieces(asked(query, "rdf"), found.append)
    assert len(found) > 1
    assert b"</rdf:RDF>" not in b"".join(found)
