"""Which open facts settle an answer, whatever they turn out to be.

A set of facts settles the answer when no two completions that agree on it differ in level. That is
decided without listing completions: for each region that could give a level in one completion, a
second one is sought that agrees on the set and in which nothing gives that level. All that ties the
two together are implications and exclusions, so the least such pair decides; only where a region
excludes something open are cases split.

Factors that age defines are settled by age, and classes that a grade defines by the grade, so that
they are no facts of their own here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import and_, or_
from typing import Self

from primum.model.answers import Fact
from primum.model.levels import Level
from primum.reasoning.atoms import members_of
from primum.reasoning.tables import Tables
from primum.reasoning.worlds import Cell, certain_level, standing

Variable = tuple[Fact, int]
"""A fact that may be open; a factor comes with its atom, the others with 0."""

_BY_ATOM = frozenset({Fact.INJURY, Fact.FACTOR})
_Setting = tuple[int, int]
_Facts = frozenset[Variable]


@dataclass(frozen=True, slots=True)
class Point:
    """Settings and times that the regions cannot tell apart.

    A setting is a grade and a band of ages, `bands` are bands of time. `now` are the regions that
    the point allows, `certain` the level that they give in every completion of it.
    """

    cell: Cell
    settings: frozenset[_Setting]
    bands: tuple[int, ...]
    now: int
    certain: Level

    def agrees(self, other: Self, known: _Facts) -> bool:
        """Whether the two can have the same grade, age and time, as far as these are known."""
        if (Fact.TIME, 0) in known and self.bands != other.bands:
            return False
        kept = (Fact.GRADE, 0) in known, (Fact.AGE, 0) in known
        return not _seen(self.settings, kept).isdisjoint(_seen(other.settings, kept))


def _seen(settings: frozenset[_Setting], kept: tuple[bool, bool]) -> frozenset[_Setting]:
    """The settings without what is not known of them."""
    if all(kept):
        return settings
    return frozenset((g if kept[0] else 0, a if kept[1] else 0) for g, a in settings)


@dataclass(frozen=True, slots=True)
class Twin:
    """Two completions in the making, each by what is true and false in it.

    A region holds in the first; none of some regions is to hold in the second. What is `shared`
    is the same in both.
    """

    true: tuple[int, int]
    false: tuple[int, int]
    shared: int


@dataclass(frozen=True, slots=True)
class Search:
    """The search for what settles the levels that some regions give.

    `mentioned` are the atoms that the regions ask for, `injuries` all open injury classes,
    `universe` every open fact that the regions ask for.
    """

    tables: Tables
    points: tuple[Point, ...]
    mentioned: int
    injuries: int
    universe: _Facts

    @classmethod
    def over(cls, tables: Tables, cells: tuple[Cell, ...], regions: int, bands: range) -> Self:
        """The search over some cells at a time in some bands."""
        regions &= reduce(or_, (cell.maybe for cell in cells))
        mentioned = tables.mentioned(regions)
        open_atoms = ~reduce(and_, (cell.true for cell in cells))
        open_atoms &= ~reduce(and_, (cell.false for cell in cells)) & ~_defined(tables)
        injuries = open_atoms & tables.every_atom & ~tables.atoms.factors
        points = tuple(_points(tables, cells, regions, mentioned | injuries, bands))
        factors = members_of(open_atoms & mentioned & tables.atoms.factors)
        universe = {(Fact.FACTOR, factor) for factor in factors}
        universe |= {(Fact.INJURY, 0)} if mentioned & injuries else set()
        universe |= set(_finite(points))
        return cls(tables, points, mentioned, injuries, frozenset(universe))

    def smallest(self) -> list[_Facts]:
        """All sets that settle the levels and of which no part does."""
        needed = self._plainly_needed() & self.universe
        needed |= {v for v in self.universe - needed if not self.settles(self.universe - {v})}
        if self.settles(frozenset(needed)):
            return [frozenset(needed)]
        found: set[_Facts] = set()
        waiting, seen = [self.universe], {self.universe}
        while waiting:
            available = waiting.pop()
            if self.settles(available):
                smallest = self._shrunk(available)
                found.add(smallest)
                fewer = {available - {v} for v in smallest - needed} - seen
                seen |= fewer
                waiting.extend(fewer)
        return list(found)

    def _plainly_needed(self) -> set[Variable]:
        """The factors that alone, bringing no other open fact along, make some point stricter."""
        up, found = self.tables.atoms.up, set()
        for point in self.points:
            true = point.cell.true
            stricter = point.now & point.cell.maybe & self.tables.stricter_than(point.certain)
            for number in () if point.cell.contested & point.now else members_of(stricter):
                lacking = self.tables.placed[number].needs & ~true
                if lacking.bit_count() == 1:
                    factor = lacking.bit_length() - 1
                    if not up[factor] & self.mentioned & ~true & ~lacking:
                        found.add((Fact.FACTOR, factor))
        return found

    def _shrunk(self, known: _Facts) -> _Facts:
        """A smallest set within one that settles the levels."""
        for variable in sorted(known, reverse=True):
            if self.settles(known - {variable}):
                known -= {variable}
        return known

    def settles(self, known: _Facts) -> bool:
        """Whether no two completions differ in level that agree on the facts known."""
        shared = sum(1 << atom for fact, atom in known if fact is Fact.FACTOR)
        if (Fact.INJURY, 0) in known:
            shared |= self.injuries
        return not any(self._differ(high, low, shared) for high, low in self._pairs(known))

    def _pairs(self, known: _Facts) -> Iterable[tuple[Point, Point]]:
        """The pairs of points that agree on what is known of grade, age and time."""
        finite = {variable for variable in self.universe if variable[0] not in _BY_ATOM}
        for high in self.points:
            rivals = (high,) if finite <= known else self.points
            yield from ((high, low) for low in rivals if high.agrees(low, known))

    def _differ(self, high: Point, low: Point, shared: int) -> bool:
        """Whether a completion of one point can be stricter than an agreeing one of another."""
        tables, stricter = self.tables, high.now & self.tables.stricter_than(low.certain)
        if low is high:
            # In one point, only regions that ask for something not shared can part completions.
            apart = self.mentioned & ~(shared | high.cell.true | high.cell.false)
            stricter &= tables.needing_any(apart) | tables.banning_any(apart)
        for number in members_of(stricter):
            entry = tables.placed[number]
            true = tables.atoms.above(entry.needs) | high.cell.true, low.cell.true
            false = tables.atoms.below(entry.bans) | high.cell.false, low.cell.false
            rivals = low.now & tables.at_least[entry.rule.level]
            if self._escapes(Twin(true, false, shared), rivals):
                return True
        return False

    def _escapes(self, twin: Twin, regions: int) -> bool:
        """Whether the second of two completions can be such that none of the regions holds."""
        settled = _settled(self.tables, twin)
        if settled is None:
            return False
        true, false = settled.true[1], settled.false[1]
        cell = standing(self.tables, true, false, regions, self.mentioned)
        if cell.sure:
            return False
        if not cell.contested:
            return True
        open_atoms = ~true & ~false & self.tables.every_atom
        banned = self.tables.banning
        pivot = next(a for a in members_of(open_atoms) if banned[a] & cell.contested)
        up, down = self.tables.atoms.up[pivot], self.tables.atoms.down[pivot]
        with_it = Twin((settled.true[0], true | up), settled.false, twin.shared)
        without = Twin(settled.true, (settled.false[0], false | down), twin.shared)
        return self._escapes(with_it, cell.maybe) or self._escapes(without, cell.maybe)

    def times(self) -> Mapping[int, object]:
        """For each band of time, what tells it from others."""
        return {band: point.bands for point in self.points for band in point.bands}

    def ages(self) -> Mapping[int, object]:
        """For each band of ages, what tells it from others."""
        found: dict[int, frozenset[object]] = {}
        for point in self.points:
            for grade, age in point.settings:
                found[age] = found.get(age, frozenset()) | {(grade, point.settings)}
        return found


def _defined(tables: Tables) -> int:
    """The atoms that an age or a grade defines."""
    return tables.atoms.of([*tables.axioms.by_age, *tables.axioms.by_grade])


def _points(
    tables: Tables, cells: tuple[Cell, ...], regions: int, relevant: int, bands: range
) -> Iterable[Point]:
    """The points of some cells and bands, as far as regions and relevant atoms tell them apart."""
    times: dict[int, list[int]] = {}
    for band in bands:
        times.setdefault(regions & tables.hours.allows[band], []).append(band)
    alike: dict[tuple[int, int, int], list[Cell]] = {}
    for cell in cells:
        key = (cell.true & relevant, cell.false & relevant, cell.allowed & regions)
        alike.setdefault(key, []).append(cell)
    for group, (in_time, together) in product(alike.values(), times.items()):
        cell, now = group[0], group[0].allowed & in_time
        settings = frozenset((each.grade, each.age) for each in group)
        yield Point(cell, settings, tuple(together), now, certain_level(tables, cell, now))


def _finite(points: Iterable[Point]) -> Iterable[Variable]:
    """Grade, age and time, where the points differ in them."""
    groups = {point.settings for point in points}
    if len({point.bands for point in points}) > 1:
        yield Fact.TIME, 0
    for fact, values in (
        (Fact.GRADE, {grade for group in groups for grade, _ in group}),
        (Fact.AGE, {age for group in groups for _, age in group}),
    ):
        if len(groups) > 1 and len(values) > 1:
            yield fact, 0


def _settled(tables: Tables, twin: Twin) -> Twin | None:
    """All that follows for two completions that share some atoms; None if they cannot be."""
    atoms, shared = tables.atoms, twin.shared
    (one, other), (not_one, not_other) = twin.true, twin.false
    while True:
        wider = one | atoms.above(other & shared), other | atoms.above(one & shared)
        if wider == (one, other):
            break
        one, other = wider
    not_one |= atoms.excluded_by(one)
    not_other |= atoms.excluded_by(other)
    while True:
        wider = not_one | atoms.below(not_other & shared), not_other | atoms.below(not_one & shared)
        if wider == (not_one, not_other):
            break
        not_one, not_other = wider
    if one & not_one or other & not_other:
        return None
    return Twin((one, other), (not_one, not_other), shared)
