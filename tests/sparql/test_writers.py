"""Rows that were changed since the engine found them are written as it would have written them."""

import csv
import io
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from tests.sparql.made import RESULT_NAMES, Rows, all_texts, by_engine, table, tables, texts, typed

from primum.foundation.names import RESULTS
from primum.use_cases.sparql.writers import write

Table = tuple[list[str], Rows]


def written(found: Table, form: str) -> bytes:
    """Rows in a format."""
    held = io.BytesIO()
    write(held, form, *found)
    return held.getvalue()


@given(tables(all_texts))
def test_json_is_that_of_the_engine(found: Table) -> None:
    """It reads back as the same terms, and is the very text that the engine writes."""
    body = written(found, "json")
    assert table(body, "json") == found
    assert body == by_engine(body, "json")


@given(tables(texts))
def test_xml_says_what_that_of_the_engine_says(found: Table) -> None:
    """To the engine's reader, which trims white space, and to another one."""
    body = written(found, "xml")
    assert table(body, "xml") == found
    assert elements(body) == elements(as_read(by_engine(written(found, "json"), "xml")))


def elements(body: bytes) -> list[tuple[str, dict[str, str], str | None]]:
    """The elements of some XML with their attributes and text."""
    return [(each.tag, each.attrib, each.text) for each in ET.fromstring(body).iter()]  # noqa: S314 - our own XML


def as_read(body: bytes) -> bytes:
    """XML whose carriage returns a parser does not take for line feeds."""
    return body.replace(b"\r", b"&#13;")


@given(tables(all_texts, nested=False))
def test_csv_is_that_of_the_engine(found: Table) -> None:
    """The very text that the engine writes."""
    assert written(found, "csv") == by_engine(written(found, "json"), "csv")


@given(tables(all_texts))
def test_tsv_reads_back_as_the_same_terms(found: Table) -> None:
    """Numbers written in a way that Turtle has no short form for keep it."""
    body = written(found, "tsv")
    assert table(body, "tsv") == found
    assert body.count(b"\n") == len(found[1]) + 1


@given(tables(texts))
def test_csv_reads_back_as_the_same_values(found: Table) -> None:
    """By Python's reader: what is unbound is empty, a blank node has its label."""
    names, rows = found
    body = io.StringIO(written(found, "csv").decode(), newline="")
    expected = [[value(term) for term in row] for row in rows]
    read = [row or [""] for row in csv.reader(body)]  # a line without a sign is one empty value
    assert read == [names, *expected]


def value(term: object) -> str:
    """A term as CSV has it."""
    if term is None:
        return ""
    if isinstance(term, ox.Triple):
        return f"{value(term.subject)} {value(term.predicate)} {value(term.object)}"
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


@given(tables(texts, nested=False))
def test_xml_keeps_every_character(found: Table) -> None:
    """White space of any kind comes back as it was."""
    literals = [term.value for row in found[1] for term in row if isinstance(term, ox.Literal)]
    read = [text or "" for tag, _, text in elements(written(found, "xml")) if "literal" in tag]
    assert read == literals


@given(tables(texts))
@example((["x"], [(ox.Literal("]]></literal><evil/>"),)]))
def test_any_xml_parser_reads_the_xml(found: Table) -> None:
    """It finds as many results and bindings as there are."""
    names, rows = found
    tags = [tag.removeprefix(f"{{{RESULTS}}}") for tag, _, _ in elements(written(found, "xml"))]
    assert tags.count("variable") == len(names)
    assert tags.count("result") == len(rows)
    assert tags.count("binding") == sum(term is not None for row in rows for term in row)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (typed("01", "integer"), "01"),
        (typed("+5", "integer"), "+5"),
        (typed(".5", "decimal"), ".5"),
        (typed("1.", "decimal"), '"1."^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (typed("1.e5", "double"), "1.e5"),
        (typed("1", "double"), '"1"^^<http://www.w3.org/2001/XMLSchema#double>'),
        (typed("٣", "integer"), '"٣"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (typed("1\n", "integer"), '"1\\n"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (typed("true", "boolean"), "true"),
        (typed("1", "boolean"), '"1"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        (typed("7", "byte"), '"7"^^<http://www.w3.org/2001/XMLSchema#byte>'),
        (ox.Literal("a\tb"), '"a\\tb"'),
        (ox.Literal("a\\\tb"), '"a\\\\\\tb"'),
    ],
)
def test_tsv_leaves_out_what_turtle_need_not_be_told(term: ox.Literal, expected: str) -> None:
    """Numbers and truth values that are written as Turtle writes them have no quotes."""
    assert written((["x"], [(term,)]), "tsv").decode() == f"?x\n{expected}\n"


@pytest.mark.parametrize("form", RESULT_NAMES)
def test_a_result_without_rows_has_a_head(form: str) -> None:
    """And nothing else."""
    assert written((["x", "y"], []), form) == by_engine(written((["x", "y"], []), "json"), form)


def test_terms_beyond_those_that_are_kept_are_written_too() -> None:
    """More different terms than are remembered from row to row."""
    found: Table = (["x"], [(ox.Literal(f"{number}"),) for number in range(20_001)])
    assert table(written(found, "json"), "json") == found
