"""Factors of each row: from lists, from text, and from a column for each."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as at
from numpy.typing import NDArray

from primum.reasoning.cohort.columns import Flags, Lists
from primum.use_cases.cohort.reading.cells import UNREADABLE, encoded, looked_up, some
from primum.use_cases.cohort.reading.codebooks import Codebook, texts
from primum.use_cases.cohort.reading.repeating import lists_at
from primum.use_cases.cohort.table import values
from primum.use_cases.cohort.table.column_types import is_text

Told = NDArray[np.int8]
NOT_TOLD: Final = -1


def nothing(rows: int) -> Lists:
    """No factors, for so many rows."""
    return Lists(np.zeros(rows + 1, np.int64), np.empty(0, np.int16))


def listed(column: pa.Array, book: Codebook) -> tuple[Lists, Flags | None]:
    """The factors of each row, and the rows that name one that is not known."""
    if at.is_null(column.type):
        return nothing(len(column)), None
    if is_text(column.type):
        return _separated(column, book)
    if at.is_fixed_size_list(column.type):
        column = column.cast(pa.list_(column.type.value_type))
    offsets = np.asarray(column.offsets).astype(np.int64)
    items = column.values.slice(offsets[0], offsets[-1] - offsets[0])
    offsets -= offsets[0]
    codes = np.full(len(items), -1, np.int16) if at.is_null(items.type) else book.of(items)
    if column.null_count:
        codes = _without(codes, offsets, pc.is_null(column).to_numpy(zero_copy_only=False))
    found = Lists(offsets, codes)
    return (found, None) if not len(codes) or codes.min() >= 0 else _readable(found)


def _without(codes: Any, offsets: Any, absent: Flags) -> Any:
    """The codes, but for those in lists that are not there."""
    lengths = np.diff(offsets)
    if not lengths[absent].any():
        return codes
    return np.where(np.repeat(absent, lengths), np.int16(-1), codes)


def _readable(lists: Lists) -> tuple[Lists, Flags | None]:
    """The lists with the codes that are known, and the rows in which one is not."""
    rows = len(lists.offsets) - 1
    row = np.repeat(np.arange(rows), np.diff(lists.offsets))
    odd = np.zeros(rows, np.bool_)
    odd[row[lists.codes == UNREADABLE]] = True
    kept = lists.codes >= 0
    return Lists(_offsets(np.bincount(row[kept], minlength=rows)), lists.codes[kept]), some(odd)


def _separated(column: pa.Array, book: Codebook) -> tuple[Lists, Flags | None]:
    """The factors that texts name, separated from each other; each distinct text is read once."""
    distinct, indices, there = encoded(column)
    read = [[book.code(name) for name in values.names(text or "")] for text in texts(distinct)]
    read.append([])
    lengths = [len(codes) for codes in read]
    codes = np.asarray([code for each in read for code in each], np.int16)
    every = Lists(_offsets(lengths), codes)
    place = np.arange(len(read), dtype=np.int64)
    rows = looked_up(place, indices, there, missing=len(distinct))
    found = lists_at(every, rows)
    return (found, None) if not len(found.codes) or found.codes.min() >= 0 else _readable(found)


def told(column: pa.Array) -> tuple[Told, Flags | None]:
    """Whether a factor with a column of its own is present (1), absent (0) or not told."""
    if at.is_null(column.type):
        return np.full(len(column), NOT_TOLD, np.int8), None
    if at.is_boolean(column.type):
        found: Told = column.cast(pa.int8()).fill_null(NOT_TOLD).to_numpy(zero_copy_only=False)
        return found, None
    distinct, indices, there = encoded(column)
    read = texts(distinct) if is_text(distinct.type) else distinct.to_pylist()
    table = np.asarray([_told(one) for one in read], np.int8)
    codes = looked_up(table, indices, there, missing=NOT_TOLD)
    return codes, some(codes == UNREADABLE)


def _told(value: Any) -> int:
    """What one cell says."""
    if values.is_missing(value):
        return NOT_TOLD
    so = values.flag(value)
    return UNREADABLE if so is None else int(so)


def with_flags(lists: Lists, flags: Sequence[tuple[int, Flags]]) -> Lists:
    """Lists with further factors: each a code, and the rows that have it."""
    flags = [(code, rows) for code, rows in flags if rows.any()]
    if not flags:
        return lists
    matrix = np.stack([rows for _, rows in flags], axis=1)
    row, which = np.nonzero(matrix)
    more = np.count_nonzero(matrix, axis=1)
    lengths = np.diff(lists.offsets)
    offsets = _offsets(lengths + more)
    codes = np.empty(offsets[-1], np.int16)
    if len(lists.codes):
        old = np.arange(len(lists.codes)) + np.repeat(offsets[:-1] - lists.offsets[:-1], lengths)
        codes[old] = lists.codes
    added = np.arange(len(row)) - np.repeat(_offsets(more)[:-1], more)
    codes[offsets[row] + lengths[row] + added] = np.asarray([c for c, _ in flags], np.int16)[which]
    return Lists(offsets, codes)


def _offsets(lengths: Any) -> NDArray[np.int64]:
    """Where lists of these lengths begin and end."""
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets
