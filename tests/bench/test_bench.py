"""The benchmark compares before it times, and says what it timed.

No test here asserts a time.
"""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from tests.bench import run
from tests.bench.agreement import judged
from tests.bench.engines import (
    Forgetful,
    Mismatch,
    as_json,
    bound,
    cold,
    demand_agreement,
    oxigraph,
    warm,
    with_rdflib,
)
from tests.bench.generate import generated, questions
from tests.bench.growth import rules_store
from tests.bench.measure import Measured, kept, on_its_own, spread, take_turns
from tests.bench.parts import contraindications, rdflib_dataset
from tests.bench.table import Results, document, table

from primum.knowledge.release import Manifest, write_release
from primum.model.cases import Case
from primum.model.spans import Span
from primum.reasoning.engine import Engine
from primum.use_cases.drawing import Situation
from primum.use_cases.judging import Judge
from primum.use_cases.service import Primum

PARTS = {"answers", "reasoner", "open_facts", "open_factors", "loading", "pages"}

# rdflib uses a name of its own that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")


@pytest.fixture(scope="module")
def cases(primum: Primum) -> list[Case]:
    """Three known questions: one about 24 hours, two about an instant."""
    return questions(primum.release.knowledge, count=3, seed=1)


def test_every_contender_gives_the_same_levels(primum: Primum, cases: list[Case]) -> None:
    """The engine, its JSON, Oxigraph and rdflib agree on every treatment."""
    query = contraindications(primum)
    trusted = warm(primum.engine)
    others = [
        cold(primum.engine),
        as_json(primum.engine),
        oxigraph(primum.release.store, query),
        with_rdflib(rdflib_dataset(primum), query),
    ]
    demand_agreement(trusted, others, cases)
    every = {term.iri for term in primum.release.knowledge.treatments}
    assert every == trusted.finds(cases[0]).keys()


def test_an_engine_that_forgets_keeps_nothing(primum: Primum, cases: list[Case]) -> None:
    """What was asked before is forgotten, by it alone, and its answers are the same."""
    expected = primum.engine.answer(cases[0])
    before = primum.engine._findings.cache_info().currsize
    forgetful = Forgetful(primum.engine)
    assert expected == forgetful.anew().answer(cases[0])
    kept = [held for held in vars(forgetful.anew()).values() if hasattr(held, "cache_info")]
    assert len(kept) == 3
    assert {0} == {held.cache_info().currsize for held in kept}
    assert before == primum.engine._findings.cache_info().currsize


def test_some_question_finds_each_level(primum: Primum) -> None:
    """The questions are not all about nothing: every level is certain for some treatment."""
    trusted = warm(primum.engine)
    asked = questions(primum.release.knowledge, count=200, seed=1)
    found = [rank for case in asked for rank in trusted.finds(case).values()]
    assert {0, 1, 2, 3} == {certain for certain, _ in found}
    assert any(certain < possible for certain, possible in found)


def test_a_planted_wrong_answer_is_reported(primum: Primum, cases: list[Case]) -> None:
    """One wrong level on one treatment stops the comparison and is named."""
    trusted = warm(primum.engine)
    treatment = primum.release.knowledge.treatments[0]
    right = trusted.finds(cases[1])[treatment.iri]
    wrong = {treatment.iri: (0, 3 - right[1])}
    liar = replace(trusted, name="liar", ranks=lambda answer: trusted.ranks(answer) | wrong)
    with pytest.raises(Mismatch, match=f"{treatment.id}: liar finds none for certain"):
        demand_agreement(trusted, [liar], cases[1:2])


def test_a_treatment_without_an_answer_is_reported(primum: Primum, cases: list[Case]) -> None:
    """An answer that leaves out a treatment is a wrong one."""
    trusted = warm(primum.engine)
    mute = replace(trusted, name="mute", ranks=lambda _: {})
    with pytest.raises(Mismatch, match="mute finds no such treatment"):
        demand_agreement(trusted, [mute], cases)


def test_a_rule_that_the_judge_does_not_derive_is_reported(primum: Primum) -> None:
    """A judge that knows no rules derives none, and the rule that it lacks is named."""
    knowledge = primum.release.knowledge
    rule = next(r for r in knowledge.rules if r.regions[0].injuries.required)
    region = rule.regions[0]
    (injury,), (treatment,) = region.injuries.required, region.treatments.required
    situation = Situation(Case(injury, hours=Span.at(region.hours.start.at)), treatment)
    with pytest.raises(Mismatch, match=rf"engine: .* alone finds .*{rule.id}"):
        judged(primum.engine, Judge(knowledge.axioms, []), [situation])()


@pytest.fixture
def damaged(primum: Primum, tmp_path: Path) -> Path:
    """A copy of the knowledge whose release gives SPARQL other ranks than the engine."""
    for folder in ("ontology", "rules", "queries"):
        (tmp_path / folder).symlink_to(primum.place.root / folder)
    manifest = primum.release.manifest
    content = (primum.place.release / manifest.dataset).read_bytes()
    wrong = content.replace(b'/levelRank> "3"', b'/levelRank> "1"')
    assert wrong != content
    write_release(tmp_path / "build" / "release", Manifest(**asdict(manifest)), wrong)
    return tmp_path


