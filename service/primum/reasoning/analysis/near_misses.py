"""Near-misses: boundaries of two windows that all but meet.

Two windows of one treatment nearly meet where the situations of one rule lie within those of the
other but for time, and a cut of the one lies within an hour of a cut of the other without being the
same: one ends and the other begins after a gap of up to an hour or with an overlap of as much, or
both begin, or both end, less than that apart. `< 48` and `<= 48` differ by one instant, and count.
Such boundaries are rarely meant: a source prints 48 hours, and a rule says 47.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, product
from typing import Final

from primum.model.cases import Case
from primum.model.rules import Rule
from primum.model.spans import Cut, Span
from primum.reasoning.analysis.survey import Survey
from primum.reasoning.atoms import members_of
from primum.reasoning.boxes import Box

_NEAR: Final = 1  # hour


class Miss(StrEnum):
    """How two windows miss each other."""

    GAP = "gap"
    OVERLAP = "overlap"
    STARTS = "starts"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Two rules with a boundary each that nearly meet; `hours` is the stretch in between.

    `one` has the earlier boundary.
    """

    one: Rule
    other: Rule
    miss: Miss
    hours: Span
    treatments: tuple[str, ...]
    witness: Case


def near_misses(survey: Survey) -> Iterator[NearMiss]:
    """Every near-miss, one for each pair of rules and stretch of hours."""
    found: dict[tuple[str, str, Miss, Span], NearMiss] = {}
    windows = [
        n for n in members_of(survey.living) if survey.tables.placed[n].region.hours != Span()
    ]
    for one, other in combinations(windows, 2):
        both = 1 << one | 1 << other
        treatments = [
            iri for kind, iris in survey.kinds.items() if kind & both == both for iri in iris
        ]
        if treatments:
            for miss in _misses(survey, one, other, tuple(treatments)):
                key = (miss.one.iri, miss.other.iri, miss.miss, miss.hours)
                known = found.setdefault(key, miss)
                every = dict.fromkeys((*known.treatments, *miss.treatments))
                found[key] = replace(known, treatments=tuple(every))
    yield from found.values()


def _misses(
    survey: Survey, one: int, other: int, treatments: tuple[str, ...]
) -> Iterator[NearMiss]:
    """Where the windows of two regions nearly meet."""
    stretches = [*_stretches(survey, one, other)]
    within = _narrower(survey, one, other) if stretches else []
    for early, late, miss, hours in stretches:
        shown = survey.witness(replace(box, hours=hours) for box in within)
        if shown is not None:
            rules = survey.tables.placed[early].rule, survey.tables.placed[late].rule
            yield NearMiss(*rules, miss, hours, treatments, shown[1])


def _stretches(survey: Survey, one: int, other: int) -> Iterator[tuple[int, int, Miss, Span]]:
    """The stretches between boundaries of two windows that are near and not the same.

    Each with the region of the earlier boundary, that of the later one, and how they miss.
    """
    for (cut, ends), (other_cut, other_ends) in product(_cuts(survey, one), _cuts(survey, other)):
        first, second = (cut, ends, one), (other_cut, other_ends, other)
        if first > second:
            first, second = second, first
        if first[0] < second[0] and second[0].at - first[0].at <= _NEAR:
            hours = Span(first[0], second[0])
            yield first[2], second[2], _miss(ends=first[1], then_ends=second[1]), hours


def _cuts(survey: Survey, region: int) -> list[tuple[Cut, bool]]:
    """The boundaries of a region's window, each with whether it is an end."""
    hours = survey.tables.placed[region].region.hours
    return [(hours.start, False), *([] if hours.end is None else [(hours.end, True)])]


def _miss(*, ends: bool, then_ends: bool) -> Miss:
    """How two boundaries miss each other, by whether the earlier and the later are ends."""
    if ends == then_ends:
        return Miss.ENDS if ends else Miss.STARTS
    return Miss.GAP if ends else Miss.OVERLAP


def _narrower(survey: Survey, one: int, other: int) -> list[Box]:
    """The boxes of the region whose conditions lie within the other's but for time, if any do."""
    timeless = [
        [replace(box, hours=Span()) for box in survey.parts[number]] for number in (one, other)
    ]
    for own, others in (timeless, reversed(timeless)):
        if all(survey.is_covered(box, others) for box in own):
            return own
    return []
