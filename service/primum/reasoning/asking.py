"""What rules ask a record for: which facts matter for which injury."""

from collections.abc import Mapping
from dataclasses import dataclass

from primum.model.answers import Fact
from primum.model.knowledge import Knowledge
from primum.model.regions import Region
from primum.model.spans import Span
from primum.reasoning.atoms import members_of
from primum.reasoning.tables import Tables, tables_of
from primum.reasoning.worlds import standing


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The facts that some rule asks for, by injury; the factors that any rule names."""

    facts: Mapping[str, frozenset[Fact]]
    factors: frozenset[str]


def asked_for(knowledge: Knowledge) -> AskedFor:
    """What the rules of a knowledge base ask records for."""
    tables = tables_of(knowledge)
    grades = knowledge.axioms.grades
    return AskedFor(
        facts={
            term.iri: frozenset(
                fact
                for number in members_of(_possible(tables, term.iri))
                for fact in _facts(tables, tables.placed[number].region, grades[term.iri])
            )
            for term in knowledge.injuries
        },
        factors=frozenset(
            iri
            for entry in tables.placed
            for iri in entry.region.factors.required | entry.region.factors.excluded
        ),
    )


def _possible(tables: Tables, injury: str) -> int:
    """The regions that some situation with the injury lies in."""
    true = tables.atoms.above(tables.atoms.of({injury}))
    false = tables.atoms.excluded_by(true)
    every = (1 << len(tables.placed)) - 1
    return standing(tables, true, false, every).maybe


def _facts(tables: Tables, region: Region, possible: frozenset[int]) -> set[Fact]:
    """The facts that a region asks for, of an injury with these grades.

    A factor that an age defines asks for the age, a class that a grade defines for the grade.
    """
    factors = region.factors.required | region.factors.excluded
    injuries = region.injuries.required | region.injuries.excluded
    asked = {
        Fact.GRADE: not (possible <= region.grades and injuries.isdisjoint(tables.axioms.by_grade)),
        Fact.TIME: region.hours != Span(),
        Fact.AGE: region.ages != Span() or not factors.isdisjoint(tables.axioms.by_age),
        Fact.FACTOR: not factors <= tables.axioms.by_age.keys(),
    }
    return {fact for fact, wanted in asked.items() if wanted}
