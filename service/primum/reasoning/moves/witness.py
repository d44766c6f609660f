"""One record that shows a move, and what a version says of it."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from primum.foundation.errors import Contradiction
from primum.model.cases import Case
from primum.model.levels import Level
from primum.model.spans import Span
from primum.reasoning.atoms import members_of
from primum.reasoning.moves.finding import Moved, Pair
from primum.reasoning.moves.presence import Presence
from primum.reasoning.moves.states import State
from primum.reasoning.tables import Tables
from primum.reasoning.worlds import cells_of, facts_of, levels_over


class Witnesses:
    """Finds records that both versions answer; keeps what it found out about each."""

    def __init__(self, pair: Pair) -> None:
        """Over two versions."""
        self._pair = pair
        self._refused: dict[Case, bool] = {}

    def of(self, moved: Moved) -> Case | None:
        """A record of a move with as few factors as may be; None where all are refused."""
        kept, pair = moved.kept, self._pair
        for stated in _choices(pair, moved.stated):
            present = frozenset(pair.shared.factors[number] for number in members_of(stated))
            case = Case(kept.injury, kept.grade, Span(), present, age=kept.age)
            if not self._is_refused(case):
                return replace(case, hours=instant(moved.hours))
        return None

    def _is_refused(self, case: Case) -> bool:
        """Whether either version refuses a record, at whatever instant."""
        if case not in self._refused:
            sides = self._pair.sides[self._pair.same_axioms :]
            self._refused[case] = any(is_refused(side.tables, case) for side in sides)
        return self._refused[case]


def is_refused(tables: Tables, case: Case) -> bool:
    """Whether the facts of a record exclude each other."""
    try:
        cells_of(tables, case, facts_of(tables, case), among=0)  # how regions stand plays no part
    except Contradiction:
        return True
    return False


def state_at(tables: Tables, case: Case, treatment: str) -> State:
    """What a version says of a treatment; raises Contradiction where it refuses the record."""
    barring = tables.treatments[treatment] & tables.at_least[Level.PRECAUTION]
    cells = cells_of(tables, case, facts_of(tables, case))
    certain, possible = levels_over(tables, cells, barring, tables.hours.of(case.hours))
    return State(certain, possible, bool(barring))


def instant(hours: Span) -> Span:
    """One instant of a span: its first, or one within it where it begins after a number."""
    start, end = hours.start, hours.end
    if not start.after:
        return Span.at(start.at)
    later = start.at + 1 if end is None else (Fraction(start.at) + end.at) / 2
    return Span.at(later)


def _choices(pair: Pair, stated: Presence, chosen: int = 0, out: int = 0) -> Iterator[int]:
    """Sets of factors with one of each set asked for, none of which clash in either version."""
    missing = [one for one in stated.some if not one & chosen]
    if not missing:
        yield chosen
        return
    fewest = min(missing, key=lambda one: (one & ~out).bit_count()) & ~out
    for number in sorted(members_of(fewest), key=lambda n: pair.breadth[n]):
        clashing = pair.old.clashing[number] | pair.new.clashing[number]
        if not clashing & (chosen | 1 << number):
            yield from _choices(pair, stated, chosen | 1 << number, out | clashing)
