"""The premises of a region, each beside what the facts of a case say of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from primum.model.cases import Case
from primum.model.premises import About, Premise, Stands
from primum.model.regions import GRADES, Region
from primum.model.spans import Span
from primum.reasoning.atoms import members_of
from primum.reasoning.tables import Placed, Tables
from primum.reasoning.worlds import Cell, Facts


@dataclass(frozen=True, slots=True)
class Record:
    """The facts of a case, ready to be laid beside what regions ask.

    `sources` gives for each atom the stated fact that settles it. `true` and `false` are the atoms
    that are so in every cell; `assumed` those that are false only by screening.
    """

    tables: Tables
    case: Case
    grades: frozenset[int]
    ages: frozenset[int]
    true: int
    false: int
    assumed: int
    sources: dict[int, str]

    @classmethod
    def of(cls, tables: Tables, case: Case, facts: Facts, cells: tuple[Cell, ...]) -> Self:
        """The record of a case with its facts and cells."""
        true = false = tables.every_atom
        for cell in cells:
            true, false = true & cell.true, false & cell.false
        return cls(
            tables=tables,
            case=case,
            grades=frozenset(cell.grade for cell in cells),
            ages=frozenset(cell.age for cell in cells),
            true=true,
            false=false,
            assumed=facts.open_factors & false,
            sources=_sources(tables, case),
        )

    def premises(self, entry: Placed, bands: range) -> tuple[Premise, ...]:
        """All that a region asks, if the instant lies in one of the bands."""
        region = entry.region
        return (
            *(
                Premise(About.TREATMENT, Stands.MET, iri)
                for iri in sorted(region.treatments.required)
            ),
            *self._classes(About.INJURY, region.injuries.required, wanted=True),
            *self._classes(About.INJURY, region.injuries.excluded, wanted=False),
            *self._grade(region),
            *self._hours(entry, bands),
            *self._age(region),
            *self._classes(About.FACTOR, region.factors.required, wanted=True),
            *self._classes(About.FACTOR, region.factors.excluded, wanted=False),
        )

    def _classes(self, about: About, iris: Iterable[str], *, wanted: bool) -> Iterator[Premise]:
        """The premises that classes apply, or that they do not."""
        for iri in sorted(iris):
            atom = self.tables.atoms.bit[iri]
            settled = self.true >> atom & 1, self.false >> atom & 1
            stands = _stands(*(settled if wanted else reversed(settled)))
            assumed = bool(self.assumed >> atom & 1)
            yield Premise(
                about, stands, iri, wanted, found=self.sources.get(atom, ""), assumed=assumed
            )

    def _grade(self, region: Region) -> Iterator[Premise]:
        """The premise on the grade, unless the injuries asked for leave no other anyway."""
        grades = self.tables.axioms.grades
        injuries = {self.case.injury, *region.injuries.required}
        natural = [GRADES, *(grades[iri] for iri in injuries)]
        if not any(known <= region.grades for known in natural):
            stands = _stands(self.grades <= region.grades, self.grades.isdisjoint(region.grades))
            yield Premise(About.GRADE, stands, grades=region.grades)

    def _hours(self, entry: Placed, bands: range) -> Iterator[Premise]:
        """The premise on the time since onset, where the region has a window."""
        if entry.region.hours != Span():
            window = self.tables.hours.of(entry.region.hours)
            inside = window.start <= bands.start and bands.stop <= window.stop
            outside = bands.stop <= window.start or window.stop <= bands.start
            yield Premise(About.HOURS, _stands(inside, outside), span=entry.region.hours)

    def _age(self, region: Region) -> Iterator[Premise]:
        """The premise on the age, where the region asks for some ages only."""
        if region.ages != Span():
            ages = self.tables.ages
            inside = [region.ages.covers(ages.span(band)) for band in self.ages]
            yield Premise(About.AGE, _stands(all(inside), not any(inside)), span=region.ages)


def _stands(met: object, failed: object) -> Stands:
    """How a premise stands that is met, or fails, in every completion."""
    return Stands.MET if met else Stands.FAILED if failed else Stands.OPEN


def _sources(tables: Tables, case: Case) -> dict[int, str]:
    """For each atom that a stated fact settles alone, that fact; present facts go first."""
    atoms, found = tables.atoms, dict[int, str]()
    stated = [case.injury, *sorted(case.present)]
    for iri in stated:
        for atom in members_of(atoms.up[atoms.bit[iri]]):
            found.setdefault(atom, iri)
    for iri in sorted(case.absent):
        for atom in members_of(atoms.down[atoms.bit[iri]]):
            found.setdefault(atom, iri)
    for iri in stated:
        for atom in members_of(atoms.excluded_by(atoms.up[atoms.bit[iri]])):
            found.setdefault(atom, iri)
    return found
