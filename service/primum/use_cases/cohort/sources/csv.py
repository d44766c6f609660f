"""Rows from CSV files: every column is text, and an empty field is a missing value.

One thread reads, because where a quoted field ends is only known from what stands before it.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from primum.foundation.errors import UnreadableBody
from primum.use_cases.cohort.sources.columns import together
from primum.use_cases.cohort.sources.csv_block import Block
from primum.use_cases.cohort.sources.csv_piece import piece_of
from primum.use_cases.cohort.sources.csv_rows import Row, lines_in, split, whole_lines
from primum.use_cases.cohort.sources.source import CHUNK_ROWS, Chunk, Piece
from primum.use_cases.cohort.sources.text import BLOCK_BYTES, MOST_CHUNK_BYTES, opened

_FORM: Final = "CSV"
_UTF8: Final = "utf-8-sig"
_MOST_HEADER_BYTES: Final = BLOCK_BYTES


@dataclass(frozen=True, slots=True)
class _Header:
    """The names of the columns of a file, and the bytes and lines that they take."""

    names: tuple[str, ...]
    size: int
    lines: int


class CsvSource:
    """The rows of CSV files, whose first row names the columns."""

    unit: Final = "bytes"

    def __init__(self, paths: Iterable[Path], required: Iterable[str] = ()) -> None:
        """Read the headers of all files; raises QuestionError where they do not go together."""
        self._paths = tuple(paths)
        self._headers = {path: _header(path) for path in self._paths}
        schemas = [(str(path), _schema(each.names)) for path, each in self._headers.items()]
        self.schema = together(schemas, required)
        self.files = tuple(map(str, self._paths))
        self.total = sum(path.stat().st_size for path in self._paths)

    def chunks(self, columns: list[str], rows: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """The chunks, each of the blocks that reach its size."""
        pieces: list[Piece] = []
        number = first = amount = held = size = 0
        for piece, read, taken in self._pieces(columns):
            pieces.append(piece)
            held, amount, size = held + piece.records, amount + read, size + taken
            if held >= rows or size >= MOST_CHUNK_BYTES:
                yield Chunk(number, first, amount, iter(pieces))
                number, first, pieces = number + 1, first + held, []
                amount = held = size = 0
        if pieces:
            yield Chunk(number, first, amount, iter(pieces))

    def _pieces(self, columns: list[str]) -> Iterator[tuple[Piece, int, int]]:
        """The pieces of all files, with the bytes read for each and those it takes."""
        for path, header in self._headers.items():
            with opened(path, _FORM) as file:
                read = 0
                for block, line in _blocks(file.stream, header, path):
                    piece = piece_of(block, str(path), line, columns)
                    yield piece, file.place - read, block.batch.nbytes
                    read = file.place


def _header(path: Path) -> _Header:
    """The header of a file; raises UnreadableBody where it has none that can be read."""
    with opened(path, _FORM) as file:
        head = file.stream.read(_MOST_HEADER_BYTES)
    row, torn = next(split(head, last=True), Row(b"", torn=False))
    if torn:
        raise _no_header(path, "has a header in which a quote is opened and not closed")
    if len(row) == _MOST_HEADER_BYTES:
        raise _no_header(path, f"has a first line that is longer than {_MOST_HEADER_BYTES:,} bytes")
    try:
        text = row.decode(_UTF8)
    except UnicodeDecodeError:
        raise _no_header(path, "has a header that is not UTF-8") from None
    names = tuple(next(csv.reader(io.StringIO(text, newline="")), ()))
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if not names or twice:
        what = f"has the column {twice[0]!r} more than once" if twice else "has no header"
        raise _no_header(path, what)
    return _Header(names, len(row), lines_in(row))


def _no_header(path: Path, what: str) -> UnreadableBody:
    """The error for a file whose columns have no names."""
    return UnreadableBody(f"{path} {what}.", where=str(path), allowed=("a name for each column",))


def _schema(names: Iterable[str]) -> pa.Schema:
    """Columns of text."""
    return pa.schema([(name, pa.string()) for name in names])


def _blocks(stream: pa.NativeFile, header: _Header, path: Path) -> Iterator[tuple[Block, int]]:
    """The rows of a file in blocks, each with its first line.

    What a block leaves begins the next one. Raises UnreadableBody for a line without an end.
    """
    rest, more, line = b"", stream.read(header.size), 1 + header.lines
    while more:
        more = stream.read(BLOCK_BYTES)
        text = rest + more
        block = Block.of(text[: whole_lines(text) if more else None], header.names, last=not more)
        rest = text[block.end :]
        if block.slots:
            yield block, line
            line += block.lines
        elif len(rest) > MOST_CHUNK_BYTES:
            raise UnreadableBody(
                f"Line {line} of {path} is longer than {MOST_CHUNK_BYTES:,} bytes.",
                where=str(path),
                allowed=("shorter lines",),
            )
