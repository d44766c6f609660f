"""Where the rows of a cohort come from: a file, a folder or a glob, read chunk by chunk.

A chunk is the same rows whenever the same files are read with the same sizes, so that a run that
was interrupted can go on. Nothing that is kept grows with the number of rows.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primum.use_cases.cohort.alone.row_records import fault

CHUNK_ROWS: Final = 262_144
BATCH_ROWS: Final = 131_072
UNREADABLE: Final = "row-unreadable"
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that cannot be read as one: its line, what stands there and what is wrong with it.

    `record` counts the records of its piece from 0. `faults` are those of a case record that is
    read but not valid; where there are none, the row itself cannot be read, and `why` says so.
    """

    record: int
    line: int
    row: Mapping[str, Any]
    why: str = ""
    faults: tuple[Mapping[str, Any], ...] = ()

    def told(self) -> list[Mapping[str, Any]]:
        """What is wrong, as faults."""
        if self.faults:
            return list(self.faults)
        return [fault(UNREADABLE, None, self.why)]


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of one file that are answered at once.

    The piece holds `records` records, those that cannot be read included. Row i of the batch is
    record `numbers[i]` of them, or record i where `numbers` is None. Record r stands in line
    `lines[r]`, or in line `line + r` where `lines` is None; a Parquet file has rows for lines.
    `original` gives the values of a row of the batch as the input has them.
    """

    batch: pa.RecordBatch
    file: str
    records: int
    line: int
    original: Callable[[int], Mapping[str, Any]]
    numbers: Numbers | None = None
    lines: Numbers | None = None
    unreadable: tuple[Unreadable, ...] = ()

    def record_of(self, row: int) -> int:
        """The record of a row, counted from 0."""
        return row if self.numbers is None else int(self.numbers[row])

    def line_of(self, record: int) -> int:
        """The line of a record, counted from 1."""
        return self.line + record if self.lines is None else int(self.lines[record])


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows that are answered by one worker and written to one part.

    `first` records of the input stand before it. `amount` is how much of the whole it is, in the
    unit of the source. `pieces` is read by the worker, once.
    """

    number: int
    first: int
    amount: int
    pieces: Iterator[Piece]


class Source(Protocol):
    """The rows of a cohort; `total` counts rows for Parquet, and bytes for text.

    `schema` has all columns that there are.
    """

    @property
    def schema(self) -> pa.Schema:
        """The columns of all files together."""

    @property
    def total(self) -> int:
        """How much there is to read."""

    @property
    def unit(self) -> str:
        """What `total` counts: `rows` or `bytes`."""

    @property
    def files(self) -> tuple[str, ...]:
        """The files, in the order in which they are read."""

    def chunks(self, columns: list[str], rows: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """The chunks, of these columns, in the order of the input."""
