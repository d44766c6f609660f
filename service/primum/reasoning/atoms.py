"""Injuries and factors as bits, closed under what the ontology says of them.

Each injury class and factor class is one atom. A set of atoms is an int used as a bit set, so
that closure, conflict and containment are single operations on whole sets.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from primum.model.knowledge import Axioms


@dataclass(frozen=True, slots=True)
class Atoms:
    """The atoms of the knowledge and how they hang together.

    `bit` gives each class its bit. `up[i]` is every atom that holds whenever atom i does;
    `down[i]` every atom that cannot hold unless atom i does; `against[i]` every atom that
    cannot hold together with atom i. `factors` is the set of all factor atoms.
    """

    bit: Mapping[str, int]
    up: tuple[int, ...]
    down: tuple[int, ...]
    against: tuple[int, ...]
    factors: int

    def of(self, classes: Iterable[str]) -> int:
        """The set of these classes, without what follows from them."""
        found = 0
        for iri in classes:
            found |= 1 << self.bit[iri]
        return found

    def above(self, atoms: int) -> int:
        """All that holds when these atoms hold."""
        return union_of(self.up, atoms)

    def below(self, atoms: int) -> int:
        """All that cannot hold when none of these atoms does."""
        return union_of(self.down, atoms)

    def excluded_by(self, atoms: int) -> int:
        """All that cannot hold when these atoms hold."""
        return union_of(self.against, atoms)


def union_of(table: Sequence[int], members: int) -> int:
    """The union of a table's rows for the members of a bit set."""
    found = 0
    while members:
        lowest = members & -members
        found |= table[lowest.bit_length() - 1]
        members ^= lowest
    return found


def members_of(bits: int) -> Iterator[int]:
    """The numbers of the members of a bit set, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def atoms_of(axioms: Axioms, factor_kind: str, injury_kind: str) -> Atoms:
    """The atoms of all injuries and factors, with the closure of the axioms on them."""
    classes = [
        iri for iri, supers in sorted(axioms.above.items()) if supers & {factor_kind, injury_kind}
    ]
    bit = {iri: number for number, iri in enumerate(classes)}
    up = _close(_steps(axioms, bit))
    apart = _conflicts(axioms, bit, injury_kind)
    # Two atoms exclude each other when anything above the one is apart from anything above the
    # other: what is disjoint with a class is disjoint with its subclasses.
    excluded = [union_of(apart, above) for above in up]
    down = tuple(
        sum(1 << other for other in range(len(classes)) if up[other] >> i & 1)
        for i in range(len(classes))
    )
    against = tuple(union_of(down, direct) for direct in excluded)
    factors = sum(1 << bit[iri] for iri in classes if factor_kind in axioms.above[iri])
    return Atoms(bit, tuple(up), down, against, factors)


def _steps(axioms: Axioms, bit: Mapping[str, int]) -> list[int]:
    """For each atom, itself, its superclasses, and what the ontology says it brings along."""
    steps = [0] * len(bit)
    for iri, number in bit.items():
        brought = axioms.implied.get(iri, frozenset())
        for other in {iri, *axioms.above[iri], *brought, *_wider_ages(axioms, iri)}:
            if other in bit:
                steps[number] |= 1 << bit[other]
    return steps


def _wider_ages(axioms: Axioms, factor: str) -> list[str]:
    """The factors that are present at every age at which this one is."""
    if factor not in axioms.by_age:
        return []
    own = axioms.by_age[factor]
    return [other for other, ages in axioms.by_age.items() if ages.covers(own)]


def _close(steps: list[int]) -> list[int]:
    """The transitive closure of one-step implications."""
    closed = list(steps)
    while True:
        wider = [union_of(closed, row) for row in closed]
        if wider == closed:
            return closed
        closed = wider


def _conflicts(axioms: Axioms, bit: Mapping[str, int], injury_kind: str) -> list[int]:
    """For each atom, those that an axiom directly keeps apart from it.

    A situation has one injury, so disjoint injury classes exclude each other. It has many
    factors: that two factor classes share no member does not keep them from being present
    together, only an axiom on situations does.
    """
    rows = [0] * len(bit)
    ages = list(axioms.by_age.items())
    no_common_age = {
        frozenset({one, other})
        for one, span in ages
        for other, other_span in ages
        if not span.overlaps(other_span)
    }
    injuries = {p for p in axioms.disjoint if all(injury_kind in axioms.above[c] for c in p)}
    for pair in injuries | axioms.apart | no_common_age:
        members = [bit[iri] for iri in pair if iri in bit]
        if len(members) == len(pair):
            one, other = members[0], members[-1]
            rows[one] |= 1 << other
            rows[other] |= 1 << one
    return rows
