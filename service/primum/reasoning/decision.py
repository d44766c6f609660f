"""What one case decides: for each treatment its levels, reasons, screening and next change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Self

from primum.model.answers import Change, Finding, Reason, Screen
from primum.model.levels import Appraisal, Holds, Level, verdict
from primum.model.spans import Cut
from primum.model.terms import Term
from primum.reasoning.atoms import members_of
from primum.reasoning.tables import Placed, Tables
from primum.reasoning.worlds import Cell, Facts, certain_level, is_covered

_APPRAISALS = list(Appraisal)


@dataclass(frozen=True, slots=True)
class Decision:
    """The cells and bands that a case leaves possible, ready to be asked about treatments.

    `dated` tells whether anything bounds the instant above; `factors` names the terms of the
    factor atoms. `in_time` are the regions that some band allows, `maybe` those that some cell
    does; `lacking` maps a region to the open factor that alone keeps the case out of it.
    """

    tables: Tables
    cells: tuple[Cell, ...]
    bands: range
    dated: bool
    factors: Mapping[int, Term]
    in_time: int
    maybe: int
    lacking: Mapping[int, int]
    lacking_one: int

    @classmethod
    def of(
        cls,
        tables: Tables,
        facts: Facts,
        cells: tuple[Cell, ...],
        bands: range,
        *,
        dated: bool,
        factors: Mapping[int, Term],
    ) -> Self:
        """The decision of a case's facts, cells and bands."""
        in_time = reduce(or_, (tables.hours.allows[band] for band in bands))
        maybe = reduce(or_, (cell.maybe for cell in cells))
        open_factors = facts.open_factors & sum(1 << factor for factor in factors)
        allowed = reduce(or_, (cell.allowed for cell in cells))
        asking = in_time & allowed & tables.needing_any(open_factors)
        lacking = {
            number: factor
            for number in members_of(asking & tables.at_least[Level.PRECAUTION])
            if (factor := _lacking(tables, cells, open_factors, number)) is not None
        }
        lacking_one = sum(1 << number for number in lacking)
        return cls(tables, cells, bands, dated, factors, in_time, maybe, lacking, lacking_one)

    def finding(self, treatment: Term) -> Finding:
        """The answer for one treatment."""
        tables = self.tables
        regions = tables.treatments[treatment.iri]
        barring = regions & tables.at_least[Level.PRECAUTION]
        certain, possible = self._levels(barring)
        return Finding(
            treatment=treatment,
            verdict=verdict(certain=certain, possible=possible, spoken_of=bool(barring)),
            certain=certain,
            possible=possible,
            reasons=self._reasons(barring),
            recommended=self._reasons(regions & tables.appraising),
            screen_for=self._screen_for(barring, certain),
            changes_at=self._changes_at(barring) if self.dated else None,
        )

    def _levels(self, regions: int) -> tuple[Level, Level]:
        """The certain and the possible level over all bands and cells."""
        pairs = [self._levels_at(regions, band) for band in self.bands]
        return min(certain for certain, _ in pairs), max(possible for _, possible in pairs)

    def _levels_at(self, regions: int, band: int) -> tuple[Level, Level]:
        """The certain and the possible level if the instant lies in one band."""
        now = regions & self.tables.hours.allows[band]
        if not now:
            return Level.NONE, Level.NONE
        certain = min(certain_level(self.tables, cell, now) for cell in self.cells)
        return certain, self.tables.level_of(now & self.maybe)

    def _reasons(self, regions: int) -> tuple[Reason, ...]:
        """The rules that hold, each once, by effect, certainty and label."""
        found: dict[str, Reason] = {}
        for number in members_of(regions & self.in_time & self.maybe):
            entry = self.tables.placed[number]
            if entry.rule.iri not in found:
                found[entry.rule.iri] = self._reason(entry, regions)
        return tuple(sorted(found.values(), key=_by_effect))

    def _reason(self, entry: Placed, regions: int) -> Reason:
        """Why a rule holds, and whether some of its regions among these do in every completion."""
        own = self.tables.of_rule[entry.rule.iri] & regions
        allows = self.tables.hours.allows
        everywhere = all(
            is_covered(self.tables, cell, own & allows[band])
            for band in self.bands
            for cell in self.cells
        )
        holds = Holds.CERTAIN if everywhere else Holds.POSSIBLE
        return Reason(entry.rule, entry.region, entry.bound, holds)

    def _screen_for(self, regions: int, certain: Level) -> tuple[Screen, ...]:
        """The unmentioned factors that, if present, would make the verdict stricter."""
        found: dict[int, Screen] = {}
        for number in members_of(regions & self.lacking_one & self.tables.stricter_than(certain)):
            rule, factor = self.tables.placed[number].rule, self.lacking[number]
            if factor not in found or rule.level > found[factor].level:
                found[factor] = Screen(self.factors[factor], rule.level, rule)
        ranked = found.values()
        return tuple(sorted(ranked, key=lambda s: (-s.level, s.factor.label.casefold())))

    def _changes_at(self, regions: int) -> Change | None:
        """The next instant at which the levels differ from those just before."""
        last = self.bands.start
        before = self._levels_at(regions, last)
        for band in range(last + 1, len(self.tables.hours.cuts)):
            after = self._levels_at(regions, band)
            if after != before:
                cut = self.tables.hours.cuts[band]
                return Change(cut.at, self._bound_at(regions, band, cut))
        return None

    def _bound_at(self, regions: int, band: int, cut: Cut) -> str:
        """How the source prints the end of the strictest window that ends at a cut."""
        allows = self.tables.hours.allows
        ending = regions & self.maybe & allows[band - 1] & ~allows[band]
        entries = [self.tables.placed[number] for number in members_of(ending)]
        ended = [entry for entry in entries if entry.region.hours.end == cut]
        strictest = max((entry.rule.level for entry in ended), default=Level.NONE)
        bounds = sorted({entry.bound for entry in ended if entry.rule.level == strictest})
        return "minimum" if "minimum" in bounds else next(iter(bounds), "")


def _lacking(tables: Tables, cells: tuple[Cell, ...], open_factors: int, number: int) -> int | None:
    """The one open factor that alone keeps a case out of a region, if there is one."""
    entry, up = tables.placed[number], tables.atoms.up
    for cell in cells:
        if cell.allowed >> number & 1 and not entry.bans & cell.true:
            lacking = entry.needs & ~cell.true
            for factor in members_of(lacking & open_factors):
                if not lacking & ~up[factor]:
                    return factor
    return None


def _by_effect(reason: Reason) -> tuple[int, int, str]:
    """Sort key: strictest or most favourable first, certain before possible, then label."""
    effect = reason.rule.effect
    rank = -effect if isinstance(effect, Level) else _APPRAISALS.index(effect)
    return (rank, reason.holds is Holds.POSSIBLE, reason.rule.label.casefold())
