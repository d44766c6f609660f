"""Results are counted exactly, kept within their limits, and handed on in pieces that are whole."""

import csv
import io

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sparql.made import (
    GRAPH_NAMES,
    RESULT_NAMES,
    Rows,
    all_texts,
    by_engine,
    runner,
    tables,
    texts,
    whole,
)

from primum.use_cases.sparql.exchange import MOST_BYTES
from primum.use_cases.sparql.outputs import Overflow, Pieces, Whole, rows_of
from primum.use_cases.sparql.writers import write

Table = tuple[list[str], Rows]
PIECE = 65_536


def written(found: Table, form: str) -> bytes:
    """Rows in a format."""
    held = io.BytesIO()
    write(held, form, *found)
    return held.getvalue()


@given(tables(all_texts))
def test_rows_are_counted_whatever_is_in_them(found: Table) -> None:
    """In each format, whether we wrote it or the engine."""
    expected = dict.fromkeys(RESULT_NAMES, len(found[1]))
    assert {form: rows_of(written(found, form), form) for form in RESULT_NAMES} == expected
    body = written(found, "json")
    assert {form: rows_of(by_engine(body, form), form) for form in RESULT_NAMES} == expected


@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=5))
def test_rows_of_csv_are_those_that_a_reader_finds(rows: list[list[str]]) -> None:
    """Another writer of CSV puts other things in quotes."""
    held = io.StringIO(newline="")
    csv.writer(held, quoting=csv.QUOTE_ALL).writerows([["x", "y"], *rows])
    assert rows_of(held.getvalue().encode(), "csv") == len(rows)


@pytest.mark.parametrize("form", RESULT_NAMES)
def test_a_value_may_be_long(form: str) -> None:
    """Of half a million characters, with quotes and line ends among them."""
    long = 'x"\n,' * 125_000
    found: Table = (["x", "y"], [(ox.Literal(long), ox.Literal("y"))] * 3)
    assert rows_of(written(found, form), form) == 3


@pytest.mark.parametrize("form", RESULT_NAMES)
@pytest.mark.parametrize("query", ["SELECT * {}", "SELECT ?x {}", "SELECT * { VALUES ?x {} }"])
def test_rows_without_values_are_rows(form: str, query: str) -> None:
    """A line that is empty is a row; a result without rows has none."""
    assert rows_of(whole(runner(), query, form), form) == ("VALUES" not in query)


@pytest.mark.parametrize("form", GRAPH_NAMES)
def test_triples_are_not_counted_in_what_is_written(form: str) -> None:
    """They were counted before."""
    assert rows_of(b"\n\n<result>", form) == 0


def test_a_whole_result_has_as_many_bytes_as_may_be() -> None:
    """One more is an overflow, and nothing of it is kept."""
    kept = Whole()
    kept.write(bytes(MOST_BYTES - 1))
    assert kept.write(b"x") == 1
    with pytest.raises(Overflow, match="more than 10000000 bytes"):
        kept.write(b"x")
    assert len(kept.body("nt")) == MOST_BYTES


@given(st.lists(st.integers(0, 200_000), max_size=5))
def test_pieces_make_up_the_result(sizes: list[int]) -> None:
    """All of one size but the last, however it was written; none is empty."""
    sent: list[bytes] = []
    pieces, parts = Pieces(sent.append), [bytes([at]) * size for at, size in enumerate(sizes)]
    assert [pieces.write(part) for part in parts] == sizes
    assert pieces.begun == (sum(sizes) >= PIECE)
    pieces.flush()
    assert b"".join(sent) == b"".join(parts)
    assert pieces.begun == bool(sent)
    assert {len(piece) for piece in sent[:-1]} <= {PIECE}
    assert all(0 < len(piece) <= PIECE for piece in sent)


def test_what_is_written_may_change_afterwards() -> None:
    """A writer that fills one buffer again and again is not confused."""
    sent: list[bytes] = []
    pieces, buffer = Pieces(sent.append), bytearray(b"ab")
    pieces.write(buffer)
    buffer[:] = b"cd"
    pieces.write(memoryview(buffer))
    pieces.flush()
    assert sent == [b"abcd"]
