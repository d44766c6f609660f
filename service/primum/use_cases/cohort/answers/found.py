"""The answers to the rows of a batch as columns of numbers, row by row in the input's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primum.reasoning.cohort.columns import Audited, Codes, Flags, Hours, Levels, Small

Words = NDArray[np.uint64]


@dataclass(slots=True)
class Audits:
    """What is found of one treatment in each row; a row without an answer has -1 and NaN."""

    treatment: Codes
    certain: Small
    possible: Small
    verdict: Small
    rule: Codes
    hours_from: Hours
    hours_until: Hours
    changes_at: Hours
    bound: Small

    @classmethod
    def empty(cls, rows: int) -> Self:
        """No answers, for so many rows."""
        return cls(
            treatment=np.full(rows, -1, np.int16),
            certain=np.full(rows, -1, np.int8),
            possible=np.full(rows, -1, np.int8),
            verdict=np.full(rows, -1, np.int8),
            rule=np.full(rows, -1, np.int16),
            hours_from=np.full(rows, np.nan),
            hours_until=np.full(rows, np.nan),
            changes_at=np.full(rows, np.nan),
            bound=np.full(rows, -1, np.int8),
        )

    @classmethod
    def of(cls, audited: Audited, treatments: Codes) -> Self:
        """The answers that the kernel gives."""
        return cls(
            treatment=treatments,
            certain=audited.certain,
            possible=audited.possible,
            verdict=audited.verdict,
            rule=audited.rule,
            hours_from=audited.hours_from,
            hours_until=audited.hours_until,
            changes_at=audited.changes_at,
            bound=audited.bound,
        )

    def put(self, rows: Any, other: Self) -> None:
        """Put the answers of other rows in their places."""
        for name in self.__slots__:
            getattr(self, name)[rows] = getattr(other, name)


@dataclass(slots=True)
class Sets:
    """What is found of all treatments in each row: the sets at each level or a stricter one."""

    certain: tuple[Words, ...]
    possible: tuple[Words, ...]
    hours_from: Hours
    hours_until: Hours

    @classmethod
    def empty(cls, rows: int, *, levels: int, words: int) -> Self:
        """No answers, for so many rows."""
        certain, possible = (
            tuple(np.zeros((rows, words), np.uint64) for _ in range(levels)) for _ in range(2)
        )
        return cls(certain, possible, np.full(rows, np.nan), np.full(rows, np.nan))

    @classmethod
    def of(cls, levels: Levels) -> Self:
        """The answers that the kernel gives."""
        return cls(levels.certain, levels.possible, levels.hours_from, levels.hours_until)

    def put(self, rows: Any, other: Self) -> None:
        """Put the answers of other rows in their places."""
        for mine, theirs in ((self.certain, other.certain), (self.possible, other.possible)):
            for one, another in zip(mine, theirs, strict=True):
                one[rows] = another
        self.hours_from[rows] = other.hours_from
        self.hours_until[rows] = other.hours_until


@dataclass(slots=True)
class Faults:
    """The faults of rows that cannot be answered, as JSON text, by the number of the row."""

    told: dict[int, str] = field(default_factory=dict)

    def add(self, row: int, faults: Sequence[Mapping[str, Any]]) -> None:
        """Add the faults of a row."""
        self.told[row] = msgspec.json.encode(faults).decode()

    def refused(self, rows: int) -> Flags:
        """Which of so many rows are refused."""
        found = np.zeros(rows, np.bool_)
        found[list(self.told)] = True
        return found

    def column(self, rows: int) -> pa.Array:
        """The faults of so many rows."""
        if not self.told:
            return pa.nulls(rows, pa.string())
        return pa.array([self.told.get(row) for row in range(rows)], pa.string())
