"""A proof in which one thing is changed is no proof: the checker accepts none of them.

The changes are systematic: every leaf, every member of every list, every key (`mutations.py`).
"""

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from tests.proofs.bases import Base, invented, nested, shipped
from tests.proofs.mutations import Change, changes, same

from primum.knowledge.locate import Place
from primum.model.proofs import By
from primum.proof_checker import Fault, check
from primum.use_cases.proof_documents import document
from primum.use_cases.proving import Prover
from primum.use_cases.service import Primum

SAMPLE = 120


def accepted(proof: Any, place: Path | None = None) -> bool:
    """Whether the checker finds no fault."""
    try:
        check(proof, place)
    except Fault:
        return False
    return True


def survivors(proof: Any, changed: Iterable[Change], place: Path | None = None) -> list[str]:
    """The changes after which a proof is another one and still accepted."""
    pairs = ((change, change.of(proof)) for change in changed)
    return [str(c) for c, other in pairs if not same(proof, other) and accepted(other, place)]


def told_by_the_folder(change: Change) -> bool:
    """Whether a change is one that only the folder of the knowledge can tell."""
    return change.path[0] == "knowledge" or change.path[-1] == "file"


def documents(base: Base, number: int) -> list[Any]:
    """The proofs of random findings, smallest first."""
    found = [
        json.loads(json.dumps(document(proof)))
        for case, finding in base.findings(number)
        for proof in base.prover.proofs(case, finding)
    ]
    return sorted(found, key=lambda proof: len(json.dumps(proof)))


def features(proof: Any) -> set[str]:
    """What a proof is an example of: rules of inference, kinds of axioms and of facts."""
    return {
        proof["holds"],
        *(step["by"] for step in proof["steps"]),
        *(axiom["says"][0] for axiom in proof["axioms"]),
        *(group for group in ("assumed", "assuming") if proof[group]),
    }


@pytest.fixture(scope="module")
def examples(primum: Primum, prover: Prover) -> list[Any]:
    """A few small proofs that have every feature between them."""
    found = documents(shipped(primum, prover, seed=5), 25)
    for seed in range(200, 205):
        found += documents(invented(primum, seed), 12) + documents(nested(primum, seed), 8)
    chosen: list[Any] = []
    seen: set[str] = set()
    for proof in sorted(found, key=lambda proof: len(json.dumps(proof))):
        if not features(proof) <= seen:
            chosen.append(proof)
            seen |= features(proof)
    return chosen


def test_the_examples_show_nearly_every_rule_of_inference(examples: list[Any]) -> None:
    """What is mutated is varied: only a rule that random knowledge hardly needs is missing."""
    seen = set().union(*(features(proof) for proof in examples))
    assert {rule.value for rule in By} - {By.NOT_WITHIN} <= seen
    assert {"possible", "never", "certain", "assumed", "assuming"} <= seen


def test_no_change_of_the_design_proof_is_accepted(design_document: Any) -> None:
    """All changes of one proof, but for those that only the folder of the knowledge can tell."""
    check(design_document)
    changed = [each for each in changes(design_document) if not told_by_the_folder(each)]
    assert len(changed) > 2000
    assert survivors(design_document, changed) == []


def test_no_sampled_change_of_the_examples_is_accepted(examples: list[Any]) -> None:
    """Some of the changes of each of many proofs, drawn at random."""
    chance = random.Random(7)  # noqa: S311 - samples, no secrets
    for proof in examples:
        check(proof)
        changed = [each for each in changes(proof) if not told_by_the_folder(each)]
        chosen = chance.sample(changed, min(SAMPLE, len(changed)))
        assert survivors(proof, chosen) == []


def test_the_folder_tells_the_rest(design_document: Any, place: Place) -> None:
    """With the folder, no other digest, version or file is accepted either."""
    check(design_document, place.root)
    told = [each for each in changes(design_document) if told_by_the_folder(each)]
    assert survivors(design_document, told[::5], place.root) == []
    named = [each for each in told if "digest" not in each.path]
    assert survivors(design_document, named, place.root) == []


def test_an_axiom_that_no_file_has_is_told_by_the_folder(
    design_document: Any, place: Place
) -> None:
    """A made-up axiom can be sound in itself; only the folder tells that nobody asserted it."""
    changed = json.loads(
        json.dumps(design_document).replace("< 168.0]", "< 200.0]").replace('168.0\\"', '200.0\\"')
    )
    check(changed)
    with pytest.raises(Fault, match="is not in"):
        check(changed, place.root)


def misdirected(proof: Any) -> Iterable[Change]:
    """The proof with one reference of one step replaced by another that there is."""
    names, numbers = known(proof), [step["step"] for step in proof["steps"]]
    for place, step in enumerate(proof["steps"]):
        for at, ref in enumerate(step["from"]):
            for other in numbers if isinstance(ref, int) else names:
                if other != ref:
                    yield Change(("steps", place, "from", at), f"cites {other}", other)


def known(proof: Any) -> list[str]:
    """The ids of facts and axioms."""
    groups = ("asserted", "assumed", "assuming", "axioms")
    return [said["id"] for group in groups for said in proof[group]]


def test_no_other_reference_is_accepted(design_document: Any) -> None:
    """Each reference of each step is needed just as it is."""
    assert survivors(design_document, misdirected(design_document)) == []


@pytest.mark.parametrize("group", ["asserted", "axioms", "steps"])
def test_parts_that_trade_places_are_told(group: str, design_document: Any) -> None:
    """Statements and steps that trade places and names are cited for what they do not say."""
    parts = design_document[group]
    name = "step" if group == "steps" else "id"
    for place in range(len(parts) - 1):
        one, other = parts[place : place + 2]
        pair = [{**other, name: one[name]}, {**one, name: other[name]}]
        traded = {**design_document, group: [*parts[:place], *pair, *parts[place + 2 :]]}
        assert not accepted(traded)
