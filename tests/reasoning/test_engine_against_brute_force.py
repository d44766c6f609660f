"""The engine against an oracle that enumerates every completion of a case, one by one.

The engine never lists completions: it groups them into cells and splits only where it must. Here
small knowledge bases and cases are drawn at random, all worlds of each are listed, and what the
engine says must be what is true in all of them (certain) and in some (possible).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import chain, combinations, pairwise, product

import pytest
from hypothesis import HealthCheck, event, given, note, reject, settings
from hypothesis import strategies as st

from primum.foundation.errors import Contradiction
from primum.foundation.names import Kind
from primum.model.answers import Change, Finding
from primum.model.cases import Case
from primum.model.knowledge import Axioms, Edition, Knowledge
from primum.model.levels import Appraisal, Holds, Level, Screening, Verdict
from primum.model.regions import GRADES, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Number, Span
from primum.model.terms import Term
from primum.reasoning.engine import Engine

INJURIES = ("Graded", "Limb", "Arm", "Leg", "Mixed")
FACTORS = ("Bleeding", "Bruise", "Clot", "Young", "Old")
TREATMENTS = ("Rub", "DeepRub", "Ice")
AGES = (0, 5, 6, 11, 12, 40)
HOURS: tuple[Number, ...] = (0, 1, 2, Fraction(5, 2), 4)
Subset = frozenset[str]


# --- Drawing knowledge and cases -----------------------------------------------------------------


def some(names: Iterable[str], most: int) -> st.SearchStrategy[Subset]:
    """Up to so many of the names."""
    return st.frozensets(st.sampled_from(list(names)), max_size=most)


def pairs(names: Collection[str], most: int) -> st.SearchStrategy[frozenset[Subset]]:
    """Up to so many unordered pairs of different names."""
    every = [frozenset(pair) for pair in combinations(names, 2)]
    return st.frozensets(st.sampled_from(every), max_size=most)


@st.composite
def trees(
    draw: st.DrawFn, names: tuple[str, ...], root: str, *, two: Collection[str] = ()
) -> dict[str, Subset]:
    """Each class with all its superclasses; those in `two` have two parents, others one."""
    above = {root: frozenset({root})}
    for name in names:
        count = 2 if name in two else 1
        earlier = [root, *(other for other in above if other not in ("Graded", root))]
        parents = draw(st.lists(st.sampled_from(earlier), min_size=count, max_size=count))
        above[name] = frozenset({name}).union(*(above[parent] for parent in parents))
    return above


spans = st.builds(
    lambda ends, start_after, end_after: Span(
        Cut(min(ends), start_after), None if len(ends) == 1 else Cut(max(ends), end_after)
    ),
    st.frozensets(st.sampled_from(HOURS), min_size=1, max_size=2),
    st.booleans(),
    st.booleans(),
)
ages = st.sampled_from(
    [Span.half_open(*ends) for ends in ((0, 6), (0, 12), (6, 12), (6, 30), (12, 30))]
)
grade_sets = st.frozensets(st.sampled_from(sorted(GRADES)), min_size=1)


def classes(names: Iterable[str], most: int) -> st.SearchStrategy[Classes]:
    """No constraint, or some classes required and some excluded."""
    asked = st.builds(Classes, required=some(names, most), excluded=some(names, most))
    return st.one_of(st.just(Classes()), asked)


regions = st.builds(
    Region,
    treatments=classes(TREATMENTS, 1),
    injuries=classes(INJURIES, 1),
    factors=classes(FACTORS, 2),
    grades=st.one_of(st.just(GRADES), grade_sets),
    hours=st.one_of(st.just(Span()), spans),
    ages=st.one_of(st.just(Span()), ages),
)
effects: st.SearchStrategy[Level | Appraisal] = st.sampled_from(
    [Level.ABSOLUTE, Level.RELATIVE, Level.PRECAUTION, Appraisal.FOR]
)


@st.composite
def opposites(draw: st.DrawFn) -> tuple[Region, Region]:
    """Two regions that part all situations between them: only case analysis sees the whole."""
    one = draw(regions)
    wide = Region(treatments=one.treatments, hours=one.hours)
    if one.grades != GRADES:
        return replace(wide, grades=one.grades), replace(wide, grades=GRADES - one.grades)
    name = frozenset({draw(st.sampled_from((*INJURIES, *FACTORS)))})
    present, absent = Classes(required=name), Classes(excluded=name)
    if name <= set(INJURIES):
        return replace(wide, injuries=present), replace(wide, injuries=absent)
    return replace(wide, factors=present), replace(wide, factors=absent)


@st.composite
def rule_lists(draw: st.DrawFn) -> tuple[Rule, ...]:
    """Two to seven rules of one to three regions each."""
    conditions = [draw(st.lists(regions, min_size=1, max_size=3)) for _ in range(2)]
    conditions += draw(st.lists(st.lists(regions, min_size=1, max_size=3), max_size=2))
    for pair in draw(st.lists(opposites(), max_size=2)):
        both = draw(st.booleans())
        conditions += [list(pair)] if both else [[one] for one in pair]
    return tuple(
        Rule(f"Rule{number}", "", "", draw(effects), tuple(parts), ("stated",) * len(parts))
        for number, parts in enumerate(conditions)
    )


def grades_of(
    above: Mapping[str, Subset],
    stated: Mapping[str, frozenset[int]],
    by_grade: Mapping[str, frozenset[int]],
    disjoint: frozenset[Subset],
) -> dict[str, frozenset[int]]:
    """The grades that members of each injury class can have, from all its superclasses."""
    found = {}
    for iri, supers in above.items():
        grades = GRADES
        for one in supers:
            grades &= stated.get(one, GRADES) & by_grade.get(one, GRADES)
            for graded, values in by_grade.items():
                if frozenset({one, graded}) in disjoint:
                    grades -= values
        found[iri] = grades
    return found


@st.composite
def axiom_sets(draw: st.DrawFn) -> Axioms:
    """Axioms as a reasoner would classify them; those that leave a class empty are left out."""
    above = draw(trees(INJURIES, Kind.INJURY, two=("Mixed",)))
    others = draw(trees(FACTORS, Kind.FACTOR)) | draw(trees(TREATMENTS, Kind.TREATMENT))
    by_grade = {"Graded": draw(st.sampled_from([frozenset({1, 2, 3}), frozenset({2, 3})]))}
    by_age = {"Young": draw(ages), "Old": draw(ages)}
    disjoint, apart = draw(pairs(INJURIES, 3)), draw(pairs(FACTORS[:3], 2))
    stated = draw(st.dictionaries(st.sampled_from(INJURIES[1:]), grade_sets, max_size=2))
    one_factor = st.sampled_from(FACTORS).map(lambda name: frozenset({name}))
    implied = draw(st.dictionaries(st.sampled_from(INJURIES + FACTORS), one_factor, max_size=3))
    for parted, linked, graded in product((True, False), repeat=3):
        pairwise_disjoint = disjoint if parted else frozenset()
        possible = grades_of(above, stated if graded else {}, by_grade, pairwise_disjoint)
        found = Axioms(
            above=classified(above, possible, by_grade) | others,
            disjoint=pairwise_disjoint,
            implied=implied if linked else {},
            apart=apart if parted else frozenset(),
            grades=possible,
            by_grade=by_grade,
            by_age=by_age,
        )
        if coherent(found):
            return found
    return reject()


def classified(
    above: Mapping[str, Subset],
    possible: Mapping[str, frozenset[int]],
    by_grade: Mapping[str, frozenset[int]],
) -> dict[str, Subset]:
    """The injury classes, each also below the graded class whose grades are all it can have."""
    return {
        iri: supers | {graded for graded, values in by_grade.items() if possible[iri] <= values}
        for iri, supers in above.items()
    }


def coherent(axioms: Axioms) -> bool:
    """Whether every injury, factor and age can occur."""
    worlds = worlds_of(axioms)
    names = frozenset[str]().union(*(world.true for world in worlds))
    return names >= {*INJURIES, *FACTORS} and {world.age for world in worlds} == set(AGES)


def named(names: Iterable[str]) -> tuple[Term, ...]:
    """Terms of these names."""
    return tuple(Term(name, name.lower(), name) for name in names)


knowledge_bases = st.builds(
    partial(
        Knowledge,
        Edition("1", "sha256:1"),
        "",
        "",
        named(INJURIES),
        named(TREATMENTS),
        named(FACTORS),
    ),
    rules=rule_lists(),
    axioms=axiom_sets(),
)
cases = st.builds(
    Case,
    injury=st.sampled_from(INJURIES),
    grade=st.sampled_from((None, 1, 2, 3)),
    hours=st.one_of(st.just(Span()), st.sampled_from([Span.at(at) for at in HOURS]), spans),
    present=some(FACTORS, 2),
    absent=some(FACTORS, 1),
    age=st.one_of(st.none(), st.sampled_from(AGES)),
    screening=st.sampled_from(Screening),
).filter(lambda case: not case.hours.is_empty)


# --- The oracle ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class World:
    """A full record but for its instant: all classes that hold, the grade, the age."""

    true: Subset
    grade: int
    age: int


def closed_sets(
    names: tuple[str, ...],
    follows: Callable[[str], Subset],
    conflicts: Collection[Subset],
) -> list[Subset]:
    """All sets of names that hold what follows from their members, and no conflict."""
    subsets = chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))
    return [
        found
        for found in map(frozenset, subsets)
        if all(follows(name) & set(names) <= found for name in found)
        and not any(pair <= found for pair in conflicts)
    ]


def worlds_of(axioms: Axioms) -> list[World]:
    """Every world that the axioms allow."""

    def brought(name: str) -> Subset:
        return axioms.implied.get(name, frozenset())

    injuries = closed_sets(INJURIES, axioms.above.__getitem__, axioms.disjoint)
    factors = closed_sets(FACTORS, lambda name: axioms.above[name] | brought(name), axioms.apart)
    graded = [(found, g) for found, g in product(injuries, GRADES) if fits(axioms, found, g)]
    aged = [
        (found, age)
        for found, age in product(factors, AGES)
        if all((name in found) == within(age, span) for name, span in axioms.by_age.items())
    ]
    return [
        World(injury | factor | {Kind.INJURY, Kind.FACTOR}, grade, age)
        for (injury, grade), (factor, age) in product(graded, aged)
        if all(brought(name) <= factor for name in injury)
    ]


def fits(axioms: Axioms, injury: Subset, grade: int) -> bool:
    """Whether an injury of just these classes can have a grade."""
    return all(grade in axioms.grades[name] for name in injury) and all(
        (grade in grades) == (name in injury) for name, grades in axioms.by_grade.items()
    )


def within(number: Number, span: Span) -> bool:
    """Whether a number lies in a span, said without the span's own arithmetic."""
    start, end = span.start, span.end
    above = number > start.at or (number == start.at and not start.after)
    below = end is None or number < end.at or (number == end.at and end.after)
    return above and below


