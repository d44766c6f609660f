"""A chunk of the input as one part of the output: answers, rejects, and counts last of all.

A chunk is done when its counts are there: they are written under another name and renamed, after
all else is closed. What lies there without counts is written anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from threading import Event
from typing import Any, Final, Protocol

import msgspec
import pyarrow as pa

from primum.use_cases.cohort.answering import Cohort
from primum.use_cases.cohort.graph.graph import Graph
from primum.use_cases.cohort.running.counting import Codes, Counting
from primum.use_cases.cohort.running.counts import Counts
from primum.use_cases.cohort.running.folder import Folder
from primum.use_cases.cohort.running.writers import Writers
from primum.use_cases.cohort.sources.source import Chunk, Piece

Json = Mapping[str, Any]
_ROW: Final = "row"
_FAULTS: Final = "faults"


class Sink(Protocol):
    """What takes the answers to pieces, and their reasons and rejects."""

    def write(self, answers: pa.RecordBatch) -> None:
        """Take answers."""

    def explain(self, reasons: pa.RecordBatch) -> None:
        """Take reasons."""

    def reject(self, rejects: Sequence[Mapping[str, Any]]) -> None:
        """Take rejects."""

    def describe(self, rows: pa.RecordBatch, answers: pa.RecordBatch) -> None:
        """Take rows with all answers to them, the refused ones too, for a graph."""


class Stopped(Exception):
    """The run was told to stop before the chunk was done."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Makes parts; safe to share between threads."""

    cohort: Cohort
    counting: Counting
    folder: Folder
    reasons: bool
    stop: Event
    graph: Graph | None = None

    def make(self, chunk: Chunk) -> Counts:
        """Write the part of a chunk; raises Stopped where the run is told to stop meanwhile."""
        counts = Counts()
        with Writers(
            self.folder, chunk.number, self._schema, self._explained, self.graph
        ) as writers:
            for piece in chunk.pieces:
                if self.stop.is_set():
                    raise Stopped
                counts.add(self.answer(piece, chunk.first + counts.records, writers))
        self.folder.finish(chunk.number, counts.document())
        return counts

    @property
    def _schema(self) -> pa.Schema:
        """The columns of answers to good rows."""
        schema = self.cohort.answers
        return schema.remove(schema.get_field_index(_FAULTS))

    @property
    def _explained(self) -> pa.Schema | None:
        """The columns of reasons, where they are written."""
        return self.cohort.reasons if self.reasons else None

    def answer(self, piece: Piece, first: int, writers: Sink) -> Counts:
        """Answer a piece, write what is found, and count it."""
        answers = self.cohort.answer(piece.batch, first=0)
        good, bad = _parted(answers)
        rejects = [*_unreadable(piece), *_refused(piece, bad)]
        writers.reject([told for _, told in sorted(rejects, key=itemgetter(0))])
        at = _rows_of(good)
        counts = self.counting.count(
            piece.batch, good, None if len(good) == len(piece.batch) else at
        )
        counts.records = piece.records
        counts.rows = len(piece.batch) + len(piece.unreadable)
        counts.rejected = len(rejects)
        counts.answered = len(piece.batch) - len(bad)
        for _, reject in rejects:
            counts.faults.update({fault["code"] for fault in reject["faults"]})
        writers.write(_numbered(good, piece, first))
        writers.describe(piece.batch, _numbered(answers, piece, first))
        if self.reasons:
            found = self.cohort.reasons_of(piece.batch, first=0)
            writers.explain(_numbered(found, piece, first))
        return counts


def _parted(answers: pa.RecordBatch) -> tuple[pa.RecordBatch, pa.RecordBatch]:
    """The answers to good rows, without faults, and the rows that have some."""
    faults = answers.column(_FAULTS)
    rest = answers.drop_columns([_FAULTS])
    if faults.null_count == len(faults):
        return rest, answers.slice(0, 0)
    return rest.filter(faults.is_null()), answers.filter(faults.is_valid())


def _rows_of(answers: pa.RecordBatch) -> Codes:
    """For each answer, the row of the batch that it is to."""
    found: Codes = answers.column(_ROW).to_numpy() - 1
    return found


def _numbered(answers: pa.RecordBatch, piece: Piece, first: int) -> pa.RecordBatch:
    """Answers whose rows are numbered as the records of the whole input."""
    rows = _rows_of(answers)
    records = rows if piece.numbers is None else piece.numbers[rows]
    numbers = pa.array(records + (first + 1))
    return answers.set_column(0, answers.schema.field(0), numbers)


def _refused(piece: Piece, bad: pa.RecordBatch) -> Iterator[tuple[int, Json]]:
    """The rejects of rows that cannot be answered, each with its record."""
    rows = _rows_of(bad).tolist()
    for row, faults in zip(rows, bad.column(_FAULTS).to_pylist(), strict=True):
        record = piece.record_of(row)
        told = msgspec.json.decode(faults)
        yield record, _reject(piece, record, piece.original(row), told)


def _unreadable(piece: Piece) -> Iterator[tuple[int, Json]]:
    """The rejects of rows that cannot be read, each with its record."""
    for each in piece.unreadable:
        yield each.record, _reject(piece, each.record, each.row, each.told())


def _reject(piece: Piece, record: int, row: Json, faults: Any) -> Json:
    """A reject as JSON."""
    return {"file": piece.file, "line": piece.line_of(record), "row": row, "faults": faults}
