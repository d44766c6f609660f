"""Columns of Arrow as arrays of numbers, without copies where that can be."""

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from primum.reasoning.cohort.columns import Flags

Numbers = NDArray[Any]
MISSING: Final = -1
UNREADABLE: Final = -2


def numbers_of(column: pa.Array) -> tuple[Numbers, Flags | None]:
    """The values of a column of a fixed width, and which are there; None where all are.

    Where a value is not there, any number stands.
    """
    data = column.buffers()[1]
    kind = np.dtype(_layout(column.type))
    if data is None or not len(column):
        values: Numbers = np.zeros(len(column), kind)
    else:
        values = np.frombuffer(data, kind)[column.offset : column.offset + len(column)]
    return values, _there(column)


def _there(column: pa.Array) -> Flags | None:
    """Which values are there; None where all are."""
    if not column.null_count:
        return None
    found: Flags = pc.is_valid(column).to_numpy(zero_copy_only=False)
    return found


def _layout(kind: pa.DataType) -> Any:
    """How the values of a type lie in memory."""
    if pa.types.is_timestamp(kind) or pa.types.is_date64(kind):
        return np.int64
    return np.int32 if pa.types.is_date32(kind) else kind.to_pandas_dtype()


def encoded(column: pa.Array) -> tuple[pa.Array, Numbers, Flags | None]:
    """The distinct values of a column, which of them each row has, and which rows have one."""
    if not isinstance(column, pa.DictionaryArray):
        column = column.dictionary_encode()
    indices, there = numbers_of(column.indices)
    return column.dictionary, indices, there


def looked_up(table: Numbers, indices: Numbers, there: Flags | None, *, missing: Any) -> Numbers:
    """What a table has for each index; what is not there is missing."""
    if not len(table):
        return np.full(len(indices), missing, table.dtype)
    found: Numbers = table.take(indices, mode="clip")
    if there is not None:
        found[~there] = missing
    return found


def either(one: Flags | None, other: Flags | None) -> Flags | None:
    """What is so by one of two; None where nothing is."""
    if one is None or other is None:
        return other if one is None else one
    return one | other


def some(flags: Flags) -> Flags | None:
    """Flags, or None where none is set."""
    return flags if flags.any() else None
