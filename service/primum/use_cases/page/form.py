"""What the form of a question offers: injuries with their grades, factors, all by every name."""

from dataclasses import dataclass
from typing import Self

from primum.model.knowledge import Knowledge
from primum.model.regions import UNGRADED
from primum.model.terms import Term


@dataclass(frozen=True, slots=True)
class Named:
    """A term to choose, and the further names it is found by."""

    term: Term
    also: str
    grades: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """The terms that a question can be made of, by label."""

    injuries: tuple[Named, ...]
    factors: tuple[Named, ...]
    treatments: tuple[Named, ...]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Self:
        """What one knowledge base offers."""
        grades, by_age = knowledge.axioms.grades, knowledge.axioms.by_age
        return cls(
            injuries=tuple(
                _named(term, tuple(sorted(grades[term.iri] - {UNGRADED})))
                for term in knowledge.injuries
            ),
            factors=tuple(_named(term) for term in knowledge.factors if term.iri not in by_age),
            treatments=tuple(_named(term) for term in knowledge.treatments),
        )

    def grades_of(self, iri: str) -> tuple[int, ...]:
        """The grades that an injury can have."""
        return next((each.grades for each in self.injuries if each.term.iri == iri), ())

    def injury_label(self, iri: str) -> str:
        """The label of an injury."""
        return next(each.term.label for each in self.injuries if each.term.iri == iri)

    def label_of(self, factor: str) -> str:
        """The label of a factor by any plain name of it, or the name as it is."""
        for named in self.factors:
            if factor in (named.term.id, named.term.slug, named.term.iri):
                return named.term.label
        return factor


def _named(term: Term, grades: tuple[int, ...] = ()) -> Named:
    """A term as a form offers it."""
    return Named(term, ", ".join(term.synonyms), grades)
