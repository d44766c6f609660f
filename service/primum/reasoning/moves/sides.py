"""One of two versions, seen from the records that both can read.

The two versions have atoms of their own. What they share is the names that a record can state:
the injuries, treatments and factors that both know. The shared factors are numbered once.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Self

from primum.foundation.names import Kind
from primum.model.knowledge import Knowledge
from primum.model.levels import Level
from primum.model.regions import GRADES
from primum.model.spans import Cut, Span
from primum.reasoning.atoms import members_of, union_of
from primum.reasoning.moves.presence import Presence, presence
from primum.reasoning.tables import Placed, Tables, tables_of


@dataclass(frozen=True, slots=True)
class Shared:
    """The names that records of both versions can use, by IRI; `factors` by their number."""

    injuries: tuple[str, ...]
    treatments: tuple[str, ...]
    factors: tuple[str, ...]

    @classmethod
    def of(cls, old: Knowledge, new: Knowledge) -> Self:
        """What two versions share, in the order of the new one."""

        def both(part: str) -> tuple[str, ...]:
            known = {term.iri for term in getattr(old, part)}
            return tuple(term.iri for term in getattr(new, part) if term.iri in known)

        return cls(both("injuries"), both("treatments"), both("factors"))


@dataclass(frozen=True, slots=True)
class Side:
    """The tables of one version, with what stating a shared factor brings and excludes.

    `brought[a]` are the shared factors any of which brings atom a, `shut[a]` those any of which
    excludes it. `clashing[f]` are those that cannot be stated together with factor f. `plain[r]`
    are the stated factors that region r asks for, where it asks for no injury.
    """

    tables: Tables
    brought: tuple[int, ...]
    shut: tuple[int, ...]
    clashing: tuple[int, ...]
    plain: tuple[Presence | None, ...]

    @classmethod
    def of(cls, knowledge: Knowledge, shared: Shared) -> Self:
        """The side of a version."""
        tables = tables_of(knowledge)
        atoms = tables.atoms
        up = [atoms.up[atoms.bit[iri]] for iri in shared.factors]
        out = [atoms.excluded_by(row) for row in up]
        every = range(len(atoms.bit))
        brought = tuple(_holding(up, atom) for atom in every)
        return cls(
            tables=tables,
            brought=brought,
            shut=tuple(_holding(out, atom) for atom in every),
            clashing=tuple(
                sum(1 << n for n, other in enumerate(up) if other & excluded) for excluded in out
            ),
            plain=tuple(_plain(placed, atoms.factors, brought) for placed in tables.placed),
        )

    def barring(self, treatment: str) -> int:
        """The regions of the contraindications that speak of a treatment."""
        return self.tables.treatments[treatment] & self.tables.at_least[Level.PRECAUTION]

    def by_age(self, regions: int) -> bool:
        """Whether it matters to some of the regions how old the patient is."""
        tables, atoms = self.tables, self.tables.atoms
        if any(tables.placed[n].region.ages != Span() for n in members_of(regions)):
            return True
        direct = tables.mentioned(regions)
        root = atoms.of({Kind.FACTOR} & atoms.bit.keys()) & ~direct
        asked = (direct | atoms.above(direct & ~atoms.factors) | self._graded()) & ~root
        by_age = atoms.above(atoms.of(tables.axioms.by_age))
        return bool(asked & (by_age | atoms.excluded_by(by_age)))

    def _graded(self) -> int:
        """What must be true or false for a grade to be possible, whatever regions are asked of."""
        axioms, atoms = self.tables.axioms, self.tables.atoms
        defined = atoms.above(atoms.of(axioms.by_grade))
        limited = (iri for iri, grades in axioms.grades.items() if grades != GRADES)
        return defined | atoms.of(limited) | atoms.excluded_by(defined)

    def bringing(self, atoms: int) -> int:
        """The factors any of which brings some of the atoms."""
        return union_of(self.brought, atoms)

    def cuts(self, regions: int) -> set[Cut]:
        """Where the windows of some regions begin and end."""
        spans = [self.tables.placed[number].region.hours for number in members_of(regions)]
        return {cut for span in spans for cut in (span.start, span.end) if cut is not None}

    def age_cuts(self) -> set[Cut]:
        """Where the bands of ages begin."""
        return set(self.tables.ages.cuts)

    def at(self, start: Cut) -> int:
        """The regions that allow the instants just after a cut."""
        bands = self.tables.hours
        return bands.allows[bands.of(Span(start)).start]


def _plain(placed: Placed, factors: int, brought: tuple[int, ...]) -> Presence | None:
    """The stated factors that a region asks for, or None where it asks for an injury or none."""
    if (placed.needs | placed.bans) & ~factors:
        return None
    needed = (brought[atom] for atom in members_of(placed.needs))
    return presence(needed, union_of(brought, placed.bans))


def _holding(rows: list[int], atom: int) -> int:
    """The numbers of the rows in which an atom is."""
    return reduce(or_, (1 << n for n, row in enumerate(rows) if row >> atom & 1), 0)
