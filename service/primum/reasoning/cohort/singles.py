"""What each factor says by itself: the rules that ask for one factor and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from primum.model.levels import Level, Screening
from primum.reasoning.cohort.claims import Claims, Marks, Scale
from primum.reasoning.cohort.columns import Codes, Flags, Numbers
from primum.reasoning.cohort.dense import Listed, either
from primum.reasoning.cohort.factors import Factors
from primum.reasoning.cohort.matrices import any_of, matrix, meets, union, words
from primum.reasoning.tables import Tables

Words = NDArray[np.uint64]
LEVELS = tuple(level for level in Level if level)
_AT_ONCE = 4096  # records whose open factors are looked at one by one


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of each group where each of n things is so: by mark, and as sets.

    `marks` has shape (n, groups), `sets` one entry for each level, shape (n, words).
    """

    marks: Marks
    sets: tuple[Words, ...]

    @classmethod
    def of(cls, claims: Claims, scale: Scale, holding: Flags) -> "_Said":
        """What is said where these regions hold, shape (n, regions)."""
        marks = claims.best(union(holding, claims.holds))
        levels = scale.levels[marks][:, claims.group]
        return cls(marks, tuple(words(levels >= level) for level in LEVELS))


class Singles:
    """What single factors say, over one knowledge base."""

    def __init__(
        self,
        tables: Tables,
        factors: Factors,
        claims: Claims,
        scale: Scale,
        screening: Screening,
    ) -> None:
        """Say it of each factor once; `claims` are those of the regions of a single factor."""
        width = len(tables.atoms.bit)
        needs = matrix((tables.placed[n].needs for n in claims.regions), width)
        asked = np.flatnonzero(needs.any(axis=0))
        self._group = claims.group
        self._is_open = screening is Screening.UNKNOWN
        self._present = _Said.of(claims, scale, meets(factors.true, needs))
        self._asked = _Said.of(claims, scale, needs.T[asked])
        self._all = _Said.of(claims, scale, any_of(needs)[None])
        self._barred = factors.false[:, asked]
        self._absent = factors.denied[:, asked]

    def marks(self, treatments: Codes, present: Listed, absent: Listed) -> tuple[Marks, Marks]:
        """The certain and the possible mark of one treatment for each record."""
        groups = self._group.take(treatments)
        certain = np.zeros(len(treatments), np.int32)
        if len(present.rows):
            values = self._present.marks[present.codes, groups[present.owner]]
            certain[present.rows] = np.maximum.reduceat(values, present.starts)
        if not self._is_open:
            return certain, certain
        possible = self._all.marks[0, groups]
        for part, is_open in self._opened(present, absent):
            values = np.where(is_open, self._asked.marks.T[groups[part]], 0)
            possible[part] = values.max(axis=1, initial=0)
        return certain, possible

    def add(
        self, certain: Sequence[Words], possible: Sequence[Words], present: Listed, absent: Listed
    ) -> None:
        """Put what single factors bar into the sets of records, by level."""
        if len(present.rows):
            for sets, said in zip(certain, self._present.sets, strict=True):
                sets[present.rows] |= present.join(said)
        maybe: Sequence[Words] = certain
        if self._is_open:
            maybe = self._maybe(len(possible[0]), present, absent)
        for sets, others in zip(possible, maybe, strict=True):
            np.bitwise_or(sets, others, out=sets)

    def _maybe(self, count: int, present: Listed, absent: Listed) -> tuple[Words, ...]:
        """The treatments that open factors may bar, by level, for each of so many records."""
        sets = tuple(np.repeat(said, count, axis=0) for said in self._all.sets)
        for part, is_open in self._opened(present, absent):
            for found, said in zip(sets, self._asked.sets, strict=True):
                chosen = np.where(is_open[:, :, None], said, np.uint64(0))
                found[part] = np.bitwise_or.reduce(chosen, axis=1)
        return sets

    def _opened(self, present: Listed, absent: Listed) -> Iterator[tuple[Numbers, Flags]]:
        """The records some of whose factors are known not to be so, with those that may be."""
        present = present.having(any_of(self._barred))
        absent = absent.having(any_of(self._absent))
        rows = either(present, absent)
        width = len(self._barred)
        false = union(present.spread(rows, width), self._barred)
        false |= union(absent.spread(rows, width), self._absent)
        for start in range(0, len(rows), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            yield rows[part], ~false[part]
