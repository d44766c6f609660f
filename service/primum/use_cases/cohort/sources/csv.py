"""Rows from CSV files: every column is text, and an empty field is a missing value.

One thread reads, because where a quoted field ends is only known from what stands before it.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.csv as pa_csv

from primum.foundation.errors import UnreadableBody
from primum.use_cases.cohort.sources.columns import together
from primum.use_cases.cohort.sources.csv_block import Bad, Place, last_piece, piece_of
from primum.use_cases.cohort.sources.source import CHUNK_ROWS, Chunk, Piece
from primum.use_cases.cohort.sources.text import BLOCK_BYTES, MOST_CHUNK_BYTES, opened

_FORM: Final = "CSV"
_NEWLINE: Final = b"\n"


class CsvSource:
    """The rows of CSV files, whose first row names the columns."""

    unit: Final = "bytes"

    def __init__(self, paths: Iterable[Path], required: Iterable[str] = ()) -> None:
        """Read the headers of all files; raises QuestionError where they do not go together."""
        self._paths = tuple(paths)
        self._headers = {path: _header(path) for path in self._paths}
        schemas = [(str(path), _schema(names)) for path, names in self._headers.items()]
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
        for path in self._paths:
            place = Place.after(self._headers[path], str(path))
            with opened(path, _FORM) as file:
                read = 0
                for batch in _batches(file.stream, place):
                    yield piece_of(batch, place, columns), file.place - read, batch.nbytes
                    read = file.place
            if place.bad:
                yield last_piece(place, columns), 0, 0


def _header(path: Path) -> list[str]:
    """The names of the columns of a file."""
    with opened(path, _FORM) as file:
        head = file.stream.read(BLOCK_BYTES)
    try:
        text = head[: head.rfind(_NEWLINE) + 1 or None].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The header may be good all the same: what cannot be read may stand far below it.
        text = head[: error.start].decode("utf-8-sig")
    names = next(csv.reader(io.StringIO(text, newline="")), [])
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if not names or twice:
        what = f"has the column {twice[0]!r} more than once" if twice else "has no header"
        raise UnreadableBody(
            f"{path} {what}.", where=str(path), allowed=("a name for each column",)
        )
    return names


def _schema(names: Iterable[str]) -> pa.Schema:
    """Columns of text."""
    return pa.schema([(name, pa.string()) for name in names])


def _batches(stream: pa.NativeFile, place: Place) -> Iterator[pa.RecordBatch]:
    """The rows of a file as bytes, in blocks; those with too few or many fields go to `place`."""

    def keep(row: pa_csv.InvalidRow) -> str:
        place.bad.append(Bad(row.number, row.actual_columns, row.text))
        return "skip"

    yield from pa_csv.open_csv(
        stream,
        read_options=pa_csv.ReadOptions(use_threads=False, block_size=BLOCK_BYTES),
        parse_options=pa_csv.ParseOptions(
            newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=keep
        ),
        convert_options=pa_csv.ConvertOptions(
            column_types={name: pa.binary() for name in place.header},
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
