"""Hypothesis strategies for small knowledge bases, and cases over them.

A base has a handful of injuries, factors and treatments, but every kind of axiom: a class with two
parents, disjoint injuries, grades that define a class, factors that come with others, that keep
others out, or that are present at some ages only.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import combinations, product

from hypothesis import reject
from hypothesis import strategies as st
from tests.reasoning.oracle import AGES, FACTORS, INJURIES, TREATMENTS, Subset, worlds_of

from primum.foundation.names import Kind
from primum.model.cases import Case
from primum.model.knowledge import Axioms, Edition, Knowledge
from primum.model.levels import Appraisal, Level, Screening
from primum.model.moments import Onset
from primum.model.regions import GRADES, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Cut, Number, Span
from primum.model.terms import Term

HOURS: tuple[Number, ...] = (0, 1, 2, Fraction(5, 2), 4)


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

ZERO = 17_700_000
WIDTHS: tuple[Number, ...] = (Fraction(1, 2), 1, Fraction(3, 2), 5)
exact_onsets = st.just(Onset.at(ZERO))
vague_onsets = st.one_of(
    st.builds(
        lambda width, last: Onset(Cut(ZERO), Cut(ZERO + width, last)),
        st.sampled_from(WIDTHS),
        st.booleans(),
    ),
    st.just(Onset(Cut(ZERO), None)),
    st.builds(lambda last: Onset(None, Cut(ZERO, last)), st.booleans()),
)
onsets = st.one_of(exact_onsets, vague_onsets)


@st.composite
def timed(draw: st.DrawFn) -> Knowledge:
    """A base whose rules all have windows and ask for little else, so that much changes in time."""
    base = draw(knowledge_bases)
    rules = []
    for rule in base.rules:
        regions = tuple(
            Region(
                treatments=Classes(region.treatments.required),
                injuries=region.injuries,
                factors=Classes(excluded=region.factors.excluded),
                grades=region.grades,
                hours=draw(spans.filter(lambda span: not span.is_empty)),
            )
            for region in rule.regions
        )
        rules.append(replace(rule, regions=regions))
    return replace(base, rules=tuple(rules))
