"""Stated factors that exclude each other, whatever the injury, its grade and the age."""

import numpy as np

from primum.model.knowledge import Knowledge
from primum.reasoning.cohort.columns import Flags
from primum.reasoning.cohort.dense import Listed
from primum.reasoning.cohort.matrices import any_of, matrix, meets, words
from primum.reasoning.tables import Tables


class Clashes:
    """Which factors cannot be present together, and which cannot be present without another.

    A factor's row is a set of factors, in words: itself, those it brings, those it excludes.
    """

    def __init__(self, tables: Tables, knowledge: Knowledge) -> None:
        """Compare each factor with each other one."""
        atoms, width = tables.atoms, len(tables.atoms.bit)
        bits = [atoms.bit[term.iri] for term in knowledge.factors]
        true = matrix((atoms.up[bit] for bit in bits), width)
        excluded = matrix((atoms.excluded_by(atoms.up[bit]) for bit in bits), width)
        together = meets(true, excluded)
        self._touchy = any_of(together)
        self._excluded = words(together)
        self._brought = words(true[:, bits])
        self._own = words(np.eye(len(bits), dtype=np.bool_))

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
