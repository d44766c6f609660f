"""Codes as dictionary-encoded text; the dictionaries are made once."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primum.model.levels import Level, Verdict
from primum.reasoning.cohort.columns import Flags, Hours
from primum.use_cases.cohort.answers.sets import Sets
from primum.use_cases.service import Primum

SMALL: Final = pa.dictionary(pa.int8(), pa.string())
WIDE: Final = pa.dictionary(pa.int16(), pa.string())
MANY: Final = pa.dictionary(pa.int32(), pa.string())
Codes = NDArray[Any]


class Spelling:
    """The words of answers over one knowledge base."""

    def __init__(self, primum: Primum, rules: Sequence[str], bounds: Sequence[str]) -> None:
        """Make the dictionaries; `rules` and `bounds` are those that codes count in."""
        knowledge = primum.release.knowledge
        edition = knowledge.edition
        self.treatments = pa.array([term.id for term in knowledge.treatments], pa.string())
        self.levels = pa.array([level.word for level in Level], pa.string())
        self.verdicts = pa.array([verdict.value for verdict in Verdict], pa.string())
        self.rules = pa.array(rules, pa.string())
        named = [bound for bound in bounds if bound]
        self.bounds = pa.array(named, pa.string())
        # The last entry is that of -1, no change at all.
        codes = [*(named.index(bound) if bound else -1 for bound in bounds), -1]
        self._bound = np.asarray(codes, np.int8)
        self.knowledge = pa.array([f"{edition.version} {edition.digest}"], pa.string())
        self._sets = Sets([term.id for term in knowledge.treatments])

    def bounds_of(self, codes: Codes) -> pa.Array:
        """The bounds of changes; a bound that has no word is none."""
        return coded(self._bound[codes], self.bounds)

    def constant(self, rows: int) -> pa.Array:
        """The knowledge that all answers rest on."""
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int8)), self.knowledge)

    def sets(self, words: NDArray[np.uint64], without: Flags) -> pa.Array:
        """Sets of treatments, a row of words each, as the names of their members; none for some."""
        numbers, names = self._sets.of(words)
        return pa.DictionaryArray.from_arrays(_masked(numbers, without), names)


def coded(codes: Codes, words: pa.Array) -> pa.Array:
    """Codes as words; a negative code is none."""
    return pa.DictionaryArray.from_arrays(_masked(codes, codes < 0), words)


def hours(values: Hours) -> pa.Array:
    """Hours; NaN is none."""
    return pa.array(values, mask=np.isnan(values))


def _masked(codes: Codes, without: Flags) -> pa.Array:
    """Codes as an array, without those of some rows."""
    return pa.array(codes, mask=without) if without.any() else pa.array(codes)
