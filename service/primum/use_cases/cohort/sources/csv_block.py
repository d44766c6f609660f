"""A block of a CSV file, parsed: the good rows as columns of bytes, and the rows that are bad."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from primum.foundation.errors import ToolFailed
from primum.use_cases.cohort.sources.csv_rows import Row, is_closed, lines_in, split
from primum.use_cases.cohort.sources.source import Numbers
from primum.use_cases.cohort.sources.text import is_text

_TORN: Final = "A quote is opened in the row, and not closed at the end of a field."


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be read: `slot` rows stand before it in its block."""

    slot: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block of `slots` rows: those of `batch`, blank ones among them, and the bad ones.

    `breaks` are the line ends within each row; None where every row is a line. `end` is how many
    bytes of the block they take.
    """

    batch: pa.RecordBatch
    bad: tuple[Bad, ...]
    slots: int
    end: int
    breaks: Numbers | None = None

    @classmethod
    def of(cls, text: bytes, header: Sequence[str], *, last: bool) -> Self:
        """The rows in whole lines of a file; a row may go on in the next block, unless `last`."""
        if is_closed(text) and is_text(text):
            batch, wrong = _parsed(text, header)
            slots = len(batch) + len(wrong)
            if slots == lines_in(text):  # so that every line is a row
                bad = tuple(_of_wrong_length(wrong, range(slots), header))
                return cls(batch, bad, slots, len(text))
        return cls._of_rows(list(split(text, last=last)), header)

    @classmethod
    def _of_rows(cls, rows: Sequence[Row], header: Sequence[str]) -> Self:
        """Rows of which some have more than one line, are torn, or are no text."""
        bad = [Bad(slot, _told(rows[slot]), why) for slot, why in _apart(rows, header)]
        whole = np.delete(np.arange(len(rows)), [each.slot for each in bad]).tolist()
        ended = (rows[slot].text.rstrip(b"\r\n") + b"\n" for slot in whole)
        batch, wrong = _parsed(b"".join(ended), header)
        if len(batch) + len(wrong) != len(whole):
            raise ToolFailed(f"Arrow has found {len(batch) + len(wrong)} rows in {len(whole)}.")
        bad += _of_wrong_length(wrong, whole, header)
        bad.sort(key=lambda each: each.slot)
        breaks = np.array([lines_in(row.text) - 1 for row in rows], np.int64)
        return cls(batch, tuple(bad), len(rows), sum(len(row.text) for row in rows), breaks)

    @property
    def lines(self) -> int:
        """How many lines the rows take."""
        return self.slots + (0 if self.breaks is None else int(self.breaks.sum()))


def _apart(rows: Iterable[Row], header: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The rows that the parser is not given, by their slots, and why they are bad.

    The parser tells of a row with a wrong number of fields as text, and fails where it is none.
    """
    for slot, row in enumerate(rows):
        if row.torn:
            yield slot, _TORN
        elif not is_text(row.text):
            _, wrong = _parsed(_told(row).encode(), header)
            yield from ((slot, _of_length(each, header)) for each in wrong)


def _told(row: Row) -> str:
    """A row as it is told, with a mark for each byte that is no text."""
    return row.text.decode(errors="replace").rstrip("\r\n")


def _of_wrong_length(
    rows: Sequence[pa_csv.InvalidRow], slots: Sequence[int], header: Sequence[str]
) -> Iterator[Bad]:
    """Rows with a wrong number of fields; the parser numbers the rows from 1."""
    for row in rows:
        yield Bad(slots[row.number - 1], row.text, _of_length(row, header))


def _of_length(row: pa_csv.InvalidRow, header: Sequence[str]) -> str:
    """What is wrong with a row that has too few fields, or too many."""
    fields = "1 field" if row.actual_columns == 1 else f"{row.actual_columns} fields"
    return f"The row has {fields}; the header has {len(header)}."


def _parsed(text: bytes, header: Sequence[str]) -> tuple[pa.RecordBatch, list[pa_csv.InvalidRow]]:
    """Rows as columns of bytes, and those with a wrong number of fields."""
    schema = pa.schema([(name, pa.binary()) for name in header])
    wrong: list[pa_csv.InvalidRow] = []

    def keep(row: pa_csv.InvalidRow) -> str:
        wrong.append(row)
        return "skip"

    if not text:
        return pa.RecordBatch.from_arrays(
            [pa.nulls(0, each.type) for each in schema], schema=schema
        ), wrong
    if text.startswith(BOM_UTF8):
        text = BOM_UTF8 + text  # since one is taken away
    table = pa_csv.read_csv(
        pa.BufferReader(text),
        read_options=pa_csv.ReadOptions(
            use_threads=False, block_size=len(text) + 1, column_names=list(header)
        ),
        parse_options=pa_csv.ParseOptions(
            newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=keep
        ),
        convert_options=pa_csv.ConvertOptions(
            column_types=schema, null_values=[""], strings_can_be_null=True
        ),
    )
    arrays = [column.combine_chunks() for column in table.columns]
    return pa.RecordBatch.from_arrays(arrays, schema=schema), wrong
