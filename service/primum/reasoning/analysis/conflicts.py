"""Conflicts: one treatment is recommended and spoken against in one situation.

A recommendation and a contraindication conflict where both hold for the same exact treatment in
some complete situation that a record can tell; so do a recommendation for and one against.
Conflicts are told per pair of rules, not per treatment and injury.

A contraindication that asks for a patient factor meets every recommendation of its treatment as
soon as the factor is present. That is what it is for, and no fault of the knowledge: such a
conflict is marked `factors`. Where neither rule asks for a factor or an age beyond what the injury
itself brings, the two contradict each other for every patient with the injury.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from primum.model.cases import Case
from primum.model.levels import Appraisal
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.reasoning.analysis.survey import Survey, hours_of
from primum.reasoning.atoms import members_of
from primum.reasoning.boxes import Box


@dataclass(frozen=True, slots=True)
class Conflict:
    """A recommendation and what speaks against it, where both hold.

    `factors` tells that they meet only where some patient factor is present, or at some age.
    """

    recommended: Rule
    against: Rule
    factors: bool
    treatments: tuple[str, ...]
    hours: tuple[Span, ...]
    treatment: str
    witness: Case


def conflicts(survey: Survey) -> Iterator[Conflict]:
    """Every conflict, one for each pair of rules."""
    every = survey.rules
    against = [rule for rule in every if rule.level or rule.effect is Appraisal.AGAINST]
    for recommended in every:
        if recommended.effect is Appraisal.FOR:
            for other in against:
                found = _conflict(survey, recommended, other)
                if found is not None:
                    yield found


def _conflict(survey: Survey, recommended: Rule, against: Rule) -> Conflict | None:
    """The conflict of two rules, if there is one: for any patient rather than for some."""
    meetings = _meetings(survey, survey.regions(recommended), survey.regions(against))
    for factors in (False, True):
        those = [met for met in meetings if met.factors is factors]
        found = survey.witness(box for met in those for box in met.boxes)
        if found is not None:
            return Conflict(
                recommended=recommended,
                against=against,
                factors=factors,
                treatments=tuple(dict.fromkeys(iri for met in those for iri in met.treatments)),
                hours=hours_of(box for met in those for box in met.boxes),
                treatment=next(met.treatments[0] for met in those if found[0] in met.boxes),
                witness=found[1],
            )
    return None


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Where two regions meet, for which treatments, and whether that takes a patient factor."""

    factors: bool
    treatments: tuple[str, ...]
    boxes: tuple[Box, ...]


def _meetings(survey: Survey, regions: int, others: int) -> list[_Meeting]:
    """Where regions of one rule meet regions of another in a situation that a record can tell."""
    found = []
    for one, other in product(members_of(regions), members_of(others)):
        both = 1 << one | 1 << other
        treatments = [
            iri for kind, iris in survey.kinds.items() if kind & both == both for iri in iris
        ]
        boxes = tuple(_met(survey, one, other)) if treatments else ()
        if boxes:
            found.append(_Meeting(_of_factors(survey, both), tuple(treatments), boxes))
    return found


def _met(survey: Survey, one: int, other: int) -> Iterator[Box]:
    """The boxes in which two regions meet and which some record tells."""
    for own, others in product(survey.parts[one], survey.parts[other]):
        met = survey.boxes.meet(own, others)
        if met is not None and survey.boxes.is_told(met):
            yield met


def _of_factors(survey: Survey, regions: int) -> bool:
    """Whether some regions together ask for a factor or an age that their injuries do not bring."""
    atoms, needs = survey.tables.atoms, 0
    for entry in survey.placed(regions):
        needs |= entry.needs
    asked = needs & atoms.factors & ~atoms.above(needs & ~atoms.factors)
    return bool(asked) or any(entry.region.ages != Span() for entry in survey.placed(regions))
