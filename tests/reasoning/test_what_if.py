"""The smallest changes that alter a verdict are those that trying all changes finds.

Here every change of facts is tried, size by size: each factor that a rule about the treatment
mentions becomes present or absent, and so does each stated factor that brings such a one along; the
grade becomes any other that the injury can have. The engine is asked anew about every changed case.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.reasoning.bases import cases, knowledge_bases, named, onsets
from tests.reasoning.oracle import TREATMENTS, World, covers, holds, worlds_of
from tests.reasoning.test_engine_against_brute_force import small
from tests.reasoning.test_timeline import MICROSECOND, at, bases, dated, sampled

from primum.foundation.errors import Contradiction
from primum.foundation.names import Kind
from primum.model.cases import Case
from primum.model.explanations import Alternative, Supposed, Turn, WhatIf
from primum.model.knowledge import Knowledge
from primum.model.levels import Screening, Verdict
from primum.model.moments import Onset
from primum.model.regions import UNGRADED, Classes, Region
from primum.model.terms import Term
from primum.reasoning.engine import Engine
from primum.reasoning.explaining import explain
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

Changes = frozenset[tuple[Turn, str]]
MILDEST_FIRST = ["ruled-out", "undetermined", "precaution"]
MILDEST_FIRST += ["relatively-contraindicated", "contraindicated"]
AT = "2026-11-20T10:00:00Z"
MOST = 4  # three factors that no age defines, and the grade
ORACLE = settings(max_examples=70)


def verdict_of(engine: Engine, case: Case, treatment: Term) -> Verdict:
    """The verdict on a treatment, asked of the engine."""
    findings = engine.answer(case).findings
    return next(found.verdict for found in findings if found.treatment == treatment)


def severity(verdict: Verdict) -> int:
    """How strict a verdict is; that no rule speaks of a treatment is as mild as any."""
    return 0 if verdict is Verdict.NO_RULE else MILDEST_FIRST.index(verdict)


def mentioned(knowledge: Knowledge, worlds: list[World], treatment: Term) -> frozenset[str] | None:
    """The factors that rules about a treatment ask for, or ask not to be.

    None where a region that nothing can ever lie in asks for more: it may count or not.
    """
    supers = knowledge.axioms.above[treatment.iri]
    regions = [r for rule in knowledge.rules if rule.level for r in rule.regions]
    speaking = [region for region in regions if covers(region, supers)]
    every, possible = (
        frozenset[str]().union(*(r.factors.required | r.factors.excluded for r in some))
        for some in (speaking, [r for r in speaking if any(holds(r, world) for world in worlds)])
    )
    return every if every == possible else None


@dataclass(frozen=True)
class Search:
    """A search through all changes of one case for one treatment."""

    engine: Engine
    case: Case
    treatment: Term
    bearing: frozenset[str]

    def single(self) -> Iterator[tuple[Turn, str]]:
        """Every change of one fact; what age defines goes with the age, which stays."""
        axioms = self.engine.knowledge.axioms
        brings = {n for n in self.case.present if self.bearing & axioms.entailed_by(n)}
        for name in sorted((self.bearing | brings) - axioms.by_age.keys()):
            if name not in self.case.present:
                yield Turn.PRESENT, name
            if name not in self.case.absent:
                yield Turn.ABSENT, name
        for grade in axioms.grades[self.case.injury] - {UNGRADED, self.case.grade}:
            yield Turn.GRADE, str(grade)

    def of_size(self, size: int) -> dict[Changes, int]:
        """How strict the verdict is after each change of so many facts that can be."""
        found = {}
        for changes in combinations(self.single(), size):
            facts = {"" if turn is Turn.GRADE else name for turn, name in changes}
            if len(facts) == size:
                try:
                    verdict = verdict_of(self.engine, after(self.case, changes), self.treatment)
                except Contradiction:
                    continue
                found[frozenset(changes)] = severity(verdict)
        return found

    def smallest(self, *, stricter: bool, most: int) -> set[Changes]:
        """Every change of the smallest size, up to some, that alters the verdict so."""
        now = severity(verdict_of(self.engine, self.case, self.treatment))
        for size in range(1, most + 1):
            found = self.of_size(size).items()
            works = {each for each, then in found if (then > now if stricter else then < now)}
            if works:
                return works
        return set()


def after(case: Case, changes: tuple[tuple[Turn, str], ...]) -> Case:
    """A case after a change."""
    for turn, name in changes:
        one, (present, absent) = {name}, (case.present, case.absent)
        if turn is Turn.GRADE:
            case = replace(case, grade=int(name))
        elif turn is Turn.PRESENT:
            case = replace(case, present=present | one, absent=absent - one)
        else:
            case = replace(case, present=present - one, absent=absent | one)
    return case


def spelled(change: Supposed) -> tuple[Turn, str]:
    """A change of one fact, as the search spells it."""
    return change.turn, change.factor.iri if change.factor else str(change.grade)


def in_words(found: tuple[Alternative, ...]) -> set[Changes]:
    """The changes that are found, as the search spells them; none is found twice."""
    every = [frozenset(map(spelled, alternative.changes)) for alternative in found]
    assert len(set(every)) == len(every)
    return set(every)


@ORACLE
@given(knowledge=knowledge_bases, case=cases)
def test_no_smaller_change_alters_a_verdict_and_none_is_missing(
    knowledge: Knowledge, case: Case
) -> None:
    """Milder and stricter are what trying every change of every size finds."""
    engine, worlds = Engine(knowledge), worlds_of(knowledge.axioms)
    for treatment in knowledge.treatments:
        bearing = mentioned(knowledge, worlds, treatment)
        if bearing is None:
            continue
        search = Search(engine, case, treatment, bearing)
        try:
            found = explain(engine, case, treatment).what_if
        except Contradiction:
            return
        for stricter, given_ in ((False, found.milder), (True, found.stricter)):
            event(f"{'stricter' if stricter else 'milder'} by {size_of(given_)}")
            expected = search.smallest(stricter=stricter, most=MOST)
            assert expected == in_words(given_), (case, treatment.iri, stricter)


def size_of(found: tuple[Alternative, ...]) -> int:
    """How many facts each alternative changes; 0 where there is none."""
    sizes = {len(alternative.changes) for alternative in found} or {0}
    assert len(sizes) == 1
    return sizes.pop()


@ORACLE
@given(knowledge=knowledge_bases, case=cases)
def test_every_alternative_leads_where_it_says(knowledge: Knowledge, case: Case) -> None:
    """Asked anew with the changed facts, the engine gives the verdict that was told."""
    engine = Engine(knowledge)
    for treatment in knowledge.treatments:
        try:
            found = explain(engine, case, treatment).what_if
        except Contradiction:
            return
        for alternative in (*found.milder, *found.stricter):
            changed = after(case, tuple(map(spelled, alternative.changes)))
            assert verdict_of(engine, changed, treatment) is alternative.verdict
            kept = (case.injury, case.age, case.hours, case.dating, case.screening)
            same = (changed.injury, changed.age, changed.hours, changed.dating, changed.screening)
            assert kept == same


@settings(ORACLE, max_examples=60)
@given(knowledge=bases, case=cases, onset=st.none() | onsets, number=st.integers(0, 60))
def test_the_clock_is_the_next_instant_with_another_verdict(
    knowledge: Knowledge, case: Case, onset: Onset | None, number: int
) -> None:
    """From an instant on, dated or not, the clock tells what asking at later instants finds."""
    engine = Engine(knowledge)
    placed = case if onset is None else dated(case, onset)
    instants = sampled(knowledge, placed)
    here = instants[number % len(instants)]
    later = [instant for instant in instants if instant > here]
    for treatment in knowledge.treatments:
        try:
            clock = explain(engine, at(placed, here), treatment).what_if.clock
        except Contradiction:
            return
        event("no other verdict" if clock is None else "another verdict")
        now = verdict_of(engine, at(placed, here), treatment)
        verdicts = ((n, verdict_of(engine, at(placed, n), treatment)) for n in later)
        first, then = next(((n, v) for n, v in verdicts if v is not now), (None, None))
        assert then == (clock and clock.then), treatment.iri
        if first is not None and clock is not None:
            # A change just after an edge is first seen at the instant that is sampled beside it.
            assert 0 <= first - clock.hours <= MICROSECOND


def test_a_factor_that_turns_absent_takes_along_what_it_brought() -> None:
    """A bruise keeps a rule from applying, and it is there only because of the bleeding."""
    knowledge = bleeding_brings_a_bruise(Region(factors=Classes(excluded=frozenset({"Bruise"}))))
    case = Case("Limb", present=frozenset({"Bleeding"}))
    found = explain(Engine(knowledge), case, named(TREATMENTS)[0]).what_if
    assert {frozenset({(Turn.ABSENT, "Bleeding")})} == in_words(found.stricter)


def test_what_a_factor_brought_can_turn_absent_with_it() -> None:
    """With the bleeding gone the bruise is open; only without both can the rule not apply."""
    arm, bruise = frozenset({"Arm"}), frozenset({"Bruise"})
    asked = Region(injuries=Classes(required=arm), factors=Classes(required=bruise))
    case = Case("Limb", present=frozenset({"Bleeding"}), screening=Screening.UNKNOWN)
    engine = Engine(bleeding_brings_a_bruise(asked))
    found = explain(engine, case, named(TREATMENTS)[0]).what_if
    both = {(Turn.ABSENT, "Bleeding"), (Turn.ABSENT, "Bruise")}
    assert {frozenset(both)} == in_words(found.milder)


def test_a_factor_that_turns_present_can_keep_another_out() -> None:
    """No one has both: a bruise rules out the clot that would bar the treatment."""
    clot, bruise = frozenset({"Clot"}), frozenset({"Bruise"})
    severe = Region(factors=Classes(required=bruise), grades=frozenset({3}))
    knowledge = small(Region(factors=Classes(required=clot)), severe)
    axioms = replace(knowledge.axioms, apart=frozenset({clot | bruise}))
    engine = Engine(replace(knowledge, axioms=axioms))
    case = Case("Limb", grade=1, screening=Screening.UNKNOWN)
    found = explain(engine, case, named(TREATMENTS)[0]).what_if
    expected = {frozenset({(Turn.ABSENT, "Clot")}), frozenset({(Turn.PRESENT, "Bruise")})}
    assert expected == in_words(found.milder)


def test_what_an_absent_factor_kept_out_can_stay_out_when_it_turns_present() -> None:
    """With a bruise, bleeding is open again; only if there is none can the rule not apply."""
    arm, bruise, bleeding = (Classes(frozenset({name})) for name in ("Arm", "Bruise", "Bleeding"))
    without = Region(injuries=arm, factors=Classes(excluded=bruise.required))
    knowledge = bleeding_brings_a_bruise(without, Region(injuries=arm, factors=bleeding))
    case = Case("Limb", absent=bruise.required, screening=Screening.UNKNOWN)
    found = explain(Engine(knowledge), case, named(TREATMENTS)[0]).what_if
    both = {(Turn.PRESENT, "Bruise"), (Turn.ABSENT, "Bleeding")}
    assert {frozenset(both)} == in_words(found.milder)


def bleeding_brings_a_bruise(*regions: Region) -> Knowledge:
    """A base of one rule, in which bleeding is a kind of bruise."""
    knowledge = small(*regions)
    kinds = {"Bleeding": frozenset({"Bleeding", "Bruise", Kind.FACTOR})}
    above = {**knowledge.axioms.above, **kinds}
    return replace(knowledge, axioms=replace(knowledge.axioms, above=above))


def shipped(primum: Primum, asked: Asked, treatment: str) -> WhatIf:
    """What would change a verdict over the shipped knowledge."""
    return primum.explain(asked, treatment=treatment)[1].what_if


@pytest.mark.parametrize(
    "asked",
    [
        Asked("HamstringStrain", hours="30"),
        Asked("HamstringStrain", grade="1", hours="100", present=["pregnancy", "fever"]),
        Asked("AchillesTendinopathy", present=["fever"], absent=["burn"], screening="unknown"),
        Asked("KneeMclSprain", grade="3", hours="200", present=["PregnancyThirdTrimester"]),
    ],
)
@pytest.mark.parametrize("treatment", ["Massage", "OralNsaid", "HeatTherapy"])
def test_shipped_alternatives_lead_where_they_say(
    primum: Primum, asked: Asked, treatment: str
) -> None:
    """Milder ones are milder, stricter ones stricter, and neither touches age, injury or time."""
    case, explanation = primum.explain(asked, treatment=treatment)
    now, found = severity(explanation.finding.verdict), explanation.what_if
    for sign, given_ in ((-1, found.milder), (1, found.stricter)):
        for alternative in given_:
            changed = after(case, tuple(map(spelled, alternative.changes)))
            then = verdict_of(primum.engine, changed, explanation.finding.treatment)
            assert then is alternative.verdict
            assert (severity(then) - now) * sign > 0


def test_the_worked_example_has_a_milder_grade(primum: Primum) -> None:
    """A grade 2 strain bars massage for a week, a grade 1 strain does not."""
    found = shipped(primum, Asked("HamstringStrain", grade="2", hours="100"), "Massage")
    assert {frozenset({(Turn.GRADE, "1")})} == in_words(found.milder)
    assert found.clock is not None
    assert (found.clock.hours, found.clock.then) == (168, Verdict.RULED_OUT)


@pytest.mark.parametrize(
    ("expected", "asked"),
    [
        (48, Asked("HamstringStrain", grade="2", day="1")),
        (48, Asked("HamstringStrain", grade="2", hours="0")),
        (168, Asked("HamstringStrain", grade="2", hours="48")),
        (None, Asked("HamstringStrain", grade="2", hours="168")),
        (None, Asked("HamstringStrain", grade="2")),
        (48, Asked("HamstringStrain", grade="2", onset="2026-11-19T10:00Z", at=AT)),
        (48, Asked("HamstringStrain", grade="2", onset="2026-11-19Z/..", at=AT)),
        (168, Asked("HamstringStrain", grade="2", onset="2026-11-18", at=AT)),
        (168, Asked("HamstringStrain", grade="2", onset="../2026-11-19T10:00Z", at=AT)),
        (168, Asked("HamstringStrain", grade="2", onset="../2026-11-30", at=AT)),
    ],
)
def test_the_clock_of_the_worked_example(
    primum: Primum, expected: int | None, asked: Asked
) -> None:
    """From absolute to relative, and to silence; from undetermined to silence if it is open."""
    clock = shipped(primum, asked, "Massage").clock
    assert expected == (clock and clock.hours)


def test_what_the_age_or_the_injury_settles_is_not_supposed(primum: Primum) -> None:
    """No change makes a patient younger, or takes from an injury what comes with it."""
    asked = Asked("TendonRupture", hours="30", age="70")
    fixed = {"TendonRuptureSuspected", "Age65OrOver", "AgeUnder12", "AgeUnder14", "Age12OrUnder"}
    for treatment in ("OralNsaid", "Massage", "CorticosteroidInjection"):
        found = shipped(primum, asked, treatment)
        changes = [c for a in (*found.milder, *found.stricter) for c in a.changes]
        assert fixed.isdisjoint(change.factor.id for change in changes if change.factor)
