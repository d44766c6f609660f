"""What was found, as a page shows it: rows, an answer, a graph, and how much of them."""

import json
from typing import Any

import pytest

from primum.foundation.names import BASE, PREFIXES
from primum.web.editor.results import Answer, Cell, Table, Text, read_found

_RESULTS = "application/sparql-results+json"
Term = dict[str, Any]


def term(kind: str, value: object, **more: str) -> Term:
    """A term as results have it."""
    return {"type": kind, "value": value, **more}


def table(columns: list[str], *rows: dict[str, Term], here: bool = False) -> Table:
    """The table that is read of some rows."""
    document = {"head": {"vars": columns}, "results": {"bindings": rows}}
    found = read_found(json.dumps(document).encode(), _RESULTS, here=here)
    assert isinstance(found, Table)
    return found


def cell(value: Term, *, here: bool = False) -> Cell:
    """The cell that is read of a term."""
    found = table(["a"], {"a": value}, here=here).rows[0][0]
    assert found
    return found


def test_rows_are_in_the_order_of_the_columns() -> None:
    """A variable that is unbound in a row leaves its place, and is not empty text."""
    found = table(["b", "a"], {"a": term("literal", "")}, {"b": term("literal", "1")})
    assert found.rows == [[None, Cell("")], [Cell("1"), None]]


def test_a_literal_keeps_what_it_is() -> None:
    """Language and datatype are told; that of plain strings is not."""
    assert cell(term("literal", "x", **{"xml:lang": "en"})) == Cell("x", language="en")
    integer = PREFIXES["xsd"] + "integer"
    assert cell(term("literal", "1", datatype=integer)) == Cell("1", datatype="xsd:integer")
    assert cell(term("literal", "x", datatype=PREFIXES["xsd"] + "string")) == Cell("x")


def test_a_blank_node_is_told_from_text() -> None:
    """A blank node is written as one."""
    assert cell(term("bnode", "x")) == Cell("_:x")


@pytest.mark.parametrize(
    ("iri", "link"),
    [
        (f"{BASE}Some", "/Some"),
        (f"{BASE}source/a b", "/source/a%20b"),
        ("http://example.org/", "http://example.org/"),
        ("javascript:alert(1)", ""),
        ("urn:uuid:1", ""),
    ],
)
def test_an_iri_leads_where_it_can_be_read(iri: str, link: str) -> None:
    """Terms lead to their pages here, others to the web; what is no address leads nowhere."""
    assert cell(term("uri", iri), here=True).link == link


def test_without_pages_a_term_leads_to_its_iri() -> None:
    """A service of another dataset has no pages of terms."""
    assert cell(term("uri", f"{BASE}Some")) == Cell("primum:Some", link=f"{BASE}Some")


def test_a_triple_is_shown_by_its_terms() -> None:
    """A triple that is a term is written as one."""
    iri = term("uri", PREFIXES["rdfs"] + "label")
    triple = {"subject": iri, "predicate": iri, "object": term("literal", "x")}
    assert cell(term("triple", triple)) == Cell("<< rdfs:label rdfs:label x >>")


def test_a_page_shows_the_first_rows_and_counts_all() -> None:
    """A thousand rows at most, and fewer of many columns."""
    rows = [{"a": term("literal", "1")}] * 1001
    narrow, wide = table(["a"], *rows), table([f"v{number}" for number in range(1000)], *rows)
    assert (len(narrow.rows), narrow.total) == (1000, 1001)
    assert (len(wide.rows), wide.total) == (20, 1001)


def test_a_long_term_is_cut() -> None:
    """A cell shows the beginning of a long text or IRI."""
    assert cell(term("literal", "x" * 9999)).text == "x" * 2000 + "…"
    assert len(cell(term("uri", "urn:" + "x" * 9999)).text) == 2001


def test_an_answer_is_yes_or_no() -> None:
    """What ASK finds."""
    assert read_found(b'{"head": {}, "boolean": false}', _RESULTS) == Answer(holds=False)
    assert read_found(b'{"head": {}, "boolean": true}', _RESULTS) == Answer(holds=True)


def test_a_graph_is_shown_as_it_is_written() -> None:
    """A graph is text, which is cut after a line where it is long."""
    line = b"<a:a> <b:b> <c:c> .\n"
    assert read_found(line, "text/turtle; charset=utf-8") == Text(line.decode(), whole=True)
    long = read_found(line * 20_000, "text/turtle")
    assert isinstance(long, Text)
    assert not long.whole
    assert long.text.endswith("<c:c> .")
