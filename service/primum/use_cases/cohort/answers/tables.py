"""Answers as Arrow tables: their columns, and how they are filled."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primum.foundation.errors import InvalidValue
from primum.model.levels import Level
from primum.reasoning.cohort.columns import Flags
from primum.use_cases.cohort.answers.found import Audits, Sets
from primum.use_cases.cohort.answers.spelling import MANY, SMALL, WIDE, Spelling, coded, hours

_LEVELS = [level.word for level in sorted(Level, reverse=True) if level]
_HOURS = [("hours_from", pa.float64()), ("hours_until", pa.float64())]
_AUDIT = [
    ("treatment", WIDE),
    ("level_certain", SMALL),
    ("level_possible", SMALL),
    ("verdict", SMALL),
    ("rule", WIDE),
    *_HOURS,
    ("changes_at", pa.float64()),
    ("changes_at_bound", SMALL),
]
_SETS = [(f"{holds}_{level}", MANY) for holds in ("certain", "possible") for level in _LEVELS]
_TAIL = [("knowledge", SMALL), ("faults", pa.string())]


def answers_schema(kept: Sequence[pa.Field], *, compact: bool) -> pa.Schema:
    """The columns of answers; `kept` are those of the input that they repeat, the id first.

    Raises InvalidValue where a column that is kept has the name of one of the answer's.
    """
    middle = [*_SETS, *_HOURS] if compact else _AUDIT
    own = [pa.field(name, kind) for name, kind in (("row", pa.int64()), *middle, *_TAIL)]
    names = (kept[0].name, *(field.name for field in own))
    for field in kept[1:]:
        if field.name in names:
            raise InvalidValue(
                f"The column {field.name!r} cannot be kept: answers have one of this name. Rename "
                "it first.",
                where=field.name,
                found=field.name,
                allowed=(f"none of {', '.join(names)}",),
            )
    return pa.schema([own[0], *kept, *own[1:]])


def audit_columns(found: Audits, words: Spelling) -> list[pa.Array]:
    """What is found of one treatment in each row."""
    return [
        coded(found.treatment, words.treatments),
        coded(found.certain, words.levels),
        coded(found.possible, words.levels),
        coded(found.verdict, words.verdicts),
        coded(found.rule, words.rules),
        hours(found.hours_from),
        hours(found.hours_until),
        hours(found.changes_at),
        words.bounds_of(found.bound),
    ]


def set_columns(found: Sets, words: Spelling, refused: Flags) -> list[pa.Array]:
    """What is found of all treatments in each row, level by level, the strictest first."""
    columns = []
    for levels in (found.certain, found.possible):
        stricter: NDArray[np.uint64] | None = None
        for level in reversed(levels):
            exactly = level if stricter is None else level & ~stricter
            columns.append(words.sets(exactly, refused))
            stricter = level
    return [*columns, hours(found.hours_from), hours(found.hours_until)]


def numbers(rows: int, first: int | None) -> pa.Array:
    """The numbers of rows in the input, from 1; none where it is not known how many came before."""
    if first is None:
        return pa.nulls(rows, pa.int64())
    return pa.array(np.arange(first + 1, first + rows + 1, dtype=np.int64))
