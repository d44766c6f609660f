"""What is known of one situation: what was said of it, and what follows from that by itself."""

from collections import deque
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Self

from primum.model.expressions import And, Expression, Named, Not, Some, SomeNumber
from primum.model.proofs import By, Derivation, Fact, Link, Member, opposite
from primum.reasoning.proofs.implications import Implications
from primum.reasoning.proofs.ranges import apart, covers

Judgement = tuple[str, Expression]
Clash = tuple[Derivation, Derivation]


@dataclass(frozen=True, slots=True)
class Record:
    """A situation as it is described.

    The links among the facts lead from the situation to what it is about. `assumed` are facts that
    may be used where a proof needs them.
    """

    situation: str
    facts: tuple[Fact, ...]
    assumed: Mapping[Judgement, Member]

    @property
    def links(self) -> tuple[Link, ...]:
        """How the things of the situation hang together."""
        return tuple(fact for fact in self.facts if isinstance(fact, Link))

    @property
    def members(self) -> tuple[Member, ...]:
        """What was said of each thing."""
        return tuple(fact for fact in self.facts if isinstance(fact, Member))


class Known:
    """Facts and their consequences. Where two of them clash, anything follows.

    `links` are those by functional properties, and `things` what they join. `denied` remembers
    what was found to be impossible, or not to be.
    """

    def __init__(self, implications: Implications, record: Record) -> None:
        """Start from the facts of a record."""
        self.implications, self.record = implications, record
        self.links = {e.property: e for e in record.links if e.property in implications.functional}
        self.things = (record.situation, *(link.other for link in self.links.values()))
        self.clash: Clash | None = None
        self.denied: dict[Judgement, Derivation | None] = {}
        self._found: dict[Judgement, Derivation] = {}
        self._numbers: dict[tuple[str, str], tuple[Derivation, ...]] = {}
        for fact in record.members:
            if fact.thing in self.things:
                self.add(given(fact))
        for link in record.links:
            if link.property not in self.links:
                for fact in record.members:
                    if fact.thing == link.other:
                        has = Some(link.property, fact.kind)
                        self.add(Derivation(link.thing, has, By.SOME, (link, given(fact))))

    def plus(self, derivation: Derivation) -> Self:
        """All this, and one thing more."""
        more = copy(self)
        more._found, more._numbers = dict(self._found), dict(self._numbers)
        more.denied = {judgement: how for judgement, how in self.denied.items() if how}
        more.add(derivation)
        return more

    @property
    def size(self) -> int:
        """How much is known."""
        return len(self._found)

    def find(self, thing: str, expression: Expression) -> Derivation | None:
        """How a thing is known to belong to just this class."""
        found = self._found.get((thing, expression))
        if found is None and (thing, expression) in self.record.assumed:
            return given(self.record.assumed[thing, expression])
        return found

    def numbers(self, thing: str, prop: str) -> tuple[Derivation, ...]:
        """What is known of the number that a thing has by a property."""
        return self._numbers.get((thing, prop), ())

    def add(self, derivation: Derivation) -> None:
        """Add a conclusion and what follows from it, the nearest first, until there is a clash."""
        waiting = deque([derivation])
        while waiting and self.clash is None:
            new = waiting.popleft()
            if (new.thing, new.conclusion) not in self._found:
                self._found[new.thing, new.conclusion] = new
                self.clash = self._clash(new)
                waiting.extend(self._consequences(new))

    def _consequences(self, new: Derivation) -> Iterator[Derivation]:
        """What follows from a conclusion by one inference."""
        above, thing = self.implications.above, new.thing
        match new.conclusion:
            case And(operands):
                yield from (Derivation(thing, part, By.PART, (new,)) for part in operands)
            case Named(iri):
                for step in above.get(iri, ()):
                    yield Derivation(thing, step.whole, step.by, (step.axiom, new))
            case Some(prop, Named(iri)) if prop not in self.links:
                for step in above.get(iri, ()):
                    if isinstance(step.whole, Named):
                        wider = Some(prop, step.whole)
                        yield Derivation(thing, wider, By.WIDER, (step.axiom, new))
            case SomeNumber(prop) if prop in self.implications.ranges:
                axiom, whole = self.implications.ranges[prop]
                if not covers(whole, new.conclusion):
                    yield Derivation(thing, whole, By.RANGE, (axiom, new))

    def _clash(self, new: Derivation) -> Clash | None:
        """A conclusion and its opposite, if a new conclusion makes them meet."""
        against = self.find(new.thing, opposite(new.conclusion))
        if against is not None:
            return (against, new) if isinstance(new.conclusion, Not) else (new, against)
        match new.conclusion:
            case SomeNumber(prop) | Not(SomeNumber(prop)):
                earlier = self.numbers(new.thing, prop)
                self._numbers[new.thing, prop] = (*earlier, new)
                clashes = (self._clash_of_numbers(new, old) for old in earlier)
                return next((clash for clash in clashes if clash), None)
        return None

    def _clash_of_numbers(self, new: Derivation, old: Derivation) -> Clash | None:
        """The clash of what is known of one number."""
        match new.conclusion, old.conclusion:
            case SomeNumber() as one, SomeNumber() as other if apart(one, other):
                only = self.implications.functional[one.property]
                return new, Derivation(new.thing, Not(one), By.OUTSIDE, (only, old))
            case SomeNumber() as one, Not(SomeNumber() as other) if covers(other, one):
                return Derivation(new.thing, other, By.WITHIN, (new,)), old
            case Not(SomeNumber() as one), SomeNumber() as other if covers(one, other):
                return Derivation(new.thing, one, By.WITHIN, (old,)), new
        return None


def given(fact: Member) -> Derivation:
    """A fact as a conclusion."""
    return Derivation(fact.thing, fact.kind, By.GIVEN, (fact,))
