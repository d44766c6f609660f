"""Which rules turn on one factor and nothing else, so that each factor speaks for itself.

Most regions of contraindications ask for one factor, whatever the injury, its grade, the age and
the time. Nothing but that factor decides about them, and a record's level is the strictest of two:
that of these regions, found factor by factor, and that of the rest. For with the completions
parted in any way, `for all c: A(c) or F` is the same as `F or for all c: A(c)` where F is the same
in all of them.

A region counts as one of a single factor only if no injury, age or grade brings that factor along
or excludes it, and if no region excludes a factor that would bring it along: splitting cases on an
excluded factor then never makes it true.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Self

from primum.model.levels import Level
from primum.model.regions import GRADES
from primum.model.spans import Span
from primum.reasoning.atoms import members_of
from primum.reasoning.tables import Placed, Tables


@dataclass(frozen=True, slots=True)
class Parted:
    """The regions of contraindications, by number: those of a single factor, and the rest.

    `true` are the atoms that an injury, a grade or an age can make true, `false` those that they
    can make false, `given` those that a grade or an age defines.
    """

    single: tuple[int, ...]
    rest: tuple[int, ...]
    true: int
    false: int
    given: int

    @classmethod
    def of(cls, tables: Tables) -> Self:
        """The regions of some tables, parted."""
        axioms, atoms = tables.axioms, tables.atoms
        injuries = tables.every_atom & ~atoms.factors
        given = atoms.of([*axioms.by_age, *axioms.by_grade])
        true = atoms.above(injuries | given)
        false = atoms.below(injuries | given) | atoms.excluded_by(true)
        numbers = list(members_of(tables.at_least[Level.PRECAUTION]))
        banned = reduce(or_, (tables.placed[number].bans for number in numbers), 0)
        barred = ~atoms.factors | true | false | atoms.above(banned)
        single = {n for n in numbers if _is_of_one_factor(tables.placed[n], barred)}
        rest = tuple(number for number in numbers if number not in single)
        return cls(tuple(sorted(single)), rest, true, false, given)

    def matters_present(self, tables: Tables, factor: int) -> bool:
        """Whether the presence of a factor, given as its atom, can matter beyond single factors."""
        atoms = tables.atoms
        true = atoms.up[factor]
        false, named = atoms.excluded_by(true), tables.mentioned(self._rest)
        return bool(true & (named | self.false | self.given) or false & (named | self.true))

    def matters_absent(self, tables: Tables, factor: int) -> bool:
        """Whether the absence of a factor, given as its atom, can matter beyond single factors."""
        return bool(tables.atoms.down[factor] & (tables.mentioned(self._rest) | self.true))

    @property
    def _rest(self) -> int:
        """The rest as a bit set."""
        return sum(1 << number for number in self.rest)


def _is_of_one_factor(entry: Placed, barred: int) -> bool:
    """Whether a region asks for one atom, none of those barred, and for nothing else."""
    region = entry.region
    return (
        entry.needs.bit_count() == 1
        and not entry.needs & barred
        and not entry.bans
        and region.grades == GRADES
        and region.hours == Span()
        and region.ages == Span()
    )
