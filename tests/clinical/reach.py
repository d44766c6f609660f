"""Which rules can bear on what a case expects, told from its record alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.clinical.case import Clinical
from tests.clinical.keys import TIMELINE

from primum.model.regions import Region
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.reasoning.engine import Engine
from primum.reasoning.worlds import Cell

BEYOND_WHAT_MAY_HOLD = {"screen", "why-not", "milder"}
STRICT = {"levels", "appraised"}


@dataclass(frozen=True, slots=True)
class Reach:
    """A case and the cells of its record; `treatments` are those it expects something of.

    For those `beyond`, rules count that cannot hold for the record. `open_facts` tells how much
    the record leaves open, `is_strict` whether the case says all that holds, with its effect.
    """

    number: int
    case: Clinical
    treatments: frozenset[str]
    beyond: frozenset[str]
    is_strict: bool
    cells: tuple[Cell, ...]
    open_facts: int

    def asks_within(self, hours: Span) -> bool:
        """Whether the case asks about some time of a span."""
        return TIMELINE in self.case.expected or hours.overlaps(self.case.record.hours)

    @classmethod
    def of(cls, number: int, case: Clinical, engine: Engine) -> "Reach":
        """The reach of a case."""
        found = {key: frozenset(by_treatment) for key, by_treatment in case.expected.items()}
        beyond = (found[key] for key in BEYOND_WHAT_MAY_HOLD & found.keys())
        cells = engine.decision(case.record).cells
        return cls(
            number=number,
            case=case,
            treatments=frozenset().union(*found.values()),
            beyond=frozenset().union(*beyond),
            is_strict=bool(STRICT & found.keys()),
            cells=cells,
            open_facts=sum(
                (engine.tables.every_atom & ~(c.true | c.false)).bit_count() for c in cells
            ),
        )


@dataclass(frozen=True, slots=True)
class Extent:
    """Regions, each with the treatments it speaks of and the cases (numbers) it may hold for."""

    parts: tuple[tuple[Region, frozenset[str], frozenset[int]], ...]
    treatments: frozenset[str]
    numbers: frozenset[int]

    def held(self, reach: Reach) -> frozenset[str]:
        """The treatments asked about for which some region may hold when the case asks."""
        return frozenset().union(
            *(
                reach.treatments & treatments
                for region, treatments, numbers in self.parts
                if reach.number in numbers and reach.asks_within(region.hours)
            )
        )


class Reaches:
    """The reaches of all cases over one knowledge base; `spoken` gives each rule's treatments."""

    def __init__(self, engine: Engine, cases: Iterable[Clinical]) -> None:
        """`engine` answers by the rules as they are."""
        self.knowledge = engine.knowledge
        self.tables = engine.tables
        self.all = [Reach.of(number, case, engine) for number, case in enumerate(cases)]
        self._treatments = [term.iri for term in self.knowledge.treatments]
        self.spoken = {
            rule.iri: frozenset().union(*map(self.covered, rule.regions))
            for rule in self.knowledge.rules
        }

    def extent(self, regions: Iterable[Region]) -> Extent:
        """Which treatments and cases some regions concern."""
        parts = tuple((r, self.covered(r), self.allowing(r)) for r in regions)
        return Extent(
            parts=parts,
            treatments=frozenset().union(*(treatments for _, treatments, _ in parts)),
            numbers=frozenset().union(*(numbers for _, _, numbers in parts)),
        )

    def covered(self, region: Region) -> frozenset[str]:
        """The treatments that a region speaks of."""
        asked, above = region.treatments, self.knowledge.axioms.above
        return frozenset(
            iri
            for iri in self._treatments
            if asked.required <= above[iri] and asked.excluded.isdisjoint(above[iri])
        )

    def allowing(self, region: Region) -> frozenset[int]:
        """The cases for which a region may hold at some time, for a treatment asked about."""
        covered, atoms, ages = self.covered(region), self.tables.atoms, self.tables.ages
        needs = atoms.of(region.injuries.required | region.factors.required)
        bans = atoms.of(region.injuries.excluded | region.factors.excluded)
        bands = frozenset(ages.of(region.ages))
        return frozenset(
            reach.number
            for reach in self.all
            if not reach.treatments.isdisjoint(covered)
            and any(
                not (needs & cell.false or bans & cell.true)
                and cell.grade in region.grades
                and cell.age in bands
                for cell in reach.cells
            )
        )

    def alone(self, rule: Rule) -> frozenset[str]:
        """The treatments of which no contraindication speaks but perhaps this one.

        Whether any does is told by a verdict.
        """
        if not rule.level:
            return frozenset()
        others = (r for r in self.knowledge.rules if r.level and r.iri != rule.iri)
        return frozenset(self._treatments).difference(*(self.spoken[r.iri] for r in others))