def completions(worlds: list[World], case: Case) -> list[World]:
    """The worlds that agree with a case, screening included."""
    agreeing = [
        world
        for world in worlds
        if case.injury in world.true
        and case.grade in (None, world.grade)
        and case.age in (None, world.age)
        and case.present <= world.true
        and case.absent.isdisjoint(world.true)
    ]
    if case.screening is Screening.UNKNOWN or not agreeing:
        return agreeing
    settled = frozenset(FACTORS).intersection(*(world.true for world in agreeing))
    return [world for world in agreeing if world.true & set(FACTORS) == settled]


def holds(region: Region, world: World) -> bool:
    """Whether a region covers a world at some time for some treatment."""
    return (
        region.injuries.required | region.factors.required <= world.true
        and (region.injuries.excluded | region.factors.excluded).isdisjoint(world.true)
        and world.grade in region.grades
        and within(world.age, region.ages)
    )


def covers(region: Region, treatment: Subset) -> bool:
    """Whether a region covers a treatment that belongs to just these classes."""
    asked = region.treatments
    return asked.required <= treatment and asked.excluded.isdisjoint(treatment)


Covered = frozenset[tuple[Rule, Region]]


def outlines(knowledge: Knowledge, worlds: Iterable[World]) -> set[Covered]:
    """The regions that cover each world, whatever treatment and time; worlds alike are one."""
    every = [(rule, region) for rule in knowledge.rules for region in rule.regions]
    return {frozenset(pair for pair in every if holds(pair[1], world)) for world in worlds}


