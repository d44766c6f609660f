"""Sets of treatments as the names of their members, each set spelled once."""

from collections.abc import Sequence
from threading import Lock
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primum.use_cases.cohort.answers.distinct import Distinct, Numbers

_BITS: Final = 64
_MOST_SHARED: Final = 4096  # sets that a batch repeats though it may have few of them
_HALF: Final = np.uint64(32)


class Sets:
    """Numbers sets of treatments and spells them; safe to share between threads."""

    def __init__(self, names: Sequence[str]) -> None:
        """Name the members."""
        self._names = names
        self._words = [Distinct() for _ in range(-(-len(names) // _BITS))]
        self._pairs = [Distinct() for _ in self._words[1:]]
        self._spelled: pa.Array = pa.array([""], pa.string())
        self._lock = Lock()

    def of(self, words: NDArray[np.uint64]) -> tuple[Numbers, pa.Array]:
        """The number of each set, a row of words each, and the sets in words."""
        numbers = self._words[0].numbers(np.ascontiguousarray(words[:, 0]))
        for column, distinct, pairs in zip(words.T[1:], self._words[1:], self._pairs, strict=True):
            more = distinct.numbers(np.ascontiguousarray(column))
            joined = (numbers.astype(np.uint64) << _HALF) | more.astype(np.uint64)
            numbers = pairs.numbers(joined)
        spelled = self._known()
        return (numbers, spelled) if len(spelled) <= _MOST_SHARED else _only(numbers, spelled)

    def _known(self) -> pa.Array:
        """All sets that are numbered, in words."""
        last = (self._pairs or self._words)[-1]
        with self._lock:
            new = range(len(self._spelled), len(last.members))
            if new:
                more = pa.array([self._spell(self._bits(number)) for number in new], pa.string())
                self._spelled = pa.concat_arrays([self._spelled, more])
            return self._spelled

    def _bits(self, number: int) -> int:
        """The set of a number, as bits."""
        found = 0
        for place in range(len(self._pairs), 0, -1):
            number, word = divmod(self._pairs[place - 1].members[number], 1 << 32)
            found |= self._words[place].members[word] << _BITS * place
        return found | self._words[0].members[number]

    def _spell(self, bits: int) -> str:
        """The names of the members, in the order of the knowledge."""
        return " ".join(name for n, name in enumerate(self._names) if bits >> n & 1)


def _only(numbers: Numbers, spelled: pa.Array) -> tuple[Numbers, pa.Array]:
    """Numbers and words of the sets that a batch has."""
    there = np.zeros(len(spelled), np.bool_)
    there[numbers] = True
    renumbered = np.cumsum(there, dtype=np.int32) - np.int32(1)
    return renumbered[numbers], spelled.filter(pa.array(there))
