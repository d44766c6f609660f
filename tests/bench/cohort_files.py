"""The cohorts that are answered: examples as `primum cohort --example` makes them, known records.

In an example some facts are open, as in life. What SQL and SPARQL can be asked is known but for
the factors that are absent; such records stand in a file of their own.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from tests.bench.records import known_records
from tests.bench.scale import SEED

from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.spans import Span, exact
from primum.use_cases.cohort.examples.example import Example
from primum.use_cases.cohort.examples.files import write_example
from primum.use_cases.cohort.examples.spread import Spread
from primum.use_cases.cohort.options import Options, Rows
from primum.use_cases.cohort.sources.opening import open_source
from primum.use_cases.cohort.sources.source import Source
from primum.use_cases.cohort.table import schema as table
from primum.use_cases.service import Primum

_DISTINCT: Final = 2_000
_QUARTERS: Final = 4 * 1_500
_KNOWN: Final = pa.schema(
    [
        ("row", pa.int64()),
        (table.INJURY, pa.string()),
        (table.GRADE, pa.int8()),
        (table.AGE, pa.int16()),
        (table.HOURS, pa.float64()),
        (table.PRESENT, pa.list_(pa.string())),
    ]
)


@dataclass(frozen=True, slots=True)
class File:
    """A cohort in a Parquet file: what its rows stand for, and how many there are."""

    path: Path
    rows: Rows
    count: int

    def source(self, primum: Primum) -> Source:
        """The rows, as a run reads them."""
        return open_source(str(self.path), primum, Options(rows=self.rows))


def example(knowledge: Knowledge, folder: Path, rows: Rows, count: int) -> File:
    """An example of so many rows."""
    made = Example(Spread.of(knowledge), rows, SEED)
    path = folder / f"{rows.value}-{count}.parquet"
    write_example(made.batches(count), made.schema, path, lambda _: None)
    return File(path, rows, count)


def known(knowledge: Knowledge, folder: Path, count: int) -> tuple[File, list[Case]]:
    """Known records of persons, so many, and the cases of the first ones.

    There are 2,000 of them, over and over, each time at other hours since the onset.
    """
    drawn = known_records(knowledge, count=min(count, _DISTINCT), seed=SEED)
    cases = [_at_a_quarter(situation.case) for situation in drawn]
    path = folder / f"known-{count}.parquet"
    whole = pa.Table.from_batches(_batches(cases, count), _KNOWN).combine_chunks()
    pq.write_table(whole, path, compression="zstd")
    return File(path, Rows.PERSON, count), cases


def _batches(cases: Sequence[Case], count: int) -> Iterator[pa.RecordBatch]:
    """The known records, the first time at their own hours."""
    chance = random.Random(SEED)  # noqa: S311 - samples, not secrets
    whole = pa.RecordBatch.from_pylist([_row(case) for case in cases], schema=_KNOWN)
    for first in range(0, count, len(cases)):
        part = whole.slice(0, min(len(cases), count - first))
        columns = dict(zip(part.schema.names, part.columns, strict=True))
        columns["row"] = pa.array(range(first, first + len(part)), pa.int64())
        if first:
            quarters = [chance.randrange(_QUARTERS) for _ in range(len(part))]
            columns[table.HOURS] = pa.array([quarter / 4 for quarter in quarters])
        yield pa.RecordBatch.from_pydict(columns, schema=_KNOWN)


def _at_a_quarter(case: Case) -> Case:
    """The same case at a quarter of an hour, which a number in a table holds exactly."""
    return replace(case, hours=Span.at(exact(Fraction(int(case.hours.start.at * 4), 4))))


def _row(case: Case) -> dict[str, object]:
    """A known case as a row."""
    return {
        "row": 0,
        table.INJURY: case.injury,
        table.GRADE: case.grade,
        table.AGE: case.age,
        table.HOURS: float(case.hours.start.at),
        table.PRESENT: sorted(case.present),
    }
