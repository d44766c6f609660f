"""Combinations of facts by number, so that what they come to is found once for all records.

Every injury with every grade and band of ages is numbered beforehand. Where factors matter that
do not speak for themselves, the combination with these is numbered when it is first seen.
"""

from dataclasses import dataclass
from threading import Lock

import numpy as np

from primum.model.regions import GRADES
from primum.reasoning.cohort.columns import Columns, Flags, Numbers, Small
from primum.reasoning.cohort.dense import Listed, either
from primum.reasoning.cohort.factors import Factors
from primum.reasoning.cohort.grown import Grown
from primum.reasoning.cohort.outcomes import Outcomes, Outcoming
from primum.reasoning.cohort.parted import Parted
from primum.reasoning.cohort.settled import Facts
from primum.reasoning.tables import Tables

_GRADES = len(GRADES)


@dataclass(frozen=True, slots=True)
class Stated:
    """Which factors matter to a combination: `present` and `absent` by factor, as truth values."""

    present: Flags
    absent: Flags

    @classmethod
    def of(cls, tables: Tables, factors: Factors, parted: Parted) -> "Stated":
        """The factors of a knowledge base that matter beyond single factors."""
        atoms = factors.atoms
        return cls(
            np.asarray([parted.matters_present(tables, atom) for atom in atoms], np.bool_),
            np.asarray([parted.matters_absent(tables, atom) for atom in atoms], np.bool_),
        )


class Keys:
    """The combinations seen so far and their outcomes; safe to share between threads."""

    def __init__(self, outcoming: Outcoming, stated: Stated, *, injuries: int, bands: int) -> None:
        """Number all combinations of an injury, a grade and a band of ages."""
        self._outcoming, self._stated, self._bands = outcoming, stated, bands + 1
        self._lock = Lock()
        self._numbers: dict[bytes, int] = {}
        every = np.arange(injuries * _GRADES * self._bands)
        none = np.zeros((len(every), len(stated.present)), np.bool_)
        outcomes = outcoming.of(self._facts(every, none, none))
        self._outcomes = {name: Grown(getattr(outcomes, name)) for name in Outcomes.__slots__}

    @property
    def outcomes(self) -> Outcomes:
        """What all combinations so far come to."""
        return Outcomes(**{name: grown.rows for name, grown in self._outcomes.items()})

    def of(self, columns: Columns, band: Small, present: Listed, absent: Listed) -> Numbers:
        """The number of the combination of each record; `band` is that of its age, or -1."""
        numbers: Numbers = columns.injury.astype(np.intp)
        numbers *= _GRADES
        numbers += columns.grade
        numbers *= self._bands
        numbers += band
        numbers += 1
        present, absent = present.having(self._stated.present), absent.having(self._stated.absent)
        rows = either(present, absent)
        if len(rows):
            width = len(self._stated.present)
            numbers[rows] = self._further(
                numbers[rows], present.spread(rows, width), absent.spread(rows, width)
            )
        return numbers

    def _further(self, plain: Numbers, present: Flags, absent: Flags) -> Numbers:
        """The numbers of combinations with factors; `plain` are those without."""
        packed = [np.packbits(flags, axis=1) for flags in (present, absent)]
        heads = plain.astype(np.int64).view(np.uint8).reshape(len(plain), -1)
        texts = np.ascontiguousarray(np.concatenate([heads, *packed], axis=1))
        whole = texts.view(np.dtype((np.void, texts.shape[1]))).ravel()
        distinct, first, place = np.unique(whole, return_index=True, return_inverse=True)
        names: list[bytes] = distinct.tolist()
        with self._lock:
            new = [number for number, name in enumerate(names) if name not in self._numbers]
            if new:
                rows = first[new]
                self._add(self._facts(plain[rows], present[rows], absent[rows]))
                start = len(self._outcomes["contradicts"]) - len(new)
                self._numbers.update({names[n]: start + i for i, n in enumerate(new)})
            found = np.asarray([self._numbers[name] for name in names], np.intp)
        numbers: Numbers = found[place]
        return numbers

    def _add(self, facts: Facts) -> None:
        """Keep the outcomes of further combinations."""
        outcomes = self._outcoming.of(facts)
        for name, grown in self._outcomes.items():
            grown.add(getattr(outcomes, name))

    def _facts(self, plain: Numbers, present: Flags, absent: Flags) -> Facts:
        """The facts of combinations; `plain` are their numbers without factors."""
        rest, band = np.divmod(plain, self._bands)
        injury, grade = np.divmod(rest, _GRADES)
        return Facts(
            injury.astype(np.int16),
            grade.astype(np.int8),
            (band - 1).astype(np.int8),
            present,
            absent,
        )
