"""Shadowed rules: those that never decide anything, since others always hold with them.

A contraindication is shadowed where, for each treatment that it speaks of and in each situation in
which it holds, some other contraindication of its own or a stricter level holds too. A
recommendation is shadowed by others with the same appraisal. Several rules may do so together, one
where another does not. A duplicate is no shadow: it is told of as a duplicate, and counts for
neither of the two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from primum.model.cases import Case
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.reasoning.analysis.duplicates import are_equal, sources_of
from primum.reasoning.analysis.survey import Survey, hours_of


@dataclass(frozen=True, slots=True)
class Shadow:
    """A rule, and as few rules as can be that always hold with it (`by`).

    `stricter` tells that each of these is of a stricter level. `sources` are the sources of the
    rule on which some of them rest as well: without any, other sources say at least as much.
    """

    rule: Rule
    by: tuple[Rule, ...]
    stricter: bool
    sources: frozenset[str]
    treatments: tuple[str, ...]
    hours: tuple[Span, ...]
    witness: Case | None


def shadows(survey: Survey) -> Iterator[Shadow]:
    """Every shadowed rule."""
    for rule in survey.rules:
        by = _shadowing(survey, rule)
        if by:
            regions = survey.regions(rule)
            boxes = survey.boxes_of(regions)
            found = survey.witness(boxes)
            yield Shadow(
                rule=rule,
                by=by,
                stricter=all(other.level > rule.level for other in by),
                sources=sources_of(rule) & frozenset[str]().union(*map(sources_of, by)),
                treatments=survey.treatments(regions),
                hours=hours_of(boxes),
                witness=None if found is None else found[1],
            )


def _shadowing(survey: Survey, rule: Rule) -> tuple[Rule, ...]:
    """As few rules as can be that together shadow one, stricter ones before equal ones."""
    own = survey.regions(rule)
    equal = [r for r in survey.rules if r.effect == rule.effect and r.iri != rule.iri]
    others = [other for other in equal if not are_equal(survey, rule, other)]
    stricter = [other for other in survey.rules if rule.level and other.level > rule.level]
    for among in (stricter, others, stricter + others):
        if survey.is_within(own, survey.regions_of(among)):
            return _fewest(survey, own, among)
    return ()


def _fewest(survey: Survey, own: int, among: Sequence[Rule]) -> tuple[Rule, ...]:
    """The first rule that covers regions by itself, or several of which none can be spared."""
    for rule in among:
        if survey.is_within(own, survey.regions(rule)):
            return (rule,)
    needed = list(among)
    for rule in among:
        rest = [other for other in needed if other is not rule]
        if survey.is_within(own, survey.regions_of(rest)):
            needed = rest
    return tuple(needed)
