"""One block of a CSV file as a piece: which rows can be read, and in which lines they stand.

A block has a slot for each row of the file, in its order: good rows, those with a wrong number of
fields, and blank ones, which are no records.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from typing import Any, Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primum.use_cases.cohort.sources.source import Numbers, Piece, Unreadable

_NEWLINE: Final = b"\n"
_TEXT: Final = "text"
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bad:
    """A row with a wrong number of fields; `number` counts rows, the header being 1."""

    number: int
    fields: int
    text: str


@dataclass(slots=True)
class Place:
    """How far a file has been read: rows and lines, the header included.

    `bad` are the rows with a wrong number of fields that no piece holds yet.
    """

    file: str
    header: Sequence[str]
    lines: int
    rows: int = 1
    bad: list[Bad] = field(default_factory=list)

    @classmethod
    def after(cls, header: Sequence[str], file: str) -> Self:
        """The place of the first row."""
        return cls(file, header, 1 + sum(name.count("\n") for name in header))

    def take(self, rows: int | None) -> list[Bad]:
        """The bad rows before the last one of so many good ones; all where None."""
        found: list[Bad] = []
        for bad in self.bad:
            if rows is not None and bad.number - self.rows - 1 - len(found) >= rows:
                break
            found.append(bad)
        self.bad = self.bad[len(found) :]
        return found


def piece_of(batch: pa.RecordBatch, place: Place, columns: Sequence[str]) -> Piece:
    """A block as a piece, with these columns as text."""
    bad = place.take(len(batch))
    text, broken = _texts(batch, columns)
    blank, breaks = _blank(batch), _breaks(batch)
    if not bad and broken is None and blank is None and breaks is None:
        piece = Piece(text, place.file, len(batch), place.lines + 1, partial(_values, batch))
        place.rows, place.lines = place.rows + len(batch), place.lines + len(batch)
        return piece
    none = np.zeros(len(batch), bool)
    marks = _Marks(
        none if blank is None else blank,
        none if broken is None else broken,
        np.zeros(len(batch), np.int64) if breaks is None else breaks,
    )
    return _with_gaps(batch, text, bad, marks, place)


def last_piece(place: Place, columns: Sequence[str]) -> Piece:
    """The bad rows that stand after the last good one."""
    empty = pa.schema([(name, pa.binary()) for name in place.header]).empty_table()
    batch = pa.RecordBatch.from_arrays(
        [column.combine_chunks() for column in empty.columns], schema=empty.schema
    )
    marks = _Marks(np.zeros(0, bool), np.zeros(0, bool), np.zeros(0, np.int64))
    return _with_gaps(batch, _texts(batch, columns)[0], place.take(None), marks, place)


@dataclass(frozen=True, slots=True)
class _Marks:
    """Of each good row: whether it is blank, or broken, and how many line ends stand in it."""

    blank: Flags
    broken: Flags
    breaks: Numbers


def _with_gaps(
    batch: pa.RecordBatch, text: pa.RecordBatch, bad: list[Bad], marks: _Marks, place: Place
) -> Piece:
    """A piece of a block in which rows are missing, or have more than one line."""
    total = len(batch) + len(bad)
    wrong = np.array([each.number - place.rows - 1 for each in bad], np.int64)
    good = np.delete(np.arange(total), wrong)
    breaks, is_record = np.zeros(total, np.int64), np.ones(total, bool)
    breaks[good], is_record[good] = marks.breaks, ~marks.blank
    breaks[wrong] = [each.text.rstrip("\r\n").count("\n") for each in bad]
    lines = place.lines + 1 + np.arange(total) + np.cumsum(breaks) - breaks
    records = np.cumsum(is_record) - 1
    kept = np.flatnonzero(~(marks.blank | marks.broken))
    gone = np.flatnonzero(marks.broken & ~marks.blank)
    unreadable = [
        *(
            Unreadable(int(records[slot]), int(lines[slot]), *_wrong(each, place.header))
            for slot, each in zip(wrong, bad, strict=True)
        ),
        *(
            Unreadable(int(records[good[row]]), int(lines[good[row]]), *_no_text(batch, int(row)))
            for row in gone
        ),
    ]
    place.rows += total
    place.lines += total + int(breaks.sum())
    return Piece(
        text.take(pa.array(kept)),
        place.file,
        int(is_record.sum()),
        int(lines[0]) if total else place.lines,
        lambda row: _values(batch, int(kept[row])),
        records[good[kept]],
        lines[is_record],
        tuple(sorted(unreadable, key=lambda each: each.record)),
    )


def _wrong(bad: Bad, header: Sequence[str]) -> tuple[Mapping[str, Any], str]:
    """A row with a wrong number of fields, and why it cannot be read."""
    fields = "1 field" if bad.fields == 1 else f"{bad.fields} fields"
    return {_TEXT: bad.text}, f"The row has {fields}; the header has {len(header)}."


def _no_text(batch: pa.RecordBatch, row: int) -> tuple[Mapping[str, Any], str]:
    """A row with bytes that are no text, and why it cannot be read."""
    return _values(batch, row), "The row has bytes that are not UTF-8."


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
            bad = np.fromiter(map(_is_no_text, array.to_pylist()), bool, len(batch))
            arrays.append(pc.if_else(pa.array(bad), None, array).cast(pa.string()))
            broken = bad if broken is None else broken | bad
    return pa.RecordBatch.from_arrays(arrays, names=list(columns)), broken


def _is_no_text(value: bytes | None) -> bool:
    """Whether a value is not UTF-8."""
    try:
        (value or b"").decode()
    except UnicodeDecodeError:
        return True
    return False


def _blank(batch: pa.RecordBatch) -> Flags | None:
    """Which rows hold nothing at all; None where none does."""
    if not len(batch) or any(not column.null_count for column in batch.columns):
        return None
    empty = reduce(pc.and_, (column.is_null() for column in batch.columns))
    found: Flags = empty.to_numpy(zero_copy_only=False)
    return found if found.any() else None


def _breaks(batch: pa.RecordBatch) -> Numbers | None:
    """How many line ends stand within each row; None where there are none."""
    found = None
    for column in _broken_up(batch):
        counts = pc.fill_null(pc.count_substring(column, pattern=_NEWLINE), 0)
        more = counts.to_numpy(zero_copy_only=False).astype(np.int64)
        found = more if found is None else found + more
    return found


def _broken_up(batch: pa.RecordBatch) -> Iterator[pa.Array]:
    """The columns with a line end in some value."""
    for column in batch.columns:
        held = column.buffers()[2]
        if held is not None and (np.frombuffer(held, np.uint8) == _NEWLINE[0]).any():
            yield column
