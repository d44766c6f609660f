"""Lists of codes as pairs of record and code, and as rows of truth values where few matter."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from primum.reasoning.cohort.columns import Codes, Flags, Lists, Numbers


@dataclass(frozen=True, slots=True)
class Listed:
    """The lists of n records: `rows` have any codes, which begin at `starts` of `codes`.

    `owner` is the record of each code. All ascend.
    """

    rows: Numbers
    starts: Numbers
    owner: Numbers
    codes: Codes

    @classmethod
    def of(cls, lists: Lists) -> Self:
        """The lists of some columns."""
        if not len(lists.codes):
            none = np.zeros(0, np.intp)
            return cls(none, none, none, lists.codes)
        begins, ends = lists.offsets[:-1], lists.offsets[1:]
        rows = np.flatnonzero(ends != begins)
        starts = begins[rows]
        return cls(rows, starts, np.repeat(rows, ends[rows] - starts), lists.codes)

    def having(self, wanted: Flags) -> Self:
        """The lists without the codes that are not wanted."""
        return self._some(wanted.take(self.codes))

    def among(self, records: Flags) -> Self:
        """The lists of some records."""
        return self._some(records.take(self.owner))

    def join(self, sets: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """The sets of the codes of each record in `rows` put together; one in words for each."""
        found: NDArray[np.uint64] = np.bitwise_or.reduceat(sets[self.codes], self.starts, axis=0)
        return found

    def _some(self, wanted: Flags) -> Self:
        """Some of the codes."""
        chosen = np.flatnonzero(wanted)
        owner = self.owner[chosen]
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        return type(self)(owner[starts], starts, owner, self.codes[chosen])

    def spread(self, rows: Numbers, width: int) -> Flags:
        """The codes of some records, ascending, as truth values: shape (rows, width).

        The records must be all that list any, and may be more.
        """
        found = np.zeros((len(rows), width), np.bool_)
        found[np.searchsorted(rows, self.owner), self.codes] = True
        return found


def either(one: Listed, other: Listed) -> Numbers:
    """The records that either lists any codes of, ascending."""
    if not len(other.rows):
        return one.rows
    return np.union1d(one.rows, other.rows) if len(one.rows) else other.rows
