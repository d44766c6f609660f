"""The part on open facts, time and proof: what it costs not to know, and to say why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from tests.bench.agreement import demand_explained, demand_same_timeline, judged
from tests.bench.engines import Forgetful
from tests.bench.measure import Calls, Measured, kept, spread, take_turns
from tests.bench.parts import hermit, judge_of
from tests.bench.proofs import proofs
from tests.bench.records import OPENINGS, general_records, instants, known_records, opened
from tests.bench.scale import SEED, Scale

from primum.model.answers import Answer, Timeline
from primum.model.cases import Case
from primum.model.explanations import Explanation
from primum.model.terms import Term
from primum.reasoning.engine import Engine
from primum.reasoning.explaining import explain
from primum.use_cases.drawing import Situation
from primum.use_cases.service import Primum

KNOWN, UNKNOWN = "known", "everything unknown"
Records = Mapping[str, Sequence[Situation]]


def open_facts(primum: Primum, scale: Scale) -> list[Measured]:
    """A record of which ever less is known: answers, timelines, explanations, and HermiT.

    The first row, a known record asked for the first time, is the yardstick.
    """
    records, engine = records_of(primum, scale), primum.engine
    return [
        *_answers(engine, records, scale),
        *_timelines(engine, records, scale),
        *_memory(engine, records),
        *_explanations(engine, scale),
        *_proofs(primum, scale),
        *_hermit(primum, records, scale),
    ]


def records_of(primum: Primum, scale: Scale) -> Records:
    """The records, by what is known of them."""
    knowledge = primum.release.knowledge
    known = known_records(knowledge, count=scale.records, seed=SEED)
    return {
        KNOWN: known,
        **{name: opened(known, opening) for name, opening in OPENINGS.items()},
        "general injury, all unknown": general_records(knowledge, count=scale.records, seed=SEED),
    }


def _answers(engine: Engine, records: Records, scale: Scale) -> list[Measured]:
    """An answer about all treatments, asked for the first time."""
    ready = {f"answer, {name}": answers_anew(engine, kind) for name, kind in records.items()}
    return take_turns(ready, rounds=scale.rounds)


def answers_anew(engine: Engine, records: Sequence[Situation]) -> Calls:
    """The answers to records, ready to be asked for the first time."""
    forgetful = Forgetful(engine)

    def ask(case: Case) -> Answer:
        return forgetful.anew().answer(case)

    return [partial(ask, record.case) for record in records]


def timelines_anew(engine: Engine, records: Sequence[Situation]) -> Calls:
    """The timelines of records, ready to be asked for the first time."""
    forgetful = Forgetful(engine)

    def ask(case: Case) -> Timeline:
        return forgetful.anew().timeline(case)

    return [partial(ask, record.case) for record in records]


def _timelines(engine: Engine, records: Records, scale: Scale) -> list[Measured]:
    """Timelines of all treatments, asked for the first time and kept."""
    ready: dict[str, Calls] = {}
    for name in (KNOWN, UNKNOWN):
        for record in records[name]:
            demand_same_timeline(engine, record.case, instants(engine.knowledge))
        ready[f"timeline, {name}"] = timelines_anew(engine, records[name])
        ready[f"timeline, {name}, kept"] = [
            partial(engine.timeline, record.case) for record in records[name]
        ]
    return take_turns(ready, rounds=scale.rounds)


def _memory(engine: Engine, records: Records) -> list[Measured]:
    """What the engine keeps of an answer and of a timeline."""
    found: list[Measured] = []
    for name in (KNOWN, UNKNOWN):
        cases = dict.fromkeys(record.case for record in records[name])
        asked, followed = Forgetful(engine).anew(), Forgetful(engine).anew()
        answers = [partial(asked.answer, case) for case in cases]
        timelines = [partial(followed.timeline, case) for case in cases]
        found.append(kept(f"memory of an answer, {name}", answers))
        found.append(kept(f"memory of a timeline, {name}", timelines))
    return found


def _explanations(engine: Engine, scale: Scale) -> list[Measured]:
    """Why one treatment is answered as it is: why not, and what if."""
    known = known_records(engine.knowledge, count=scale.explained, seed=SEED)
    forgetful = Forgetful(engine)
    terms = {term.iri: term for term in engine.knowledge.treatments}

    def ask(case: Case, treatment: Term) -> Explanation:
        return explain(forgetful.anew(), case, treatment)

    found: list[Measured] = []
    for name, kind in ((KNOWN, known), (UNKNOWN, opened(known, OPENINGS[UNKNOWN]))):
        asked = [(record.case, terms[record.treatment]) for record in kind]
        for case, treatment in asked:
            demand_explained(engine, case, treatment)
        calls = [partial(ask, *each) for each in asked]
        found += spread(f"explanation, {name}", calls, rounds=scale.slow_rounds)
    return found


def _proofs(primum: Primum, scale: Scale) -> list[Measured]:
    """Why one treatment is answered as it is: derivations from the facts and the files."""
    known = known_records(primum.release.knowledge, count=scale.explained, seed=SEED)
    kinds = {KNOWN: known, UNKNOWN: opened(known, OPENINGS[UNKNOWN])}
    return proofs(primum, kinds, count=scale.proved, rounds=scale.slow_rounds)


def _hermit(primum: Primum, records: Records, scale: Scale) -> list[Measured]:
    """HermiT on what is comparable: the levels of one treatment, and how they change over time.

    What is not timed of all that the engine was asked is judged too.
    """
    engine, judge = primum.engine, judge_of(primum)
    every = list(chain.from_iterable(zip(*records.values(), strict=True)))
    together, left = every[: scale.situations], every[scale.situations :]
    judged(engine, judge, left)()
    first = records[UNKNOWN][0]
    alone = {
        "HermiT, levels, everything unknown": [first],
        "HermiT, timeline of one treatment": in_each_band(engine, first),
    }
    return hermit(engine, judge, together, alone=alone if scale.alone else {}, scale=scale)


def in_each_band(engine: Engine, situation: Situation) -> list[Situation]:
    """The same situation in each stretch of time that rules can tell apart."""
    hours = engine.tables.hours
    cases = [replace(situation.case, hours=hours.span(n)) for n in range(len(hours.cuts))]
    return [replace(situation, case=case) for case in cases]
