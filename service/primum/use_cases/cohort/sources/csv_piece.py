"""A block of a CSV file as a piece: which of its rows are records, and in which lines they stand.

A block has a slot for each row of the file, in its order: good rows, bad ones, and blank ones,
which are no records.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primum.use_cases.cohort.sources.csv_block import Block
from primum.use_cases.cohort.sources.source import Piece, Unreadable
from primum.use_cases.cohort.sources.text import is_text

_TEXT: Final = "text"
_NO_TEXT: Final = "The row has bytes that are not UTF-8."
Flags = NDArray[np.bool_]


def piece_of(block: Block, file: str, line: int, columns: Sequence[str]) -> Piece:
    """A block of a file, which begins in a line of it, as a piece with these columns as text."""
    batch = block.batch
    text, broken = _texts(batch, columns)
    blank = _blank(batch)
    if not block.bad and broken is None and blank is None and block.breaks is None:
        return Piece(text, file, len(batch), line, partial(_values, batch))
    none = np.zeros(len(batch), bool)
    marks = _Marks(none if blank is None else blank, none if broken is None else broken)
    return _with_gaps(block, text, marks, file, line)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Of each row that was parsed: whether it is blank, or has bytes that are no text."""

    blank: Flags
    broken: Flags


def _with_gaps(block: Block, text: pa.RecordBatch, marks: _Marks, file: str, line: int) -> Piece:
    """A piece of a block in which rows are missing, or have more than one line."""
    batch, blank, broken = block.batch, marks.blank, marks.broken
    good = np.delete(np.arange(block.slots), [each.slot for each in block.bad])
    is_record = np.ones(block.slots, bool)
    is_record[good] = ~blank
    lines = line + np.arange(block.slots)
    if block.breaks is not None:
        lines += np.cumsum(block.breaks) - block.breaks
    records = np.cumsum(is_record) - 1
    kept = np.flatnonzero(~(blank | broken))
    unreadable = [
        *(
            Unreadable(int(records[bad.slot]), int(lines[bad.slot]), {_TEXT: bad.text}, bad.why)
            for bad in block.bad
        ),
        *(
            Unreadable(
                int(records[good[row]]), int(lines[good[row]]), _values(batch, row), _NO_TEXT
            )
            for row in np.flatnonzero(broken & ~blank).tolist()
        ),
    ]
    return Piece(
        text.take(pa.array(kept)),
        file,
        int(is_record.sum()),
        line,
        lambda row: _values(batch, int(kept[row])),
        records[good[kept]],
        lines[is_record],
        tuple(sorted(unreadable, key=lambda each: each.record)),
    )


def _values(batch: pa.RecordBatch, row: int) -> Mapping[str, Any]:
    """The values of one row, with a mark for each byte that is no text."""
    values = batch.slice(row, 1).to_pylist()[0]
    return {
        name: None if value is None else value.decode(errors="replace")
        for name, value in values.items()
    }


def _texts(batch: pa.RecordBatch, columns: Sequence[str]) -> tuple[pa.RecordBatch, Flags | None]:
    """The columns as text, and which rows have bytes that are none; None where no row has."""
    arrays, broken = [], None
    for name in columns:
        if name not in batch.schema.names:
            arrays.append(pa.nulls(len(batch), pa.string()))
            continue
        array = batch.column(name)
        try:
            arrays.append(array.cast(pa.string()))
        except pa.ArrowInvalid:
            values = (value or b"" for value in array.to_pylist())
            bad = ~np.fromiter(map(is_text, values), bool, len(batch))
            arrays.append(pc.if_else(pa.array(bad), None, array).cast(pa.string()))
            broken = bad if broken is None else broken | bad
    return pa.RecordBatch.from_arrays(arrays, names=list(columns)), broken


def _blank(batch: pa.RecordBatch) -> Flags | None:
    """Which rows hold nothing at all; None where none does."""
    if not len(batch) or any(not column.null_count for column in batch.columns):
        return None
    empty = reduce(pc.and_, (column.is_null() for column in batch.columns))
    found: Flags = empty.to_numpy(zero_copy_only=False)
    return found if found.any() else None
