"""What a record settles before any factor is stated, and what stating factors then decides.

A record names an injury, and may give grade and age. Each grade and band of ages that it leaves
possible is a ground, as the engine's cells are, but with the factors still to be stated.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce

from primum.model.regions import GRADES
from primum.model.spans import Span
from primum.reasoning.atoms import members_of
from primum.reasoning.moves.presence import (
    Alternatives,
    Presence,
    meet,
    presence,
    simplified,
)
from primum.reasoning.moves.sides import Side


@dataclass(frozen=True, slots=True)
class Kept:
    """A record but for its instant and its factors.

    `age` is in completed years; where `aged` is false, age matters to nothing that is asked.
    """

    injury: str
    grade: int | None
    age: int | None = None
    aged: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    """One grade and band of ages: the atoms that hold and fail whatever factors are stated.

    `when` are the stated factors with which the record leaves this ground possible; `allowed` the
    regions that grade and age allow.
    """

    true: int
    false: int
    allowed: int
    when: Presence
    standing: "Standing" = field(compare=False)


def grounds_of(side: Side, kept: Kept) -> list[Ground]:
    """The grounds that a record leaves possible with some factors stated; none if refused."""
    axioms, atoms = side.tables.axioms, side.tables.atoms
    stated = {kept.injury}
    stated |= {iri for iri, grades in axioms.by_grade.items() if kept.grade in grades}
    if kept.aged and kept.age is not None:
        at = Span.at(kept.age)
        stated |= {iri for iri, ages in axioms.by_age.items() if ages.covers(at)}
    true = atoms.above(atoms.of(stated))
    grades = sorted(GRADES) if kept.grade is None else [kept.grade]
    found = [
        ground
        for grade in grades
        for band in _bands(side, kept)
        if (ground := _ground(side, true, grade, band)) is not None
    ]
    return list(dict.fromkeys(found))


def _bands(side: Side, kept: Kept) -> list[int | None]:
    """The bands of ages that a record leaves possible; None stands for any age."""
    if not kept.aged:
        return [None]
    return list(side.tables.ages.of(Span() if kept.age is None else Span.at(kept.age)))


def _ground(side: Side, base: int, grade: int, band: int | None) -> Ground | None:
    """The ground of a grade and a band of ages, or None where nothing can be in it."""
    axioms, atoms, tables = side.tables.axioms, side.tables.atoms, side.tables
    settled = {iri for iri, grades in axioms.by_grade.items() if grade in grades}
    barred = {iri for iri, grades in axioms.grades.items() if grade not in grades}
    fails = barred | (axioms.by_grade.keys() - settled)
    allowed = tables.grades[grade]
    if band is not None:
        ages = tables.ages.span(band)
        present = {iri for iri, span in axioms.by_age.items() if span.covers(ages)}
        settled |= present
        fails |= axioms.by_age.keys() - present
        allowed &= tables.ages.allows[band]
    true = base | atoms.above(atoms.of(settled))
    false = atoms.below(atoms.of(fails)) | atoms.excluded_by(true)
    # What grade and age bring along is so far unstated, and unstated factors count as absent.
    brought = true & ~base & atoms.factors
    when = presence((side.brought[n] for n in members_of(brought)), side.bringing(false))
    if true & false or when is None:
        return None
    return Ground(true, false, allowed, when, Standing(side, true, false))


class Standing:
    """How regions stand where some atoms hold and others fail, by the factors that are stated."""

    def __init__(self, side: Side, true: int, false: int) -> None:
        """Nothing is computed before it is asked for, and then kept."""
        self.side, self.true, self.false = side, true, false
        self._possible: dict[int, Presence | None] = {}

    def possible(self, number: int) -> Presence | None:
        """The stated factors with which a region holds in some completion."""
        if number not in self._possible:
            self._possible[number] = self._holding(number)
        return self._possible[number]

    def _holding(self, number: int) -> Presence | None:
        """The same, computed."""
        placed, factors = self.side.tables.placed[number], self.side.tables.atoms.factors
        if placed.bans & self.true or placed.needs & self.false:
            return None
        plain = self.side.plain[number]
        if plain is not None and not placed.needs & self.true:
            return plain
        some, none = [], self.side.bringing(placed.bans)
        for atom in members_of(placed.needs & ~self.true):
            if factors >> atom & 1:
                some.append(self.side.brought[atom])
            else:
                some += self._coming_with(atom)
                none |= self.side.shut[atom]
        return presence(some, none)

    def _coming_with(self, injury: int) -> list[int]:
        """For each factor that an open injury comes with, the factors that bring it."""
        atoms = self.side.tables.atoms
        with_it = atoms.up[injury] & atoms.factors & ~self.true
        return [self.side.brought[n] for n in members_of(with_it)]

    def certain(self, regions: int) -> Alternatives:
        """The stated factors with which every completion lies in one of the regions."""
        held = [one for n in members_of(regions) if (one := self._sure(n)) is not None]
        pivot = self._pivot(regions)
        if pivot is not None:
            apart, there = self._without(pivot).certain(regions), self._with(pivot).certain(regions)
            for one in (*there, *self._failing(pivot)):
                held += [met for other in apart if (met := meet(one, other)) is not None]
        return simplified(held)

    def _sure(self, number: int) -> Presence | None:
        """The stated factors with which a region holds however the open injuries turn out."""
        placed, factors = self.side.tables.placed[number], self.side.tables.atoms.factors
        if placed.bans & self.true or placed.bans & ~factors & ~self.false:
            return None
        needs = placed.needs & ~self.true
        if needs & ~factors or needs & self.false:
            return None
        brought = (self.side.brought[n] for n in members_of(needs))
        return presence(brought, self.side.bringing(placed.bans))

    def _pivot(self, regions: int) -> int | None:
        """An open injury that some of the regions exclude and that could hold."""
        tables = self.side.tables
        injuries = ~tables.atoms.factors & ~self.true & ~self.false
        for number in members_of(regions):
            if self.possible(number) is not None:
                for atom in members_of(tables.placed[number].bans & injuries):
                    return atom
        return None

    def _with(self, injury: int) -> "Standing":
        """How regions stand where an open injury holds."""
        atoms = self.side.tables.atoms
        true = self.true | atoms.up[injury]
        return Standing(self.side, true, self.false | atoms.excluded_by(true))

    def _without(self, injury: int) -> "Standing":
        """How regions stand where an open injury does not hold."""
        return Standing(self.side, self.true, self.false | self.side.tables.atoms.down[injury])

    def _failing(self, injury: int) -> Iterator[Presence]:
        """The stated factors with which an open injury cannot hold."""
        for stated in self._coming_with(injury):
            yield Presence(none=stated)
        if self.side.shut[injury]:
            yield Presence(frozenset({self.side.shut[injury]}))


def possible(standing: Standing, regions: int) -> Alternatives:
    """The stated factors with which some completion lies in one of the regions."""
    held = (standing.possible(number) for number in members_of(regions))
    return simplified(one for one in held if one is not None)


def valid(grounds: list[Ground]) -> Presence:
    """What every record that is not refused satisfies: nothing that no ground leaves possible."""
    if len(grounds) == 1:
        return grounds[0].when
    shut = reduce(lambda one, other: one & other, (ground.when.none for ground in grounds))
    return Presence(none=shut)
