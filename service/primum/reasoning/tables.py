"""Decision tables: for each value of each dimension, the set of regions that allow it.

A set of regions is an int used as a bit set. Which regions a situation lies in is then a handful
of intersections, whatever the number of rules.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from primum.foundation.names import Kind
from primum.model.knowledge import Axioms, Knowledge
from primum.model.levels import Level
from primum.model.regions import GRADES, Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Span
from primum.reasoning.atoms import Atoms, atoms_of, members_of, union_of

_FIRST = Cut(0)


@dataclass(frozen=True, slots=True)
class Placed:
    """One region of one rule, at its place in the tables; `needs` and `bans` are its atoms."""

    rule: Rule
    region: Region
    bound: str
    needs: int
    bans: int


@dataclass(frozen=True, slots=True)
class Bands:
    """The stretches between neighbouring cuts: within one, no rule changes.

    `allows[i]` is the set of regions that allow band i.
    """

    cuts: tuple[Cut, ...]
    allows: tuple[int, ...]

    def of(self, span: Span) -> range:
        """The bands that a span touches."""
        if span.is_empty:
            return range(0)
        last = len(self.cuts) if span.end is None else self._at(span.end, before=True) + 1
        return range(self._at(span.start), last)

    def _at(self, cut: Cut, *, before: bool = False) -> int:
        """The band that begins at or before a cut, or the one that a cut ends."""
        at = bisect_right(self.cuts, cut) - 1
        return at - 1 if before and at > 0 and self.cuts[at] == cut else at

    def span(self, number: int) -> Span:
        """The stretch that a band covers."""
        last = number + 1 == len(self.cuts)
        return Span(self.cuts[number], None if last else self.cuts[number + 1])


@dataclass(frozen=True, slots=True)
class Tables:
    """All regions of a knowledge base, indexed by every dimension.

    `needing[a]` and `banning[a]` are the regions that require, or exclude, atom a.
    `at_least[level]` are the regions of contraindications of that level or a stricter one;
    `appraising` are those of recommendations. `of_rule` maps a rule's IRI to its regions.
    """

    axioms: Axioms
    atoms: Atoms
    placed: tuple[Placed, ...]
    treatments: dict[str, int]
    grades: dict[int, int]
    hours: Bands
    ages: Bands
    needing: tuple[int, ...]
    banning: tuple[int, ...]
    at_least: dict[Level, int]
    appraising: int
    of_rule: dict[str, int]

    def level_of(self, regions: int) -> Level:
        """The strictest level among regions."""
        for level in (Level.ABSOLUTE, Level.RELATIVE, Level.PRECAUTION):
            if regions & self.at_least[level]:
                return level
        return Level.NONE

    def stricter_than(self, level: Level) -> int:
        """The regions of rules stricter than a level."""
        return 0 if level is Level.ABSOLUTE else self.at_least[Level(level + 1)]

    @property
    def every_atom(self) -> int:
        """The set of all atoms."""
        return (1 << len(self.needing)) - 1

    def mentioned(self, regions: int) -> int:
        """The atoms that some of the regions require or exclude."""
        found = 0
        for number in members_of(regions):
            found |= self.placed[number].needs | self.placed[number].bans
        return found

    def needing_any(self, atoms: int) -> int:
        """The regions that need some atom of a set."""
        return union_of(self.needing, atoms)

    def banning_any(self, atoms: int) -> int:
        """The regions that exclude some atom of a set."""
        return union_of(self.banning, atoms)


def tables_of(knowledge: Knowledge) -> Tables:
    """The tables of a knowledge base; regions that the ontology makes empty are left out."""
    axioms = knowledge.axioms
    atoms = atoms_of(axioms, factor_kind=Kind.FACTOR, injury_kind=Kind.INJURY)
    placed = [
        Placed(rule, narrowed, bound, _needs(narrowed, atoms), _bans(narrowed, atoms))
        for rule in knowledge.rules
        for region, bound in zip(rule.regions, rule.bounds, strict=True)
        if (narrowed := _narrowed(region, axioms, atoms)) is not None
    ]
    regions = [entry.region for entry in placed]
    levels = [entry.rule.level for entry in placed]
    return Tables(
        axioms=axioms,
        atoms=atoms,
        placed=tuple(placed),
        treatments={
            iri: _set(_allows(region, supers) for region in regions)
            for iri, supers in axioms.above.items()
            if Kind.TREATMENT in supers
        },
        grades={grade: _set(grade in region.grades for region in regions) for grade in GRADES},
        hours=_bands([region.hours for region in regions], ()),
        ages=_bands([region.ages for region in regions], axioms.by_age.values()),
        needing=_by_atom(atoms, [entry.needs for entry in placed]),
        banning=_by_atom(atoms, [entry.bans for entry in placed]),
        at_least={level: _set(own >= level for own in levels) for level in Level if level},
        appraising=_set(not level for level in levels),
        of_rule=_by_rule(placed),
    )


def _set(members: Iterable[bool]) -> int:
    """The bit set of the positions at which something is true."""
    return sum(1 << number for number, member in enumerate(members) if member)


def _needs(region: Region, atoms: Atoms) -> int:
    """The injuries and factors a region requires."""
    return atoms.of(region.injuries.required | region.factors.required)


def _bans(region: Region, atoms: Atoms) -> int:
    """The injuries and factors a region excludes."""
    return atoms.of(region.injuries.excluded | region.factors.excluded)


def _narrowed(region: Region, axioms: Axioms, atoms: Atoms) -> Region | None:
    """The region with the grades the ontology leaves it, or None where nothing can lie in it."""
    grades = region.grades
    for injury in region.injuries.required:
        grades &= axioms.grades[injury]
    for iri, values in axioms.by_grade.items():
        if iri in region.injuries.excluded:
            grades -= values
    needed = atoms.above(_needs(region, atoms))
    impossible = needed & (atoms.excluded_by(needed) | _bans(region, atoms))
    if impossible or not grades or region.is_empty:
        return None
    return replace(region, grades=grades)


def _allows(region: Region, supers: frozenset[str]) -> bool:
    """Whether a region covers a treatment that belongs to just these classes."""
    return region.treatments.required <= supers and region.treatments.excluded.isdisjoint(supers)


def _bands(spans: list[Span], further: Iterable[Span]) -> Bands:
    """The bands between all cuts of all spans, swept from the first cut to the last."""
    every = [*spans, *further]
    cuts = sorted({_FIRST, *(s.start for s in every), *(s.end for s in every if s.end is not None)})
    place = {cut: number for number, cut in enumerate(cuts)}
    begun, ended = [0] * len(cuts), [0] * len(cuts)
    for region, span in enumerate(spans):
        begun[place[span.start]] |= 1 << region
        if span.end is not None:
            ended[place[span.end]] |= 1 << region
    allows, now = [], 0
    for begins, ends in zip(begun, ended, strict=True):
        now = (now | begins) & ~ends
        allows.append(now)
    return Bands(tuple(cuts), tuple(allows))


def _by_rule(placed: list[Placed]) -> dict[str, int]:
    """For each rule, the set of its regions."""
    found: dict[str, int] = {}
    for number, entry in enumerate(placed):
        found[entry.rule.iri] = found.get(entry.rule.iri, 0) | 1 << number
    return found


def _by_atom(atoms: Atoms, wanted: list[int]) -> tuple[int, ...]:
    """For each atom, the set of regions that name it."""
    rows = [0] * len(atoms.bit)
    for number, named in enumerate(wanted):
        for atom in members_of(named):
            rows[atom] |= 1 << number
    return tuple(rows)
