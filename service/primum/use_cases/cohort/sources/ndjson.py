"""Rows from lines of JSON: objects of columns, and case records. Every column is text."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from primum.foundation.errors import UnreadableBody
from primum.use_cases.cohort.sources.flat import is_record, lists_treatments
from primum.use_cases.cohort.sources.lines import Line, lines_of, records_in
from primum.use_cases.cohort.sources.rows import NotARow, RowsOfLines, text
from primum.use_cases.cohort.sources.source import CHUNK_ROWS, Chunk, Piece, Unreadable
from primum.use_cases.cohort.sources.text import BLOCK_BYTES, MOST_CHUNK_BYTES, opened
from primum.use_cases.cohort.table import schema as table

_FORM: Final = "NDJSON"
_NEWLINE: Final = b"\n"
_ALWAYS: Final = (
    table.ID,
    table.INJURY,
    table.GRADE,
    table.SIDE,
    table.ASSESSED_AT,
    table.AGE,
    table.PRESENT,
    table.ABSENT,
)
_OF_RECORDS: Final = (table.ONSET, table.NOT_BEFORE, table.NOT_AFTER)
_OF_TREATMENTS: Final = (table.TREATMENT, table.AT)


class NdjsonSource:
    """The rows of files with a JSON object on each line.

    Which columns there are is seen in the first block of each file. A member that stands in no
    line of these, and would be read, makes its line a reject.
    """

    unit: Final = "bytes"

    def __init__(self, paths: Iterable[Path], lines: RowsOfLines) -> None:
        """Look at the first lines of all files."""
        self._paths = tuple(paths)
        self._lines = lines
        self.files = tuple(map(str, self._paths))
        self.total = sum(path.stat().st_size for path in self._paths)
        self.schema = pa.schema([(name, pa.string()) for name in self._names()])

    def _names(self) -> list[str]:
        """The columns that the first lines have, and those that any line may have."""
        found = dict.fromkeys([*map(self._lines.column, _ALWAYS), *self._lines.told])
        for path in self._paths:
            with opened(path, _FORM) as file:
                block = next(_blocks(file.stream, path), b"")
            for line in lines_of(block, 1):
                found |= dict.fromkeys(self._named(line.document or {}))
        return list(found)

    def _named(self, document: Mapping[str, Any]) -> Iterator[str]:
        """The columns that a line names."""
        if not is_record(document):
            yield from (key for key in document if not self._lines.is_flag(key))
            return
        yield from map(self._lines.column, _OF_RECORDS)
        if lists_treatments(document):
            yield from map(self._lines.column, _OF_TREATMENTS)

    def chunks(self, columns: list[str], rows: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """The chunks, each of the blocks that reach its size."""
        pieces: list[tuple[str, bytes, int]] = []
        number = first = amount = held = size = 0
        for path, block, line, read in self._blocks():
            pieces.append((str(path), block, line))
            held, amount, size = held + records_in(block), amount + read, size + len(block)
            if held >= rows or size >= MOST_CHUNK_BYTES:
                yield Chunk(number, first, amount, self._pieces(pieces, columns))
                number, first, pieces = number + 1, first + held, []
                amount = held = size = 0
        if held:
            yield Chunk(number, first, amount, self._pieces(pieces, columns))

    def _blocks(self) -> Iterator[tuple[Path, bytes, int, int]]:
        """Whole lines of all files, with the number of the first, and the bytes that were read."""
        for path in self._paths:
            with opened(path, _FORM) as file:
                line, read = 1, 0
                for block in _blocks(file.stream, path):
                    yield path, block, line, file.place - read
                    line, read = line + block.count(_NEWLINE), file.place

    def _pieces(self, blocks: list[tuple[str, bytes, int]], columns: list[str]) -> Iterator[Piece]:
        """Blocks as pieces."""
        for file, block, first in blocks:
            yield self.piece(file, list(lines_of(block, first)), columns)

    def piece(self, file: str, lines: list[Line], columns: list[str]) -> Piece:
        """Lines as a piece."""
        audit = self._lines.column(table.TREATMENT) in columns
        known = frozenset(self.schema.names)
        rows: list[Mapping[str, Any]] = []
        numbers: list[int] = []
        unreadable = []
        for record, line in enumerate(lines):
            try:
                found = self._lines.rows(line, known, audit=audit)
            except NotARow as error:
                unreadable.append(
                    Unreadable(record, line.number, error.row, error.why, error.faults)
                )
                continue
            rows += found
            numbers += [record] * len(found)
        return Piece(
            batch_of(rows, columns),
            file,
            len(lines),
            lines[0].number if lines else 1,
            partial(_original, lines, numbers),
            np.array(numbers, np.int64),
            np.array([line.number for line in lines], np.int64),
            tuple(unreadable),
        )


def batch_of(rows: list[Mapping[str, Any]], columns: Iterable[str]) -> pa.RecordBatch:
    """Rows as columns of text."""
    arrays = [pa.array([text(row.get(name)) for row in rows], pa.string()) for name in columns]
    return pa.RecordBatch.from_arrays(arrays, names=list(columns))


def _original(lines: list[Line], numbers: list[int], row: int) -> Mapping[str, Any]:
    """The object that a row was made of."""
    return lines[numbers[row]].document or {}


def _blocks(stream: pa.NativeFile, path: Path) -> Iterator[bytes]:
    """A file in blocks of whole lines, each with its line end."""
    rest = b""
    while more := stream.read(BLOCK_BYTES):
        end = more.rfind(_NEWLINE) + 1
        if end:
            yield rest + more[:end]
            rest = more[end:]
        else:
            rest += more
        if len(rest) > MOST_CHUNK_BYTES:
            raise UnreadableBody(
                f"{path} has a line that is longer than {MOST_CHUNK_BYTES:,} bytes.",
                where=str(path),
                allowed=("shorter lines",),
            )
    if rest:
        yield rest + _NEWLINE