def instants(knowledge: Knowledge, within_span: Span) -> list[Number]:
    """Every cut, every midpoint between two cuts and one instant after all, within a span."""
    spans_of = [region.hours for rule in knowledge.rules for region in rule.regions]
    cuts = [cut.at for s in (*spans_of, within_span) for cut in (s.start, s.end) if cut]
    ordered = sorted({0, *cuts})
    middles = [Fraction(one + other) / 2 for one, other in pairwise(ordered)]
    every = sorted({*ordered, *middles, ordered[-1] + 1})
    return [instant for instant in every if within(instant, within_span)]


@dataclass(frozen=True, slots=True)
class Oracle:
    """What every completion of a case says of one treatment at one instant, listed."""

    knowledge: Knowledge
    treatment: str
    outlines: set[Covered]

    def rules_at(self, instant: Number) -> set[frozenset[Rule]]:
        """For each completion, the rules that hold in it; those alike put together."""
        supers = self.knowledge.axioms.above[self.treatment]
        return {
            frozenset(
                rule
                for rule, region in covered
                if within(instant, region.hours) and covers(region, supers)
            )
            for covered in self.outlines
        }

    def levels(self, instants: Iterable[Number]) -> tuple[Level, Level]:
        """The strictest level in every completion, and in some."""
        strictest = [
            max((rule.level for rule in rules), default=Level.NONE)
            for instant in instants
            for rules in self.rules_at(instant)
        ]
        return min(strictest), max(strictest)

    def reasons(self, instants: Iterable[Number]) -> dict[str, Holds]:
        """The rules that hold in some completion, and whether they hold in every one."""
        found = [rules for instant in instants for rules in self.rules_at(instant)]
        everywhere = frozenset[Rule].intersection(*found)
        return {
            rule.iri: Holds.CERTAIN if rule in everywhere else Holds.POSSIBLE
            for rule in frozenset[Rule]().union(*found)
        }

    def change(self, span: Span) -> Number | None:
        """The last instant known to be like the first one before the levels differ, if any."""
        later = instants(self.knowledge, Span(span.start))
        before = self.levels(later[:1])
        differing = (instant for instant in later if self.levels([instant]) != before)
        return next(differing, None)


