"""Duplicates: two rules that say the same of the same situations.

Two rules are duplicates where they have the same effect, speak of the same treatments, and for
each of these hold in exactly the same complete situations, however their conditions are written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from primum.model.cases import Case
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.reasoning.analysis.survey import Survey, hours_of


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two rules that hold at once, always; `sources` are those that both rest on, by IRI.

    Where there are none, one source bears the other out, and both rules are to stay.
    """

    one: Rule
    other: Rule
    sources: frozenset[str]
    treatments: tuple[str, ...]
    hours: tuple[Span, ...]
    witness: Case | None


def duplicates(survey: Survey) -> Iterator[Duplicate]:
    """Every pair of duplicates."""
    for one, other in combinations(survey.rules, 2):
        if one.effect == other.effect and are_equal(survey, one, other):
            regions = survey.regions(one)
            boxes = survey.boxes_of(regions)
            found = survey.witness(boxes)
            yield Duplicate(
                one=one,
                other=other,
                sources=sources_of(one) & sources_of(other),
                treatments=survey.treatments(regions),
                hours=hours_of(boxes),
                witness=None if found is None else found[1],
            )


def are_equal(survey: Survey, one: Rule, other: Rule) -> bool:
    """Whether two rules hold in the same situations."""
    own, others = survey.regions(one), survey.regions(other)
    if any(bool(kind & own) != bool(kind & others) for kind in survey.kinds):
        return False
    return survey.is_within(own, others) and survey.is_within(others, own)


def sources_of(rule: Rule) -> frozenset[str]:
    """The IRIs of the sources that a rule rests on."""
    return frozenset(citation.source.iri for citation in rule.citations)
