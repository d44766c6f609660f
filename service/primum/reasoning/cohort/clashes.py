"""Stated factors that exclude each other, whatever the injury, its grade and the age."""

import numpy as np

from primum.reasoning.cohort.columns import Flags
from primum.reasoning.cohort.dense import Listed
from primum.reasoning.cohort.factors import Factors
from primum.reasoning.cohort.matrices import any_of, meets, words


class Clashes:
    """Which factors cannot be present together, and which cannot be present without another.

    A factor's row is a set of factors, in words: itself, those it brings, those it excludes.
    """

    def __init__(self, factors: Factors) -> None:
        """Compare each factor with each other one."""
        together = meets(factors.true, factors.false)
        self._touchy = any_of(together)
        self._excluded = words(together)
        self._brought = words(factors.true[:, factors.atoms])
        self._own = words(np.eye(len(factors.atoms), dtype=np.bool_))

    def of(self, count: int, present: Listed, absent: Listed) -> Flags:
        """Whether the factors of each of so many records exclude each other."""
        found = np.zeros(count, np.bool_)
        touchy = present.having(self._touchy)
        if len(touchy.rows):
            found[touchy.rows] = any_of(touchy.join(self._excluded) & touchy.join(self._own))
        both = np.intersect1d(present.rows, absent.rows, assume_unique=True)
        if len(both):
            chosen = np.zeros(count, np.bool_)
            chosen[both] = True
            brought = present.among(chosen).join(self._brought)
            found[both] |= any_of(brought & absent.among(chosen).join(self._own))
        return found
