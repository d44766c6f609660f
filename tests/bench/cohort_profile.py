"""Where the time of a run goes, step by step, in one thread."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time_ns
from typing import Final, TypeVar

import pyarrow as pa
from tests.bench.cohort_contenders import Answering
from tests.bench.measure import Measured

from primum.use_cases.cohort.running.writers import parquet

READ, COLUMNS, KERNEL, SINGLE, VALUES, WRITE = (
    "read Parquet",
    "columns of numbers",
    "kernel",
    "rows that are not plain",
    "readable values",
    "write Parquet",
)
STEPS: Final = (READ, COLUMNS, KERNEL, SINGLE, VALUES, WRITE)
Given = TypeVar("Given")


class Spent:
    """Nanoseconds of processor time by step, which other work on the machine does not change."""

    def __init__(self) -> None:
        """Nothing is spent yet."""
        self.steps = dict.fromkeys(STEPS, 0)

    def on(self, step: str, call: Callable[[], Given]) -> Given:
        """What a call gives; its time is added to that of a step."""
        began = process_time_ns()
        given = call()
        self.steps[step] += process_time_ns() - began
        return given


def profile(answering: Answering, output: Path) -> list[Measured]:
    """The time that each step takes of a record.

    Each batch is read into columns, decided and answered apart and then as a whole, so that each
    step is what it adds to the ones before.
    """
    spent, cohort = Spent(), answering.cohort
    with parquet(output, cohort.answers) as writer:
        for batch in _batches(answering, spent):
            read = spent.on(COLUMNS, partial(cohort._reader.read, batch))
            spent.on(KERNEL, partial(cohort._form.many, read.columns, read.treatments))
            spent.on(SINGLE, partial(cohort._found, batch))
            answers = spent.on(VALUES, partial(cohort.answer, batch))
            spent.on(WRITE, partial(writer.write_batch, answers))
        spent.on(WRITE, writer.close)
    steps = spent.steps
    steps[VALUES] -= steps[SINGLE]
    steps[SINGLE] -= steps[COLUMNS] + steps[KERNEL]
    count = answering.file.count
    return [Measured(step, (max(time, 0),)).shared_by(count) for step, time in steps.items()]


def _batches(answering: Answering, spent: Spent) -> Iterator[pa.RecordBatch]:
    """The batches; reading them is a step."""
    pieces = answering.pieces()
    while (piece := spent.on(READ, lambda: next(pieces, None))) is not None:
        yield piece.batch
