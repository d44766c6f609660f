"""Comparing answers: what is the same up to blank nodes is, and what is not is told."""

import pyoxigraph as ox
import pytest
from tests.conformance.answers import Answer, Table, Triples, read
from tests.conformance.compare import compared

XSD = "http://www.w3.org/2001/XMLSchema#"


def table(*rows: str, head: str = "?x\t?y") -> Answer:
    """A table from lines of TSV."""
    return read("".join(f"{line}\n" for line in (head, *rows)).encode(), "tsv")


def graph(turtle: str) -> Answer:
    """A graph from Turtle."""
    return read(f"@prefix : <urn:> . {turtle}".encode(), "ttl")


def same(expected: Answer, found: Answer) -> bool:
    """Whether two answers are the same by value."""
    return compared(expected, found).by_value is None


def written_alike(expected: Answer, found: Answer) -> bool:
    """Whether two answers are the same as they are written."""
    return compared(expected, found).as_written is None


def test_the_order_of_rows_does_not_matter() -> None:
    """The same rows in another order are the same answer."""
    assert written_alike(table("<urn:a>\t1", "<urn:b>\t2"), table("<urn:b>\t2", "<urn:a>\t1"))


@pytest.mark.parametrize(
    "found",
    [
        table("<urn:a>\t1"),
        table("<urn:a>\t1", "<urn:b>\t2", "<urn:c>\t3"),
        table("<urn:a>\t1", "<urn:b>\t3"),
        table("<urn:a>\t1", "<urn:b>\t"),
        table("<urn:a>\t1", "<urn:a>\t1"),
        table("<urn:a>\t2", "<urn:b>\t1"),
        table("<urn:a>\t1", "<urn:b>\t2", "<urn:b>\t2"),
        table('<urn:a>\t"1"', "<urn:b>\t2"),
        table("<urn:a>\t1", "<urn:b>\t2", head="?x\t?z"),
        table("<urn:a>\t1.0", "<urn:b>\t2"),
        table(f'<urn:a>\t"1"^^<{XSD}int>', "<urn:b>\t2"),
        table('<urn:a>\t"1"@en', "<urn:b>\t2"),
    ],
)
def test_a_wrong_table_is_caught(found: Answer) -> None:
    """A row, value, datatype or language too much, missing or another is told."""
    expected = table("<urn:a>\t1", "<urn:b>\t2")
    assert not same(expected, found)
    assert not same(found, expected)


def test_a_reason_shows_what_is_missing_and_what_is_not_expected() -> None:
    """The reason names both rows."""
    reason = compared(table("<urn:a>\t1"), table("<urn:a>\t2")).by_value or ""
    missing, more = reason.split("; ")
    assert missing.startswith("missing: ?x=<urn:a> ?y=")
    assert more.startswith("not expected: ?x=<urn:a> ?y=")


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("2.0", "2.00"),
        ("1.0e6", f'"1000000"^^<{XSD}double>'),
        ("01", "1"),
        (f'"-3"^^<{XSD}negativeInteger>', f'"-03"^^<{XSD}negativeInteger>'),
        (f'"2.0E-1"^^<{XSD}float>', f'"0.2"^^<{XSD}float>'),
        (f'"1"^^<{XSD}boolean>', "true"),
        ("-0", "0"),
        ("100000000000000000000.0", f'"100000000000000000000"^^<{XSD}decimal>'),
    ],
)
def test_another_way_to_write_a_value_is_the_same_value_only(expected: str, found: str) -> None:
    """Both have the datatype and the value, but are not written alike."""
    comparison = compared(table(f"{expected}\t1"), table(f"{found}\t1"))
    assert comparison.by_value is None
    assert comparison.as_written is not None


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (f'"-3"^^<{XSD}negativeInteger>', "-3"),
        ("1", "1.0"),
        ("1.0", "1.0e0"),
        (f'"1"^^<{XSD}float>', f'"1"^^<{XSD}double>'),
        (f'"1"^^<{XSD}boolean>', f'"0"^^<{XSD}boolean>'),
        ("10000000000000000000.1", "10000000000000000000.2"),
        (f"{'1' * 60}.1", f"{'1' * 60}.2"),
        (f'"x"^^<{XSD}integer>', f'"y"^^<{XSD}integer>'),
        ("true", '"true"'),
    ],
)
def test_another_datatype_or_value_is_no_way_to_write_it(expected: str, found: str) -> None:
    """Neither a derived type nor a near value passes for the other."""
    assert not same(table(f"{expected}\t1"), table(f"{found}\t1"))


def test_the_letter_of_an_exponent_is_no_difference() -> None:
    """The suite itself writes both for one literal."""
    assert written_alike(table("1.0e6\t1"), table("1.0E6\t1"))


def test_blank_nodes_may_have_any_name() -> None:
    """Other names and another order of rows are the same answer."""
    expected = table("_:a\t_:b", "_:b\t_:a", "_:c\t1")
    assert written_alike(expected, table("_:z\t1", "_:b\t_:q", "_:q\t_:b"))


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (("_:a\t_:a",), ("_:a\t_:b",)),
        (("_:a\t1", "_:b\t2"), ("_:a\t1", "_:a\t2")),
        (("_:a\t_:b", "_:b\t_:c", "_:c\t_:a"), ("_:a\t_:b", "_:b\t_:a", "_:c\t_:c")),
        (("_:a\t1",), ("<urn:a>\t1",)),
        (("_:a\t1",), ('"_:a"\t1',)),
        (("_:a\t1", "_:a\t1", "_:b\t1"), ("_:a\t1", "_:b\t1", "_:c\t1")),
    ],
)
def test_blank_nodes_shared_otherwise_are_caught(
    expected: tuple[str, ...], found: tuple[str, ...]
) -> None:
    """What is one node in an answer is one node in the other, over all rows."""
    assert not same(table(*expected), table(*found))
    assert not same(table(*found), table(*expected))


def test_graphs_are_compared_up_to_blank_nodes() -> None:
    """The same statements about other names of nodes are the same graph."""
    assert written_alike(
        graph(":a :p [ :q 1 ], [ :q 2 ] ."), graph("_:x :q 2 . _:y :q 1 . :a :p _:x, _:y .")
    )


@pytest.mark.parametrize(
    "found",
    [
        ":a :p [ :q 1 ; :r 2 ] .",
        ":a :p _:x . _:x :q 1 . _:y :r 2 .",
        ":a :p [ :q 1 ], [ :r 3 ] .",
        ":a :p [ :q 1 ], [ :r 2 ], [] .",
        ":a :p [ :q 1 ], [ :r 2.0 ] .",
        "",
    ],
)
def test_a_wrong_graph_is_caught(found: str) -> None:
    """A statement too much, missing, or about another node is told."""
    assert not same(graph(":a :p [ :q 1 ], [ :r 2 ] ."), graph(found))


@pytest.mark.parametrize("found", [False, Table((), ()), Triples(frozenset())])
def test_another_kind_of_answer_is_caught(found: Answer) -> None:
    """Neither false nor an empty table nor an empty graph is true."""
    assert same(True, True)
    assert not same(True, found)
    assert not same(found, True)


def test_a_column_of_no_value_is_a_column() -> None:
    """A variable that is never bound stands in the head all the same."""
    assert not same(
        Table(("x",), ({"x": ox.Literal(1)},)), Table(("x", "y"), ({"x": ox.Literal(1)},))
    )
