"""The smallest changes of facts that would alter a verdict; injury, age and time stay.

Every set of changes of one fact is tried, then of two, and so on, over the facts that some rule
about the treatment asks for, until a set works; so none that is found could be smaller. Changes
that can only push the other way are left out: with one of them, no set is smallest.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from math import comb
from operator import or_
from typing import Self

from primum.foundation.errors import Contradiction
from primum.model.cases import Case
from primum.model.explanations import Alternative, Supposed, Turn
from primum.model.levels import Screening, Verdict
from primum.model.regions import UNGRADED
from primum.model.terms import Term
from primum.reasoning.atoms import members_of, union_of
from primum.reasoning.tables import Tables

Judge = Callable[[Case], Verdict]
_MILDEST_FIRST = (
    Verdict.RULED_OUT,
    Verdict.UNDETERMINED,
    Verdict.PRECAUTION,
    Verdict.RELATIVELY_CONTRAINDICATED,
    Verdict.CONTRAINDICATED,
)
_MOST_TRIED = 400


@dataclass(frozen=True, slots=True)
class Supposable:
    """The changes of one fact that can make a verdict milder, and those that can make it stricter.

    What age defines stays with the age, and what the injury brings along with the injury.
    """

    milder: tuple[Supposed, ...]
    stricter: tuple[Supposed, ...]

    @classmethod
    def of(cls, tables: Tables, names: Mapping[int, Term], case: Case, regions: int) -> Self:
        """The changes that bear on some regions: factors, then the grade."""
        atoms, axioms = tables.atoms, tables.axioms
        asked = tables.mentioned(regions)
        banned = reduce(or_, (tables.placed[number].bans for number in members_of(regions)), 0)
        aged = atoms.of(axioms.by_age)
        locked = aged | atoms.up[atoms.bit[case.injury]]
        stated = atoms.of(case.present)
        named = sum(1 << number for number in names) & atoms.factors & ~locked
        add = named & asked & ~stated
        remove = union_of(atoms.down, asked) & named & stated
        if case.screening is Screening.UNKNOWN:
            remove |= named & asked & ~atoms.of(case.absent)
        # A factor that turns present lowers a level only through what it excludes, by a rule or
        # an axiom or an age; one that turns absent raises a level only likewise, or because
        # what it brought along goes with it.
        lowering = [
            a
            for a in members_of(add)
            if (atoms.up[a] & (banned | aged)) | (atoms.excluded_by(atoms.up[a]) & (asked | aged))
        ]
        raising = [a for a in members_of(remove) if (atoms.down[a] | atoms.up[a]) & (banned | aged)]
        grades = axioms.grades[case.injury] - {UNGRADED, case.grade}
        regraded = [Supposed(Turn.GRADE, grade=grade) for grade in sorted(grades)]
        absent = {a: Supposed(Turn.ABSENT, names[a]) for a in members_of(remove)}
        present = {a: Supposed(Turn.PRESENT, names[a]) for a in members_of(add)}
        return cls(
            milder=(*absent.values(), *(present[a] for a in lowering), *regraded),
            stricter=(*present.values(), *(absent[a] for a in raising), *regraded),
        )


@dataclass(frozen=True, slots=True)
class Sought:
    """Every change of so many facts that works; or, where there is none, how many were tried."""

    found: tuple[Alternative, ...] = ()
    size: int = 0


def milder(case: Case, single: tuple[Supposed, ...], judge: Judge) -> Sought:
    """The smallest changes of facts that lead to a milder verdict."""
    now = _rank(judge(case))
    return _smallest(case, single, judge, lambda rank: rank < now) if now else Sought()


def stricter(case: Case, single: tuple[Supposed, ...], judge: Judge) -> Sought:
    """The smallest changes of facts that lead to a stricter verdict."""
    now = _rank(judge(case))
    if now == _rank(Verdict.CONTRAINDICATED):
        return Sought()
    return _smallest(case, single, judge, lambda rank: rank > now)


def _rank(verdict: Verdict) -> int:
    """The place of a verdict from the mildest on; that no rule speaks is no milder than silence."""
    return 0 if verdict is Verdict.NO_RULE else _MILDEST_FIRST.index(verdict)


def _smallest(
    case: Case, single: tuple[Supposed, ...], judge: Judge, wanted: Callable[[int], bool]
) -> Sought:
    """The changes of the smallest size that lead to a wanted verdict, as far as they are tried."""
    tried = 0
    for size in range(1, len(single) + 1):
        tried += comb(len(single), size)
        if tried > _MOST_TRIED:
            return Sought(size=size - 1)
        found = tuple(a for a in _of_size(case, single, judge, size) if wanted(_rank(a.verdict)))
        if found:
            return Sought(found, size)
    return Sought(size=len(single))


def _of_size(
    case: Case, single: tuple[Supposed, ...], judge: Judge, size: int
) -> Iterator[Alternative]:
    """Every possible change of so many facts, with the verdict it leads to."""
    for changes in combinations(single, size):
        if len({change.factor for change in changes}) == size:
            try:
                yield Alternative(changes, judge(changed(case, changes)))
            except Contradiction:
                continue


def changed(case: Case, changes: tuple[Supposed, ...]) -> Case:
    """A case with some facts changed."""
    present, absent, grade = set(case.present), set(case.absent), case.grade
    for change in changes:
        if change.factor is None:
            grade = change.grade
        elif change.turn is Turn.PRESENT:
            present.add(change.factor.iri)
            absent.discard(change.factor.iri)
        else:
            present.discard(change.factor.iri)
            absent.add(change.factor.iri)
    return replace(case, present=frozenset(present), absent=frozenset(absent), grade=grade)
