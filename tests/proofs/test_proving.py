"""Whatever the engine claims is proved, and every proof is accepted."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from tests.proofs.bases import Base, Found, invented, nested, shipped

from primum.foundation.errors import KnowledgeNotFound
from primum.foundation.names import Effect, Link
from primum.knowledge.axiom_base import read_axiom_base
from primum.knowledge.locate import Place
from primum.model.answers import Finding
from primum.model.cases import Case
from primum.model.expressions import Named, Not, Some, SomeNumber
from primum.model.levels import Holds, Verdict
from primum.model.proofs import Axiom, Member, Proof, Standing, ancestry
from primum.proof_checker import check
from primum.use_cases.proof_documents import document
from primum.use_cases.proving import Prover, Unproved
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum

SEEDS = range(8)


def proved(base: Base, case_and_finding: Found) -> list[tuple[Proof, Any]]:
    """The proofs of a finding, each with its document as it arrives from JSON."""
    found = base.prover.proofs(*case_and_finding)
    return [(proof, json.loads(json.dumps(document(proof)))) for proof in found]


def claims(finding: Finding) -> list[tuple[str, str | None]]:
    """What a finding claims of rules: whether each is certain or possible, and which it is."""
    reasons = (*finding.reasons, *finding.recommended)
    return [(reason.holds.value, reason.rule.iri) for reason in reasons]


def by_several(finding: Finding) -> bool:
    """Whether the certain level takes several rules together."""
    strict = [reason for reason in finding.reasons if reason.rule.level >= finding.certain]
    return bool(finding.certain) and not any(r.holds is Holds.CERTAIN for r in strict)


def check_all(base: Base, number: int, place: Path | None = None) -> Iterator[Any]:
    """Prove and check all that is claimed of random situations; the documents."""
    for case, finding in base.findings(number):
        found = proved(base, (case, finding))
        stated = [(doc["holds"], doc["claim"]["rule"]) for proof, doc in found if proof.reason]
        assert claims(finding) == stated
        rest = [doc for proof, doc in found if not proof.reason]
        assert len(rest) >= by_several(finding)
        assert bool(rest) == (by_several(finding) or finding.verdict is Verdict.RULED_OUT)
        for _, doc in found:
            check(doc, place)
            yield doc


def test_what_the_shipped_rules_say_is_proved(primum: Primum, prover: Prover) -> None:
    """Each certain and each possible reason has a proof that holds, and so has a ruled-out rule."""
    documents = list(check_all(shipped(primum, prover, seed=3), 60))
    assert {"certain", "possible", "never"} == {doc["holds"] for doc in documents}


def test_the_axioms_of_proofs_stand_in_the_files(
    primum: Primum, prover: Prover, place: Place
) -> None:
    """With the folder of the knowledge, digest, version and files are checked too."""
    assert list(check_all(shipped(primum, prover, seed=4), 10, place.root))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_random_rules_say_is_proved(seed: int, primum: Primum) -> None:
    """Rules with exclusions, unions, ages and odd windows leave no claim without a proof."""
    assert list(check_all(invented(primum, seed), 12))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_nested_rules_say_is_proved(seed: int, primum: Primum) -> None:
    """Nor do rules whose conditions nest `and`, `or` and `not` around everything else."""
    assert list(check_all(nested(primum, seed), 8))


def test_what_takes_several_rules_is_proved_by_cases(primum: Primum) -> None:
    """A level that no rule gives by itself is proved as a union of levels, case by case."""
    found = []
    for seed in range(100, 105):
        base = invented(primum, seed)
        found += [
            doc
            for case, finding in base.findings(15)
            if by_several(finding)
            for proof, doc in proved(base, (case, finding))
            if proof.reason is None
        ]
    levels = {Effect.ABSOLUTE, Effect.RELATIVE, Effect.PRECAUTION}
    assert found
    for doc in found:
        claimed = doc["claim"]["is"]
        assert levels >= ({claimed} if isinstance(claimed, str) else set(claimed[1:]))
        assert any(step["by"] == "cases" for step in doc["steps"])


def supposed(proof: Proof) -> list[Member]:
    """What a proof supposes of the facts that the record leaves open."""
    facts = [source for each in ancestry(proof.derivation) for source in each.sources]
    found = [fact for fact in facts if isinstance(fact, Member)]
    return [fact for fact in found if fact.standing is Standing.ASSUMING]


def completed(case: Case, proof: Proof) -> Case | None:
    """The case in which what a proof supposes is so; None where a case cannot say it."""
    for fact in supposed(proof):
        match fact.kind:
            case SomeNumber(Link.HOURS, _, span):
                case = replace(case, hours=span)
            case SomeNumber(Link.AGE, _, span):
                case = replace(case, age=ceil(span.start.at))
            case SomeNumber(Link.HAS_GRADE, _, span):
                case = replace(case, grade=ceil(span.start.at))
            case Some(Link.HAS_FACTOR, Named(iri)):
                case = replace(case, present=case.present | {iri})
            case Not(Some(Link.HAS_FACTOR, Named(iri))):
                case = replace(case, absent=case.absent | {iri})
            case _:
                return None
    return case


def test_what_is_supposed_makes_a_rule_certain(primum: Primum, prover: Prover) -> None:
    """Told what a proof supposes, the engine finds no contradiction and the rule certain."""
    told = 0
    base = shipped(primum, prover, seed=6)
    for case, finding in base.findings(15):
        for proof, reason in zip(prover.proofs(case, finding), finding.reasons, strict=False):
            full = completed(case, proof)
            if reason.holds is Holds.POSSIBLE and full is not None:
                told += 1
                findings = primum.engine.answer(full).findings
                again = next(f for f in findings if f.treatment == finding.treatment)
                assert reason.rule in {r.rule for r in again.reasons if r.holds is Holds.CERTAIN}
    assert told > 30


def test_a_claim_that_does_not_follow_is_an_error(primum: Primum, prover: Prover) -> None:
    """A finding that the engine never made has no proof, and the error names the claim."""
    answer = primum.ask(Asked("hamstring-strain", grade="2", day="9"), treatment="massage")
    early = primum.ask(Asked("hamstring-strain", grade="2", day="3"), treatment="massage")
    with pytest.raises(Unproved, match=r"No proof .* `MassageStrainGrade2To3Week` .* certain"):
        prover.proofs(answer.case, early.findings[0])


def test_the_axioms_are_read_once_whichever_thread_asks(primum: Primum, prover: Prover) -> None:
    """Many threads that ask at once share one index."""
    answer = primum.ask(Asked("hamstring-strain", grade="2", day="3"), treatment="massage")
    dataset = primum.place.release / primum.release.manifest.dataset
    reads: list[Path] = []

    def read() -> tuple[Axiom, ...]:
        reads.append(dataset)
        return read_axiom_base(dataset)

    fresh = Prover(primum.engine, read)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda f: fresh.proofs(answer.case, f), answer.findings * 4))
    assert [dataset] == reads
    expected = [document(proof) for proof in prover.proofs(answer.case, answer.findings[0])]
    assert [expected] * 4 == [[document(proof) for proof in proofs] for proofs in found]


def test_a_release_that_was_replaced_is_told(tmp_path: Path) -> None:
    """Proofs come from the release that answers; one that is gone cannot be read."""
    with pytest.raises(KnowledgeNotFound, match="another release took its place"):
        read_axiom_base(tmp_path / "knowledge-0.nq")
