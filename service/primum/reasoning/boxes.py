"""Boxes: sets of complete situations, to be met and parted, each shown by a record.

A box holds one grade, a span of hours, a span of ages within which no factor begins or ends by
age, and for injuries and factors the atoms that hold (`true`) and those that do not (`false`); the
atoms in neither are free. A set of situations is a list of boxes; what is left of a box without
another one is disjoint boxes again, so coverage, overlap and difference of rules are all exact.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from primum.foundation.names import Kind
from primum.model.cases import Case
from primum.model.levels import Screening
from primum.model.regions import UNGRADED, Region
from primum.model.spans import Cut, Span
from primum.reasoning.atoms import members_of
from primum.reasoning.tables import Tables


@dataclass(frozen=True, slots=True)
class Box:
    """Complete situations of one grade (0: none); `hours` since onset, `ages` in years.

    `true` is closed upward under what the ontology says, `false` downward.
    """

    grade: int
    hours: Span
    ages: Span
    true: int
    false: int


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of one knowledge base: all operations give boxes in which some situation lies.

    Treatments are no dimension of a box: what is asked is asked of the regions that speak of one.
    """

    tables: Tables

    def everywhere(self) -> list[Box]:
        """Disjoint boxes that together hold every complete situation."""
        return list(self.of_region(Region()))

    def of_region(self, region: Region) -> Iterator[Box]:
        """Disjoint boxes that together hold the situations of a region, whatever it proposes."""
        atoms = self.tables.atoms
        needs = atoms.of(region.injuries.required | region.factors.required)
        bans = atoms.of(region.injuries.excluded | region.factors.excluded)
        for grade in sorted(region.grades):
            for ages in self._ages(region.ages):
                true, false = self._settled(grade, ages)
                free = Box(grade, region.hours, ages, 0, 0)
                box = self._box(free, true | needs, false | bans)
                if box is not None and not region.hours.is_empty:
                    yield box

    def meet(self, one: Box, other: Box) -> Box | None:
        """The situations that lie in both boxes, or None where there are none."""
        if not _overlap(one, other):
            return None
        return Box(
            one.grade,
            one.hours.intersect(other.hours),
            one.ages.intersect(other.ages),
            one.true | other.true,
            one.false | other.false,
        )

    def minus(self, box: Box, others: Sequence[Box]) -> list[Box]:
        """Disjoint boxes that together hold what lies in a box and in none of the others."""
        return list(self.left_of(box, others))

    def left_of(self, box: Box, others: Sequence[Box]) -> Iterator[Box]:
        """The same boxes one by one: the first tells soonest whether anything is left."""
        for number, other in enumerate(others):
            if _overlap(box, other):
                rest = others[number + 1 :]
                for part in self._without(box, other):
                    yield from self.left_of(part, rest)
                return
        yield box

    def witness(self, box: Box) -> Case | None:
        """A record of a situation in the box, with every open factor absent; None if none tells it.

        The injury is one that implies all injuries of the box: one of them if there is such a one.
        The instant is the first of the box, or within an hour of it where the first is outside.
        """
        told = self._told(box)
        if told is None:
            return None
        injury, box = told
        return Case(
            injury=injury,
            grade=None if box.grade == UNGRADED else box.grade,
            hours=instant_of(box.hours),
            present=self._present(injury, box),
            age=first_age(box.ages),
            screening=Screening.ASSUME_CLEAR,
        )

    def is_told(self, box: Box) -> bool:
        """Whether some record tells a situation in the box: it names one injury."""
        return self._told(box) is not None

    def _told(self, box: Box) -> tuple[str, Box] | None:
        """An injury that implies all injuries of a box, and what is in the box of those with it."""
        atoms = self.tables.atoms
        injuries = self.tables.every_atom & ~atoms.factors
        asked = box.true & injuries
        unnamed = 1 << atoms.bit[Kind.INJURY]  # the injury of every situation, not one of a record
        others = sorted(members_of(injuries & ~box.true), key=lambda n: atoms.up[n].bit_count())
        for number in (*members_of(asked & ~unnamed), *others):
            if not asked & ~atoms.up[number]:
                met = self._box(box, 1 << number, 0)
                if met is not None:
                    return next(iter(self._names(1 << number))), met
        return None

    def _present(self, injury: str, box: Box) -> frozenset[str]:
        """The factors of a box that a record must name: no injury, age or other factor brings them.

        Of factors that bring each other along, the first stands for all.
        """
        atoms, by_age = self.tables.atoms, self.tables.axioms.by_age
        aged = atoms.of(by_age) & box.true
        left = box.true & atoms.factors & ~atoms.above(atoms.of({injury}) | aged)
        brought = 0
        for number in members_of(left):
            if not brought >> number & 1:
                brought |= atoms.up[number] & ~(1 << number)
        return self._names(left & ~brought)

    def _names(self, among: int) -> frozenset[str]:
        """The classes of some atoms."""
        return frozenset(iri for iri, bit in self.tables.atoms.bit.items() if among >> bit & 1)

    def _ages(self, span: Span) -> Iterator[Span]:
        """The parts of a span of ages within which no factor begins or ends by age."""
        cuts = {
            cut for ages in self.tables.axioms.by_age.values() for cut in (ages.start, ages.end)
        }
        inner = sorted(cut for cut in cuts if cut is not None and cut > Cut(0))
        starts, ends = [Cut(0), *inner], [*inner, None]
        for start, end in zip(starts, ends, strict=True):
            part = span.intersect(Span(start, end))
            if not _no_age(part):
                yield part

    def _settled(self, grade: int, ages: Span) -> tuple[int, int]:
        """The atoms that a grade and a span of ages make true, and those they make false."""
        axioms, atoms = self.tables.axioms, self.tables.atoms
        present = {iri for iri, span in axioms.by_age.items() if span.covers(ages)}
        graded = {iri for iri, grades in axioms.by_grade.items() if grade in grades}
        barred = {iri for iri, grades in axioms.grades.items() if grade not in grades}
        absent = (axioms.by_age.keys() - present) | (axioms.by_grade.keys() - graded) | barred
        return atoms.of({Kind.INJURY} | present | graded), atoms.of(absent)

    def _box(self, box: Box, true: int, false: int) -> Box | None:
        """A box with further atoms settled, closed under the ontology; None where none is left."""
        atoms = self.tables.atoms
        holds = atoms.above(true & ~box.true)
        fails = atoms.below(false & ~box.false) | atoms.excluded_by(holds)
        holds, fails = box.true | holds, box.false | fails
        return None if holds & fails else replace(box, true=holds, false=fails)

    def _without(self, box: Box, other: Box) -> Iterator[Box]:
        """Disjoint boxes that hold what lies in a box and not in another that overlaps it."""
        for hours in _outside(box.hours, other.hours):
            yield replace(box, hours=hours)
        box = replace(box, hours=box.hours.intersect(other.hours))
        for ages in _outside(box.ages, other.ages):
            if not _no_age(ages):
                yield replace(box, ages=ages)
        box = replace(box, ages=box.ages.intersect(other.ages))
        yield from self._unlike(box, other)

    def _unlike(self, box: Box, other: Box) -> Iterator[Box]:
        """What of a box differs from another that overlaps it in some atom; the rest is alike."""
        for atom in members_of((other.true & ~box.true) | (other.false & ~box.false)):
            bit, wanted = 1 << atom, bool(other.true >> atom & 1)
            if bit & (box.true | box.false):
                continue
            unlike = self._box(box, 0 if wanted else bit, bit if wanted else 0)
            if unlike is not None:
                yield unlike
            alike = self._box(box, bit if wanted else 0, 0 if wanted else bit)
            if alike is None:
                return
            box = alike


