"""What the facts of a case decide: for each treatment its levels, reasons, screening, next change.

Nothing here depends on the instant that is asked about; it comes as the bands of time in which
the instant may lie.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Self

from primum.model.answers import Change, Finding, Reason, Screen
from primum.model.cases import Case
from primum.model.explanations import WhyNot
from primum.model.levels import Appraisal, Holds, Level, verdict
from primum.model.premises import Premise, Stands
from primum.model.terms import Term
from primum.reasoning.atoms import members_of
from primum.reasoning.needs import Needs
from primum.reasoning.premises import Record
from primum.reasoning.tables import Placed, Tables
from primum.reasoning.worlds import Cell, cells_of, facts_of, is_covered, levels_over

_APPRAISALS = list(Appraisal)
Levels = tuple[Level, Level]


@dataclass(frozen=True, slots=True)
class Decision:
    """The cells that the facts of a case leave possible; `record` lays them beside what is asked.

    `names` gives the terms of the atoms. `maybe` are the regions that some cell allows; `lacking`
    maps a region to the open factor that alone keeps the case out of it.
    """

    tables: Tables
    cells: tuple[Cell, ...]
    names: Mapping[int, Term]
    record: Record
    maybe: int
    lacking: Mapping[int, int]
    lacking_one: int
    needs: Needs

    @classmethod
    def of(cls, tables: Tables, case: Case, names: Mapping[int, Term]) -> Self:
        """The decision of a case; raises Contradiction where its facts exclude each other."""
        facts = facts_of(tables, case)
        cells = tuple(cells_of(tables, case, facts))
        open_factors = facts.open_factors & sum(1 << number for number in names)
        allowed = reduce(or_, (cell.allowed for cell in cells))
        asking = allowed & tables.needing_any(open_factors)
        lacking = {
            number: factor
            for number in members_of(asking & tables.at_least[Level.PRECAUTION])
            if (factor := _lacking(tables, cells, open_factors, number)) is not None
        }
        return cls(
            tables=tables,
            cells=cells,
            names=names,
            record=Record.of(tables, case, facts, cells),
            maybe=reduce(or_, (cell.maybe for cell in cells)),
            lacking=lacking,
            lacking_one=sum(1 << number for number in lacking),
            needs=Needs(tables, cells, names),
        )

    def barring(self, treatment: Term) -> int:
        """The regions of the contraindications that speak of a treatment."""
        return self.tables.treatments[treatment.iri] & self.tables.at_least[Level.PRECAUTION]

    def finding(self, treatment: Term, bands: range, *, dated: bool) -> Finding:
        """The answer for one treatment if the instant lies in one of the bands.

        `dated` tells whether anything bounds the instant above, so that there is a next change.
        """
        barring = self.barring(treatment)
        appraising = self.tables.treatments[treatment.iri] & self.tables.appraising
        certain, possible = self.levels(barring, bands)
        return Finding(
            treatment=treatment,
            verdict=verdict(certain, possible, spoken_of=bool(barring)),
            certain=certain,
            possible=possible,
            reasons=self.reasons(barring, bands),
            recommended=self.reasons(appraising, bands),
            screen_for=self._screen_for(barring & self._in_time(bands), certain),
            changes_at=self._changes_at(barring, bands.start) if dated else None,
            needs=self.needs.sets(barring, bands) if certain != possible else (),
        )

    def row(self, regions: int) -> list[Levels]:
        """The certain and the possible level in each band."""
        known: dict[int, Levels] = {}
        found = []
        for band, allowed in enumerate(self.tables.hours.allows):
            now = regions & allowed
            if now not in known:
                known[now] = self.levels(now, [band])
            found.append(known[now])
        return found

    def levels(self, regions: int, bands: Iterable[int]) -> Levels:
        """The certain and the possible level over some bands and all cells."""
        return levels_over(self.tables, self.cells, regions, bands)

    def _in_time(self, bands: range) -> int:
        """The regions that some of the bands allow."""
        return reduce(or_, (self.tables.hours.allows[band] for band in bands))

    def reasons(self, regions: int, bands: range) -> tuple[Reason, ...]:
        """The rules that hold in some of the bands, each once, by effect, certainty and label."""
        found: dict[str, Reason] = {}
        for number in members_of(regions & self._in_time(bands) & self.maybe):
            entry = self.tables.placed[number]
            known = found.get(entry.rule.iri)
            if known is None:
                found[entry.rule.iri] = self._reason(entry, regions, bands)
            elif not _is_met(known.premises):
                found[entry.rule.iri] = self._by_better(known, entry, bands)
        return tuple(sorted(found.values(), key=_by_effect))

    def _reason(self, entry: Placed, regions: int, bands: range) -> Reason:
        """Why a rule holds, and whether some of its regions among these do in every completion."""
        own = self.tables.of_rule[entry.rule.iri] & regions
        allows = self.tables.hours.allows
        everywhere = all(
            is_covered(self.tables, cell, own & allows[band])
            for band in bands
            for cell in self.cells
        )
        holds = Holds.CERTAIN if everywhere else Holds.POSSIBLE
        premises = self.record.premises(entry, bands)
        return Reason(entry.rule, entry.region, entry.bound, holds, premises)

    def _by_better(self, known: Reason, entry: Placed, bands: range) -> Reason:
        """The reason shown by another region of its rule, if all that this one asks is met."""
        premises = self.record.premises(entry, bands)
        if not _is_met(premises):
            return known
        return replace(known, region=entry.region, bound=entry.bound, premises=premises)

    def why_not(self, regions: int, bands: range) -> tuple[WhyNot, ...]:
        """The rules of some regions that cannot hold in the bands, each by its nearest region."""
        possible = regions & self._in_time(bands) & self.maybe
        held = {self.tables.placed[number].rule.iri for number in members_of(possible)}
        found: dict[str, WhyNot] = {}
        for number in members_of(regions):
            entry = self.tables.placed[number]
            if entry.rule.iri not in held:
                failing = self._failing(entry, bands)
                known = found.setdefault(entry.rule.iri, failing)
                if len(failing.premises) < len(known.premises):
                    found[entry.rule.iri] = failing
        ranked = found.values()
        return tuple(sorted(ranked, key=lambda w: (-w.rule.level, w.rule.label.casefold())))

    def _failing(self, entry: Placed, bands: range) -> WhyNot:
        """What keeps a region from holding."""
        premises = self.record.premises(entry, bands)
        failed = tuple(p for p in premises if p.stands is Stands.FAILED)
        if failed:
            return WhyNot(entry.rule, failed)
        unmet = tuple(p for p in premises if p.stands is Stands.OPEN)
        return WhyNot(entry.rule, unmet, together=True)

    def _screen_for(self, regions: int, certain: Level) -> tuple[Screen, ...]:
        """The unmentioned factors that, if present, would make the verdict stricter."""
        found: dict[int, Screen] = {}
        for number in members_of(regions & self.lacking_one & self.tables.stricter_than(certain)):
            rule, factor = self.tables.placed[number].rule, self.lacking[number]
            if factor not in found or rule.level > found[factor].level:
                found[factor] = Screen(self.names[factor], rule.level, rule)
        ranked = found.values()
        return tuple(sorted(ranked, key=lambda s: (-s.level, s.factor.label.casefold())))

    def _changes_at(self, regions: int, first: int) -> Change | None:
        """The next instant after the first band at which the levels differ from those before."""
        cuts, before = self.tables.hours.cuts, self.levels(regions, [first])
        for band in range(first + 1, len(cuts)):
            after = self.levels(regions, [band])
            if after != before:
                bound = self.bound_at(regions, [band])
                return Change(cuts[band].at, bound, verdict(*after, spoken_of=True))
        return None

    def bound_at(self, regions: int, bands: Iterable[int]) -> str:
        """How sources print the end of the strictest window that ends where some bands begin."""
        allows, cuts = self.tables.hours.allows, self.tables.hours.cuts
        ended = [
            self.tables.placed[number]
            for band in bands
            for number in members_of(regions & self.maybe & allows[band - 1] & ~allows[band])
            if self.tables.placed[number].region.hours.end == cuts[band]
        ]
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


def _is_met(premises: tuple[Premise, ...]) -> bool:
    """Whether all of some premises hold in every completion."""
    return all(premise.stands is Stands.MET for premise in premises)


def _by_effect(reason: Reason) -> tuple[int, int, str]:
    """Sort key: strictest or most favourable first, certain before possible, then label."""
    effect = reason.rule.effect
    rank = -effect if isinstance(effect, Level) else _APPRAISALS.index(effect)
    return (rank, reason.holds is Holds.POSSIBLE, reason.rule.label.casefold())
