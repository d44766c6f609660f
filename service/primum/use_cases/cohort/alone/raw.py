"""Rows of a batch as Python has them, with instants as text."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as at
from numpy.typing import NDArray

from primum.use_cases.cohort.table.column_types import is_text, plain_type

_AT_ONCE: Final = 4096


def rows_of(
    batch: pa.RecordBatch, rows: NDArray[np.intp], columns: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Some rows of a batch, by their columns."""
    chosen = batch.select(list(columns))
    for start in range(0, len(rows), _AT_ONCE):
        part = chosen.take(pa.array(rows[start : start + _AT_ONCE]))
        values = [values_of(column) for column in part.columns]
        yield from (dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True))


def values_of(column: pa.Array) -> list[Any]:
    """The values of a column; instants are text, so that nothing is rounded."""
    if at.is_timestamp(column.type):
        column = _spelled(column)
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:
        return [_decoded(one) for one in column]


def _decoded(value: Any) -> Any:
    """A text that is not of its encoding, as far as it can be read."""
    if at.is_dictionary(value.type):
        value = value.cast(plain_type(value.type))
    if not value.is_valid:
        return None
    if is_text(value.type):
        return value.cast(pa.binary()).as_py().decode(errors="replace")
    return [_decoded(one) for one in value.values] if at.is_nested(value.type) else value.as_py()


def _spelled(column: pa.Array) -> pa.Array:
    """Instants as case records write them; those of no zone without one."""
    kind = column.type
    if kind.tz is not None:
        column = column.cast(pa.timestamp(kind.unit, "UTC"))
    text = pc.replace_substring(column.cast(pa.string()), " ", "T")
    whole = pc.replace_substring_regex(text, r"\.0+(Z?)$", r"\1")
    return pc.replace_substring_regex(whole, r"(\.[0-9]*[1-9])0+(Z?)$", r"\1\2")
