"""Gaps: treatment, injury and time for which no rule speaks.

A cell is one treatment, one injury, and one stretch of time within which no rule's window begins or
ends. It is silent where, for the record that names the injury and nothing else (patient factors are
taken as absent), neither a contraindication nor a recommendation of just this treatment can hold.
How silent it is, is told apart:

- `treatment`: no rule speaks of the treatment at all, for any injury;
- `injury`: rules speak of it, but none can hold for this injury then, whatever the patient factors;
- `factor`: rules can hold, but only where some patient factor is present.

Cells are merged: stretches of time into spans, an injury into a wider one all of whose kinds are as
silent, and treatments, and injuries, that are silent in the same way into one gap.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from primum.foundation.errors import Contradiction
from primum.foundation.names import Kind
from primum.model.cases import Case
from primum.model.levels import Screening
from primum.model.spans import Span
from primum.reasoning.analysis.survey import Survey, joined
from primum.reasoning.boxes import instant_of
from primum.reasoning.worlds import cells_of, facts_of


class Silence(StrEnum):
    """How little rules say."""

    TREATMENT = "treatment"
    INJURY = "injury"
    FACTOR = "factor"


@dataclass(frozen=True, slots=True)
class Gap:
    """Treatments, injuries and hours for which no rule speaks, and how silent the rules are.

    `injuries` are the widest such classes, all of whose kinds are as silent; the class of all
    injuries where every one is. For `others` it is so where a record names just them, while some
    of their kinds are silent in another way or not. The witness names one injury and the first
    instant.
    """

    silence: Silence
    treatments: tuple[str, ...]
    injuries: tuple[str, ...]
    others: tuple[str, ...]
    hours: tuple[Span, ...]
    witness: Case


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps, and how many of all cells are silent in each way."""

    found: tuple[Gap, ...]
    cells: int
    silent: Mapping[Silence, int]


_Row = Mapping[tuple[str, int], Silence]
"""How silent one treatment is, by injury and band of hours; what is not in it speaks."""


def gaps(survey: Survey) -> Gaps:
    """All gaps of a rule base."""
    holding = {screening: _holding(survey, screening) for screening in Screening}
    rows: dict[frozenset[tuple[tuple[str, int], Silence]], list[str]] = {}
    silent: Counter[Silence] = Counter()
    for kind, treatments in survey.kinds.items():
        row = dict(_row(survey, kind, holding))
        rows.setdefault(frozenset(row.items()), []).extend(treatments)
        silent.update({s: n * len(treatments) for s, n in Counter(row.values()).items()})
    injuries, bands = len(survey.knowledge.injuries), len(survey.tables.hours.cuts)
    return Gaps(
        found=tuple(
            gap for row, treatments in rows.items() for gap in _gaps(survey, treatments, dict(row))
        ),
        cells=len(survey.knowledge.treatments) * injuries * bands,
        silent=dict(silent),
    )


def _holding(survey: Survey, screening: Screening) -> Mapping[str, int]:
    """The regions that can hold at some time for a record that names an injury alone."""
    return {
        term.iri: _possible(survey, Case(term.iri, screening=screening))
        for term in survey.knowledge.injuries
    }


def _possible(survey: Survey, case: Case) -> int:
    """The regions that some completion of a case lies in, at some time."""
    found = 0
    try:
        for cell in cells_of(survey.tables, case, facts_of(survey.tables, case)):
            found |= cell.maybe
    except Contradiction:  # a class of injuries that can have no member
        return 0
    return found


def _row(
    survey: Survey, kind: int, holding: Mapping[Screening, Mapping[str, int]]
) -> Iterator[tuple[tuple[str, int], Silence]]:
    """The silent cells of the treatments that a set of regions speaks of."""
    for term, band in product(survey.knowledge.injuries, range(len(survey.tables.hours.cuts))):
        speaking = kind & survey.tables.hours.allows[band]
        if not speaking & holding[Screening.ASSUME_CLEAR][term.iri]:
            if not kind:
                silence = Silence.TREATMENT
            elif speaking & holding[Screening.UNKNOWN][term.iri]:
                silence = Silence.FACTOR
            else:
                silence = Silence.INJURY
            yield (term.iri, band), silence


def _gaps(survey: Survey, treatments: Iterable[str], row: _Row) -> Iterator[Gap]:
    """The gaps of treatments that are silent in the same cells."""
    whole = _whole(survey, row)
    alone = {cell: silence for cell, silence in row.items() if cell not in whole}
    widest = _by_hours(survey, _widest(survey, whole))
    general = _by_hours(survey, alone)
    for silence, hours in dict.fromkeys((*widest, *general)):
        injuries, others = (found.get((silence, hours), ()) for found in (widest, general))
        witness = Case(_named(survey, (*injuries, *others)), hours=instant_of(hours[0]))
        yield Gap(silence, tuple(treatments), tuple(injuries), tuple(others), hours, witness)


def _by_hours(
    survey: Survey, cells: _Row
) -> Mapping[tuple[Silence, tuple[Span, ...]], Sequence[str]]:
    """The injuries that are silent in the same way and at the same hours."""
    alike: dict[tuple[Silence, tuple[Span, ...]], list[str]] = {}
    bands: dict[tuple[str, Silence], list[Span]] = {}
    for (injury, band), silence in cells.items():
        bands.setdefault((injury, silence), []).append(survey.tables.hours.span(band))
    for (injury, silence), spans in bands.items():
        alike.setdefault((silence, joined(spans)), []).append(injury)
    return alike


def _whole(survey: Survey, row: _Row) -> _Row:
    """The silent cells of injuries with all their kinds as silent."""
    above, named = survey.knowledge.axioms.above, [term.iri for term in survey.knowledge.injuries]
    kinds = {
        one: [other for other in named if one in above[other]] for one in (Kind.INJURY, *named)
    }
    found = {}
    for injury, band in product(kinds, range(len(survey.tables.hours.cuts))):
        silences = {row.get((one, band)) for one in kinds[injury]}
        if len(silences) == 1 and (silence := silences.pop()) is not None:
            found[injury, band] = silence
    return found


def _widest(survey: Survey, whole: _Row) -> _Row:
    """The cells of injuries without those of wider ones that are as silent."""
    above = survey.knowledge.axioms.above
    return {
        (injury, band): silence
        for (injury, band), silence in whole.items()
        if not any(whole.get((wider, band)) == silence for wider in above[injury] - {injury})
    }


def _named(survey: Survey, injuries: Iterable[str]) -> str:
    """An injury that a record can name: one of some, or of all."""
    first = next(iter(injuries))
    return survey.knowledge.injuries[0].iri if first == Kind.INJURY else first
