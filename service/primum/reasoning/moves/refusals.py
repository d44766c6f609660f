"""Facts that one version takes for contradictory and the other does not.

All that makes facts contradictory is an injury that cannot have a grade, or two facts that exclude
each other; so what differs shows on an injury, on an injury with a grade, an injury with one
factor, or on two factors together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from primum.model.cases import Case
from primum.model.regions import GRADES, UNGRADED
from primum.model.spans import Span
from primum.reasoning.moves.finding import Pair
from primum.reasoning.moves.witness import is_refused


@dataclass(frozen=True, slots=True)
class Refusal:
    """Facts that are refused in one version alone; `now` tells whether in the new one."""

    facts: Case
    now: bool


def refusals(pair: Pair) -> Iterator[Refusal]:
    """The smallest sets of facts that exclude each other in one version alone."""
    fine: list[str] = []
    for injury in pair.shared.injuries:
        found = _judged(pair, Case(injury))
        if found is None:
            continue
        if found != (False, False):
            yield Refusal(Case(injury), found[1])
            continue
        fine.append(injury)
        for grade in sorted(GRADES - {UNGRADED}):
            yield from _differing(pair, Case(injury, grade))
        for factor in pair.shared.factors:
            yield from _differing(pair, Case(injury, present=frozenset({factor})))
    if fine:
        yield from _of_pairs(pair, fine)


def _judged(pair: Pair, facts: Case) -> tuple[bool, bool] | None:
    """Whether the old and the new version refuse facts; None where both do."""
    found = is_refused(pair.old.tables, facts), is_refused(pair.new.tables, facts)
    return None if all(found) else found


def _differing(pair: Pair, facts: Case) -> Iterator[Refusal]:
    """The refusal of facts by one version alone, if that is so."""
    found = _judged(pair, facts)
    if found is not None and any(found):
        yield Refusal(facts, found[1])


def _of_pairs(pair: Pair, injuries: list[str]) -> Iterator[Refusal]:
    """The pairs of factors that exclude each other in one version alone, on some injury."""
    numbers = range(len(pair.shared.factors))
    for one, other in combinations(numbers, 2):
        before, after = (bool(side.clashing[one] >> other & 1) for side in pair.sides)
        if before != after:
            present = frozenset({pair.shared.factors[one], pair.shared.factors[other]})
            facts = (Case(injury, None, Span(), present) for injury in injuries)
            found = (refusal for case in facts for refusal in _differing(pair, case))
            yield from list(found)[:1]
