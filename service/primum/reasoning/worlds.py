"""What a case leaves open: its completions, grouped so that they need not be enumerated.

A completion settles the grade, the instant, the age and every injury class and factor that the
case does not mention. Grade, age and time take few values that rules can tell apart, so they are
listed: each combination is a cell, unless something would be both true and false in it. The
classes and factors within a cell are left open as a pair of sets, `true` and `false`; all axioms on
them are implications and exclusions, so the completion that makes everything open false exists.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from primum.foundation.errors import Contradiction
from primum.foundation.names import local_name
from primum.model.cases import Case
from primum.model.levels import Level, Screening
from primum.model.regions import GRADES, UNGRADED
from primum.model.spans import Span
from primum.reasoning.atoms import members_of
from primum.reasoning.tables import Tables


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known to be true and false of a case, closed under the ontology.

    `open_factors` are the factors that neither the case nor the ontology settles; under
    `assume-clear` they count as false, and so are in `false` too.
    """

    true: int
    false: int
    open_factors: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One grade and one age band: what is then true and false, and how the regions stand.

    `grade` is 0 for an injury without a grade; `age` is the number of the band of ages. `allowed`
    are the regions that grade and age allow. `sure` are those that every completion lies in as far
    as anything but time goes, `maybe` those that some completion lies in. `contested` are those of
    `maybe` that exclude something still open: for them, the completion with everything open false
    is not the least favourable.
    """

    true: int
    false: int
    allowed: int
    sure: int
    maybe: int
    contested: int
    grade: int = UNGRADED
    age: int = 0


def facts_of(tables: Tables, case: Case) -> Facts:
    """The facts of a case; raises Contradiction where they cannot be true together."""
    atoms = tables.atoms
    stated = {case.injury, *case.present}
    stated |= {iri for iri, grades in tables.axioms.by_grade.items() if case.grade in grades}
    if case.age is not None:
        at = Span.at(case.age)
        stated |= {iri for iri, ages in tables.axioms.by_age.items() if ages.covers(at)}
    true = atoms.above(atoms.of(stated))
    absent = set(case.absent)
    if case.age is not None:
        absent |= tables.axioms.by_age.keys() - stated
    false = atoms.below(atoms.of(absent)) | atoms.excluded_by(true)
    if true & false:
        raise _contradiction(tables, case, true & false)
    open_factors = atoms.factors & ~true & ~false
    if case.screening is Screening.ASSUME_CLEAR:
        false |= atoms.below(open_factors)
    return Facts(true, false, open_factors)


def _contradiction(tables: Tables, case: Case, clash: int) -> Contradiction:
    """The error for facts that exclude each other, with the narrowest terms that clash."""
    names = {number: iri for iri, number in tables.atoms.bit.items()}
    narrowest = [n for n in members_of(clash) if tables.atoms.down[n] & clash == 1 << n]
    terms = ", ".join(local_name(names[number]) for number in narrowest)
    return Contradiction(
        f"The facts contradict each other: {terms} would be both true and false.",
        where="factor" if case.present or case.absent else "injury",
        found=terms,
    )


def cells_of(tables: Tables, case: Case, facts: Facts, among: int | None = None) -> list[Cell]:
    """The cells that a case leaves possible; raises Contradiction where it leaves none.

    Where only regions matter that mention no atoms but those `among`, saying so is quicker.
    """
    ages = tables.ages.of(Span() if case.age is None else Span.at(case.age))
    grades = sorted(GRADES) if case.grade is None else [case.grade]
    cells = [_cell(tables, facts, grade, band, among) for grade in grades for band in ages]
    found = [cell for cell in cells if not cell.true & cell.false]
    if not found:
        raise _contradiction(tables, case, cells[-1].true & cells[-1].false)
    return found


def _cell(tables: Tables, facts: Facts, grade: int, age_band: int, among: int | None) -> Cell:
    """The cell of a grade and an age band, with what these two settle."""
    axioms, atoms = tables.axioms, tables.atoms
    ages = tables.ages.span(age_band)
    present = {iri for iri, span in axioms.by_age.items() if span.covers(ages)}
    graded = {iri for iri, values in axioms.by_grade.items() if grade in values}
    true = facts.true | atoms.above(atoms.of(present | graded))
    barred = {iri for iri, grades in axioms.grades.items() if grade not in grades}
    settled_false = (axioms.by_age.keys() - present) | (axioms.by_grade.keys() - graded) | barred
    false = facts.false | atoms.below(atoms.of(settled_false)) | atoms.excluded_by(true)
    allowed = tables.grades[grade] & tables.ages.allows[age_band]
    return replace(standing(tables, true, false, allowed, among), grade=grade, age=age_band)


def standing(tables: Tables, true: int, false: int, regions: int, among: int | None = None) -> Cell:
    """How regions stand when just these atoms are settled; they mention only those `among`."""
    asked = tables.every_atom if among is None else among
    maybe = regions & ~tables.needing_any(false & asked) & ~tables.banning_any(true & asked)
    contested = maybe & tables.banning_any(asked & ~false & ~true)
    sure = maybe & ~tables.needing_any(asked & ~true) & ~contested
    return Cell(true, false, regions, sure, maybe, contested)


def levels_over(
    tables: Tables, cells: Sequence[Cell], regions: int, bands: Iterable[int]
) -> tuple[Level, Level]:
    """The certain and the possible level that regions give over all cells and some bands."""
    maybe = reduce(or_, (cell.maybe for cell in cells)) & regions
    certain, possible = Level.ABSOLUTE, Level.NONE
    for band in bands:
        now = maybe & tables.hours.allows[band]
        possible = max(possible, tables.level_of(now))
        certain = min(certain, *(certain_level(tables, cell, now) for cell in cells))
    return certain, possible


def certain_level(tables: Tables, cell: Cell, regions: int) -> Level:
    """The strictest level that some of the regions give in every completion of a cell."""
    if not regions & cell.maybe:
        return Level.NONE
    certain = tables.level_of(cell.sure & regions)
    if cell.contested & regions:
        for level in sorted(tables.at_least, reverse=True):
            if level > certain and is_covered(tables, cell, regions & tables.at_least[level]):
                return level
    return certain


def is_covered(tables: Tables, cell: Cell, regions: int) -> bool:
    """Whether every completion of a cell lies in one of the regions.

    Splits on an open atom that some region excludes; where none does, the completion with
    everything open false decides.
    """
    if cell.sure & regions:
        return True
    contested = cell.contested & regions
    if not contested:
        return False
    atoms, open_atoms = tables.atoms, ~cell.false & ~cell.true & tables.every_atom
    pivot = next(atom for atom in members_of(open_atoms) if tables.banning[atom] & contested)
    present = cell.true | atoms.up[pivot]
    excluded = cell.false | atoms.excluded_by(present)
    maybe = cell.maybe & regions
    return is_covered(tables, standing(tables, present, excluded, maybe), maybe) and is_covered(
        tables, standing(tables, cell.true, cell.false | atoms.down[pivot], maybe), maybe
    )