# --- Comparing -----------------------------------------------------------------------------------


def answered(finding: Finding) -> dict[str, Holds]:
    """The rules that an answer gives as reasons or recommendations."""
    return {r.rule.iri: r.holds for r in (*finding.reasons, *finding.recommended)}


def speaks(knowledge: Knowledge, finding: Finding) -> bool:
    """Whether a contraindication covers a treatment, whatever else it asks for."""
    supers = knowledge.axioms.above[finding.treatment.iri]
    barring = [rule for rule in knowledge.rules if rule.level]
    return any(covers(region, supers) for rule in barring for region in rule.regions)


def verdicts_of(levels: tuple[Level, Level], ever: Level, *, spoken: bool) -> set[Verdict]:
    """The verdict by the words of the design; `ever` is the strictest level of any case at all.

    Where all that speaks of a treatment can never hold, either of the last two words will do.
    """
    certain, possible = levels
    if certain or possible:
        return {
            {
                Level.ABSOLUTE: Verdict.CONTRAINDICATED,
                Level.RELATIVE: Verdict.RELATIVELY_CONTRAINDICATED,
                Level.PRECAUTION: Verdict.PRECAUTION,
                Level.NONE: Verdict.UNDETERMINED,
            }[certain]
        }
    if ever:
        return {Verdict.RULED_OUT}
    return {Verdict.RULED_OUT, Verdict.NO_RULE} if spoken else {Verdict.NO_RULE}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(knowledge=knowledge_bases, asked=st.lists(cases, min_size=1, max_size=4))
