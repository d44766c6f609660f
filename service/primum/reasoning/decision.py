"""What one case decides: for each treatment its levels, reasons, screening and next change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

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
    factor atoms.
    """

    tables: Tables
    facts: Facts
    cells: tuple[Cell, ...]
    bands: range
    dated: bool
    factors: Mapping[int, Term]

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
        return certain, self.tables.level_of(now & self._maybe)

    @property
    def _maybe(self) -> int:
        """The regions that some completion lies in as far as anything but time goes."""
        return reduce(or_, (cell.maybe for cell in self.cells))

    def _in_time(self, regions: int) -> int:
        """Those of the regions that some band allows."""
        allows = self.tables.hours.allows
        return regions & reduce(or_, (allows[band] for band in self.bands))

    def _reasons(self, regions: int) -> tuple[Reason, ...]:
        """The rules that hold, each once, by effect, certainty and label."""
        found: dict[str, Reason] = {}
        for number in members_of(self._in_time(regions) & self._maybe):
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
        for number in members_of(self._in_time(regions)):
            entry = self.tables.placed[number]
            factor = self._lacking(number) if entry.rule.level > certain else None
            if factor is None:
                continue
            if factor not in found or entry.rule.level > found[factor].level:
                found[factor] = Screen(self.factors[factor], entry.rule.level, entry.rule)
        ranked = found.values()
        return tuple(sorted(ranked, key=lambda s: (-s.level, s.factor.label.casefold())))

    def _lacking(self, number: int) -> int | None:
        """The one open factor that alone keeps the case out of a region, if there is one."""
        entry, up = self.tables.placed[number], self.tables.atoms.up
        for cell in self.cells:
            if cell.allowed >> number & 1 and not entry.bans & cell.true:
                lacking = entry.needs & ~cell.true
                for factor in members_of(lacking & self.facts.open_factors):
                    if not lacking & ~up[factor] and factor in self.factors:
                        return factor
        return None

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
        ending = regions & self._maybe & allows[band - 1] & ~allows[band]
        entries = [self.tables.placed[number] for number in members_of(ending)]
        ended = [entry for entry in entries if entry.region.hours.end == cut]
        strictest = max((entry.rule.level for entry in ended), default=Level.NONE)
        bounds = sorted({entry.bound for entry in ended if entry.rule.level == strictest})
        return "minimum" if "minimum" in bounds else next(iter(bounds), "")


def _by_effect(reason: Reason) -> tuple[int, int, str]:
    """Sort key: strictest or most favourable first, certain before possible, then label."""
    effect = reason.rule.effect
    rank = -effect if isinstance(effect, Level) else _APPRAISALS.index(effect)
    return (rank, reason.holds is Holds.POSSIBLE, reason.rule.label.casefold())