def test_a_mismatch_ends_the_run(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 1, the message says which answers differ, and no time is printed."""
    assert run.main(["--quick", "--knowledge", str(damaged)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Different answers to" in printed.err
    assert "SPARQL, Oxigraph finds" in printed.err


def test_a_stale_release_is_refused(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """HermiT reads the files, so a release of other files is not compared with it."""
    mappings = damaged / "ontology"
    files = list(mappings.iterdir())
    mappings.unlink()
    mappings.mkdir()
    for file in files:
        original = Path(run.__file__).parents[2] / "ontology" / file.name
        (mappings / file.name).write_bytes(original.read_bytes() + b"\n")
    assert run.main(["--quick", "--knowledge", str(damaged)]) == 2
    assert "make build" in capsys.readouterr().err


def test_a_grown_store_answers_as_the_engine_does(primum: Primum) -> None:
    """Generated rules in the store and in the engine's tables give the same levels."""
    knowledge = generated(primum.release.knowledge, rules=400, seed=3)
    store = rules_store(primum, knowledge)
    query = contraindications(primum)
    asked = questions(knowledge, count=10, seed=3)
    demand_agreement(warm(Engine(knowledge)), [oxigraph(store, query)], asked)


def test_the_query_asks_about_the_case(primum: Primum, cases: list[Case]) -> None:
    """The bound query names the injury of the case in place of its example."""
    text = bound(contraindications(primum), cases[0])
    assert f"VALUES ?injury {{ <{cases[0].injury}> }}" in text


def test_contenders_take_turns() -> None:
    """Each round asks every contender before the next round begins."""
    order: list[str] = []
    asked = {name: [lambda name=name: order.append(name)] for name in ("one", "other")}
    found = take_turns(asked, rounds=2, shortest=0)
    assert order == ["one", "other", "one", "other"]
    assert [(row.what, len(row.rounds)) for row in found] == [("one", 2), ("other", 2)]


def test_a_short_call_is_made_every_round() -> None:
    """Patience runs out only where a call takes long."""
    made: list[None] = []
    assert len(on_its_own("append", lambda: made.append(None), rounds=3).rounds) == 3
    assert len(made) == 3


def test_the_median_and_the_worst_of_several_calls() -> None:
    """Both are of the same calls, in every round."""
    made: list[str] = []
    calls = [lambda name=name: made.append(name) for name in ("one", "other", "third")]
    median, worst = spread("append", calls, rounds=2)
    assert made == ["one", "other", "third"] * 2
    assert (median.what, worst.what) == ("append, median of 3", "append, worst of 3")
    assert all(m <= w for m, w in zip(median.rounds, worst.rounds, strict=True))


def test_what_is_kept_is_counted_and_what_is_dropped_is_not() -> None:
    """The memory is that of what outlives a call, shared among the calls."""
    held: list[bytes] = []
    found = kept("bytes", [lambda: held.append(bytes(10_000)), lambda: bytes(10_000)])
    assert 5_000 <= found.median < 6_000


def test_table_and_document_say_the_same() -> None:
    """Ratios are to the yardstick of the part, in the table and in the document."""
    rows = [Measured("engine, warm", (2e3, 1e3, 4e3)), Measured("slow", (4e6,))]
    opened = [Measured("known", (2e6,)), Measured("unknown", (6e6,))]
    memory = [Measured("memory", (2**20,), "bytes")]
    grown = {
        10: [Measured("answer, known", (2e6,)), Measured("unknown", (4e6,))],
        1000: [Measured("answer, known", (4e6,)), Measured("unknown", (2e7,))],
    }
    results = Results({"size": 2}, rows, [], opened, opened, memory, grown)
    lines = [line.split() for line in table(results).splitlines()]
    assert ["slow", "4.0", "ms", "2,000"] in lines
    assert ["unknown", "6.0", "ms", "3"] in lines
    assert ["unknown", "4.0", "ms", "20.0", "ms", "5"] in lines
    assert ["unknown", "2", "5"] in lines
    found = document(results)
    assert [row["ratio"] for row in found["answers"]] == [1, 2000]
    assert [row["ratio"] for row in found["open_facts"]] == [1, 3]
    assert found["loading"][0] == {
        "what": "memory",
        "unit": "bytes",
        "median": 2**20,
        "rounds": [2**20],
    }


@pytest.mark.slow
def test_a_quick_run_measures_every_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All answers agree, and every part is in the table and in the document."""
    file = tmp_path / "bench.json"
    assert run.main(["--quick", "--alone", "--json", str(file)]) == 0
    found = json.loads(file.read_text(encoding="utf-8"))
    printed = capsys.readouterr().out
    assert {"about", "growth", "http", "sparql", "cohorts"} | PARTS == found.keys()
    assert all(row["what"] in printed for part in PARTS for row in found[part])
    assert {"10", "100"} == found["growth"].keys()
    assert "every factor unknown" in printed
