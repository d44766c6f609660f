"""Case analysis: what holds however an open fact turns out, or if it turns out in one way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from primum.model.expressions import Expression, Not, Or, SomeNumber
from primum.model.proofs import By, Derivation, Member, Standing
from primum.reasoning.proofs.goals import derive, suppose, undecided
from primum.reasoning.proofs.known import Judgement, Known, given
from primum.reasoning.proofs.ranges import covers, pieces

Ending = Callable[[Derivation], Derivation]


@dataclass(frozen=True, slots=True)
class Goal:
    """A claim about a thing that follows from any one of several others.

    `finish` draws the claim from whichever of the `ways` was shown.
    """

    thing: str
    conclusion: Expression
    ways: tuple[Expression, ...]
    finish: Ending = lambda found: found

    def reach(self, known: Known) -> Derivation | None:
        """How the claim follows from what is known, without distinguishing cases."""
        if known.clash is not None:
            return Derivation(self.thing, self.conclusion, By.ABSURD, known.clash)
        for way in self.ways:
            found = derive(known, self.thing, way)
            if found is not None:
                return self.finish(found)
        return None

    def open_parts(self, known: Known) -> Iterator[Judgement]:
        """What the claim speaks of that is open; nothing where it is known not to hold."""
        for way in self.ways:
            yield from undecided(known, self.thing, way)


@dataclass(frozen=True, slots=True)
class Split:
    """The cases of an open fact: each a hypothesis, and what is then known."""

    union: Derivation
    cases: tuple[tuple[Derivation, Known], ...]


def prove(known: Known, goal: Goal) -> Derivation | None:
    """How a claim follows in every case, or None where it does not."""
    found = goal.reach(known)
    if found is not None:
        return found
    split = _best_split(known, goal)
    if split is None:
        return None
    sources = [split.union]
    for hypothesis, then in split.cases:
        end = prove(then, goal)
        if end is None or hypothesis not in end.under:
            return end
        sources += [hypothesis, end]
    return Derivation(goal.thing, goal.conclusion, By.CASES, tuple(sources))


def prove_if(known: Known, goal: Goal) -> Derivation | None:
    """How a claim follows if open facts turn out in some way, which is supposed one by one."""
    if known.clash is not None:
        return None
    found = goal.reach(known)
    if found is not None:
        return found
    for thing, part in islice(goal.open_parts(known), 1):
        _, cases = _cases(known, thing, part)
        for case in cases:
            supposed = given(Member(thing, case, Standing.ASSUMING))
            found = prove_if(suppose(known, supposed), goal)
            if found is not None:
                return found
    return None


def _behind(known: Known) -> Iterator[Judgement]:
    """What general axioms turn on: a claim that cannot hold may rest on facts that clash."""
    for step in known.implications.general:
        for thing in known.things:
            yield from undecided(known, thing, step.part)


def _best_split(known: Known, goal: Goal) -> Split | None:
    """The split of an open fact that settles the most cases at once."""
    best, most = None, -1.0
    for thing, part in dict.fromkeys(goal.open_parts(known)) or dict.fromkeys(_behind(known)):
        split = _split(known, thing, part)
        reached = [goal.reach(then) is not None for _, then in split.cases]
        share = sum(reached) / len(reached)
        if share > most:
            best, most = split, share
        if share == 1:
            break
    return best


def _split(known: Known, thing: str, part: Expression) -> Split:
    """The cases of an open part of a claim."""
    union, cases = _cases(known, thing, part)
    hypotheses = [Derivation(thing, case, By.SUPPOSE) for case in cases]
    return Split(union, tuple((each, suppose(known, each)) for each in hypotheses))


def _cases(known: Known, thing: str, part: Expression) -> tuple[Derivation, tuple[Expression, ...]]:
    """What an open part of a claim may be: a number in one of several ranges, or so or not so.

    Where a thing may have no number at all, whether it has one is asked first.
    """
    if isinstance(part, SomeNumber):
        if held := _narrowest(known, thing, part.property):
            ranges = pieces(held[1], part)
            return Derivation(thing, Or(ranges), By.SPLIT, (held[0],)), ranges
        if part.property in known.implications.ranges:
            part = known.implications.ranges[part.property][1]
    cases = (part, Not(part))
    return Derivation(thing, Or(cases), By.EITHER), cases


def _narrowest(known: Known, thing: str, prop: str) -> tuple[Derivation, SomeNumber] | None:
    """The narrowest range in which a number is known to lie, and how."""
    best: tuple[Derivation, SomeNumber] | None = None
    for number in known.numbers(thing, prop):
        held = number.conclusion
        if isinstance(held, SomeNumber) and (best is None or covers(best[1], held)):
            best = number, held
    return best
