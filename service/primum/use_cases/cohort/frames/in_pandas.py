"""Cohorts in pandas: a frame in, a frame with the same index out."""

from typing import Any

import pandas as pd
import pyarrow as pa

from primum.foundation.errors import InvalidValue
from primum.use_cases.cohort.frames.work import Work


def eager(frame: pd.DataFrame, work: Work) -> pd.DataFrame:
    """The results of a frame; where a row gives several, its index stands with each of them."""
    results = work.table(_arrow(frame, work).to_reader())
    found = results.to_pandas()
    found.index = _index(frame.index, results["row"].to_numpy())
    return found


def _index(index: Any, rows: Any) -> Any:
    """The index of results by the numbers of their rows, as it was where each has one."""
    one_each = len(rows) == len(index) and bool((rows[1:] > rows[:-1]).all())
    return index if one_each else index.take(rows - 1)


def _arrow(frame: pd.DataFrame, work: Work) -> pa.Table:
    """The columns of a frame that are read, as Arrow; the others may hold anything."""
    names = [str(name) for name in frame.columns]
    types = [_typed(frame.iloc[:0, place]) for place in range(len(names))]
    columns = work.columns(pa.schema(list(zip(names, types, strict=True))))
    arrays = [_column(frame.iloc[:, names.index(name)], name) for name in columns]
    return pa.table(arrays, names=columns)


def _typed(column: Any) -> pa.DataType:
    """The type of a column as far as it is known without its values."""
    try:
        return pa.array(column, from_pandas=True).type
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        return pa.null()


def _column(column: Any, name: str) -> pa.Array | pa.ChunkedArray:
    """One column; raises InvalidValue where its values are of several types."""
    try:
        return pa.array(column, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        raise InvalidValue(
            f"The column {name!r} holds values that are no column of one type: {error}.",
            where=name,
            found=str(column.dtype),
            allowed=("values of one type, some of which may be missing",),
        ) from error
