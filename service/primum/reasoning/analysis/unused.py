"""Unused factors: those whose presence changes no answer.

A factor is used where some living region asks for it, or excludes it, or does so for anything that
holds, or cannot hold, as soon as the factor is present: a class above it, a factor that it brings
along, one that is kept apart from it. So is one that an injury brings, or that tells something of
the age or the grade, where regions ask for these. A factor that is not used, but some of whose
kinds are, gathers these for records that know no better; naming it alone changes nothing either,
and it is told apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from primum.model.regions import GRADES
from primum.model.spans import Span
from primum.reasoning.analysis.survey import Survey


@dataclass(frozen=True, slots=True)
class Unused:
    """A factor that no rule uses, by IRI; `kinds` are those kinds of it that some rule does use."""

    factor: str
    kinds: tuple[str, ...]


def unused(survey: Survey) -> Iterator[Unused]:
    """Every factor that no rule uses."""
    asked = _asked(survey)
    used = {term.iri for term in survey.knowledge.factors if _settles(survey, term.iri) & asked}
    above = survey.knowledge.axioms.above
    for term in survey.knowledge.factors:
        if term.iri not in used:
            kinds = sorted(iri for iri in used if term.iri in above[iri])
            yield Unused(term.iri, tuple(kinds))


def _asked(survey: Survey) -> int:
    """The atoms that living regions ask for.

    Where some ask for the age, or for the grade, these are all that age, or grade, define.
    """
    axioms, atoms = survey.knowledge.axioms, survey.tables.atoms
    asked = survey.tables.mentioned(survey.living)
    regions = [entry.region for entry in survey.placed(survey.living)]
    by_age, by_grade = atoms.of(axioms.by_age), atoms.of(axioms.by_grade)
    if asked & by_age or any(region.ages != Span() for region in regions):
        asked |= by_age
    if asked & by_grade or any(region.grades != GRADES for region in regions):
        asked |= by_grade
    return asked


def _settles(survey: Survey, factor: str) -> int:
    """The atoms that hold, or cannot hold, where a factor is present.

    With them are those of the injuries that bring it: these cannot be where it is taken as absent.
    """
    atoms = survey.tables.atoms
    own = atoms.of({factor})
    true = atoms.above(own)
    bringing = atoms.below(own) & ~atoms.factors
    return true | atoms.excluded_by(true) | atoms.above(bringing)
