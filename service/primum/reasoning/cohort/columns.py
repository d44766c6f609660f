"""Records as columns of numbers: what the kernel takes, and what it gives.

Instants are whole microseconds since 1970-01-01T00:00Z. An onset lies between two places on that
axis: place `4 t` is just before microsecond t, `4 t + 2` just after it; what lies between them is
left for cuts that are no whole number of microseconds.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

MICROSECONDS: Final = 3_600_000_000
"""Of an hour."""

STEP: Final = 4
"""The places of a microsecond; the first of them is just before it."""

AFTER: Final = 2
"""How far the place just after a microsecond is from the one just before it."""

UNKNOWN: Final = int(np.iinfo(np.int64).min)
"""An instant, or a place, of which nothing is known."""

Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]
Small = NDArray[np.int8]
Codes = NDArray[np.int16]
Places = NDArray[np.int64]
Hours = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lists:
    """A list of codes for each of n records: `codes[offsets[i]:offsets[i + 1]]` is that of i.

    `offsets` has n + 1 entries, ascending, and begins with 0.
    """

    offsets: NDArray[np.int64]
    codes: Codes


@dataclass(frozen=True, slots=True)
class Columns:
    """n valid records, a number for each in each column.

    `injury` counts in the injuries of the knowledge, the factors of `present` and `absent` in its
    factors. `grade` is 0 and `age` (completed years) is -1 where it is not known. The onset lies
    between the places `earliest` and `latest`, never after `at`, the instant asked about; each is
    UNKNOWN where it is. Where `whole_day` is true, the 24 hours that begin with `at` are asked
    about, of an onset that is known exactly.
    """

    injury: Codes
    grade: Small
    age: Codes
    present: Lists
    absent: Lists
    earliest: Places
    latest: Places
    at: Places
    whole_day: Flags

    def __len__(self) -> int:
        """How many records there are."""
        return len(self.injury)


@dataclass(frozen=True, slots=True)
class Audited:
    """What is found of one treatment for each of n records.

    Where `contradicts` is true, the facts exclude each other and all else means nothing. `certain`
    and `possible` are levels, `verdict` counts in the members of Verdict, `rule` in the rules of
    the kernel (-1 where none decides alone). The hours since onset lie from `hours_from` to
    `hours_until`; these, and the hours at which the levels change next, are NaN where they are not
    known or never come. `bound` counts in the bounds of the kernel, -1 where there is no change.
    """

    contradicts: Flags
    certain: Small
    possible: Small
    verdict: Small
    rule: Codes
    hours_from: Hours
    hours_until: Hours
    changes_at: Hours
    bound: Small


@dataclass(frozen=True, slots=True)
class Levels:
    """What is found of all treatments for each of n records, as sets of treatments.

    `certain[k]` are the treatments that are barred for certain at level k + 1 or a stricter one,
    `possible[k]` those that may be. A set is one or more 64-bit words, shape (n, words): treatment
    number t, as the knowledge counts them, is bit t % 64 of word t // 64. The hours are as in an
    audit.
    """

    contradicts: Flags
    certain: tuple[NDArray[np.uint64], ...]
    possible: tuple[NDArray[np.uint64], ...]
    hours_from: Hours
    hours_until: Hours
