"""What many combinations of facts leave possible: the cells of `worlds.py`, as rows of arrays."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from primum.model.knowledge import Knowledge
from primum.model.levels import Screening
from primum.model.regions import GRADES, UNGRADED
from primum.reasoning.cohort.columns import Codes, Flags, Numbers, Small
from primum.reasoning.cohort.matrices import matrix, meets, union
from primum.reasoning.tables import Tables

_GRADES: Final = tuple(sorted(GRADES))


@dataclass(frozen=True, slots=True)
class Facts:
    """n combinations of facts: injuries and factors as the knowledge counts them.

    `grade` is 0 and `band`, the band of ages, is -1 where it is not known. `present` and `absent`
    tell for each factor whether it is stated, shape (n, factors).
    """

    injury: Codes
    grade: Small
    band: Small
    present: Flags
    absent: Flags

    def __len__(self) -> int:
        """How many combinations there are."""
        return len(self.injury)

    def part(self, chosen: slice) -> Self:
        """Some of the combinations."""
        return type(self)(
            self.injury[chosen],
            self.grade[chosen],
            self.band[chosen],
            self.present[chosen],
            self.absent[chosen],
        )


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of n combinations, those of one after those of the other.

    The cells of combination i begin at `starts[i]`; each has one at least, though it means nothing
    where `contradicts` is true. How the regions stand in a cell has shape (cells, regions).
    """

    contradicts: Flags
    starts: Numbers
    sure: Flags
    maybe: Flags
    contested: Flags


class Settling:
    """Settles facts over one knowledge base, as far as the regions with some numbers go."""

    def __init__(
        self, tables: Tables, knowledge: Knowledge, regions: tuple[int, ...], screening: Screening
    ) -> None:
        """Write what the ontology says, and what the regions ask, as matrices."""
        atoms, width = tables.atoms, len(tables.atoms.bit)
        self._assumes_clear = screening is Screening.ASSUME_CLEAR
        self._up = matrix(atoms.up, width)
        self._down = matrix(atoms.down, width)
        self._against = matrix(atoms.against, width)
        self._factors = matrix([atoms.factors], width)[0]
        self._injury = np.asarray([atoms.bit[term.iri] for term in knowledge.injuries])
        self._factor = np.asarray([atoms.bit[term.iri] for term in knowledge.factors])
        self._needs = matrix((tables.placed[n].needs for n in regions), width)
        self._bans = matrix((tables.placed[n].bans for n in regions), width)
        self._graded, self._not_graded = _by_grade(tables)
        self._aged, self._not_aged = _by_age(tables)
        count = len(tables.placed)
        by_grade = matrix((tables.grades[grade] for grade in _GRADES), count)
        by_age = matrix(tables.ages.allows, count)
        self._of_grade, self._of_age = by_grade[:, list(regions)], by_age[:, list(regions)]

    def settle(self, facts: Facts) -> Cells:
        """The cells of all combinations."""
        true, false = self._stated(facts)
        contradicts = (true & false).any(axis=1)
        if self._assumes_clear:
            false |= union(self._factors & ~true & ~false, self._down)
        owner, grade, band = self._listed(facts)
        true = true[owner] | self._graded[grade] | self._aged[band]
        false = false[owner] | self._not_graded[grade] | self._not_aged[band]
        false |= union(true, self._against)
        possible = ~(true & false).any(axis=1)
        contradicts |= ~np.logical_or.reduceat(possible, _starts(owner))
        kept = possible | contradicts[owner]
        true, false = true[kept], false[kept]
        maybe = self._of_grade[grade[kept]] & self._of_age[band[kept]]
        maybe &= ~meets(false, self._needs) & ~meets(true, self._bans)
        contested = maybe & meets(~false & ~true, self._bans)
        sure = maybe & ~meets(~true, self._needs) & ~contested
        return Cells(contradicts, _starts(owner[kept]), sure, maybe, contested)

    def _stated(self, facts: Facts) -> tuple[Flags, Flags]:
        """What the facts make true, and what they make false."""
        stated = np.zeros((len(facts), len(self._up)), np.bool_)
        stated[np.arange(len(facts)), self._injury[facts.injury]] = True
        stated[:, self._factor] |= facts.present
        true = union(stated, self._up)
        denied = np.zeros_like(stated)
        denied[:, self._factor] = facts.absent
        false = union(denied, self._down)
        graded, aged = facts.grade != UNGRADED, facts.band >= 0
        true[graded] |= self._graded[facts.grade[graded]]
        true[aged] |= self._aged[facts.band[aged]]
        false[aged] |= self._not_aged[facts.band[aged]]
        return true, false | union(true, self._against)

    def _listed(self, facts: Facts) -> tuple[Numbers, Numbers, Numbers]:
        """Each combination with each grade and each band of ages that it may have."""
        every_grade, every_band = np.asarray(_GRADES), np.arange(len(self._aged))
        unknown = facts.grade == UNGRADED
        grades = unknown[:, None] | (facts.grade[:, None] == every_grade)
        unknown = facts.band < 0
        bands = unknown[:, None] | (facts.band[:, None] == every_band)
        owner, grade, band = np.nonzero(grades[:, :, None] & bands[:, None, :])
        return owner, grade, band


def _starts(owner: Numbers) -> Numbers:
    """Where the entries of each owner begin; owners are numbered from 0 and ascend."""
    return np.flatnonzero(np.diff(owner, prepend=-1))


def _by_grade(tables: Tables) -> tuple[Flags, Flags]:
    """What each grade makes true, and what it makes false."""
    axioms, atoms = tables.axioms, tables.atoms
    true, false = [], []
    for grade in _GRADES:
        graded = {iri for iri, values in axioms.by_grade.items() if grade in values}
        barred = {iri for iri, grades in axioms.grades.items() if grade not in grades}
        true.append(atoms.above(atoms.of(graded)))
        false.append(atoms.below(atoms.of((axioms.by_grade.keys() - graded) | barred)))
    return matrix(true, len(atoms.bit)), matrix(false, len(atoms.bit))


def _by_age(tables: Tables) -> tuple[Flags, Flags]:
    """What each band of ages makes true, and what it makes false."""
    axioms, atoms = tables.axioms, tables.atoms
    true, false = [], []
    for number in range(len(tables.ages.cuts)):
        ages = tables.ages.span(number)
        present = {iri for iri, span in axioms.by_age.items() if span.covers(ages)}
        true.append(atoms.above(atoms.of(present)))
        false.append(atoms.below(atoms.of(axioms.by_age.keys() - present)))
    return matrix(true, len(atoms.bit)), matrix(false, len(atoms.bit))
