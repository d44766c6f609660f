"""A mutant is killed exactly if a case fails by it, and equivalent only if no answer differs."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.clinical.case import Clinical
from tests.clinical.files import read_cases
from tests.clinical.keys import differences
from tests.clinical.killing import Fate, Judge, score
from tests.clinical.mutants import Mutant, Mutator, Operator
from tests.clinical.reach import Reaches
from tests.clinical.shipped import knowledge

from primum.reasoning.engine import Engine

FOLDER = Path(__file__).parents[1] / "cases"
ENGINE = knowledge().engine
KNOWLEDGE = ENGINE.knowledge
RULES = {rule.slug: rule for rule in KNOWLEDGE.rules}
STRAIN = (
    '[[case]]\nsays = "A strain."\nfollows = "SEED-ITBS"\ninjury = "hamstring strain"\ngrade = 2\n'
)


def mutants(slug: str) -> list[Mutant]:
    """All mutants of a rule."""
    return Mutator.of(KNOWLEDGE).mutants(RULES[slug])


def cases(*names: str) -> list[Clinical]:
    """The clinicians' cases of some files."""
    return [case for name in names for case in read_cases(FOLDER / f"{name}.toml")]


def judge(folder: Path, lines: str) -> Judge:
    """A judge with one case of a grade 2 hamstring strain and some more lines."""
    path = folder / "one.toml"
    path.write_text(STRAIN + lines, encoding="utf-8")
    return Judge(Reaches(ENGINE, read_cases(path)))


def over(mutant: Mutant) -> Engine:
    """An engine over all rules, with a mutant in place of its rule."""
    rules = (mutant.becomes if r.iri == mutant.rule.iri else r for r in KNOWLEDGE.rules)
    return Engine(replace(KNOWLEDGE, rules=tuple(rule for rule in rules if rule is not None)))


def fates(judge: Judge, slug: str, operator: Operator) -> dict[str, Fate]:
    """The fates of the mutants of a rule by one operator."""
    return {m.says: judge.outcome(m).fate for m in mutants(slug) if m.operator is operator}


@pytest.mark.parametrize("part", range(6))
def test_cases_that_fail_are_those_of_a_run_over_everything(part: int) -> None:
    """Asking few cases over few rules finds the failing cases that all over all rules find."""
    some = cases("massage", "explanations", "timelines", "screening", "dates")
    rules = [rule for rule in KNOWLEDGE.rules if rule.topic == "massage"]
    every = [mutant for rule in rules for mutant in Mutator.of(KNOWLEDGE).mutants(rule)]
    mutant = every[part * (len(every) - 1) // 5]
    engine = over(mutant)
    expected = {case.says for case in some if differences(case, engine)}
    assert expected == {r.case.says for r in Judge(Reaches(ENGINE, some)).failing(mutant)}


def test_case_inside_a_rule_kills_what_takes_it_out(tmp_path: Path) -> None:
    """A case just before the end of a window tells of a window that ends earlier, not later."""
    one = judge(
        tmp_path, 'hours = "167.999999"\nverdict = { massage = "relatively-contraindicated" }'
    )
    assert fates(one, "massage-strain-grade2-3-week", Operator.HOURS) == {
        "until 168 becomes 167": Fate.KILLED,
        "until 168 becomes 169": Fate.SURVIVED,
        "until 168 changes sides": Fate.SURVIVED,
        "until 168 left out": Fate.SURVIVED,
    }


def test_case_just_outside_a_rule_kills_what_takes_it_in(tmp_path: Path) -> None:
    """A case at the end of a window tells of a window that ends later, or at that very instant."""
    one = judge(tmp_path, 'hours = 168\nverdict = { massage = "ruled-out" }')
    assert fates(one, "massage-strain-grade2-3-week", Operator.HOURS) == {
        "until 168 becomes 167": Fate.SURVIVED,
        "until 168 becomes 169": Fate.KILLED,
        "until 168 changes sides": Fate.KILLED,
        "until 168 left out": Fate.KILLED,
    }


def test_level_below_the_verdict_is_told_by_levels_alone(tmp_path: Path) -> None:
    """A milder rule behind a stricter one moves no verdict; a case that gives levels tells it."""
    verdict = judge(tmp_path, 'hours = 10\nverdict = { massage = "contraindicated" }')
    assert set(fates(verdict, "massage-strain-grade2-3-week", Operator.LEVEL).values()) == {
        Fate.SURVIVED
    }
    every = ENGINE.answer(read_cases(tmp_path / "one.toml")[0].record).findings
    reasons = next(f.reasons for f in every if f.treatment.slug == "massage")
    levels = ", ".join(f'{r.rule.slug} = "{r.rule.word}"' for r in reasons)
    told = judge(tmp_path, f"hours = 10\nverdict = {{}}\nlevels = {{ massage = {{ {levels} }} }}")
    assert set(fates(told, "massage-strain-grade2-3-week", Operator.LEVEL).values()) == {
        Fate.KILLED
    }


@pytest.mark.parametrize(
    "slug", ["massage-strain-grade2-3-week", "ibuprofen-under-12", "csi-achilles"]
)
def test_witness_of_a_survivor_is_answered_differently(slug: str) -> None:
    """Without cases nothing is killed, and each survivor comes with a record that would tell it."""
    alone = Judge(Reaches(ENGINE, []))
    outcomes = [alone.outcome(mutant) for mutant in mutants(slug)]
    assert {outcome.fate for outcome in outcomes} == {Fate.SURVIVED}
    for outcome in outcomes:
        assert outcome.witness is not None
        found = [
            {(r.rule.iri, r.rule.effect, r.holds) for r in finding.reasons}
            for engine in (ENGINE, over(outcome.mutant))
            for finding in engine.answer(outcome.witness).findings
            if finding.treatment.iri == outcome.treatment
        ]
        assert found[0] != found[1]


def test_change_that_moves_no_answer_is_equivalent() -> None:
    """A rule of two parts holds in grade 1 from 48 hours, so naming it from 168 adds nothing."""
    alone = Judge(Reaches(ENGINE, []))
    equivalent = [
        mutant.says
        for mutant in mutants("recommend-massage-in-muscle-strain")
        if alone.outcome(mutant).fate is Fate.EQUIVALENT
    ]
    assert equivalent == ["any grade", "1 added"]


def test_score_leaves_out_what_changes_nothing() -> None:
    """Equivalent mutants count neither as killed nor as survived; of no mutants all are killed."""
    alone = Judge(Reaches(ENGINE, []))
    outcomes = [alone.outcome(m) for m in mutants("recommend-massage-in-muscle-strain")]
    killed = replace(outcomes[0], fate=Fate.KILLED)
    equivalent = next(outcome for outcome in outcomes if outcome.fate is Fate.EQUIVALENT)
    assert score([killed, equivalent, outcomes[0]]) == 0.5
    assert score([equivalent]) == score([]) == 1.0
