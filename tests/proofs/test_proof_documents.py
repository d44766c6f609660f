"""A proof as JSON says what it rests on, the same each time, in words that people can read."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from primum.model.proofs import Proof
from primum.use_cases.proof_documents import document

GOLDEN = Path(__file__).parents[1] / "golden" / "proof-design-question.json"
UPDATE = "PRIMUM_UPDATE_GOLDEN"

ASK = """
import json
from primum.use_cases.proof_documents import document
from primum.use_cases.proof_graphs import turtle
from primum.use_cases.proving import Prover
from primum.use_cases.question import Asked
from primum.use_cases.service import Primum
primum = Primum.load()
answer = primum.ask(Asked("hamstring-strain", grade="2", day="3"), treatment="massage")
for proof in Prover.over(primum).proofs(answer.case, answer.findings[0]):
    print(json.dumps(document(proof)), turtle(proof).decode())
"""


def test_the_proof_of_the_design_question(design_document: Any) -> None:
    """The golden proof; read a change in it as a change of what is proved, or how.

    `PRIMUM_UPDATE_GOLDEN=1` writes it anew. The digest is left out: it changes with any file.
    """
    design_document["knowledge"]["digest"] = "sha256:"
    spelled = json.dumps(design_document, indent=2, ensure_ascii=False) + "\n"
    if os.environ.get(UPDATE):
        GOLDEN.write_text(spelled)
    assert GOLDEN.read_text() == spelled


def test_a_proof_names_its_knowledge(design_proof: Proof, design_document: Any) -> None:
    """Version and digest are those of the answer that it proves."""
    edition = design_proof.edition
    expected = {"version": edition.version, "digest": edition.digest}
    assert expected == design_document["knowledge"]


def test_an_axiom_says_where_it_stands(design_document: Any) -> None:
    """The definition of the rule is shown as its file has it, in Manchester syntax too."""
    definition = next(a for a in design_document["axioms"] if a["says"][0] == "EquivalentTo")
    expected = (
        "MassageStrainGrade2To3Week EquivalentTo (TreatmentSituation and (forInjury some "
        "(MuscleStrain and (hasGrade some xsd:integer[>= 2]))) and (proposes some Massage) and "
        "(hoursSinceOnset some xsd:decimal[>= 0.0, < 168.0]))"
    )
    assert expected == definition["text"]
    assert definition["file"] == "rules/contraindications/massage.ttl"
    assert [line for line in definition["triples"] if '"168.0"' in line]


def test_a_comparison_repeats_both_ranges(design_document: Any) -> None:
    """The hours found and the hours asked for stand side by side."""
    compared = [step["compared"] for step in design_document["steps"] if "compared" in step]
    expected = [
        ["2", "xsd:integer[>= 2]"],
        ["xsd:decimal[>= 72.0, < 96.0]", "xsd:decimal[>= 0.0, < 168.0]"],
    ]
    assert expected == compared


def test_the_same_proof_is_the_same_bytes(design_proof: Proof) -> None:
    """Neither the order of sets nor the names of blank nodes show in JSON or RDF."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", ASK],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=300,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].startswith(json.dumps(document(design_proof)).encode())
