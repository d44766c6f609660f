"""Proofs: what it costs to find one, and to check it with none of Primum's own code."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench.engines import Mismatch
from tests.bench.measure import Calls, Measured, on_its_own, take_turns

from primum import proof_checker
from primum.model.answers import Finding
from primum.model.cases import Case
from primum.use_cases.drawing import Situation
from primum.use_cases.proof_documents import document
from primum.use_cases.proving import Prover
from primum.use_cases.service import Primum

Json = dict[str, Any]
_Cached = type(lru_cache(len))


@dataclass(frozen=True, slots=True)
class Proved:
    """A case, a finding on it, and the proofs of what that claims, as documents."""

    case: Case
    finding: Finding
    documents: Sequence[Json]


def proofs(
    primum: Primum, records: Mapping[str, Sequence[Situation]], *, count: int, rounds: int
) -> list[Measured]:
    """Proofs of findings on so many records of each kind, and their checks, as a share of each."""
    prover = Prover.over(primum)
    found = {
        name: list(islice(proved(primum, prover, kind), count)) for name, kind in records.items()
    }
    demand_accepted(each for kind in found.values() for one in kind for each in one.documents)
    first = found[next(iter(found))][0]
    return [
        on_its_own("proof, the first (reads axioms)", partial(_anew, primum, first), rounds=rounds),
        *_shares(prover, found, rounds=rounds),
        _as_command(primum.place.root, first.documents[0], rounds=rounds),
    ]


def _shares(
    prover: Prover, found: Mapping[str, Sequence[Proved]], *, rounds: int
) -> list[Measured]:
    """What one proof costs, and its check, where a finding has several."""
    ready: dict[str, Calls] = {}
    for name, kind in found.items():
        ready[f"proof, {name}"] = [partial(prover.proofs, one.case, one.finding) for one in kind]
        ready[f"check of a proof, {name}"] = [partial(_check_all, one.documents) for one in kind]
    numbers = [sum(len(one.documents) for one in kind) / len(kind) for kind in found.values()]
    each = [number for number in numbers for _ in ("proof", "check")]
    measured = take_turns(ready, rounds=rounds)
    return [row.shared_by(number) for row, number in zip(measured, each, strict=True)]


def proved(primum: Primum, prover: Prover, records: Iterable[Situation]) -> Iterator[Proved]:
    """The records on which something is claimed that has a proof."""
    for record in records:
        findings = primum.engine.answer(record.case).findings
        finding = next(f for f in findings if f.treatment.iri == record.treatment)
        documents = [written(document(proof)) for proof in prover.proofs(record.case, finding)]
        if documents:
            yield Proved(record.case, finding, documents)


def written(proof: Json) -> Json:
    """A proof as whoever reads its text has it."""
    found: Json = json.loads(json.dumps(proof))
    return found


def demand_accepted(documents: Iterable[Json]) -> None:
    """Raise Mismatch at the first proof that the stand-alone checker does not accept."""
    for proof in documents:
        try:
            proof_checker.check(proof)
        except proof_checker.Fault as fault:
            raise Mismatch(f"No proof of {proof['claim']}: {fault}") from fault


def _check_all(documents: Iterable[Json]) -> None:
    """Check every proof as if no other had been checked before."""
    kept = [held for held in vars(proof_checker).values() if isinstance(held, _Cached)]
    for proof in documents:
        for held in kept:
            held.cache_clear()
        proof_checker.check(proof)


def _anew(primum: Primum, one: Proved) -> object:
    """The proofs of a finding, by a prover that has read nothing yet."""
    return Prover.over(primum).proofs(one.case, one.finding)


def _as_command(root: Path, proof: Json, *, rounds: int) -> Measured:
    """The checker in an interpreter of its own, which also looks for each axiom in the files."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "proof.json"
        file.write_text(json.dumps(proof), encoding="utf-8")
        command = [sys.executable, proof_checker.__file__, str(file), str(root)]

        def run() -> None:
            ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
            if ended.returncode:
                raise Mismatch(f"No proof of {proof['claim']}: {ended.stdout}{ended.stderr}")

        return on_its_own("check of a proof, as a command", run, rounds=rounds)
