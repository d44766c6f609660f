"""The levels that one version gives, as sets of records by the factors they state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from primum.model.levels import Level, Verdict, verdict
from primum.reasoning.moves.grounds import Ground, possible
from primum.reasoning.moves.presence import Alternatives, Presence, complement, meet, split
from primum.reasoning.moves.sides import Side

BARRING = (Level.ABSOLUTE, Level.RELATIVE, Level.PRECAUTION)
By = tuple[Alternatives, Alternatives, Alternatives]


@dataclass(frozen=True, slots=True)
class State:
    """What a version says of a treatment: both levels, and whether any rule speaks of it."""

    certain: Level
    possible: Level
    spoken_of: bool

    @property
    def verdict(self) -> Verdict:
        """The verdict in one word."""
        return verdict(self.certain, self.possible, spoken_of=self.spoken_of)


@dataclass(frozen=True, slots=True)
class Levels:
    """The stated factors with which a level, or a stricter one, is possible, and is certain.

    The three levels stand in the order of BARRING.
    """

    possible: By
    certain: By

    def states(self, within: Presence, *, spoken_of: bool) -> Iterator[tuple[Presence, State]]:
        """A set of records in disjoint parts, each with what is said in it."""
        for part, most in _graded([within], self.possible):
            if self.possible == self.certain:
                yield part, State(most, most, spoken_of)
                continue
            for narrow, least in _graded([part], self.certain):
                yield narrow, State(least, most, spoken_of)


def _graded(parts: list[Presence], by: By) -> Iterator[tuple[Presence, Level]]:
    """Disjoint parts, each with the strictest level whose alternatives it lies in."""
    for level, alternatives in zip(BARRING, by, strict=True):
        outside: list[Presence] = []
        for part in parts:
            inside, rest = split(part, alternatives)
            outside += rest
            yield from ((found, level) for found in inside)
        parts = outside
    yield from ((part, Level.NONE) for part in parts)


def levels_of(side: Side, grounds: Iterable[Ground], regions: int) -> Levels:
    """The levels that some regions give over all grounds of a record."""
    profiles: dict[Levels, list[Presence]] = {}
    for ground in grounds:
        found = _on(side, ground, regions & ground.allowed)
        profiles.setdefault(found, []).append(ground.when)
    if len(profiles) == 1:
        return next(iter(profiles))
    return Levels(_some(profiles), _all(profiles))


def _on(side: Side, ground: Ground, regions: int) -> Levels:
    """The levels that regions give on one ground."""
    at_least = [regions & side.tables.at_least[level] for level in BARRING]
    first, second, third = (possible(ground.standing, some) for some in at_least)
    settled = side.tables.atoms.factors | ground.true | ground.false
    if not side.tables.mentioned(regions) & ~settled:
        return Levels((first, second, third), (first, second, third))
    strict, less, least = (ground.standing.certain(some) for some in at_least)
    return Levels((first, second, third), (strict, less, least))


def _some(profiles: dict[Levels, list[Presence]]) -> By:
    """Where some ground gives a level: there, and in the alternatives."""

    def at(number: int) -> Alternatives:
        return frozenset(
            met
            for levels, grounds in profiles.items()
            for when in grounds
            for one in levels.possible[number]
            if (met := meet(when, one)) is not None
        )

    return at(0), at(1), at(2)


def _all(profiles: dict[Levels, list[Presence]]) -> By:
    """Where every ground that there is gives a level."""

    def at(number: int) -> Alternatives:
        return complement(
            part
            for levels, grounds in profiles.items()
            for when in grounds
            for part in split(when, levels.certain[number])[1]
        )

    return at(0), at(1), at(2)
