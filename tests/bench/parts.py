"""The parts of the benchmark: what is compared, and then timed, in each."""

import random
from collections.abc import Mapping, Sequence
from functools import partial

import rdflib
from tests.bench.agreement import judged
from tests.bench.engines import (
    Contender,
    as_json,
    cold,
    demand_agreement,
    oxigraph,
    warm,
    with_rdflib,
)
from tests.bench.generate import questions
from tests.bench.measure import Calls, Measured, take_turns
from tests.bench.probe import probe
from tests.bench.scale import SEED, Scale

from primum.knowledge import files
from primum.knowledge.release import load_release
from primum.model.cases import Case
from primum.reasoning.engine import Engine
from primum.use_cases.drawing import Draw, Situation
from primum.use_cases.judging import Judge
from primum.use_cases.named.query import NamedQuery
from primum.use_cases.named.questions import Questions
from primum.use_cases.service import Primum


def answers(primum: Primum, scale: Scale) -> list[Measured]:
    """One question about all treatments: the engine, Oxigraph and rdflib, on equal questions."""
    knowledge, query = primum.release.knowledge, contraindications(primum)
    cases = questions(knowledge, count=scale.questions, seed=SEED)
    quick = [warm(primum.engine), cold(primum.engine), as_json(primum.engine)]
    quick.append(oxigraph(primum.release.store, query))
    slow = with_rdflib(rdflib_dataset(primum), query)
    demand_agreement(quick[0], quick, cases)
    demand_agreement(quick[0], [slow], cases[: scale.rdflib])
    few = {slow.name: ready(slow, cases[: scale.rdflib])}
    times = take_turns({one.name: ready(one, cases) for one in quick}, rounds=scale.rounds)
    return [*times, *take_turns(few, rounds=scale.slow_rounds)]


def contraindications(primum: Primum) -> NamedQuery:
    """The named query that asks what the engine is asked."""
    return Questions.of(primum).find("contraindications")


def rdflib_dataset(primum: Primum) -> rdflib.Dataset:
    """The release as rdflib holds it."""
    dataset = rdflib.Dataset(default_union=True)
    path = primum.place.release / primum.release.manifest.dataset
    dataset.parse(data=path.read_bytes(), format="nquads")
    return dataset


def ready(contender: Contender, cases: list[Case]) -> Calls:
    """The questions, ready for a contender."""
    return [contender.ready(case) for case in cases]


def reasoner(primum: Primum, scale: Scale) -> list[Measured]:
    """HermiT on one situation and on a batch, for one treatment; files are read before."""
    draw = Draw(primum.release.knowledge, random.Random(SEED))  # noqa: S311 - samples, not secrets
    situations = [draw.known() for _ in range(scale.situations)]
    alone = {"HermiT, one situation": situations[:1]} if scale.alone else {}
    return hermit(primum.engine, judge_of(primum), situations, alone=alone, scale=scale)


def hermit(
    engine: Engine,
    judge: Judge,
    together: Sequence[Situation],
    *,
    alone: Mapping[str, Sequence[Situation]],
    scale: Scale,
) -> list[Measured]:
    """HermiT on small batches that have a name, and each one's share of a large batch."""
    groups = {**alone, f"HermiT, each of {len(together)}": together}
    calls = {name: [judged(engine, judge, group)] for name, group in groups.items()}
    *found, last = take_turns(calls, rounds=scale.slow_rounds)
    return [*found, last.shared_by(len(together))]


def judge_of(primum: Primum) -> Judge:
    """HermiT over the shipped ontology and rules."""
    return Judge(primum.release.knowledge.axioms, list(files.read(primum.place).dataset))


def loading(primum: Primum, scale: Scale) -> list[Measured]:
    """What it takes until the first question: import, load, build tables, memory."""
    probes = [probe(primum.place.root) for _ in range(scale.rounds)]
    times = take_turns(
        {
            "release, load": [partial(load_release, primum.place.release)],
            "engine, build tables": [partial(Engine, primum.release.knowledge)],
        },
        rounds=scale.rounds,
    )
    memory = [
        Measured(f"memory, {moment}", tuple(one.memory[moment] for one in probes), "bytes")
        for moment in probes[0].memory
    ]
    imported = Measured("import Primum, afresh", tuple(one.imported for one in probes))
    return [imported, *times, *memory]
