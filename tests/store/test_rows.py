"""Rows as a server sends them: what CSV is made of TSV, and what is no row."""

import csv
import io

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primum.use_cases.store import rows
from primum.use_cases.store.rows import Unfit

Table = list[list[ox.Literal | ox.NamedNode | None]]
TERMS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])).map(ox.Literal),
    st.integers().map(ox.Literal),
    st.booleans().map(ox.Literal),
    st.just(ox.Literal("grün", language="de")),
    st.just(ox.Literal("007", datatype=ox.NamedNode("http://example.org/code"))),
    st.just(ox.NamedNode("http://example.org/a")),
    st.none(),
)


def written(
    table: list[list[ox.Literal | ox.NamedNode | None]], form: ox.QueryResultsFormat
) -> bytes:
    """A table of two columns as the engine writes it."""
    given_rows = " ".join(
        f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in table
    )
    found = ox.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {given_rows} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    return found.serialize(format=form) or b""


def in_pieces(data: bytes, size: int) -> list[bytes]:
    """The same bytes, so many at a time."""
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.lists(st.lists(TERMS, min_size=2, max_size=2), max_size=4), st.integers(1, 40))
def test_csv_made_of_tsv_is_the_csv_of_the_engine(table: Table, size: int) -> None:
    """Byte for byte, however the TSV is cut into pieces; TSV comes out as it went in."""
    tab = written(table, ox.QueryResultsFormat.TSV)
    comma = written(table, ox.QueryResultsFormat.CSV)
    assert comma == b"".join(rows.csv(in_pieces(tab, size)))
    assert tab == b"".join(rows.tsv(in_pieces(tab, size)))


def test_values_are_read_without_their_types() -> None:
    """IRIs, texts, numbers and what is not bound."""
    data = b'?a\t?b\n<urn:a>\t"1"^^<urn:t>\n"x\\ty"@en\t\n1.5e3\t_:b\n'
    assert list(rows.table([data])) == [
        ("urn:a", "1"),
        ("x\ty", ""),
        ("1.5e3", "_:b"),
    ]


def test_lines_may_end_as_on_other_systems() -> None:
    """With a carriage return, and the last one with nothing."""
    assert b"".join(rows.csv([b"?a\t?b\r\n1\t2"])) == b"a,b\r\n1,2\r\n"
    assert list(csv.reader(io.StringIO("true\r\n"))) == [["true"]]
    assert b"".join(rows.csv([b"true"])) == b"true\r\n"


@pytest.mark.parametrize(
    "line",
    [
        b"Query evaluation stopped",
        b"<urn:a>",
        b"<urn:a>\t<urn:b>\t<urn:c>",
        b"<urn:a>\tbroken off",
        b'<urn:a>\t"no end',
        b'<urn:a>\t"an end" and more',
        b"<urn:a>\t\xff",
    ],
)
def test_a_line_that_is_no_row_is_told(line: bytes) -> None:
    """Wherever it stands, before anything of its piece is passed on."""
    for data in (
        [b"?a\t?b\n", line],
        [b"?a\t?b\n1\t2\n" + line],
        [b"?a\t?b\n" + line + b"\n1\t2\n"],
    ):
        with pytest.raises(Unfit):
            list(rows.csv(data))


@pytest.mark.parametrize("line", [b"stopped", b"<urn:a> <urn:b> <urn:c>", b'"a" <urn:b> "c" .'])
def test_a_line_that_is_no_triple_is_told(line: bytes) -> None:
    """Lines before it may have been passed on by then, those after it are not."""
    before = b"<urn:a> <urn:b> <urn:c> .\n"
    passed = rows.triples([before, line + b"\n" + before, before])
    assert next(passed) == before
    with pytest.raises(Unfit):
        next(passed)
    with pytest.raises(Unfit):
        list(rows.triples([before + line]))


def test_xml_keeps_what_a_parser_would_change() -> None:
    """A carriage return in a value goes on as a reference; a forbidden character is refused."""
    data = b"<sparql><literal>a\rb</literal></sparql>"
    assert b"".join(rows.xml([data])) == b"<sparql><literal>a&#13;b</literal></sparql>"
    with pytest.raises(ValueError, match="U"):
        list(rows.xml([b"<sparql>\x01</sparql>"]))
