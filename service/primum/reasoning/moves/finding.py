"""All records for which two versions answer differently, as a finite list of sets.

A record names an injury at one instant, may give grade and age, and states factors; those it does
not mention count as absent. Treatments that the same regions speak of are taken together, and
what cannot differ is passed over: regions that both versions have alike, on axioms they share.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil, floor

from primum.model.knowledge import Knowledge
from primum.model.levels import Level
from primum.model.regions import GRADES, UNGRADED, Classes, Region
from primum.model.spans import Cut, Span
from primum.reasoning.atoms import members_of
from primum.reasoning.moves.grounds import Ground, Kept, grounds_of, valid
from primum.reasoning.moves.presence import Presence, meet
from primum.reasoning.moves.sides import Shared, Side
from primum.reasoning.moves.states import State, levels_of

_FIRST = Cut(0)
Grounds = tuple[list[Ground], list[Ground]]
Part = tuple[Presence, State, State, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Moved:
    """Records for which the answer on some treatments moved.

    `ages` is the band of completed years (None: the age is not given); `aged` tells whether age
    matters at all. `stated` are bit sets of shared factors. `rules` are those that only one
    version has, or has otherwise, and that may hold on some of the records.
    """

    treatments: tuple[str, ...]
    kept: Kept
    ages: Span | None
    hours: Span
    stated: Presence
    old: State
    new: State
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions side by side.

    `breadth` counts what each shared factor entails in the new one: the wider, the less.
    """

    old: Side
    new: Side
    shared: Shared
    same_axioms: bool
    breadth: tuple[int, ...]
    known: dict[Kept, Grounds] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, old: Knowledge, new: Knowledge) -> "Pair":
        """The sides of two versions."""
        shared = Shared.of(old, new)
        same = old.axioms == new.axioms
        sides = Side.of(old, shared), Side.of(new, shared)
        atoms = sides[1].tables.atoms
        breadth = tuple(atoms.up[atoms.bit[iri]].bit_count() for iri in shared.factors)
        return cls(*sides, shared, same, breadth)

    def grounds(self, kept: Kept) -> Grounds:
        """The grounds of a record in both versions; each version's are empty where it refuses."""
        if kept not in self.known:
            self.known[kept] = grounds_of(self.old, kept), grounds_of(self.new, kept)
        return self.known[kept]

    @property
    def sides(self) -> tuple[Side, Side]:
        """The old and the new side."""
        return self.old, self.new


@dataclass(frozen=True, slots=True)
class Topic:
    """Treatments that the same regions speak of in both versions: those that bar them, by side.

    `changed` are those of them that the other version has not.
    """

    treatments: tuple[str, ...]
    regions: tuple[int, int]
    changed: tuple[int, int]

    @property
    def spoken_of(self) -> tuple[bool, bool]:
        """Whether any rule of the old and of the new version speaks of the treatments."""
        return bool(self.regions[0]), bool(self.regions[1])


def moves(pair: Pair) -> Iterator[Moved]:
    """Everything that moved, in small disjoint sets of records."""
    for topic in topics(pair):
        aged = any(side.by_age(r) for side, r in zip(pair.sides, topic.regions, strict=True))
        for injury in pair.shared.injuries:
            for grade in (None, *sorted(GRADES - {UNGRADED})):
                for ages in _ages(pair) if aged else [None]:
                    age = None if ages is None else whole(ages)
                    kept = Kept(injury, grade, age, aged)
                    yield from _of_record(pair, topic, kept, ages)


def topics(pair: Pair) -> list[Topic]:
    """The shared treatments by the regions that speak of them, but for those that stay the same."""
    found: dict[tuple[int, int], list[str]] = {}
    for iri in pair.shared.treatments:
        found.setdefault((pair.old.barring(iri), pair.new.barring(iri)), []).append(iri)
    every = [_topic(pair, tuple(iris), regions) for regions, iris in found.items()]
    return [topic for topic in every if any(topic.changed) or not pair.same_axioms]


def _topic(pair: Pair, treatments: tuple[str, ...], regions: tuple[int, int]) -> Topic:
    """A topic, with the regions that only one version has."""
    keys = [
        {number: _key(side, number) for number in members_of(some)}
        for side, some in zip(pair.sides, regions, strict=True)
    ]
    common = set(keys[0].values()) & set(keys[1].values())
    old, new = (
        sum(1 << number for number, key in known.items() if key not in common) for known in keys
    )
    return Topic(treatments, regions, (old, new))


