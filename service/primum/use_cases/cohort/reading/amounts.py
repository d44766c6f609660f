"""Columns of numbers: grades and ages, and hours and days since onset."""

from fractions import Fraction
from typing import Any, Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as at
from numpy.typing import NDArray

from primum.foundation.errors import QuestionError
from primum.reasoning.cohort.columns import MICROSECONDS, UNKNOWN, Flags, Places
from primum.use_cases.cohort.reading.cells import encoded, looked_up, numbers_of, some
from primum.use_cases.cohort.reading.codebooks import texts
from primum.use_cases.cohort.table import values
from primum.use_cases.cohort.table.column_types import is_text
from primum.use_cases.question import MOST_HOURS, read_hours

Whole = NDArray[np.int16]
_SMALL: Final = 1  # bytes of numbers that need no bounds to be small
_THOUSAND: Final = 1000
_BAD: Final = int(np.iinfo(np.int16).min)


def wholes(column: pa.Array, *, least: int, most: int, missing: int) -> tuple[Whole, Flags | None]:
    """Whole numbers within bounds, and the rows that have others."""
    if at.is_null(column.type):
        return np.full(len(column), missing, np.int16), None
    if is_text(column.type):
        return _spelled(column, least=least, most=most, missing=missing)
    found, there, bad = _numbers(column)
    if at.is_integer(column.type) and found.dtype.itemsize <= _SMALL:
        return _small(found.astype(np.int16), there, least=least, most=most, missing=missing)
    outside = ~((found >= least) & (found <= most))  # a number that is none is outside
    if at.is_floating(column.type) or at.is_decimal(column.type):
        outside |= found != np.rint(found)
    outside = outside if bad is None else outside | bad
    kept = np.where(outside, 0, found).astype(np.int16)
    if there is not None:
        kept[~there] = missing
        outside &= there
    return kept, some(outside)


def _small(
    found: Whole, there: Flags | None, *, least: int, most: int, missing: int
) -> tuple[Whole, Flags | None]:
    """Whole numbers of a small type, most often all of them within bounds."""
    if there is not None:
        found[~there] = missing
    if not len(found) or (found.min() >= least and found.max() <= most):
        return found, None
    outside = (found < least) | (found > most)
    if there is not None:
        outside &= there
    return found, some(outside)


def _numbers(column: pa.Array) -> tuple[NDArray[Any], Flags | None, Flags | None]:
    """Numbers, which are there, and which are no whole ones beyond what floats can tell."""
    if isinstance(column, pa.DictionaryArray):
        column = column.dictionary_decode()
    bad = None
    if at.is_decimal(column.type):
        exact = pc.equal(column, pc.round(column, ndigits=3)).fill_null(True)
        bad = some(~exact.to_numpy(zero_copy_only=False))
        column = column.cast(pa.float64())
    if at.is_float16(column.type) or at.is_float32(column.type):
        column = column.cast(pa.float64())
    found, there = numbers_of(column)
    if at.is_floating(column.type):
        nothing = np.isnan(found)
        if nothing.any():
            there = ~nothing if there is None else there & ~nothing
    return found, there, bad


def _spelled(
    column: pa.Array, *, least: int, most: int, missing: int
) -> tuple[Whole, Flags | None]:
    """Whole numbers that are spelled as text."""
    distinct, indices, there = encoded(column)
    table = np.full(len(distinct), _BAD, np.int16)
    for place, text in enumerate(texts(distinct)):
        found = values.whole(text)
        if values.is_missing(text):
            table[place] = missing
        elif isinstance(found, int) and least <= found <= most:
            table[place] = found
    kept = cast("Whole", looked_up(table, indices, there, missing=missing))
    odd = some(kept == _BAD)
    if odd is not None:
        kept[odd] = missing
    return kept, odd


def since_onset(column: pa.Array, *, unit: int) -> tuple[Places, Flags | None]:
    """Hours since onset in microseconds, from units of so many hours; and the rows left over.

    Left are numbers that are none, or no whole number of thousandths and of microseconds.
    """
    if at.is_null(column.type):
        return np.full(len(column), UNKNOWN), None
    if is_text(column.type):
        return _times(column, unit)
    found, there, bad = _numbers(column)
    most = MOST_HOURS // unit
    odd = ~((found >= 0) & (found <= most))
    if at.is_floating(column.type) or at.is_decimal(column.type):
        thousandths = np.rint(np.where(odd, 0, found) * _THOUSAND)
        odd |= thousandths / _THOUSAND != found
        micro = thousandths.astype(np.int64) * (MICROSECONDS * unit // _THOUSAND)
    else:
        micro = np.where(odd, 0, found).astype(np.int64) * (MICROSECONDS * unit)
    if bad is not None:
        odd |= bad
    if there is not None:
        odd &= there
        micro[~there] = UNKNOWN
    left = some(odd)
    if left is not None:
        micro[left] = UNKNOWN
    return micro, left


def _times(column: pa.Array, unit: int) -> tuple[Places, Flags | None]:
    """Hours or days since onset that are spelled as text."""
    distinct, indices, there = encoded(column)
    table = np.full(len(distinct), UNKNOWN)
    odd = np.zeros(len(distinct), np.bool_)
    for place, text in enumerate(texts(distinct)):
        if not values.is_missing(text):
            micro = _micro(values.decimal(text), unit)
            odd[place] = micro is None
            table[place] = UNKNOWN if micro is None else micro
    found = looked_up(table, indices, there, missing=UNKNOWN)
    return found, some(looked_up(odd, indices, there, missing=False))


def _micro(text: str, unit: int) -> int | None:
    """A time in microseconds; None where it is no whole number of them."""
    try:
        exact = Fraction(read_hours(text, where="", unit=unit)) * MICROSECONDS
    except QuestionError:
        return None
    return int(exact) if exact.denominator == 1 else None
