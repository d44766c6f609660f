"""What runs in the Python workers of Spark: batches of rows in, answers, rejects and counts out.

A worker needs `primum[cohort]` installed, and no knowledge: that of the driver is shipped to it by
Spark (`addArchive`), so that all workers answer from the very same release whatever theirs is. It
is loaded once in a process, and so is what answers rows; Spark keeps its processes from task to
task.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from threading import Event
from typing import Any, Final

import msgspec
import pyarrow as pa

from primum.foundation.errors import ToolFailed
from primum.use_cases.cohort.answering import Cohort
from primum.use_cases.cohort.options import Options
from primum.use_cases.cohort.running.counting import Counting
from primum.use_cases.cohort.running.counts import Counts
from primum.use_cases.cohort.running.folder import Folder
from primum.use_cases.cohort.running.parts import Parts
from primum.use_cases.cohort.sources.columns import rows_of
from primum.use_cases.cohort.sources.csv import CsvSource
from primum.use_cases.cohort.sources.found import Form
from primum.use_cases.cohort.sources.lines import lines_of
from primum.use_cases.cohort.sources.ndjson import NdjsonSource
from primum.use_cases.cohort.sources.rows import RowsOfLines
from primum.use_cases.cohort.sources.source import Piece
from primum.use_cases.cohort.table import schema as table
from primum.use_cases.cohort.table.column_types import plain_type
from primum.use_cases.service import Primum

REJECT: Final = "_reject"
COUNTS: Final = "_counts"
LINE: Final = "value"
FILE: Final = "file"
PATH: Final = "path"
_ROW: Final = "row"
_ENCODER: Final = msgspec.json.Encoder(enc_hook=str)
Batches = Iterable[pa.RecordBatch]


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is told: where the knowledge is, how rows are read, and what is wanted.

    `archive` is the name under which Spark unpacks the knowledge, `digest` what it must have.
    `names` are the columns of the input, `columns` those that are read.
    """

    archive: str
    digest: str
    form: Form
    names: tuple[str, ...]
    columns: tuple[str, ...]
    options: Options

    def answers(self, batches: Batches) -> Iterator[pa.RecordBatch]:
        """The answers to a partition, its rejects as JSON, and in the last row its counts."""
        yield from _answers(self, batches)

    def reasons(self, batches: Batches) -> Iterator[pa.RecordBatch]:
        """The reasons for the answers to a partition."""
        primum = _primum(self)
        for piece in _pieces(self, primum, batches):
            found = _cohort(self, primum, piece.batch.schema).reasons_of(piece.batch, first=None)
            yield decoded(found)


@dataclass(slots=True)
class _Taken:
    """What is found of one piece; `placed` says whether its file and lines are known."""

    placed: bool
    answers: list[pa.RecordBatch] = field(default_factory=list)
    rejects: list[str] = field(default_factory=list)

    def write(self, answers: pa.RecordBatch) -> None:
        """Keep answers; which record of the input a row is, Spark does not know."""
        nowhere = pa.nulls(len(answers), pa.int64())
        self.answers.append(decoded(answers.set_column(0, answers.schema.field(0), nowhere)))

    def reject(self, rejects: Sequence[Mapping[str, Any]]) -> None:
        """Keep rejects."""
        nowhere = {} if self.placed else {"file": None, "line": None}
        self.rejects += (_ENCODER.encode({**one, **nowhere}).decode() for one in rejects)

    def explain(self, reasons: pa.RecordBatch) -> None:
        """Never called: reasons are a table of their own."""

    def describe(self, rows: pa.RecordBatch, answers: pa.RecordBatch) -> None:
        """Leave the graph out: a run on Spark writes none."""


def _answers(task: Task, batches: Batches) -> Iterator[pa.RecordBatch]:
    """The answers to a partition, its rejects, and its counts."""
    primum, counts = _primum(task), Counts()
    counting = Counting(primum, task.options.mapping.get(table.INJURY, table.INJURY))
    schema: pa.Schema | None = None
    for piece in _pieces(task, primum, batches):
        cohort = _cohort(task, primum, piece.batch.schema)
        taken = _Taken(task.form is Form.CSV)
        parts = Parts(cohort, counting, Folder(Path()), reasons=False, stop=Event())
        counts.add(parts.answer(piece, 0, taken))
        for answers in taken.answers:
            schema = answers.schema
            yield _with(answers, [None] * len(answers), [None] * len(answers))
        if taken.rejects and schema is not None:
            yield _beside(schema, taken.rejects, [None] * len(taken.rejects))
    if schema is not None:
        yield _beside(schema, [None], [_ENCODER.encode(counts.document()).decode()])


def _with(
    answers: pa.RecordBatch, rejects: Sequence[str | None], counts: Sequence[str | None]
) -> pa.RecordBatch:
    """Answers with what travels beside them."""
    columns = [*answers.columns, pa.array(rejects, pa.string()), pa.array(counts, pa.string())]
    return pa.RecordBatch.from_arrays(columns, names=[*answers.schema.names, REJECT, COUNTS])


def _beside(
    schema: pa.Schema, rejects: Sequence[str | None], counts: Sequence[str | None]
) -> pa.RecordBatch:
    """What travels beside answers, in rows of its own."""
    empty = [pa.nulls(len(rejects), each.type) for each in schema]
    return _with(pa.RecordBatch.from_arrays(empty, schema=schema), rejects, counts)


def decoded(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch without dictionaries, which Spark does not take."""
    columns = [column.cast(plain_type(column.type)) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _pieces(task: Task, primum: Primum, batches: Batches) -> Iterator[Piece]:
    """Batches of Spark as pieces of the input."""
    for batch in batches:
        match task.form:
            case Form.CSV:
                yield from _of_files(task, batch)
            case Form.NDJSON:
                block = b"\n".join(batch.column(LINE).to_pylist())
                lines = list(lines_of(block, 1)) if block else []
                yield _lines(task, primum).piece("", lines, list(task.columns))
            case Form.PARQUET:
                yield Piece(batch, "", len(batch), 1, rows_of(batch))


def _of_files(task: Task, batch: pa.RecordBatch) -> Iterator[Piece]:
    """The pieces of the files that a batch names."""
    for told, path in zip(*(batch.column(name).to_pylist() for name in (FILE, PATH)), strict=True):
        for chunk in CsvSource([Path(path)]).chunks(list(task.columns)):
            yield from (replace(piece, file=told) for piece in chunk.pieces)


@lru_cache(maxsize=2)
def _loaded(folder: Path, digest: str) -> Primum:
    """The knowledge that the driver has shipped; raises ToolFailed for any other."""
    primum = Primum.load(folder)
    found = primum.release.knowledge.edition.digest
    if found != digest:
        raise ToolFailed(f"Spark has shipped the knowledge {found}, not {digest}.")
    return primum


def _primum(task: Task) -> Primum:
    """The knowledge of a task."""
    from pyspark import SparkFiles  # noqa: PLC0415 - an optional dependency

    return _loaded(Path(SparkFiles.get(task.archive)), task.digest)


_COHORTS: dict[bytes, Cohort] = {}
_LINES: dict[bytes, NdjsonSource] = {}


def _cohort(task: Task, primum: Primum, schema: pa.Schema) -> Cohort:
    """What answers rows with these columns, made once in a process."""
    key = _ENCODER.encode([task.digest, str(task.options), str(schema)])
    if key not in _COHORTS:
        _COHORTS.clear()
        _COHORTS[key] = Cohort.of(primum, schema, task.options)
    return _COHORTS[key]


def _lines(task: Task, primum: Primum) -> NdjsonSource:
    """What reads lines with these columns, made once in a process."""
    key = _ENCODER.encode([task.digest, str(task.options), task.names])
    if key not in _LINES:
        _LINES.clear()
        _LINES[key] = NdjsonSource((), RowsOfLines(primum, task.options))
        _LINES[key].schema = pa.schema([(name, pa.string()) for name in task.names])
    return _LINES[key]
