"""The engine against an oracle that enumerates every completion of a case, one by one.

The engine never lists completions: it groups them into cells and splits only where it must. Here
small knowledge bases and cases are drawn at random, all worlds of each are listed, and what the
engine says must be what is true in all of them (certain) and in some (possible).
"""

import pytest
from hypothesis import event, given, note, settings
from hypothesis import strategies as st
from tests.reasoning.bases import cases, knowledge_bases, named
from tests.reasoning.oracle import (
    FACTORS,
    INJURIES,
    TREATMENTS,
    Covered,
    Oracle,
    completions,
    covers,
    instants,
    outlines,
    worlds_of,
)

from primum.foundation.errors import Contradiction
from primum.foundation.names import Kind
from primum.model.answers import Change, Finding
from primum.model.cases import Case
from primum.model.knowledge import Axioms, Edition, Knowledge
from primum.model.levels import Holds, Level, Verdict
from primum.model.regions import GRADES, Classes, Region
from primum.model.rules import Rule
from primum.model.spans import Span
from primum.reasoning.engine import Engine


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


@settings(max_examples=200)
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
    assert (found.certain, found.possible) == (Level.NONE, Level.ABSOLUTE)
    assert answered(found) == {"Rule": Holds.POSSIBLE}


def test_a_class_that_the_known_grade_forbids_leaves_nothing_open() -> None:
    """An arm injury is never of grade 2 here, so `not an arm injury` is certain in grade 2."""
    elsewhere = Region(injuries=Classes(excluded=frozenset({"Arm"})))
    knowledge = small(elsewhere, grades=frozenset({0}))
    assert finding_for("Ice", knowledge, Case("Limb")).certain == Level.NONE
    assert finding_for("Ice", knowledge, Case("Limb", grade=2)).certain == Level.ABSOLUTE
