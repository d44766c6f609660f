"""Cohorts in Polars: a frame in, a frame out; of a lazy one, nothing is read before it is asked."""

from typing import Final

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from primum.use_cases.cohort.frames.work import Work

_ROW: Final = "row"
_NUMBER: Final = "__primum_row"


def eager(frame: pl.DataFrame, work: Work) -> pl.DataFrame:
    """The results of a frame."""
    columns = work.columns(_schema(frame))
    return _polars(work.table(frame.select(columns).to_arrow().to_reader()))


def lazy(frame: pl.LazyFrame, work: Work) -> pl.LazyFrame:
    """The results of a lazy frame, made chunk by chunk when it is collected or sunk.

    Its schema is looked up now, so that columns that cannot be read are told at once.
    """
    empty = pl.DataFrame(schema=frame.collect_schema())
    columns = work.columns(_schema(empty))
    stream = work.over(_schema(empty.select(columns)))
    schema = _polars(stream.gives.empty_table()).schema

    def make(chunk: pl.DataFrame) -> pl.DataFrame:
        table = chunk.select(columns).to_arrow()
        fitting = stream if table.schema == stream.takes else work.over(table.schema)
        return _numbered(chunk[_NUMBER], fitting.table(table.to_batches()))

    numbered = frame.with_row_index(_NUMBER).select([_NUMBER, *columns])
    return numbered.map_batches(make, schema=dict(schema), streamable=True)


def _numbered(numbers: pl.Series, results: pa.Table) -> pl.DataFrame:
    """The results of a chunk, with the numbers that its rows have in the whole frame."""
    counted = pa.array(numbers.to_numpy().astype("int64") + 1)
    place = results.schema.get_field_index(_ROW)
    rows = counted.take(pc.subtract(results[_ROW], 1))
    return _polars(results.set_column(place, results.schema.field(place), rows))


def _schema(frame: pl.DataFrame) -> pa.Schema:
    """The schema of a frame in Arrow."""
    return frame.head(0).to_arrow().schema


def _polars(table: pa.Table) -> pl.DataFrame:
    """A table as a frame."""
    found = pl.from_arrow(table)
    if isinstance(found, pl.Series):  # pragma: no cover - a table is never a column
        return found.to_frame()
    return found
