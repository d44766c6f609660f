"""What combinations of facts come to at each time, as far as more than single factors go."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

import numpy as np

from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.model.levels import Level, Screening
from primum.model.regions import UNGRADED
from primum.reasoning.boxes import first_age
from primum.reasoning.cohort.claims import Claims
from primum.reasoning.cohort.columns import Flags, Small
from primum.reasoning.cohort.matrices import matrix, union
from primum.reasoning.cohort.settled import Cells, Facts, Settling
from primum.reasoning.tables import Tables
from primum.reasoning.worlds import cells_of, certain_level, facts_of, is_covered

LEVELS: Final = len(Level)
_MINIMUM: Final = "minimum"
_AT_ONCE: Final = 1024  # combinations: keeps what is held at once below some ten megabytes


@dataclass(frozen=True, slots=True)
class Outcomes:
    """n combinations of facts, each with every band of time.

    `sure` and `maybe` tell whether a claim holds in every completion, or in some, shape (n, bands,
    claims); `level` is the certain level, shape (n, bands, groups). `ends` is the mark of how
    sources print the end of what ends where a band begins. `change` is the number of the next band
    in which the levels differ, 0 where none does, by the levels that single factors add: shape
    (n, bands, groups, LEVELS * LEVELS), the last counting certain * LEVELS + possible.
    """

    contradicts: Flags
    sure: Flags
    maybe: Flags
    level: Small
    ends: Small
    change: Small


class Outcoming:
    """Finds the outcomes of facts over one knowledge base."""

    def __init__(
        self, tables: Tables, knowledge: Knowledge, claims: Claims, screening: Screening
    ) -> None:
        """Prepare for the claims of the regions that ask for more than a single factor."""
        self._tables, self._knowledge, self._claims = tables, knowledge, claims
        self._screening = screening
        self._settling = Settling(tables, knowledge, claims.regions, screening)
        every = matrix(tables.hours.allows, len(tables.placed))
        self._allows = every[:, list(claims.regions)]
        self.bounds, self._ends = _ends(tables, claims)

    def of(self, facts: Facts) -> Outcomes:
        """The outcomes of some combinations."""
        parts = [
            self._some(facts.part(slice(start, start + _AT_ONCE)))
            for start in range(0, len(facts), _AT_ONCE)
        ]
        names = Outcomes.__slots__
        return Outcomes(*(np.concatenate([getattr(p, name) for p in parts]) for name in names))

    def _some(self, facts: Facts) -> Outcomes:
        """The outcomes of a few combinations."""
        cells = self._settling.settle(facts)
        sure, maybe, level = self._over_time(cells)
        contested = np.logical_or.reduceat(cells.contested.any(axis=1), cells.starts)
        for row in np.flatnonzero(contested & ~cells.contradicts):
            sure[row], maybe[row], level[row] = self._split(facts.part(slice(row, row + 1)))
        ended = np.logical_or.reduceat(cells.maybe, cells.starts)
        possible = self._claims.strictest(maybe)
        return Outcomes(
            contradicts=cells.contradicts,
            sure=sure,
            maybe=maybe,
            level=level,
            ends=self._ending(ended),
            change=_changes(level, possible),
        )

    def _over_time(self, cells: Cells) -> tuple[Flags, Flags, Small]:
        """Claims that are sure and possible, and certain levels, in each band."""
        sures, maybes, levels = [], [], []
        for allowed in self._allows:
            sure = union(cells.sure & allowed, self._claims.holds)
            maybe = union(cells.maybe & allowed, self._claims.holds)
            strictest = self._claims.strictest(sure)
            sures.append(np.logical_and.reduceat(sure, cells.starts))
            maybes.append(np.logical_or.reduceat(maybe, cells.starts))
            levels.append(np.minimum.reduceat(strictest, cells.starts))
        return np.stack(sures, 1), np.stack(maybes, 1), np.stack(levels, 1)

    def _ending(self, maybe: Flags) -> Small:
        """The marks of what ends where each band begins; `maybe` has shape (n, regions)."""
        groups = len(self._claims.starts)
        found = np.zeros((len(maybe), len(self._allows), groups), np.int8)
        for region, band, marks in self._ends:
            ended = np.where(maybe[:, region, None], marks, np.int8(0))
            np.maximum(found[:, band], ended, out=found[:, band])
        return found

    def _split(self, facts: Facts) -> tuple[Flags, Flags, Small]:
        """The same for one combination in which rules exclude open facts: by splitting cases."""
        case, tables, claims = self._case(facts), self._tables, self._claims
        cells = cells_of(tables, case, facts_of(tables, case))
        own = [reduce(or_, (1 << claims.regions[r] for r in m), 0) for m in claims.members]
        groups = [
            reduce(or_, part) for part in np.split(np.asarray(own, object), claims.starts[1:])
        ]
        sure, maybe, level = [], [], []
        for now in tables.hours.allows:
            sure.append([all(is_covered(tables, c, one & now) for c in cells) for one in own])
            maybe.append([any(c.maybe & one & now for c in cells) for one in own])
            level.append([min(certain_level(tables, c, g & now) for c in cells) for g in groups])
        return np.asarray(sure), np.asarray(maybe), np.asarray(level, np.int8)

    def _case(self, facts: Facts) -> Case:
        """One combination as a case."""
        band, grade = int(facts.band[0]), int(facts.grade[0])
        factors = self._knowledge.factors
        return Case(
            injury=self._knowledge.injuries[facts.injury[0]].iri,
            grade=None if grade == UNGRADED else grade,
            present=frozenset(factors[n].iri for n in np.flatnonzero(facts.present[0])),
            absent=frozenset(factors[n].iri for n in np.flatnonzero(facts.absent[0])),
            age=None if band < 0 else first_age(self._tables.ages.span(band)),
            screening=self._screening,
        )


def _changes(certain: Small, possible: Small) -> Small:
    """For each band the next one with other levels; `certain` and `possible` as in Outcomes."""
    added = np.arange(LEVELS * LEVELS, dtype=np.int8)
    certain = np.maximum(certain[..., None], added // LEVELS)
    possible = np.maximum(possible[..., None], added % LEVELS)
    found = np.zeros_like(certain)
    for band in range(certain.shape[1] - 2, -1, -1):
        same = certain[:, band] == certain[:, band + 1]
        same &= possible[:, band] == possible[:, band + 1]
        found[:, band] = np.where(same, found[:, band + 1], np.int8(band + 1))
    return found


def _ends(tables: Tables, claims: Claims) -> tuple[tuple[str, ...], list[tuple[int, int, Small]]]:
    """How ends are printed, and for each region with an end: the band that begins there, its mark.

    The first of the bounds is that of no end at all. Of several ends the strictest level's counts,
    and of that level's a minimum, or else the first in the order of texts.
    """
    placed = [tables.placed[number] for number in claims.regions]
    others = sorted({entry.bound for entry in placed} - {_MINIMUM}, reverse=True)
    order = {bound: number for number, bound in enumerate([*others, _MINIMUM])}
    bounds = ("", *(bound for _ in Level for bound in order))
    found = []
    for region, entry in enumerate(placed):
        if entry.region.hours.end in tables.hours.cuts:
            band = tables.hours.cuts.index(entry.region.hours.end)
            mark = 1 + int(entry.rule.level) * len(order) + order[entry.bound]
            found.append((region, band, np.where(claims.speaks[region], mark, 0).astype(np.int8)))
    return bounds, found