def _key(side: Side, number: int) -> tuple[Level, Region]:
    """What a region says of the treatments it speaks of."""
    placed = side.tables.placed[number]
    region = placed.region
    plain = Region(
        Classes(), region.injuries, region.factors, region.grades, region.hours, region.ages
    )
    return placed.rule.level, plain


def _ages(pair: Pair) -> list[Span | None]:
    """No age, and each band of ages that the versions can tell apart."""
    cuts = sorted({_FIRST, *pair.old.age_cuts(), *pair.new.age_cuts()})
    spans = [Span(start, end) for start, end in zip(cuts, [*cuts[1:], None], strict=True)]
    return [None, *(span for span in spans if span.covers(Span.at(whole(span))))]


def whole(span: Span) -> int:
    """The lowest whole number at or after the start of a span."""
    start = span.start
    return floor(start.at) + 1 if start.after else ceil(start.at)


def _of_record(pair: Pair, topic: Topic, kept: Kept, ages: Span | None) -> Iterator[Moved]:
    """What moved for records that differ in their instant and the factors stated alone."""
    grounds = pair.grounds(kept)
    if not all(grounds):
        return
    within = meet(valid(grounds[0]), valid(grounds[1]))
    if within is None:
        return
    known: dict[tuple[int, int], list[Part]] = {}
    for hours, now in _stretches(pair, topic):
        if now not in known:
            known[now] = list(_differing(pair, topic, grounds, now, within))
        for stated, old, new, rules in known[now]:
            yield Moved(topic.treatments, kept, ages, hours, stated, old, new, rules)


def _stretches(pair: Pair, topic: Topic) -> Iterator[tuple[Span, tuple[int, int]]]:
    """The hours, in stretches in which no region of either version begins or ends."""
    cuts = {_FIRST}
    for side, regions in zip(pair.sides, topic.regions, strict=True):
        cuts |= side.cuts(regions)
    ordered = sorted(cuts)
    for start, end in zip(ordered, [*ordered[1:], None], strict=True):
        old, new = (
            side.at(start) & regions
            for side, regions in zip(pair.sides, topic.regions, strict=True)
        )
        yield Span(start, end), (old, new)


def _differing(
    pair: Pair,
    topic: Topic,
    grounds: Grounds,
    now: tuple[int, int],
    within: Presence,
) -> Iterator[Part]:
    """The stated factors for which the versions differ while some regions are in time."""
    silent = topic.spoken_of[0] == topic.spoken_of[1]
    if silent and pair.same_axioms and not _reached(topic, grounds, now):
        return
    old, new = (
        levels_of(side, on, regions)
        for side, on, regions in zip(pair.sides, grounds, now, strict=True)
    )
    if silent and old == new:
        return
    for part, before in old.states(within, spoken_of=topic.spoken_of[0]):
        for narrow, after in new.states(part, spoken_of=topic.spoken_of[1]):
            if (before.certain, before.possible) != (after.certain, after.possible) or (
                before.verdict is not after.verdict
            ):
                yield narrow, before, after, _holding(pair, topic, grounds, now, narrow)


def _holding(
    pair: Pair, topic: Topic, grounds: Grounds, now: tuple[int, int], stated: Presence
) -> frozenset[str]:
    """The rules of changed regions in time that may hold on some of the records."""
    return frozenset(
        side.tables.placed[number].rule.iri
        for side, regions, changed, on in zip(pair.sides, now, topic.changed, grounds, strict=True)
        for ground in on
        for number in members_of(regions & changed & ground.allowed)
        if (held := ground.standing.possible(number)) is not None and meet(held, stated) is not None
    )


def _reached(topic: Topic, grounds: Grounds, now: tuple[int, int]) -> bool:
    """Whether some changed region is in time, and can hold with some factors stated."""
    return any(
        ground.standing.possible(number) is not None
        for regions, changed, on in zip(now, topic.changed, grounds, strict=True)
        for ground in on
        for number in members_of(regions & changed & ground.allowed)
    )
