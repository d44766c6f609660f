"""Fixtures of proofs: the prover of the shipped rules, and the proof of the design question."""

import json
from typing import Any

import pytest

from primum.model.proofs import Proof
from primum.use_cases.proof_documents import document
from primum.use_cases.proving import Prover
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum


@pytest.fixture(scope="session")
def prover(primum: Primum) -> Prover:
    """The prover of what Primum answers."""
    return Prover.over(primum)


@pytest.fixture(scope="session")
def design_proof(primum: Primum, prover: Prover) -> Proof:
    """Why massage is contraindicated three days after a hamstring strain of grade 2."""
    answer = primum.ask(Asked("hamstring-strain", grade="2", day="3"), treatment="massage")
    return prover.proofs(answer.case, answer.findings[0])[0]


@pytest.fixture
def design_document(design_proof: Proof) -> Any:
    """The same proof as it arrives from JSON."""
    return json.loads(json.dumps(document(design_proof)))
