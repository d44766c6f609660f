"""Dead rules: those that can never hold, and regions of living rules in which nothing lies.

A region is dead where the ontology leaves no complete situation in it (grades that its injury
cannot have, disjoint injuries, ages at which its factors are not present, factors that are kept
apart), where its constraints exclude each other, or where no treatment of the ontology is one that
it covers: an answer is about exactly the treatment that is named (service/decisions/0002). A rule
is dead where all of its regions are, or where none was left when its condition was compiled.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from primum.model.regions import Region
from primum.model.rules import Rule
from primum.reasoning.analysis.survey import Survey


class Cause(StrEnum):
    """Why nothing lies in a region."""

    CONDITION = "condition"
    SITUATION = "situation"
    TREATMENT = "treatment"


@dataclass(frozen=True, slots=True)
class Dead:
    """A rule that can never hold (`region` is None), or a region of one that can, and why."""

    rule: Rule
    cause: Cause
    region: Region | None = None


def dead(survey: Survey) -> Iterator[Dead]:
    """Every dead rule, and every dead region of a living rule."""
    for rule in survey.knowledge.rules:
        causes = [_cause(survey, region) for region in rule.regions]
        if all(causes):
            yield Dead(rule, next((cause for cause in causes if cause), Cause.CONDITION))
        else:
            for region, cause in zip(rule.regions, causes, strict=True):
                if cause:
                    yield Dead(rule, cause, region)


def _cause(survey: Survey, region: Region) -> Cause | None:
    """Why nothing lies in a region; None where something does."""
    if region.is_empty:
        return Cause.CONDITION
    asked, above = region.treatments, survey.knowledge.axioms.above
    if not any(
        asked.required <= above[term.iri] and asked.excluded.isdisjoint(above[term.iri])
        for term in survey.knowledge.treatments
    ):
        return Cause.TREATMENT
    return None if any(True for _ in survey.boxes.of_region(region)) else Cause.SITUATION
