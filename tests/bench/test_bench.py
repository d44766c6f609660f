"""The benchmark compares before it times, and its generated cases can be made again.

No test here asserts a time.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.bench import run
from tests.bench.engines import (
    Contender,
    Mismatch,
    Ranks,
    as_json,
    bound,
    cold,
    demand_agreement,
    oxigraph,
    warm,
    with_rdflib,
)
from tests.bench.generate import generated, jsonl, narrowest_injuries, ntriples, questions
from tests.bench.measure import Measured, on_its_own, take_turns
from tests.bench.parts import contraindications, demand_same_rules, rdflib_dataset, rules_store
from tests.bench.table import Results, document, table

from primum.knowledge.flat import read_regions
from primum.knowledge.rdf import Triples
from primum.knowledge.release import Manifest, write_release
from primum.model.cases import Case
from primum.model.spans import Span
from primum.reasoning.engine import Engine
from primum.use_cases.drawing import Situation
from primum.use_cases.judging import Judge
from primum.use_cases.service import Primum

# rdflib uses a name of its own that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")
SCRIPT = Path(__file__).with_name("generate.py")


@pytest.fixture(scope="module")
def primum() -> Primum:
    """The shipped release."""
    return Primum.load()


@pytest.fixture(scope="module")
def cases(primum: Primum) -> list[Case]:
    """Three known questions: one about 24 hours, two about an instant."""
    return questions(primum.release.knowledge, count=3, seed=1)


def ranks(contender: Contender, case: Case) -> Ranks:
    """What a contender answers."""
    return contender.ranks(contender.ready(case)())


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
    assert {term.iri for term in primum.release.knowledge.treatments} == ranks(
        trusted, cases[0]
    ).keys()


def test_some_question_finds_each_level(primum: Primum) -> None:
    """The questions are not all about nothing: every level is certain for some treatment."""
    trusted = warm(primum.engine)
    asked = questions(primum.release.knowledge, count=200, seed=1)
    found = [rank for case in asked for rank in ranks(trusted, case).values()]
    assert {0, 1, 2, 3} == {certain for certain, _ in found}
    assert any(certain < possible for certain, possible in found)


def test_a_planted_wrong_answer_is_reported(primum: Primum, cases: list[Case]) -> None:
    """One wrong level on one treatment stops the comparison and is named."""
    trusted = warm(primum.engine)
    treatment = primum.release.knowledge.treatments[0]
    right = ranks(trusted, cases[1])[treatment.iri]
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
    with pytest.raises(Mismatch, match=rf"only by the engine: .*{rule.id}"):
        demand_same_rules(primum.engine, Judge(knowledge.axioms, (), []), [situation])


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


def test_the_same_seed_gives_the_same_cases(primum: Primum) -> None:
    """Rules and questions depend on the seed alone."""
    shipped = primum.release.knowledge
    one, same, other = (generated(shipped, rules=50, seed=seed) for seed in (7, 7, 8))
    assert one == same
    assert one.rules != other.rules
    asked = questions(one, count=20, seed=7)
    assert asked == questions(one, count=20, seed=7)
    assert asked != questions(one, count=20, seed=8)


def test_the_mix_is_the_one_described(primum: Primum) -> None:
    """Two thirds of the rules ask for a factor, the others for an injury."""
    rules = generated(primum.release.knowledge, rules=3000, seed=7).rules
    regions = [rule.regions[0] for rule in rules]
    of_factor = sum(bool(region.factors.required) for region in regions)
    assert 1900 < of_factor < 2100
    assert len(rules) - of_factor == sum(bool(region.injuries.required) for region in regions)


def test_questions_are_about_the_narrowest_injuries(primum: Primum) -> None:
    """An injury with kinds of its own would leave open which kind it is."""
    shipped = primum.release.knowledge
    narrowest = {term.id for term in narrowest_injuries(shipped)}
    assert "HamstringStrain" in narrowest
    assert "MuscleStrain" not in narrowest


def written(lines: Iterable[str]) -> ox.Store:
    """A store that holds N-Triples and nothing else."""
    store = ox.Store()
    store.load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    return store


def test_written_cases_stand_alone(primum: Primum) -> None:
    """SPARQL over the written file finds the levels that are written beside it."""
    knowledge = generated(primum.release.knowledge, rules=200, seed=7)
    asked = questions(knowledge, count=3, seed=7)
    contender = oxigraph(written(ntriples(knowledge)), contraindications(primum))
    for case, line in zip(asked, jsonl(knowledge, asked), strict=True):
        expected = {
            iri: (found["certain"], found["possible"])
            for iri, found in json.loads(line)["levels"].items()
        }
        words = ("none", "precaution", "relative", "absolute")
        found = ranks(contender, case)
        assert expected == {
            iri: (words[certain], words[possible])
            for iri, (certain, possible) in found.items()
            if possible
        }


def test_written_rules_read_back(primum: Primum) -> None:
    """The rules graph holds every region as it was generated."""
    knowledge = generated(primum.release.knowledge, rules=200, seed=7)
    store = written(ntriples(knowledge))
    regions = read_regions(Triples(store.quads_for_pattern(None, None, None)))
    assert {rule.iri: rule.regions for rule in knowledge.rules} == {
        iri: tuple(region for region, _ in entries) for iri, entries in regions.items()
    }


def test_a_grown_store_answers_as_the_engine_does(primum: Primum) -> None:
    """Generated rules in the store and in the engine's tables give the same levels."""
    knowledge = generated(primum.release.knowledge, rules=400, seed=3)
    store = rules_store(primum, knowledge)
    query = contraindications(primum)
    asked = questions(knowledge, count=10, seed=3)
    demand_agreement(warm(Engine(knowledge)), [oxigraph(store, query)], asked)


def run_generator(file: Path, *, hash_seed: str) -> tuple[bytes, bytes]:
    """Run the README's command and read both files."""
    options = ["--rules", "20", "--questions", "2", "--seed", "7", "-o", str(file)]
    command = [sys.executable, str(SCRIPT), *options]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    subprocess.run(command, check=True, capture_output=True, timeout=60, env=environment)
    return file.read_bytes(), file.with_suffix(".jsonl").read_bytes()


def test_the_generator_writes_the_same_bytes_again(tmp_path: Path) -> None:
    """The command in the README writes both files, and no order of sets shows in them."""
    triples, lines = run_generator(tmp_path / "one.nt", hash_seed="1")
    assert (triples, lines) == run_generator(tmp_path / "other.nt", hash_seed="2")
    assert b"Generated20" in triples
    assert [{"fromHours", "untilHours", "injury", "grade", "factor", "levels"}] * 2 == [
        json.loads(line).keys() for line in lines.splitlines()
    ]


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


def test_table_and_document_say_the_same() -> None:
    """Ratios are to the first answer, in the table and in the document."""
    rows = [Measured("engine, warm", (2e3, 1e3, 4e3)), Measured("slow", (4e6,))]
    memory = [Measured("memory", (2**20,), "bytes")]
    results = Results({"size": 2}, rows, [], memory, {350: rows, 35000: rows})
    assert "  slow                                          4.0 ms               2,000" in table(
        results
    )
    found = document(results)
    assert [row["ratio"] for row in found["answers"]] == [1, 2000]
    assert found["loading"][0] == {
        "what": "memory",
        "unit": "bytes",
        "median": 2**20,
        "rounds": [2**20],
    }
