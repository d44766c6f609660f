"""Numbering the distinct ones among many 64-bit words, from batch to batch."""

from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Numbers = NDArray[np.int32]
_BITS: Final = 16  # of the table: many more places than there are words, mostly
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio: Knuth's multiplicative hashing


class Distinct:
    """Gives each distinct word a number, in the order in which they are met; only ever grows.

    A word is looked up in a table by its hash; the few that share a place are looked up by
    themselves. Safe to share between threads.
    """

    def __init__(self) -> None:
        """Know the word 0, which is number 0."""
        self.members: list[int] = [0]
        self._numbers = {0: 0}
        self._words = np.zeros(1 << _BITS, np.uint64)
        self._number = np.zeros(1 << _BITS, np.int32)
        self._lock = Lock()

    def numbers(self, words: Words) -> Numbers:
        """The number of each word."""
        places = _places(words)
        known = self._words.take(places, mode="clip") == words
        found: Numbers = self._number.take(places, mode="clip")
        if not known.all():
            unknown = np.flatnonzero(~known)
            new, which = np.unique(words[unknown], return_inverse=True)
            numbers = np.asarray([self._add(word) for word in new.tolist()], np.int32)
            found[unknown] = numbers[which]
        return found

    def _add(self, word: int) -> int:
        """The number of a word, which is remembered."""
        with self._lock:
            found = self._numbers.get(word)
            if found is None:
                found = len(self.members)
                self.members.append(word)
                self._numbers[word] = found
                (place,) = _places(np.asarray([word], np.uint64))
                if not self._words[place]:
                    # The number first: who sees the word must see its number.
                    self._number[place] = found
                    self._words[place] = word
            return found


def _places(words: Words) -> NDArray[np.int64]:
    """Where words stand in the table, if nothing else stands there."""
    return ((words * _SPREAD) >> np.uint64(64 - _BITS)).view(np.int64)
