"""What to ask so that an answer is settled: the smallest sets of open facts, as questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from primum.model.answers import Fact, Question
from primum.model.regions import UNGRADED
from primum.model.spans import Span
from primum.model.terms import Term
from primum.reasoning.atoms import members_of
from primum.reasoning.settling import Search, Variable
from primum.reasoning.tables import Bands, Tables
from primum.reasoning.worlds import Cell

_FACTS = list(Fact)


@dataclass(frozen=True, slots=True)
class Needs:
    """What would settle the answers over some cells; `names` gives the terms of the atoms."""

    tables: Tables
    cells: tuple[Cell, ...]
    names: Mapping[int, Term]

    def sets(self, regions: int, bands: range) -> tuple[tuple[Question, ...], ...]:
        """Every smallest set for the levels of some regions at a time in some bands.

        Each set is sufficient, and none would be without one of its questions. Injury facts come
        before factors, small sets before large ones.
        """
        search = Search.over(self.tables, self.cells, regions, bands)
        found = [sorted(variables, key=self._rank) for variables in search.smallest()]
        found.sort(key=lambda variables: (len(variables), [self._rank(v) for v in variables]))
        return tuple(tuple(self._question(search, v) for v in variables) for variables in found)

    def _rank(self, variable: Variable) -> tuple[int, str]:
        """Sort key: injury facts in their order, then factors by label."""
        fact, atom = variable
        return _FACTS.index(fact), self.names[atom].label.casefold() if fact is Fact.FACTOR else ""

    def _question(self, search: Search, variable: Variable) -> Question:
        """One open fact, with the answers that the regions can tell apart."""
        fact, atom = variable
        if fact is Fact.FACTOR:
            return Question(fact, terms=(self.names[atom],))
        if fact is Fact.INJURY:
            asked = members_of(search.mentioned & search.injuries)
            kinds = [self.names[kind] for kind in asked]
            return Question(fact, terms=tuple(sorted(kinds, key=lambda t: t.label.casefold())))
        if fact is Fact.GRADE:
            grades = {grade for point in search.points for grade, _ in point.settings}
            return Question(fact, grades=tuple(sorted(grades - {UNGRADED})))
        told_apart = search.ages() if fact is Fact.AGE else search.times()
        bands = self.tables.ages if fact is Fact.AGE else self.tables.hours
        return Question(fact, spans=tuple(_stretches(bands, told_apart)))


def _stretches(bands: Bands, told_apart: Mapping[int, object]) -> Iterable[Span]:
    """The spans of neighbouring bands that are not told apart."""
    for _, alike in groupby(sorted(told_apart), key=told_apart.__getitem__):
        numbers = list(alike)
        yield Span(bands.span(numbers[0]).start, bands.span(numbers[-1]).end)
