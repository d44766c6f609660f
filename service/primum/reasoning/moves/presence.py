"""Sets of records by the factors they state: some of these, none of those.

A record states factors, and what follows from them differs between versions. A factor that a rule
needs holds where any factor at or below it is stated, one that it excludes is absent where none
is. Conjunctions of these two forms can be met and taken from one another exactly, whatever the
hierarchy of the version that they come from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

Alternatives = frozenset["Presence"]


@dataclass(frozen=True, slots=True)
class Presence:
    """The records that state a factor of each set of `some`, and none of the set `none`.

    Sets of factors are bit sets. No set of `some` is empty, holds another one, or meets `none`, so
    that there always is such a record, unless the ontology keeps its factors apart.
    """

    some: frozenset[int] = frozenset()
    none: int = 0


ALWAYS = Presence()


def presence(some: Iterable[int], none: int) -> Presence | None:
    """The records that state a factor of each set and none of another; None where none can."""
    sets = {one & ~none for one in some}
    if 0 in sets:
        return None
    least = {one for one in sets if not any(other & ~one == 0 and other != one for other in sets)}
    return Presence(frozenset(least), none)


def meet(one: Presence, other: Presence) -> Presence | None:
    """The records in both sets."""
    if one == ALWAYS:
        return other
    if other == ALWAYS:
        return one
    return presence(one.some | other.some, one.none | other.none)


def minus(one: Presence, other: Presence) -> list[Presence]:
    """Disjoint sets of the records in one set and not in the other."""
    left: list[Presence | None] = []
    rest: Presence | None = one
    for stated in sorted(other.some):
        if rest is None:
            break
        left.append(presence(rest.some, rest.none | stated))
        rest = presence(rest.some | {stated}, rest.none)
    if rest is not None and other.none:
        left.append(presence(rest.some | {other.none}, rest.none))
    return [part for part in left if part is not None]


def split(one: Presence, alternatives: Iterable[Presence]) -> tuple[list[Presence], list[Presence]]:
    """Disjoint sets of the records that lie in an alternative, and of those that lie in none."""
    inside: list[Presence] = []
    outside = [one]
    for other in alternatives:
        inside += [met for part in outside if (met := meet(part, other)) is not None]
        outside = [rest for part in outside for rest in _left(part, other)]
        if not outside:
            break
    return inside, outside


def _left(one: Presence, other: Presence) -> Sequence[Presence]:
    """What is left of a set without another one: the set itself where they do not meet."""
    return [one] if meet(one, other) is None else minus(one, other)


def complement(alternatives: Iterable[Presence]) -> Alternatives:
    """The records that lie in none of the alternatives."""
    return simplified(split(ALWAYS, alternatives)[1])


def simplified(alternatives: Iterable[Presence]) -> Alternatives:
    """The same records in fewer sets: those that ask for one factor of a set become one."""
    found = set(alternatives)
    if ALWAYS in found:
        return frozenset({ALWAYS})
    single = {one for one in found if len(one.some) == 1 and not one.none}
    if len(single) > 1:
        joined = reduce(or_, (stated for one in single for stated in one.some))
        found = (found - single) | {Presence(frozenset({joined}))}
    return frozenset(found)
