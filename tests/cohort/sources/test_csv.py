"""Rows of CSV: whatever is written well is read so, and a bad row takes no other with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primum.foundation.errors import UnreadableBody
from primum.use_cases.cohort.sources import csv as reading
from primum.use_cases.cohort.sources import csv_rows
from primum.use_cases.cohort.sources.csv import CsvSource
from primum.use_cases.cohort.sources.csv_rows import split

HEADER = b"a,b\n"
TORN = "A quote is opened in the row, and not closed at the end of a field."
NO_TEXT = "The row has bytes that are not UTF-8."


@dataclass(frozen=True)
class Read:
    """What is read of a file: good rows, bad ones as texts with their reasons; each by its line."""

    good: dict[int, tuple[str | None, ...]]
    bad: dict[int, tuple[Any, str]]

    @property
    def records(self) -> int:
        """How many there are."""
        return len(self.good) + len(self.bad)


def read(path: Path, content: bytes) -> Read:
    """All rows of a file."""
    path.write_bytes(content)
    source = CsvSource([path])
    good, bad, records = {}, {}, 0
    for chunk in source.chunks(source.schema.names):
        assert chunk.first == records
        for piece in chunk.pieces:
            for row, values in enumerate(piece.batch.to_pylist()):
                assert piece.original(row) == values
                good[piece.line_of(piece.record_of(row))] = tuple(values.values())
            for each in piece.unreadable:
                assert each.line == piece.line_of(each.record)
                bad[each.line] = (each.row.get("text", each.row), each.why)
            records += piece.records
    assert len(good) + len(bad) == records, "each record is read or bad, in a line of its own"
    return Read(good, bad)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a file is written."""
    return tmp_path_factory.mktemp("csv") / "a.csv"


@pytest.fixture(scope="module", params=[1, 7, 2**22])
def blocks(request: pytest.FixtureRequest) -> Iterator[int]:
    """The sizes of the blocks in which files are read, in bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "BLOCK_BYTES", request.param)
        yield request.param


# --- Good rows -----------------------------------------------------------------------------------

VALUES = st.text(st.sampled_from('ab",;\n\r é\ufeff'), max_size=6)
TABLES = st.lists(st.tuples(VALUES, VALUES), max_size=12)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def written(table: list[tuple[str, str]], end: str, *, quoted: bool) -> str:
    """A table as CSV, with quotes around all values or those that need them."""
    return "".join(",".join(_cell(value, quoted=quoted) for value in row) + end for row in table)


def _cell(value: str, *, quoted: bool) -> str:
    """A value as a field."""
    if quoted or set(value) & {'"', ",", "\n", "\r"}:
        return '"' + value.replace('"', '""') + '"'
    return value


@pytest.mark.usefixtures("blocks")
@given(TABLES, ENDS, st.booleans(), st.booleans())
def test_what_is_written_is_read(
    path: Path, table: list[tuple[str, str]], end: str, quoted: bool, marked: bool
) -> None:
    """In blocks of any size; fields with quotes, separators and line ends, with and without BOM."""
    content = "\ufeff" * marked + written([("a", "b"), *table], end, quoted=quoted)
    found = read(path, content.encode())
    expected = [tuple(value or None for value in row) for row in table if any(row)]
    assert list(found.good.values()) == expected
    assert found.bad == {}


# --- Bad rows ------------------------------------------------------------------------------------

LINES = st.lists(st.sampled_from(["1,2", "x y,", ",z", "1,é", '"1","2"']), min_size=1, max_size=9)


@pytest.mark.usefixtures("blocks")
@given(LINES, st.data())
def test_a_stray_quote_takes_no_other_row_with_it(
    path: Path, lines: list[str], data: st.DataObject
) -> None:
    """Wherever it stands in one line: all the other lines are read, each as it is without it."""
    place = data.draw(st.integers(0, len(lines) - 1))
    at = data.draw(st.integers(0, len(lines[place])))
    damaged = [*lines]
    damaged[place] = lines[place][:at] + '"' + lines[place][at:]
    whole = read(path, HEADER + "\n".join(lines).encode())
    found = read(path, HEADER + "\n".join(damaged).encode())
    others = whole.good.keys() - {place + 2}
    assert others <= found.good.keys()
    assert all(found.good[line] == whole.good[line] for line in others)
    assert set(found.bad) <= {place + 2}
    assert found.records == len(lines)


@pytest.mark.usefixtures("blocks")
def test_each_bad_row_is_told_with_its_line_and_its_reason(path: Path) -> None:
    """Torn, too short, too long, no text, and of these some at once; blank ones are none."""
    content = (
        HEADER + b'1,"two\nlines"\n\n"torn,2\n3,4\n5\n6,7,8\n'
        b'9,"torn too\n\xff,10\n\xff\n"11"12,"13"\n14,"torn at the end'
    )
    found = read(path, content)
    assert found.good == {2: ("1", "two\nlines"), 6: ("3", "4"), 12: ("1112", "13")}
    assert found.bad == {
        5: ('"torn,2', TORN),
        7: ("5", "The row has 1 field; the header has 2."),
        8: ("6,7,8", "The row has 3 fields; the header has 2."),
        9: ('9,"torn too', TORN),
        10: ({"a": "\ufffd", "b": "10"}, NO_TEXT),
        11: ("\ufffd", "The row has 1 field; the header has 2."),
        13: ('14,"torn at the end', TORN),
    }


@given(st.binary(max_size=40).map(lambda data: bytes(b'a,"\n\r\xff '[each % 7] for each in data)))
def test_the_size_of_blocks_is_no_matter(path: Path, content: bytes) -> None:
    """Of any bytes at all the same is read, and nothing is lost."""
    whole = read(path, HEADER + content)
    for size in (1, 3, 16):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reading, "BLOCK_BYTES", size)
            assert read(path, HEADER + content) == whole
    assert b"".join(row.text for row in split(content, last=True)) == content


def test_a_quoted_field_may_not_go_on_for_ever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that does is a quote that was not closed; the rows in it are read."""
    monkeypatch.setattr(csv_rows, "MOST_ROW_BYTES", 100)
    monkeypatch.setattr(reading, "BLOCK_BYTES", 50)
    short, long = b'"' + b"1,2\n" * 20 + b'",3\n', b'"' + b"1,2\n" * 80 + b'",3\n'
    assert read(path, HEADER + short).records == 1
    found = read(path, HEADER + long)
    assert found.bad == {2: ('"1,2', TORN), 82: ('",3', TORN)}
    assert len(found.good) == 79


# --- What is no CSV ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "has no header"),
        (b"\n1,2\n", "has no header"),
        (b"a,b,a\n", "has the column 'a' more than once"),
        (b'a,"b\n1,2\n', "a quote is opened and not closed"),
        (b"a,\xff\n1,2\n", "has a header that is not UTF-8"),
    ],
)
def test_a_header_that_names_no_columns_is_told(path: Path, content: bytes, told: str) -> None:
    """Before anything is read."""
    path.write_bytes(content)
    with pytest.raises(UnreadableBody, match=told) as caught:
        CsvSource([path])
    assert caught.value.where == str(path)


def test_a_line_without_an_end_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not kept in memory for ever."""
    monkeypatch.setattr(reading, "BLOCK_BYTES", 10)
    monkeypatch.setattr(reading, "MOST_CHUNK_BYTES", 100)
    with pytest.raises(UnreadableBody, match=r"Line 4 of .* is longer than 100 bytes"):
        read(path, HEADER + b'1,"a\nb"\n' + b"x" * 1000)
