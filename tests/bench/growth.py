"""The parts on growth: what more rules cost, and what more open facts cost."""

from functools import partial

import pyoxigraph as ox
from tests.bench.agreement import (
    completions,
    demand_same_timeline,
    demand_spanned,
    judged,
)
from tests.bench.engines import Contender, cold, demand_agreement, oxigraph, warm
from tests.bench.generate import generated
from tests.bench.measure import Calls, Measured, on_its_own, take_turns
from tests.bench.open_facts import KNOWN, UNKNOWN, answers_anew, timelines_anew
from tests.bench.parts import contraindications, judge_of, ready
from tests.bench.records import (
    all_unknown,
    factors_unknown,
    instants,
    known_records,
    opened,
    with_open_factors,
)
from tests.bench.scale import SEED, Scale

from primum.foundation.names import Graph
from primum.knowledge.flat import rule_triples
from primum.model.knowledge import Knowledge
from primum.reasoning.engine import Engine
from primum.use_cases.drawing import Situation
from primum.use_cases.service import Primum

OPENED = {"every factor unknown": factors_unknown, UNKNOWN: all_unknown}
_INSTANTS = 8


def by_rules(primum: Primum, scale: Scale) -> dict[int, list[Measured]]:
    """For each number of generated rules, the engine and Oxigraph on equal records."""
    return {number: _grown(primum, number, scale) for number in scale.sizes}


def _grown(primum: Primum, rules: int, scale: Scale) -> list[Measured]:
    """One size: build, then ask."""
    knowledge = generated(primum.release.knowledge, rules=rules, seed=SEED)
    built: list[Engine] = []
    build = on_its_own(
        "engine, build tables", lambda: built.append(Engine(knowledge)), rounds=scale.rounds
    )
    records = known_records(knowledge, count=scale.grown, seed=SEED)
    store = rules_store(primum, knowledge)
    known = _known(built[-1], oxigraph(store, contraindications(primum)), records)
    return [build, *take_turns(known | _open(built[-1], records), rounds=scale.slow_rounds)]


def _known(engine: Engine, sparql: Contender, records: list[Situation]) -> dict[str, Calls]:
    """Known records: the engine asked before and for the first time, and SPARQL."""
    contenders, cases = [warm(engine), cold(engine), sparql], [record.case for record in records]
    demand_agreement(contenders[0], contenders, cases)
    names = ("answer, known, kept", "answer, known", sparql.name)
    return {name: ready(one, cases) for name, one in zip(names, contenders, strict=True)}


def _open(engine: Engine, records: list[Situation]) -> dict[str, Calls]:
    """The same records with open facts, and over time; the first is compared with its points."""
    found: dict[str, Calls] = {}
    every = instants(engine.knowledge)
    middles, few = every[1::2], every[:: max(1, len(every) // _INSTANTS)]
    for name, opening in OPENED.items():
        of_kind = opened(records, opening)
        first = of_kind[0].case
        demand_spanned(engine, first, completions(engine, first, middles))
        found[f"answer, {name}"] = answers_anew(engine, of_kind)
    for name, of_kind in ((KNOWN, records), (UNKNOWN, opened(records, all_unknown))):
        demand_same_timeline(engine, of_kind[0].case, few)
        found[f"timeline, {name}"] = timelines_anew(engine, of_kind)
    return found


def rules_store(primum: Primum, knowledge: Knowledge) -> ox.Store:
    """A store with the release's inferred graph and the rules of other knowledge."""
    store, rules = ox.Store(), ox.NamedNode(Graph.RULES)
    inferred = ox.NamedNode(Graph.INFERRED)
    store.extend(primum.release.store.quads_for_pattern(None, None, None, inferred))
    store.bulk_extend(
        ox.Quad(*triple, rules) for rule in knowledge.rules for triple in rule_triples(rule)
    )
    return store


def by_open_factors(primum: Primum, scale: Scale) -> list[Measured]:
    """The shipped rules on records known but for ever more factors; the last leaves all open."""
    engine, knowledge = primum.engine, primum.release.knowledge
    known = known_records(knowledge, count=scale.grown, seed=SEED)
    numbers: list[int | None] = [*scale.open_factors, None]
    kinds = {
        f"{'all' if number is None else number} open": opened(
            known, partial(with_open_factors, engine, number=number)
        )
        for number in numbers
    }
    every = [situation for kind in kinds.values() for situation in kind]
    judged(engine, judge_of(primum), every)()
    calls = {name: answers_anew(engine, kind) for name, kind in kinds.items()}
    return take_turns(calls, rounds=scale.rounds)
