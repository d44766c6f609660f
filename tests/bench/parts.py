"""The parts of the benchmark: what is compared, and then timed, in each."""

import random
from dataclasses import dataclass
from functools import partial

import pyoxigraph as ox
import rdflib
from tests.bench.engines import (
    Contender,
    Mismatch,
    as_json,
    cold,
    demand_agreement,
    oxigraph,
    warm,
    with_rdflib,
)
from tests.bench.generate import generated, questions
from tests.bench.measure import Calls, Measured, on_its_own, take_turns
from tests.bench.probe import probe

from primum.foundation.names import Graph
from primum.knowledge import files
from primum.knowledge.flat import rule_triples
from primum.knowledge.release import load_release
from primum.model.cases import Case
from primum.model.knowledge import Knowledge
from primum.reasoning.engine import Engine
from primum.use_cases.drawing import Draw, Situation
from primum.use_cases.judging import Judge
from primum.use_cases.query import NamedQuery, find_query
from primum.use_cases.service import Primum
from primum.use_cases.verify import holding

SEED = 1


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is asked: questions of each contender, situations of the reasoner, sizes."""

    questions: int = 200
    rdflib: int = 10
    situations: int = 40
    growth: int = 4
    rounds: int = 5
    slow_rounds: int = 3
    sizes: tuple[int, ...] = (1, 10, 100)


QUICK = Scale(
    questions=20, rdflib=3, situations=5, growth=3, rounds=3, slow_rounds=1, sizes=(1, 10)
)


def answers(primum: Primum, scale: Scale) -> list[Measured]:
    """One question about all treatments: the engine, Oxigraph and rdflib, on equal questions."""
    knowledge, query = primum.release.knowledge, contraindications(primum)
    cases = questions(knowledge, count=scale.questions, seed=SEED)
    quick = [warm(primum.engine), cold(primum.engine), as_json(primum.engine)]
    quick.append(oxigraph(primum.release.store, query))
    slow = with_rdflib(rdflib_dataset(primum), query)
    demand_agreement(quick[0], quick, cases)
    demand_agreement(quick[0], [slow], cases[: scale.rdflib])
    few = {slow.name: _calls(slow, cases[: scale.rdflib])}
    times = take_turns({one.name: _calls(one, cases) for one in quick}, rounds=scale.rounds)
    return [*times, *take_turns(few, rounds=scale.slow_rounds)]


def contraindications(primum: Primum) -> NamedQuery:
    """The named query that asks what the engine is asked."""
    return find_query(primum.place, "contraindications")


def rdflib_dataset(primum: Primum) -> rdflib.Dataset:
    """The release as rdflib holds it."""
    dataset = rdflib.Dataset(default_union=True)
    path = primum.place.release / primum.release.manifest.dataset
    dataset.parse(data=path.read_bytes(), format="nquads")
    return dataset


def _calls(contender: Contender, cases: list[Case]) -> Calls:
    """The questions, ready for a contender."""
    return [contender.ready(case) for case in cases]


def reasoner(primum: Primum, scale: Scale) -> list[Measured]:
    """HermiT on one situation and on a batch, rules in place of levels; files are read before."""
    knowledge = primum.release.knowledge
    draw = Draw(knowledge, random.Random(SEED))  # noqa: S311 - samples, not secrets
    situations = [draw.known() for _ in range(scale.situations)]
    judge = Judge(knowledge.axioms, knowledge.rules, list(files.read(primum.place).dataset))
    demand_same_rules(primum.engine, judge, situations)
    alone, together = take_turns(
        {
            "HermiT, one situation": [partial(judge.entailed_rules, situations[:1])],
            f"HermiT, each of {len(situations)}": [partial(judge.entailed_rules, situations)],
        },
        rounds=scale.slow_rounds,
    )
    return [alone, together.shared_by(len(situations))]


def demand_same_rules(engine: Engine, judge: Judge, situations: list[Situation]) -> None:
    """Raise Mismatch where HermiT entails other rules than the engine says hold."""
    for situation, entailed in zip(situations, judge.entailed_rules(situations), strict=True):
        answered = holding(engine, situation)
        if entailed != answered:
            raise Mismatch(
                f"Different rules for {situation}:\n"
                f"  only by HermiT: {sorted(entailed - answered)}\n"
                f"  only by the engine: {sorted(answered - entailed)}"
            )


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


def growth(primum: Primum, scale: Scale) -> dict[int, list[Measured]]:
    """For each number of generated rules, the engine and Oxigraph on equal questions."""
    shipped = primum.release.knowledge
    numbers = [len(shipped.rules) * size for size in scale.sizes]
    return {number: _grown(primum, number, scale) for number in numbers}


def _grown(primum: Primum, rules: int, scale: Scale) -> list[Measured]:
    """One size: build, then ask."""
    knowledge = generated(primum.release.knowledge, rules=rules, seed=SEED)
    cases = questions(knowledge, count=scale.growth, seed=SEED)
    built: list[Engine] = []
    build = on_its_own(
        "engine, build tables", lambda: built.append(Engine(knowledge)), rounds=scale.rounds
    )
    store = rules_store(primum, knowledge)
    contenders = [warm(built[-1]), cold(built[-1]), oxigraph(store, contraindications(primum))]
    demand_agreement(contenders[0], contenders, cases)
    ready = {one.name: _calls(one, cases) for one in contenders}
    return [build, *take_turns(ready, rounds=scale.slow_rounds)]


def rules_store(primum: Primum, knowledge: Knowledge) -> ox.Store:
    """A store with the release's inferred graph and the rules of other knowledge."""
    store, rules = ox.Store(), ox.NamedNode(Graph.RULES)
    inferred = ox.NamedNode(Graph.INFERRED)
    store.extend(primum.release.store.quads_for_pattern(None, None, None, inferred))
    store.bulk_extend(
        ox.Quad(*triple, rules) for rule in knowledge.rules for triple in rule_triples(rule)
    )
    return store