def _overlap(one: Box, other: Box) -> bool:
    """Whether some situation lies in both; their atoms are closed, so that no more can follow."""
    return (
        one.grade == other.grade
        and not one.true & other.false
        and not one.false & other.true
        and one.hours.overlaps(other.hours)
        and not _no_age(one.ages.intersect(other.ages))
    )


def _outside(own: Span, other: Span) -> Iterator[Span]:
    """The parts of a span that lie before and after another one that it overlaps."""
    if own.start < other.start:
        yield Span(own.start, other.start)
    if other.end is not None and (own.end is None or other.end < own.end):
        yield Span(other.end, own.end)


def instant_of(hours: Span) -> Span:
    """One instant of a span: its first, or one early within it where it begins after a number."""
    if not hours.start.after:
        return Span.at(hours.start.at)
    later = hours.start.at + 1
    if hours.end is not None and not hours.covers(Span.at(later)):
        later = (Fraction(hours.start.at) + hours.end.at) / 2
    return Span.at(later)


def first_age(ages: Span) -> int:
    """The lowest whole number at or after the start of a span."""
    start = ages.start
    return floor(start.at) + 1 if start.after else ceil(start.at)


def _no_age(ages: Span) -> bool:
    """Whether no whole number of years lies in a span."""
    return not ages.covers(Span.at(first_age(ages)))
