"""What an example cohort is spread over, from the knowledge: terms, windows, ages, exclusions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Self

import numpy as np
from numpy.typing import NDArray

from primum.model.knowledge import Axioms, Knowledge
from primum.model.regions import GRADES, UNGRADED
from primum.model.spans import Span
from primum.model.terms import Term
from primum.use_cases.question import MOST_YEARS

Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]
Atoms = frozenset[str]


@dataclass(frozen=True, slots=True)
class Spread:
    """What rows are drawn from.

    `cuts` are the hours since onset at which windows of rules begin or end, `top_age` is beyond
    the last age that matters. `grades` has, for each injury, the grades that it may have, and
    `grades_of` how many. The other arrays say what does not go together: an injury or a factor (by
    row) with an injury, a factor, a grade or an age (by column). `drawn` are the factors that may
    be drawn at all: the others follow from a grade or an age.
    """

    injuries: tuple[str, ...]
    treatments: tuple[str, ...]
    factors: tuple[str, ...]
    cuts: NDArray[np.float64]
    top_age: int
    grades: Whole
    grades_of: Whole
    drawn: Whole
    injury_bars_age: Flags
    injury_bars_factor: Flags
    injury_brings_factor: Flags
    factor_bars_factor: Flags
    factor_brings_factor: Flags
    factor_bars_grade: Flags
    factor_bars_age: Flags

    @classmethod
    def of(cls, knowledge: Knowledge) -> Self:
        """The spread of one knowledge base."""
        axioms = knowledge.axioms
        injuries, factors = knowledge.injuries, knowledge.factors
        of_injuries, of_factors = (
            [axioms.entailed_by(term.iri) for term in terms] for terms in (injuries, factors)
        )
        at_grades = [_graded(axioms, grade) for grade in sorted(GRADES)]
        at_ages = [_aged(axioms, age) for age in range(MOST_YEARS + 1)]
        pairs = axioms.apart
        own = [frozenset({term.iri}) for term in factors]
        grades = [sorted(axioms.grades[term.iri] - {UNGRADED}) for term in injuries]
        settled = axioms.by_age.keys() | axioms.by_grade.keys()
        ages = _ends(axioms.by_age.values())
        return cls(
            injuries=_ids(injuries),
            treatments=_ids(knowledge.treatments),
            factors=_ids(factors),
            cuts=np.array(_ends(r.hours for rule in knowledge.rules for r in rule.regions)),
            top_age=min(MOST_YEARS, int(max(ages, default=MOST_YEARS / 2) * 1.5)),
            grades=_padded(grades),
            grades_of=np.array([len(each) for each in grades]),
            drawn=np.flatnonzero([settled.isdisjoint(each) for each in of_factors]),
            injury_bars_age=_apart(of_injuries, at_ages, pairs),
            injury_bars_factor=_apart(of_injuries, of_factors, pairs),
            injury_brings_factor=_within(of_injuries, own),
            factor_bars_factor=_apart(of_factors, of_factors, pairs),
            factor_brings_factor=_within(of_factors, own),
            factor_bars_grade=_apart(of_factors, at_grades, pairs),
            factor_bars_age=_apart(of_factors, at_ages, pairs),
        )


def _ids(terms: Iterable[Term]) -> tuple[str, ...]:
    """The local names of terms."""
    return tuple(term.id for term in terms)


def _graded(axioms: Axioms, grade: int) -> Atoms:
    """What a grade brings along."""
    found = [axioms.entailed_by(iri) for iri, values in axioms.by_grade.items() if grade in values]
    return frozenset().union(*found)


def _aged(axioms: Axioms, age: int) -> Atoms:
    """What an age brings along."""
    at = Span.at(age)
    found = [axioms.entailed_by(iri) for iri, span in axioms.by_age.items() if span.covers(at)]
    return frozenset().union(*found)


def _ends(spans: Iterable[Span]) -> list[float]:
    """The numbers at which spans begin or end, ascending."""
    return sorted({float(cut.at) for s in spans for cut in (s.start, s.end) if cut is not None})


def _padded(lists: Sequence[Sequence[int]]) -> Whole:
    """Lists of numbers as rows of one length."""
    wide = max(map(len, lists), default=0) or 1
    return np.array([[*each, *[0] * (wide - len(each))] for each in lists])


def _apart(ones: Sequence[Atoms], others: Sequence[Atoms], pairs: Iterable[Atoms]) -> Flags:
    """Which things of two kinds cannot be together."""
    found = np.zeros((len(ones), len(others)), np.bool_)
    for first, second in (tuple(pair) for pair in pairs if len(pair) == 2):  # noqa: PLR2004
        for one, other in ((first, second), (second, first)):
            rows = [n for n, atoms in enumerate(ones) if one in atoms]
            columns = [n for n, atoms in enumerate(others) if other in atoms]
            found[np.ix_(rows, columns)] = True
    return found


def _within(ones: Sequence[Atoms], others: Sequence[Atoms]) -> Flags:
    """Which things of one kind bring along one of another."""
    found = [other <= one for one, other in product(ones, others)]
    return np.array(found, np.bool_).reshape(len(ones), len(others))
