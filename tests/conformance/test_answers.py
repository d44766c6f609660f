"""Reading answers from the formats that they come in."""

import pyoxigraph as ox
import pytest
from tests.conformance.answers import Table, Triples, Unreadable, read

ROW = {"s": ox.NamedNode("urn:a"), "o": ox.Literal("x")}
JSON = b"""{"head": {"vars": ["s", "o"]}, "results": {"bindings": [
    {"s": {"type": "uri", "value": "urn:a"}, "o": {"type": "literal", "value": "x"}}, {}]}}"""
XML = b"""<sparql xmlns="http://www.w3.org/2005/sparql-results#">
  <head><variable name="s"/><variable name="o"/></head>
  <results><result><binding name="s"><uri>urn:a</uri></binding>
    <binding name="o"><literal>x</literal></binding></result><result/></results></sparql>"""
DESCRIBED = b"""@prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .
[] a rs:ResultSet ; rs:resultVariable "s" , "o" ; rs:solution [] ,
    [ rs:binding [ rs:variable "s" ; rs:value <urn:a> ] , [ rs:variable "o" ; rs:value "x" ] ] ."""


@pytest.mark.parametrize(
    ("form", "body"),
    [
        ("srj", JSON),
        ("srx", XML),
        ("tsv", b'?s\t?o\n<urn:a>\t"x"\n\t\n'),
        ("ttl", DESCRIBED),
    ],
)
def test_a_table_is_read_from_each_format(form: str, body: bytes) -> None:
    """One row has both values, the other none."""
    answer = read(body, form)
    assert isinstance(answer, Table)
    assert sorted(answer.variables) == ["o", "s"]
    assert sorted(answer.rows, key=len) == [{}, ROW]


def test_csv_is_read_as_text() -> None:
    """Only blank nodes are told apart from text; what is empty is unbound."""
    answer = read(b's,o\r\nurn:a,"1,5"\r\n_:b,\r\n', "csv")
    rows = ({"s": ox.Literal("urn:a"), "o": ox.Literal("1,5")}, {"s": ox.BlankNode("b")})
    assert answer == Table(("s", "o"), rows)


@pytest.mark.parametrize(
    ("form", "body"),
    [
        ("srj", b'{"head": {}, "boolean": true}'),
        ("srx", XML.split(b"<head>")[0] + b"<head/><boolean>true</boolean></sparql>"),
    ],
)
def test_a_boolean_is_read(form: str, body: bytes) -> None:
    """ASK has one word for an answer."""
    assert read(body, form) is True


def test_a_graph_is_read_against_its_base() -> None:
    """Relative IRIs become those of the base."""
    triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.NamedNode("http://x/b"))
    assert read(b"<urn:a> <urn:p> <b> .", "ttl", "http://x/") == Triples(frozenset({triple}))


@pytest.mark.parametrize(
    ("form", "body"),
    [
        ("srj", b"{"),
        ("srj", XML),
        ("srx", XML[:-10]),
        ("tsv", b"?s\nx y\n"),
        ("csv", b"s,o\r\na\r\n"),
        ("csv", b"s\r\n\xff\r\n"),
        ("ttl", b"<urn:a> <urn:p> ."),
        ("nt", DESCRIBED),
    ],
)
def test_what_is_written_otherwise_is_unreadable(form: str, body: bytes) -> None:
    """A cut, mixed up or malformed answer is never taken for one."""
    with pytest.raises(Unreadable):
        read(body, form)