def test_engine_says_what_is_true_in_all_and_in_some_completions(
    knowledge: Knowledge, asked: list[Case]
) -> None:
    """Levels, verdict, reasons and next change are those of the enumerated completions."""
    engine, worlds = Engine(knowledge), worlds_of(knowledge.axioms)
    everything = outlines(knowledge, worlds)
    for case in asked:
        note(str(case))
        possible = completions(worlds, case)
        event(f"{'no' if not possible else 'some'} completions")
        if possible:
            compare(engine, case, outlines(knowledge, possible), everything)
        else:
            with pytest.raises(Contradiction):
                engine.answer(case)


def compare(engine: Engine, case: Case, possible: set[Covered], everything: set[Covered]) -> None:
    """Compare the engine's findings for a case with those of its completions."""
    knowledge = engine.knowledge
    times, always = instants(knowledge, case.hours), instants(knowledge, Span())
    for finding in engine.answer(case).findings:
        oracle = Oracle(knowledge, finding.treatment.iri, possible)
        _, ever = Oracle(knowledge, finding.treatment.iri, everything).levels(always)
        levels = oracle.levels(times)
        event(f"certain {levels[0].word}, possible {levels[1].word}")
        alone = {r.rule.level for r in finding.reasons if r.holds is Holds.CERTAIN}
        event("certain by case analysis", levels[0] > max(alone, default=Level.NONE))
        assert levels == (finding.certain, finding.possible), finding.treatment.label
        assert oracle.reasons(times) == answered(finding)
        assert finding.verdict in verdicts_of(levels, ever, spoken=speaks(knowledge, finding))
        compare_change(oracle, case, finding.changes_at)


def compare_change(oracle: Oracle, case: Case, change: Change | None) -> None:
    """The change is at a cut; the first differing instant is that cut or just after it."""
    if case.hours.end is None:
        assert change is None
        return
    first = oracle.change(case.hours)
    assert (first is None) == (change is None)
    if first is not None and change is not None:
        cuts = [n for n in instants(oracle.knowledge, Span(case.hours.start)) if n <= first]
        assert change.hours in cuts[-2:]


# --- Cases that were once wrong ------------------------------------------------------------------


def small(*parts: Region, grades: frozenset[int] = GRADES) -> Knowledge:
    """A base with one rule of these regions; `grades` are those that an arm injury can have."""
    above = {
        **{name: frozenset({name, Kind.INJURY}) for name in INJURIES},
        **{name: frozenset({name, Kind.FACTOR}) for name in FACTORS},
        **{name: frozenset({name, Kind.TREATMENT}) for name in TREATMENTS},
    }
    possible = dict.fromkeys(INJURIES, GRADES) | {"Arm": grades}
    rule = Rule("Rule", "rule", "Rule", Level.ABSOLUTE, parts, ("",) * len(parts))
    axioms = Axioms(above, frozenset(), {}, frozenset(), possible, {}, {})
    edition, injuries, treatments = Edition("1", ""), named(INJURIES), named(TREATMENTS)
    return Knowledge(edition, "", "", injuries, treatments, named(FACTORS), (rule,), axioms)


def finding_for(treatment: str, knowledge: Knowledge, case: Case) -> Finding:
    """What the engine finds for one treatment."""
    findings = Engine(knowledge).answer(case).findings
    return next(found for found in findings if found.treatment.iri == treatment)


def test_a_region_for_other_treatments_does_not_make_a_reason_certain() -> None:
    """A rule that reaches this treatment only in grade 3 holds possibly, not certainly."""
    severe = Region(grades=frozenset({3}))
    elsewhere = Region(treatments=Classes(excluded=frozenset({"Ice"})))
    found = finding_for("Ice", small(severe, elsewhere), Case("Limb"))
    assert (Level.NONE, Level.ABSOLUTE) == (found.certain, found.possible)
    assert {"Rule": Holds.POSSIBLE} == answered(found)


def test_a_class_that_the_known_grade_forbids_leaves_nothing_open() -> None:
    """An arm injury is never of grade 2 here, so `not an arm injury` is certain in grade 2."""
    elsewhere = Region(injuries=Classes(excluded=frozenset({"Arm"})))
    knowledge = small(elsewhere, grades=frozenset({0}))
    assert Level.NONE == finding_for("Ice", knowledge, Case("Limb")).certain
    assert Level.ABSOLUTE == finding_for("Ice", knowledge, Case("Limb", grade=2)).certain
